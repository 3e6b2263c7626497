"""The numbers that a Word program prints before paragraphs: patients of a table, *Table 1.*"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.documents.word.notes import part_of, roman
from evidence.documents.word.runs import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_WORD = re.compile(r"[^\W\d_]{3}")
_MAX_STYLES = 20
Place = tuple[str, int]
"""Id of a numbering and the level in it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level is numbered: from where, in what signs, in what words (``Table %1.``)."""

    start: int
    form: str
    text: str


def print_numbers(document: Any) -> None:
    """Write the numbers into the paragraphs of tables, and those that are words into any other.

    Numbers of headings and lists in the text are left to the program that shows them.
    """
    root = part_of(document, _NUMBERING)
    if root is None:
        return
    levels = _levels(root)
    styles = {e.get(f"{W}styleId"): e for e in document.styles.element.iter(f"{W}style")}
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for paragraph in document.element.body.iter(f"{W}p"):
        place = _place(paragraph, styles)
        level = levels.get(place) if place else None
        if place is None or level is None:
            continue
        counter = counts[place[0]]
        counter[place[1]] = counter.get(place[1], level.start - 1) + 1
        for deeper in [at for at in counter if at > place[1]]:
            del counter[deeper]
        text = _text(place, counter, levels)
        if text and (
            _WORD.search(text) or next(paragraph.iterancestors(f"{W}tc"), None) is not None
        ):
            _insert(paragraph, text)


def _levels(root: _Element) -> dict[Place, _Level]:
    abstracts = {e.get(f"{W}abstractNumId"): e for e in root.iter(f"{W}abstractNum")}
    levels: dict[Place, _Level] = {}
    for num in root.iter(f"{W}num"):
        abstract = abstracts.get(_value(num, "abstractNumId"))
        for level in () if abstract is None else abstract.iter(f"{W}lvl"):
            at = level.get(f"{W}ilvl") or "0"
            start = _value(level, "start") or "1"
            if at.isdigit() and start.isdigit():
                levels[(num.get(f"{W}numId") or "", int(at))] = _Level(
                    start=int(start), form=_value(level, "numFmt"), text=_value(level, "lvlText")
                )
    return levels


def _value(element: _Element, tag: str) -> str:
    found = element.find(f"{W}{tag}")
    return "" if found is None else found.get(f"{W}val") or ""


def _place(paragraph: _Element, styles: dict[str | None, _Element]) -> Place | None:
    """Where a paragraph is numbered: by itself, or by its style and what that is based on."""
    own = paragraph.find(f"{W}pPr")
    for _ in range(_MAX_STYLES):
        if own is None:
            return None
        numbered = own.find(f"{W}numPr") if own.tag == f"{W}pPr" else own.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            at = _value(numbered, "ilvl") or "0"
            return (_value(numbered, "numId"), int(at)) if at.isdigit() else None
        own = styles.get(_value(own, "pStyle" if own.tag == f"{W}pPr" else "basedOn"))
    return None


def _text(place: Place, counter: dict[int, int], levels: dict[Place, _Level]) -> str:
    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        level = levels.get((place[0], at))
        return "" if level is None else _print(counter.get(at, level.start), level.form)

    level = levels[place]
    return "" if level.form in {"bullet", "none"} else re.sub(r"%(\d)", number, level.text).strip()


def _print(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        return chr((96 if form == "lowerLetter" else 64) + number)
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 400:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    return str(number)


def _insert(paragraph: _Element, text: str) -> None:
    run = paragraph.makeelement(f"{W}r")
    words = paragraph.makeelement(f"{W}t")
    words.text = f"{text} "
    run.append(words)
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, run)
