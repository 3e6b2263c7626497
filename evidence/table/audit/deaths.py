"""Grades of fatal events, and responses that another therapy may explain."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.elsewhere import DEATH


def attributed(subject: Subject, case: Case) -> Iterator[Finding]:
    """A response that another therapy may explain."""
    for block in subject.blocks:
        for e, exclusion in enumerate(block.responses.exclusions):
            yield finding(
                "attributed-response",
                "high",
                subject,
                f"{block.path}.exclusions[{e}]",
                stated=f"{exclusion.events} {exclusion.outcome} {_why(exclusion.reason)} "
                f"({block.scope})",
                computed=f"{exclusion.events} fewer {exclusion.outcome} without it",
                arithmetic=f"{exclusion.events} {exclusion.outcome} {_why(exclusion.reason)}: no "
                "response to the drug alone",
                would_change=f"{exclusion.outcome} and ORR; a switch leaves such responses out",
                also=(f"{block.path}.{exclusion.outcome}", *_cells_with(subject, exclusion.reason)),
            )


def attributed_above_count(subject: Subject, case: Case) -> Iterator[Finding]:
    """More responses laid to another therapy than there are responses."""
    for block in subject.blocks:
        for e, exclusion in enumerate(block.responses.exclusions):
            events = getattr(block.responses, exclusion.outcome, None)
            if events is None or exclusion.events <= events:
                continue
            yield finding(
                "attributed-above-count",
                "medium",
                subject,
                f"{block.path}.exclusions[{e}]",
                stated=f"{exclusion.events} {exclusion.outcome} {_why(exclusion.reason)}",
                computed=f"{events} {exclusion.outcome} in all ({block.scope})",
                arithmetic=f"{exclusion.events} cannot be among {events}",
                would_change=f"{exclusion.outcome}: are these responses among those counted?",
            )


def _cells_with(subject: Subject, words: str) -> list[str]:
    """Cells and footnotes that print these words."""
    wanted = words.strip(" .").casefold()
    cells = subject.series.cells.items()
    return [f"cells.{key}" for key, cell in cells if wanted in cell.text.casefold()]


def _why(reason: str) -> str:
    """The reason as the end of a sentence: ``after radiotherapy``, or the paper's own words."""
    return reason if reason[:1].islower() else f"with the note '{reason.rstrip('.')}'"


def fatal_grade(subject: Subject, case: Case) -> Iterator[Finding]:
    """A fatal event whose printed grade is not 5 (CTCAE: death is grade 5)."""
    for a, arm in enumerate(subject.series.arms):
        for c, entry in enumerate(arm.complications or ()):
            if entry.fatal and entry.grade and "5" not in entry.grade:
                yield finding(
                    "fatal-without-grade-5",
                    "medium",
                    subject,
                    f"arms[{a}].complications[{c}].grade",
                    stated=f"{entry.term}: fatal, grade {entry.grade}",
                    computed="a fatal event is grade 5",
                    arithmetic=f"death by {entry.term} is grade 5, not {entry.grade} (CTCAE)",
                    would_change="counts of grade 3-4 and of fatal events",
                )


def grade_against_fatal(subject: Subject, case: Case) -> Iterator[Finding]:
    """Grade 5, or a death in words, beside an event that is said not to be fatal."""
    for a, arm in enumerate(subject.series.arms):
        for c, entry in enumerate(arm.complications or ()):
            said = "5" in (entry.grade or "") or DEATH.search(entry.term) is not None
            if entry.fatal is False and said:
                yield finding(
                    "grade-against-fatal",
                    "medium",
                    subject,
                    f"arms[{a}].complications[{c}].fatal",
                    stated=f"{entry.term}: grade {entry.grade or 'not stated'}, not fatal",
                    computed="grade 5 and a death in words are fatal",
                    arithmetic="grade 5 is a death; the event is kept as not fatal",
                    would_change="the count of fatal events",
                )
