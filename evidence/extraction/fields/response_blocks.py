"""The blocks of an arm merged by scope, compartment and time, each with its total."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from evidence.extraction.cells.blocks import ALL, Block
from evidence.extraction.cells.patients import Patients
from evidence.extraction.cells.shares import ROUNDING
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.found import Value
from evidence.model.series import Exclusion, Responses

N = TypeVar("N", int, float)
_REFUSED = "the count beside it exceeds the patients"
COUNTED = ("CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR", "deaths")
"""Outcomes with a field of their own in ``Responses``."""
RESPONSES = {"CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR"}
"""Of these, the answers to the treatment, which are counted over the same patients."""
Placed = tuple[str, Block]
"""A block and the cell it was read from."""


def build_responses(arm: ArmReader) -> tuple[Responses, ...]:
    """Blocks merged by scope, compartment, time and total, each with what fits in it."""
    places: dict[tuple[bool, bool, bool, str, str | None, str | None], list[Placed]] = {}
    for key, block in arm.blocks:
        scope = _scope(arm, block.scope)
        when, where = block.timepoint, block.compartment
        place = (where is not None, scope != _scope(arm, ALL), when is not None, scope, when, where)
        places.setdefault(place, []).append((key, block))
    merged: list[Block] = []
    for place in sorted(places, key=lambda place: place[:3]):
        merged += _merge_by_total(arm, places[place], *place[3:])
    return tuple(_responses(arm, at, block) for at, block in enumerate(merged))


def _merge_by_total(
    arm: ArmReader, placed: list[Placed], scope: str, when: str | None, where: str | None
) -> list[Block]:
    """One block for what is counted over the same patients: relapses among 20 responders are not
    over the 22 patients whose responses stand beside them.

    Amounts without a total of their own belong to the one total that responses are printed with,
    else to the patients of the scope.
    """
    printed = {
        block.total.value for _, block in placed if block.total is not None and _of_responses(block)
    }
    if len(printed) > 1:
        said = "Responses are printed over " + " and ".join(str(n) for n in sorted(printed))
        arm.notes.problem("several-totals", f"{said} patients.", placed[-1][0])
    patients = _total(arm, Block(scope=scope, compartment=where))
    shared = printed.pop() if len(printed) == 1 else patients.value if patients else None
    totals = [block.total.value if block.total is not None else shared for _, block in placed]
    merged = {
        total: Block(scope=scope, timepoint=when, compartment=where)
        for total in sorted(dict.fromkeys(totals), key=lambda total: total != shared)
    }
    for total, (key, block) in zip(totals, placed, strict=True):
        _merge(arm, merged[total], block, key)
    return list(merged.values())


def _of_responses(block: Block) -> bool:
    """Whether the block's total is that of answers to the treatment, or of all it says."""
    names = block.counts.keys() | block.percents.keys()
    return not names or bool(RESPONSES & names)


def _merge(arm: ArmReader, held: Block, block: Block, key: str) -> None:
    for name, count in block.counts.items():
        _keep(arm, held.counts, name, count.at(key))
    for name, percent in block.percents.items():
        _keep(arm, held.percents, name, percent.at(key))
    if block.total is not None:
        held.total = held.total or block.total.at(key)
    held.death_cause = held.death_cause or block.death_cause
    held.exclusions += block.exclusions


def _keep(arm: ArmReader, held: dict[str, Value[Any]], name: str, value: Value[Any]) -> None:
    if name in held and held[name].value != value.value:
        said = f"{name} is printed as {held[name].value:g} and as {value.value:g}"
        arm.notes.problem("contradiction-in-row", f"{said}.", value.cell)
        held[name] = replace(held[name], doubt=held[name].doubt or said)
    held.setdefault(name, value)


def _scope(arm: ArmReader, scope: str) -> str:
    """*All* of a series inside a larger group is the larger group."""
    if scope == ALL and arm.patients.within is not None:
        return arm.patients.within[0]
    return scope


def _total(arm: ArmReader, block: Block) -> Value[int] | None:
    """Patients of the scope: printed with the counts, else as the patients' column says."""
    patients, key = arm.patients, arm.patients_key
    if block.total is not None:
        return block.total
    total = _patients_total(arm, block, patients, key)
    if total is None or patients.doubt is None:
        return total
    return replace(total, doubt=total.doubt or patients.doubt)


def _patients_total(
    arm: ArmReader, block: Block, patients: Patients, key: str
) -> Value[int] | None:
    """Patients of the scope by the patients' column."""
    if patients.within is not None and block.scope == patients.within[0]:
        return patients.within[1].at(key)
    if block.scope in patients.population:
        return patients.population[block.scope].at(key)
    if block.scope != ALL or block.compartment is not None:
        return None
    if arm.evaluable is not None:
        return arm.evaluable
    if patients.total is not None:
        return patients.total.at(key)
    return _sum([value.at(key) for value in patients.population.values()])


def _sum(values: list[Value[int]]) -> Value[int] | None:
    if not values:
        return None
    own = [value for value in values if value.cell == values[0].cell]
    return Value(
        value=sum(value.value for value in values),
        start=min(value.start for value in own),
        end=max(value.end for value in own),
        derived=len(values) > 1,
        cell=values[0].cell,
    )


def _responses(arm: ArmReader, at: int, block: Block) -> Responses:
    path = f"{arm.path}.responses[{at}]"
    total = _total(arm, block)
    _settle_order(arm, block, total)
    counts: dict[str, int] = {}
    other: dict[str, int] = {}
    for name, value in block.counts.items():
        if total is not None and value.value > total.value:
            _refuse(arm, name, value, total)
            if name in block.percents:
                block.percents[name] = replace(block.percents[name], doubt=_REFUSED)
            continue
        (counts if name in COUNTED else other)[name] = value.value
        place = name if name in COUNTED else f"other.{name}"
        arm.notes.note_value(f"{path}.{place}", value.cell or "", value)
    for name, percent in block.percents.items():
        arm.notes.note_value(f"{path}.stated_percent.{name}", percent.cell or "", percent)
    if total is not None:
        arm.notes.note_value(f"{path}.total", total.cell or "", total)
    return Responses(
        scope=block.scope,
        timepoint=block.timepoint,
        compartment=block.compartment,
        total=total.value if total else None,
        other=other,
        stated_percent={name: value.value for name, value in block.percents.items()},
        death_cause=block.death_cause.value if block.death_cause else None,
        exclusions=tuple(
            Exclusion(outcome=outcome, events=events.value, reason=reason.value)
            for outcome, events, reason in block.exclusions
            if outcome in counts
        ),
        **counts,
    )


def _settle_order(arm: ArmReader, block: Block, total: Value[int] | None) -> None:
    """``62 (34)`` among 55 patients is 62 % (34), where only that order is right."""
    for name, count in block.counts.items():
        percent = block.percents.get(name)
        if (
            percent is None
            or not total
            or not total.value
            or percent.cell != count.cell
            or percent.value % 1
        ):
            continue
        signed = "%" in arm.text(percent.cell or "")
        swapped = abs(100 * percent.value / total.value - count.value) <= ROUNDING
        if (
            swapped
            and not signed
            and abs(100 * count.value / total.value - percent.value) > ROUNDING
        ):
            block.counts[name] = _with_place(int(percent.value), percent)
            block.percents[name] = _with_place(float(count.value), count)


def _with_place(number: N, place: Value[Any]) -> Value[N]:
    """The number at the place of another value."""
    return Value(value=number, start=place.start, end=place.end, cell=place.cell)


def _refuse(arm: ArmReader, name: str, value: Value[int], total: Value[int]) -> None:
    arm.notes.problem(
        "count-above-total",
        f"{name} is {value.value} among {total.value} patients; it was not kept.",
        value.cell,
        remedy="look at the cell and enter the count by hand",
    )
