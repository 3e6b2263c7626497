"""The same counts, the same patients or the same paper twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import inf, prod

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.model.quantity import Duration
from evidence.model.series import Series
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.citations import same_paper as shared_paper
from evidence.table.likeness import THRESHOLD as LIKELY
from evidence.table.likeness import likely_pairs
from evidence.table.places import place_of
from evidence.table.population import WHOLE, describe
from evidence.table.traits import multinomial

SURE = 5.0
"""Score from which a possible overlap is of medium weight."""
SMALL = 5
"""Patients below which equal rows say nothing."""
FACTS = 3
"""Equal diseases, counts, durations and complications from which two equal rows are one."""
IMPROBABLE = 1e-4
"""Chance of equal counts below which nothing else need be equal."""
OUTCOMES = ("CR", "PR", "SD", "PD", "NE", "deaths")


def identical_responses(case: Case) -> Iterator[Finding]:
    """Two series with the same response counts throughout, where chance is no easy explanation.

    Small counts coincide easily: beside them the same regimen is asked for and no duration that
    contradicts the other row, or counts in several groups that chance hardly ever gives twice.
    """
    for a, b in _alike_pairs(case):
        likely = chance(a)
        same_given = _regimen_alike(a.series, b.series) and _durations_alike(a.series, b.series)
        if _same_cohort(a, b) or not _telling(a) or not (same_given or likely < IMPROBABLE):
            continue
        words = _words(a)
        yield finding(
            "identical-responses",
            "low",
            b,
            "arms[0].responses[0]",
            stated=words,
            computed=f"the same counts as {a.series.label}",
            arithmetic=f"{a.series.label} and {b.series.label}: {words}; two series with "
            f"these shares give these very counts by chance {_odds(likely)}",
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
            arithmetic=f"every count of {b.series.label} equals that of {a.series.label}",
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
    for guess in likely_pairs(case.versions):
        counted = f"only the larger is counted: {guess.sure}" if guess.sure else "both are counted"
        yield finding(
            "possible-overlap",
            "medium" if guess.score >= SURE or guess.sure else "low",
            guess.b,
            "overlaps",
            stated=f"{guess.a.label} and {guess.b.label} as two series",
            computed=f"may share patients: score {guess.score:g}, named from {LIKELY:g} on",
            arithmetic="; ".join(guess.why),
            would_change=f"{counted}, until a relation is recorded under overlaps: (same "
            "patients, part of, contains, overlaps or distinct)",
            also=guess.places,
        )


def _alike_pairs(case: Case) -> Iterator[tuple[Subject, Subject]]:
    """Pairs of one source with the same responses and no recorded relation."""
    groups: dict[object, list[Subject]] = {}
    for subject in case.subjects:
        if vector := _vector(subject):
            groups.setdefault((subject.source, vector), []).append(subject)
    for subjects in groups.values():
        for a, b in combinations(subjects, 2):
            if a.series.series != b.series.series and not _decided(a.series, b.series):
                yield a, b


def _decided(a: Series, b: Series) -> bool:
    return any(o.series == b.series for o in a.overlaps) or any(
        o.series == a.series for o in b.overlaps
    )


Counts = tuple[int | None, ...]


def _vector(subject: Subject) -> tuple[tuple[str, int | None, Counts], ...]:
    """Every block's scope, total and counts."""
    return tuple(
        (b.responses.scope, b.total, tuple(getattr(b.responses, o) for o in OUTCOMES))
        for b in subject.blocks
        if b.total
    )


def _telling(subject: Subject) -> bool:
    """At least three counts, and five patients."""
    vector = _vector(subject)
    counts = sum(bool(n) for _, _, entry in vector for n in entry)
    return counts >= 3 and max((total or 0 for _, total, _ in vector), default=0) >= SMALL


def chance(subject: Subject) -> float:
    """How often a series of the same size and shares gives these very counts (multinomial).

    Over the groups a series is split in, where it is split; the whole follows from them.
    """
    vector = _vector(subject)
    parts = [entry for entry in vector if len(vector) == 1 or entry[0].casefold() not in WHOLE]
    return prod(multinomial([n for n in counts if n], total or 0) for _, total, counts in parts)


def _odds(share: float) -> str:
    return f"once in {1 / share:.0f}" if share < 0.5 else "more often than not"


def _regimen_alike(a: Series, b: Series) -> bool:
    """Route and dose are stated and the same."""
    x, y = (s.arms[0].regimen for s in (a, b))
    given = x.routes, x.dose_mg
    return any(given) and given == (y.routes, y.dose_mg)


def _durations_alike(a: Series, b: Series) -> bool:
    """No duration of one series lies outside what the other states of it."""
    x, y = a.arms[0], b.arms[0]
    treated = (x.treatment_weeks,), (y.treatment_weeks,)
    return all(
        p is None or q is None or _overlap(p, q)
        for mine, theirs in (treated, (x.response_months, y.response_months))
        for p, q in zip(mine, theirs, strict=False)
    )


def _overlap(a: Duration, b: Duration) -> bool:
    spans = []
    for d in (a, b):
        known = [v for v in (d.point, d.low, d.high, *d.values) if v is not None]
        low, high = min(known, default=0.0), max(known, default=inf)
        spans.append((0.0 if d.comparator in {"<", "≤"} else low,
                      inf if d.comparator in {">", "≥"} else high))  # fmt: skip
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _same_cohort(a: Subject, b: Subject) -> bool:
    """Every field the same, and enough of them that one row must be the other."""
    x, y = a.series.arms, b.series.arms
    facts = sum(
        len(m.population)
        + len(m.response_months)
        + len(m.complications or ())
        + (m.treatment_weeks is not None)
        for m in x
    ) + sum(bool(n) for _, _, counts in _vector(a) for n in counts)
    return (
        facts >= FACTS
        and sum(arm.size or 0 for arm in x) >= SMALL
        and len(x) == len(y)
        and all(
            m.population == n.population
            and m.regimen == n.regimen
            and m.treatment_weeks == n.treatment_weeks
            and m.response_months == n.response_months
            and m.complications == n.complications
            for m, n in zip(x, y, strict=True)
        )
    )


def _words(subject: Subject) -> str:
    parts = []
    for block in subject.blocks:
        counts = [f"{n} {o}" for o in OUTCOMES if (n := getattr(block.responses, o)) is not None]
        parts.append(f"{', '.join(counts)} of {block.total}")
    return "; ".join(parts)


def _places(subject: Subject, field: str = "arms[0].responses[0]") -> list[Place]:
    return [place_of(subject.series, field)]
