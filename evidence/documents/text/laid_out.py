"""A table whose columns stand as gaps: its characters are set as print and read as a PDF's are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from evidence.documents.base import Grid
from evidence.documents.layout.grid import draft_table, make_grid
from evidence.documents.layout.regions import Region as Area
from evidence.documents.layout.regions import Sheet
from evidence.documents.layout.rules import Stroke
from evidence.documents.text.heads import count_heads, spanning_heads
from evidence.documents.text.labels import with_whole_labels
from evidence.documents.text.pages import CHAR_PT, LINE_PT, SIZE_PT, pieces
from evidence.documents.text.regions import Region
from evidence.documents.text.setting import set_in_type, set_lines
from evidence.documents.text.spacing import row_blocks
from evidence.documents.text.tight import spread, tight_gaps
from evidence.documents.text.titles import Line
from evidence.documents.text.woven import woven_runs

_HALF = 0.5


_WIDE = 0.3
"""Share of the lines with gaps that must hold one of three blanks, if nothing else stands."""
_BELOW = 0.6
"""Share of the pieces that must begin or end where others do, if no gap is wide."""


def stands(region: Region) -> bool:
    """Whether the pieces of a region's lines stand in columns; in a dump they follow each other."""
    found = [own for _, text in region.body if len(own := pieces(text)) > 1]
    wide = sum(any(b.start - a.end > 2 for a, b in pairwise(own)) for own in found)
    if wide >= _WIDE * len(found):
        return True
    if 2 * len(found) < sum(bool(text.strip()) for _, text in region.body):
        return False
    edges = Counter(edge for own in found for p in own[1:] for edge in (p.start, -p.end))
    later = [p for own in found for p in own[1:]]
    below = sum(max(edges[p.start], edges[-p.end]) > 2 for p in later)
    return below >= _BELOW * len(later)


def read_laid_out(region: Region, page: int, words: frozenset[str] = frozenset()) -> Grid | None:
    """The grid of a region; None where fewer than two columns stand out."""
    lines = _closed_up(_trimmed(region.body))
    if not lines:
        return None
    heads = _heads([text for _, text in lines])
    lines, shifts = _spread(lines, heads)
    texts = [text for _, text in lines]
    blocks = [(heads + a, heads + b) for a, b in row_blocks(texts[heads:])]
    tops = _tops(texts, heads, blocks)
    ink = set_in_type(lines, tops, page=page, left=region.view[0], shifts=shifts)
    printed = set_lines(ink)
    x0, x1 = min(line.x0 for line in printed), max(line.x1 for line in printed)
    rules = _rules(texts, tops, heads, region.view[0])
    rules += [Stroke(x0, x1, tops[k] - 1) for k in sorted({heads, *(a for a, _ in blocks)}) if k]
    area = Area(
        Sheet(ink, printed, rules, [], SIZE_PT, words),
        (x0, 0.0, x1, tops[-1] + LINE_PT),
        region.label,
        region.caption,
        continued=region.continued or not heads,
        strokes=rules,
    )
    draft = draft_table(area)
    if draft is None or len(draft.columns) < 2:
        return None
    return with_whole_labels(make_grid(draft))


def _heads(texts: Sequence[str]) -> int:
    """How many lines are heads; where blocks between blank lines are rows, none is cut."""
    cut = count_heads(texts, woven_runs(texts))
    top = next((k for k, text in enumerate(texts) if not text.strip()), len(texts))
    blocks = [(top + a, top + b) for a, b in row_blocks(texts[top:])]
    return next((a for a, b in blocks if a < cut < b), cut)


def _closed_up(lines: Sequence[Line]) -> list[Line]:
    """Lines that blank ones part throughout, without these: they were set wide apart."""
    filled = [k for k, (_, text) in enumerate(lines) if text.strip()]
    if any(b - a != 2 for a, b in pairwise(filled)):
        return list(lines)
    return [lines[k] for k in filled]


def _spread(lines: Sequence[Line], heads: int) -> tuple[list[Line], list[tuple[int, ...]]]:
    """(the lines with columns a single blank apart set further apart, where each was widened)."""
    texts = [text for _, text in lines]
    gaps = tight_gaps(texts[:heads], texts[heads:])
    wide = [spread(text, gaps) for text in texts]
    return [(row, text) for (row, _), (text, _) in zip(lines, wide, strict=True)], [
        own for _, own in wide
    ]


def _trimmed(body: Sequence[Line]) -> list[Line]:
    """Without blank lines at the ends, and without running heads and page numbers.

    The running head of a turned page stands right of all the rest.
    """
    ends = sorted(len(text.rstrip()) for _, text in body)[-2:]
    lines = [line for line in body if not line[1][: ends[0]].isspace()]
    for end, step in ((0, 1), (-1, -1)):
        while lines and (not lines[end][1].strip() or _page_number(lines[::step])):
            lines.pop(end)
    return lines


def _page_number(lines: Sequence[Line]) -> bool:
    """Whether the first of these lines holds a number only and stands apart from the rest."""
    return lines[0][1].strip().isdigit() and len(lines) > 1 and not lines[1][1].strip()


def _tops(texts: Sequence[str], heads: int, blocks: Sequence[tuple[int, int]]) -> list[float]:
    """Where each line stands: half a line below the last within what belongs together.

    That are ``blocks``, or the runs of lines that rows of centred cells have woven.
    """
    close = woven_runs(texts[:heads])
    close += blocks or [(heads + a, heads + b) for a, b in woven_runs(texts[heads:])]
    inner = {k for a, b in close for k in range(a + 1, b)}
    tops = [0.0]
    for k in range(1, len(texts)):
        tops.append(tops[-1] + LINE_PT * (_HALF if k in inner else 1.0))
    return tops


def _rules(texts: Sequence[str], tops: Sequence[float], heads: int, left: int) -> list[Stroke]:
    """Rules under heads that span: what the printer drew and the text has lost."""
    return [
        Stroke(CHAR_PT * (left + start), CHAR_PT * (left + end), tops[k] + LINE_PT - 1)
        for k, start, end in spanning_heads(texts[:heads], woven_runs(texts[:heads]))
    ]
