"""A row that prints several arms in each cell becomes one row per arm.

``25 vs 27``, ``A: 25; B: 27``, ``arm 1: 25, arm 2: 27``: where at least two cells of a row fall
into the same number of parts, each part belongs to its arm. A count that does not fall apart speaks
of all arms together and is given to none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import Cell
from evidence.extraction.column import Column
from evidence.extraction.head_forms import drugs_in
from evidence.extraction.printed import part_of
from evidence.extraction.rows import Row
from evidence.vocabulary import Vocabulary

_VERSUS = re.compile(r"\s*\b(?:vs|versus)\b\.?\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?<=[\s;,(/])|^)(?P<label>(?:(?:arm|group|cohort|dose level|regimen)\s*)?"
    r"(?:[A-D]|[1-4]|I{1,3}|IV))\s*[:=)]\s*(?=\S)",
    re.IGNORECASE,
)
_SEMICOLON = re.compile(r"\s*;\s*")
_ORDERS = (("a", "b", "c", "d"), ("1", "2", "3", "4"), ("i", "ii", "iii", "iv"))
SHARED = ("regimen", "drug", "dose", "route", "schedule", "disease", "treatment_duration",
          "follow_up", "design", "centre", "period", "criteria")  # fmt: skip
"""Columns whose undivided cells hold for every arm."""
COUNTS = ("patients", "total", "disease_count", "response", "outcome", "outcomes", "endpoint",
          "response_duration", "complications", "complication_count")  # fmt: skip
GIVEN = ("regimen", "drug", "dose")
"""Columns of treatment that name drugs."""
KEPT = ("series", "reference", "year", "spanned", "arm")
"""Columns that are never divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One arm's share of a cell's text: ``start`` to ``end``."""

    start: int
    end: int
    label: str | None = None


def split_arms(row: Row, columns: Sequence[Column], vocabulary: Vocabulary) -> list[Row]:
    """The row itself, or one row per arm.

    A drug before the labels of its arms (``Vorinostat A: 400 mg; B: 300 mg``) is given in all.
    """
    divided: dict[int, list[Part]] = {}
    shared: Cell | None = None
    for column in columns:
        cell = row.cells.get(column.index)
        if cell is not None and column.role not in KEPT:
            start = _drug_before(cell.plain, vocabulary) if column.role in GIVEN else 0
            parts = parts_of(cell.plain, start)
            if len(parts) > 1:
                divided[column.index] = parts
                shared = part_of(cell, 0, start) if start else shared
    if len(divided) < 2 or (shared is not None and row.section is not None):
        return [row]
    row = replace(row, section=shared or row.section)
    count, cells = Counter(len(parts) for parts in divided.values()).most_common(1)[0]
    if cells < 2:
        return [row]
    given = _drugs_by_arm(row, columns, divided, vocabulary)
    rows = (_arm_row(row, columns, divided, at, count) for at in range(count))
    return [
        replace(arm, others=frozenset().union(*(given[other] for other in given if other != at)))
        for at, arm in enumerate(rows)
    ]


def _drug_before(text: str, vocabulary: Vocabulary) -> int:
    """End of a drug that is all that stands before the first label; 0 where none does."""
    first = _LABEL.search(text)
    if first is None or vocabulary.drug(text[: first.start()].strip(" ,;:(")) is None:
        return 0
    return len(text[: first.start()].rstrip(" ,;:("))


def hold_together(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The arms of one series, where a cell spans the rows of several: it counts them together."""
    held = list(rows)
    for index in (column.index for column in columns if column.role in COUNTS):
        cells = [row.cells.get(index) for row in held]
        for at, cell in enumerate(cells):
            first = next(place for place, other in enumerate(cells) if other is cell)
            if cell is not None and first < at:
                others = {place: kept for place, kept in held[at].cells.items() if place != index}
                held[at] = replace(held[at], cells=others)
                together = held[first].together | {index}
                held[first] = replace(held[first], together=together)
    return held


def parts_of(text: str, start: int = 0) -> list[Part]:
    """The parts of a cell that prints several arms; one part where it does not.

    What stands before ``start`` is of all of them.
    """
    labelled = _labelled(text, start)
    if labelled:
        return labelled
    borders = list(_VERSUS.finditer(text))
    if not borders and re.fullmatch(r"[\d\s;]*\d", text):
        borders = list(_SEMICOLON.finditer(text))
    starts = [0, *(border.end() for border in borders)]
    ends = [*(border.start() for border in borders), len(text)]
    return [
        Part(start=start, end=end)
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    ]


def _labelled(text: str, start: int) -> list[Part]:
    """``A: ...; B: ...``: labels in their order, the first opening the cell or its bracket."""
    found = list(_LABEL.finditer(text))
    names = tuple(re.sub(r".*\s", "", match["label"]).lower() for match in found)
    if len(names) < 2 or not any(order[: len(names)] == names for order in _ORDERS):
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    parts = [
        Part(start=match.end(), end=end, label=match["label"])
        for match, end in zip(found, ends, strict=True)
    ]
    return parts if _is_their_sum(text[start : found[0].start()], text, parts) else []


def _is_their_sum(lead: str, text: str, parts: Sequence[Part]) -> bool:
    """Whether what stands before the parts is nothing, or the number they add up to."""
    numbers = [re.search(r"\d+", text[part.start : part.end]) for part in parts]
    whole = re.fullmatch(r"\W*(\d+)\W*(?:patients|pts)?\W*", lead)
    added = whole and None not in numbers and int(whole[1]) == sum(int(n[0]) for n in numbers if n)
    return bool(added) or not re.search(r"[^\W_]", lead)


def _arm_row(
    row: Row, columns: Sequence[Column], divided: dict[int, list[Part]], at: int, count: int
) -> Row:
    """The row of one arm; the first keeps the cells that hold for all arms together."""
    cells: dict[int, Cell] = {}
    together: list[int] = []
    label = row.arm_label
    for column in columns:
        cell = row.cells.get(column.index)
        if cell is None:
            continue
        parts = divided.get(column.index, [])
        if len(parts) == count:
            cells[column.index] = _cut(cell, parts[at])
            label = label or parts[at].label
            if column.role in ("regimen", "drug"):
                label = label or cells[column.index].plain
        elif column.role in (*SHARED, *KEPT) and not parts:
            cells[column.index] = cell
        elif at == 0:
            cells[column.index] = cell
            together.append(column.index)
    return replace(
        row, cells=cells, together=frozenset(together), arm_label=label,
        label=row.label if at == 0 else None,
    )  # fmt: skip


def _drugs_by_arm(
    row: Row, columns: Sequence[Column], divided: dict[int, list[Part]], vocabulary: Vocabulary
) -> dict[int, frozenset[str]]:
    """The drugs that the parts of the divided columns of treatment name."""
    given: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for column in columns:
        parts = divided.get(column.index, []) if column.role in GIVEN else []
        for at, part in enumerate(parts):
            text = row.cells[column.index].plain[part.start : part.end]
            given[at] |= frozenset(drugs_in(text, vocabulary))
    return given


def _cut(cell: Cell, part: Part) -> Cell:
    text = cell.plain[part.start : part.end]
    trimmed = text.strip().strip(";,").strip()
    if trimmed.count("(") < trimmed.count(")"):
        trimmed = trimmed.removesuffix(")")
    start = part.start + text.index(trimmed)
    return part_of(cell, start, start + len(trimmed))
