"""Tables of facts, told from scaffolds of the page and from what surrounds its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidence.documents.html.blocks import is_scaffold
from evidence.documents.markup.grid import row_cells, table_rows
from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_FURNITURE_TAGS = {"nav", "header", "footer", "form"}
_LAYOUT = re.compile(r"layout|navbox|toolbar|menu|infobox-nav|sidebar|metrics", re.I)
_FURNITURE = re.compile(
    r"(?:^|\s)(?:(?:article|page|site|js|c)-)?(?:cookies?|consent|onetrust|alt-?metrics?|metrics|"
    r"related|recommended|side-?bar|nav|navigation|menu|breadcrumbs?|toolbar|adverts?|banner|"
    r"advertisement|ref(?:erence)?-?list|references|bibliography|affiliations?|share|social|log-?in|"
    r"author-?(?:info|list|notes)|comments?|calendar|site-?(?:header|footer))(?:[\s_-]|$)",
    re.I,
)
"""Names of what surrounds articles, at the beginning of a class or an id."""


def is_data(table: _Element, *, labelled: bool) -> bool:
    """Rows of facts rather than a scaffold or a part of the page's own furniture."""
    if is_scaffold(table) or any(local(a) in _FURNITURE_TAGS for a in table.iterancestors()):
        return False
    inner = {local(e) for e in table.iterdescendants()}
    if "input" in inner or "select" in inner or _LAYOUT.search(_names(table)):
        return False
    rows = [row_cells(row) for row, _ in table_rows(table)]
    if labelled:
        return any(raw_text(cell) for row in rows for cell in row)
    if any(map(_is_furniture, (table, *table.iterancestors()))):
        return False
    if inner & {"thead", "th", "caption"}:
        return any(raw_text(cell) for row in rows for cell in row)
    return _holds_facts(rows)


def _is_furniture(element: _Element) -> bool:
    """A part of the page named for what surrounds articles; it does not hold the article."""
    if not _FURNITURE.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", _names(element))):
        return False
    return not any(local(e) in {"h1", "article", "main"} for e in element.iterdescendants())


def _holds_facts(rows: Sequence[Sequence[_Element]]) -> bool:
    """Several rows of several short texts that are not mostly links."""
    filled = [[cell for cell in row if raw_text(cell)] for row in rows]
    cells = [cell for row in filled for cell in row]
    average = sum(len(raw_text(cell)) for cell in cells) / max(1, len(cells))
    if sum(len(row) > 1 for row in filled) < 2 or len(cells) < 4 or average >= 300:
        return False
    return sum(map(_only_links, cells)) < 0.6 * len(cells)


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def raw_text(element: _Element) -> str:
    """Every word inside an element, shown or not."""
    return "".join(str(part) for part in element.itertext()).strip()


def _only_links(cell: _Element) -> bool:
    linked = sum(len(raw_text(e)) for e in cell.iter() if local(e) == "a")
    return bool(linked) and linked >= 0.9 * len(raw_text(cell))
