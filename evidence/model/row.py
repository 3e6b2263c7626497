"""One row of the evidence table: a series × stratum × outcome, with everything needed to group."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """Events among total in one stratum of one series; ``events`` is None when not reported."""

    series: str
    label: str
    year: int | None
    stratum: str
    """``all`` for the whole (relevant) series, otherwise the disease of the stratum."""
    outcome: str
    events: int | None
    total: int | None
    disease: str | None
    """The stratum's only disease; None when the stratum mixes diseases without a split."""
    population: str
    """As printed for people: ``17 SS, 2 E-MF``."""
    dose_mg_low: float | None
    dose_mg_high: float | None
    dose_unit: str
    dose_band: str | None
    route: str | None
    """IV, SC, ... ``mixed`` when a series gives several; None when not reported."""
    doses_per_week: float | None
    schedule: str | None
    how: str | None
    """``stated`` ``derived`` ``entered``; None when not reported."""
    derivation: str | None
    """How a derived count was got, in words; None for a stated one."""
    attributed_events: int = 0
    """Of the events, those another therapy may explain (excluded by a switch)."""
    attribution: str | None = None
    status: str = "unverified"
    source: str = ""
    """Name of the folder under ``extracted/``."""
    given_in: tuple[tuple[str, str], ...] = ()
    """(trait, source) of every trait that another source states than that of the counts."""
    document: str | None = None
    page: int | None = None
    place: Place | None = None
    arm: str | None = None
    timepoint: str | None = None
    """When the responses were taken, where the paper gives them at several times."""
    design: str | None = None
    drug: str | None = None
    terms: tuple[str, ...] = ()
    """Names a complication row answers to: preferred, as printed, organ class; else empty."""
    overlaps: tuple[str, ...] = ()
    """Series that share patients and are larger: this row is left out when overlaps are."""
    decisions: tuple[str, ...] = ()
    """Recorded decisions this row rests on."""
    excluded: str | None = None
    """Why the row takes no part in pooling (rejected, excluded by decision); None if it does."""
