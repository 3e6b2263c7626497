"""Score the PDF reader on the ICDAR 2013 subset: python benchmarks/extraction/icdar.py [NAME ...]

``--tool pdfplumber``, ``--tool camelot-lattice`` and ``--tool camelot-stream`` score a peer in the
same way (camelot-py is not a dependency: install it beside the package to run it).

Adjacency relations between cells (nearest non-empty right and lower neighbour) of every gold table
against all predicted tables of its file; macro F1 over documents and over tables.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree
from score import SHARED, texts

Rows = list[list[str]]


def by_evidence(path: Path) -> list[Rows]:
    """Tables of a file as rows of text by this package."""
    from evidence.documents.pdf import read_pdf

    return [texts(grid) for grid in read_pdf(path).grids]


def by_pdfplumber(path: Path) -> list[Rows]:
    """Tables as pdfplumber finds them with its defaults."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        found = [table for page in pdf.pages for table in page.extract_tables()]
    return [[[cell or "" for cell in row] for row in table] for table in found]


def by_camelot(path: Path, flavor: str) -> list[Rows]:
    """Tables as camelot finds them with its defaults."""
    import camelot

    return [t.df.values.tolist() for t in camelot.read_pdf(str(path), pages="all", flavor=flavor)]


TOOLS = {
    "evidence": by_evidence,
    "pdfplumber": by_pdfplumber,
    "camelot-lattice": lambda path: by_camelot(path, "lattice"),
    "camelot-stream": lambda path: by_camelot(path, "stream"),
}


def gold_tables(path: Path) -> list[list[list[str]]]:
    """One grid per region; a spanning cell's text stands in its first place only."""
    tables = []
    for table in etree.parse(str(path)).getroot().iter("table"):
        rows: dict[tuple[int, int], str] = {}
        offset = 0
        for region in table.iter("region"):
            height = 0
            for cell in region.iter("cell"):
                r, c = int(cell.get("start-row")), int(cell.get("start-col"))
                rows[(offset + r, c)] = cell.findtext("content") or ""
                height = max(height, int(cell.get("end-row") or r) + 1)
            offset += height
        n = max(r for r, _ in rows) + 1
        m = max(c for _, c in rows) + 1
        tables.append([[rows.get((r, c), "") for c in range(m)] for r in range(n)])
    return tables


def main() -> None:
    sys.path.insert(0, str(SHARED / "corpus"))
    os.environ.setdefault("DOCS", str(SHARED / "corpus" / "pdf_jats"))
    import score_tables as scorer  # type: ignore[import-not-found]

    folder = SHARED / "corpus" / "icdar2013"
    arguments = sys.argv[1:]
    tool = "evidence"
    if arguments[:1] == ["--tool"]:
        tool, arguments = arguments[1], arguments[2:]
    names = arguments or sorted(p.stem for p in folder.glob("*.pdf"))
    hit = predicted = wanted = 0
    scores = []
    for name in names:
        golds: list[Any] = [
            scorer.pred_table({"rows": t}) for t in gold_tables(folder / f"{name}-str.xml")
        ]
        for gold in golds:
            gold.update(label=name, nr=0, nc=0, rows=list(gold["rows"].elements()))
        tables = [{"rows": rows} for rows in TOOLS[tool](folder / f"{name}.pdf")]
        results, extra = scorer.score_doc(golds, tables)
        have: Counter[Any] = Counter()
        for table in tables:
            have += scorer.pred_table(table)["rel"]
        want: Counter[Any] = Counter()
        for gold in golds:
            want += gold["rel"]
        hit += sum((have & want).values())
        predicted += sum(have.values())
        wanted += sum(want.values())
        scores += [r["f1"] for r in results]
        print(
            name, "spurious", extra, [f"{r['f1']:.2f} {r['rowhit']}/{r['rows']}" for r in results]
        )
    print(f"macro F1 over {len(scores)} tables {sum(scores) / len(scores):.3f}")
    print(
        f"micro precision {hit / max(1, predicted):.3f} recall {hit / max(1, wanted):.3f} "
        f"F1 {2 * hit / max(1, predicted + wanted):.3f}"
    )


if __name__ == "__main__":
    main()
