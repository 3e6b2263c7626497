"""Where a value was read: the cell, the span of its text, and what speaks for or against it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from evidence.model.base import FileModel

Box = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in points from the top left of the page."""


class How(StrEnum):
    """How a value came to be."""

    STATED = "stated"
    DERIVED = "derived"
    ENTERED = "entered"


class CellSource(FileModel):
    """What one cell (or sentence) of the paper prints, and where."""

    page: int | None = Field(default=None, ge=1)
    box: Box | None = None
    text: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    unread: str | None = None
    """The part of the text no grammar consumed; None when every token was read."""


class ReadingNote(FileModel):
    """One value's own source: which cell, which words, and whether checks confirm it.

    In a series file the key of the note is the path of the value, such as
    ``arms[0].responses[0].CR``.
    """

    cell: str | None = None
    """Key into the series' ``cells``."""
    text: str | None = None
    """The words the value was read from: a substring of the cell's text."""
    box: Box | None = None
    page: int | None = None
    how: How = How.STATED
    checked: tuple[str, ...] = ()
    """The independent checks that agree, such as ``percent``, ``sum``, ``second-reading``."""
    doubt: str | None = None
    """Why the value is uncertain; None when there is no reason to doubt it."""


class DocumentSource(FileModel):
    """The document a series was read from."""

    document: str
    sha256: str | None = None
    table: str | None = None
    row: int | None = None
    kind: str = "review"
    """``original`` ``review`` ``abstract`` ``registry`` ``entered``"""
