"""Doses: amounts with a unit, powers of ten, strengths, and steps of an escalation."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, kind_at, word_at
from evidence.model.quantity import Amount

RISING = {"then", "to", "followed", "by", "increased", "increasing", "escalated", "escalating",
          "titrated", "up", "and", "from", "subsequently"}  # fmt: skip
"""Words between the steps of a dose that is raised."""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def read_dose(
    tokens: Sequence[Token], ledger: Ledger, found: RegimenFound, unit: str | None
) -> None:
    """The dose of the tokens; ``unit`` is what the head gives to bare numbers."""
    for at, token in enumerate(tokens):
        if token.kind == "dose" and token.name == "AUC" and kind_at(tokens, at + 1) == "number":
            _set_auc(tokens, at, ledger, found)
            continue
        if token.kind != "dose" or at == 0 or tokens[at - 1].kind not in ("number", "range"):
            continue
        if _is_power(tokens, at - 1):
            continue
        first = _first_of_series(tokens, at - 1)
        stop, label = _per(tokens, at)
        if found.dose is None:
            _set_dose(tokens, first, at, found)
            found.dose_unit = token.name + label
            ledger.use_range(first, stop)
            _read_steps(tokens, first, stop, ledger, found)
        elif at in ledger.used:
            continue
        elif (token.name + label, _amount(tokens[at - 1])) != (found.dose_unit, found.dose.value):
            found.doubt = "several doses are printed"
    if found.dose is None:
        _read_powers(tokens, ledger, found)
    strengths = [at for at, token in enumerate(tokens) if token.kind == "percent"]
    if found.dose is None and len(strengths) == 1:
        strength = tokens[strengths[0]]
        found.dose, found.dose_unit = value_of(_amount(strength), strength), "%"
        ledger.use(strengths[0])
    if found.dose is None and unit is not None:
        bare = _bare_dose(tokens)
        if bare is not None:
            found.dose, found.dose_unit = value_of(_amount(tokens[bare]), tokens[bare]), unit
            ledger.use(bare)


def _bare_dose(tokens: Sequence[Token]) -> int | None:
    """The one number without a unit, else the one behind its drug (``Fludarabine 25 d 1-3``)."""
    bare = [
        at
        for at, token in enumerate(tokens)
        if token.kind in ("number", "range") and not _is_interval(tokens, at)
    ]
    chosen = bare if len(bare) == 1 else [at for at in bare if kind_at(tokens, at - 1) == "drugs"]
    return chosen[0] if len(chosen) == 1 and not _is_time(tokens, chosen[0]) else None


def _is_interval(tokens: Sequence[Token], at: int) -> bool:
    """The 2 of ``20 / 2 wk``, ``20 every 2 weeks``."""
    return kind_at(tokens, at - 1) in ("/", "every") and _is_time(tokens, at)


def _is_time(tokens: Sequence[Token], at: int) -> bool:
    """``4 weeks``, ``6 cycles``; the ``d`` of ``25 d 1-3`` is no unit of what stands before it."""
    named_day = kind_at(tokens, at + 2) in ("number", "range")
    return kind_at(tokens, at + 1) in ("time_days", "cycles") and not named_day


def _is_power(tokens: Sequence[Token], at: int) -> bool:
    """The 10 of ``50 × 10`` (its raised power may be no part of the text): no dose by itself.

    Nor is the power of ``5 × 10^6`` one.
    """
    ten = tokens[at].text == "10" and word_at(tokens, at - 1) in ("x", "×")
    return (ten and kind_at(tokens, at - 2) == "number") or kind_at(tokens, at - 1) == "^"


def _read_powers(tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    """``50 × 10⁶ U/m²``, ``5 x 10^6 cells/kg``: the unit takes the power."""
    for at in range(len(tokens) - 4):
        if kind_at(tokens, at) not in ("number", "range") or word_at(tokens, at + 1) not in (
            "x",
            "×",
        ):
            continue
        raised = at + 4 if kind_at(tokens, at + 3) == "^" else at + 3
        unit = tokens[raised + 1] if raised + 1 < len(tokens) else None
        if tokens[at + 2].text != "10" or unit is None or unit.kind != "dose":
            continue
        power = tokens[raised].text.translate(RAISED)
        stop, label = _per(tokens, raised + 1)
        found.dose = value_of(_amount(tokens[at]), tokens[at], unit)
        millions = (power, unit.name) == ("6", "IU")
        found.dose_unit = ("MU" if millions else f"x10^{power} {unit.name}") + label
        ledger.use_range(at, stop)
        return


def _set_auc(tokens: Sequence[Token], at: int, ledger: Ledger, found: RegimenFound) -> None:
    """``AUC 5``: the unit stands before its number."""
    if found.dose is None:
        found.dose, found.dose_unit = value_of(_amount(tokens[at + 1]), *tokens[at : at + 2]), "AUC"
        ledger.use(at, at + 1)


def _read_steps(
    tokens: Sequence[Token], first: int, stop: int, ledger: Ledger, found: RegimenFound
) -> None:
    """``10 mg, then 30 mg``, ``increased to 30 mg``: rising doses in one unit are an escalation."""
    assert found.dose is not None
    steps, last = [tokens[first]], found.dose.value.high
    start, end = found.dose.start, found.dose.end
    while True:
        at = stop
        while word_at(tokens, at) in RISING or kind_at(tokens, at) in (",", "→", ";"):
            at += 1
        number, after = tokens[at : at + 1], _per(tokens, at + 1)
        same = kind_at(tokens, at + 1) == "dose" and (
            tokens[at + 1].name + after[1] == found.dose_unit
        )
        if at == stop or not number or number[0].kind != "number" or not same:
            break
        if (number[0].low or 0) <= last:
            break
        last, stop, end = number[0].low or 0, after[0], tokens[after[0] - 1].end
        ledger.use_range(at, stop)
        steps.append(number[0])
        ledger.use_range(first, stop)
    if len(steps) > 1 and found.escalation is None:
        rising = tuple(step.low for step in steps if step.low is not None)
        found.escalation = Value(value=rising, start=start, end=end)
        found.dose = Value(value=_amount(steps[-1]), start=steps[-1].start, end=end)


def _first_of_series(tokens: Sequence[Token], at: int) -> int:
    """Start of a list of doses such as ``3, 10, 30`` or ``3-10-30``."""
    first = at
    while (
        first >= 2
        and tokens[first - 1].kind in (",", "-", "/", "→", ">", "compare")
        and tokens[first - 2].kind in ("number", "range", "fraction")
    ):
        first -= 2
    if word_at(tokens, first - 1) == "to" and kind_at(tokens, first - 2) == "number":
        first -= 2
    return first


def _amount(token: Token) -> Amount:
    assert token.low is not None and token.high is not None
    return Amount(low=token.low, high=token.high)


def _set_dose(tokens: Sequence[Token], first: int, unit_at: int, found: RegimenFound) -> None:
    run = [t for t in tokens[first:unit_at] if t.kind in ("number", "range", "fraction")]
    found.dose = value_of(_amount(run[-1]), run[-1], tokens[unit_at])
    steps = tuple(x for t in run for x in dict.fromkeys((t.low, t.high)) if x is not None)
    rising = any(word_at(tokens, at) in RISING - {"to"} for at in range(first - 2, first))
    if len(steps) > 1 and word_at(tokens, first + 1) == "to" and not rising:
        if steps[0] <= steps[-1]:
            found.dose = value_of(Amount(low=steps[0], high=steps[-1]), *run, tokens[unit_at])
        else:
            found.doubt = "several doses are printed"
    elif len(run) > 1:
        if list(steps) == sorted(steps):
            found.escalation = value_of(steps, *run)
        else:
            found.doubt = "several doses are printed"
            low, high = min(steps), max(t.high or 0 for t in run)
            found.dose = value_of(Amount(low=low, high=high), *run, tokens[unit_at])


def _per(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """(index after the unit, what the dose is per): ``mg/m2``, ``mg/kg``, ``mg per lesion``."""
    stop, label = at + 1, ""
    while stop < len(tokens) and tokens[stop].kind == "per" and len(label) < 12:
        label += tokens[stop].name
        stop += 1
    return stop, label
