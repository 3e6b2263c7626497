"""What the text says of the paper's own patients against their row and the patient rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.model.series import Patient
from evidence.table.audit.base import Case, Subject, of_total
from evidence.table.audit.claims.own_patients import rows_of
from evidence.table.audit.claims.said import Said, claim, said
from evidence.table.audit.claims.text import LASTED, MEDIAN, RANGED, field_of
from evidence.table.audit.medians import medians_of, same_number, show_median, show_rows
from evidence.table.audit.patient_times import WEEKS_PER_MONTH
from evidence.table.percents import agrees
from evidence.table.words import NUMBER, number

_NUM = r"\d+(?:\.\d+)?"
_AFTER_END = re.compile(
    r"\b(?P<value>\d+)\s+months\s+after\s+(?:completing|completion|stopping|discontinu|the end of|"
    r"cessation)",
    re.IGNORECASE,
)
_WHICH = r"(?P<o>CR|PR|[Cc]omplete|[Pp]artial)\b(?:\s+(?:response|remission)s?)?"
_SHARE = rf"\(\s*(?P<p>{_NUM})\s*%"
_COUNTED = (
    re.compile(rf"\b(?P<n>{NUMBER})\s+{_WHICH}\s*{_SHARE}"),
    re.compile(
        rf"\b(?:with|had|were|and)\s+(?P<n>{NUMBER})\s+{_WHICH}(?=\s+(?:and|or)\b|[\s,]*[.;]|$)(?P<p>)"
    ),
    re.compile(
        rf"\b{_WHICH}s?\s+(?:(?:was|were)\s+\w+\s+)?in\s+(?P<n>{NUMBER})\s+patients?(?:\s*{_SHARE})?"
    ),
    re.compile(rf"(?P<n>)\b(?P<p>{_NUM})\s*%\s+{_WHICH}"),
    re.compile(
        rf"\b(?P<o>[Oo]verall) response rate(?:\s+(?:of|was)|\s*[,:=(])\s*(?P<p>{_NUM})\s*%(?P<n>)"
    ),
)
"""Ways to tell a response: ``2 CR (40%)``, ``with 3 complete and 1 partial responses``, ``CR in 2
patients``, ``40% CR``, overall rate."""
_PART = re.compile(
    r"\b(?:skin|cutaneous|mucosal|blood|nod(?:es?|al)|viscera\w*|marrow|metabolic|molecular|"
    r"cytogenetic|radio(?:log|graph)\w*|histolog\w*|patholog\w*|"
    r"(?:at|by|after|within)\s+(?:(?:week|month|year|day)s?\s+)?\d+)\b",
    re.IGNORECASE,
)
"""Words of a response in one compartment, by one method or at one time: not the overall one."""
OUTCOMES = {"complete": "CR", "partial": "PR", "overall": "ORR"}
TO_WEEKS = {"d": 1 / 7, "w": 1.0, "m": WEEKS_PER_MONTH, "y": 12 * WEEKS_PER_MONTH}


def medians(case: Case) -> Iterator[Finding]:
    """A stated median or range that the patient rows do not give."""
    for item in said(case):
        if item.references or item.cited():
            continue
        for subject, path, rows in rows_of(item):
            for match in (m for way in (MEDIAN, LASTED, RANGED) for m in way.finditer(item.text)):
                yield from _summary(match, item, subject, path, rows)


def _summary(
    match: re.Match[str], item: Said, subject: Subject, path: str, rows: tuple[Patient, ...]
) -> Iterator[Finding]:
    """What of one stated median or range is off, each part by itself."""
    what, (field, unit) = match["what"].strip(), field_of(match["what"])
    if field is None or all(getattr(p, field) is None for p in rows):
        return
    for name, told, computed, at in _off(match, rows, field, unit):
        yield claim(
            "claim-summary",
            "medium",
            item,
            subject,
            path,
            stated=f"{what}: {name} {told} {match['unit']}",
            computed=computed,
            arithmetic=f"rows, sorted: {show_rows(rows, field)} {unit}",
            would_change=f"the stated {what}",
            also=() if at is None else (f"{path}[{at}].{field}",),
        )


def _off(
    match: re.Match[str], rows: tuple[Patient, ...], field: str, unit: str
) -> Iterator[tuple[str, str, str, int | None]]:
    """(part, stated, computed in words, the row that shows it) of every part that is off."""
    stated, factor = match.groupdict(), _factor(match["unit"], unit)
    values = [getattr(p, field) for p in rows]
    known = [v for v in values if v is not None]
    for part, name, value in (("low", "lowest", min(known)), ("high", "highest", max(known))):
        told = stated.get(part)
        if told is not None and not same_number(float(told) * factor, value):
            words = f"{name} of the patient rows is {value:g} {unit}"
            yield name, told, words, values.index(value)
    told, medians = stated.get("value"), medians_of(rows, field)
    if told is None or not medians:
        return
    if not any(same_number(float(told) * factor, value) for value in medians.values()):
        yield "median", told, show_median(*next(iter(medians.items())), unit), None


def responses(case: Case) -> Iterator[Finding]:
    """Responses of the paper's own patients, told in the text, that their row does not give."""
    for item in said(case):
        if item.references or item.cited() or not item.reviewed or len(item.own) != 1:
            continue
        if _PART.search(item.text):
            continue
        subject = item.own[0]
        for match in (m for way in _COUNTED for m in way.finditer(item.text)):
            events, percent = number(match["n"]) if match["n"] else None, match["p"] or None
            outcome = OUTCOMES.get(match["o"].casefold(), match["o"])
            row = item.counts(subject, outcome)
            if row is None:
                continue
            off = events is not None and events != row[0]
            if not off and (percent is None or agrees(float(percent), *row, cut=True)):
                continue
            shown = f"({percent}%)" if percent and events is not None else f"{percent}%"
            yield claim(
                "claim-own-response",
                "high",
                item,
                subject,
                "arms[0].responses",
                stated=" ".join(
                    str(w) for w in (events, outcome, shown if percent else None) if w is not None
                ),
                computed=f"{row[0]} of {row[1]} in the table",
                arithmetic=of_total(*row),
                would_change=f"{outcome} of this series",
            )


def time_zero(case: Case) -> Iterator[Finding]:
    """A time told from the end of treatment that the rows count from its start."""
    for item in said(case):
        for subject, path, rows in rows_of(item):
            for match in _AFTER_END.finditer(item.text):
                value = float(match["value"])
                for index, patient in enumerate(rows):
                    if not _from_start(patient, value):
                        continue
                    weeks, months = patient.treatment_weeks or 0, patient.response_months or 0
                    yield claim(
                        "claim-time-zero",
                        "low",
                        item,
                        subject,
                        f"{path}[{index}].response_months",
                        stated=f"{value:g} months after the end of treatment",
                        computed=f"patient {patient.id}: {months:g} months after the end, "
                        f"{value:g} months after the start",
                        arithmetic=f"{weeks:g} weeks of treatment + {months:g} months = "
                        f"{weeks / WEEKS_PER_MONTH + months:.1f} months from the start",
                        would_change="which of the two figures enters the response duration",
                        also=(f"{path}[{index}].follow_up_months",),
                    )


def _from_start(patient: Patient, value: float) -> bool:
    months, follow_up = patient.response_months, patient.follow_up_months
    if months is None or follow_up != value or months == value:
        return False
    return abs((patient.treatment_weeks or 0) / WEEKS_PER_MONTH + months - value) <= 1


def _factor(stated: str, unit: str) -> float:
    if unit == "years":
        return 1.0
    factor = TO_WEEKS[stated[0].lower()]
    return factor if unit == "weeks" else factor / WEEKS_PER_MONTH
