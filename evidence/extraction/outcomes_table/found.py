"""What outcome tables give: response blocks, complications and times, each with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.errors import Problem
from evidence.extraction.outcomes_table.counts import CellCount
from evidence.model.source import CellSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One count with the cell it stands in."""

    count: CellCount
    source: CellSource
    percent_source: CellSource | None = None
    """The cell of the percentage, where it stands in a column of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseBlock:
    """Responses of one column (or one row) of a table."""

    label: str
    """The arm's or group's name as printed; empty where the table has only one."""
    total: int | None
    counts: dict[str, Counted]
    """Outcome (CR, PR, ORR ...) to count."""
    total_source: CellSource | None = None
    """The cell or head that states ``total``."""
    row_scope: str | None = None
    """A subgroup named in the rows (a disease), beside the arm."""
    timepoint: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToxicCount:
    """Patients of one arm with one complication in one grade."""

    label: str
    total: int | None
    total_source: CellSource | None = None
    """The head or cell that states ``total``."""
    term: str
    levels: tuple[str, ...] = ()
    """The heads over the count from the outermost in: a period or population, an arm."""
    about: str = ""
    """The table's caption."""
    grade: str | None
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFound:
    """A median time to an event, as a table prints it."""

    label: str
    endpoint: str
    median: float
    low: float | None
    high: float | None
    unit: str
    source: CellSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """Patients of a column, the head that states them, and the tables that state the same."""

    n: int
    source: CellSource
    tables: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesReading:
    """Everything the outcome tables of one paper state."""

    blocks: tuple[ResponseBlock, ...] = ()
    toxicities: tuple[ToxicCount, ...] = ()
    times: tuple[TimeFound, ...] = ()
    sizes: dict[str, Sized] = field(default_factory=dict)
    """Patients by column label, from heads such as ``Arm A (n = 78)`` of any table."""
    problems: tuple[Problem, ...] = ()
