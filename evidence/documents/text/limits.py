"""How much work a text file may cost: counted in cells and words, so that no clock decides.

What is larger costs that table and is said; the rest is read. Behind the counts a clock guards a
page, and a table without columns, against what they do not foresee.
"""

from __future__ import annotations

from evidence.errors import Place, Problem, Severity

DRAWN_CELLS = 200_000
"""Of a drawn table; no printed one has more."""
LAID_OUT_CELLS, LAID_OUT_COLUMNS = 20_000, 60
"""Of a table by gaps: the most pieces of a line, and these times its lines."""
TITLES = 1000
"""Titles of a page that are looked at."""
WORDS = 10_000
"""Of a table without columns; a longer stretch of text is not one."""
FILE_WORDS = 20_000
"""Of all tables of a file whose columns are rebuilt."""
SECONDS = 60.0
"""For a page, and for a table whose columns are rebuilt."""

_MEND = "cut out the table that the paper reports, or split the file"


def table_too_large(place: Place, size: str) -> Problem:
    """A table larger than any printed one; ``size`` says how large and of what."""
    return Problem(
        code="table-too-large",
        severity=Severity.ERROR,
        message=f"the table has {size}, more than any printed one, and was not read.",
        remedy=_MEND,
        source=place,
    )


def too_many_titles(place: Place, count: int) -> Problem:
    """A page that names more tables than a file holds."""
    return Problem(
        code="table-not-read",
        severity=Severity.ERROR,
        message=f"the page names {count} tables; those after the first {TITLES} were not read.",
        remedy=_MEND,
        source=place,
    )


def file_too_large(place: Place) -> Problem:
    """A table behind so many without columns that it was not tried."""
    return Problem(
        code="table-not-read",
        severity=Severity.ERROR,
        message=f"the tables of the file that have lost their columns hold more than {FILE_WORDS} "
        "words; from this one on they were not rebuilt.",
        remedy=_MEND,
        source=place,
    )


def failed(place: Place, error: Exception) -> Problem:
    """A table that could not be rebuilt; its words stay."""
    return Problem(
        code="table-not-read",
        severity=Severity.ERROR,
        message=f"its columns could not be rebuilt ({type(error).__name__}: {error}).",
        remedy="use the PDF; its words are kept as text",
        source=place,
    )
