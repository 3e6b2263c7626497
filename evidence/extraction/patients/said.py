"""What is said of a whole table of patients: not read, of other studies, alike in many rows."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Grid
from evidence.errors import Place, Problem, Severity
from evidence.extraction.patients.columns import Column
from evidence.extraction.patients.recognise import counts_people, id_column, names_people
from evidence.extraction.patients.rows import Row
from evidence.vocabulary import Vocabulary


def fold_problems(problems: list[Problem]) -> list[Problem]:
    """Four or more problems of one kind in one column as one, with the rows it stands for."""
    groups: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in problems:
        column = problem.source.column if problem.source else None
        groups.setdefault((problem.code, column), []).append(problem)
    folded: list[Problem] = []
    for group in groups.values():
        if len(group) < 4:
            folded += group
            continue
        rows = ", ".join(str(p.source.row) for p in group if p.source)
        folded.append(replace(group[0], message=f"{group[0].message} (alike in rows {rows})"))
    return folded


def not_read(
    grid: Grid, columns: tuple[Column, ...], rows: list[Row], vocabulary: Vocabulary, document: str
) -> list[Problem]:
    """A warning where numbered patients stand in rows that could not be read as such."""
    numbers = id_column(columns, rows)
    if numbers is None or not names_people(numbers) or counts_people(columns, rows, vocabulary):
        return []
    return [
        Problem(
            code="patients-not-read",
            message=f"rows numbered under '{numbers.head}' were not read as patients: no column of "
                    "sex, age, response, times or complications is plain",
            source=Place(document=document, page=grid.pages[0] if grid.pages else None,
                         table=grid.label),
        )
    ]  # fmt: skip


def others_patients(grid: Grid, document: str) -> Problem:
    """A note on a table whose patients other authors reported."""
    return Problem(
        code="patients-of-other-studies", severity=Severity.NOTE,
        message="each row is a patient of another publication; the rows were not read as own",
        source=Place(document=document, page=grid.pages[0] if grid.pages else None,
                     table=grid.label),
    )  # fmt: skip
