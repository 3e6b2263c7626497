"""What comparing the PDF and the XML of every paper of the corpus reports, by kind."""

from __future__ import annotations

from collections import Counter

from corpus import CORPUS, manifest

from evidence.documents import read_document
from evidence.documents.compare import compare_documents


def main() -> None:
    total: Counter[str] = Counter()
    for name in manifest():
        folder = CORPUS / "pdf_jats" / name
        pdf, xml = (read_document(folder / f"paper.{kind}") for kind in ("pdf", "xml"))
        problems = compare_documents(pdf, xml)
        total += Counter(problem.code for problem in problems)
        total["cells"] += sum(bool(c.text) for g in xml.grids for row in g.rows for c in row)
        for problem in problems:
            print(name, problem.severity, problem)
    print(dict(total))


if __name__ == "__main__":
    main()
