"""What each column of a table holds, from its head and from its cells together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import looks_like_label, slug
from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.head_forms import (
    counts_things,
    dose_unit_of,
    form_of,
    grade_of,
    names_people,
    names_people_in_bracket,
    names_several,
    statistic_of,
    time_unit_of,
)
from evidence.extraction.head_rest import HeadRest, rest_of_head
from evidence.extraction.heads import read_head
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

ONE_EACH = ("patients", "total", "disease_count", "outcome", "treatment_duration",
            "response_duration", "endpoint", "follow_up")  # fmt: skip
"""Roles of which a table has one column for each name."""
AMOUNTS = ("outcome", "complication_count", "disease_count")
COUNTING = ("patients", "total", "outcome")
TIMES = ("treatment_duration", "response_duration", "endpoint", "follow_up")
_RATE = re.compile(
    r"\brates?\b|%(?!\s*CI)|\bn\b|\d\s*-?\s*(?:y|yr|year|mo|month|week)s?\b|\bprobabilit",
    re.IGNORECASE,
)
"""Words of a head that make survival a share: ``2-yr OS``, ``PFS rate, %``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its role and what its head adds to every cell."""

    index: int
    head: str
    role: str | None
    """A name from the list of column heads, ``spanned`` (the column before reaches into it),
    ``landmark`` (survival at a time, kept as words), or ``outcome`` ``outcomes`` ``endpoint``
    ``disease_count`` ``complication_count``; None when nothing says what it is."""
    name: str = ""
    """The outcome, endpoint, disease or complication the column counts."""
    term: str = ""
    """The words of the head that name a complication."""
    form: str | None = None
    """``n`` ``percent`` ``n-percent`` ``percent-n``: what bare numbers are; ``paired`` where
    ``(%)`` stands over pairs of numbers, so that one alone may be either."""
    unit: str | None = None
    dose_unit: str | None = None
    dose_per: str = ""
    """What the head says the dose is per (`` per lesion``)."""
    statistic: str | None = None
    intervals: bool = False
    """Brackets hold confidence intervals, not ranges."""
    things_first: bool = False
    """Patients stand in brackets, after what of them was treated: ``Eyes (patients)``."""
    doses: bool = False
    """Arms are named by what they were given."""
    names: tuple[str, ...] = ()
    """The outcomes of a head such as ``CR/PR/SD/PD``, in order."""
    bracketed: bool = False
    """Brackets part the outcomes: ``ORR (CR)``."""
    paired: bool = False
    """Some cells hold a number and another in brackets."""
    grade: str | None = None
    rest: HeadRest = field(default_factory=HeadRest)
    """What the head says besides: of whom, when, and the words nobody understood."""

    @property
    def key(self) -> str:
        """Name of the column's cells in a series file."""
        if self.role in ("outcome", "endpoint", "disease_count", "outcomes"):
            return slug(self.name).replace("-", "_") or "outcome"
        return self.role or (slug(self.head).replace("-", "_") or f"column_{self.index + 1}")


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
        column = _typed(at, parts, cells, vocabulary)
        over = matrix[header_rows - 1][at] if header_rows else None
        if over is not None and over.colspan > 1 and names_several(column.head, vocabulary):
            column = replace(column, role=None, name="", term="")
        columns.append(column)
    columns = [_with_form(column, grid, matrix[header_rows:]) for column in columns]
    columns = _as_terms(_settled(columns, matrix[header_rows:]), vocabulary)
    return _counting_things(_yielding(columns), vocabulary)


def _as_terms(columns: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """*Acne* beside the patients' number, and no column of another disease, is a complication."""
    diseases = [column for column in columns if column.role == "disease_count"]
    known = [vocabulary.lookup("complications", column.head) for column in diseases]
    if None in known or not any(column.role in ("patients", "total") for column in columns):
        return columns
    terms = dict(zip((column.index for column in diseases), known, strict=True))
    return [
        replace(column, role="complication_count", name=name, term=column.head)
        if (name := terms.get(column.index)) is not None
        else column
        for column in columns
    ]


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
    if not any(column.things_first for column in columns):
        return columns
    return [
        replace(column, rest=replace(column.rest, of_things=True))
        if column.role in (*AMOUNTS, "outcomes") and not names_people(column.head, vocabulary)
        else column
        for column in columns
    ]


def _typed(
    at: int, parts: Sequence[str], cells: Sequence[Cell | None], vocabulary: Vocabulary
) -> Column:
    head = " ".join(parts)
    says = read_head(parts, vocabulary)
    role, name = says.role, says.name
    texts = [cell.plain for cell in cells if cell is not None and cell.plain.strip()]
    content = _role_of_content(texts, vocabulary)
    if role == "series" and content != "series" and not _are_names(texts):
        role = "reference" if _share(texts, _is_bare_number) >= 0.6 else None
    if role is None or (role == "series" and content != "series" and content is not None):
        role = content if content is not None else role
    if role in ("comments", "period", "year", "arm", "reference") and content == "series":
        role = content
    doses = role == "arm" and content == "regimen"
    if role in TIMES and content in ("complications", "regimen", "year"):
        role, name = None if content == "year" else content, ""
    things_first = role in (None, "patients", "disease_count")
    things_first &= names_people_in_bracket(head, vocabulary)
    if things_first:
        role, name = "patients", ""
    elif role in (*COUNTING, "outcomes") and counts_things(head, vocabulary):
        role, name = None, ""
    if role in ("endpoint", "response_duration") and _is_rate(head, texts):
        role = "landmark"
    rest = rest_of_head(head, replace(says, role=role, name=name), vocabulary)
    if things_first:
        rest = HeadRest()
    elif rest.left and not _is_of_its_kind(role, texts, vocabulary):
        role, name, rest = None, "", HeadRest()
    tokens = lex(head, vocabulary, ("time_days", "statistics", "dose", "per"))
    return Column(
        index=at,
        head=head,
        role=role,
        name=name,
        term=says.words if role == "complication_count" else "",
        form=form_of(head),
        unit=time_unit_of(head, vocabulary),
        dose_unit=dose_unit_of(head, vocabulary),
        statistic=statistic_of(head, tokens),
        grade=grade_of(head, vocabulary),
        dose_per=next((token.name for token in tokens if token.kind == "per"), ""),
        intervals=any(token.kind == "statistics" and token.name == "ci" for token in tokens),
        paired=any(_is_pair(text) for text in texts),
        things_first=things_first,
        doses=doses,
        names=tuple(name.split("/")) if role == "outcomes" else (),
        bracketed=role == "outcomes" and bool(re.search(r"[(\[]", says.words)),
        rest=rest,
    )


def _is_of_its_kind(role: str | None, texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the cells fit a head of which words are left: amounts, or lists that name things."""
    amounts = _share(texts, lambda text: parse_outcome(text, vocabulary).unread is None)
    if role in ("response", "complications"):
        return amounts <= 0.5
    return role not in AMOUNTS or amounts >= 0.5


def _is_rate(head: str, texts: Sequence[str]) -> bool:
    """Whether a column of an endpoint holds shares of patients at a time, not times."""
    shares = _share(texts, lambda text: bool(re.search(r"%|\d\s*/\s*\d|\bof\b", text)))
    return bool(_RATE.search(head)) or shares > 0.5


def _with_form(column: Column, grid: Grid, rows: Sequence[Sequence[Cell | None]]) -> Column:
    """Where the head is silent, the caption or the cells say what bare numbers are."""
    if column.role not in ("outcome", "complication_count"):
        return column
    texts = [cell.plain.strip() for row in rows if (cell := row[column.index])]
    if column.form == "percent" and "(%)" in column.head and _share(texts, _is_pair) >= 0.5:
        return replace(column, form="paired")
    if column.form is not None:
        return column
    if any(re.fullmatch(r"\d+[.·]\d+", text) for text in texts):
        return replace(column, form="percent")
    said = re.search(r"\((?:n|no\.?|number(?: of patients)?)\)|\(%\)", grid.caption)
    if said:
        return replace(column, form="percent" if "%" in said.group() else "n")
    return column


def _is_bare_number(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\d{1,4}\W*", text))


def _is_pair(text: str) -> bool:
    """``3 (20)``: two numbers of which none says that it is the percentage."""
    return bool(re.fullmatch(r"\d+\s*[(\[]\s*[\d.,·]+\s*[)\]]", text))


def _are_names(texts: Sequence[str]) -> bool:
    """Whether most cells begin with a capital letter, as names do."""
    return _share(texts, lambda text: bool(re.match(r"\W*[^\W\d_]", text))) >= 0.6


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def _role_of_content(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """What the cells alone say."""
    if not texts:
        return None
    if _share(texts, looks_like_label) >= 0.5:
        return "series"
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("response", lambda t: _has(t, vocabulary, "responses") and bool(re.search(r"\d", t))),
        ("regimen", lambda t: _has(t, vocabulary, "dose") and bool(re.search(r"\d", t))),
        ("patients", lambda t: _has(t, vocabulary, "diseases") and bool(re.search(r"\d", t))),
        ("complications", lambda t: _has(t, vocabulary, "complications")),
        ("drug", lambda t: vocabulary.drug(t) is not None),
        ("schedule", lambda t: parse_regimen(t, vocabulary).doses_per_week is not None),
        ("disease", lambda t: vocabulary.disease(t) is not None),
        ("year", lambda t: bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", t))),
    ]
    for role, test in tests:
        if _share(texts, test) >= 0.6:
            return role
    return None


def _has(text: str, vocabulary: Vocabulary, name: str) -> bool:
    return any(token.kind == name for token in lex(text, vocabulary, (name,)))


def _settled(columns: list[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    """Only one column names the series: the one whose cells look most like labels."""
    named = [column for column in columns if column.role == "series"]
    if len(named) < 2:
        return columns

    def score(column: Column) -> float:
        texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
        return _share(texts, looks_like_label) - column.index / 1000

    best = max(named, key=score)
    return [
        _as_reference(column, rows) if column.role == "series" and column is not best else column
        for column in columns
    ]


def _as_reference(column: Column, rows: Sequence[Sequence[Cell | None]]) -> Column:
    texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
    numeric = _share(texts, lambda text: bool(re.fullmatch(r"[\[(]?\d{1,3}[\])]?", text.strip())))
    role = "reference" if numeric >= 0.5 else None
    return Column(index=column.index, head=column.head, role=role)
