"""What each column of a patient-level table holds, from its head and from its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.extraction.heads_times import time_point_of
from evidence.extraction.patients.heads import (
    PARTS,
    TIMES,
    age_unit,
    field_of_head,
    head_compartment,
    head_compartments,
    head_unit,
    is_treatment_head,
)
from evidence.extraction.patients.words import fold, pattern, printed
from evidence.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the field it holds, and what its head adds to every cell."""

    index: int
    head: str
    field: str
    """A field of ``heads.toml``, ``measure``, or ``other``."""
    unit: str | None = None
    age_unit: str = "year"
    compartment: str | None = None
    compartments: tuple[str, ...] = ()
    """Compartments in order where one column holds several (``Response (skin/blood)``)."""
    parts: tuple[str, ...] = ()
    """Fields in order where one column holds several (``Sex/age``)."""
    m_is_female: bool = False
    """Whether ``M`` is a woman (*mujer*): the men of the column are ``V`` or ``H``."""
    with_response: bool = False
    """Each cell of measurements begins with a response."""
    extra_words: int = 0
    """Words of the head that its field does not explain; the plainest of two columns wins."""

    @property
    def key(self) -> str:
        """The name under which a patient keeps this column's cell."""
        if self.field == "response":
            return self.response_key
        if self.field in TIMES:
            return TIMES[self.field]
        return {"measure": "measurements", "other": self.head}.get(self.field, self.field)

    @property
    def response_key(self) -> str:
        """The key of a response in this column's compartment."""
        return f"response.{self.compartment or 'overall'}"


def type_columns(
    heads: list[str], bodies: list[list[str]], vocabulary: Vocabulary
) -> tuple[Column, ...]:
    """One column per head; ``bodies`` holds each column's filled cells, marks left out."""
    columns = [
        type_column(i, head, body, vocabulary)
        for i, (head, body) in enumerate(zip(heads, bodies, strict=True))
    ]
    columns = [_treatment_time(columns, column, vocabulary) for column in columns]
    columns = _outcomes_as_responses(columns, bodies, vocabulary)
    best: dict[str, Column] = {}
    for column in sorted(columns, key=lambda c: (c.extra_words, -_fates(c, bodies[c.index]))):
        best.setdefault(column.key, column)
    return tuple(
        c if best[c.key] is c or c.field in ("other", "measure") else replace(c, field="other")
        for c in columns
    )


def type_column(index: int, head: str, body: list[str], vocabulary: Vocabulary) -> Column:
    """The column at ``index``: its head decides, its cells may overrule."""
    head = re.sub(r"(?<=\w)- (?=[a-z])", "", " ".join(head.split()))
    said = vocabulary.legend.get(head, head)
    found, extra = field_of_head(said, vocabulary)
    extra += time_point_of(said, vocabulary) is not None
    field = found[-1] if found else "other"
    parts = tuple(found) if len(found) > 1 and set(found) <= PARTS else ()
    if is_measure(body):
        field, parts = "measure", ()
    with_response = field == "measure" and "response" in found
    compartment = head_compartment(head) if field == "response" or with_response else None
    several = head_compartments(head) if field == "response" and "/" in head else ()
    if field in ("response", "complications") and are_rates(body):
        field = "other"
    if field == "other" and not head.strip() and _are_numbers(body):
        field = "id"
    return Column(
        index=index, head=head, field=field, unit=head_unit(said, vocabulary),
        age_unit=age_unit(said, vocabulary), with_response=with_response, compartment=compartment,
        parts=parts, extra_words=extra, m_is_female=_m_is_female(body),
        compartments=several if len(several) > 1 else (),
    )  # fmt: skip


def _treatment_time(columns: list[Column], column: Column, vocabulary: Vocabulary) -> Column:
    """A bare *Duration* is the treatment's where it names a drug or follows its column."""
    words = [w for w in fold(column.head).split() if vocabulary.time_unit(w) is None]
    plain = [w for w in words if vocabulary.drug(w) is None and w not in printed("small")]
    if column.field != "other" or " ".join(plain) not in printed("length"):
        return column
    before = columns[column.index - 1] if column.index else None
    follows = before is not None and is_treatment_head(before.head, vocabulary)
    named = any(vocabulary.drug(w) is not None for w in words)
    return replace(column, field="treatment_time") if named or follows else column


def _outcomes_as_responses(
    columns: list[Column], bodies: list[list[str]], vocabulary: Vocabulary
) -> list[Column]:
    """An *Outcome* whose cells are responses is the response, where no column is called that.

    So is a column of responses that is named by nothing but a compartment (*Overall*, *Skin*).
    """
    called = any(column.field == "response" for column in columns)
    typed = []
    for column in columns:
        place = head_compartment(column.head) if column.field == "other" else None
        named = place is not None and not column.extra_words
        either = named or (column.field == "status" and not called)
        answers = either and _are_responses(bodies[column.index], vocabulary)
        typed.append(replace(column, field="response", compartment=place) if answers else column)
    return typed


def _are_responses(body: list[str], vocabulary: Vocabulary) -> bool:
    names = [vocabulary.response(re.split(r"[(,;]", text)[0]) for text in body]
    return sum(n not in (None, "deaths", "relapse") for n in names) * 10 >= 6 * len(body) > 0


def _fates(column: Column, body: list[str]) -> int:
    """How many cells of a column of status tell of life or death."""
    words = (pattern("death"), pattern("alive"))
    told = [t for t in body if any(word.search(t) for word in words)]
    return len(told) if column.field == "status" else 0


def _m_is_female(body: list[str]) -> bool:
    letters = {letter.upper() for text in body for letter in re.findall(r"\b[^\W\d_]\b", text)}
    return "M" in letters and bool({"V", "H"} & letters) and not {"F", "W"} & letters


def _are_numbers(body: list[str]) -> bool:
    return sum(is_number_id(text) for text in body) * 10 >= 6 * len(body) > 0


def are_rates(body: list[str]) -> bool:
    """Whether the cells are numbers, as rates and changes are, and no responses."""
    numbers = [re.fullmatch(r"[-+−–<>≥≤~]?\s?[\d.,/]+\s?%?", text) for text in body]
    return sum(number is not None for number in numbers) * 10 >= 6 * len(body) > 0


def is_number_id(text: str) -> bool:
    """Whether a cell can be a patient's number: ``7``, ``#7``, ``7.``, ``P7``, ``Patient 7``."""
    return re.fullmatch(
        r"(?:(?:patient|case|pat\.?|subject|"
        r"[A-Za-z]{0,3})\s?(?:no\.?\s?)?[-#]?\s?)?#?\d{1,4}[a-z]?\.?",
        text.strip(), re.IGNORECASE,
    ) is not None  # fmt: skip


def is_measure(body: list[str]) -> bool:
    """Whether most cells print a value before and a value after."""
    hits = sum(bool(pattern("before").search(t) and pattern("after").search(t)) for t in body)
    arrows = sum(re.search(r"\d[^→a-z]*→\s*[<>]?\d", t) is not None for t in body)
    return bool(body) and max(hits, arrows) * 2 > len(body)
