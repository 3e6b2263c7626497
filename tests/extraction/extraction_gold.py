"""Compare extracted series with a hand transcription of a table of published series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.model.quantity import Duration
from evidence.model.series import Arm, Series

OUTCOMES = ("CR", "PR", "SD", "PD")
POOLED = {"MF_or_SS": "MF/SS"}
PARENTS = {"low_grade_NHL": "NHL", "all_NHL": "NHL"}
CONVERTED_MONTHS = 0.005
"""Half of the last decimal of a converted duration."""


def differences(series: Series, row: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Every field of the transcription: (field, read, expected)."""
    arm = series.arms[0]
    yield "year", series.citation.year, row["year"]
    yield "reference", series.citation.reference, row["ref"]
    yield (
        "population",
        arm.population,
        {POOLED.get(name, name): n for name, n in row["n"]["by_disease"].items()},
    )
    yield from _regimen(arm, row["regimen"])
    yield "treatment", _weeks(arm.treatment_weeks), _gold_weeks(row["treatment_duration"])
    yield from _responses(arm, row)
    yield "months", [_months(d) for d in arm.response_months], _gold_months(row)
    yield from _complications(arm, row["complications"])


def _regimen(arm: Arm, gold: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    regimen = arm.regimen
    yield "drug", regimen.drug, gold["drug"]
    dose = regimen.dose_mg
    read = (dose.low, dose.high, regimen.dose_unit) if dose else None
    yield "dose", read, (gold["dose_mg"]["low"], gold["dose_mg"]["high"], "mg")
    yield "routes", list(regimen.routes), gold["routes"]
    per_week = regimen.doses_per_week
    yield "per week", per_week.low if per_week else None, gold["doses_per_week"]


def _weeks(weeks: Duration | None) -> Any:
    if weeks is None:
        return None
    return weeks.values or (weeks.value or weeks.low, weeks.value or weeks.high)


def _gold_weeks(gold: dict[str, Any]) -> Any:
    match gold["kind"]:
        case "not_stated":
            return None
        case "list":
            return tuple(gold["values"])
        case "value":
            return gold["value"], gold["value"]
        case _:
            return gold["low"], gold["high"]


def _responses(arm: Arm, row: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    blocks = {block.scope: block for block in arm.responses}
    only = next(iter(arm.population)) if len(arm.population) == 1 and not arm.within else None
    for stated in row["response"]["stated"]:
        scope = PARENTS.get(stated["scope"], stated["scope"])
        scope = "all" if scope in (only, POOLED.get(scope)) or scope == "L-CTCL" else scope
        block = blocks.get(scope)
        for outcome in OUTCOMES:
            if outcome in stated:
                yield f"{scope} {outcome}", getattr(block, outcome, None), stated[outcome]
        if "death" in stated:
            yield "deaths", block and block.deaths, stated["death"]
            yield "cause", block and block.death_cause, stated["death_cause"]
        if "denominator" in stated:
            yield f"{scope} total", block and block.total, stated["denominator"]
        percents = block.stated_percent if block else {}
        if "OR_pct" in stated:
            yield f"{scope} ORR %", percents.get("ORR"), stated["OR_pct"]
        if "pct" in stated:
            yield f"{scope} %", percents.get(stated["label_printed"]), stated["pct"]
        if "qualifier" in stated:
            reasons = [exclusion.reason for exclusion in block.exclusions] if block else []
            yield "qualifier", reasons, [stated["qualifier"]]
    total = sum(n for n in row["n"]["by_disease"].values())
    if "all" in blocks:
        yield "total", blocks["all"].total, total
        missing = [o for o in OUTCOMES if row["response"]["counts"].get(o) is None]
        yield "not reported", [getattr(blocks["all"], o) for o in missing], [None] * len(missing)


def _months(months: Duration) -> Any:
    if months.values:
        return tuple(months.values)
    number = months.median if months.median is not None else months.value
    return number, months.comparator, months.patients, months.by_disease or None


def _gold_months(row: dict[str, Any]) -> list[Any]:
    signs = {"less_than": "<", "more_than": ">"}
    gold = [entry for entry in row["response_duration"] if "value" in entry]
    if any(entry.get("statistic") == "individual" for entry in gold):
        return [tuple(entry["value"] for entry in gold)]
    return [
        (
            entry.get("months", entry["value"]),
            signs.get(entry.get("qualifier", "")),
            entry.get("n"),
            entry.get("by_disease"),
        )
        for entry in gold
    ]


def _complications(arm: Arm, gold: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(gold, dict):
        yield "complications", arm.complications, None
        return
    read = list(arm.complications or ())
    yield "complications", len(read), len(gold)
    for item, expected in zip(read, gold, strict=False):
        name = expected["term"]
        yield f"{name}: events", item.events, expected["count"]
        yield f"{name}: group", item.group, expected["group"]
        if expected["grade"] not in (None, 5):
            yield f"{name}: grade", item.grade, str(expected["grade"])
        yield f"{name}: fatal", item.fatal, expected["fatal"]
        yield f"{name}: symptomatic", item.symptomatic, expected.get("symptomatic")
        yield f"{name}: restricted", bool(item.restricted_to), "restricted_to" in expected
        yield f"{name}: companion", bool(item.with_terms), "co_event" in expected
        if "AMBIGUOUS" not in expected["pt"] and " or " not in expected["pt"]:
            yield f"{name}: preferred", _same(item.preferred), _same(expected["pt"])


def _same(term: str | None) -> str:
    """Preferred terms up to the words that only say how they were found."""
    text = (term or "").lower().replace("(unspecified)", "").strip()
    return "infection" if text in ("infection", "infection unspecified") else text
