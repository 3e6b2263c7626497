"""All series as tidy rows: one per series × stratum × outcome, with where each count stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evidence.errors import Place, Problem
from evidence.model.outcome import OUTCOME_NAMES, SUMS
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.table.complications import complication_rows
from evidence.table.decisions import left_out, resting_on
from evidence.table.derive import Count, without_attributed
from evidence.table.from_patients import with_patient_rows
from evidence.table.places import how_of, place_of
from evidence.table.population import Diseases
from evidence.table.regimen import given_in, shared_by, unit_of_bands
from evidence.table.row_problems import impossible_rows, several_times, unbanded_rows
from evidence.table.strata import ALL, Stratum, add_counts, arm_strata, at_one_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Arm, Series
    from evidence.store.files import StoredSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the rows of every series are made with."""

    protocol: Protocol
    diseases: Diseases
    band_unit: str
    derived: bool
    attributed: bool


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
    settings = Settings(
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
    ]
    return tuple(rows), problems


def series_rows(series: Series, source: str, settings: Settings) -> list[EvidenceRow]:
    """The rows of one series in one source: whole series, diseases, arms, complications."""
    series = with_patient_rows(series) if settings.derived else series
    arms = [(i, a) for i, a in enumerate(series.arms) if of_drug(a, settings.protocol)]
    strata = [
        (i, a, arm_strata(i, a, settings.diseases, derived=settings.derived)) for i, a in arms
    ]
    rows: list[EvidenceRow] = []
    if not strata:
        return []
    if len(strata) == 1:
        index, arm, found = strata[0]
        rows = _rows_of_arm(series, source, index, arm, found, None, settings)
    else:
        for index, arm, found in strata:
            label = arm.label or f"arm {index + 1}"
            rows += _rows_of_arm(series, source, index, arm, found, label, settings)
        rows = [*_rows_of_sum(series, source, strata, settings), *rows]
    rows += complication_rows(series, _base(series, source), rows, settings)
    reason = left_out(series)
    return [
        replace(
            row,
            excluded=row.excluded or reason(row.outcome),
            decisions=tuple(resting_on(series, row.outcome)),
        )
        for row in rows
    ]


def of_drug(arm: Arm, protocol: Protocol) -> bool:
    """Whether an arm was given the drug under review (or does not say)."""
    name, given = protocol.drug.name, arm.regimen.drug
    if name is None or given is None:
        return True
    known = {n.casefold() for n in (name, *protocol.drug.synonyms)}
    return any(n in given.casefold() for n in known)


def _rows_of_arm(
    series: Series,
    source: str,
    index: int,
    arm: Arm,
    strata: list[Stratum],
    label: str | None,
    settings: Settings,
) -> list[EvidenceRow]:
    base = {
        **_base(series, source),
        **given_in(arm, settings.protocol.groups.dose, settings.band_unit),
        "arm": label,
    }
    rows = []
    for stratum in strata:
        for outcome in _outcomes(stratum, settings):
            rows.append(_row(series, index, stratum, outcome, base, settings))
    return rows


def _rows_of_sum(
    series: Series,
    source: str,
    arms: list[tuple[int, Arm, list[Stratum]]],
    settings: Settings,
) -> list[EvidenceRow]:
    """Rows of a series with several arms: sums over the arms that all report a stratum."""
    given = [given_in(arm, settings.protocol.groups.dose, settings.band_unit) for _, arm, _ in arms]
    base = {**_base(series, source), "arm": None, **shared_by(given)}
    base["population"] = "; ".join(g["population"] for g in given if g["population"])
    rows = []
    names = dict.fromkeys(s.name for _, _, strata in arms for s in strata)
    for name in names:
        parts = [s for _, _, strata in arms for s in strata if s.name == name]
        if (name == ALL and len(parts) < len(arms)) or not at_one_time(parts):
            continue
        added = _added(name, parts)
        for outcome in _outcomes(added, settings):
            rows.append(_row(series, arms[0][0], added, outcome, base, settings))
    return rows


def _added(name: str, parts: list[Stratum]) -> Stratum:
    totals = [p.total for p in parts]
    known = [t for t in totals if t is not None]
    diseases = {p.disease for p in parts}
    return Stratum(
        name=name,
        disease=diseases.pop() if len(diseases) == 1 else None,
        total=sum(known) if len(known) == len(totals) else None,
        counts=add_counts([p.counts for p in parts]),
        path=parts[0].path if len(parts) == 1 else None,
        missing=next((p.missing for p in parts if p.missing), None),
        scopes=tuple(p.path for p in parts if p.path),
        timepoint=parts[0].timepoint,
    )


def _outcomes(stratum: Stratum, settings: Settings) -> list[str]:
    names = [o for o in settings.protocol.outcomes if o in OUTCOME_NAMES]
    return list(dict.fromkeys([*names, *OUTCOME_NAMES, *stratum.counts]))


def _row(
    series: Series,
    index: int,
    stratum: Stratum,
    outcome: str,
    base: dict[str, Any],
    settings: Settings,
) -> EvidenceRow:
    count = stratum.counts.get(outcome)
    if count is not None and not settings.attributed:
        count = without_attributed(count)
    place = _place(series, index, stratum, outcome, count)
    return EvidenceRow(
        **base,
        stratum=stratum.name,
        outcome=outcome,
        events=None if count is None else count.events,
        total=stratum.total if count is None or count.path is None else count.total,
        disease=stratum.disease,
        how=_how(series, stratum, outcome, count),
        derivation=None if count is None else count.derivation,
        attributed_events=0 if count is None else count.attributed,
        attribution=None if count is None else count.attribution,
        page=place.page,
        place=place,
        timepoint=stratum.timepoint,
        excluded=stratum.missing,
    )


def _how(series: Series, stratum: Stratum, outcome: str, count: Count | None) -> str | None:
    """How a count came to be; that of a sum is how its parts did."""
    if count is None:
        return None
    fields = (count.field,) if count.field else SUMS.get(outcome, ())
    if count.how != "stated" or stratum.path is None or not fields:
        return count.how if series.source.kind != "entered" else "entered"
    hows = [how_of(series, f"{count.path or stratum.path}.{field}") for field in fields]
    return "derived" if "derived" in hows else hows[0]


def _place(
    series: Series, index: int, stratum: Stratum, outcome: str, count: Count | None
) -> Place:
    if stratum.path is None:
        path = stratum.scopes[0] if stratum.scopes else f"arms[{index}].responses"
    else:
        path = stratum.path
    if count is not None and count.path is not None:
        path = count.path
    if count is not None and count.field is not None:
        path += f".{count.field}"
    elif count is not None and outcome in {"ORR", "DCR"}:
        path += ".CR"
    return place_of(series, path)


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
