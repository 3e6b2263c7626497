"""The audit: every inconsistency of the literature with its arithmetic and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.model.protocol import Protocol
from evidence.table.audit import (
    abbreviations,
    by_disease,
    complication_totals,
    deaths,
    decided,
    denominators,
    duplicates,
    elsewhere,
    field_rules,
    patient_times,
    patients,
    percentages,
    ranges,
    sources,
    terms,
    totals,
    units,
)
from evidence.table.audit.base import Case, Rule, Subject, all_of, each_series
from evidence.table.audit.claims import (
    across,
    counted,
    one_series,
    over_series,
    own,
    own_events,
    own_patients,
    quoted,
    responded,
    unsupported,
)
from evidence.table.population import Diseases
from evidence.table.reconcile import group_versions, named_versions

if TYPE_CHECKING:
    from evidence.model.finding import Finding
    from evidence.model.legends import Legends
    from evidence.model.prose import ProseSentence
    from evidence.model.row import EvidenceRow
    from evidence.model.series import Series
    from evidence.store.files import StoredSeries

RULES: dict[str, Rule] = {
    "percent-mislabelled": each_series(percentages.mislabelled),
    "percent-against-count": each_series(percentages.against_count),
    "percent-impossible": each_series(percentages.impossible),
    "percents-against-sum": each_series(percentages.against_sum),
    "responses-above-total": each_series(totals.above_total),
    "responses-unaccounted": each_series(totals.unaccounted),
    "responders-against-parts": each_series(totals.responders_against_parts),
    "relapses-above-responders": each_series(totals.relapses_above_responders),
    "diseases-above-patients": each_series(by_disease.diseases_above_patients),
    "scope-above-patients": each_series(totals.scope_above_patients),
    "diseases-against-overall": each_series(by_disease.diseases_against_overall),
    "denominator-missing": each_series(denominators.missing),
    "denominator-ambiguous": each_series(denominators.ambiguous),
    "response-scope-smaller": each_series(denominators.scope_smaller),
    "complications-over-parent": each_series(complication_totals.over_parent),
    "complications-unsplit": each_series(complication_totals.unsplit),
    "complications-restricted": each_series(complication_totals.restricted),
    "seriousness-mixed": complication_totals.seriousness_mixed,
    "complication-above-total": each_series(complication_totals.complication_above_total),
    "complication-percent-against-count": each_series(complication_totals.complication_percent),
    "attributed-response": each_series(deaths.attributed),
    "attributed-above-count": each_series(deaths.attributed_above_count),
    "death-outside-complications": each_series(elsewhere.death_elsewhere),
    "event-outside-complications": each_series(elsewhere.event_elsewhere),
    "no-complications-beside-death": each_series(elsewhere.none_beside_death),
    "death-in-patients": each_series(elsewhere.death_in_patients),
    "fatal-without-grade-5": each_series(deaths.fatal_grade),
    "grade-against-fatal": each_series(deaths.grade_against_fatal),
    "unit-mixed": units.unit_mixed,
    "dose-unit-mixed": units.dose_unit_mixed,
    "statistic-mixed": units.statistic_mixed,
    "treatment-statistic-mixed": units.treatment_mixed,
    "endpoint-mixed": units.endpoint_mixed,
    "duration-against-words": each_series(units.against_words),
    "duration-outside-range": each_series(ranges.durations),
    "interval-against-percent": each_series(ranges.intervals),
    "identical-responses": duplicates.identical_responses,
    "identical-cohort": duplicates.identical_cohort,
    "same-paper": duplicates.same_paper,
    "possible-overlap": duplicates.possible_overlap,
    "abbreviation-undefined": abbreviations.undefined,
    "organism-mismatch": each_series(terms.organism),
    "patient-rows-against-total": each_series(patients.count),
    "patient-responses-against-row": each_series(patients.responses),
    "patient-summary-against-row": each_series(patient_times.summaries),
    "patient-times-above-follow-up": each_series(patient_times.times),
    "patient-response-after-follow-up": each_series(patient_times.late_response),
    "patient-duration-without-response": each_series(patient_times.duration_without_response),
    "patient-complications-against-row": each_series(patients.complications),
    "patient-complications-not-listed": each_series(patients.not_listed),
    "patient-row-repeated": each_series(patients.repeated),
    "blood-response": each_series(field_rules.blood),
    "blood-class": each_series(field_rules.blood_class),
    "overall-response": each_series(field_rules.overall),
    "stage-against-classes": each_series(field_rules.stage),
    "sources-differ": sources.conflicts,
    "claim-summary": own.medians,
    "claim-sexes": own_patients.sexes,
    "claim-own-diseases": own_patients.diseases,
    "claim-own-response": all_of(own.responses, responded.of_own),
    "claim-own-events": own_events.events,
    "claim-time-zero": own.time_zero,
    "claim-largest": counted.largest,
    "claim-number-of-series": counted.number_of_series,
    "claim-case-reports": counted.number_of_reports,
    "claim-number-of-patients": counted.number_of_patients,
    "claim-median": over_series.literature_median,
    "claim-range": all_of(over_series.range_of_rates, over_series.extreme_rate),
    "claim-first": over_series.first_report,
    "claim-not-elsewhere": all_of(across.not_elsewhere, across.no_deaths),
    "claim-everywhere": across.everywhere,
    "claim-most-common": across.most_common,
    "claim-size": one_series.size,
    "claim-cases": all_of(one_series.cases_of_reference, one_series.no_events_of_reference),
    "claim-rate": all_of(quoted.rates, responded.of_reference),
    "claim-dose": quoted.doses,
    "claim-unsupported": unsupported.unsupported,
    "decision-unknown": each_series(decided.unknown),
}
"""Code → rule; a new rule is one function and one line here."""

SEVERITIES = ("high", "medium", "low")


def audit(
    series: Sequence[StoredSeries | Series],
    rows: Iterable[EvidenceRow] = (),
    protocol: Protocol | None = None,
    legends: Mapping[str, Legends] | None = None,
    *,
    sentences: Iterable[ProseSentence] = (),
    rules: Iterable[str] | None = None,
) -> tuple[Finding, ...]:
    """Every finding of every rule, high before low, those with a recorded decision closed.

    ``legends`` (document name → what it explains) serves the rule about abbreviations,
    ``sentences`` those about claims in the prose; without them these rules are silent.
    """
    protocol = protocol or Protocol()
    case = Case(
        subjects=tuple(Subject(series=s, source=name) for name, s in named_versions(series)),
        rows=tuple(rows),
        protocol=protocol,
        diseases=Diseases(protocol.population),
        legends=legends or {},
        versions=group_versions(named_versions(series), protocol),
        sentences=tuple(sentences),
        codes=tuple(RULES),
    )
    found = _told_once(f for code in rules or RULES for f in RULES[code](case))
    return tuple(sorted((decided.close(f, case) for f in found), key=_order))


def open_findings(findings: Iterable[Finding], *, severity: str | None = None) -> list[Finding]:
    """Findings that no decision closes, perhaps of one severity."""
    return [f for f in findings if f.status == "open" and severity in (None, f.severity)]


def _told_once(findings: Iterable[Finding]) -> list[Finding]:
    """What several sources of one series give cause to say alike, once, with all its places."""
    found: dict[tuple[str | None, ...], Finding] = {}
    for f in findings:
        key = (f.code, f.series, f.computed, f.arithmetic)
        first = found.get(key)
        if first is None:
            found[key] = f
        elif {p.document for p in first.places}.isdisjoint(p.document for p in f.places):
            found[key] = replace(first, places=(*first.places, *f.places))
        else:
            found[(*key, f.field, f.stated)] = f
    return list(found.values())


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (
        SEVERITIES.index(finding.severity),
        finding.series or "",
        finding.code,
        finding.field or "",
    )
