"""Dumped tables whose rows are a label and a fixed number of values on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.text.dump.words import Word

_NUMBER = r"[<>≤≥~≈±+−–-]{0,2}\d[\d.,·]*(?:[eE][-−]\d+)?"
_VALUE = re.compile(
    rf"(?:{_NUMBER}%?(?:\s?(?:[-–—−±/]|to|\+/[-−])\s?{_NUMBER}%?)?[a-e*†‡#]{{0,2}}"
    rf"(?:\s?[(\[][^()\[\]]*[)\]][a-e*†‡#]{{0,2}})?"
    r"|NR|NS|NA|N/A|ND|NE|[-–—−]|\.\.\.?|…|[Nn]one)$"
)
_DASHES = {"-", "–", "—", "−"}
_LONGEST_VALUE = 8
_OFTEN = 0.3
"""Share of the lines with values that must hold as many as there are columns."""
_DISTINCT = 0.5
"""Share of the labels that differ from each other."""
_INNER = 0.3
"""Share of the labels that may hold more than a label: a column of text is lost in them."""
_FULL = 0.5
"""Share of the rows, sections included, that must hold a value for every column."""
_BARE = 0.2
"""Share of the full rows that may lack a label: their lines are no rows."""
_FEWEST_ROWS = 4
_ALONE = 0.25
"""Share of lines with one value and nothing else above which lines are cells, not rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the words of its label, then those of each value."""

    label: tuple[Word, ...]
    values: tuple[tuple[Word, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """A table read as regular rows."""

    start: int
    """Index of the first word of the body."""
    values: int
    """Values in a row."""
    rows: tuple[Row, ...]
    irregular: tuple[Row, ...]
    """Rows with other than that number of values: their places are uncertain."""


def read_regular(words: Sequence[Word]) -> list[Regular]:
    """The ways to read a table as regular rows; none where no number of values repeats.

    The usual number of values may be that of most lines, or a larger one if enough lines hold it.
    The head ends before the first value, or a line earlier: a line of words may head a group.
    """
    lines = lines_of(words)
    spans = [_values(line) for line in lines]
    counts = [len(found) for found in spans]
    alone = sum(found == [(0, len(line))] for found, line in zip(spans, lines, strict=True))
    held = Counter(count for count in counts if count)
    valued = held.total()
    if valued < _FEWEST_ROWS or valued < 0.35 * len(lines) or alone > _ALONE * len(lines):
        return []
    first = next(i for i, count in enumerate(counts) if count and (i or count > 1))
    first = min(_label_start(lines, counts, first), first)
    common = held.most_common(1)[0][0]
    usual = {common, max((n for n, k in held.items() if k >= _OFTEN * valued), default=common)}
    found = []
    for count in usual:
        if sum(n >= count for n in counts) < _OFTEN * valued:
            continue
        for start in {first, max(1, first - 1)} - {0}:
            found += _ways(lines, counts, start, count)
    return found


def _ways(
    lines: Sequence[Sequence[Word]], counts: Sequence[int], first: int, usual: int
) -> list[Regular]:
    """Rows with their labels; where these repeat, the first value is part of them."""
    rows, irregular = _rows(lines[first:], counts[first:], usual)
    full = [row for row in rows if len(row.values) == usual]
    labels = {" ".join(word.text for word in row.label) for row in full}
    if usual > 1 and len(labels) < _DISTINCT * len(full):
        rows, irregular = _rows(lines[first:], counts[first:], usual - 1)
        usual -= 1
    full = [row for row in rows if len(row.values) == usual]
    inner = sum(_holds_cells(row.label) for row in rows)
    bare = sum(not row.label for row in full)
    if not usual or inner > _INNER * len(rows) or bare > _BARE * len(full):
        return []
    if len(full) < _FULL * len(rows):
        return []
    start = sum(len(line) for line in lines[:first])
    return [Regular(start=start, values=usual, rows=tuple(rows), irregular=tuple(irregular))]


def _holds_cells(label: Sequence[Word]) -> bool:
    """Whether a label holds a number between words, or a gap that parts cells."""
    return any(word.tag == "number" for word in label[1:-1]) or any(w.gap for w in label[1:])


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line."""
    lines: list[list[Word]] = []
    for word in words:
        if word.first or not lines:
            lines.append([])
        lines[-1].append(word)
    return lines


def _values(line: Sequence[Word]) -> list[tuple[int, int]]:
    """(first, after the last word) of the values that end a line, left to right."""
    spans: list[tuple[int, int]] = []
    end = len(line)
    while end > 0:
        start = _value_start(line, end)
        if start is None:
            break
        spans.append((start, end))
        end = start
    return spans[::-1]


def _in_single(
    line: Sequence[Word], spans: Sequence[tuple[int, int]], usual: int
) -> list[tuple[int, int]]:
    """The values; what reads as ranges (``3 – 8``) is three values where that makes a full row."""
    parted = [
        part
        for a, b in spans
        for part in (
            [(k, k + 1) for k in range(a, b)]
            if b - a == 3 and line[a + 1].text in _DASHES
            else [(a, b)]
        )
    ]
    return parted if len(spans) < usual == len(parted) else list(spans)


def _value_start(line: Sequence[Word], end: int) -> int | None:
    """Where the value that ends before ``end`` begins: the longest that is one value."""
    for start in range(max(0, end - _LONGEST_VALUE), end):
        text = " ".join(word.text for word in line[start:end])
        if _VALUE.match(text) and _VALUE.match(text).end() == len(text):  # type: ignore[union-attr]
            return start
    return None


def _label_start(lines: Sequence[Sequence[Word]], counts: Sequence[int], first: int) -> int:
    """The line at which the first row's label begins: a head and its rows are parted by a blank."""
    for index in range(first, 0, -1):
        if lines[index][0].blank:
            return index
        if counts[index - 1]:
            return first
    return first


def _rows(
    lines: Sequence[Sequence[Word]], counts: Sequence[int], usual: int
) -> tuple[list[Row], list[Row]]:
    rows: list[Row] = []
    irregular: list[Row] = []
    label: list[Word] = []
    for line, count in zip(lines, counts, strict=True):
        if not count:
            if label and not _goes_on(label, line):
                rows.append(Row(label=tuple(label)))
                label = []
            label += line
            continue
        spans = _in_single(line, _values(line), usual)[-usual:]
        if label and line[0].text[:1].isupper() and spans[0][0] > 0 and not _goes_on(label, line):
            rows.append(Row(label=tuple(label)))
            label = []
        values = tuple(tuple(line[a:b]) for a, b in spans)
        row = Row(label=(*label, *line[: spans[0][0]]), values=values)
        rows.append(row)
        if count < usual:
            irregular.append(row)
        label = []
    if label:
        rows.append(Row(label=tuple(label)))
    return rows, irregular


def _goes_on(label: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether a line takes up the label above it."""
    open_end = label[-1].text.endswith((",", "-", "/", "(")) or label[-1].tag == "small"
    return open_end or line[0].text[:1].islower() or line[0].inside or line[0].text.startswith("(")
