"""What two series may have in common that speaks for one cohort: each trait with its points."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import exp, lgamma, log
from typing import TYPE_CHECKING

from evidence.table.citations import first_initial, surnames

if TYPE_CHECKING:
    from evidence.model.series import Series

Compare = Callable[["Series", "Series"], tuple[float, str] | None]
BY_CHANCE = 0.25
"""From this chance on, equal counts of responses say next to nothing."""
_GENERAL = re.compile(
    r"(?:universit|hospital|medic|cent(?:er|re)|institut|department|clini|school|college|national|"
    r"cancer|multicent)\w*"
)
"""Words of a centre's name that many centres share."""
_COUNTRY = re.compile(r"\b(?:countr(?:y|ies)|nations?|regions?|continents?)\b", re.IGNORECASE)


def shared_author(a: Series, b: Series) -> tuple[float, str] | None:
    """The same first author, by the same initial where both give one; else another author."""
    x, y = (surnames(s.citation.authors) for s in (a, b))
    if not x or not y:
        return None
    if x[0] == y[0]:
        initials = {i for s in (a, b) if (i := first_initial(s.citation.authors))}
        return None if len(initials) > 1 else (2.0, f"both by {x[0].title()}")
    shared = [name for name in x if name in y]
    return (1.0, f"both with {shared[0].title()}") if shared else None


def centre_words(series: Series) -> set[str]:
    """The words of a centre's name that tell it from others; a country's name tells none."""
    cell = series.cells.get("centre")
    if cell is not None and _COUNTRY.search(cell.column or ""):
        return set()
    words = re.findall(r"\w{4,}", (series.centre or "").casefold())
    return {w for w in words if not _GENERAL.fullmatch(w)}


def shared_centre(a: Series, b: Series) -> tuple[float, str] | None:
    """Most words of the shorter name of the centre, those aside that many centres share."""
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
    x, y = _given(a), _given(b)
    if not regimen_agrees(a, b):
        return -1.0, f"but not the same regimen ({_show(x)}, and {_show(y)})"
    if x != y or any(dose is None for _, dose in x):
        return None
    return 1.0, f"the same regimen ({_show(x)})"


def regimen_agrees(a: Series, b: Series) -> bool:
    """No route or dose that the other series contradicts."""
    x, y = (_given(s) for s in (a, b))
    routes = [{r for routes, _ in g for r in routes} for g in (x, y)]
    doses = [{dose for _, dose in g if dose is not None} for g in (x, y)]
    return all(not m or not n or m & n for m, n in (routes, doses))


def _show(given: set[_Given]) -> str:
    return "; ".join(
        ", ".join([*(["/".join(routes)] if routes else []), *([f"{dose:g}"] if dose else [])])
        for routes, dose in sorted(given, key=str)
    )


_Given = tuple[tuple[str, ...], float | None]


def _given(series: Series) -> set[_Given]:
    """(routes, highest dose) of every arm."""
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
        likely = multinomial([n for _, n in x], patients_of(a)) > BY_CHANCE
        return 0.5 if likely else 2.0, "the same responses"
    if any(n >= 5 for _, n in x & y):
        shared = ", ".join(f"{n} {o}" for o, n in sorted(x & y))
        return 0.5, f"shared counts ({shared})"
    return None


def multinomial(counts: list[int], total: int) -> float:
    """Chance of counts at their own shares; what is left of the total is one class more."""
    known = [*counts, *([total - sum(counts)] if total > sum(counts) else [])]
    size = sum(known)
    logs = lgamma(size + 1) + sum(n * log(n / size) - lgamma(n + 1) for n in known)
    return exp(logs)


HANDS: dict[str, Compare] = {"citation.authors": shared_author, "centre": shared_centre}
"""Field → what two series of one team share."""
MORE: dict[str, Compare] = {
    "period": _period,
    "arms[0].population": _size,
    "arms[0].population.disease": _diseases,
    "arms[0].regimen": _regimen,
    "arms[0].responses": _responses,
}
"""Field → traits that many series share: they count only beside a shared author or centre."""
