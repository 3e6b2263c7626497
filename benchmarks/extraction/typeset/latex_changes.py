"""What typesetters do to the text of a table's cells: it changes what a reader must find."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

from papers import GoldTable, celltext, scorer

POINT = re.compile(r"(?<=\d)[.·](?=\d)")
SERIAL = re.compile(r"\w[\w ().%/-]*(?:, \w[\w ().%/-]*){2,}")


def decimal_commas(table: GoldTable) -> GoldTable:
    """Every decimal point of the cells as a comma."""
    element = copy.deepcopy(table.element)
    for part in element.iter():
        part.text = POINT.sub(",", part.text or "")
        part.tail = POINT.sub(",", part.tail or "")
    return replace(table, element=element)


def as_lists(table: GoldTable) -> GoldTable:
    """Cells that enumerate three things or more as lists, each with its bullet."""
    element = copy.deepcopy(table.element)
    for cell in (e for e in element.iter() if scorer.ln(e) == "td" and _enumerates(e)):
        cell.text = "• " + " • ".join((cell.text or "").split(", "))
    return replace(table, element=element)


def _enumerates(cell: Any) -> bool:
    return len(cell) == 0 and SERIAL.fullmatch(celltext(cell)) is not None
