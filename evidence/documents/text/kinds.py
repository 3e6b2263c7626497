"""Doubt on cells that are unlike the rest of their column: they may hold a neighbour's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.documents.text.dump.periodic import kind_of
from evidence.vocabulary import load_vocabulary

_NUMBER = r"[<>≤≥~]?\d[\d.,/–-]*%?"
_VALUES = re.compile(
    rf"(?:^|\s){_NUMBER}(?:\s?\([^()]*\))?(?<![,;])\s+{_NUMBER}(?=\s|$|\()(?!\s+[A-Z])"
)
_BEHIND_NONE = re.compile(r"^(?:NR|ND|NE|NA|n\.r\.|[–—])\s+\w")
"""A sign for none, then something."""
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_USUAL = 0.6
"""Share of a column's values that makes a shape its usual one."""
_STUDY = re.compile(r"\bet al\b|\b(?:19|20)\d\d|\[\d+\]$|\w (?:&|and) \w")
"""What stands in the names of studies."""
_CUT_LABEL = re.compile(r"^(?:et\b|al\b|[(&,])|(?:\bet|\band|[&,(])$", re.I)
_BROKEN_LABEL = re.compile(
    r"\bet\b(?!\s+al\b).*\bal\b|[\d–—)]\s*et al\b"
    r"|\b(?!(?:van|von|der|den|ten|ter|del|dos|las|los|and|und|bin|ben)\b)[a-z]{3,}\s.*\bet al\b"
)
"""Authors with a value among them, or behind words that are in no name."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LISTED = re.compile(r"^\w{1,3}\)(?=\s)")
CROWDED = "it holds two values: they may be two cells"
BESIDE = "its neighbour holds two values: one may be of this cell"
TORN = "its brackets do not match"
LABEL = "it does not look like the name of one study"
MOVED = "parted elsewhere, its words and its neighbour's would look more like the other rows"


def with_kind_doubts(grid: Grid) -> Grid:
    """The grid with doubts on cells that hold two values or a part of one, and their neighbours."""
    rows = [list(row) for row in grid.rows]
    body = [row for row in rows[grid.header_rows :] if sum(bool(cell.text) for cell in row) > 1]
    width = max(map(len, rows), default=0)
    usual = [_usual_kinds([row[k].text for row in body if len(row) == width]) for k in range(width)]
    _doubt_labels(body)
    for row in body:
        _doubt_crowded(row, usual)
        if len(row) == width:
            _doubt_moved(row, usual)
    for row in rows:
        _doubt(row, [k for k, cell in enumerate(row) if _is_torn(cell.text, first=k == 0)], TORN)
    return replace(grid, rows=tuple(map(tuple, rows)))


def _doubt(row: list[Cell], places: Iterable[int], why: str) -> None:
    """Doubt the filled and the empty cells of a row at some places, where none is in doubt yet."""
    for k in places:
        row[k] = replace(row[k], doubt=row[k].doubt or why)


def _is_torn(text: str, *, first: bool) -> bool:
    """Whether brackets do not match, but for those of a list: ``a) none``, or ``1)`` of a row."""
    listed = _LISTED.match(text + " " * first)
    return text.count("(") != text.count(")") and not listed


def _doubt_labels(body: Sequence[list[Cell]]) -> None:
    """Doubt broken names of studies, and where most labels are such names, what is none, or two."""
    named = [row for row in body if row[0].text]
    for row in named:
        _doubt(row, [0] if _BROKEN_LABEL.search(row[0].text) else [], LABEL)
    if sum(bool(_STUDY.search(row[0].text)) for row in named) < _USUAL * len(named):
        return
    for row in named:
        label = row[0].text
        cut = _CUT_LABEL.search(label) or not _STUDY.search(label)
        own = load_vocabulary().longest("own", tuple(label.split()))
        if (cut and not own) or len(_YEAR.findall(label)) > 1 or label.count("et al") > 1:
            _doubt(row, [0], LABEL)


def is_crowded(text: str) -> bool:
    """Whether a text holds two values and nothing between: ``2/9 (22%) 6 (1–36)``."""
    plain = _THOUSANDS.sub("1", text)
    return bool(_VALUES.search(plain) or _BEHIND_NONE.match(plain))


def _doubt_crowded(row: list[Cell], usual: Sequence[frozenset[str]]) -> None:
    """Doubt cells of two values, neighbours that are unusual, and what leads to an empty cell."""
    for k, cell in enumerate(row):
        if not is_crowded(cell.text):
            continue
        beside = [at for at in (k - 1, k + 1) if 0 <= at < len(row) and row[at].text]
        _doubt(row, [k], CROWDED)
        _doubt(row, [at for at in beside if not _fits(row[at].text, usual[at])], BESIDE)
        empty = [at for at, other in enumerate(row) if not other.text]
        near = min(empty, key=lambda at: abs(at - k), default=k)
        _doubt(row, range(min(near, k), max(near, k) + 1), BESIDE)


def _doubt_moved(row: list[Cell], usual: Sequence[frozenset[str]]) -> None:
    """Doubt neighbours of which both look usual once a word at their border moves over."""
    for k in range(len(row) - 1):
        if _better(row[k].text, row[k + 1].text, usual[k], usual[k + 1]):
            _doubt(row, (k, k + 1), MOVED)


def _usual_kinds(texts: Sequence[str]) -> frozenset[str]:
    """The shapes that most cells of a column have; none where they differ."""
    kinds = Counter(kind_of(text) for text in texts if text)
    often = [kind for kind, count in kinds.items() if count > 1]
    held = sum(kinds[kind] for kind in often)
    return frozenset(often) if held >= _USUAL * kinds.total() else frozenset()


def _better(left: str, right: str, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a word moved over the border makes both cells usual that are not."""
    if not ours or not theirs or (_fits(left, ours) and _fits(right, theirs)):
        return False
    a, b = left.split(), right.split()
    ways = [(a[:-1], [*a[-1:], *b]), ([*a, *b[:1]], b[1:])]
    return any(_fits(" ".join(x), ours) and _fits(" ".join(y), theirs) for x, y in ways)


def _fits(text: str, usual: frozenset[str]) -> bool:
    return bool(text) and kind_of(text) in usual
