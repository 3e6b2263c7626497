"""The running text as second source: which values of a series it confirms and which it denies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.extraction.cells.duration import DAYS
from evidence.extraction.prose.arms import arm_key
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.model.quantity import Duration
from evidence.model.series import Arm, Series

_COUNTS = ("CR", "PR", "SD", "PD", "MR", "NE", "ORR", "DCR")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A value of the series beside what sentences say of the same thing."""

    path: str
    value: float
    stated: tuple[tuple[float, ProseFact], ...]


def checks(series: Series, reading: ProseReading) -> dict[str, str]:
    """Path of a value to ``agrees: WORDS`` or ``differs: WORDS``; silent where the text is.

    A value counts as denied only when no sentence about the same outcome, group and kind of
    number agrees with it.
    """
    verdicts: dict[str, str] = {}
    for at, arm in enumerate(series.arms):
        lone = len(series.arms) == 1
        for claim in _claims(f"arms[{at}]", arm, reading, lone=lone):
            agreeing = [fact for value, fact in claim.stated if value == claim.value]
            if agreeing:
                verdicts[claim.path] = f"agrees: {agreeing[0].words}"
            elif claim.stated:
                verdicts[claim.path] = f"differs: {claim.stated[0][1].words}"
    return _without_timepoints(series, verdicts)


def _claims(path: str, arm: Arm, reading: ProseReading, *, lone: bool) -> Iterator[_Claim]:
    def mine(kind: str, name: str | None = None) -> list[ProseFact]:
        facts = [f for f in reading.of(kind) if name is None or f.name == name]
        if lone:
            return [f for f in facts if f.of_all]
        key = arm_key(arm.label or "")
        return [f for f in facts if f.scope is not None and key and arm_key(f.scope) == key]

    size = arm.size
    if size is not None:
        yield _claim(f"{path}.total", size, [(f.events, f) for f in mine("patients")])
    for at, block in enumerate(arm.responses):
        if block.scope != "all":
            continue
        here = f"{path}.responses[{at}]"
        for name in _COUNTS:
            events = getattr(block, name)
            if events is not None:
                yield _claim(
                    f"{here}.{name}", events, [(f.events, f) for f in mine("response", name)]
                )
        for name, percent in block.stated_percent.items():
            facts = [(f.percent, f) for f in mine("response", name)]
            yield _claim(f"{here}.stated_percent.{name}", percent, facts)
    yield from _duration(
        f"{path}.treatment_weeks", arm.treatment_weeks, "week", mine("time", "treatment")
    )
    yield from _duration(
        f"{path}.follow_up_months", arm.follow_up_months, "month", mine("time", "follow-up")
    )
    for at, duration in enumerate(arm.response_months):
        times = mine("time", duration.endpoint or "DOR")
        yield from _duration(f"{path}.response_months[{at}]", duration, "month", times)
    for at, item in enumerate(arm.complications or ()):
        if item.events is not None and item.preferred:
            told = [f for f in mine("complication", item.preferred) if f.grade == item.grade]
            yield _claim(
                f"{path}.complications[{at}].events", item.events, [(f.events, f) for f in told]
            )


def _claim(path: str, value: float, stated: list[tuple[float | int | None, ProseFact]]) -> _Claim:
    known = tuple((float(number), fact) for number, fact in stated if number is not None)
    return _Claim(path=path, value=float(value), stated=known)


def _duration(
    path: str, duration: Duration | None, unit: str, facts: list[ProseFact]
) -> Iterator[_Claim]:
    if duration is None:
        return
    for part in ("value", "median", "mean", "low", "high"):
        number = getattr(duration, part)
        if number is None:
            continue
        name = part if part in ("low", "high") else "value"
        told = [f for f in facts if part not in ("median", "mean") or f.statistic in (None, part)]
        yield _claim(f"{path}.{part}", round(number, 2), [(_in(f, name, unit), f) for f in told])


def _in(fact: ProseFact, name: str, unit: str) -> float | None:
    number: float | None = getattr(fact, name)
    if number is None or fact.unit is None or fact.unit == unit:
        return number
    return round(number * DAYS[fact.unit] / DAYS[unit], 2)


def _without_timepoints(series: Series, verdicts: dict[str, str]) -> dict[str, str]:
    """Where an arm reports several timepoints, a sentence that fits one denies none."""
    kept = dict(verdicts)
    for at, arm in enumerate(series.arms):
        whole = [i for i, block in enumerate(arm.responses) if block.scope == "all"]
        if len(whole) < 2:
            continue
        for i in whole:
            here = f"arms[{at}].responses[{i}]."
            for path in [p for p in kept if p.startswith(here) and kept[p].startswith("differs")]:
                del kept[path]
    return kept
