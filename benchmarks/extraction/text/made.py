"""Invented papers, printed, dumped by every program, read back and scored.

``made.py FOLDER print [--papers N]`` prints N papers in every style, every third sealed: of other
words, to be scored when nothing is to be changed any more. ``made.py FOLDER score [--sealed]
[--program NAME ...] [--list]`` prints, for each program, the cells that are right, wrong, and wrong
without a doubt, and how many of the values that became series are wrong, and wrong though checked,
against those read from the page before it was printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "series"))
from compared import compare, printed_rows
from content import invent
from corrupted import is_wrong
from printing import STYLES, Press
from programs import PROGRAMS

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.documents.text import read_text
from evidence.extraction import extract
from evidence.extraction.second import value_at
from evidence.model.series import Series

Scored = tuple[str, Counter[str], list[str]]
"""(program, counts, what was wrong without a word)."""


def print_papers(folder: Path, count: int) -> None:
    """Print ``count`` papers in every style and dump each, where its PDF is not there yet."""
    with Press() as press:
        for at, style in enumerate(STYLES):
            for number in range(count):
                sealed = number % 3 == 2
                name = f"{at:02d}-{number}" + "-sealed" * sealed
                path = folder / f"{name}.pdf"
                if path.exists():
                    continue
                press.print_paper(invent(name, sealed=sealed), style, path)
                for program, dump in PROGRAMS.items():
                    text = folder / program / f"{name}.txt"
                    text.parent.mkdir(exist_ok=True)
                    text.write_text(dump(path), encoding="utf-8")


def score(path: Path) -> Scored:
    """Score one dump."""
    name, program = path.stem, path.parent.name
    counts: Counter[str] = Counter()
    faults: list[str] = []
    document = read_text(path)
    paper = invent(name, sealed=name.endswith("-sealed"))
    for number, table in enumerate(paper.tables, 1):
        gold = printed_rows(table)
        counts["cells"] += sum(bool(cell) for row in gold for cell in row)
        silent: list[tuple[str, str]] = []
        for grid in document.grids:
            if grid.label == str(number):
                counts += compare(grid, gold, silent)
        faults += [
            f"{program} {name} {number} {table.kind}: {read!r} not {it!r}" for read, it in silent
        ]
    page = read_document(path.parents[1] / f"{name}.html")
    for verdict, fault in _verdicts(document, page):
        counts[verdict] += 1
        faults += [f"{program} {name} {fault}"] if verdict == "checked wrong" else []
    return program, counts, faults


def _verdicts(document: Document, page: Document) -> Iterator[tuple[str, str]]:
    """(``right``, ``wrong``, ``silent`` without a doubt, or ``checked``; which value)."""
    true = {series.series: series for series in extract(page).series}
    for one in true.values():
        yield from (("values there", "") for _ in one.readings)
    for series in extract(document).series:
        said = true.get(series.series)
        for place, reading in series.readings.items():
            wrong = said is None or _differs(series, said, place)
            name = "wrong" if wrong else "right"
            yield f"values {name}", ""
            if wrong and not reading.doubt:
                yield "values silent", ""
            if reading.checked:
                yield f"checked {name}", _described(series, said, place)


def _differs(series: Series, said: Series, place: str) -> bool:
    try:
        return is_wrong(series, said, place)
    except (AttributeError, IndexError, KeyError, TypeError):
        return True


def _described(series: Series, said: Series | None, place: str) -> str:
    reading = series.readings[place]
    cell = series.cells[reading.cell].text if reading.cell else ""
    try:
        expected = str(value_at(said, place)) if said else "no such series"
    except (AttributeError, IndexError, KeyError, TypeError):
        expected = "no such value"
    return (
        f"{series.series} {place}: {value_at(series, place)} not {expected} in {cell[:70]!r}; "
        f"{', '.join(reading.checked)}"
    )


def report(program: str, counts: Counter[str]) -> str:
    """One line of figures."""
    cells, there = max(1, counts["cells"]), max(1, counts["values there"])
    checked = counts["checked right"] + counts["checked wrong"]
    return (
        f"{program:18s} cells: right {counts['right'] / cells:.3f} (in doubt "
        f"{counts['doubted'] / cells:.3f}) wrong "
        f"{counts['wrong'] / cells:.3f} silent {counts['silent'] / cells:.4f} of {cells}; "
        f"values: right {counts['values right'] / there:.3f} wrong "
        f"{counts['values wrong'] / there:.3f} silent {counts['values silent'] / there:.4f} of "
        f"{there}; checked {checked / there:.3f}, wrong of them {counts['checked wrong']} "
        f"({1 - counts['checked wrong'] / max(1, checked):.4f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("task", choices=("print", "score"))
    parser.add_argument("--papers", type=int, default=6, help="papers in every style")
    parser.add_argument("--sealed", action="store_true", help="the papers kept for the end")
    parser.add_argument("--program", nargs="*", choices=tuple(PROGRAMS), default=list(PROGRAMS))
    parser.add_argument("--list", action="store_true", help="what was wrong without a word")
    options = parser.parse_args()
    if options.task == "print":
        options.folder.mkdir(parents=True, exist_ok=True)
        print_papers(options.folder, options.papers)
        return
    paths = [
        path
        for program in options.program
        for path in sorted((options.folder / program).glob("*.txt"))
        if path.stem.endswith("-sealed") == options.sealed
    ]
    totals: dict[str, Counter[str]] = {}
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for program, counts, faults in workers.map(score, paths):
            totals.setdefault(program, Counter()).update(counts)
            print(*(f"    {fault}\n" for fault in faults if options.list), sep="", end="")
    for program, counts in totals.items():
        print(report(program, counts))


if __name__ == "__main__":
    main()
