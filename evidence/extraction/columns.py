"""The columns of a table, each typed by itself, then held against the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import looks_like_label
from evidence.extraction.column import AMOUNTS, Column
from evidence.extraction.column_types import share, type_column, with_form
from evidence.extraction.head_forms import names_people, names_several
from evidence.extraction.head_rest import HeadRest
from evidence.extraction.heads import bare
from evidence.vocabulary import Vocabulary

ONE_EACH = ("patients", "total", "disease_count", "outcome", "treatment_duration",
            "response_duration", "endpoint", "follow_up", "dose")  # fmt: skip
"""Roles of which a table has one column for each name."""
GIVEN = ("regimen", "drug")
"""Roles of columns of treatments."""
PARTS = (None, "patients", "disease_count", "sex")
"""Roles of columns that may count parts of the patients."""


def head_texts(grid: Grid, header_rows: int) -> list[list[str]]:
    """Per column the texts of its heads from the top down, each once.

    An empty head above another continues the one to its left, as where a merged cell was exported.
    """
    matrix = grid.matrix()
    width = len(matrix[0]) if matrix else 0
    heads: list[list[str]] = [[] for _ in range(width)]
    for row in matrix[:header_rows]:
        carried = ""
        for at, cell in enumerate(row):
            text = " ".join(cell.plain.split()) if cell else ""
            carried = text if text or heads[at] else carried
            text = text or (carried if row is not matrix[header_rows - 1] else "")
            if text and text not in heads[at]:
                heads[at].append(text)
    return heads


def type_columns(grid: Grid, header_rows: int, vocabulary: Vocabulary) -> list[Column]:
    """Every column of the grid with its role."""
    matrix = grid.matrix()
    heads = head_texts(grid, header_rows)
    columns = []
    for at, parts in enumerate(heads):
        cells = [row[at] for row in matrix[header_rows:]]
        if at and all(row[at] is row[at - 1] for row in matrix[header_rows:]):
            columns.append(Column(index=at, head=" ".join(parts), role="spanned"))
            continue
        column = type_column(at, parts, cells, vocabulary)
        over = matrix[header_rows - 1][at] if header_rows else None
        if over is not None and over.colspan > 1 and names_several(column.head, vocabulary):
            column = replace(column, role=None, name="", term="")
        columns.append(column)
    columns = [with_form(column, grid, matrix[header_rows:]) for column in columns]
    rows = matrix[header_rows:]
    columns = _as_terms(_settled(columns, rows), rows, vocabulary)
    columns = _of_everyone(_with_added_total(columns, rows), vocabulary)
    return _counting_things(_yielding(columns), vocabulary)


def _as_terms(
    columns: list[Column], rows: Sequence[Sequence[Cell | None]], vocabulary: Vocabulary
) -> list[Column]:
    """*Acne* beside the patients' number, and no column of another disease, is a complication."""
    diseases = [column for column in columns if column.role == "disease_count"]
    known = [
        None if _counts_each(column, rows) else _term_of(column, vocabulary) for column in diseases
    ]
    if None in known or not any(column.role in ("patients", "total") for column in columns):
        return columns
    terms = dict(zip((column.index for column in diseases), known, strict=True))
    return [
        replace(column, role="complication_count", name=name, term=bare(column.head))
        if (name := terms.get(column.index)) is not None
        else column
        for column in columns
    ]


def _counts_each(column: Column, rows: Sequence[Sequence[Cell | None]]) -> bool:
    """``37/5`` under *PV/PF*: patients of each disease."""
    texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
    return "/" in column.name and share(texts, lambda text: "/" in text) >= 0.5


def _term_of(column: Column, vocabulary: Vocabulary) -> str | None:
    """The complication a disease is where it is counted beside the patients (``MDS/AML``)."""
    for words in (bare(column.head), column.name):
        if (name := vocabulary.lookup("complications", words)) is not None:
            return name
    parts = column.name.split("/")
    return column.name if any(vocabulary.lookup("complications", part) for part in parts) else None


def _with_added_total(columns: list[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    """*Total* after the columns it adds up, where these may count patients, is their number."""
    unnamed = (c for c in columns if c.role is None and bare(c.head).casefold() == "total")
    for total in unnamed:
        parts = _parts_of(total, columns, rows)
        others = (c for c in columns if c.role == "patients" and c.index not in parts)
        if parts and not any(others):
            none = {at: replace(columns[at], role=None, rest=HeadRest()) for at in parts}
            named = none | {total.index: replace(total, role="patients")}
            return [named[c.index] if c is total or c.role == "patients" else c for c in columns]
    return columns


def _of_everyone(columns: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """*Children* beside *Patients*, or beside *Adults*, are some of the patients: left unread."""
    sizes = [column for column in columns if column.role == "patients"]
    some = {c.index for c in sizes if _counts_some(c.head, vocabulary)} if len(sizes) > 1 else ()
    return [
        replace(column, role=None, rest=HeadRest()) if column.index in some else column
        for column in columns
    ]


def _counts_some(head: str, vocabulary: Vocabulary) -> bool:
    words = re.findall(r"[^\W\d_]+", bare(head))
    return any(vocabulary.lookup("some_people", word) is not None for word in words)


def _parts_of(
    total: Column, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]
) -> set[int]:
    """The columns right before a total that add up to it in every row; none where they do not."""
    parts: set[int] = set()
    sums = [0] * len(rows)
    for column in reversed(columns[: total.index]):
        counts = _count(rows, column)
        if column.role not in PARTS or column.grade is not None or not counts:
            break
        parts.add(column.index)
        sums = [one + other for one, other in zip(sums, counts, strict=True)]
        if len(parts) > 1 and sums == _count(rows, total):
            return parts
    return set()


def _count(rows: Sequence[Sequence[Cell | None]], column: Column) -> list[int]:
    """The whole numbers of a column; none where a cell holds anything else."""
    texts = [cell.plain.strip() if (cell := row[column.index]) else "" for row in rows]
    return [int(text) for text in texts] if all(text.isdecimal() for text in texts) else []


def _yielding(columns: list[Column]) -> list[Column]:
    """Of columns that claim one field, those whose heads have words left over are left unread.

    ``CR`` goes before ``CR, second course``; of ``ORR control (%)`` and ``ORR test (%)`` nothing
    says which is the series' own.
    """
    claims = Counter((column.role, column.name) for column in columns)
    return [
        replace(column, role=None, name="", term="", rest=HeadRest())
        if column.rest.left and column.role in ONE_EACH and claims[column.role, column.name] > 1
        else column
        for column in columns
    ]


def _counting_things(columns: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """In a table of ``Eyes (patients)`` counts may be of eyes where their head names no people."""
    if all(column.people is None for column in columns):
        return columns
    return [
        replace(column, rest=replace(column.rest, of_things=True))
        if column.role in (*AMOUNTS, "outcomes") and not names_people(column.head, vocabulary)
        else column
        for column in columns
    ]


def _settled(columns: list[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    """Only one column names the series: the one whose cells look most like labels.

    Where none does, the treatments may be cited by those who gave them (``Imatinib (Lee 2004)``).
    """
    named = [column for column in columns if column.role == "series"]
    if len(named) == 1:
        return columns

    def score(column: Column) -> float:
        texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
        return share(texts, looks_like_label) - column.index / 1000

    if not named:
        cited = (c for c in columns if c.role in GIVEN and score(c) > 0.5)
        first = next(cited, None)
        return [replace(c, role="series") if c is first else c for c in columns]
    best = max(named, key=score)
    return [
        _as_reference(column, rows) if column.role == "series" and column is not best else column
        for column in columns
    ]


def _as_reference(column: Column, rows: Sequence[Sequence[Cell | None]]) -> Column:
    texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
    numeric = share(texts, lambda text: bool(re.fullmatch(r"[\[(]?\d{1,3}[\])]?", text.strip())))
    role = "reference" if numeric >= 0.5 else None
    return Column(index=column.index, head=column.head, role=role)
