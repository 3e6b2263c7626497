"""Times of one arm: treatment, follow-up, response and survival, from tables and sentences."""

from __future__ import annotations

from evidence.extraction.cells.duration import DAYS
from evidence.extraction.outcomes_table import TimeFound
from evidence.extraction.prose.arms import arm_key, is_whole
from evidence.extraction.prose.context import Context
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.second import confirms_range, confirms_time
from evidence.model.quantity import Duration
from evidence.model.source import How

OUTCOME_TIMES = ("DOR", "PFS", "TTP", "TTF", "TTNT", "DFS", "EFS", "OS", "TTR")


def convert(value: float | None, unit: str, into: str) -> float | None:
    """A time in ``week`` or ``month`` (30.4375 days); a time already in it stays as printed."""
    if value is None or unit == into:
        return value
    return round(value * DAYS[unit] / DAYS[into], 4)


def outcome_times(
    path: str, context: Context, tables: tuple[TimeFound, ...], notes: Notes
) -> tuple[Duration, ...]:
    """Response duration and survival times: one per endpoint, tables before sentences."""
    found: list[Duration] = []
    for endpoint in OUTCOME_TIMES:
        here = f"{path}[{len(found)}]"
        table = next(
            (t for t in tables if t.endpoint == endpoint and _mine(t.label, context)), None
        )
        if table is not None:
            checks = ("prose",) if _said(endpoint, table.median, context) else ()
            how = How.STATED if table.unit == "month" else How.DERIVED
            notes.cell(f"{here}.median", table.source, table.source.text, how=how, checked=checks)
            found.append(
                Duration(median=convert(table.median, table.unit, "month"), endpoint=endpoint,
                         printed=table.source.text)
            )  # fmt: skip
            continue
        duration = stated_time(here, endpoint, "month", context, notes)
        if duration is not None:
            found.append(duration.model_copy(update={"endpoint": endpoint}))
    return tuple(found)


def stated_time(
    path: str, endpoint: str, unit: str, context: Context, notes: Notes
) -> Duration | None:
    """One endpoint from the sentences; the results section before the abstract."""
    facts = [f for f in context.facts("time", endpoint) if f.value is not None]
    if not facts:
        return None
    rank = {"results": 0, "abstract-results": 1, "abstract": 2}
    fact = min(facts, key=lambda f: (f.statistic is None, f.low is None, rank.get(f.role, 3),
                                     -len(f"{f.value:g}")))  # fmt: skip
    name = fact.statistic or "value"
    stated = [*facts, *context.said_again("time", endpoint)]
    agree = [f for f in stated if _same(f, fact) and f.sentence != fact.sentence]
    differ = [f for f in facts if f.statistic == fact.statistic and not _same(f, fact)]
    doubt = f"another sentence states {differ[0].value:g} {differ[0].unit}" if differ else None
    again = agree or confirms_time(fact, context.vocabulary)
    checks = ("second-reading",) if again and not differ else ()
    how = How.STATED if fact.unit in (None, unit) else How.DERIVED
    notes.sentence(f"{path}.{name}", fact, how=how, checked=checks, doubt=doubt)
    for end in ("low", "high"):
        if getattr(fact, end) is not None:
            told = any(getattr(f, end) == getattr(fact, end) for f in agree)
            told = told or (bool(checks) and confirms_range(fact))
            seen = ("second-reading",) if told and not differ else ()
            notes.sentence(f"{path}.{end}", fact, how=how, checked=seen)
    own = fact.unit or unit
    values = {name: convert(fact.value, own, unit), "low": convert(fact.low, own, unit),
              "high": convert(fact.high, own, unit)}  # fmt: skip
    printed = f"{fact.value:g} {own}s" if own != unit else None
    return Duration(**values, printed=printed)


def _same(first: ProseFact, second: ProseFact) -> bool:
    """Whether two times are one, perhaps rounded in one of the sentences (34 and 34.1 months)."""
    if first.value is None or second.value is None or first.unit != second.unit:
        return False
    digits = min(len(f"{f.value:g}".partition(".")[2]) for f in (first, second))
    return abs(first.value - second.value) <= 0.5 * 10**-digits and (
        digits == 0 or round(first.value, digits) == round(second.value, digits)
    )


def _mine(label: str, context: Context) -> bool:
    if context.arm.label is None:
        return is_whole(label)
    return arm_key(label) == arm_key(context.arm.label)


def _said(endpoint: str, median: float, context: Context) -> bool:
    return any(f.value == median for f in context.facts("time", endpoint))
