"""What a page holds but does not show: words for screen readers, pop-ups, formulas set twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|screen-?reader(?:-only|-text)?|visually-?hidden|off-?screen|"
    r"element-invisible|tooltip-?(?:text|content)|popover-?(?:body|content)|ref-?(?:overlay|ctt)|"
    r"material-(?:icons|symbols)(?:-\w+)?|tablesaw-cell-label)(?:\s|$)",
    re.I,
)
"""Names of what is hidden, of signs that are drawn for a word, and of heads told in each cell."""
_WORD_CLASSES = {"hide", "u-hide", "hidden", "is-hidden", "d-none"}
_SHOWN_ELSEWHERE = re.compile(r"^(?:d|show|visible|block)-(?:xs|sm|md|lg|xl|print)", re.I)
_WORDS = {"span", "a", "i", "b", "em", "small", "strong", "sup", "sub"}
_ARROWS = set("▲▼△▽▴▾▵▿↕⇅⇵")
_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def is_hidden(element: _Element) -> bool:
    """Whether a browser would not show an element of running text.

    A saved page keeps what its style sheets hide: *Empty Cell* for a screen reader, the reference
    behind a number, the spoken form of a formula beside its MathML.
    """
    if element.get("hidden") is not None or _STYLE.search(element.get("style") or ""):
        return True
    names = element.get("class") or ""
    if _CLASS.search(names) or names == "hidden":
        return True
    if local(element) in _WORDS and _WORD_CLASSES & set(names.split()):
        return not any(map(_SHOWN_ELSEWHERE.match, names.split()))
    return element.get("aria-hidden") == "true" and (_beside_formula(element) or _sorts(element))


def _sorts(element: _Element) -> bool:
    """Arrows by which a column is sorted."""
    text = "".join(str(part) for part in element.itertext()).strip()
    return bool(text) and set(text) <= _ARROWS


def _beside_formula(element: _Element) -> bool:
    """A picture of a formula whose MathML stands next to it."""
    parent = element.getparent()
    siblings = () if parent is None else (child for child in parent if child is not element)
    return any(local(e) == "math" for sibling in siblings for e in sibling.iter())
