"""Complication cells: a list of terms with counts, grades and qualifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.cells.complication_items import ItemReader
from evidence.extraction.cells.parts import split_whole
from evidence.extraction.cells.terms import Item
from evidence.vocabulary import Vocabulary

_LOOSE_NUMBER = re.compile(r"(?<![\w-])\d")


@dataclass(slots=True, kw_only=True)
class ComplicationsFound:
    """The items; None where the cell says nothing, empty where it says there were none."""

    items: list[Item] | None = None
    unread: str | None = None
    status: str | None = None
    whole_end: int | None = None
    """End of an amount of what the head names, before its parts: ``2`` of ``2 (sepsis 1, ...)``."""


def parse_complications(text: str, vocabulary: Vocabulary) -> ComplicationsFound:
    """Read the list of complications in a cell."""
    whole = split_whole(text, vocabulary)
    if whole is not None:
        items, unread = ItemReader(whole.rest, vocabulary).read()
        if items and not any(_LOOSE_NUMBER.search(item.term.value) for item in items):
            return ComplicationsFound(items=items, unread=unread, whole_end=whole.end)
    status = vocabulary.status(text.strip()) or vocabulary.status(text.strip(" ."))
    if status == "none":
        return ComplicationsFound(items=[], status=status)
    if status is not None or not re.search(r"\w", text):
        return ComplicationsFound(status=status or "not stated")
    items, unread = ItemReader(text, vocabulary).read()
    return ComplicationsFound(items=items or None, unread=unread)
