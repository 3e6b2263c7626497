"""What each column of a patient-level table holds, from its head and from its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.extraction.heads_times import timed_head
from evidence.extraction.patients.words import fold, is_word, pattern, phrases, printed
from evidence.vocabulary import Vocabulary

TIMES = {
    "treatment_time": "treatment_weeks",
    "time_to_response": "weeks_to_response",
    "response_time": "response_months",
    "pfs_time": "pfs_months",
    "os_time": "os_months",
    "follow_up": "follow_up_months",
}
_TREATMENT = {"regimen", "dose", "drug", "route", "schedule"}
_SUMS = {"total", "cumulative", "last", "final"}
"""Words that make a dose no dose of a schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the field it holds, and what its head adds to every cell."""

    index: int
    head: str
    field: str
    """A field of ``heads.toml``, ``measure``, or ``other``."""
    unit: str | None = None
    compartment: str | None = None
    compartments: tuple[str, ...] = ()
    """Compartments in order where one column holds several (``Response (skin/blood)``)."""
    parts: tuple[str, ...] = ()
    """Fields in order where one column holds several (``Sex/age``)."""
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
    best: dict[str, Column] = {}
    for column in columns:
        kept = best.get(column.key)
        if kept is None or column.extra_words < kept.extra_words:
            best[column.key] = column
    return tuple(
        c if best[c.key] is c or c.field in ("other", "measure") else replace(c, field="other")
        for c in columns
    )


def _treatment_time(columns: list[Column], column: Column, vocabulary: Vocabulary) -> Column:
    """A bare *Duration* is the treatment's where it names a drug or follows its column."""
    words = [w for w in fold(column.head).split() if vocabulary.time_unit(w) is None]
    plain = [w for w in words if vocabulary.drug(w) is None and w not in printed("small")]
    if column.field != "other" or plain != ["duration"]:
        return column
    before = columns[column.index - 1] if column.index else None
    follows = before is not None and is_treatment_head(before.head, vocabulary)
    named = any(vocabulary.drug(w) is not None for w in words)
    return replace(column, field="treatment_time") if named or follows else column


def is_treatment_head(head: str, vocabulary: Vocabulary) -> bool:
    """``Dose``, ``Treatment``, ``Route``, with or without the name of a drug before or after it."""
    words = fold(re.sub(r"[(\[].*?[)\]]|,.*", " ", head)).split()
    rest = " ".join(word for word in words if vocabulary.drug(word) is None)
    named = bool(words) and not rest
    return named or (vocabulary.column(rest) in _TREATMENT and not _SUMS & set(words))


def type_column(index: int, head: str, body: list[str], vocabulary: Vocabulary) -> Column:
    """The column at ``index``: its head decides, its cells may overrule."""
    head = re.sub(r"(?<=\w)- (?=[a-z])", "", " ".join(head.split()))
    found, extra = find_fields(re.sub(r"\([^)]*\)", " ", head))
    if not found:
        found, extra = find_fields(head)
    unit = head_unit(head, vocabulary)
    field = found[-1] if found else "other"
    parts: tuple[str, ...] = ()
    if len(found) > 1 and set(found) <= {"id", "sex", "age", "disease", "stage"} and "/" in head:
        parts = tuple(found)
    if field == "response" and unit is not None:
        timed = timed_head(head, vocabulary)
        field = "time_to_response" if timed is not None and timed.onset else "response_time"
    if is_measure(body):
        field, parts = "measure", ()
    with_response = field == "measure" and "response" in found
    compartment = head_compartment(head) if field == "response" or with_response else None
    several = head_compartments(head) if field == "response" and "/" in head else ()
    numbered = sum(is_number_id(t) for t in body) * 10 >= 6 * len(body) > 0
    if field == "other" and not head.strip() and numbered:
        field = "id"
    return Column(
        index=index, head=head, field=field, unit=unit, with_response=with_response,
        compartment=compartment, parts=parts, extra_words=extra,
        compartments=several if len(several) > 1 else (),
    )  # fmt: skip


def find_fields(head: str) -> tuple[list[str], int]:
    """Fields named in a head, the deciding one last, and how many words none of them explains."""
    words = f" {fold(head)} "
    hits: list[tuple[int, int, str]] = []
    for phrase, name in phrases("fields"):
        at = words.find(f" {phrase} ")
        if at >= 0:
            hits.append((at, len(phrase.split()), name))
            words = words.replace(f" {phrase} ", " " + "\0" * len(phrase) + " ", 1)
    left = [w for w in re.sub("\0+", " ", words).split() if w not in printed("small")]
    left = [w for w in left if not any(w in p.split() for p, _ in phrases("compartments"))]
    if "/" in head and len(hits) > 1:
        return [name for _, _, name in sorted(hits)], len(left)
    hits.sort(key=lambda hit: (hit[2] != "id", hit[1], hit[0]))
    return [name for _, _, name in hits], len(left)


def head_unit(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time a head states: ``PFS (mo)`` gives month; a lone letter needs brackets."""
    for word in reversed(fold(head).split()):
        unit = vocabulary.time_unit(word)
        if unit is not None and (len(word) > 1 or f"({word}" in head.lower()):
            return unit
    return None


def head_compartments(head: str) -> tuple[str, ...]:
    """All compartments a head names, in its order."""
    words = f" {fold(head)} "
    places: dict[str, int] = {}
    for phrase, name in phrases("compartments"):
        at = words.find(f" {phrase} ")
        if at >= 0:
            places.setdefault(name, at)
    return tuple(sorted(places, key=lambda name: places[name]))


def head_compartment(head: str) -> str | None:
    """Skin, blood, node ... where a head of responses names one."""
    words = f" {fold(head)} "
    for phrase, name in phrases("compartments"):
        if f" {phrase} " in words:
            return name
    return None


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


def fits(column: Column, body: list[str]) -> bool:
    """Whether the cells of a column are what its field promises, for at least six in ten."""
    return bool(body) and sum(_fits_cell(column, text) for text in body) >= 0.6 * len(body)


def _fits_cell(column: Column, text: str) -> bool:
    if column.parts:
        return re.search(r"\d", text) is not None and re.search(r"\b[FM]", text, re.I) is not None
    if is_word(text, "not_stated"):
        return True
    if column.field == "sex":
        word = re.sub(r"\(?\s*\d+\s*\)?$", "", text).strip()
        return is_word(word, "female") or is_word(word, "male")
    if column.field == "age":
        return re.fullmatch(r"[~>]?\d{1,3}(?:\.\d+)?\s?(?:s|y|yr|yrs|years)?", text) is not None
    if column.field == "response":
        return len(text.split()) <= 6 and not re.search(r"\d\s*%|\d\s*\(", text)
    if column.field in TIMES:
        return re.search(r"±|\d\s*%|\(\s*\d+\s*[-–]", text) is None and len(text) < 40
    return True
