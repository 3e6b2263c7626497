"""What the text quotes of one reviewed series: its rate, its dose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, of_total
from evidence.table.audit.claims.said import claim, reference_of, said
from evidence.table.audit.claims.text import without_references

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_RESPONSE = re.compile(r"\brespon(?:se|ses|ders?|ded)\b[^.;]*%|%[^.;]*\brespon", re.IGNORECASE)
_OTHER_RATE = re.compile(r"surviv|free|relaps|mortality|reduction|confidence", re.IGNORECASE)
_COMPLETE = re.compile(r"\bcomplete (?:response|remission)|\bCR\b", re.IGNORECASE)
_DOSE = re.compile(
    r"(?:(?P<low>\d+(?:\.\d+)?)\s*(?:to|or|and|-+|–)\s*)?(?P<mg>\d+(?:\.\d+)?)\s*mg\b"
    r"(?:\s*/\s*(?P<per>kg|m2|m²)\b)?(?P<day>\s*(?:/\s*d(?:ay)?\b|per\s+day|a\s+day|daily))?(?!\s*/)",
    re.IGNORECASE,
)
ROUTE_WORDS = {
    "SC": re.compile(r"\bsubcutaneous(?:ly)?\b|\bSC\b|\bs\.c\."),
    "IV": re.compile(r"\bintravenous(?:ly)?\b|\bIV\b|\bi\.v\."),
    "PO": re.compile(r"\boral(?:ly)?\b|\bby mouth\b|\bPO\b"),
    "IM": re.compile(r"\bintramuscular(?:ly)?\b"),
    "IL": re.compile(r"\bintralesional(?:ly)?\b"),
}


def rates(case: Case) -> Iterator[Finding]:
    """Response rates quoted for series whose rows neither print nor give them."""
    for item in said(case):
        percents = [float(p) for p in _PERCENT.findall(without_references(item.text))]
        cited = item.cited()
        about = _RESPONSE.search(item.text) and not _OTHER_RATE.search(item.text)
        complete = len(item.references) in (0, len(cited))
        if not percents or len(percents) != len(cited) or not about or not complete:
            continue
        outcome = "CR" if _COMPLETE.search(item.text) else "ORR"
        for percent, subject in zip(percents, cited, strict=True):
            row = item.against(subject, outcome, percent)
            if row is None:
                continue
            yield claim(
                "claim-rate",
                "high",
                item,
                subject,
                "arms[0].responses[0]",
                stated=f"{outcome} {percent:g}% for {_named(subject)}",
                computed=of_total(*row),
                arithmetic=f"{subject.series.label}: {row[0]} of {row[1]} in the table",
                would_change="a claim about this series' response",
            )


def doses(case: Case) -> Iterator[Finding]:
    """A dose or route quoted for series whose rows had another."""
    for item in said(case):
        for subject in item.cited():
            stated = _doses_in(item.about(subject))
            routes = {n for n, words in ROUTE_WORDS.items() if words.search(item.about(subject))}
            given = _doses_given(subject)
            units = {unit for _, _, unit in given}
            told = {(dose, unit) for dose, unit in stated if unit in units}
            other_dose = bool(told) and not any(
                low <= dose <= high and unit == own
                for dose, unit in told
                for low, high, own in given
            )
            mine = {route for arm in subject.series.arms for route in arm.regimen.routes}
            other_route = len(routes) == 1 and bool(mine) and not routes & mine
            if not other_dose and not other_route:
                continue
            shown = sorted(told or stated)
            words = " ".join([*(f"{d:g} {unit}" for d, unit in shown), *sorted(routes)])
            row = f"{_show_given(given)} {'/'.join(sorted(mine))}".strip()
            yield claim(
                "claim-dose",
                "high",
                item,
                subject,
                "arms[0].regimen.dose_mg" if other_dose else "arms[0].regimen.routes",
                stated=f"{words} for {_named(subject)}",
                computed=f"{subject.series.label} gave {row}",
                arithmetic=f"{words} in the text, {row} in the table",
                would_change="a claim about a dose or route",
            )


def _doses_in(text: str) -> set[tuple[float, str]]:
    """(dose, unit) of every dose in a text; one of a day by the day and by itself."""
    found = set()
    for match in _DOSE.finditer(text):
        unit = f"mg/{match['per'].replace('²', '2')}" if match["per"] else "mg"
        for value in filter(None, (match["low"], match["mg"])):
            found |= {(float(value), u) for u in (unit, match["day"] and f"{unit}/d") if u}
    return found


def _doses_given(subject: Subject) -> list[tuple[float, float, str]]:
    """(lowest, highest, unit) of every arm's dose, and of the steps towards it."""
    regimens = [arm.regimen for arm in subject.series.arms]
    given = [(r.dose_mg.low, r.dose_mg.high, r.dose_unit) for r in regimens if r.dose_mg]
    return given + [(d, d, r.dose_unit) for r in regimens for d in r.escalation_mg if r.dose_mg]


def _show_given(given: list[tuple[float, float, str]]) -> str:
    highest = dict.fromkeys(f"{high:g} {unit}" for _, high, unit in given)
    return ", ".join(highest)


def _named(subject: Subject) -> str:
    reference = reference_of(subject)
    return subject.series.label if reference is None else f"reference {reference}"
