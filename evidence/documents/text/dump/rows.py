"""Dumped tables whose rows are a label and a fixed number of values on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.text.dump.types import Word

_NUMBER = r"[<>≤≥~≈±+−–-]{0,2}\d[\d.,·]*(?:[eE][-−]\d+)?"
_VALUE = re.compile(
    rf"(?:{_NUMBER}%?(?:\s?(?:[-–—−±/]|to|\+/[-−])\s?{_NUMBER}%?)?[a-e*†‡#]{{0,2}}"
    rf"(?:\s?[(\[][^()\[\]]*[)\]][a-e*†‡#]{{0,2}})?"
    r"|NR|NS|NA|N/A|ND|NE|[-–—−]|\.\.\.?|…|[Nn]one)$"
)
_LONGEST_VALUE = 8
_REGULAR = 0.6
"""Share of the lines with values that must hold the same number of them."""
_FEWEST_ROWS = 4


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


def with_their_labels(words: Sequence[Word]) -> tuple[list[Word], bool]:
    """(words, True) with lines that hold one value alone set behind the line above them.

    Only where most lines are such: a dump with a cell a line. Else the words as they are.
    """
    lines = _lines(words)
    alone = [k > 0 and _values(line) == [(0, len(line))] for k, line in enumerate(lines)]
    if 2 * sum(alone) < len(lines):
        return list(words), False
    behind = {line[0].line for line, single in zip(lines, alone, strict=True) if single}
    return [
        replace(word, first=False, blank=False) if word.first and word.line in behind else word
        for word in words
    ], True


def read_regular(words: Sequence[Word], *, fewer: int = 0) -> Regular | None:
    """The table as regular rows; None where its lines do not repeat one number of values.

    ``fewer`` leaves that many of the first values to the label, where the head has no column for
    them (a label that ends with a year).
    """
    lines = _lines(words)
    counts = [len(_values(line)) for line in lines]
    held = [count for count in counts if count]
    if len(held) < _FEWEST_ROWS or len(held) < 0.35 * len(lines):
        return None
    usual, times = Counter(held).most_common(1)[0]
    fitting = sum(count >= usual for count in held)
    if times < 0.5 * len(held) or fitting < _REGULAR * len(held):
        return None
    first = next((i for i, count in enumerate(counts) if count >= usual), 0)
    first = _label_start(lines, counts, first)
    if not first:
        return None
    usual -= fewer
    if usual < 1:
        return None
    rows, irregular = _rows(lines[first:], counts[first:], usual)
    start = sum(len(line) for line in lines[:first])
    return Regular(start=start, values=usual, rows=tuple(rows), irregular=tuple(irregular))


def _lines(words: Sequence[Word]) -> list[list[Word]]:
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
        spans = _values(line)[-usual:]
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
