"""Tables poured into text without columns and read back: dumps.py [--list] [KIND ...].

Kinds: ``plain`` (the corpus' tables with one head row and no spans), ``review`` (those with a
column of series or of patients, columns shuffled), ``facts`` (the 2015 paper's two tables, columns
shuffled, the drug renamed). Each is flattened in every style of ``flatten.py``. A cell is right
where its row and column hold what was printed, wrong where they hold something else, and not
given where there is no grid or an empty cell.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "formats"))
from corpus import SHARED, half, jats_papers, letters  # type: ignore[import-not-found]
from flatten import STYLES  # type: ignore[import-not-found]

from evidence.documents import read_document
from evidence.documents.text import read_text
from evidence.vocabulary import load_vocabulary

Table = tuple[str, list[str], list[list[str]]]
"""(name, head, rows)."""


def plain_tables() -> Iterator[Table]:
    for paper in jats_papers():
        name = paper.parent.name if paper.name == "paper.xml" else paper.stem
        for grid in read_document(paper).grids:
            matrix = [[cell.plain if cell else "" for cell in row] for row in grid.matrix()]
            spans = any(cell.colspan > 1 for row in grid.rows for cell in row)
            if grid.header_rows != 1 or spans or len(matrix) < 5 or not 3 <= len(matrix[0]) <= 11:
                continue
            if sum(len(" ".join(row)) for row in matrix) < 9000:
                yield f"{name} {grid.label}", matrix[0], matrix[1:]


def review_tables() -> Iterator[Table]:
    kinds = {"series", "reference", "patients", "case", "patient"}
    for name, head, rows in plain_tables():
        if any(load_vocabulary().column(text) in kinds for text in head[:2]) and len(head) > 3:
            yield from shuffled(name, head, rows, 3)


def facts_tables() -> Iterator[Table]:
    source = read_document(SHARED / "sources" / "actas-2015.txt")
    for label in ("4", "3"):
        grid = next(g for g in source.grids if g.label == label)
        head = [cell.plain.replace("Alemtuzumab", "Examplimab") for cell in grid.rows[0]]
        rows = [[cell.text for cell in row] for row in grid.rows[1:]]
        yield from shuffled(f"facts {label}", head, rows, 8)


def shuffled(name: str, head: list[str], rows: list[list[str]], count: int) -> Iterator[Table]:
    """The table with the columns behind its first in random orders."""
    chance = random.Random(name)
    for trial in range(count):
        order = [0, *chance.sample(range(1, len(head)), len(head) - 1)]
        yield (
            f"{name} #{trial}",
            [head[k] for k in order],
            [[row[k] for k in order] for row in rows],
        )


KINDS = {"plain": plain_tables, "review": review_tables, "facts": facts_tables}


def score(ours: list[list[str]], gold: list[list[str]]) -> Counter[str]:
    """Cells right, wrong and not given; rows are paired in order by the words they share."""
    total: Counter[str] = Counter(cells=sum(bool(cell) for row in gold for cell in row))
    begin = 0
    for row in ours:
        shares = [(_shared(row, gold[k]), -k) for k in range(begin, min(len(gold), begin + 6))]
        best, place = max(shares, default=(0.0, 0))
        printed = gold[-place] if best > 0.3 else []
        begin = -place + 1 if printed else begin
        for k, cell in enumerate(row):
            if cell:
                same = k < len(printed) and letters(cell) == letters(printed[k])
                total["right" if same else "wrong"] += 1
    return total


def _shared(one: list[str], other: list[str]) -> float:
    a, b = Counter(" ".join(one).split()), Counter(" ".join(other).split())
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", default=[])
    parser.add_argument("--list", action="store_true", help="name every table with its figures")
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    totals: dict[tuple[str, str, str], Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.txt"
        for kind in options.kinds or KINDS:
            for name, head, rows in KINDS[kind]():
                part = half(name.split()[0])
                if options.half not in (None, part):
                    continue
                for style, flatten in STYLES.items():
                    lines = flatten(head, rows)
                    text = ["Table 1  Title of the table.", "", *lines, "", "Abbreviations: x, y."]
                    path.write_text("\n".join([*text, ""]), encoding="utf-8")
                    grids = read_text(path).grids
                    ours = [[c.text for c in row] for row in grids[0].rows] if grids else []
                    found = score(ours, [head, *rows])
                    if options.list:
                        print(
                            f"{style:17s} {found['right']:5d} {found['wrong']:5d} "
                            f"{found['cells']:5d} {name}"
                        )
                    for key in ((kind, style, f"half {part}"), (kind, style, "all")):
                        totals[key] = totals.get(key, Counter()) + found
    for (kind, style, part), found in sorted(totals.items()):
        right, wrong, cells = found["right"], found["wrong"], found["cells"]
        print(
            f"{kind:7s} {style:17s} {part:7s} right {right / cells:.3f} wrong {wrong / cells:.3f} "
            f"not given {max(0, cells - right - wrong) / cells:.3f} of {cells}"
        )


if __name__ == "__main__":
    main()
