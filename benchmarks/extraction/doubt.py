"""How far a cell without doubt can be trusted: python benchmarks/extraction/doubt.py.

A cell of a matched table is right when the gold table holds the same text (as the corpus scorer
compares texts). Prints, over the corpus, the share of right cells among those without and with
doubt, and how many of the wrong cells carried a doubt.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter

from score import SHARED, texts

from evidence.documents.pdf import read_pdf


def main() -> None:
    docs = SHARED / "corpus" / "pdf_jats"
    os.environ["DOCS"] = str(docs)
    sys.path.insert(0, str(SHARED / "corpus"))
    import score_tables as scorer  # type: ignore[import-not-found]

    counts: Counter[tuple[bool, bool]] = Counter()
    with (docs.parent / "manifest.tsv").open() as file:
        papers = [r["id"] for r in csv.DictReader(file, delimiter="\t") if r["kind"] == "pdf+jats"]
    for name in papers:
        golds = scorer.gold_doc(name)
        for grid in read_pdf(docs / name / "paper.pdf").grids:
            cells = scorer.pred_table({"rows": texts(grid)})["cells"]
            gold = max(golds, key=lambda g: sum((g["cells"] & cells).values()), default=None)
            if gold is None or sum((gold["cells"] & cells).values()) < 0.3 * sum(cells.values()):
                continue
            left = Counter(gold["cells"])
            for cell in (c for row in grid.rows for c in row if c.text):
                key = scorer.key(cell.text)
                if not key:
                    continue
                right = left[key] > 0
                left[key] -= right
                counts[(right, cell.doubt is not None)] += 1
                if not right and cell.doubt is None and "--list" in sys.argv:
                    print(name, grid.label, repr(cell.text[:100]))
    sure, unsure = counts[(True, False)], counts[(True, True)]
    silent, told = counts[(False, False)], counts[(False, True)]
    total = sum(counts.values())
    print(f"cells {total}, without doubt {(sure + silent) / total:.3f}")
    print(f"right among those without doubt {sure / (sure + silent):.4f} ({silent} wrong)")
    print(f"right among those in doubt {unsure / max(1, unsure + told):.2f}")
    print(f"wrong cells that carried a doubt {told / max(1, told + silent):.2f}")


if __name__ == "__main__":
    main()
