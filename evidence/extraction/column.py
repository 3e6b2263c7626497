"""A column of a table of series: its role, and what its head adds to every cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.cells.label import slug
from evidence.extraction.head_rest import HeadRest

AMOUNTS = ("outcome", "complication_count", "disease_count")
"""Roles whose cells are amounts of what the head names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its role and what its head adds to every cell."""

    index: int
    head: str
    role: str | None
    """A name from the list of column heads, ``spanned`` (the column before reaches into it),
    ``landmark`` (survival at a time, kept as words), or ``outcome`` ``outcomes`` ``endpoint``
    ``disease_count`` ``complication_count``; None when nothing says what it is."""
    name: str = ""
    """The outcome, endpoint, disease or complication the column counts."""
    term: str = ""
    """The words of the head that name a complication."""
    form: str | None = None
    """``n`` ``percent`` ``n-percent`` ``percent-n``: what bare numbers are; ``paired`` where
    ``(%)`` stands over pairs of numbers, so that one alone may be either."""
    unit: str | None = None
    dose_unit: str | None = None
    dose_per: str = ""
    """What the head says the dose is per (`` per lesion``)."""
    statistic: str | None = None
    intervals: bool = False
    """Brackets hold confidence intervals, not ranges."""
    people: int | None = None
    """Which number of a cell counts patients, where the other counts what of them was treated:
    1 under ``Eyes (patients)``, 0 under ``Patients (eyes)``."""
    doses: bool = False
    """Arms are named by what they were given."""
    names: tuple[str, ...] = ()
    """The outcomes of a head such as ``CR/PR/SD/PD``, in order."""
    bracketed: bool = False
    """Brackets part the outcomes: ``ORR (CR)``."""
    paired: bool = False
    """Some cells hold a number and another in brackets."""
    grade: str | None = None
    rest: HeadRest = field(default_factory=HeadRest)
    """What the head says besides: of whom, when, and the words nobody understood."""

    @property
    def key(self) -> str:
        """Name of the column's cells in a series file."""
        if self.role in ("outcome", "endpoint", "disease_count", "outcomes"):
            return slug(self.name).replace("-", "_") or "outcome"
        return self.role or (slug(self.head).replace("-", "_") or f"column_{self.index + 1}")
