"""The PRISMA 2020 checklist: which section of this report answers which item."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.numbers import words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Cell, Value

ITEMS: tuple[tuple[str, str, str | None], ...] = (
    ("1", "Title", "answer"),
    ("2", "Abstract", "answer"),
    ("3–4", "Rationale and objectives", "protocol"),
    ("5", "Eligibility", "protocol"),
    ("6–7", "Information sources and search", None),
    ("8", "Selection process", "prisma"),
    ("9–10", "Data collection and items", "methods"),
    ("11", "Risk-of-bias assessment", "risk_of_bias"),
    ("12–13", "Measures and synthesis methods", "methods"),
    ("14", "Assessment of missing results", "small_study"),
    ("15", "Assessment of certainty", "summary"),
    ("16", "Selection results", "prisma"),
    ("17", "Characteristics of series", "series"),
    ("18", "Risk of bias in series", "risk_of_bias"),
    ("19", "Results of single series", "responses"),
    ("20", "Results of syntheses", "forest"),
    ("20d", "Sensitivity analyses", "sensitivity"),
    ("21", "Missing results", "small_study"),
    ("22", "Certainty of evidence", "summary"),
    ("23", "Discussion", None),
    ("24", "Registration and protocol", "protocol"),
    ("25–26", "Support and competing interests", None),
    ("27", "Availability of data and code", "reproducibility"),
)
"""Item numbers of Page 2021 (BMJ 372:n71), topic, and the section here; None: for the authors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistContext:
    """The checklist with links into the report."""

    checklist: Table


def build(ctx: ReportContext) -> ChecklistContext:
    """Items that a program cannot answer are left to the authors, in words."""
    from evidence.report.sections import SECTIONS

    w = words_of(ctx)
    lines: list[Line] = []
    for number, topic, section in ITEMS:
        place: Cell = w("for the authors to write")
        if section is not None:
            place = Value(w(SECTIONS[section].title), f"sec-{section}")
        lines.append(Line(cells=(number, w(topic), place)))
    return ChecklistContext(
        checklist=Table(
            ident="table-checklist",
            caption=w("PRISMA 2020 checklist (Page 2021, BMJ 372:n71)"),
            columns=columns(w("Item"), w("Topic"), w("Where")),
            lines=tuple(lines),
        )
    )
