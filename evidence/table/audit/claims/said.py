"""What a sentence can be about: the series printed with it, their rows, and the claim it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from evidence.model.finding import Finding, FindingSeverity
from evidence.model.prose import ProseSentence
from evidence.model.row import EvidenceRow
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.text import references, split
from evidence.table.build import build_rows
from evidence.table.citations import surnames
from evidence.table.percents import agrees
from evidence.table.places import LABELS, place_of
from evidence.table.stratum import ALL

_OWN = re.compile(r"\b(?:our|own|present|this|current)\b", re.IGNORECASE)
_CONTRAST = re.compile(r";|\b(?:except|but|whereas|while|although|in contrast)\b", re.IGNORECASE)
_YEAR = re.compile(r"[^.;\d]{0,30}(?:al\.[^.;\d]{0,6})?\(?((?:19|20)\d\d)\b")
TABLE = 3
"""Series from which on a document without reference numbers is taken for a table of series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence with the one before it, the references it cites and the series printed with it."""

    sentence: ProseSentence
    before: str
    references: tuple[int, ...]
    reviewed: tuple[Subject, ...]
    """Series of the same document's table that cite another paper."""
    own: tuple[Subject, ...]
    """Series of the document's own patients (with patient rows, or without a citation)."""
    rows: tuple[EvidenceRow, ...]
    """The document's own evidence table: a claim is held against what is printed with it."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    def cited(self) -> list[Subject]:
        """The reviewed series the sentence cites, by reference number, else by name, in order."""
        if self.references:
            by_number = {reference_of(s): s for s in self.reviewed}
            return [by_number[n] for n in self.references if n in by_number]
        found = [(at, s) for s in self.reviewed if (at := _named_at(s, self.text)) is not None]
        return [s for _, s in sorted(found, key=lambda pair: pair[0])]

    def about(self, subject: Subject) -> str:
        """The part of the sentence that speaks of a cited series: contrasts part it."""
        for part in _CONTRAST.split(self.text):
            number = reference_of(subject)
            if is_named(subject, part) or (number is not None and number in references(part)):
                return part
        return self.text

    def counts(self, subject: Subject, outcome: str) -> tuple[int, int] | None:
        """Events and total of a series' whole-series row; None where it has none."""
        for row in self.rows:
            mine = row.series == subject.series.series and row.outcome == outcome
            whole = row.stratum == ALL and row.arm is None
            if mine and whole and row.events is not None and row.total:
                return row.events, row.total
        return None

    def against(self, subject: Subject, outcome: str, percent: float) -> tuple[int, int] | None:
        """The counts of a series that neither prints nor gives this rate; None where one does."""
        row = self.counts(subject, outcome)
        printed = {block.responses.stated_percent.get(outcome) for block in subject.blocks}
        return None if row is None or percent in printed or agrees(percent, *row, cut=True) else row


@lru_cache(maxsize=1)
def said(case: Case) -> tuple[Said, ...]:
    """Every sentence of a document that has a table of series, with what it can be about."""
    told = dict.fromkeys((s.source, PurePath(s.document).stem) for s in case.sentences)
    printed = {key: _printed(mine, case) for key in told if (mine := _of_paper(key, case))}
    found: list[Said] = []
    before: dict[Paper, str] = {}
    for sentence in case.sentences:
        paper = sentence.source, PurePath(sentence.document).stem
        for text in split(sentence.text) if paper in printed else ():
            reviewed, own, rows = printed[paper]
            found.append(
                Said(
                    sentence=replace(sentence, text=text),
                    before=before.get(paper, ""),
                    references=references(text),
                    reviewed=reviewed,
                    own=own,
                    rows=rows,
                )
            )
            before[paper] = text
    return tuple(found)


def claim(
    code: str,
    severity: FindingSeverity,
    item: Said,
    subject: Subject | None,
    field: str | None,
    *,
    stated: str,
    computed: str,
    arithmetic: str,
    would_change: str,
    also: tuple[str, ...] = (),
) -> Finding:
    """A finding whose first place is the sentence; without a series it is about the whole table."""
    fields = () if field is None else (field, *also)
    where = () if subject is None else (place_of(subject.series, f) for f in fields)
    return Finding(
        code=code,
        severity=severity,
        series=None if subject is None else subject.series.series,
        field=field,
        stated=stated,
        computed=computed,
        arithmetic=arithmetic,
        would_change=would_change,
        places=tuple(dict.fromkeys((item.sentence.place, *where))),
    )


def reference_of(subject: Subject) -> int | None:
    """The number of a series in its document's reference list."""
    value = subject.series.citation.reference
    return int(value) if value is not None and str(value).isdigit() else None


def is_named(subject: Subject, text: str) -> bool:
    """Whether a text names the series by its first author."""
    return _named_at(subject, text) is not None


def _named_at(subject: Subject, text: str) -> int | None:
    """Where a text names the first author (with the year, where a year follows the name)."""
    names, year = surnames(subject.series.citation.authors), subject.series.citation.year
    if not names:
        return None
    for found in re.finditer(rf"\b{re.escape(names[0])}\b", text, re.IGNORECASE):
        told = _YEAR.match(text[found.end() :])
        if told is None or year is None or int(told[1]) == year:
            return found.start()
    return None


Paper = tuple[str | None, str]
"""The source of a sentence, where it is known, and the stem of its document's name."""


def _of_paper(paper: Paper, case: Case) -> list[Subject]:
    """The series read from the paper a sentence stands in."""
    source, stem = paper
    return [
        s
        for s in case.subjects
        if PurePath(s.series.source.document).stem == stem and source in (None, s.source)
    ]


Printed = tuple[tuple[Subject, ...], tuple[Subject, ...], tuple[EvidenceRow, ...]]


def _printed(subjects: list[Subject], case: Case) -> Printed:
    """The reviewed series of one document, its own series, and its table."""
    reviewed = [s for s in subjects if reference_of(s) is not None]
    if not reviewed and len(subjects) >= TABLE:
        named = [s for s in subjects if s.series.citation.year is not None]
        reviewed = [s for s in named if not _calls_itself_own(s)]
    own = [s for s in subjects if s not in reviewed or _has_rows(s)]
    rows, _ = build_rows([s.series for s in subjects], case.protocol)
    return tuple(reviewed), tuple(own), rows


def _calls_itself_own(subject: Subject) -> bool:
    """The row is labelled *our patients*, whoever is kept as its author."""
    cells = subject.series.cells
    labels = [cells[key].text for key in LABELS if key in cells]
    return any(_OWN.search(text) for text in (subject.series.citation.authors, *labels))


def _has_rows(subject: Subject) -> bool:
    return any(arm.patients for arm in subject.series.arms)
