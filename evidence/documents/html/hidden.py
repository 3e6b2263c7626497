"""What a page holds but does not show: words for screen readers, pop-ups, formulas set twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|screen-?reader(?:-only|-text)?|visually-?hidden|off-?screen|"
    r"element-invisible|tooltip-?(?:text|content)|popover-?(?:body|content)|ref-?(?:overlay|ctt))"
    r"(?:\s|$)",
    re.I,
)
_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def is_hidden(element: _Element) -> bool:
    """Whether a browser would not show an element of running text.

    A saved page keeps what its style sheets hide: *Empty Cell* for a screen reader, the reference
    behind a number, the spoken form of a formula beside its MathML.
    """
    if element.get("hidden") is not None or _STYLE.search(element.get("style") or ""):
        return True
    if _CLASS.search(element.get("class") or "") or element.get("class") == "hidden":
        return True
    return element.get("aria-hidden") == "true" and _beside_formula(element)


def _beside_formula(element: _Element) -> bool:
    """A picture of a formula whose MathML stands next to it."""
    parent = element.getparent()
    siblings = () if parent is None else (child for child in parent if child is not element)
    return any(local(e) == "math" for sibling in siblings for e in sibling.iter())
