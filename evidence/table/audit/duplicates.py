"""The same counts, the same patients or the same paper twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.citations import same_paper as shared_paper
from evidence.table.likeness import THRESHOLD as LIKELY
from evidence.table.likeness import likely_pairs
from evidence.table.places import place_of
from evidence.table.population import describe

SURE = 5.0
"""Score from which a possible overlap is of medium weight."""
OUTCOMES = ("CR", "PR", "SD", "PD", "NE", "deaths")


def identical_responses(case: Case) -> Iterator[Finding]:
    """Two series with the same response counts throughout and the same regimen or durations.

    The counts alone agree by chance in about one set of series in two hundred.
    """
    for a, b in _alike_pairs(case):
        if _same_cohort(a, b):
            continue
        if not _also_alike(a.series, b.series):
            continue
        words = _words(a)
        yield finding(
            "identical-responses",
            "low",
            b,
            "arms[0].responses[0]",
            stated=words,
            computed=f"the same counts as {a.series.label}",
            arithmetic=f"{a.series.label}: {words}; {b.series.label}: {words}",
            would_change="one of the two rows may be copied from the other",
            also=_places(a),
        )


def identical_cohort(case: Case) -> Iterator[Finding]:
    """Two series with the same patients by disease, the same regimen and the same responses."""
    for a, b in _alike_pairs(case):
        if not _same_cohort(a, b):
            continue
        yield finding(
            "identical-cohort",
            "high",
            b,
            "arms[0].population",
            stated=f"{describe(b.series.arms[0])}; {_words(b)}",
            computed=f"the same patients, regimen and responses as {a.series.label}",
            arithmetic=f"every count of {b.series.series} equals that of {a.series.series}",
            would_change="the same patients would be counted twice",
            also=_places(a),
        )


def same_paper(case: Case) -> Iterator[Finding]:
    """Two series of the review that cite one paper (DOI, PMID or a near-identical title)."""
    for a, b in combinations(case.subjects, 2):
        if a.source == b.source or a.series.series == b.series.series:
            continue
        if _decided(a.series, b.series):
            continue
        shared = shared_paper(a.series, b.series)
        if shared is None:
            continue
        yield finding(
            "same-paper",
            "high",
            b,
            "citation",
            stated=f"{b.series.series}: {shared}",
            computed=f"{a.series.series} cites the same paper",
            arithmetic=f"{shared} stands in both",
            would_change="the same patients would be counted twice",
            also=_places(a, "citation"),
        )


def possible_overlap(case: Case) -> Iterator[Finding]:
    """Two series that may share patients, over all their sources, and no decision about it."""
    for guess in likely_pairs(case.versions()):
        counted = f"only the larger is counted: {guess.sure}" if guess.sure else "both are counted"
        yield finding(
            "possible-overlap",
            "medium" if guess.score >= SURE or guess.sure else "low",
            guess.b,
            "overlaps",
            stated=f"{guess.a.label} and {guess.b.label} as two series",
            computed=f"may share patients (score {guess.score:g} of {LIKELY:g} needed)",
            arithmetic="; ".join(guess.why),
            would_change=f"{counted}; record the relation under overlaps: (same patients, part "
            "of, contains, overlaps, distinct)",
            also=guess.places,
        )


def _alike_pairs(case: Case) -> Iterator[tuple[Subject, Subject]]:
    """Pairs of one source with the same telling responses and no recorded relation."""
    groups: dict[object, list[Subject]] = {}
    for subject in case.subjects:
        if (vector := _vector(subject)) is not None:
            groups.setdefault((subject.source, vector), []).append(subject)
    for subjects in groups.values():
        for a, b in combinations(subjects, 2):
            if a.series.series != b.series.series and not _decided(a.series, b.series):
                yield a, b


def _decided(a: Series, b: Series) -> bool:
    return any(o.series == b.series for o in a.overlaps) or any(
        o.series == a.series for o in b.overlaps
    )


def _vector(subject: Subject) -> tuple[object, ...] | None:
    """Every block's total and counts; None where they say too little to be telling."""
    blocks = [b for b in subject.blocks if b.total]
    vector = tuple(
        (b.responses.scope, b.total, *(getattr(b.responses, o) for o in OUTCOMES)) for b in blocks
    )
    telling = sum(v is not None and v > 0 for entry in vector for v in entry[2:])
    largest = max((b.total or 0 for b in blocks), default=0)
    return vector if telling >= 3 and largest >= 5 else None


def _also_alike(a: Series, b: Series) -> bool:
    """Route and dose, or a stated duration, are the same too."""
    x, y = a.arms[0], b.arms[0]
    given = x.regimen.routes, x.regimen.dose_mg
    regimen = any(given) and given == (y.regimen.routes, y.regimen.dose_mg)
    times = [(x.treatment_weeks, y.treatment_weeks), (x.response_months, y.response_months)]
    return regimen or any(m and m == n for m, n in times)


def _same_cohort(a: Subject, b: Subject) -> bool:
    x, y = a.series.arms, b.series.arms
    return len(x) == len(y) and all(
        m.population == n.population
        and m.regimen == n.regimen
        and m.treatment_weeks == n.treatment_weeks
        and m.complications == n.complications
        for m, n in zip(x, y, strict=True)
    )


def _words(subject: Subject) -> str:
    parts = []
    for block in subject.blocks:
        counts = [f"{n} {o}" for o in OUTCOMES if (n := getattr(block.responses, o)) is not None]
        parts.append(f"{', '.join(counts)} of {block.total}")
    return "; ".join(parts)


def _places(subject: Subject, field: str = "arms[0].responses[0]") -> list[Place]:
    return [place_of(subject.series, field)]
