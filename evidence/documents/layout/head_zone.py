"""The lines that are a table's heads: those above the rule that closes them, or by their print."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

from evidence.documents.layout.captions import segments
from evidence.documents.layout.pieces import DASH, VALUE
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.sheet import Region
from evidence.documents.layout.words import Line

MAX_HEAD = 6
"""Heads take no more lines than this where nothing closes them."""


def split_head(
    lines: list[Line], long: list[Stroke], region: Region, turned: list[Line]
) -> tuple[list[Line], list[Line]]:
    """Lines above and below the rule that closes the heads.

    Without such a rule a table opens with its heads, and a continued part goes on with rows. Where
    the heads of the part before are known, only lines in their words are heads. All heads may be
    ``turned``, and none of the lines.
    """
    if region.known:
        count = _repeated(lines, region.known.heads)
        return lines[:count], lines[count:]
    closing, count = None, 0
    for stroke in long:
        above = sum(line.base <= stroke.y + 1 for line in lines)
        finer = closing and closing.parts and len(stroke.joints) > len(closing.joints)
        heads = above or any(line.base <= stroke.y + 1 for line in turned)
        if heads and above < len(lines) and (closing is None or finer):
            closing, count = stroke, above
    if closing:
        return lines[:count], lines[count:]
    if region.continued:
        return [], lines
    count = _open_head(lines)
    return lines[:count], lines[count:]


def _repeated(lines: list[Line], heads: Counter[str]) -> int:
    """How many lines say again what the heads of the part before say, 0 where they say less."""
    left = Counter(heads)
    count = 0
    for line in lines:
        words = Counter(word.text for word in line.words)
        if words - left:
            break
        left -= words
        count += 1
    return count if left.total() <= 0.2 * heads.total() else 0


def _open_head(lines: list[Line]) -> int:
    """How many lines the heads take where no rule closes them.

    They are the bold ones; else the first, and those after it that hold no value where most of
    the others do, unless such a line names a section.
    """
    left = min(line.x0 for line in lines)
    bold = sum(1 for _ in takewhile(_is_bold, lines))
    if 0 < bold < len(lines):
        return bold - (bold > 1 and _names_section(lines[bold - 2 : bold + 1], left))
    valued = [_has_value(line) for line in lines]
    count = 1
    while count < min(MAX_HEAD, len(lines) - 1):
        line, rest = lines[count], valued[count + 1 :]
        clear = line.x0 - left > line.size or len(segments(line)) > 1
        title = clear and not valued[count] and sum(rest) >= 0.6 * len(rest)
        if not title and not _hangs(lines[:count], line, left):
            break
        count += 1
    return count


def _hangs(heads: list[Line], line: Line, left: float) -> bool:
    """Whether a line without a label goes on with the heads above it: each part under one.

    A line that overlaps the one above goes on with it in any case.
    """
    over = [part for head in heads for part in segments(head)]
    pitch = (line.base - heads[-1].base) / line.size
    return pitch < 0.75 or (
        line.x0 - left > line.size
        and pitch < 1.35
        and all(any(p.x0 < o.x1 and o.x0 < p.x1 for o in over) for p in segments(line))
    )


def _names_section(three: list[Line], left: float) -> bool:
    """Whether the bold middle line is a label alone, no nearer to the heads than to its rows."""
    above, line, below = three
    alone = line.x0 - left < line.size and len(segments(line)) == 1
    return alone and line.base - above.base >= 0.95 * (below.base - line.base)


def _is_bold(line: Line) -> bool:
    return all(word.bold for word in line.words)


def _has_value(line: Line) -> bool:
    """Whether a cell beside the label opens with a number or a sign for none."""
    openings = [part.words[0].text for part in segments(line)[1:]]
    return any(VALUE.match(text) or DASH.match(text) for text in openings if text[0] != "(")
