"""Units, statistics and endpoints mixed in one column, and durations against their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.columns import (
    COLUMNS,
    Timed,
    columns_of,
    listed_in,
    show,
    statistic_of,
    timed,
)
from evidence.table.places import place_of

DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
USUAL = 3
"""Series from which on a second unit of dose is a usual one."""
UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_TIME = re.compile(
    r"(?P<low>\d+(?:[.,·]\d+)?)\s*\+?\s*(?:(?:-+|–|—|to)\s*(?P<high>\d+(?:[.,·]\d+)?)\s*\+?\s*)?"
    r"(?P<unit>days?|d|weeks?|wks?|w|months?|mos?|m|years?|yrs?|y)\b\.?",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\d.,·\s()\[\]+<>≤≥~–—-]*\d[\d.,·\s()\[\]+<>≤≥~–—-]*")
_UNIT = re.compile(r"\b(days?|weeks?|wks?|months?|years?|yrs?)\b", re.IGNORECASE)


def unit_mixed(case: Case) -> Iterator[Finding]:
    """A duration in another unit than the rest of its column."""
    for name, (_, column) in COLUMNS.items():
        for items in columns_of(case, name):
            units = [(item, unit) for item in items if (unit := unit_of(item))]
            counted = Counter(unit for _, unit in units)
            if len(counted) < 2:
                continue
            common, times = counted.most_common(1)[0]
            if list(counted.values()).count(times) > 1:
                continue
            for item, unit in units:
                if unit != common:
                    yield finding(
                        "unit-mixed",
                        "medium",
                        item.subject,
                        item.field,
                        stated=item.words,
                        computed=_converted(item.words, unit, common),
                        arithmetic=f"{times} of {len(units)} {column} of this table are in "
                        f"{common}, this one in {unit}",
                        would_change=f"read as {common} it would be off by a factor of "
                        f"{_factor(unit, common)}",
                    )


def dose_unit_mixed(case: Case) -> Iterator[Finding]:
    """A dose in another unit than the rest: mg among mg/m² cannot be compared.

    Where two units are each used by several series they are two usual ways to dose: said once.
    """
    doses = [
        (subject, f"arms[{a}].regimen.dose_mg", arm.regimen.dose_mg.high, arm.regimen.dose_unit)
        for subject in case.subjects
        for a, arm in enumerate(subject.series.arms)
        if arm.regimen.dose_mg is not None
    ]
    counted = Counter(unit for _, _, _, unit in doses)
    if len(counted) < 2:
        return
    common, times = counted.most_common(1)[0]
    odd = [dose for dose in doses if dose[3] != common]
    if len(odd) >= USUAL:
        yield Finding(
            code="dose-unit-mixed",
            severity="low",
            series=None,
            field=None,
            stated=f"{len(doses)} doses",
            computed=", ".join(f"{n} in {unit}" for unit, n in counted.most_common()),
            arithmetic="not one scale: " + " and ".join(unit for unit, _ in counted.most_common()),
            places=tuple(place_of(subject.series, field) for subject, field, _, _ in odd),
            would_change="groups by dose: only doses in one unit can be compared",
        )
    elif 2 * times > len(doses):
        for subject, field, dose, unit in odd:
            yield finding(
                "dose-unit-mixed",
                "medium",
                subject,
                field,
                stated=f"{dose:g} {unit}",
                computed=f"{times} of {len(doses)} doses are in {common}",
                arithmetic=f"{unit} and {common} are not one scale",
                would_change="the dose band of this series",
            )


def statistic_mixed(case: Case) -> Iterator[Finding]:
    """Lists, bounds, ranges and counts among the medians of a column of response durations."""
    for items in columns_of(case, "response_months"):
        kinds = [(item, statistic_of(item.duration) or listed_in(item, items)) for item in items]
        plain = [item for item, kind in kinds if kind is None]
        if not plain:
            continue
        for item, kind in kinds:
            if kind is not None:
                yield finding(
                    "statistic-mixed",
                    "low",
                    item.subject,
                    item.field,
                    stated=item.words or show(item.duration),
                    computed=kind,
                    arithmetic=f"{len(plain)} of {len(kinds)} response durations of this table are "
                    f"single values, this one is {kind}",
                    would_change="a summary of the medians must leave it out",
                )


def treatment_mixed(case: Case) -> Iterator[Finding]:
    """Ranges and lists among the single values of a column of treatment durations: said once."""
    for items in columns_of(case, "treatment_weeks"):
        kinds = [(item, statistic_of(item.duration) or "a single value") for item in items]
        counted = Counter(kind for _, kind in kinds)
        if len(counted) < 2:
            continue
        odd = [item for item, kind in kinds if kind != "a single value"]
        source = items[0].subject.series.source
        words = ", ".join(f"{n} × {kind.removeprefix('a ')}" for kind, n in counted.most_common())
        yield Finding(
            code="treatment-statistic-mixed",
            severity="low",
            series=None,
            field=None,
            stated=f"treatment durations of table {source.table or '?'} of {source.document}",
            computed=words,
            arithmetic="; ".join(f"{i.subject.series.label}: {i.words or '?'}" for i in odd),
            places=tuple(place_of(i.subject.series, i.field) for i in odd),
            would_change="no median of these durations can be given without the patients",
        )


def endpoint_mixed(case: Case) -> Iterator[Finding]:
    """Another endpoint than the column's: response duration where any is one, else the usual."""
    for items in columns_of(case, "response_months"):
        kinds = [(item, item.duration.endpoint or "DOR") for item in items]
        counted = Counter(kind for _, kind in kinds)
        own = "DOR" if "DOR" in counted else counted.most_common(1)[0][0]
        meant = "response duration" if own == "DOR" else own
        for item, kind in kinds:
            if kind != own:
                yield finding(
                    "endpoint-mixed",
                    "medium",
                    item.subject,
                    item.field,
                    stated=item.words or show(item.duration),
                    computed=f"{kind}, not {meant}",
                    arithmetic=f"{kind} runs from the start of treatment in all patients, a "
                    "response duration from the response in responders"
                    if own == "DOR"
                    else f"{counted[own]} of {len(kinds)} of this column are {own}",
                    would_change="endpoints are never pooled together",
                )


def against_words(subject: Subject, case: Case) -> Iterator[Finding]:
    """A stored duration that the paper's own words, converted, do not give."""
    for name, (unit, _) in COLUMNS.items():
        for item in timed(subject, name):
            stored = [
                v
                for v in (
                    item.duration.point,
                    item.duration.low,
                    item.duration.high,
                    *item.duration.values,
                )
                if v is not None
            ]
            cell = place_of(subject.series, item.field).text or ""
            printed = [n for words in {item.words, cell} for n in _printed_numbers(words, unit)]
            if not stored or not printed:
                continue
            off = [v for v in stored if not any(abs(v - p) <= 0.03 * p + 0.06 for p in printed)]
            if off:
                shown = ", ".join(f"{p:.3g}" for p in _printed_numbers(item.words, unit))
                yield finding(
                    "duration-against-words",
                    "high",
                    subject,
                    item.field,
                    stated=item.words,
                    computed=f"kept as {off[0]:g} {unit}",
                    arithmetic=f"{item.words} is {shown} {unit}, not {off[0]:g}",
                    would_change="the duration of this series",
                )


def unit_of(item: Timed) -> str | None:
    """The unit a duration is printed in: its own, else, of bare numbers, that of its head."""
    return printed_unit(item.head if _BARE.fullmatch(item.words) else item.words)


def printed_unit(words: str) -> str | None:
    """The only unit of time in a cell, after a number or else at all; None for none or several."""
    beside = (m["unit"] for m in _TIME.finditer(words))
    units = {UNITS[unit[0].lower()] for unit in beside} or {
        UNITS[m[1][0].lower()] for m in _UNIT.finditer(words)
    }
    return units.pop() if len(units) == 1 else None


def _printed_numbers(words: str, unit: str) -> list[float]:
    """Every number of a cell in the unit it is kept in; none where the cell mixes units."""
    own = printed_unit(words)
    if own is None:
        return []
    return [float(n) * DAYS[own] / DAYS[unit] for n in re.findall(r"\d+(?:\.\d+)?", words)]


def _converted(words: str, unit: str, common: str) -> str:
    numbers = [float(n) * DAYS[unit] / DAYS[common] for n in re.findall(r"\d+(?:\.\d+)?", words)]
    return ", ".join(f"{n:.2g}" for n in numbers) + f" {common}"


def _factor(unit: str, common: str) -> str:
    factor = DAYS[common] / DAYS[unit]
    return f"{factor if factor >= 1 else 1 / factor:.2g}"
