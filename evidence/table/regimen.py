"""What was given: route, dose band and schedule of an arm, and what several arms share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from evidence.table.population import describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.model.protocol import DoseBand
    from evidence.model.quantity import Amount
    from evidence.model.series import Arm, Regimen

MIXED = "mixed"


def route_of(regimen: Regimen) -> str | None:
    """The only route; ``mixed`` for several; None where none is reported."""
    routes = tuple(dict.fromkeys(regimen.routes))
    return None if not routes else routes[0] if len(routes) == 1 else MIXED


def dose_label(dose: Amount, unit: str) -> str:
    """``30 mg``, ``10–15 mg``."""
    if dose.low == dose.high:
        return f"{dose.high:g} {unit}"
    return f"{dose.low:g}–{dose.high:g} {unit}"


def dose_band(dose: Amount, unit: str, bands: tuple[DoseBand, ...], band_unit: str) -> str | None:
    """The band of a dose by its high end (``above`` < dose <= ``up_to``).

    Without bands, the dose itself. None where no band holds it or the bands have another unit.
    """
    if not bands:
        return dose_label(dose, unit)
    if unit != band_unit:
        return None
    for band in bands:
        above = band.above is None or dose.high > band.above
        within = band.up_to is None or dose.high <= band.up_to
        if above and within:
            return band.label
    return None


def unit_of_bands(bands: tuple[DoseBand, ...], units: Iterable[str]) -> str:
    """The unit the bands are meant in: one their labels name, else the commonest of the series."""
    counted = Counter(units)
    named = [u for u in counted if any(u in band.label.split(" ", 1)[-1] for band in bands)]
    if named:
        return max(named, key=len)
    return counted.most_common(1)[0][0] if counted else "mg"


def schedule_of(regimen: Regimen) -> str | None:
    """The schedule as printed, else in words from the doses per week."""
    if regimen.schedule is not None or regimen.doses_per_week is None:
        return regimen.schedule
    times = regimen.doses_per_week
    if times.low == times.high:
        return f"{times.high:g} per week"
    return f"{times.low:g}–{times.high:g} per week"


def given_in(arm: Arm, bands: tuple[DoseBand, ...], band_unit: str) -> dict[str, Any]:
    """What an arm was given, and to whom, as the fields of its rows."""
    regimen, dose = arm.regimen, arm.regimen.dose_mg
    band = dose and dose_band(dose, regimen.dose_unit, bands, band_unit)
    times = regimen.doses_per_week
    return {
        "population": describe(arm),
        "dose_mg_low": dose.low if dose else None,
        "dose_mg_high": dose.high if dose else None,
        "dose_unit": regimen.dose_unit,
        "dose_band": band or None,
        "route": route_of(regimen),
        "doses_per_week": times.high if times else None,
        "schedule": schedule_of(regimen),
        "drug": regimen.drug,
    }


def shared_by(given: list[dict[str, Any]]) -> dict[str, Any]:
    """What several arms have in common: ``mixed`` routes, the populations one after the other, and
    the span of their doses where these are in one unit.
    """
    first = given[0]
    shared = {k: v if all(g[k] == v for g in given) else None for k, v in first.items()}
    shared["population"] = "; ".join(g["population"] for g in given if g["population"])
    routes = {g["route"] for g in given}
    if len(routes - {None}) > 1:
        shared["route"] = MIXED
    dosed = [g for g in given if g["dose_mg_high"] is not None]
    units = {g["dose_unit"] for g in dosed}
    one_scale = dosed if len(units) == 1 else []
    shared["dose_mg_low"] = min((g["dose_mg_low"] for g in one_scale), default=None)
    shared["dose_mg_high"] = max((g["dose_mg_high"] for g in one_scale), default=None)
    shared["dose_unit"] = units.pop() if len(units) == 1 else first["dose_unit"]
    return shared
