"""A made-up evidence set that contradicts itself nowhere: every number follows from patients."""

from __future__ import annotations

import random
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from evidence.model.protocol import Population, Protocol
from evidence.model.series import Series

PROTOCOL = Protocol(population=Population(include=("SS", "MF", "E-MF")))
OUTCOMES = ("CR", "PR", "SD", "PD")
TERMS = (
    ("sepsis", "Infections"),
    ("CMV reactivation", "Infections"),
    ("neutropenia", "Blood and lymphatic"),
    ("infusion reaction", "Immune"),
)
NAMES = [a + b for a in ("Ra", "Te", "Lo", "Vi", "Ku", "No", "Sa") for b in ("mer", "ston", "berg")]
WEEKS_PER_MONTH = 30.4375 / 7


def clean_set(seed: int, *, series: int = 14) -> list[Series]:
    """Series with different authors, styles of reporting and roundings; nothing is wrong."""
    rng = random.Random(seed)
    names = rng.sample(NAMES, series)
    return [one_series(rng, name, 2000 + i, row=i + 1) for i, name in enumerate(names)]


def one_series(rng: random.Random, name: str, year: int, *, row: int) -> Series:
    """One series from its patients."""
    total = rng.randint(8, 60)
    population = _population(rng, total)
    responses = {d: _responses(rng, n) for d, n in population.items()}
    whole = {o: sum(r[o] for r in responses.values()) for o in OUTCOMES}
    rounding = rng.choice((ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN))
    digits = rng.choice((0, 0, 1))
    blocks = [_block("all", whole, total, rng, rounding, digits)]
    if len(population) > 1 and rng.random() < 0.6:
        blocks += [_block(d, responses[d], n, rng, rounding, digits) for d, n in population.items()]
    arm: dict[str, Any] = {
        "population": population,
        "total": total,
        "regimen": {
            "drug": "alemtuzumab",
            "routes": [rng.choice(("IV", "SC"))],
            "dose_mg": rng.choice((3, 10, 15, 30)),
            "doses_per_week": 3,
        },
        "responses": blocks,
        "complications": _complications(rng, total),
    }
    months = rng.randint(3, 24)
    arm["response_months"] = [{"median": months, "printed": f"{months} mo"}]
    weeks = rng.randint(4, 14)
    arm["treatment_weeks"] = {"value": weeks, "printed": f"{weeks} wk"}
    if total <= 20 and len(population) == 1:
        arm |= _patients(rng, whole, total)
    return Series.model_validate(
        {
            "series": f"{name.lower()}-{year}",
            "citation": {"authors": f"{name} et al.", "year": year, "reference": row},
            "source": {"document": "review.pdf", "table": "2", "row": row},
            "arms": [arm],
        }
    )


def _population(rng: random.Random, total: int) -> dict[str, int]:
    if rng.random() < 0.5:
        return {rng.choice(("SS", "MF", "MF/SS")): total}
    part = rng.randint(3, total - 3)
    return {"SS": part, "MF": total - part}


def _responses(rng: random.Random, total: int) -> dict[str, int]:
    weights = [rng.random() + 0.1 for _ in OUTCOMES]
    drawn = rng.choices(OUTCOMES, weights=weights, k=total)
    return {o: drawn.count(o) for o in OUTCOMES}


def _block(
    scope: str, counts: dict[str, int], total: int, rng: random.Random, rounding: str, digits: int
) -> dict[str, Any]:
    stated = {"ORR": counts["CR"] + counts["PR"]}
    if rng.random() < 0.7:
        stated["CR"] = counts["CR"]
    percents = {o: percent(n, total, rounding, digits) for o, n in stated.items()}
    listed = {o: n for o, n in counts.items() if n or rng.random() < 0.5}
    return {"scope": scope, "total": total, **listed, "stated_percent": percents}


def percent(events: int, total: int, rounding: str, digits: int) -> float:
    """A percentage as some author would print it."""
    exact = Decimal(events) * 100 / Decimal(total)
    return float(exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding))


def _complications(rng: random.Random, total: int) -> list[dict[str, Any]]:
    listed = []
    for term, group in rng.sample(TERMS, rng.randint(1, 3)):
        events = rng.randint(1, max(1, total // 3))
        entry: dict[str, Any] = {"term": term, "group": group, "events": events}
        if rng.random() < 0.4:
            entry["percent"] = percent(events, total, ROUND_HALF_UP, 0)
        listed.append(entry)
    return listed


def _patients(rng: random.Random, counts: dict[str, int], total: int) -> dict[str, Any]:
    overall = [o for o in OUTCOMES for _ in range(counts[o])]
    rows = []
    for i, response in enumerate(overall):
        weeks = rng.randint(4, 14)
        responded = response in {"CR", "PR"}
        months = rng.randint(2, 30) if responded else None
        follow_up = round(weeks / WEEKS_PER_MONTH + (months or 0)) + rng.randint(1, 12)
        rows.append(
            {
                "id": i + 1,
                "sex": rng.choice("FM"),
                "age": rng.randint(30, 89),
                "treatment_weeks": weeks,
                "response": {"overall": response},
                "response_months": months,
                "follow_up_months": follow_up,
            }
        )
    arm: dict[str, Any] = {"patients": rows}
    weeks = [r["treatment_weeks"] for r in rows]
    low, high = min(weeks), max(weeks)
    arm["treatment_weeks"] = {"median": median(weeks), "low": low, "high": high,
                              "printed": f"{median(weeks):g} ({low}-{high}) wk"}  # fmt: skip
    months = [r["response_months"] for r in rows if r["response_months"] is not None]
    if months:
        middle = median(months)
        arm["response_months"] = [{"median": middle, "printed": f"{middle:g} mo"}]
    return arm
