"""Footnotes and endnotes of a Word document: their printed numbers and their texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence.documents.base import Footnote
from evidence.documents.markup.runs import local
from evidence.documents.runs import print_runs
from evidence.documents.word.runs import W, paragraph_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(slots=True, kw_only=True)
class Notes:
    """Notes by (``footnote`` or ``endnote``, id)."""

    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    """The mark that is printed, counted in the order in which the text refers to them."""
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def cited_in(self, element: _Element) -> Iterator[Footnote]:
        """The notes that an element refers to, in order."""
        for key in dict.fromkeys(_references(element)):
            if self.texts.get(key):
                yield Footnote(mark=self.numbers.get(key), text=self.texts[key])


def read_notes(document: Any) -> Notes:
    """Every note of a document (python-docx), numbered as the program would number it."""
    notes = Notes()
    for kind in ("footnote", "endnote"):
        root = part_of(document, f"{_RELATION}{kind}s")
        for note in () if root is None else root:
            if local(note) == kind and note.get(f"{W}type") in (None, "normal"):
                runs = [run for p in note.iter(f"{W}p") for run in paragraph_runs(p)]
                notes.texts[(kind, note.get(f"{W}id") or "")] = print_runs(runs).text
    counts = {"footnote": 0, "endnote": 0}
    for key in dict.fromkeys(_references(document.element.body)):
        counts[key[0]] += 1
        number = counts[key[0]]
        notes.numbers[key] = str(number) if key[0] == "footnote" else roman(number)
    return notes


def _references(element: _Element) -> Iterator[tuple[str, str]]:
    for reference in element.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        if reference.get(f"{W}customMarkFollows") is None:
            yield local(reference).removesuffix("reference"), reference.get(f"{W}id") or ""


def part_of(document: Any, relation: str) -> _Element | None:
    """The root of the part of a document that a relation names; None where there is none."""
    from lxml import etree

    try:
        blob = document.part.part_related_by(relation).blob
    except KeyError:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(blob, parser)


def roman(number: int) -> str:
    """A number in small Roman figures."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text + "i" * number
