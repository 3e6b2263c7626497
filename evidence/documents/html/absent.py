"""Tables that a page titles but does not hold: pictures of tables, and links to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.html.around import HINT, TOP
from evidence.documents.html.blocks import CAPTION_CLASS, Item, text_of
from evidence.documents.markup.runs import local
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKED = {"b", "strong", "span", "i", "em", "font", "u"}
_PICTURES = {"img", "picture"}


def absent_tables(
    items: Sequence[Item],
    images: Sequence[_Element],
    grids: Sequence[Grid],
    path: Path,
    *,
    read: Collection[_Element] = (),
) -> Iterator[Problem]:
    """Tables that the page titles but holds only as a picture or behind a link.

    A table that is not among those ``read`` only places parts of the page; its text counts. A
    picture may be titled by the words that stand for it alone.
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
        pictured = any(local(e) in _PICTURES for e in _holder(item.element).iter())
        yield _absent_problem(parsed[0], parsed[1], pictured, path)
    for image in images:
        parsed = parse_title(image.get("alt") or "")
        if parsed is not None and parsed[0] not in found:
            found.add(parsed[0])
            yield _absent_problem(parsed[0], parsed[1], True, path)


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
        if local(ancestor) == "figure" or (local(ancestor) not in TOP and HINT.search(names)):
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
