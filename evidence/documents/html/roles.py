"""Tables that a page builds of other elements and names by their roles (``role="row"``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLES = {"table", "grid", "treegrid"}
_TAGS = {
    "rowgroup": "tbody",
    "row": "tr",
    "columnheader": "th",
    "rowheader": "th",
    "cell": "td",
    "gridcell": "td",
}
_SPANS = {"aria-colspan": "colspan", "aria-rowspan": "rowspan"}


def name_roles(root: _Element) -> None:
    """Give every such table, its rows and its cells the tags of a table."""
    tables = [e for e in root.iter() if _role(e) in _TABLES and local(e) != "table"]
    for table in tables:
        parts = [e for e in table.iterdescendants() if _role(e) in _TAGS]
        if not any(_role(e) == "row" for e in parts):
            continue
        table.tag = "table"
        for part in parts:
            part.tag = _TAGS[_role(part)]
            for aria, name in _SPANS.items():
                if part.get(aria):
                    part.set(name, part.get(aria, ""))


def _role(element: _Element) -> str:
    return (element.get("role") or "").strip().lower() if local(element) else ""
