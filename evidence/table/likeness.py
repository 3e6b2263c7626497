"""How likely two series share patients: every trait over all their sources, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from evidence.errors import Place
from evidence.model.protocol import Protocol
from evidence.table.citations import same_paper, surnames
from evidence.table.places import place_of
from evidence.table.reconcile import Versions, group_versions, named_versions
from evidence.table.traits import (
    HANDS,
    MORE,
    Compare,
    centre_words,
    patients_of,
    regimen_agrees,
    shared_author,
    shared_centre,
)

if TYPE_CHECKING:
    from evidence.model.series import Series
    from evidence.store.files import StoredSeries

THRESHOLD = 3.0
"""From this score on a pair is named: one shared hand (author or centre) and something more."""
ABSTRACT_YEARS = 5
"""An abstract's paper comes out within so many years."""
_ABSTRACT = re.compile(r"\babstracts?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapGuess:
    """Two series that may share patients, with the reasons."""

    a: Series
    b: Series
    score: float
    why: tuple[str, ...]
    places: tuple[Place, ...] = ()
    """Where each reason stands, in both series."""
    sure: str | None = None
    """Why only one of the two is counted before anyone decides; None: both are counted."""


def guess_overlaps(
    items: Sequence[StoredSeries | Series], protocol: Protocol | None = None
) -> list[OverlapGuess]:
    """Pairs that may share patients and have no recorded relation, the likeliest first."""
    return likely_pairs(group_versions(named_versions(items), protocol or Protocol()))


def likely_pairs(groups: Mapping[str, Versions]) -> list[OverlapGuess]:
    """The same for series with all their sources, the preferred first.

    First author 2, another author 1, centre 2; then, only beside one of these: overlapping
    period 1, the same number of patients 1, the same diseases 0.5, route and dose 1 (another route
    or dose -1), the same responses 2 (0.5 where chance explains them). Each trait is compared over
    every pair of sources and counts once, with the sources named where the two series do not say it
    in one source.
    """
    found = []
    for x, y in _candidates(groups):
        if not _related(groups[x], groups[y]):
            guess = _score(groups[x], groups[y])
            if guess.score >= THRESHOLD:
                found.append(guess)
    return sorted(found, key=lambda g: (-g.score, g.a.series, g.b.series))


def _candidates(groups: Mapping[str, Versions]) -> Iterator[tuple[str, str]]:
    """Pairs with an author's name or a word of the centre in common, in order of the list."""
    holders: dict[str, dict[str, None]] = {}
    for name, versions in groups.items():
        for _, s in versions:
            for word in {*surnames(s.citation.authors), *(f"@{w}" for w in centre_words(s))}:
                holders.setdefault(word, {})[name] = None
    order = {name: i for i, name in enumerate(groups)}
    pairs = {pair for members in holders.values() for pair in combinations(members, 2)}
    yield from sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _related(a: Versions, b: Versions) -> bool:
    """Whether a person has recorded what the two have to do with each other."""
    names = a[0][1].series, b[0][1].series
    return any(o.series == names[1] for _, s in a for o in s.overlaps) or any(
        o.series == names[0] for _, s in b for o in s.overlaps
    )


def _score(a: Versions, b: Versions) -> OverlapGuess:
    hands = _reasons(HANDS, a, b)
    found = [*hands, *_reasons(MORE, a, b)] if hands else []
    return OverlapGuess(
        a=a[0][1],
        b=b[0][1],
        score=sum(reason.points for reason in found),
        why=tuple(reason.words for reason in found),
        places=tuple(dict.fromkeys(place for reason in found for place in reason.places)),
        sure=counted_once(a, b),
    )


class _Reason(NamedTuple):
    points: float
    words: str
    places: tuple[Place, Place]


def _reasons(traits: dict[str, Compare], a: Versions, b: Versions) -> list[_Reason]:
    best = (_best(field, compare, a, b) for field, compare in traits.items())
    return [reason for reason in best if reason is not None]


def _best(field: str, compare: Compare, a: Versions, b: Versions) -> _Reason | None:
    """The best a trait scores over the sources of both, saying which where they are several."""
    best: _Reason | None = None
    for (source, x), (other, y) in product(a, b):
        found = compare(x, y)
        if found is None or (best is not None and found[0] <= best.points):
            continue
        points, words = found
        where = source if source == other else f"{source} and {other}"
        if len(a) > 1 or len(b) > 1:
            words = f"{words} ({where})"
        best = _Reason(points, words, (place_of(y, field), place_of(x, field)))
    return best


def counted_once(a: Versions, b: Versions) -> str | None:
    """Why two series are surely one cohort: one paper under two names, or its abstract.

    Both need the same number of patients (an abstract may have fewer), and no recorded relation.
    """
    if _related(a, b):
        return None
    for (_, x), (_, y) in product(a, b):
        n, m = patients_of(x), patients_of(y)
        if not n or not m or x.source.document == y.source.document:
            continue
        paper = same_paper(x, y)
        if paper is not None and n == m:
            return f"one paper under two names ({paper})"
        for early, late in ((x, y), (y, x)):
            if _is_earlier_report(early, late):
                return f"{early.label} is an abstract of {late.label}"
    return None


def _is_earlier_report(early: Series, late: Series) -> bool:
    """An abstract and a later paper by one first author, with as many patients or more."""
    first, then = early.citation.year, late.citation.year
    if not _is_abstract(early) or _is_abstract(late) or first is None or then is None:
        return False
    by_one = shared_author(early, late)
    n, m = patients_of(early), patients_of(late)
    return (
        by_one is not None
        and by_one[0] == 2
        and 0 <= then - first <= ABSTRACT_YEARS
        and (n == m or (n < m and shared_centre(early, late) is not None))
        and regimen_agrees(early, late)
    )


def _is_abstract(series: Series) -> bool:
    return series.source.kind == "abstract" or bool(_ABSTRACT.search(series.citation.journal or ""))


def all_sure(groups: Mapping[str, Versions]) -> Iterator[tuple[str, str]]:
    """Pairs of series that are surely one cohort."""
    for x, y in _candidates(groups):
        if counted_once(groups[x], groups[y]) is not None:
            yield x, y
