"""Score the PDF reader against the corpus in one process: score.py [ID ...] [--rows].

Uses the corpus' own scorer (see the corpus README for what F1, Row and spurious mean), without the
start-up time of one process per paper. ``--rows`` lists every gold row that was not rebuilt.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def texts(grid: Grid) -> list[list[str]]:
    """The grid as ``evidence tables --json`` prints it: spanned places stay empty."""
    seen: set[int] = set()
    rows = []
    for row in grid.matrix():
        out = []
        for cell in row:
            fresh = cell is not None and id(cell) not in seen
            out.append(cell.text if cell is not None and fresh else "")
            if cell is not None:
                seen.add(id(cell))
        rows.append(out)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--docs", type=Path, default=SHARED / "corpus" / "pdf_jats")
    options = parser.parse_args()
    os.environ["DOCS"] = str(options.docs)
    sys.path.insert(0, str(SHARED / "corpus"))
    import score_tables as scorer  # type: ignore[import-not-found]

    with (options.docs.parent / "manifest.tsv").open() as file:
        papers = [r for r in csv.DictReader(file, delimiter="\t") if r["kind"] == "pdf+jats"]
    groups: dict[str, list[dict[str, Any]]] = {"clinical": [], "other": []}
    spurious: Counter[str] = Counter()
    count: Counter[str] = Counter()
    pages, seconds = 0, 0.0
    for paper in papers:
        name = paper["id"]
        if options.only and name not in options.only:
            continue
        golds = scorer.gold_doc(name)
        start = time.process_time()
        document = read_pdf(options.docs / name / "paper.pdf")
        elapsed = time.process_time() - start
        pages, seconds = pages + len(document.pages), seconds + elapsed
        tables = [{"rows": texts(g)} for g in document.grids]
        results, extra = scorer.score_doc(golds, tables)
        groups[paper["group"]] += results
        spurious[paper["group"]] += extra
        count[paper["group"]] += 1
        print(f"{name} {paper['group']:8s} {elapsed:5.1f}s spurious {extra}")
        for gold, result in zip(golds, results, strict=True):
            print(
                f"   {result['label']:10s} {result['nr']}x{result['nc']} f1 {result['f1']:.2f} "
                f"rows {result['rowhit']}/{result['rows']} cells {result['cellrec']:.2f}"
            )
            if options.rows:
                list_missing(scorer, gold, tables)
    for group, results in groups.items():
        if not results:
            continue
        rows = sum(r["rows"] for r in results)
        print(
            f"{group:8s} F1 {sum(r['f1'] for r in results) / len(results):.3f} "
            f"rows {sum(r['rowhit'] for r in results) / max(1, rows):.3f} ({rows}) "
            f"spurious {spurious[group] / count[group]:.2f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{pages} pages in {seconds:.1f} s of one core: {pages / seconds:.1f} pages/s")
    print(f"peak memory {peak:.0f} MB, scorer and gold included")


def list_missing(scorer: Any, gold: dict[str, Any], tables: list[dict[str, Any]]) -> None:
    have: Counter[tuple[str, ...]] = Counter()
    for table in tables:
        have += scorer.pred_table(table)["rows"]
    for row in gold["rows"]:
        if have[row]:
            have[row] -= 1
        else:
            print("        missing", " | ".join(row)[:300])


if __name__ == "__main__":
    main()
