"""What the text says of complications and deaths of the paper's own patients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence.model.finding import Finding
from evidence.model.series import Patient
from evidence.table.audit.base import Case, patients
from evidence.table.audit.claims.said import claim, said
from evidence.table.audit.claims.topics import group_named
from evidence.table.words import NUMBER, number
from evidence.vocabulary import load_vocabulary

_CLAUSE = re.compile(r"[,;:]\s+|\s+and\s+(?:an?\s+)?|\.\s")
_IN = re.compile(
    rf"^(?P<term>.{{4,90}}?)\s+(?:(?:was|were)\s+\w+\s+|occurred\s+|developed\s+)?in\s+(?P<n>{NUMBER})"
    r"(?:\s+patients?|\s+cases?)?\W*$",
    re.IGNORECASE,
)
_HAD = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:patients?|cases?)\s+(?:had|with|developed|experienced|reported|"
    r"suffered(?:\s+from)?)"
    r"\s+(?P<term>.{4,60})$",
    re.IGNORECASE,
)
_MORE = re.compile(rf"^(?P<n>{NUMBER})\s+(?P<term>.{{4,60}})$", re.IGNORECASE)
"""``Two patients had a rash and 2 herpes zoster``: what follows a clause of *had*."""
_NO = re.compile(
    r"\bno\s+(?P<what>\w+\s+(?:complications?|toxicit\w+|adverse\s+events?|events))", re.IGNORECASE
)
_NONE = re.compile(
    r"\b(?:there\s+(?:was|were)\s+no|no\s+patients?\s+(?:had|developed|experienced|suffered))\s+"
    r"(?P<term>[a-z][a-z-]+(?:\s+[a-z-]+){0,2}?)(?=\s+(?:was|were|in|among|during)\b|\s*[.,;]|$)",
    re.IGNORECASE,
)
"""``There was no somnolence``: the whole phrase must be a known complication, unqualified."""
_DIED = re.compile(rf"\b(?P<n>{NUMBER})\s+(?:of\s+\w+\s+)?(?:patients?\s+)?died\b", re.IGNORECASE)


class Told(NamedTuple):
    """One count in a sentence, and what the patient rows have."""

    stated: str
    events: int
    rows: int
    at: int | None
    """A row that shows it."""


def events(case: Case) -> Iterator[Finding]:
    """Complications or deaths of the own patients, told otherwise than their rows have them."""
    for item in said(case):
        if item.references or item.cited():
            continue
        for subject in item.own:
            for a, arm in enumerate(subject.series.arms):
                for told in _told(item.text, arm.patients):
                    path = f"arms[{a}].patients"
                    yield claim(
                        "claim-own-events",
                        "high",
                        item,
                        subject,
                        path,
                        stated=told.stated,
                        computed=f"{told.rows} in the patient rows",
                        arithmetic=f"{patients(told.rows)} of {len(arm.patients)} rows, not "
                        f"{told.events}",
                        would_change="the rate of this event",
                        also=() if told.at is None else (f"{path}[{told.at}].complications",),
                    )


def _told(text: str, rows: tuple[Patient, ...]) -> Iterator[Told]:
    if rows and all(p.died is not None for p in rows):
        died = [i for i, p in enumerate(rows) if p.died]
        for match in _DIED.finditer(text):
            if number(match["n"]) > len(died):
                yield Told(match[0], number(match["n"]), len(died), next(iter(died), None))
    if not rows or any(p.complications is None for p in rows):
        return
    for match in _NO.finditer(text):
        group = group_named(match["what"])
        having = _with(rows, group=group) if group else []
        if having:
            yield Told(match[0], 0, len(having), having[0])
    for match in _NONE.finditer(text):
        denied = load_vocabulary().lookup("complications", match["term"])
        having = _with(rows, term=denied) if denied else []
        if having and not _NO.search(match[0]):
            yield Told(match[0], 0, len(having), having[0])
    had = False
    for clause in (part.strip(" .") for part in _CLAUSE.split(text)):
        counted = (
            _IN.search(clause) or _HAD.search(clause) or (had and _MORE.search(clause)) or None
        )
        had = counted is not None and counted.re is not _IN
        known = load_vocabulary().complication(counted["term"]) if counted else None
        having = _with(rows, term=known[0]) if known else []
        if counted and having and number(counted["n"]) != len(having):
            yield Told(clause, number(counted["n"]), len(having), having[0])


def _with(rows: tuple[Patient, ...], *, term: str = "", group: str | None = None) -> list[int]:
    """The rows with a complication by its preferred term, or of an organ class."""
    return [
        i
        for i, p in enumerate(rows)
        if any(
            (term and (c.preferred or c.term) == term) or (group and c.group == group)
            for c in p.complications or ()
        )
    ]
