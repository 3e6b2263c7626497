"""All series as tidy rows: one per series × stratum × outcome, with where each count stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import Problem
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.table.arms import arm_problems, name_of
from evidence.table.complications import complication_rows
from evidence.table.decisions import left_out, resting_on
from evidence.table.derive import sum_all
from evidence.table.from_patients import with_patient_rows
from evidence.table.population import Diseases
from evidence.table.regimen import shared_by, unit_of_bands
from evidence.table.row_problems import impossible_rows, several_times, unbanded_rows
from evidence.table.row_settings import RowSettings
from evidence.table.strata import arm_strata
from evidence.table.stratum import ALL, Stratum, add_strata, at_one_time
from evidence.table.stratum_rows import stratum_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Arm, Series
    from evidence.store.files import StoredSeries


def build_rows(
    series: Sequence[StoredSeries | Series],
    protocol: Protocol | None = None,
    *,
    derived: bool = True,
    attributed: bool = True,
    source: str | None = None,
) -> tuple[tuple[EvidenceRow, ...], list[Problem]]:
    """The evidence table of a review.

    ``derived=False`` leaves out counts that only follow by a convention (see
    ``evidence.table.derive``); ``attributed=False`` takes off events that another therapy may
    explain; ``source`` takes the series that this source holds from it alone (a review's table as
    printed). Where several sources describe one series, each unit comes from the most preferred
    that states it (``evidence.table.reconcile``).
    """
    from evidence.table.overlap import mark_overlaps
    from evidence.table.reconcile import by_series, merge_rows

    protocol = protocol or Protocol()
    settings = RowSettings(
        protocol=protocol,
        diseases=Diseases(protocol.population),
        band_unit=_band_unit(series, protocol),
        derived=derived,
        attributed=attributed,
    )
    rows: list[EvidenceRow] = []
    groups = by_series(series, protocol, source=source)
    for versions in groups.values():
        rows += merge_rows([series_rows(s, name, settings) for name, s in versions])
    rows = mark_overlaps(rows, groups)
    problems = [
        *impossible_rows(rows),
        *unbanded_rows(rows, protocol, settings.band_unit),
        *several_times(rows, series),
        *arm_problems(series, protocol.drug),
    ]
    return tuple(rows), problems


def series_rows(series: Series, source: str, settings: RowSettings) -> list[EvidenceRow]:
    """The rows of one series in one source: whole series, diseases, arms, complications."""
    series = with_patient_rows(series) if settings.derived else series
    strata = [
        (i, a, arm_strata(i, a, settings.diseases, derived=settings.derived))
        for i, a in settings.arms_of(series)
    ]
    rows: list[EvidenceRow] = []
    if not strata:
        return []
    if len(strata) == 1:
        index, arm, found = strata[0]
        rows = _rows_of_arm(series, source, index, arm, found, None, settings)
    else:
        for index, arm, found in strata:
            label = name_of(series, index)
            rows += _rows_of_arm(series, source, index, arm, found, label, settings)
        rows = [*_rows_of_sum(series, source, strata, settings), *rows]
    rows += complication_rows(series, rows, settings)
    reason, named = left_out(series), settings.diseases.named
    return [
        replace(
            row,
            stratum=named(row.stratum),
            disease=None if row.disease is None else named(row.disease),
            excluded=row.excluded or reason(row.outcome),
            decisions=tuple(resting_on(series, row.outcome)),
        )
        for row in rows
    ]


def _rows_of_arm(
    series: Series,
    source: str,
    index: int,
    arm: Arm,
    strata: list[Stratum],
    label: str | None,
    settings: RowSettings,
) -> list[EvidenceRow]:
    base = {
        **_base(series, source),
        **settings.given_in(arm),
        "arm": label,
    }
    return [
        row for stratum in strata for row in stratum_rows(series, index, stratum, base, settings)
    ]


def _rows_of_sum(
    series: Series,
    source: str,
    arms: list[tuple[int, Arm, list[Stratum]]],
    settings: RowSettings,
) -> list[EvidenceRow]:
    """Rows of a series with several arms: sums over the arms that all report a stratum."""
    given = [settings.given_in(arm) for _, arm, _ in arms]
    rows: list[EvidenceRow] = []
    for name, theirs in _by_name([strata for _, _, strata in arms]).items():
        parts = list(theirs.values())
        if (name == ALL and len(parts) < len(arms)) or not at_one_time(parts):
            continue
        shared = shared_by([given[at] for at in theirs])
        base = {**_base(series, source), "arm": None, **shared}
        rows += stratum_rows(series, arms[0][0], _added(name, parts), base, settings)
    return rows


def _by_name(arms: list[list[Stratum]]) -> dict[str, dict[int, Stratum]]:
    """Name → place of an arm → its stratum of that name; an arm of one disease joins the patients
    of that disease in other arms.
    """
    diseases = {s.disease for strata in arms for s in strata if s.name == ALL}
    found: dict[str, dict[int, Stratum]] = {}
    for at, stratum in ((at, s) for at, strata in enumerate(arms) for s in strata):
        found.setdefault(stratum.name, {})[at] = stratum
        if stratum.name == ALL and stratum.disease is not None and len(diseases) > 1:
            found.setdefault(stratum.disease, {})[at] = replace(stratum, name=stratum.disease)
    return {
        name: theirs
        for name, theirs in found.items()
        if len(theirs) > 1 or all(stratum in arms[at] for at, stratum in theirs.items())
    }


def _added(name: str, parts: list[Stratum]) -> Stratum:
    """A stratum that several arms report, over all of them."""
    diseases = {p.disease for p in parts}
    return replace(
        add_strata(
            parts,
            name=name,
            disease=diseases.pop() if len(diseases) == 1 else None,
            total=sum_all(p.total for p in parts),
        ),
        path=parts[0].path if len(parts) == 1 else None,
        missing=next((p.missing for p in parts if p.missing), None),
    )


def _base(series: Series, source: str) -> dict[str, Any]:
    return {
        "series": series.series,
        "label": series.label,
        "year": series.citation.year,
        "status": series.status,
        "source": source,
        "document": series.source.document,
        "design": series.design,
    }


def _band_unit(series: Sequence[StoredSeries | Series], protocol: Protocol) -> str:
    from evidence.table.reconcile import plain_series

    units = [
        arm.regimen.dose_unit
        for item in series
        for arm in plain_series(item).arms
        if arm.regimen.dose_mg is not None
    ]
    return unit_of_bands(protocol.groups.dose, units)
