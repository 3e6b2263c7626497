"""Series that share patients: recorded decisions applied to rows, and likely pairs detected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.row import EvidenceRow
    from evidence.model.series import Series

SHARING = {"same patients", "part of", "contains", "overlaps"}
"""Relations under which two series may not both be counted."""


def mark_overlaps(
    rows: list[EvidenceRow], groups: dict[str, list[tuple[str, Series]]]
) -> list[EvidenceRow]:
    """Name, on the rows of every series but the largest of its cluster, the larger ones.

    Clusters are the connected parts of the recorded overlaps. The largest by patients stays;
    among equals, the one that contains the others, then the later, then the first by name.
    """
    larger: dict[str, tuple[str, ...]] = {}
    for cluster in clusters(groups):
        ranked = sorted(cluster, key=lambda s: _rank(s, groups, rows))
        for place, name in enumerate(ranked[1:], start=1):
            larger[name] = tuple(ranked[:place])
    return [replace(r, overlaps=larger[r.series]) if r.series in larger else r for r in rows]


def clusters(groups: dict[str, list[tuple[str, Series]]]) -> list[set[str]]:
    """Sets of series, each of two or more, that recorded overlaps connect."""
    near: dict[str, set[str]] = {name: set() for name in groups}
    for name, versions in groups.items():
        for _, series in versions:
            for overlap in series.overlaps:
                if overlap.relation in SHARING and overlap.series in near:
                    near[name].add(overlap.series)
                    near[overlap.series].add(name)
    found: list[set[str]] = []
    left = set(near)
    while left:
        cluster: set[str] = set()
        open_names = {min(left)}
        while open_names:
            cluster |= open_names
            open_names = {n for name in open_names for n in near[name]} - cluster
        left -= cluster
        if len(cluster) > 1:
            found.append(cluster)
    return found


def _rank(
    name: str, groups: dict[str, list[tuple[str, Series]]], rows: list[EvidenceRow]
) -> tuple[int, int, int, str]:
    size = max((r.total or 0 for r in rows if r.series == name and r.stratum == "all"), default=0)
    overlaps = [o for _, s in groups[name] for o in s.overlaps]
    part = any(o.relation == "part of" for o in overlaps)
    year = groups[name][0][1].citation.year or 0
    return -size, int(part), -year, name


THRESHOLD = 3.0
"""From this score on a pair is named: one shared hand (author or centre) and something more."""
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_NOT_NAMES = {"et", "al", "and", "level", "our", "series", "own", "the", "de", "van", "von", "la"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapGuess:
    """Two series that may share patients, with the reasons."""

    a: Series
    b: Series
    score: float
    why: tuple[str, ...]


def guess_overlaps(series: Sequence[Series]) -> list[OverlapGuess]:
    """Pairs that may share patients and have no recorded relation, the likeliest first.

    First author 2, another author 1, centre 2; then, only beside one of these: overlapping
    period 1, the same number of patients 1, the same diseases 0.5, route and dose 1, the same
    responses 2.
    """
    best: dict[tuple[str, str], OverlapGuess] = {}
    for a, b in _candidates(series):
        if a.series == b.series or _related(a, b):
            continue
        guess = _score(a, b)
        key = (a.series, b.series)
        if guess.score >= THRESHOLD and (key not in best or guess.score > best[key].score):
            best[key] = guess
    return sorted(best.values(), key=lambda g: (-g.score, g.a.series, g.b.series))


def _candidates(series: Sequence[Series]) -> Iterator[tuple[Series, Series]]:
    """Pairs with an author's name or a word of the centre in common, in order of the list."""
    holders: dict[str, list[int]] = {}
    for i, s in enumerate(series):
        words = re.findall(r"\w{4,}", (s.centre or "").casefold())
        for word in {*surnames(s.citation.authors), *(f"@{w}" for w in words)}:
            holders.setdefault(word, []).append(i)
    found = {pair for members in holders.values() for pair in combinations(members, 2)}
    for i, j in sorted(found):
        yield series[i], series[j]


def _related(a: Series, b: Series) -> bool:
    return any(o.series == b.series for o in a.overlaps) or any(
        o.series == a.series for o in b.overlaps
    )


def _score(a: Series, b: Series) -> OverlapGuess:
    hands = [*_authors(a, b), *_centre(a, b)]
    more = [*_period(a, b), *_size(a, b), *_diseases(a, b), *_regimen(a, b), *_responses(a, b)]
    found = [*hands, *more] if hands else []
    score = sum(points for points, _ in found)
    return OverlapGuess(a=a, b=b, score=score, why=tuple(words for _, words in found))


Points = list[tuple[float, str]]


def _authors(a: Series, b: Series) -> Points:
    x, y = (surnames(s.citation.authors) for s in (a, b))
    if not x or not y:
        return []
    if x[0] == y[0]:
        return [(2.0, f"both by {x[0].title()}")]
    shared = [name for name in x if name in y]
    return [(1.0, f"both with {shared[0].title()}")] if shared else []


def surnames(authors: str) -> list[str]:
    """Words of an author list that can be surnames, in order, without initials and ``et al``."""
    words = [w.casefold() for w in _NAME.findall(authors)]
    return [w for w in words if w not in _NOT_NAMES and len(w) > 2]


def _centre(a: Series, b: Series) -> Points:
    if not a.centre or not b.centre:
        return []
    from rapidfuzz import fuzz

    x, y = (re.sub(r"[\W_]+", " ", s).casefold() for s in (a.centre, b.centre))
    alike = fuzz.token_set_ratio(x, y)
    return [(2.0, f"both from {a.centre}")] if alike >= 85 else []


def _period(a: Series, b: Series) -> Points:
    x, y = _years(a), _years(b)
    if x and y and x[0] <= y[1] and y[0] <= x[1]:
        return [(1.0, f"periods {a.period} and {b.period} overlap")]
    return []


def _years(series: Series) -> tuple[int, int] | None:
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", series.period or "")]
    return (min(years), max(years)) if years else None


def _size(a: Series, b: Series) -> Points:
    x, y = _patients(a), _patients(b)
    return [(1.0, f"both have {x} patients")] if x and x == y else []


def _patients(series: Series) -> int:
    return sum(arm.size or 0 for arm in series.arms)


def _diseases(a: Series, b: Series) -> Points:
    x, y = ({d for arm in s.arms for d in arm.population} for s in (a, b))
    return [(0.5, f"the same diseases ({', '.join(sorted(x))})")] if x and x == y else []


def _regimen(a: Series, b: Series) -> Points:
    x, y = (
        {(arm.regimen.routes, arm.regimen.dose_mg and arm.regimen.dose_mg.high) for arm in s.arms}
        for s in (a, b)
    )
    routes, dose = next(iter(x))
    if x != y or not routes or dose is None:
        return []
    return [(1.0, f"the same regimen ({'/'.join(routes)}, {dose:g})")]


def _responses(a: Series, b: Series) -> Points:
    x, y = (
        {(o, n) for arm in s.arms for r in arm.responses for o in ("CR", "PR", "SD", "PD")
         if (n := getattr(r, o))}
        for s in (a, b)
    )  # fmt: skip
    if len(x & y) >= 2 and x == y:
        return [(2.0, "the same responses")]
    if len(x & y) >= 1 and min(len(x), len(y)) >= 1 and any(n >= 5 for _, n in x & y):
        shared = ", ".join(f"{n} {o}" for o, n in sorted(x & y))
        return [(0.5, f"shared counts ({shared})")]
    return []
