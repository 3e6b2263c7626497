"""``pdftotext`` of the corpus' PDFs through the text reader: layout.py [ID ...] [--how WAY].

Scored as PDF tables are, for each half of the papers (told by a hash of their names) and for all.
Every printed line of every cell is looked up in the text at the place its box names.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "formats"))
from corpus import CORPUS, half, manifest, print_groups  # type: ignore[import-not-found]

from evidence.documents.base import CellLine, Grid
from evidence.documents.text import read_text
from evidence.documents.text.pages import CHAR_PT, LINE_PT, TextPage, split_pages

FLAGS = {"layout": ["-layout"], "raw": ["-raw"], "plain": []}


def texts(grid: Grid) -> list[list[str]]:
    """The grid as ``evidence tables --json`` prints it: spanned places stay empty."""
    seen: set[int] = set()
    rows = []
    for row in grid.matrix():
        rows.append([c.text if c is not None and id(c) not in seen else "" for c in row])
        seen |= {id(cell) for cell in row}
    return rows


def stands_there(line: CellLine, pages: list[TextPage]) -> bool:
    """Whether the text holds a cell's line, letter by letter, in the columns of its box."""
    if line.page is None or line.box_pt is None:
        return False
    x0, top, x1, _ = line.box_pt
    printed = pages[line.page - 1].lines[round(top / LINE_PT)]
    return _plain(line.text) == _plain(printed[round(x0 / CHAR_PT) : round(x1 / CHAR_PT)])


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return "".join(letters.split())


def main() -> None:
    import score_tables as scorer  # type: ignore[import-not-found]

    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*")
    parser.add_argument("--rows", action="store_true", help="list each gold row that was missed")
    parser.add_argument("--how", choices=tuple(FLAGS), default="layout")
    options = parser.parse_args()
    scores: dict[str, list[tuple[list[dict[str, Any]], int]]] = {}
    places: Counter[bool] = Counter()
    given = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, paper in manifest().items():
            if options.only and name not in options.only:
                continue
            path = Path(folder) / f"{name}.txt"
            pdf = CORPUS / "pdf_jats" / name / "paper.pdf"
            subprocess.run(["pdftotext", "-q", *FLAGS[options.how], pdf, path], check=True)
            grids = read_text(path).grids
            pages = split_pages(path.read_text(encoding="utf-8"))
            lines = [li for g in grids for row in g.rows for cell in row for li in cell.lines]
            places.update(stands_there(line, pages) for line in lines)
            given += len(grids)
            golds, ours = scorer.gold_doc(name), [{"rows": texts(grid)} for grid in grids]
            result = scorer.score_doc(golds, ours)
            for group in (f"{paper['group']}, half {half(name)}", paper["group"]):
                scores.setdefault(group, []).append(result)
            for table in result[0] if options.only else []:
                rows = f"{table['rowhit']}/{table['rows']}"
                print(f"{table['label']:10s} F1 {table['f1']:.2f} rows {rows}")
            if options.rows:
                _list_missing(scorer, golds, ours)
    print_groups(dict(sorted(scores.items())))
    print(f"{given} grids given")
    print(f"lines of cells that stand where their box says: {places[True]} of {places.total()}")


def _list_missing(scorer: Any, golds: list[dict[str, Any]], ours: list[dict[str, Any]]) -> None:
    have: Counter[tuple[str, ...]] = Counter()
    for table in ours:
        have += scorer.pred_table(table)["rows"]
    for gold in golds:
        for row in gold["rows"]:
            if not have[row]:
                print("   missing", gold["label"], " | ".join(row)[:200])
            have[row] -= 1


if __name__ == "__main__":
    main()
