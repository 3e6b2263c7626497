"""The corpus' articles as pages that a site's own software made of them, with the JATS reading.

``rendered_pages.py FOLDER``: the folder holds pages named after the papers (``PMC3642008.html``),
made of the corpus' XML by a publisher's or an archive's stylesheets, such as those of packtools.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from corpus import jats_papers
from html_pages import compare

from evidence.documents import read_document


def main() -> None:
    total: Counter[str] = Counter()
    for paper in jats_papers():
        name = paper.parent.name if paper.name == "paper.xml" else paper.stem
        page = Path(sys.argv[1]) / f"{name}.html"
        if not page.exists():
            continue
        score: Counter[str] = Counter()
        document = read_document(page)
        compare(read_document(paper).grids, document, score)
        total += score
        if score["found"] < score["tables"] or score["cells right"] < score["cells"]:
            print(name, dict(score), sorted({problem.code for problem in document.problems}))
    print(dict(total))


if __name__ == "__main__":
    main()
