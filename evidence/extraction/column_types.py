"""What one column holds: by its head, then by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import looks_like_label
from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.column import AMOUNTS, Column
from evidence.extraction.head_forms import (
    counts_things,
    dose_unit_of,
    form_of,
    grade_of,
    people_beside_things,
    statistic_of,
    time_unit_of,
)
from evidence.extraction.head_rest import HeadRest, denies, rest_of_head
from evidence.extraction.heads import read_head
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

OUTCOMES = ("outcome", "outcomes")
COUNTING = ("patients", "total", "outcome")
TIMES = ("treatment_duration", "response_duration", "endpoint", "follow_up")
_RATE = re.compile(
    r"\brates?\b|%(?!\s*CI)|\bn\b|\d\s*-?\s*(?:y|yr|year|mo|month|week)s?\b|\bprobabilit",
    re.IGNORECASE,
)
"""Words of a head that make survival a share: ``2-yr OS``, ``PFS rate, %``."""


def type_column(
    at: int, parts: Sequence[str], cells: Sequence[Cell | None], vocabulary: Vocabulary
) -> Column:
    """The column at a place, from the texts of its heads and its cells."""
    head = " ".join(parts)
    says = read_head(parts, vocabulary)
    role, name = says.role, says.name
    texts = [cell.plain for cell in cells if cell is not None and cell.plain.strip()]
    content = _role_of_content(texts, vocabulary)
    if role == "series" and content != "series" and not _are_names(texts):
        role = "reference" if share(texts, _is_bare_number) >= 0.6 else None
    if role is None or (role == "series" and content != "series" and content is not None):
        role = content if content is not None else role
    if role in ("comments", "period", "year", "arm", "reference") and content == "series":
        role = content
    if role in ("arm", "comparator") and share(texts, _names_two_arms) >= 0.6:
        role = "regimen"
    doses = role == "arm" and content == "regimen"
    if role in TIMES and content in ("complications", "regimen", "year"):
        role, name = None if content == "year" else content, ""
    sized = role in (None, "patients", "disease_count")
    people = people_beside_things(head, vocabulary) if sized else None
    if people is not None:
        role, name = "patients", ""
    elif role in (*COUNTING, "outcomes") and counts_things(head, vocabulary):
        role, name = None, ""
    if role in ("endpoint", "response_duration") and _is_rate(head, texts):
        role = "landmark"
    rest = rest_of_head(head, replace(says, role=role, name=name), vocabulary)
    if people is not None:
        rest = HeadRest()
    elif denies(head, says, vocabulary):
        role, name, rest = None, "", HeadRest()
    elif rest.left and not _is_of_its_kind(role, texts, vocabulary):
        role = "response" if content == "response" and role in OUTCOMES else None
        name, rest = "", HeadRest()
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
        people=people,
        doses=doses,
        names=tuple(name.split("/")) if role == "outcomes" else (),
        bracketed=role == "outcomes" and bool(re.search(r"[(\[]", says.words)),
        rest=rest,
    )


def _is_of_its_kind(role: str | None, texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the cells fit a head of which words are left: amounts, or lists that name things."""
    amounts = share(texts, lambda text: parse_outcome(text, vocabulary).unread is None)
    if role in ("response", "complications"):
        return amounts <= 0.5
    return role not in AMOUNTS or amounts >= 0.5


def _is_rate(head: str, texts: Sequence[str]) -> bool:
    """Whether a column of an endpoint holds shares of patients at a time, not times."""
    shares = share(texts, lambda text: bool(re.search(r"%|\d\s*/\s*\d|\bof\b", text)))
    return bool(_RATE.search(head)) or shares > 0.5


def with_form(column: Column, grid: Grid, rows: Sequence[Sequence[Cell | None]]) -> Column:
    """Where the head is silent, the caption or the cells say what bare numbers are."""
    if column.role not in ("outcome", "complication_count"):
        return column
    texts = [cell.plain.strip() for row in rows if (cell := row[column.index])]
    if column.form == "percent" and "(%)" in column.head and share(texts, _is_pair) >= 0.5:
        return replace(column, form="paired")
    if column.form is not None:
        return column
    if any(re.fullmatch(r"\d+[.·]\d+", text) for text in texts):
        return replace(column, form="percent")
    said = re.search(r"\((?:n|no\.?|number(?: of patients)?)\)|\(%\)", grid.caption)
    if said:
        return replace(column, form="percent" if "%" in said.group() else "n")
    return column


def _names_two_arms(text: str) -> bool:
    return bool(re.search(r"\w\W+(?:vs|versus)\b\W+\w", text, re.IGNORECASE))


def _is_bare_number(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\d{1,4}\W*", text))


def _is_pair(text: str) -> bool:
    """``3 (20)``: two numbers of which none says that it is the percentage."""
    return bool(re.fullmatch(r"\d+\s*[(\[]\s*[\d.,·]+\s*[)\]]", text))


def _are_names(texts: Sequence[str]) -> bool:
    """Whether most cells begin with a capital letter, as names do."""
    return share(texts, lambda text: bool(re.match(r"\W*[^\W\d_]", text))) >= 0.6


def share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    """Share of the texts that pass the test; 0 of none."""
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def _role_of_content(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """What the cells alone say."""
    if not texts:
        return None
    if share(texts, looks_like_label) >= 0.5:
        return "series"
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("response", lambda t: _has(t, vocabulary, "responses") and bool(re.search(r"\d", t))),
        ("regimen", lambda t: _has(t, vocabulary, "dose") and bool(re.search(r"\d", t))),
        ("patients", lambda t: _has(t, vocabulary, "diseases") and bool(re.search(r"\d", t))),
        ("complications", lambda t: _has(t, vocabulary, "complications", "endpoints")),
        ("drug", lambda t: vocabulary.drug(t) is not None),
        ("schedule", lambda t: parse_regimen(t, vocabulary).doses_per_week is not None),
        ("disease", lambda t: vocabulary.disease(t) is not None),
        ("year", lambda t: bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", t))),
    ]
    for role, test in tests:
        if share(texts, test) >= 0.6:
            return role
    return None


def _has(text: str, vocabulary: Vocabulary, name: str, *before: str) -> bool:
    """Whether a word of the list stands in the text; lists ``before`` it take what both have."""
    return any(token.kind == name for token in lex(text, vocabulary, (*before, name)))
