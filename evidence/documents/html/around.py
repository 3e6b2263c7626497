"""What stands around a table on an HTML page: its wrapper, the blocks beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.documents.html.blocks import Item, text_of
from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

HINT = re.compile(r"table|tbl|\btw\b|tab\d|caption|fig|xbox", re.I)
TOP = {"body", "html", "main", "article"}
BUTTONS = re.compile(
    r"^(?:open in (?:a )?(?:new|figure|separate)\b.*|"
    r"(?:view|see|show|download|expand|enlarge|full[- ]size|go to|open|copy|export|click)\b.{0,60}|"
    r"table viewer.*|\[?(?:html|pdf|csv|xls)\]?)$",
    re.I,
)
"""Words of the page's own controls, never part of a title or a note."""
_NEAR = 4
_MOST_PARTS = 12
"""Parts of one table that stand one below the other."""
MAX_CAPTION = 1500
_MAX_WRAPPER = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a table: blocks before it and after it, nearest last and first."""

    before: Sequence[Item]
    after: Sequence[Item]
    wrapped: bool
    above: Sequence[Item] = ()
    """The blocks right above the table's own wrapper."""

    @property
    def alone_below(self) -> bool:
        """No other table follows so closely that a title below could be its own."""
        return len(self.after) == 2 * _NEAR


def _wrapper(table: _Element, others: Collection[_Element]) -> _Element | None:
    """The highest element that is there for this table and these others alone, by tag or names."""
    best: _Element | None = None
    for ancestor in table.iterancestors():
        name = local(ancestor)
        if name in TOP or name in {"td", "table"}:
            break
        if any(local(e) == "table" and e is not table and e not in others for e in ancestor.iter()):
            break
        if any(local(e) in {"h1", "h2"} for e in ancestor.iterdescendants()):
            break
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if name == "figure" or HINT.search(names):
            best = ancestor
    if best is not None and len(text_of(best)) - len(text_of(table)) > _MAX_WRAPPER:
        return None
    return best


def around_table(
    position: int | None,
    table: _Element,
    items: Sequence[Item],
    *,
    copies: Collection[_Element] = (),
) -> Around:
    """The blocks of the table's own wrapper; without one, its nearest neighbours.

    ``position`` is the table's place among the blocks; None where it is not among them.
    """
    if position is None:
        return Around(before=(), after=(), wrapped=False)
    alone = _inside(position, position, _wrapper(table, copies), items)
    if alone is not None and (alone.before or alone.after or own_caption(table)):
        return alone
    first, last = _row_of_tables(position, items)
    others = {*copies, *(item.element for item in items[first : last + 1])}
    parts = _inside(first, last, _wrapper(table, others), items) if first < last else None
    if parts is not None and (parts.before or parts.after):
        return parts
    return Around(
        before=_until_table(items[max(0, position - _NEAR) : position][::-1])[::-1],
        after=_until_table(items[position + 1 : position + 1 + 2 * _NEAR]),
        wrapped=False,
    )


def _inside(
    first: int, last: int, wrapper: _Element | None, items: Sequence[Item]
) -> Around | None:
    """What a wrapper holds around the tables from ``first`` to ``last``; None without one."""
    if wrapper is None or not all(_belongs(items[at], wrapper) for at in (first, last)):
        return None
    begin, end = first, last
    while begin and not items[begin - 1].table and _belongs(items[begin - 1], wrapper):
        begin -= 1
    while end + 1 < len(items) and not items[end + 1].table and _belongs(items[end + 1], wrapper):
        end += 1
    return Around(
        before=items[begin:first],
        after=items[last + 1 : end + 1],
        wrapped=True,
        above=_until_table(items[max(0, begin - _NEAR) : begin][::-1])[::-1],
    )


def _row_of_tables(position: int, items: Sequence[Item]) -> tuple[int, int]:
    """The first and the last of the tables that follow one another without a word between."""
    first = last = position
    while first and items[first - 1].table and last - first < _MOST_PARTS:
        first -= 1
    while last + 1 < len(items) and items[last + 1].table and last - first < _MOST_PARTS:
        last += 1
    return (first, last) if last - first < _MOST_PARTS else (position, position)


def _belongs(item: Item, wrapper: _Element) -> bool:
    return item.element is wrapper or any(a is wrapper for a in item.element.iterancestors())


def _until_table(items: Sequence[Item]) -> list[Item]:
    near: list[Item] = []
    for item in items:
        if item.table:
            break
        near.append(item)
    return near


def own_caption(table: _Element) -> str:
    """The text of the table's ``caption`` element."""
    caption = next((e for e in table if local(e) == "caption"), None)
    return "" if caption is None else text_of(caption)
