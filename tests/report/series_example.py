"""14 published alemtuzumab series as short facts, made into series files and evidence rows.

Origin: Actas Dermosifiliogr 2015, table 4.

Counts follow the convention that a listing of responders implies none of another type (derived);
what is not listed while patients remain unaccounted for is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evidence.errors import Place
from evidence.model.outcome import SUMS
from evidence.model.row import EvidenceRow
from evidence.model.series import Series

DOCUMENT = "series-table.pdf"
CATEGORIES = ("CR", "PR", "SD", "PD")
COLUMNS = {
    "patients": 60,
    "regimen": 135,
    "response": 210,
    "response_months": 285,
    "complications": 360,
}
"""Left edge of each column of the table, in points."""
Fact = Mapping[str, Any]
FACTS: tuple[Fact, ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("series_facts.yaml"))["series"]
)


def make_series(fact: Fact, index: int) -> Series:
    """One series with cells and readings as extraction would write them."""
    blocks = [_block(scope, counts) for scope, counts in fact["strata"].items()]
    readings = {
        f"arms[0].responses[{r}].{name}": {"cell": "response", "text": f"{block[name]} {name}"}
        for r, block in enumerate(blocks)
        for name in CATEGORIES
        if name in block
    }
    readings["arms[0].population"] = {"cell": "patients"}
    readings["arms[0].regimen"] = {"cell": "regimen"}
    return Series.model_validate(
        {
            "series": fact["series"],
            "citation": {
                "authors": fact["authors"],
                "year": fact["year"],
                "reference": index + 1,
            },
            "source": {"document": DOCUMENT, "sha256": "0" * 64, "table": "4", "row": index + 1},
            "status": "confirmed" if index % 3 == 0 else "unverified",
            "cells": _cells(fact, blocks, index),
            "arms": [_arm(fact, blocks)],
            "readings": readings,
        }
    )


def _block(scope: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    """What the table prints of a stratum: its counts without the derived, and the percentage."""
    derived = counts.get("derived", ())
    block: dict[str, Any] = {"scope": scope, "total": counts["total"]}
    block |= {name: counts[name] for name in CATEGORIES if name in counts and name not in derived}
    if "CR" in block and "PR" in block:
        responders = block["CR"] + block["PR"]
        block["stated_percent"] = {"ORR": round(100 * responders / counts["total"])}
    return block


def _arm(fact: Fact, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    arm: dict[str, Any] = {
        "population": fact["population"],
        "regimen": {
            "drug": "alemtuzumab",
            "dose_mg": fact["dose_mg"],
            "routes": fact["routes"],
            "doses_per_week": 3,
        },
        "responses": blocks,
    }
    given = ("treatment_weeks", "response_months", "patients")
    arm |= {name: fact[name] for name in given if name in fact}
    if "complications" in fact:
        arm["complications"] = [{"preferred": c["term"], **c} for c in fact["complications"]]
    return arm


def _cells(fact: Fact, blocks: list[dict[str, Any]], index: int) -> dict[str, Any]:
    """The cells of the series' row, twelve rows a page from page 5 on."""
    dose = fact["dose_mg"]
    dose = tuple(dose.values()) if isinstance(dose, dict) else dose
    texts = {
        "patients": _listed(fact["population"]),
        "regimen": f"{dose} mg {' and '.join(fact['routes'])} three times a week",
        "response": "; ".join(
            f"{b['scope']}: " + ", ".join(f"{b[n]} {n}" for n in CATEGORIES if n in b)
            for b in blocks
        ),
    }
    if "response_months" in fact:
        texts["response_months"] = str(fact["response_months"])
    if "complications" in fact:
        listed = "; ".join(f"{c['term']} ({c['events']})" for c in fact["complications"])
        texts["complications"] = listed or "No"
    top = 100.0 + 24 * (index % 12)
    return {
        name: {
            "page": 5 + index // 12,
            "box": [COLUMNS[name], top, COLUMNS[name] + 70, top + 20],
            "text": text,
            "table": "4",
        }
        for name, text in texts.items()
    }


def _listed(population: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {disease}" for disease, n in population.items())


def make_rows(fact: Fact, series: Series) -> Iterator[EvidenceRow]:
    """The evidence rows of one series, by the convention of the module's docstring."""
    dose = fact["dose_mg"]
    low, high = dose.values() if isinstance(dose, dict) else (dose, dose)
    cell = series.cells["response"]
    base = {
        "series": series.series,
        "label": series.label,
        "year": fact["year"],
        "dose_mg_low": low,
        "dose_mg_high": high,
        "dose_unit": "mg",
        "dose_band": "≤15 mg" if high <= 15 else "30 mg",
        "route": fact["routes"][0] if len(fact["routes"]) == 1 else "mixed",
        "doses_per_week": 3,
        "schedule": None,
        "status": series.status,
        "source": "review-2015",
        "document": DOCUMENT,
        "page": cell.page,
        "drug": "alemtuzumab",
        "place": Place(document=DOCUMENT, page=cell.page, box_pt=cell.box, text=cell.text),
    }
    for scope, counts in fact["strata"].items():
        stratum, disease = _stratum(fact, scope)
        for outcome in ("ORR", *CATEGORIES, "DCR"):
            events, how = _count(counts, outcome)
            yield EvidenceRow(
                **base,
                stratum=stratum,
                outcome=outcome,
                events=events,
                total=counts["total"],
                disease=disease,
                population=_listed(fact["population"])
                if scope == "all"
                else f"{counts['total']} {scope}",
                how=how,
                derivation="responders are listed by type; a type not listed had none"
                if how == "derived"
                else None,
            )


def _stratum(fact: Fact, scope: str) -> tuple[str, str | None]:
    """(stratum, disease) of a scope: the only disease of a series is the whole series."""
    if scope != "all":
        return ("all" if len(fact["strata"]) == 1 else scope), scope
    first, *more = fact["population"]
    return "all", None if more or "/" in first else first


def _count(counts: Mapping[str, Any], outcome: str) -> tuple[int | None, str | None]:
    """(events, how) of an outcome; both None where a part of it is not reported."""
    parts = SUMS.get(outcome, (outcome,))
    if any(part not in counts for part in parts):
        return None, None
    derived = set(parts) & set(counts.get("derived", ()))
    return sum(counts[part] for part in parts), "derived" if derived else "stated"


def complication_rows(series: list[Series], rows: tuple[EvidenceRow, ...]) -> Iterator[EvidenceRow]:
    """One row per complication a series lists."""
    for one in series:
        base = next(row for row in rows if row.series == one.series)
        cell = one.cells.get("complications")
        for item in one.arms[0].complications or ():
            yield replace(
                base,
                stratum="all",
                outcome=f"complication:{item.preferred}",
                events=item.events,
                total=item.total or one.arms[0].size,
                how="stated",
                derivation=None,
                place=Place(document=DOCUMENT, page=cell.page, box_pt=cell.box, text=cell.text),
            )
