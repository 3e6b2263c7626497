"""Conditions on rows (``route=SC``): the columns there are, and which rows fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evidence.errors import Problem, Severity, WrongUsage, unknown_name
from evidence.model.row import EvidenceRow

COLUMNS: dict[str, str] = {
    "route": "route",
    "dose": "dose_band",
    "disease": "disease",
    "drug": "drug",
    "design": "design",
    "schedule": "schedule",
    "doses_per_week": "doses_per_week",
    "dose_mg": "dose_mg_high",
    "year": "year",
    "status": "status",
    "source": "source",
    "series": "series",
    "stratum": "stratum",
    "arm": "arm",
    "how": "how",
}
"""Name in ``by`` and ``where`` → field of a row."""

Where = Mapping[str, object]
"""Column → the value it must have, or several of which it must have one."""
Conditions = dict[str, frozenset[str]]
"""Column → the words (case folded) that fit."""


def read_conditions(where: Where | None, *, columns: Mapping[str, str] = COLUMNS) -> Conditions:
    """Conditions in words, checked; None asks for nothing.

    Raises:
        WrongUsage: ``where`` is no mapping, or names a column that there is not.
    """
    if where is None:
        return {}
    if not isinstance(where, Mapping):
        raise WrongUsage(
            Problem(
                code="where-no-mapping",
                severity=Severity.ERROR,
                message=f"where is {where!r}; expected a mapping of columns to values.",
                remedy='such as {"route": "SC"}',
            )
        )
    for name in where:
        if name not in columns:
            raise unknown_name("column", name, list(columns))
    return {name: frozenset(map(_word, _options(wanted))) for name, wanted in where.items()}


def fits(row: EvidenceRow, conditions: Conditions) -> bool:
    """Whether a row meets every condition."""
    return all(_word(getattr(row, _FIELDS[name])) in words for name, words in conditions.items())


def filter_rows(rows: Iterable[EvidenceRow], where: Where | None) -> tuple[EvidenceRow, ...]:
    """Rows that fit every condition, whatever their stratum; ``outcome`` is a column here.

    Raises:
        WrongUsage: a condition cannot be read.
    """
    conditions = read_conditions(where, columns=_FIELDS)
    return tuple(row for row in rows if fits(row, conditions))


def value_text(value: object) -> str:
    """A value of a row as a name: ``30`` for 30.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


_FIELDS = {**COLUMNS, "outcome": "outcome"}


def _options(wanted: object) -> Iterable[object]:
    return wanted if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]


def _word(value: object) -> str:
    return "not reported" if value is None else value_text(value).strip().casefold()
