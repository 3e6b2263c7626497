"""Whether the rows of a grid are single patients, by its heads and what stands below them."""

from __future__ import annotations

import re

from evidence.extraction.patients.columns import Column, are_rates, is_number_id
from evidence.extraction.patients.heads import TIMES, find_fields
from evidence.extraction.patients.person import PERSON, person_of, sex_of, years_of
from evidence.extraction.patients.rows import Row
from evidence.extraction.patients.terms import Terms
from evidence.extraction.patients.words import fold, is_word, printed
from evidence.vocabulary import Vocabulary

_PERSONAL = {"sex", "age", "response", "complications", "course", "status", "measure", *TIMES}
_COUNTS = {"patients", "total"}


def is_patient_level(columns: tuple[Column, ...], rows: list[Row], terms: Terms) -> bool:
    """One row per person: a number or sex per row, single values where series print counts."""
    bodies = [[t for row in rows if (t := row.text(c.index))] for c in columns]
    personal = [c for c in columns if c.field in _PERSONAL or c.parts]
    proper = [c for c in personal if fits(c, bodies[c.index], terms)]
    rated = any(
        "response" in find_fields(c.head)[0] and are_rates(bodies[c.index])
        for c in columns
        if c.field == "other"
    )
    decisive = [c for c in personal if c.field in ("sex", "response") or c.parts]
    numbered = id_column(columns, rows)
    named = numbered is not None and names_people(numbered)
    unfit = not named and not set(decisive) <= set(proper)
    if unfit or counts_people(columns, rows, terms.vocabulary):
        return False
    has_sex = any(c.field == "sex" or "sex" in c.parts for c in proper)
    if numbered is None:
        single = has_sex or _answers_by_age(proper, bodies, terms)
        return single and len(proper) >= 2
    if rated and not has_sex:
        return False
    return len(proper) >= (1 if has_sex or named else 2)


def _answers_by_age(proper: list[Column], bodies: list[list[str]], terms: Terms) -> bool:
    """Whether every row has one age and one response by its name, as only a person has."""
    answers = [c for c in proper if c.field == "response"]
    aged = any(c.field == "age" for c in proper)
    return aged and any(
        all(terms.response(text)[0] or is_word(text, "not_stated") for text in bodies[c.index])
        for c in answers
    )


def counts_people(columns: tuple[Column, ...], rows: list[Row], vocabulary: Vocabulary) -> bool:
    """Whether a column other than the first says of how many patients each row is."""
    return any(
        vocabulary.column(column.head) in _COUNTS
        and _are_counts([text for row in rows if (text := row.text(column.index))])
        for column in columns[1:]
        if column.field in ("id", "other")
    )


def _are_counts(body: list[str]) -> bool:
    return sum(text.isdigit() for text in body) * 10 >= 6 * len(body) > 0


def names_people(column: Column) -> bool:
    """Whether the head of the numbers calls them patients or cases."""
    return bool(printed("person") & set(fold(column.head).split()))


def id_column(columns: tuple[Column, ...], rows: list[Row]) -> Column | None:
    """The column of the patients' numbers, which may begin anew in each section."""
    for column in columns:
        body = [(row.section, t) for row in rows if (t := row.text(column.index))]
        numbers = [(section, t) for section, t in body if is_number_id(t)]
        if (
            column.field == "id"
            and len(numbers) * 10 >= 6 * len(body)
            and len(set(numbers)) == len(numbers)
        ):
            return column
    return None


def fits(column: Column, body: list[str], terms: Terms) -> bool:
    """Whether the cells of a column are what its field promises, for at least six in ten."""
    return bool(body) and sum(_fits_cell(column, t, terms) for t in body) >= 0.6 * len(body)


def _fits_cell(column: Column, text: str, terms: Terms) -> bool:
    if PERSON >= set(column.parts) >= {"sex", "age"}:
        return person_of(text, column, terms) is not None
    if column.parts:
        return re.search(r"\d", text) is not None and re.search(r"\b[FM]", text, re.I) is not None
    if is_word(text, "not_stated"):
        return True
    if column.field == "sex":
        return sex_of(re.sub(r"\(?\s*\d+\s*\)?$", "", text).strip(), column, terms) is not None
    if column.field == "age":
        known = years_of(text, column.age_unit, terms) is not None
        return known or re.fullmatch(r"[~>]?\d{1,3}s?", text) is not None
    if column.field == "response":
        return len(text.split()) <= 6 and not re.search(r"\d\s*%|\d\s*\(", text)
    if column.field in TIMES:
        return re.search(r"±|\d\s*%|\(\s*\d+\s*[-–]", text) is None and len(text) < 40
    return True
