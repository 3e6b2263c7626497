"""Tables poured into plain text without columns, and read back.

``text_dumps.py`` dumps the corpus' plain tables (one head row, no spans); ``text_dumps.py orders``
dumps the 2015 paper's two tables with their columns in random orders and widths. In a dump a cell
that fits its column stands on its neighbour's line, parted by two blanks; a wrapped one takes lines
of its own.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import textwrap
from collections import Counter
from pathlib import Path

from corpus import SHARED, jats_papers

from evidence.documents import read_document
from evidence.documents.base import Grid
from evidence.documents.text import read_text

Rows = list[list[str]]


def dump_row(cells: list[str], widths: list[int]) -> list[str]:
    lines: list[str] = []
    current, wrapped = "", False
    for cell, width in zip(cells, widths, strict=True):
        parts = textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False)
        if not parts:
            continue
        if current and not wrapped:
            current += "  " + parts[0]
        else:
            lines += [current] if current else []
            current = parts[0]
        wrapped = len(parts) > 1
        if wrapped:
            lines += [current, *parts[1:-1]]
            current = parts[-1]
    return [*lines, current] if current else lines


def dump(label: str, caption: str, head: list[str], rows: Rows, widths: list[int]) -> str:
    lines = [f"Table {label}  {caption}", "", *dump_row(head, widths), ""]
    for row in rows:
        lines += dump_row(row, widths)
    return "\n".join([*lines, "", "Abbreviations: x, y.", ""])


def key(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def score(grid: Grid, rows: Rows) -> Counter[str]:
    """Cells and rows right; rows are paired by their first cell where some are missing."""
    got = [[cell.text for cell in row] for row in grid.rows[1:]]
    exact = Counter(tuple(map(key, r)) for r in got) & Counter(tuple(map(key, r)) for r in rows)
    paired = list(zip(rows, got, strict=True)) if len(got) == len(rows) else []
    if not paired:
        by_first = {key(row[0]): row for row in got if row}
        paired = [(row, by_first[key(row[0])]) for row in rows if key(row[0]) in by_first]
    right = sum(key(a) == key(b) for gold, ours in paired for a, b in zip(gold, ours, strict=False))
    return Counter({"cells right": right, "rows right": sum(exact.values())})


def measure(name: str, text: str, rows: Rows, total: Counter[str], folder: Path) -> None:
    path = folder / "dump.txt"
    path.write_text(text, encoding="utf-8")
    found = read_text(path).grids
    total += Counter({"tables": 1, "cells": sum(map(len, rows)), "rows": len(rows)})
    if found:
        total += score(found[0], rows)
    else:
        print("not found:", name)


def corpus_tables(total: Counter[str], folder: Path) -> None:
    for paper in jats_papers():
        for grid in read_document(paper).grids:
            matrix = [[cell.plain if cell else "" for cell in row] for row in grid.matrix()]
            spans = any(cell.colspan > 1 for row in grid.rows for cell in row)
            if grid.header_rows != 1 or spans or len(matrix) < 5 or not 3 <= len(matrix[0]) <= 9:
                continue
            head, *rows = matrix
            if sum(len(" ".join(row)) for row in rows) > 9000:
                continue
            longest = [max(len(row[at]) for row in matrix) for at in range(len(head))]
            widths = [max(8, min(n, int(90 * n / sum(longest)) + 6)) for n in longest]
            text = dump("1", "Synthetic title of the table.", head, rows, widths)
            measure(f"{paper.name} {grid.label}", text, rows, total, folder)


def other_orders(total: Counter[str], folder: Path) -> None:
    random.seed(1)
    source = read_document(SHARED / "sources" / "actas-2015.txt")
    for label in ("4", "3"):
        grid = next(g for g in source.grids if g.label == label)
        head = [cell.plain.replace("Alemtuzumab", "Examplimab") for cell in grid.rows[0]]
        rows = [[cell.text for cell in row] for row in grid.rows[1:]]
        for trial in range(12):
            order = [0, *random.sample(range(1, len(head)), len(head) - 1)]
            widths = [random.choice([10, 12, 14, 18, 26]) for _ in head]
            moved = [[row[at] for at in order] for row in rows]
            text = dump("4", "Published series.", [head[at] for at in order], moved, widths)
            measure(f"table {label}, order {trial}", text, moved, total, folder)


def main() -> None:
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        (other_orders if sys.argv[1:] == ["orders"] else corpus_tables)(total, Path(folder))
    print(dict(total))


if __name__ == "__main__":
    main()
