"""What is wrong with the rows of an evidence table: impossible counts, doses outside the bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.errors import Problem, Severity
from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.table.stratum import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.model.series import Series
    from evidence.store.files import StoredSeries


def impossible_rows(rows: list[EvidenceRow]) -> list[Problem]:
    """Rows that no pooled number can take in: events above total, or without a total."""
    problems = []
    for row in rows:
        if row.events is None or row.outcome.startswith(COMPLICATION_PREFIX) or row.excluded:
            continue
        if row.total is None or row.events > row.total or row.total == 0:
            found = "no total" if row.total is None else f"{row.events} among {row.total} patients"
            problems.append(
                Problem(
                    code="impossible-count",
                    severity=Severity.ERROR,
                    message=f"{row.label}, {row.stratum}, {row.outcome}: {found}; "
                    "expected events <= total.",
                    remedy=f"correct the count or the total in {row.series}.yaml",
                    source=row.place,
                )
            )
    return problems


def unbanded_rows(rows: list[EvidenceRow], protocol: Protocol, band_unit: str) -> list[Problem]:
    """Doses that fall in none of the protocol's bands, once a series."""
    seen: dict[str, EvidenceRow] = {}
    for row in rows:
        if protocol.groups.dose and row.dose_band is None and row.dose_mg_high is not None:
            seen.setdefault(row.series, row)
    return [
        Problem(
            code="dose-outside-bands",
            message=f"{row.label}: {row.dose_mg_high:g} {row.dose_unit} falls in none of the dose "
            f"bands ({band_unit}).",
            remedy="add a band to [[groups.dose]] in review.toml",
            source=row.place,
        )
        for row in seen.values()
        if row.arm is None or row.stratum == ALL
    ]


def several_times(
    rows: list[EvidenceRow], series: Iterable[StoredSeries | Series]
) -> list[Problem]:
    """Series whose responses are printed at several times, of which one is counted."""
    from evidence.table.reconcile import plain_series

    problems = []
    for plain in map(plain_series, series):
        blocks = [block for *_, block in plain.walk_responses() if block.compartment is None]
        times = dict.fromkeys(block.timepoint for block in blocks)
        counted = [
            r
            for r in rows
            if r.series == plain.series
            and r.timepoint in times
            and r.events is not None
            and not r.outcome.startswith(COMPLICATION_PREFIX)
        ]
        if len(times) < 2 or not counted:
            continue
        named, those = (
            "; ".join(time or "no time named" for time in dict.fromkeys(some))
            for some in (times, (r.timepoint for r in counted))
        )
        problems.append(
            Problem(
                code="several-timepoints",
                severity=Severity.NOTE,
                message=f"{plain.label}: responses are printed at {len(times)} times ({named}); "
                f"counted are those at: {those}.",
                remedy=f"to count another time, put its responses first in {plain.series}.yaml",
                source=counted[0].place,
            )
        )
    return problems
