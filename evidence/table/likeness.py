"""How likely two series share patients: every trait over all their sources, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from evidence.errors import Place
from evidence.model.protocol import Protocol
from evidence.table.citations import first_initial, same_paper, surnames
from evidence.table.places import place_of
from evidence.table.reconcile import Versions, group_versions, named_versions

if TYPE_CHECKING:
    from evidence.model.series import Series
    from evidence.store.files import StoredSeries

THRESHOLD = 3.0
"""From this score on a pair is named: one shared hand (author or centre) and something more."""
ABSTRACT_YEARS = 5
"""An abstract's paper comes out within so many years."""
_GENERAL = re.compile(
    r"(?:universit|hospital|medic|cent(?:er|re)|institut|department|clini|school|college|national|"
    r"cancer|multicent)\w*"
)
"""Words of a centre's name that many centres share."""
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


Compare = Callable[["Series", "Series"], tuple[float, str] | None]


def guess_overlaps(
    items: Sequence[StoredSeries | Series], protocol: Protocol | None = None
) -> list[OverlapGuess]:
    """Pairs that may share patients and have no recorded relation, the likeliest first."""
    return likely_pairs(group_versions(named_versions(items), protocol or Protocol()))


def likely_pairs(groups: Mapping[str, Versions]) -> list[OverlapGuess]:
    """The same for series with all their sources, the preferred first.

    First author 2, another author 1, centre 2; then, only beside one of these: overlapping
    period 1, the same number of patients 1, the same diseases 0.5, route and dose 1, the same
    responses 2. Each trait is compared over every pair of sources and counts once, with the
    sources named where the two series do not say it in one source.
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
    by_one = _authors(early, late)
    n, m = patients_of(early), patients_of(late)
    return (
        by_one is not None
        and by_one[0] == 2
        and 0 <= then - first <= ABSTRACT_YEARS
        and (n == m or (n < m and _centre(early, late) is not None))
        and _regimen_agrees(early, late)
    )


def _is_abstract(series: Series) -> bool:
    return series.source.kind == "abstract" or bool(_ABSTRACT.search(series.citation.journal or ""))


def _regimen_agrees(a: Series, b: Series) -> bool:
    """No route or dose that the other series contradicts."""
    x, y = (_given(s) for s in (a, b))
    routes = [{r for routes, _ in g for r in routes} for g in (x, y)]
    doses = [{dose for _, dose in g if dose is not None} for g in (x, y)]
    return all(not m or not n or m & n for m, n in (routes, doses))


def _authors(a: Series, b: Series) -> tuple[float, str] | None:
    x, y = (surnames(s.citation.authors) for s in (a, b))
    if not x or not y:
        return None
    if x[0] == y[0]:
        initials = {i for s in (a, b) if (i := first_initial(s.citation.authors))}
        return None if len(initials) > 1 else (2.0, f"both by {x[0].title()}")
    shared = [name for name in x if name in y]
    return (1.0, f"both with {shared[0].title()}") if shared else None


def centre_words(series: Series) -> set[str]:
    """The words of a centre's name that tell it from others."""
    words = re.findall(r"\w{4,}", (series.centre or "").casefold())
    return {w for w in words if not _GENERAL.fullmatch(w)}


def _centre(a: Series, b: Series) -> tuple[float, str] | None:
    x, y = centre_words(a), centre_words(b)
    shared = len(x & y)
    if not shared or shared < 0.8 * min(len(x), len(y)):
        return None
    return 2.0, f"both from {a.centre}"


def _period(a: Series, b: Series) -> tuple[float, str] | None:
    x, y = _years(a), _years(b)
    if x and y and x[0] <= y[1] and y[0] <= x[1]:
        return 1.0, f"periods {a.period} and {b.period} overlap"
    return None


def _years(series: Series) -> tuple[int, int] | None:
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", series.period or "")]
    return (min(years), max(years)) if years else None


def _size(a: Series, b: Series) -> tuple[float, str] | None:
    n = patients_of(a)
    return (1.0, f"both have {n} patients") if n and n == patients_of(b) else None


def patients_of(series: Series) -> int:
    """Patients of all arms; 0 where none is stated."""
    return sum(arm.size or 0 for arm in series.arms)


def _diseases(a: Series, b: Series) -> tuple[float, str] | None:
    x, y = ({d for arm in s.arms for d in arm.population} for s in (a, b))
    return (0.5, f"the same diseases ({', '.join(sorted(x))})") if x and x == y else None


def _regimen(a: Series, b: Series) -> tuple[float, str] | None:
    x = _given(a)
    if x != _given(b) or not all(routes and dose is not None for routes, dose in x):
        return None
    words = "; ".join(f"{'/'.join(routes)}, {dose:g}" for routes, dose in sorted(x, key=str))
    return 1.0, f"the same regimen ({words})"


def _given(series: Series) -> set[tuple[tuple[str, ...], float | None]]:
    return {
        (arm.regimen.routes, arm.regimen.dose_mg.high if arm.regimen.dose_mg else None)
        for arm in series.arms
    }


def _responses(a: Series, b: Series) -> tuple[float, str] | None:
    x, y = (
        {(o, n) for arm in s.arms for r in arm.responses for o in ("CR", "PR", "SD", "PD")
         if (n := getattr(r, o))}
        for s in (a, b)
    )  # fmt: skip
    if len(x & y) >= 2 and x == y:
        return 2.0, "the same responses"
    if any(n >= 5 for _, n in x & y):
        shared = ", ".join(f"{n} {o}" for o, n in sorted(x & y))
        return 0.5, f"shared counts ({shared})"
    return None


HANDS: dict[str, Compare] = {"citation.authors": _authors, "centre": _centre}
"""Field → what two series of one team share."""
MORE: dict[str, Compare] = {
    "period": _period,
    "arms[0].population": _size,
    "arms[0].population.disease": _diseases,
    "arms[0].regimen": _regimen,
    "arms[0].responses": _responses,
}
"""Field → traits that many series share: they count only beside a shared author or centre."""


def all_sure(groups: Mapping[str, Versions]) -> Iterator[tuple[str, str]]:
    """Pairs of series that are surely one cohort."""
    for x, y in _candidates(groups):
        if counted_once(groups[x], groups[y]) is not None:
            yield x, y
