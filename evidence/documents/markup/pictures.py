"""Cells whose content is a picture: what it shows is in no text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.markup.runs import best_alternative, drawn_sign, local
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

ALL_PICTURE, PART_PICTURE = "the cell is a picture", "part of the cell is a picture"
_PICTURES = {"graphic", "inline-graphic", "img", "media", "inline-figure", "svg", "object"}
_CONTROLS = {"a", "button", "svg", "mjx-container"}
_ICON = re.compile(r"icon|sort|arrow|caret|chevron", re.I)


def picture_doubt(element: _Element, text: str) -> str | None:
    """Why a cell with this text is in doubt; None where its pictures stand for text it has."""
    for picture in element.iter():
        if local(picture) not in _PICTURES or drawn_sign(picture) or _is_icon(picture):
            continue
        parent = picture.getparent()
        if parent is None or local(parent) != "alternatives" or best_alternative(parent) is picture:
            return PART_PICTURE if text else ALL_PICTURE
    return None


def _is_icon(picture: _Element) -> bool:
    """A drawing of the page's own controls, or one whose formula is set in text beside it."""
    if local(picture) != "svg":
        return False
    names = f"{picture.get('class') or ''} {picture.get('id') or ''}"
    holders = {local(ancestor) for ancestor in picture.iterancestors()}
    return bool(_ICON.search(names) or holders & _CONTROLS)


def picture_problem(grids: Iterable[Grid], place: Place) -> list[Problem]:
    """A problem that counts the cells whose content is a picture, if there are any."""
    cells = (cell for grid in grids for row in grid.rows for cell in row)
    count = sum(cell.doubt in (ALL_PICTURE, PART_PICTURE) for cell in cells)
    if not count:
        return []
    return [
        Problem(
            code="cell-is-image",
            message=f"{count} cells of the table hold pictures; what they show is not reported.",
            remedy="enter them from the PDF",
            source=place,
        )
    ]
