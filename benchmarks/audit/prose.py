"""True sentences about a made-up set, and the same sentences with one number changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP
from statistics import median

from clean_set import percent
from errors import fits

from evidence.model.series import Series

Pair = tuple[str, str]
"""A sentence that holds, and its copy that does not."""
ROUTES = {"IV": "intravenously", "SC": "subcutaneously"}


def with_own(series: list[Series]) -> list[Series]:
    """The set with one series of the paper's own: the first with patient rows."""
    mine = next((s for s in series if s.arms[0].patients), None)
    found = []
    for s in series:
        plain = s.model_dump(mode="json", exclude_none=True)
        if s is mine:
            plain["citation"] = {"authors": "Our series"}
        else:
            plain["arms"][0].pop("patients", None)
        found.append(Series.model_validate(plain))
    return found


def cited(series: list[Series]) -> list[Series]:
    """The series of other papers."""
    return [s for s in series if s.citation.reference is not None]


def rates(rng: random.Random, series: list[Series]) -> Pair | None:
    """Two response rates quoted with their references."""
    a, b = rng.sample(cited(series), 2)
    shown = [percent(_responders(s), _size(s), ROUND_HALF_UP, 0) for s in (a, b)]
    wrong = shown[0] + rng.choice((-9, -6, -4, 4, 6, 9))
    if not 0 <= wrong <= 100 or fits(wrong, _responders(a), _size(a)):
        return None
    text = "The response rates were {}% and {}%, respectively [{},{}]."
    places = a.citation.reference, b.citation.reference
    return (text.format(*(f"{p:g}" for p in shown), *places),
            text.format(f"{wrong:g}", f"{shown[1]:g}", *places))  # fmt: skip


def largest(rng: random.Random, series: list[Series]) -> Pair | None:
    """The sizes of the two largest series; wrong: the first and the third."""
    sizes = sorted((_size(s) for s in cited(series)), reverse=True)
    if len(set(sizes[:3])) < 3:
        return None
    text = "The 2 largest series, of {} and {} patients, agree."
    return text.format(*sizes[:2]), text.format(sizes[0], sizes[2])


def number_of_series(rng: random.Random, series: list[Series]) -> Pair | None:
    """How many series there are."""
    n = len(cited(series))
    text = "We found a total of {} series (Table 2)."
    return text.format(n), text.format(n + rng.choice((-3, -2, 3, 4)))


def number_of_patients(rng: random.Random, series: list[Series]) -> Pair | None:
    """How many patients they have."""
    n, own = sum(map(_size, cited(series))), sum(_size(s) for s in series if s not in cited(series))
    wrong = n + rng.choice((-9, -4, 3, 8))
    if wrong == n + own:
        return None
    text = "Table 2 lists series with a total of {} patients."
    return text.format(n), text.format(wrong)


def literature_median(rng: random.Random, series: list[Series]) -> Pair | None:
    """The median of the stated medians."""
    medians = [s.arms[0].response_months[0].median or 0 for s in cited(series)]
    own = [s.arms[0].response_months[0].median or 0 for s in series if s not in cited(series)]
    value, wrong = median(medians), median(medians) + rng.choice((-4, -3, 3, 4))
    if wrong <= 0 or abs(wrong - median([*medians, *own])) <= 0.5:
        return None
    references = ",".join(str(s.citation.reference) for s in cited(series))
    text = f"The median duration of response was {{:g}} months [{references}]."
    return text.format(value), text.format(wrong)


def dose(rng: random.Random, series: list[Series]) -> Pair | None:
    """What one series gave."""
    s = rng.choice(cited(series))
    given = s.arms[0].regimen
    mg = given.dose_mg.high if given.dose_mg else 0
    text = f"{{:g}} mg given {ROUTES[given.routes[0]]} was well tolerated [{s.citation.reference}]."
    return text.format(mg), text.format(rng.choice([d for d in (3, 10, 15, 30, 45) if d != mg]))


def cases(rng: random.Random, series: list[Series]) -> Pair | None:
    """How many cases of a complication one series had."""
    s = rng.choice(cited(series))
    entry = rng.choice(s.arms[0].complications or ())
    same = [c.events or 0 for c in s.arms[0].complications or () if c.group == entry.group]
    wrong = (entry.events or 0) + rng.choice((-2, -1, 1, 2))
    if wrong in {*same, sum(same)} or wrong < 1:
        return None
    name = s.citation.authors.split()[0]
    text = f"{name} et al. [{s.citation.reference}] reported {{}} cases of {entry.term}."
    return text.format(entry.events), text.format(wrong)


def own_times(rng: random.Random, series: list[Series]) -> Pair | None:
    """Median and range of the treatment of the paper's own patients."""
    rows = [p for s in series for p in s.arms[0].patients]
    weeks = [p.treatment_weeks or 0 for p in rows]
    if len(weeks) < 2:
        return None
    told = [median(weeks), min(weeks), max(weeks)]
    wrong = list(told)
    wrong[rng.randrange(3)] += rng.choice((-2, 2, 3))
    text = "The median duration of treatment was {:g} weeks (range, {:g}-{:g} weeks)."
    return text.format(*told), text.format(*wrong)


def own_sexes(rng: random.Random, series: list[Series]) -> Pair | None:
    """Women and men among the paper's own patients."""
    sexes = [p.sex for s in series for p in s.arms[0].patients]
    women, men = sexes.count("F"), sexes.count("M")
    if min(women, men) < 2:
        return None
    text = "We treated {} women and {} men."
    return text.format(women, men), text.format(women + 1, men - 1)


def own_responses(rng: random.Random, series: list[Series]) -> Pair | None:
    """Complete responses among the paper's own patients."""
    mine = next((s for s in series if s.arms[0].patients), None)
    if mine is None:
        return None
    events, total = _counts(mine)["CR"], _size(mine)
    other = events + 1 if events < total else events - 1
    text = "There were {} CR ({:g}%)."
    return (text.format(events, percent(events, total, ROUND_HALF_UP, 0)),
            text.format(other, percent(other, total, ROUND_HALF_UP, 0)))  # fmt: skip


def _counts(series: Series) -> dict[str, int]:
    whole = next(b for b in series.arms[0].responses if b.scope == "all")
    return {o: getattr(whole, o) or 0 for o in ("CR", "PR")}


def _responders(series: Series) -> int:
    return sum(_counts(series).values())


def _size(series: Series) -> int:
    return series.arms[0].size or 0


CLAIMS: dict[str, Callable[[random.Random, list[Series]], Pair | None]] = {
    "a quoted rate": rates,
    "the largest series": largest,
    "the number of series": number_of_series,
    "the number of patients": number_of_patients,
    "the median over the series": literature_median,
    "a quoted dose": dose,
    "a quoted number of cases": cases,
    "the own patients' times": own_times,
    "the own patients' sexes": own_sexes,
    "the own patients' responses": own_responses,
}
"""Kind of claim → the sentence as it holds and with one number changed; None: none can be made."""


def true_text(rng: random.Random, series: list[Series]) -> Iterator[str]:
    """A sentence of every kind that can be made."""
    for made in (claim(rng, series) for claim in CLAIMS.values()):
        if made is not None:
            yield made[0]
