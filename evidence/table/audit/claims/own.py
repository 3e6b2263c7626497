"""What the text says of the paper's own patients against the patient rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from evidence.model.finding import Finding, FindingSeverity
from evidence.model.series import Patient
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.claims.text import NUMBER, Said, number, said
from evidence.table.audit.patients import WEEKS_PER_MONTH, same_number
from evidence.table.percents import agrees

_NUM = r"\d+(?:\.\d+)?"
MEDIAN = re.compile(
    rf"\bmedian\s+(?P<what>[a-z][a-z\- ]{{2,70}}?)\s+(?:was|is|of|were|:)\s+(?P<value>{_NUM})\s*"
    rf"(?P<unit>days?|weeks?|months?|years?)(?:\s*\((?:range[,:]?\s*)?(?P<low>{_NUM})\s*"
    rf"(?:-{{1,3}}|–|—|to)\s*(?P<high>{_NUM}))?",
    re.IGNORECASE,
)
_SEXES = re.compile(
    rf"\b(?P<f>{NUMBER})\s+(?:women|females?)\s*(?:,|and)\s*(?P<m>{NUMBER})\s+(?:men|males?)\b"
    rf"|\b(?P<m2>{NUMBER})\s+(?:men|males?)\s*(?:,|and)\s*(?P<f2>{NUMBER})\s+(?:women|females?)\b",
    re.IGNORECASE,
)
_AFTER_END = re.compile(
    r"\b(?P<value>\d+)\s+months\s+after\s+(?:completing|completion|stopping|discontinu|the end of|"
    r"cessation)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?P<o>CR|PR|complete|partial)\b(?:\s+(?:response|remission)s?)?\s*"
    rf"(?:\(\s*(?P<p>{_NUM})\s*%\s*\))"
)
_RATE = re.compile(
    rf"\boverall response rate(?:\s+(?:of|was)|\s*[,:=(])\s*(?P<p>{_NUM})\s*%", re.IGNORECASE
)
OUTCOMES = {"complete": "CR", "partial": "PR"}
FIELDS = (
    ("time to", "weeks_to_response", "weeks"),
    ("follow", "follow_up_months", "months"),
    ("respon", "response_months", "months"),
    ("remission", "response_months", "months"),
    ("treatment", "treatment_weeks", "weeks"),
    ("age", "age", "years"),
)
"""Word in a stated median → field of a patient and its unit; the first that occurs decides."""
TO_WEEKS = {"d": 1 / 7, "w": 1.0, "m": WEEKS_PER_MONTH, "y": 12 * WEEKS_PER_MONTH}


def medians(case: Case) -> Iterator[Finding]:
    """A stated median or range that the patient rows do not give."""
    for item in said(case):
        if item.references:
            continue
        for subject, rows in _rows(item):
            for match in MEDIAN.finditer(item.text):
                field, unit = field_of(match["what"])
                values = [v for p in rows if field and (v := getattr(p, field)) is not None]
                if not field or not values:
                    continue
                factor = _factor(match["unit"], unit)
                expected = {"value": median(values), "low": min(values), "high": max(values)}
                for part, computed in expected.items():
                    stated = match[part]
                    if stated is None or same_number(float(stated) * factor, computed):
                        continue
                    name = "median" if part == "value" else part
                    yield _claim(
                        "claim-summary",
                        "medium",
                        subject,
                        item,
                        "arms[0].patients",
                        stated=f"{match['what'].strip()}: {name} {stated} {match['unit']}",
                        computed=f"{name} of the patient rows is {computed:g} {unit}",
                        arithmetic=f"rows: {', '.join(f'{v:g}' for v in sorted(values))}",
                        would_change=f"the stated {match['what'].strip()}",
                    )


def sexes(case: Case) -> Iterator[Finding]:
    """A stated number of women and men that the patient rows do not give."""
    for item in said(case):
        for subject, rows in _rows(item):
            match = _SEXES.search(item.text)
            known = [p.sex for p in rows if p.sex is not None]
            if match is None or len(known) != len(rows):
                continue
            women, men = number(match["f"] or match["f2"]), number(match["m"] or match["m2"])
            counted = known.count("F"), known.count("M")
            if women + men != len(rows) or (women, men) == counted:
                continue
            yield _claim(
                "claim-sexes",
                "medium",
                subject,
                item,
                "arms[0].patients",
                stated=f"{women} women and {men} men",
                computed=f"{counted[0]} women and {counted[1]} men in the patient rows",
                arithmetic=f"{counted[0]} + {counted[1]} = {len(rows)} rows",
                would_change="the description of the patients",
            )


def responses(case: Case) -> Iterator[Finding]:
    """Responses of the paper's own patients, told in the text, that their row does not give."""
    for item in said(case):
        if item.references or not item.reviewed or len(item.own) != 1:
            continue
        subject = item.own[0]
        told: list[tuple[str, int | None, str | None]] = [
            (m["o"], number(m["n"]), m["p"]) for m in _COUNTED.finditer(item.text)
        ]
        told += [("ORR", None, m["p"]) for m in _RATE.finditer(item.text)]
        for word, events, percent in told:
            outcome = OUTCOMES.get(word.casefold(), word.upper())
            row = counts_in_table(subject, outcome, case)
            if row is None:
                continue
            off = events is not None and events != row[0]
            if not off and (percent is None or agrees(float(percent), *row, cut=True)):
                continue
            shown = "" if percent is None else f" ({percent} %)"
            yield _claim(
                "claim-own-response",
                "medium",
                subject,
                item,
                "arms[0].responses",
                stated=f"{'' if events is None else events} {outcome}{shown}".strip(),
                computed=f"{row[0]} of {row[1]} in the table",
                arithmetic=f"{row[0]} of {row[1]} is {100 * row[0] / row[1]:.1f} %",
                would_change=f"{outcome} of this series",
            )


def counts_in_table(subject: Subject, outcome: str, case: Case) -> tuple[int, int] | None:
    """Events and total of a series' whole-series row; None where it has none."""
    for row in case.rows:
        mine = row.series == subject.series.series and row.outcome == outcome
        if mine and row.stratum == "all" and row.events is not None and row.total:
            return row.events, row.total
    return None


def time_zero(case: Case) -> Iterator[Finding]:
    """A time told from the end of treatment that the rows count from its start."""
    for item in said(case):
        for subject, rows in _rows(item):
            for match in _AFTER_END.finditer(item.text):
                value = float(match["value"])
                for index, patient in enumerate(rows):
                    if not _from_start(patient, value):
                        continue
                    weeks, months = patient.treatment_weeks or 0, patient.response_months or 0
                    yield _claim(
                        "claim-time-zero",
                        "low",
                        subject,
                        item,
                        f"arms[0].patients[{index}].response_months",
                        stated=f"{value:g} months after the end of treatment",
                        computed=f"patient {patient.id}: {months:g} months after the end, "
                        f"{value:g} months after the start",
                        arithmetic=f"{weeks:g} weeks of treatment + {months:g} months = "
                        f"{weeks / WEEKS_PER_MONTH + months:.1f} months from the start",
                        would_change="which of the two figures enters the response duration",
                    )


def _from_start(patient: Patient, value: float) -> bool:
    months, follow_up = patient.response_months, patient.follow_up_months
    if months is None or follow_up != value or months == value:
        return False
    return abs((patient.treatment_weeks or 0) / WEEKS_PER_MONTH + months - value) <= 1


def _rows(item: Said) -> Iterator[tuple[Subject, tuple[Patient, ...]]]:
    for subject in item.own:
        for arm in subject.series.arms:
            if arm.patients:
                yield subject, arm.patients


def field_of(what: str) -> tuple[str | None, str]:
    """Field of a patient and its unit for the words after *median*; None for other subjects."""
    folded = what.casefold()
    return next(((f, unit) for word, f, unit in FIELDS if word in folded), (None, ""))


def _factor(stated: str, unit: str) -> float:
    if unit == "years":
        return 1.0
    factor = TO_WEEKS[stated[0].lower()]
    return factor if unit == "weeks" else factor / WEEKS_PER_MONTH


def _claim(
    code: str,
    severity: FindingSeverity,
    subject: Subject,
    item: Said,
    field: str,
    *,
    stated: str,
    computed: str,
    arithmetic: str,
    would_change: str,
) -> Finding:
    made = finding(
        code,
        severity,
        subject,
        field,
        stated=stated,
        computed=computed,
        arithmetic=arithmetic,
        would_change=would_change,
    )
    return replace(made, places=(item.sentence.place, *made.places))
