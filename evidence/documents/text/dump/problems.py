"""What is said of a table whose columns were lost: rebuilt, rebuilt in part, or not."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.errors import Place, Problem


def unplaced_problem(label: str, values: Sequence[str], count: int, source: Place) -> Problem:
    """A row that lacks values, and its values do not tell in which columns."""
    return Problem(
        code="values-missing",
        message=f"the row '{label}' has {len(values)} values for {count} columns "
        f"({'; '.join(values)}); which are missing is not told, and none is given.",
        remedy="compare the row with the PDF",
        source=source,
    )


def rebuilt_problem(place: Place, columns: int) -> Problem:
    """A table whose columns were lost and are told by its words."""
    return Problem(
        code="columns-rebuilt",
        message=f"the columns are lost; {columns} were rebuilt from the types of the words.",
        remedy="compare with the PDF, or dump it with: pdftotext -layout",
        source=place,
    )


def no_columns(place: Place) -> Problem:
    """A table whose columns could not be told."""
    return Problem(
        code="columns-lost",
        message="the table's columns are lost and its head could not be cut into columns.",
        remedy="use the PDF, or dump it with: pdftotext -layout",
        source=place,
    )
