"""The fourteen series of the 2015 review as Series objects, from its hand transcription."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evidence.model.protocol import DoseBand, Drug, Groups, Population, Protocol
from evidence.model.series import Series

LABELS = {"MF_or_SS": "MF/SS"}
COUNTS = ("CR", "PR", "SD", "PD")

PROTOCOL = Protocol(
    drug=Drug(name="alemtuzumab"),
    population=Population(include=("SS", "MF", "E-MF", "T-MF", "L-CTCL", "CTCL")),
    groups=Groups(
        dose=(DoseBand(label="≤15 mg", up_to=15), DoseBand(label="30 mg", above=15, up_to=30))
    ),
)


def read_table4(shared: Path) -> list[Series]:
    """Every row of the transcription."""
    rows = YAML(typ="safe", pure=True).load((shared / "facts" / "table4.yaml").read_text())["rows"]
    return [build(row) for row in rows]


def build(row: dict[str, Any]) -> Series:
    """One row of the transcription as the series file it should become."""
    n = row["n"]
    arm: dict[str, Any] = {
        "population": {LABELS.get(k, k): v for k, v in n["by_disease"].items()},
        "regimen": {
            "drug": row["regimen"]["drug"],
            "dose_mg": row["regimen"]["dose_mg"],
            "routes": row["regimen"]["routes"],
            "doses_per_week": row["regimen"]["doses_per_week"],
        },
        "responses": list(responses(row)),
        "response_months": [duration(d) for d in row["response_duration"] if "value" in d],
    }
    stated = n["stated"]
    if "subset" in stated:
        arm["within"] = {"disease": stated["population"], "patients": stated["total"]}
    if (weeks := weeks_of(row["treatment_duration"])) is not None:
        arm["treatment_weeks"] = weeks
    if isinstance(row["complications"], list):
        parent = arm.get("within", {}).get("patients")
        arm["complications"] = [complication(c, parent) for c in row["complications"]]
    return Series.model_validate(
        {
            "series": row["id"].replace("_", "-"),
            "citation": {"authors": row["author"], "year": row["year"], "reference": row["ref"]},
            "source": {"document": "actas-2015.pdf", "table": "4"},
            "arms": [arm],
        }
    )


def responses(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The stated cells, one block per scope."""
    blocks: dict[str, dict[str, Any]] = {}
    diseases = {LABELS.get(k, k): v for k, v in row["n"]["by_disease"].items()}
    for entry in row["response"]["stated"]:
        scope = entry["scope"]
        scope = row["n"]["stated"].get("population", scope) if scope == "all_NHL" else scope
        block = blocks.setdefault(scope, {"scope": scope})
        total = entry.get("denominator") or (
            row["n"]["relevant_n"] if scope == "all" else diseases.get(scope)
        )
        if total:
            block["total"] = total
        if "pct" in entry:
            block.setdefault("stated_percent", {})[entry["label_printed"]] = entry["pct"]
        if "OR_pct" in entry:
            block.setdefault("stated_percent", {})["ORR"] = entry["OR_pct"]
        if "qualifier" in entry:
            block["exclusions"] = [
                {"outcome": k, "events": entry[k], "reason": entry["qualifier"]}
                for k in COUNTS
                if k in entry
            ]
        if "death" in entry:
            block["deaths"], block["death_cause"] = entry["death"], entry["death_cause"]
        block.update({k: entry[k] for k in COUNTS if k in entry})
    return list(blocks.values())


def duration(entry: dict[str, Any]) -> dict[str, Any]:
    """A response duration in months."""
    value = entry.get("months", entry["value"])
    key = "median" if entry.get("statistic") == "median" else "value"
    made: dict[str, Any] = {key: value}
    if qualifier := entry.get("qualifier"):
        made["comparator"] = {"less_than": "<", "more_than": ">"}[qualifier]
    if "n" in entry:
        made |= {"patients": entry["n"], "by_disease": entry["by_disease"]}
    words = {"less_than": "Less than ", "more_than": "> "}.get(entry.get("qualifier"), "")
    made["printed"] = f"{words}{entry['value']} {'wk' if entry['unit'] == 'week' else 'mo'}"
    return made


def weeks_of(entry: dict[str, Any]) -> dict[str, Any] | None:
    """A treatment duration in weeks; None where it is not stated."""
    return {
        "range": lambda: {"low": entry["low"], "high": entry["high"]},
        "value": lambda: {"value": entry["value"]},
        "list": lambda: {"values": entry["values"]},
        "not_stated": lambda: None,
    }[entry["kind"]]()


def complication(entry: dict[str, Any], parent: int | None) -> dict[str, Any]:
    """One complication with its preferred term."""
    made = {"term": entry["term"], "preferred": entry["pt"], "group": entry["group"]}
    made["events"] = entry["count"]
    for key, name in (("grade", "grade"), ("fatal", "fatal"), ("restricted_to", "restricted_to")):
        if entry.get(key) is not None:
            made[name] = str(entry[key]) if name == "grade" else entry[key]
    if entry.get("co_event"):
        made["with_terms"] = [entry["co_event"]]
    if parent and "denominator_is" in entry:
        made["total"] = parent
    return made


def own_patients(shared: Path) -> list[dict[str, Any]]:
    """The five patients of Table 3 as the patient rows they should become."""
    table = YAML(typ="safe", pure=True).load((shared / "facts" / "table3.yaml").read_text())
    stage = table["meta"]["stage_stated_for_all"]
    return [patient(row, stage) for row in table["patients"]]


def patient(row: dict[str, Any], stage: dict[str, str]) -> dict[str, Any]:
    """One patient of the transcription."""
    cells = row["sezary"]
    return {
        "id": row["id"],
        "sex": row["sex"],
        "age": row["age"],
        "disease": "SS",
        "treatment_weeks": row["treatment_weeks"],
        "weeks_to_response": row["weeks_to_response"],
        "response": {k: row[k] for k in ("skin", "blood", "overall")},
        "response_months": row["response_months"],
        "follow_up_months": row["followup_months"],
        "died": row["died"],
        "course": row["course"],
        "complications": [{"term": t} for t in row["complications"]],
        "measurements": [
            {"name": "Sézary cells", "unit": unit, "before": cells[f"pre_{k}"],
             "after": cells[f"post_{k}"]}
            for unit, k in (("/µL", "per_uL"), ("%", "pct"))
        ],
        "stage": " ".join([stage["group"], *(stage[k] for k in "TNMB")]),
        "marks": ["c"] if row["footnote_c"] else [],
    }  # fmt: skip


def own_series(shared: Path) -> Series:
    """The paper's own series with its patient rows."""
    table = {s.series: s for s in read_table4(shared)}
    plain = table["own-series"].model_dump(mode="json", exclude_none=True)
    plain["arms"][0]["patients"] = own_patients(shared)
    return Series.model_validate(plain)
