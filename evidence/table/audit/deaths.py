"""Deaths, fatal events and responses that another therapy may explain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding, patients

DEATH = re.compile(r"\b(?:death|deaths|died|fatal|lethal|exitus)\b", re.IGNORECASE)


def attributed(subject: Subject, case: Case) -> Iterator[Finding]:
    """A response that another therapy may explain."""
    for block in subject.blocks:
        for e, exclusion in enumerate(block.responses.exclusions):
            yield finding(
                "attributed-response",
                "high",
                subject,
                f"{block.path}.exclusions[{e}]",
                stated=f"{exclusion.events} {exclusion.outcome} {exclusion.reason} ({block.scope})",
                computed=f"{exclusion.events} fewer {exclusion.outcome} without it",
                arithmetic=f"{patients(exclusion.events)} responded {exclusion.reason}; the "
                "response is not to the drug alone",
                would_change=f"{exclusion.outcome} and ORR; a switch leaves such responses out",
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
                stated=f"{exclusion.events} {exclusion.outcome} {exclusion.reason}",
                computed=f"{events} {exclusion.outcome} in all ({block.scope})",
                arithmetic=f"{exclusion.events} of {events} cannot be",
                would_change=f"{exclusion.outcome}: are these responses among those counted?",
            )


def death_elsewhere(subject: Subject, case: Case) -> Iterator[Finding]:
    """A death in the response cell that the complications do not mention."""
    for a, arm in enumerate(subject.series.arms):
        listed = any(c.fatal or DEATH.search(c.term) for c in arm.complications or ())
        for block in subject.blocks:
            deaths = block.responses.deaths
            if block.arm is not arm or not deaths or listed or arm.complications == ():
                continue
            yield finding(
                "death-outside-complications",
                "medium",
                subject,
                f"{block.path}.deaths",
                stated=_deaths(deaths, block.responses.death_cause) + " among the responses",
                computed="no death among the complications",
                arithmetic=f"{patients(deaths)} in the response cell, none in the complications",
                would_change="deaths and fatal complications; a death is not progressive disease",
                also=(f"arms[{a}].complications",),
            )


def none_beside_death(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications are printed as none, and a patient died."""
    for a, arm in enumerate(subject.series.arms):
        if arm.complications != ():
            continue
        for block in subject.blocks:
            if block.arm is arm and block.responses.deaths:
                deaths = block.responses.deaths
                yield finding(
                    "no-complications-beside-death",
                    "high",
                    subject,
                    f"arms[{a}].complications",
                    stated="no complications",
                    computed=_deaths(deaths, block.responses.death_cause) + " among the responses",
                    arithmetic=f"0 complications, {deaths} of {block.total} died",
                    would_change="complications are counted as none, which a death contradicts",
                    also=(f"{block.path}.deaths",),
                )


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
                    arithmetic=f"death is grade 5, not {entry.grade} (CTCAE)",
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
                    arithmetic="the flag and the words disagree",
                    would_change="the count of fatal events",
                )


def _deaths(number: int, cause: str | None) -> str:
    words = "1 death" if number == 1 else f"{number} deaths"
    return f"{words} ({cause})" if cause else words
