"""JATS tables against the corpus' own reading of the XML: tables, heads, shapes, cells."""

from __future__ import annotations

from collections import Counter
from typing import Any

from corpus import jats_papers

from evidence.documents import read_document
from evidence.documents.base import Grid


def compare(grid: Grid, table: Any, score: Counter[str]) -> str | None:
    """Count the cells and rows that agree; what differs in heads or shape."""
    import score_tables as scorer  # type: ignore[import-not-found]

    places, cells, header_rows = scorer.gold_cells(table)
    matrix = grid.matrix()
    for ours, gold in zip(matrix, places, strict=False):
        right = 0
        for cell, index in zip(ours, gold, strict=False):
            expected = cells[index][2] if index >= 0 else ""
            right += expected == (scorer.key(cell.text) if cell else "")
        score["cells"] += len(gold)
        score["cells right"] += right
        score["rows"] += 1
        score["rows right"] += right == len(gold)
    if grid.header_rows != header_rows:
        return f"{grid.header_rows} head rows, expected {header_rows}"
    shape, wanted = (len(matrix), len(matrix[0])), (len(places), len(places[0]))
    return None if shape == wanted else f"shape {shape}, expected {wanted}"


def main() -> None:
    import jats_gold  # type: ignore[import-not-found]

    score: Counter[str] = Counter()
    for paper in jats_papers():
        grids = iter(read_document(paper).grids)
        for label, _, tables, _ in jats_gold.tables(jats_gold.parse(str(paper))):
            for table in tables:
                score["tables"] += 1
                grid = next(grids, None)
                if grid is None:
                    print("missing", paper.name, label)
                    continue
                score["found"] += 1
                if differs := compare(grid, table, score):
                    print(paper.name, label, differs)
        score["further tables"] += sum(1 for _ in grids)
    print(dict(score))


if __name__ == "__main__":
    main()
