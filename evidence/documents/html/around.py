"""What stands around a table on an HTML page: its wrapper, the blocks beside it, its absence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.html.blocks import CAPTION_CLASS, Item, text_of
from evidence.documents.markup.runs import local
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_HINT = re.compile(r"table|tbl|\btw\b|tab\d|caption|fig|xbox", re.I)
_MARKED = {"b", "strong", "span", "i", "em", "font", "u"}
_TOP = {"body", "html", "main", "article"}
BUTTONS = re.compile(
    r"^(?:open in (?:a )?(?:new|figure|separate)\b.*|"
    r"(?:view|see|show|download|expand|enlarge|full[- ]size|go to|open|copy|export|click)\b.{0,60}|"
    r"table viewer.*|\[?(?:html|pdf|csv|xls)\]?)$",
    re.I,
)
"""Words of the page's own controls, never part of a title or a note."""
_NEAR = 4
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


def _wrapper(table: _Element, copies: Collection[_Element]) -> _Element | None:
    """The highest element that is there for this table and its copies alone, by tag or names."""
    best: _Element | None = None
    for ancestor in table.iterancestors():
        name = local(ancestor)
        if name in _TOP or name in {"td", "table"}:
            break
        if any(local(e) == "table" and e is not table and e not in copies for e in ancestor.iter()):
            break
        if any(local(e) in {"h1", "h2"} for e in ancestor.iterdescendants()):
            break
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if name == "figure" or _HINT.search(names):
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
    wrapper = _wrapper(table, copies)
    first, last = position, position
    while first and not items[first - 1].table and _belongs(items[first - 1], wrapper):
        first -= 1
    while (
        last + 1 < len(items) and not items[last + 1].table and _belongs(items[last + 1], wrapper)
    ):
        last += 1
    inside = Around(
        before=items[first:position],
        after=items[position + 1 : last + 1],
        wrapped=True,
        above=_until_table(items[max(0, first - _NEAR) : first][::-1])[::-1],
    )
    if wrapper is not None and (inside.before or inside.after or own_caption(table)):
        return inside
    return Around(
        before=_until_table(items[max(0, position - _NEAR) : position][::-1])[::-1],
        after=_until_table(items[position + 1 : position + 1 + 2 * _NEAR]),
        wrapped=False,
    )


def _belongs(item: Item, wrapper: _Element | None) -> bool:
    if wrapper is None:
        return False
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


def absent_tables(
    items: Sequence[Item], grids: Sequence[Grid], path: Path, *, read: Collection[_Element] = ()
) -> Iterator[Problem]:
    """Tables that the page titles but holds only as a picture or behind a link.

    A table that is not among those ``read`` only places parts of the page; its text counts.
    """
    found = {grid.label for grid in grids}
    for item in items:
        if item.table and item.element not in read:
            item = Item(element=item.element, text=text_of(item.element))
        parsed = None if item.table else parse_title(item.text)
        if parsed is None or parsed[0] in found or not _is_title_block(item):
            continue
        if parsed[1] and not re.search(r"[^\W\d_]{3}", parsed[1]):
            continue
        found.add(parsed[0])
        holder = _holder(item.element)
        pictured = any(local(e) in {"img", "picture"} for e in holder.iter())
        yield _absent_problem(parsed[0], parsed[1], pictured, path)


def _is_title_block(item: Item) -> bool:
    elements = [item.element, *item.element.iterancestors()][:3]
    names = " ".join(f"{e.get('class') or ''} {e.get('id') or ''}" for e in elements)
    if any(local(e) in {"figure", "figcaption"} for e in elements):
        return True
    return bool(CAPTION_CLASS.search(names) or re.search(r"table", names, re.I)) or _set_apart(item)


def _set_apart(item: Item) -> bool:
    """Whether the table's number is set in an element of its own before its title.

    Prose never does that, except where the number is a link to the table.
    """
    whole = parse_title(item.text)
    if whole is None or not whole[1]:
        return False
    marked = (e for e in item.element.iterdescendants() if local(e) in _MARKED and not _linked(e))
    texts = (text for e in marked if (text := text_of(e)) and item.text.startswith(text))
    return any(found is not None and not found[1] for found in map(parse_title, texts))


def _linked(element: _Element) -> bool:
    return any(local(e) == "a" for e in (*element.iter(), *element.iterancestors()))


def _holder(element: _Element) -> _Element:
    for ancestor in element.iterancestors():
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if local(ancestor) == "figure" or (local(ancestor) not in _TOP and _HINT.search(names)):
            return ancestor
    parent = element.getparent()
    return element if parent is None else parent


def _absent_problem(label: str, caption: str, pictured: bool, path: Path) -> Problem:
    place = Place(document=path.name, table=label)
    if pictured:
        return Problem(
            code="table-is-image",
            severity=Severity.ERROR,
            message=f"the table ({caption[:80]}) is a picture and none of its cells could be read.",
            remedy="read the PDF of the same paper with text recognition: "
            "pip install 'evidence[ocr]'",
            source=place,
        )
    return Problem(
        code="table-not-on-page",
        severity=Severity.ERROR,
        message=f"the page titles the table ({caption[:80]}) but does not hold its cells.",
        remedy="open the table in the browser and save that page too, or use the PDF or XML",
        source=place,
    )
