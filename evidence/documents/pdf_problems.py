"""What went wrong on one page of a PDF, as Problems that name the page and the mend."""

from __future__ import annotations

from evidence.documents.base import Grid
from evidence.documents.layout.cells import UNKNOWN
from evidence.documents.layout.grid import Draft
from evidence.errors import Place, Problem, Severity


def page_failed(name: str, number: int, error: Exception) -> Problem:
    """A page, or the tables on it, that could not be read."""
    return Problem(
        code="page-unreadable",
        severity=Severity.ERROR,
        message="the page, or the tables on it, could not be read "
        f"({type(error).__name__}: {error}).",
        remedy="open the page in a viewer and save it again, or read it by the ocr extra",
        source=Place(document=name, page=number),
    )


def unmapped_glyphs(name: str, number: int, grid: Grid) -> Problem | None:
    """Cells with characters that have no Unicode value in the file; None if there are none."""
    unread = sum(UNKNOWN in cell.text for row in grid.rows for cell in row)
    if not unread:
        return None
    return Problem(
        code="unmapped-glyph",
        message=f"{unread} cells hold characters without a Unicode value, shown as {UNKNOWN}n).",
        remedy="compare the cells with the page and correct them by hand",
        source=Place(document=name, page=number, table=grid.label),
    )


def print_lost(name: str, number: int, messages: list[str]) -> Problem:
    """A page some of whose print was broken and is missing or stands elsewhere."""
    return Problem(
        code="page-damaged",
        message=f"{len(messages)} parts of the page are broken, and what they print may be missing "
        f"({messages[0][:120]}).",
        remedy="compare the tables with the page in a viewer, and fetch the file again",
        source=Place(document=name, page=number),
    )


def tables_not_read(name: str, named: dict[str, int], drafts: list[Draft]) -> list[Problem]:
    """Tables that captions name and none of which was read, or not their first part.

    ``named`` has the labels of captions and the first page that prints each; ``drafts`` what was
    read, in page order.
    """
    first = {draft.region.label: draft.region for draft in reversed(drafts)}
    missing = [(label, page) for label, page in named.items() if label not in first]
    late = [
        (label, min(named[label], region.sheet.number))
        for label, region in first.items()
        if label in named and region.continued and region.foot_top is not None
    ]
    return [table_not_read(name, page, label) for label, page in missing] + [
        first_part_not_read(name, page, label) for label, page in late
    ]


def table_not_read(name: str, number: int, label: str) -> Problem:
    """A caption without a table that could be read: a picture, or a layout not understood."""
    return Problem(
        code="table-not-read",
        message=f"the page names table {label}, but no table was found with its caption.",
        remedy="look at the page and enter what it says by hand, or read the paper as JATS or HTML",
        source=Place(document=name, page=number, table=label),
    )


def first_part_not_read(name: str, number: int, label: str | None) -> Problem:
    """A table read from its second part on, or with rows before that stand in other columns."""
    return Problem(
        code="table-not-read",
        message=f"the first part of table {label} was not read: no table was found where it should "
        "stand, or one in other columns.",
        remedy="look at the page and enter what it says by hand, or read the paper as JATS or HTML",
        source=Place(document=name, page=number, table=label),
    )


def picture_unread(name: str, number: int) -> Problem:
    """A scanned page among others with text, where nothing can recognise it."""
    return Problem(
        code="page-without-text",
        severity=Severity.ERROR,
        message="the page is a scanned picture without text; nothing on it was read.",
        remedy="install the ocr extra (pip install 'evidence[ocr]') and read the paper again",
        source=Place(document=name, page=number),
    )


def picture_read(name: str, number: int) -> Problem:
    """A scanned page among others with text that was recognised."""
    return Problem(
        code="read-by-ocr",
        severity=Severity.NOTE,
        message="the page holds no text and was read by text recognition.",
        remedy="check the numbers against the page, or use the publisher's own file",
        source=Place(document=name, page=number),
    )
