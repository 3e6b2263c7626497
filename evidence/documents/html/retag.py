"""Elements that stand for something else than their names say, under the tags they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.documents.html.roles import name_roles
from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = ("o:", "w:", "st1:", "st2:")
_ARTICLE = {"h1", "h2", "article", "main"}


def retag(root: _Element) -> None:
    """Name tables by their roles, word processors' own tags, and forms around a whole page."""
    name_roles(root)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_OFFICE):
            element.tag = "span"
        elif local(element) == "form" and _holds_article(element):
            element.tag = "div"


def _holds_article(form: _Element) -> bool:
    return any(local(e) in _ARTICLE for e in form.iterdescendants())
