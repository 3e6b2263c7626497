"""One small grammar per kind of cell of a patient row: values, and the words left unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from evidence.extraction.patients.columns import Column
from evidence.extraction.patients.heads import TIMES
from evidence.extraction.patients.measures import read_measures
from evidence.extraction.patients.person import PERSON, person_of, sex_of, years_of
from evidence.extraction.patients.terms import Terms
from evidence.extraction.patients.times import find_times, left_over
from evidence.extraction.patients.words import is_word, own_name, pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCell:
    """Values by field of ``Patient``; ``unread`` words; ``doubts`` as (code, message)."""

    values: dict[str, Any] = field(default_factory=dict)
    unread: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()


def read_cell(text: str, column: Column, terms: Terms) -> ReadCell:
    """Read one cell by its column's grammar; an empty or dash cell states nothing."""
    text = re.sub(r"(?<=\w)- (?=[a-z])", "-", " ".join(text.split()))
    if not text or (is_word(text, "not_stated") and column.field != "response"):
        return ReadCell()
    return GRAMMARS["parts" if column.parts else column.field](text, column, terms)


def _read_sex(text: str, column: Column, terms: Terms) -> ReadCell:
    match = re.fullmatch(r"(\D+?)\s*(?:\(?#?(\d+)\)?)?", text)
    word = match[1].strip(" ,/(") if match else text
    sex = sex_of(word, column, terms)
    values: dict[str, Any] = {"sex": sex} if sex else {}
    if match and match[2]:
        values["id"] = match[2]
    return ReadCell(values=values, unread=None if sex else text)


def _read_age(text: str, column: Column, terms: Terms) -> ReadCell:
    years = years_of(text, column.age_unit, terms)
    if years is not None:
        return ReadCell(values={"age": years})
    return ReadCell(
        values={"characteristics": {column.head: text}},
        doubts=(("age-not-exact", f"the age is printed as '{text}', no single number of years"),),
    )


def _read_id(text: str, column: Column, terms: Terms) -> ReadCell:
    return ReadCell(values={"id": re.sub(r"(?<=\d)\.$", "", own_name(text)[0])})


def _read_time(text: str, column: Column, terms: Terms) -> ReadCell:
    name = TIMES[column.field]
    if is_word(text, "no_response"):
        return ReadCell()
    times = find_times(text, terms.vocabulary, unit=column.unit)
    if len(times) != 1:
        why = "no unit of time is stated" if re.search(r"\d", text) else "no time is printed"
        code = "several-times" if times else "time-unread"
        message = f"{len(times)} times stand in one cell" if times else why
        return ReadCell(unread=text, doubts=((code, f"{message}: '{text}'"),))
    time = times[0]
    rest = left_over(text, [time.span])
    if not time.exact:
        doubt = ("time-not-exact", f"'{text}' is a bound or a range, no single time")
        return ReadCell(unread=rest, doubts=(doubt,))
    values: dict[str, Any] = {name: time.to("week" if "weeks" in name else "month")}
    censor = {"response_months": "response_censored", "pfs_months": "pfs_censored",
              "os_months": "os_censored"}.get(name)  # fmt: skip
    ongoing = rest is not None and is_word(rest, "ongoing")
    if (time.censored or ongoing) and censor:
        values[censor] = True
    return ReadCell(values=values, unread=None if ongoing and censor else rest)


def _read_response(text: str, column: Column, terms: Terms) -> ReadCell:
    compartment = column.compartment or "overall"
    pieces = [piece.strip() for piece in text.split("/")]
    if column.compartments and len(pieces) == len(column.compartments):
        codes = [terms.response(piece)[0] for piece in pieces]
        read = {c: code for c, code in zip(column.compartments, codes, strict=True) if code}
        missed = [p for p, c in zip(pieces, codes, strict=True)
                  if c is None and not is_word(p, "not_stated")]  # fmt: skip
        return ReadCell(values={"response": read}, unread="/".join(missed) or None)
    answer = terms.answer(text, column.head)
    if answer is not None:
        return ReadCell(values={"response": {compartment: answer}} if answer else {})
    code, rest = terms.response(text)
    if code is None and is_word(text, "no_response") and text not in terms.vocabulary.legend:
        code, rest = "no response", None
    if code is None:
        if is_word(text, "not_stated"):
            return ReadCell()
        doubt = ("unknown-response", f"'{rest or text}' is no known response")
        return ReadCell(values={"response": {compartment: rest or text}}, doubts=(doubt,))
    return ReadCell(values={"response": {compartment: code}}, unread=rest)


def _read_complications(text: str, column: Column, terms: Terms) -> ReadCell:
    if is_word(text, "none"):
        return ReadCell(values={"complications": ()})
    return ReadCell(values={"complications": terms.complications(text)})


def _read_course(text: str, column: Column, terms: Terms) -> ReadCell:
    """Death or life, the last time as follow-up, and the words as the course."""
    text = terms.meaning(text)
    dead = pattern("death").search(text) is not None
    times = find_times(text, terms.vocabulary, unit=column.unit)
    values: dict[str, Any] = {}
    if is_word(text, "no") or is_word(text, "yes"):
        return ReadCell(values=_answered_death(text, column))
    if dead or pattern("alive").search(text) or (column.field == "course" and times):
        values["died"] = dead
    course = text
    if times and times[-1].exact:
        last = times[-1]
        values["follow_up_months"] = last.to("month")
        course = " ".join((text[: last.span[0]] + " " + text[last.span[1] :]).split())
        course = course.rstrip(" (),;:")
    values["course"] = course or None
    return ReadCell(values=values)


def _answered_death(text: str, column: Column) -> dict[str, Any]:
    """*Yes* under *Death*; *No* under any other head says nothing of death."""
    asked = pattern("death").search(column.head) is not None
    return {"died": is_word(text, "yes")} if asked else {"course": text}


def _read_measure(text: str, column: Column, terms: Terms) -> ReadCell:
    values: dict[str, Any] = {}
    head = column.head
    if column.with_response:
        code, after = terms.response(text)
        if code is not None:
            values["response"] = {column.compartment or "overall": code}
            text = after or ""
        head = re.sub(r"^.*?\bresponse\w*\W*\s", "", head, flags=re.IGNORECASE)
    values["measurements"], rest = read_measures(text, head)
    return ReadCell(values=values, unread=rest)


def _read_cycles(text: str, column: Column, terms: Terms) -> ReadCell:
    match = re.match(r"(\d+(?:\.\d+)?)\s*(?:cycles?|courses?|doses?|injections?|infusions?)?", text)
    if not match:
        return ReadCell(unread=text)
    values = {"cycles": float(match[1])}
    return ReadCell(values=values, unread=left_over(text, [match.span()]))


def _read_parts(text: str, column: Column, terms: Terms) -> ReadCell:
    """A cell of several fields: persons in any order, others as the head names them (``SS/IV``)."""
    if PERSON >= set(column.parts) >= {"sex", "age"}:
        person = person_of(text, column, terms)
        return ReadCell(values=person or {}, unread=None if person else text)
    pieces = [
        p for p in re.split(r"\s*[/,;]\s*|(?<=\d)\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=\d)", text) if p
    ]
    if len(pieces) != len(column.parts):
        return ReadCell(unread=text)
    values: dict[str, Any] = {}
    unread: list[str] = []
    for name, piece in zip(column.parts, pieces, strict=True):
        read = GRAMMARS[name](piece, column, terms)
        values |= read.values
        unread += [read.unread] if read.unread else []
    return ReadCell(values=values, unread=" … ".join(unread) or None)


def _read_disease(text: str, column: Column, terms: Terms) -> ReadCell:
    """``SS (IVA)`` under *Diagnosis (stage)* is the disease and its stage."""
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", text)
    if match and re.search(r"\(\s*(?:stage|tnm)", column.head, re.IGNORECASE):
        return ReadCell(values={"disease": match[1], "stage": match[2]})
    return ReadCell(values={"disease": text})


def _read_words(name: str) -> Callable[[str, Column, Terms], ReadCell]:
    return lambda text, column, terms: ReadCell(values={name: text})


def _read_other(text: str, column: Column, terms: Terms) -> ReadCell:
    return ReadCell(values={"characteristics": {column.head or f"column {column.index + 1}": text}})


GRAMMARS: dict[str, Callable[[str, Column, Terms], ReadCell]] = {
    "id": _read_id,
    "sex": _read_sex,
    "age": _read_age,
    "disease": _read_disease,
    "stage": _read_words("stage"),
    "cycles": _read_cycles,
    "response": _read_response,
    **dict.fromkeys(TIMES, _read_time),
    "status": _read_course,
    "course": _read_course,
    "complications": _read_complications,
    "measure": _read_measure,
    "parts": _read_parts,
    "other": _read_other,
}
