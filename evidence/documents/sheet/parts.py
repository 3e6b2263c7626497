"""What a workbook's XML says beside its values: merged cells, hidden rows, columns and sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
_MAX_COVERED = 500_000
"""Cells that the merges of one sheet may cover; more are no table's heads."""


@dataclass(slots=True, kw_only=True)
class Shape:
    """One sheet's layout; rows and columns from 1."""

    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """First cell of a merge → (rows, columns) it covers."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False

    def covered(self) -> set[tuple[int, int]]:
        """The cells that a merge takes away, without its first."""
        return {
            (row, column)
            for (top, left), (rows, columns) in self.spans.items()
            for row in range(top, top + rows)
            for column in range(left, left + columns)
            if (row, column) != (top, left)
        }


def read_shapes(content: bytes) -> dict[str, Shape]:
    """The shape of every sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = {
            e.get("Id"): posixpath.normpath(posixpath.join("/xl", e.get("Target") or ""))[1:]
            for e in _elements(archive, "xl/_rels/workbook.xml.rels", "relationship")
        }
        sheets = [
            (e.get("name") or "", _relation(e), e.get("state") or "")
            for e in _elements(archive, "xl/workbook.xml", "sheet")
        ]
        return {
            name: _shape(archive, targets.get(relation, ""), hidden="idden" in state)
            for name, relation, state in sheets
        }


def has_comments(content: bytes) -> bool:
    """Whether a part of the workbook holds comments on cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(re.search(r"xl/(?:threaded)?comments", n, re.I) for n in archive.namelist())


def _relation(element: _Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")


def _elements(archive: zipfile.ZipFile, name: str, *tags: str) -> Iterator[_Element]:
    """The elements of a part one by one; nothing outside the file is followed."""
    from lxml import etree

    if name not in archive.namelist():
        return
    with archive.open(name) as stream:
        parser = etree.iterparse(
            stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in parser:
            if local(element) in tags:
                yield element
            if local(element) != "c":
                element.clear()


def _shape(archive: zipfile.ZipFile, name: str, *, hidden: bool) -> Shape:
    shape = Shape(hidden=hidden)
    covered = 0
    for element in _elements(archive, name, "row", "col", "mergecell"):
        kind = local(element)
        if kind == "mergecell":
            match = _REF.match(element.get("ref") or "")
            if match and match.group(3):
                left, right = _column(match.group(1)), _column(match.group(3))
                top, bottom = int(match.group(2)), int(match.group(4))
                down, along = max(1, bottom - top + 1), max(1, right - left + 1)
                covered += down * along
                if covered <= _MAX_COVERED:
                    shape.spans[(top, left)] = (down, along)
        elif element.get("hidden") in {"1", "true"}:
            if kind == "row":
                shape.hidden_rows.append(int(element.get("r") or 0))
            elif kind == "col":
                first, last = int(element.get("min") or 0), int(element.get("max") or 0)
                shape.hidden_columns += range(first, min(last, first + 500) + 1)
    return shape


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
