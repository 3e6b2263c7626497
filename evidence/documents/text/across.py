"""Tables that begin or go on on the next page, where nothing names them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.text.column import column_of
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.pages import TextPage, filled, pieces
from evidence.documents.text.regions import Region, cut
from evidence.documents.text.titles import TitledPage, caption_of

_EDGE = 2
"""Lines at the head and the foot of a page that may repeat on every page."""
_PIECES = 3
"""A running head is in so many pieces at most; the heads of a table that goes on are in more."""
_ALIKE = 0.6
"""Share of the columns whose usual kind of cell must be that of the part before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A table that the end of a page leaves open."""

    label: str
    caption: str = ""
    grid: Grid | None = None
    """What was read of it; None where only its title stands on the page."""


def running_lines(pages: Sequence[TextPage]) -> frozenset[str]:
    """What stands at the head or the foot of several pages, whatever its numbers."""
    edges: Counter[tuple[int, str]] = Counter()
    for page in pages:
        own = list(filled(page.lines))
        for place in range(-_EDGE, _EDGE):
            edges.update((place, _folded(line)) for line in own[place:][:1])
    repeated = {line for (_, line), count in edges.items() if count > 1 or line == "#"}
    return frozenset(line for line in repeated if len(pieces(line)) <= _PIECES)


def _folded(line: str) -> str:
    return re.sub(r"\d+", "#", "  ".join(piece.text for piece in pieces(line)))


def first_line(page: TitledPage, running: frozenset[str]) -> int:
    """Index of the first line below the running heads."""
    own = [k for k, line in enumerate(page.lines) if line.strip()]
    heads = [k for k in own[:_EDGE] if _folded(page.lines[k]) in running]
    return next((k for k in own if k not in heads), len(page.lines))


def left_open(
    page: TitledPage, found: Sequence[tuple[Region, Grid]], running: frozenset[str]
) -> Open | None:
    """The table that the end of the page leaves open: it has no notes, and nothing follows."""
    own = [k for k, line in enumerate(page.lines) if line.strip()]
    foot = {k for k in own[-_EDGE:] if _folded(page.lines[k]) in running}
    own = [k for k in own if k not in foot]
    if not own:
        return None
    for region, grid in found:
        if own[-1] in region.lines and region.body[-1][0] == own[-1]:
            return Open(label=region.label, caption=region.caption, grid=grid)
    for title in page.titles[-1:]:
        view = column_of(page.lines[title.index :], [], title.piece, page.starts, page.width)
        lines = cut(page.lines, view, title.index, own[-1] + 1)
        count, text = caption_of(lines)
        parsed = parse_title(text)
        if count == len(lines) and parsed is not None and not title.under:
            return Open(label=parsed[0], caption=parsed[1])
    return None


def goes_on(before: Grid, part: Grid) -> bool:
    """Whether a part has the columns of the part before: as many, with the same kinds of cells."""
    ours, theirs = _kinds(before), _kinds(part)
    same = sum(a == b or "" in (a, b) for a, b in zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and same >= _ALIKE * len(ours)


def _kinds(grid: Grid) -> list[str]:
    """What most cells of a column are: words, values, or nothing."""
    columns = zip(*grid.matrix()[grid.header_rows :] or grid.matrix(), strict=True)
    return [
        Counter(_kind(c.text) for c in column if c and c.text).most_common(1)[0][0]
        if any(c and c.text for c in column)
        else ""
        for column in columns
    ]


def _kind(text: str) -> str:
    return "words" if kind_of(text) == "text" else "values"
