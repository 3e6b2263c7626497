"""Times as printed become durations in the unit of their field."""

from __future__ import annotations

from evidence.extraction.cells.duration import DAYS, TimeFound
from evidence.model.quantity import Duration


def to_duration(time: TimeFound, unit: str, *, printed: str) -> Duration | None:
    """The duration in ``unit`` (``week`` or ``month``); None where the printed unit is unknown.

    Converted numbers are rounded to two decimals and ``printed`` keeps the paper's words.
    """
    if time.unit is None or time.unit not in DAYS:
        return None
    factor = DAYS[time.unit] / DAYS[unit]

    def convert(number: float | None) -> float | None:
        if number is None:
            return None
        return number if time.unit == unit else round(number * factor, 2)

    point = {time.statistic or "value": convert(time.point)} if time.point is not None else {}
    values = tuple(value for number in time.values if (value := convert(number)) is not None)
    return Duration(
        **point,
        low=convert(time.low),
        high=convert(time.high),
        values=values,
        comparator=time.comparator,
        endpoint=time.endpoint,
        censored=time.censored,
        patients=time.patients,
        by_disease=time.by_disease,
        scope=time.scope,
        printed=None if time.unit == unit else printed,
    )
