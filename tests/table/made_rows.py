"""Made-up series of one arm, and their rows, for the tests of the evidence table."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from evidence.model.protocol import DoseBand, Drug, Groups, Population, Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.select import Selection

PROTOCOL = Protocol(
    drug=Drug(name="alemtuzumab"),
    population=Population(include=("SS", "MF", "E-MF", "L-CTCL"), names={"SS": "Sézary syndrome"}),
    groups=Groups(dose=(DoseBand(label="low", up_to=15), DoseBand(label="high", above=15))),
)


def series(name: str, *blocks: dict[str, Any], **arm: Any) -> Series:
    """A series with one arm of ten patients with SS, 10 mg SC, unless the fields say otherwise."""
    arm.setdefault("population", {"SS": 10})
    regimen = arm.pop("regimen", {"routes": ["SC"], "dose_mg": 10})
    more = {k: arm.pop(k) for k in ("status", "decisions", "overlaps", "design") if k in arm}
    return Series.model_validate(
        {
            "series": name,
            "citation": {"authors": name.split("-")[0].title(), "year": int(name[-4:])},
            "source": {"document": "review.pdf"},
            "arms": [{"responses": list(blocks), "regimen": regimen, **arm}],
            **more,
        }
    )


def rows_of(*items: Series, **options: Any) -> tuple[EvidenceRow, ...]:
    """The evidence table of the series under ``PROTOCOL``."""
    return build_rows(items, PROTOCOL, **options)[0]


def one(rows: tuple[EvidenceRow, ...], outcome: str, stratum: str = "all") -> EvidenceRow:
    """The whole-series row of an outcome in a stratum."""
    (row,) = [r for r in rows if r.outcome == outcome and r.stratum == stratum and r.arm is None]
    return row


def sums(selection: Selection) -> dict[str, tuple[int, int, int]]:
    """Group → (series, events, patients) of what was chosen."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, group in zip(selection.rows, selection.groups, strict=True):
        assert row.events is not None and row.total is not None
        found[group][0] += 1
        found[group][1] += row.events
        found[group][2] += row.total
    return {g: (k, e, n) for g, (k, e, n) in found.items()}
