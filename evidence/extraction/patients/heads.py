"""The words of one head of a patient-level table: fields, unit of time, compartments."""

from __future__ import annotations

import re

from evidence.extraction.heads_times import role_of_time, timed_head
from evidence.extraction.patients.words import fold, is_word, phrases, printed
from evidence.vocabulary import Vocabulary

TIMES = {
    "treatment_time": "treatment_weeks",
    "time_to_response": "weeks_to_response",
    "response_time": "response_months",
    "pfs_time": "pfs_months",
    "os_time": "os_months",
    "follow_up": "follow_up_months",
}
_ROLES = {
    "disease": "disease", "treatment_duration": "treatment_time", "cycles": "cycles",
    "response": "response", "response_duration": "response_time", "follow_up": "follow_up",
    "complications": "complications",
}  # fmt: skip
"""Roles of columns in tables of series that patients have one by one."""
PARTS = {"id", "sex", "age", "disease", "stage"}
"""Fields of which one column may hold several (``Sex/age``)."""
_TIMELESS = {"disease", "stage", "response", "cycles", "complications", "other"}
"""Fields whose cells are no times, whatever unit the head has."""
_TREATMENT = {"regimen", "dose", "drug", "route", "schedule"}
_SUMS = {"total", "cumulative", "last", "final"}
"""Words that make a dose no dose of a schedule."""


def field_of_head(head: str, vocabulary: Vocabulary) -> tuple[list[str], int]:
    """Fields a head names, the deciding one last, and how many words none of them explains.

    The phrases of patients' tables go first, then what the word lists say of the head in a table
    of series. A head with a unit of time is over times, or over nothing that a patient has.
    """
    bare = re.sub(r"\([^)]*\)", " ", head)
    found, extra = find_fields(bare)
    if not found:
        found, extra = find_fields(head)
    listed = _ROLES.get(vocabulary.column(bare.strip(" ,")) or "")
    if not found and listed and fold(bare) not in printed("length"):
        found, extra = [listed], 0
    timed = timed_head(head, vocabulary)
    if timed is not None and (found[-1] if found else "other") in _TIMELESS and "/" not in head:
        if found and found[-1] == "response" and head_unit(head, vocabulary):
            return ["time_to_response" if timed.onset else "response_time"], extra
        role_and_name = role_of_time(timed, vocabulary)
        known = _ROLES.get(role_and_name[0]) if role_and_name else None
        found = [known] if known in TIMES else []
    if found and found[-1] == "status" and extra and _of_death(head):
        found = []
    return found, extra


def _of_death(head: str) -> bool:
    """Whether only a word for death makes a head one of status: *Cause of death* is none."""
    return any(is_word(word, "death") for word in fold(head).split())


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
    named = list(dict.fromkeys(name for _, _, name in sorted(hits)))
    if "/" in head or (set(named) <= PARTS and _lists(named, head)):
        return named, len(left)
    hits.sort(key=lambda hit: (hit[2] != "id", hit[1], hit[0]))
    return [name for _, _, name in hits], len(left)


def _lists(named: list[str], head: str) -> bool:
    """Whether a head names its fields one after the other: *Patient, sex, age*, *Age and sex*."""
    return re.search(r"[,;]", head) is not None or set(named) == {"sex", "age"}


def head_unit(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time a head states: ``PFS (mo)`` gives month; a lone letter needs brackets."""
    for word in reversed(fold(head).split()):
        bracketed = re.search(rf"[(,]\s*{word}\b(?!/)", head, re.IGNORECASE)
        unit = vocabulary.time_unit(word)
        if unit is not None and (len(word) > 1 or bracketed):
            return unit
    return None


def age_unit(head: str, vocabulary: Vocabulary) -> str:
    """The unit of the ages under a head that may name other things beside: years, if none."""
    ages = [part for part in re.split(r"[/;]", head) if "age" in find_fields(part)[0]]
    return (head_unit(ages[-1], vocabulary) if ages else None) or "year"


def is_treatment_head(head: str, vocabulary: Vocabulary) -> bool:
    """``Dose``, ``Treatment``, ``Route``, with or without the name of a drug before or after it."""
    words = fold(re.sub(r"[(\[].*?[)\]]|,.*", " ", head)).split()
    rest = " ".join(word for word in words if vocabulary.drug(word) is None)
    named = bool(words) and not rest
    return named or (vocabulary.column(rest) in _TREATMENT and not _SUMS & set(words))


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
