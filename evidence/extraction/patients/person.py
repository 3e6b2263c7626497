"""Sex and age of one patient, in cells of their own or in one (``56/M``, *34-year-old woman*)."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extraction.patients.columns import Column
from evidence.extraction.patients.terms import Terms
from evidence.extraction.patients.words import is_word

_WORD = re.compile(r"[^\W\d_]+|[♀♂]")
_AMOUNT = re.compile(r"(\d{1,4}(?:[.,·]\d+)?)\s*-?\s*([^\W\d_]+)?\.?")
_OLD = re.compile(r"\b(?:old|of age|aged?)\b|/o\b|[-\s.,]", re.IGNORECASE)
_YEARS_IN = {"year": 1.0, "month": 12.0, "week": 365.25 / 7, "day": 365.25}
PERSON = {"id", "sex", "age"}


def sex_of(word: str, column: Column, terms: Terms) -> str | None:
    """``F`` or ``M`` of a word or letter, by the legend and then by the word lists."""
    for said in dict.fromkeys((terms.meaning(word), word)):
        if column.m_is_female and said.upper() == "M":
            return "F"
        for kind, sex in (("female", "F"), ("male", "M")):
            if is_word(said, kind):
                return sex
    return None


def years_of(text: str, unit: str, terms: Terms) -> float | None:
    """An age in years: ``56``, ``14 mo``, ``2 y 5 mo``; None for ranges, bounds and other words.

    ``unit`` is that of a number without one.
    """
    matches = list(_AMOUNT.finditer(text))
    units = [_unit_of(match[2], terms) if match[2] else unit for match in matches]
    alone = len(matches) == 1 or all(match[2] for match in matches)
    if not matches or not alone or not set(units) <= set(_YEARS_IN):
        return None
    numbers = [float(re.sub("[,·]", ".", match[1])) for match in matches]
    years = sum(n / _YEARS_IN[u] for n, u in zip(numbers, units, strict=True) if u)
    rest = _OLD.sub("", _AMOUNT.sub("", text))
    return None if rest or years > 130 else round(years, 4)


def _unit_of(word: str, terms: Terms) -> str | None:
    """``y``, ``years``, ``yo``; a lone capital is none, for it may be a sex."""
    if len(word) == 1 and word.isupper():
        return None
    return terms.vocabulary.time_unit(word) or terms.vocabulary.time_unit(word.removesuffix("o"))


def person_of(text: str, column: Column, terms: Terms) -> dict[str, object] | None:
    """Number, sex and age of a cell that names them in any order; None where one is not plain."""
    hits = [(m, sex) for m in _WORD.finditer(text) if (sex := sex_of(m[0], column, terms))]
    if len(hits) > 1:
        hits = [hit for hit in hits if not text[: hit[0].start()].rstrip()[-1:].isdigit()]
    if len(hits) != 1:
        return None
    word, sex = hits[0]
    rest = f"{text[: word.start()]} , {text[word.end() :]}"
    pieces = [p.strip() for p in re.split(r"[,/;()]+", rest) if p.strip(" .-#")]
    values: dict[str, object] = {"sex": sex}
    if "id" in column.parts and len(pieces) > 1:
        values["id"] = pieces.pop(0 if column.parts.index("id") < column.parts.index("age") else -1)
    years = years_of(" ".join(pieces), column.age_unit, terms)
    return None if years is None else {**values, "age": years}


def with_persons(
    columns: tuple[Column, ...], bodies: list[list[str]], terms: Terms
) -> tuple[Column, ...]:
    """The columns, with ``M56`` under *Patient* or an unknown head read as sex and age."""
    if any(column.field in ("sex", "age") or column.parts for column in columns):
        return columns
    return tuple(
        replace(column, field="age", parts=("sex", "age"))
        if column.field in ("id", "other") and _are_persons(bodies[column.index], column, terms)
        else column
        for column in columns
    )


def _are_persons(body: list[str], column: Column, terms: Terms) -> bool:
    return bool(body) and all(person_of(text, column, terms) for text in body)
