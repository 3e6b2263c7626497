"""How article XML sets words inside a line: levels, links to notes and to references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local, runs_of
from evidence.documents.runs import RunKind, print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINKS = {"xref", "cross-ref", "cross-refs"}


def first(element: _Element, *names: str) -> _Element | None:
    """The first element of one of these names inside another."""
    return next((e for e in element.iter() if local(e) in names), None)


def text_of(element: _Element | None) -> str:
    """The text of an element on one line, as printed."""
    return "" if element is None else print_runs(list(runs_of(element, inline_kind))).text


def inline_kind(element: _Element) -> RunKind | None:
    """Superscripts, subscripts and links to footnotes and references, by their tags."""
    name = local(element)
    if name == "sup":
        return None if any(local(e) in _LINKS for e in element) else "sup"
    if name in {"sub", "inf"}:
        return "sub"
    return _link_kind(element) if name in _LINKS else None


def _link_kind(element: _Element) -> RunKind | None:
    kind = element.get("ref-type") or _aim(element.get("refid") or "")
    content = "".join(str(part) for part in element.itertext()).strip()
    raised = any(local(e) == "sup" for e in (element.getparent(), *element) if e is not None)
    if kind in {"table-fn", "fn"} and len(content) <= 8:
        return "note"
    if raised:
        return "note" if kind == "bibr" else "sup"
    return "bib" if kind == "bibr" else None


def _aim(refid: str) -> str:
    """What a link without a type leads to, by the name of its target (``tblfn1``, ``bib12``)."""
    name = refid.lower()
    if name.startswith("bib"):
        return "bibr"
    return "table-fn" if "fn" in name else ""
