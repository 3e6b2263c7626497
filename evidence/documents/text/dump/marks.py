"""Marks in plain text, where nothing is raised: reference numbers after names, declared letters."""

from __future__ import annotations

import re
from collections.abc import Collection

from evidence.documents.base import Mark

_AUTHOR = re.compile(r"(?<=\bal)([.,]{0,2})(\d{1,3}(?:[,–-]\d{1,3})*)(?=[\s,;)]|$)")
_LETTER = re.compile(r"(?<=[)%\]\d])([a-z*†‡§¶#])(?=[\s,;]|$)")


def without_marks(text: str, declared: Collection[str]) -> tuple[str, tuple[Mark, ...]]:
    """(text without marks, the marks with their places in it).

    A number glued to *et al.* is a reference; a letter glued to a number or bracket is a mark
    where the table's notes declare it.
    """
    found = [(m.start(2), m.end(2), m.group(2)) for m in _AUTHOR.finditer(text)]
    found += [
        (m.start(1), m.end(1), m.group(1)) for m in _LETTER.finditer(text) if m.group(1) in declared
    ]
    clean, last = "", 0
    marks: list[Mark] = []
    for start, end, mark in sorted(found):
        clean += text[last:start]
        marks.append(Mark(text=mark, offset=len(clean)))
        last = end
    return clean + text[last:], tuple(marks)
