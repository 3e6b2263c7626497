"""Where a laid-out table's heads end, and which of them stand over several columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evidence.documents.text.pages import Piece, pieces

_NONE = re.compile(r"^(?:n\.?[rsade]\.?|n/a|nil|none|yes|no|[-–—−]+|\.{2,3}|…|[✓✔×+])$", re.I)
_COUNT = re.compile(r"^[<>≤≥=±+−–—~∼≈(\[-]{0,3}[.·]?\d")
_FIGURE = re.compile(r"(?<![^\W_])\d|\bet al\b")
_CITED = re.compile(r"\bet al\b")
_MOST = 12
"""No head takes more lines."""
_NEAR = 2
"""Heads of two tiers begin within so many characters of each other."""
_MARGIN = 4
"""A line that begins within so many characters of the left edge has a label."""


def count_heads(lines: Sequence[str], woven: Sequence[tuple[int, int]] = ()) -> int:
    """How many of a table's lines, blank ones included, are its heads; 0 if it has none.

    ``woven`` are runs of lines (first, after the last) that belong together.
    """
    numbered = [(k, pieces(line)) for k, line in enumerate(lines) if line.strip()]
    left = min(found[0].start for _, found in numbered)
    top = next((end for start, end in woven if start == 0), 0)
    first, sure = _first_row(numbered, left)
    if top and (first is None or not sure or numbered[first][0] > top + 1):
        return top
    if first is None or first > _MOST:
        return _by_gap(numbered, left)
    while first > 1 and _opens_body(numbered, first - 1, left):
        first -= 1
    cut = numbered[first][0]
    around = [(start, end) for start, end in woven if 0 < start < cut < end]
    return next((a for a, b in around if not sure or a + b - 1 == 2 * cut), cut)


def _first_row(numbered: Sequence[tuple[int, list[Piece]]], left: int) -> tuple[int | None, bool]:
    """(the first line of values, True), or where such lines come late, of figures, False."""
    width = max(len(found) for _, found in numbered)

    def first(value: Callable[[str], bool]) -> int | None:
        rows = (n for n, (_, f) in enumerate(numbered) if _is_row(f, left, width, value))
        return next(rows, None)

    strict, loose = first(_is_value), first(lambda text: bool(_FIGURE.search(text)))
    mixed = next((n for n, (_, f) in enumerate(numbered) if _counts_several(f, left)), None)
    cited = next((n for n, (_, f) in enumerate(numbered) if _is_cited(f, left)), None)
    if cited and (strict is None or cited < strict):
        return cited, True
    if mixed and (strict is None or mixed < strict):
        return mixed, True
    if loose and (strict is None or strict - loose > 2):
        return loose, False
    return strict, True


def _is_value(text: str) -> bool:
    """A number, perhaps with a unit or a range, or a sign for none."""
    letters = sum(char.isalpha() for char in text)
    return bool(_NONE.match(text) or (_COUNT.match(text) and letters <= 0.34 * len(text)))


def _is_row(found: Sequence[Piece], left: int, width: int, value: Callable[[str], bool]) -> bool:
    """Whether values make up half of a line behind its label, or half of the table without one."""
    labelled = found[0].start - left <= _MARGIN
    numbered = _is_value(found[0].text) and not found[0].text.startswith("(")
    if labelled and len(found) > 1 and numbered:
        return True
    rest = found[1:] if labelled else found
    values = sum(value(piece.text) for piece in rest)
    return values > 0 and 2 * values >= (len(rest) if labelled else max(len(rest), width - 1))


def _is_cited(found: Sequence[Piece], left: int) -> bool:
    """Whether a line opens with authors and goes on with other cells: no head does."""
    return (
        len(found) > 1 and found[0].start - left <= _MARGIN and bool(_CITED.search(found[0].text))
    )


def _counts_several(found: Sequence[Piece], left: int) -> bool:
    """Whether half of the pieces behind a label begin with a number, and not of one thing.

    Heads may do so too, but then they count the same: ``10 mg``, ``20 mg``.
    """
    counted = [piece.text for piece in found[1:] if _COUNT.match(piece.text)]
    things = {re.sub(r"^\W*[\d.,·–—/-]+\s*", "", text) for text in counted}
    labelled = found[0].start - left <= _MARGIN and not _COUNT.match(found[0].text)
    return labelled and len(things) > 1 and 2 * len(counted) >= len(found) - 1


def _opens_body(numbered: Sequence[tuple[int, list[Piece]]], n: int, left: int) -> bool:
    """Whether a label alone, above the first row, heads a group of rows or begins that row."""
    k, found = numbered[n]
    if len(found) > 1 or found[0].start - left > _MARGIN:
        return False
    blank_below = numbered[n + 1][0] > k + 1
    blank_above = numbered[n - 1][0] < k - 1
    return blank_above or not blank_below


def _by_gap(numbered: Sequence[tuple[int, list[Piece]]], left: int) -> int:
    """Heads of a table without figures: to the first gap, else to the second line with a label."""
    cut = False
    for n, (k, found) in enumerate(numbered[:_MOST]):
        if n and cut and k - numbered[n - 1][0] > 1:
            return k
        cut = cut or len(found) > 1
    for n, (k, found) in enumerate(numbered[:_MOST]):
        if n and found[0].start - left <= _MARGIN and len(numbered[n - 1][1]) > 1:
            return k
    return numbered[1][0] if len(numbered) > 1 else 0


def spanning_heads(
    lines: Sequence[str], woven: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int, int]]:
    """(line, first character, after the last) of the columns that a head stands in the middle of.

    Several pieces of the line below belong to one piece of a line when they lie nearest to it and
    it is centred over them, or when they begin with it and are the same below its neighbour. In a
    ``woven`` run the line below is the next but one.
    """
    steps = {k: 2 for start, end in woven for k in range(start, end - 1)}
    found: list[tuple[int, int, int]] = []
    for k, line in enumerate(lines):
        upper = pieces(line)
        lower = next((p for p in map(pieces, lines[k + steps.get(k, 1) :]) if p), [])
        if not upper or len(upper) >= len(lower):
            continue
        if repeated := _repeated(upper, lower):
            found += [(k, group[0].start, group[-1].end) for group in repeated]
            continue
        groups: dict[int, list[Piece]] = {}
        for piece in lower:
            near = min(range(len(upper)), key=lambda n: abs(_middle(upper[n]) - _middle(piece)))
            groups.setdefault(near, []).append(piece)
        for near, group in groups.items():
            start, end = group[0].start, group[-1].end
            off = abs(_middle(upper[near]) - (start + end) / 2)
            if len(group) > 1 and off <= max(3, 0.12 * (end - start)):
                found.append((k, start, end))
    return found


def _repeated(upper: Sequence[Piece], lower: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces below each of several, where they are the same words again; else none."""
    starts = [piece.start - _NEAR for piece in upper]
    ends = [*starts[1:], lower[-1].end]
    groups = [
        own
        for a, b in zip(starts, ends, strict=True)
        if len(own := [piece for piece in lower if a <= piece.start < b]) > 1
    ]
    words = {tuple(piece.text for piece in group) for group in groups}
    return groups if len(groups) > 1 and len(words) == 1 else []


def _middle(piece: Piece) -> float:
    return (piece.start + piece.end) / 2
