"""Footnotes of a table, attached to the cells that carry their marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evidence.documents.base import Cell, Footnote, Grid
from evidence.extraction.cells.blocks import Block
from evidence.extraction.found import Value
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_SHARE = re.compile(r"\b(both|all|each|\d{1,3})\b", re.IGNORECASE)
_NAMES = {"*": "star", "∗": "star", "†": "dagger", "‡": "double_dagger", "§": "section", "¶": "par"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedNote:
    """A footnote at its place in a cell's clean text."""

    mark: str
    note: Footnote
    offset: int

    @property
    def words(self) -> str:
        """The note without its own mark, where the reader left it on."""
        text = self.note.text
        rest = text.removeprefix(self.mark)
        return rest.lstrip() if rest != text and rest.lstrip()[:1].isupper() else text

    @property
    def key(self) -> str:
        """Key of the note among the cells of a series."""
        name = "".join(_NAMES.get(char, char) for char in self.mark)
        return "note_" + (re.sub(r"\W+", "", name).lower() or "mark")


def notes_of(cell: Cell, grid: Grid) -> list[AttachedNote]:
    """The grid's footnotes whose marks stand on the cell."""
    by_mark = {_plain(note.mark): note for note in grid.footnotes if note.mark}
    attached = []
    passed = 0
    for mark in cell.marks:
        for name in re.split(r"[,\s]+", mark.text):
            note = by_mark.get(_plain(name))
            if note is not None:
                offset = _clean_offset(cell, mark.offset, mark.text, passed)
                attached.append(AttachedNote(mark=_plain(name), note=note, offset=offset))
        passed += len(mark.text)
    return attached


def _plain(mark: str | None) -> str:
    return unicodedata.normalize("NFKC", mark or "").replace("∗", "*").strip("()[]. ")


def _clean_offset(cell: Cell, offset: int, mark: str, passed: int) -> int:
    """The place of a mark without the marks before it, whichever text its offset counts in."""
    printed = cell.text[offset : offset + len(mark)]
    return offset - passed if _plain(printed) == _plain(mark) else offset


def apply_note(
    block: Block, attached: AttachedNote, vocabulary: Vocabulary
) -> tuple[str, Value[int], Value[str]] | None:
    """(outcome, events, reason) where the note lays responses to another therapy; else None.

    The note belongs to the count that ends last before its mark.
    """
    text = attached.words
    tokens = lex(text, vocabulary, ("therapies",))
    lead = re.search(r"\b(?:after|following|with|due to|received|underwent)\b", text)
    if not lead or not any(token.kind == "therapies" for token in tokens):
        return None
    before = [(v.end, name, v) for name, v in block.counts.items() if v.end <= attached.offset + 1]
    if not before:
        return None
    _, outcome, count = max(before, key=lambda entry: entry[0])
    events = min(_affected(text, count.value, vocabulary), count.value)
    words = text.strip().rstrip(".")
    start = max(attached.note.text.find(words), 0)
    reason = Value(value=words, start=start, end=start + len(words), cell=attached.key)
    return outcome, Value(value=events, start=count.start, end=count.end, derived=True), reason


def _affected(text: str, count: int, vocabulary: Vocabulary) -> int:
    """How many of the counted events the note speaks of; all where it does not say."""
    found = _SHARE.search(text)
    if found:
        word = found.group(1).lower()
        return 2 if word == "both" else int(word) if word.isdigit() else count
    for token in lex(text, vocabulary, ("words",)):
        if token.kind == "words":
            return int(token.name)
    return count
