"""The scanned pages of the corpus through text recognition: rows exact, F1, numbers kept.

Needs the ``ocr`` extra; minutes on one core.
"""

from __future__ import annotations

import re
import time
from collections import Counter

from corpus import CORPUS

from evidence.documents.ocr import read_scan

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def main() -> None:
    import score_tables as scorer  # type: ignore[import-not-found]

    for scan in sorted((CORPUS / "scans").glob("*.pdf")):
        start = time.perf_counter()
        grids = read_scan(scan).grids
        seconds = time.perf_counter() - start
        gold = scorer.gold_doc(scan.name.partition("_")[0])
        ours = [{"rows": [[cell.text for cell in row] for row in g.rows]} for g in grids]
        tables, spurious = scorer.score_doc(gold, ours)
        rows = sum(t["rowhit"] for t in tables) / sum(t["rows"] for t in tables)
        f1 = sum(t["f1"] for t in tables) / len(tables)
        print(
            f"{scan.name}: rows exact {rows:.2f}, F1 {f1:.3f}, spurious {spurious}, {seconds:.0f} s"
        )
        printed: Counter[str] = Counter()
        for table in gold:
            for text, times in table["cells"].items():
                for number in NUMBER.findall(text.replace("·", ".")):
                    printed[number] += times
        read = Counter(
            n for t in ours for r in t["rows"] for c in r for n in NUMBER.findall(scorer.key(c))
        )
        kept = sum((printed & read).values())
        print(f"numbers kept {kept / sum(printed.values()):.3f}; lost {dict(printed - read)}")


if __name__ == "__main__":
    main()
