"""Score the PDF reader on the ICDAR 2013 subset: python benchmarks/extraction/icdar.py [NAME ...]

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

from evidence.documents.pdf import read_pdf


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
    names = sys.argv[1:] or sorted(p.stem for p in folder.glob("*.pdf"))
    hit = predicted = wanted = 0
    scores = []
    for name in names:
        golds: list[Any] = [
            scorer.pred_table({"rows": t}) for t in gold_tables(folder / f"{name}-str.xml")
        ]
        for gold in golds:
            gold.update(label=name, nr=0, nc=0, rows=list(gold["rows"].elements()))
        document = read_pdf(folder / f"{name}.pdf")
        tables = [{"rows": texts(g)} for g in document.grids]
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
