"""The notes of a table in article XML: under it, in its legend, or elsewhere and cited by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.documents.base import Footnote
from evidence.documents.footnotes import split_notes
from evidence.documents.jats.inline import inline_kind, text_of
from evidence.documents.jats.titles import HOLDERS
from evidence.documents.markup.grid import row_cells
from evidence.documents.markup.runs import local, runs_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEET = {"table-wrap-foot", "table-footnote", "legend", "notegroup"}


def table_notes(wrap: _Element) -> Iterator[Footnote]:
    """The notes under a table and under what holds it; then those elsewhere that its cells cite."""
    inside: set[str] = set()
    for foot in (*_feet(wrap), *(f for holder in _holder(wrap) for f in _feet(holder))):
        inside |= {e.get("id", "") for e in foot.iter() if local(e)}
        for note in _elements(foot):
            yield from _note(note)
    cited = {
        rid
        for e in wrap.iter()
        if local(e) == "xref" and e.get("ref-type") in {"table-fn", "fn"}
        for rid in (e.get("rid") or "").split()
    }
    for rid in sorted(cited - inside):
        root = wrap.getroottree().getroot()
        target = next((e for e in root.iter() if local(e) == "fn" and e.get("id") == rid), None)
        if target is not None:
            yield from _note(target)


def _holder(wrap: _Element) -> Iterator[_Element]:
    parent = wrap.getparent()
    if parent is not None and local(parent) in HOLDERS:
        yield parent


def row_notes(row: _Element) -> Iterator[Footnote]:
    """The notes that a row across the table holds instead of values."""
    for cell in row_cells(row):
        yield from split_notes(list(runs_of(cell, inline_kind)))


def _feet(wrap: _Element) -> Iterator[_Element]:
    """The feet of a wrap, not those of a wrap inside it, nor a foot inside a foot."""
    for child in wrap:
        if local(child) in _FEET:
            yield child
        elif local(child) and local(child) != "table-wrap":
            yield from _feet(child)


def _elements(foot: _Element) -> Iterator[_Element]:
    if local(foot) == "table-footnote":
        yield foot
        return
    for child in foot:
        if local(child) in {"fn-group", "table-wrap-foot"}:
            yield from _elements(child)
        elif local(child) and local(child) not in {"title", "label"}:
            yield child


def _note(element: _Element) -> Iterator[Footnote]:
    label = next((e for e in element if local(e) == "label"), None)
    mark = text_of(label).strip("()[]. ") or element.get("symbol")
    runs = list(runs_of(element, inline_kind, skip={"label"}))
    yield from split_notes(runs, mark=mark)
