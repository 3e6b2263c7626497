"""Fields of published series read from review tables, against transcriptions keyed by hand.

``python benchmarks/extraction/series/score.py`` prints, per paper and format: fields right, recall,
and of the values marked as checked how many there are and how many are right. ``-`` in ``gold.tsv``
is *not stated* (an emitted value is wrong), ``?`` is left out (the cell is ambiguous).
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evidence.documents import read_document
from evidence.extraction import extract
from evidence.model.series import Series

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT / "tests" / "extraction"))
from extraction_gold import differences  # noqa: E402


def _number(value: Any) -> str:
    return "-" if value is None else f"{float(value):g}"


def fields_of(series: Series, at: int) -> dict[str, tuple[str, str]]:
    """Field to (value as text, path of its reading)."""
    arm = series.arms[at]
    path = f"arms[{at}]"
    regimen, weeks = arm.regimen, arm.treatment_weeks
    dose, per_week = regimen.dose_mg, regimen.doses_per_week
    size_path = f"{path}.total"
    if arm.total is None and arm.population:
        size_path = f"{path}.population.{next(iter(arm.population))}"
    percents = [item.percent for item in arm.complications or () if item.percent is not None]
    return {
        "year": (_number(series.citation.year), "citation.year"),
        "ref": (_number(series.citation.reference), "citation.reference"),
        "n": (_number(arm.size), size_path),
        "weeks": (_number(weeks.point if weeks else None), f"{path}.treatment_weeks"),
        "dose": (_number(dose.low if dose else None), f"{path}.regimen.dose_mg"),
        "unit": (regimen.dose_unit if dose else "-", f"{path}.regimen.dose_mg"),
        "per_week": (
            _number(per_week.low if per_week else None),
            f"{path}.regimen.doses_per_week",
        ),
        "routes": (",".join(regimen.routes) or "-", f"{path}.regimen.routes"),
        "percents": (
            ",".join(f"{percent:g}" for percent in percents) or "-",
            f"{path}.complications[0].percent",
        ),
    }


def compare(paper: Path, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str, str, bool]]:
    """(series, field, read, expected, checked) of every stated or emitted field."""
    found = {series.series: series for series in extract(read_document(paper)).series}
    for row in rows:
        name, _, number = row["series"].partition("#")
        series = found.get(name)
        at = int(number or 1) - 1
        has_arm = series is not None and at < len(series.arms)
        read = fields_of(series, at) if series is not None and has_arm else {}
        for field in (
            "year",
            "ref",
            "n",
            "weeks",
            "dose",
            "unit",
            "per_week",
            "routes",
            "percents",
        ):
            value, path = read.get(field, ("-", ""))
            if row[field] == "?" or row[field] == value == "-":
                continue
            note = series.readings.get(path) if series is not None else None
            yield row["series"], field, value, row[field], bool(note and note.checked)


def report(name: str, compared: list[tuple[str, str, str, str, bool]], *, show: bool) -> None:
    """One line per paper, and each wrong field."""
    right = [entry for entry in compared if entry[2] == entry[3]]
    checked = [entry for entry in compared if entry[4]]
    sure = [entry for entry in checked if entry[2] == entry[3]]
    print(
        f"{name}: {len(right)}/{len(compared)} fields right; checked {len(checked)}"
        f" ({len(checked) / max(len(compared), 1):.2f}), right of these {len(sure)}"
    )
    for entry in compared if show else []:
        if entry[2] != entry[3]:
            print(f"    {entry[0]} {entry[1]}: read {entry[2]}, printed {entry[3]}, {entry[4]}")


def seed(path: Path) -> None:
    """The table of the 2015 review against its transcription."""
    gold = YAML(typ="safe").load(SHARED / "facts" / "table4.yaml")["rows"]
    found = {series.citation.reference: series for series in extract(read_document(path)).series}
    right = total = 0
    for row in gold:
        series = found.get(row["ref"])
        if series is None:
            print(f"    {row['id']}: not found")
            continue
        for field, read, expected in differences(series, row):
            total += 1
            right += read == expected
            if read != expected:
                print(f"    {row['id']} {field}: read {read}, printed {expected}")
    readings = [note for series in found.values() for note in series.readings.values()]
    checked = sum(1 for note in readings if note.checked)
    print(
        f"{path.name}: {len(found)}/{len(gold)} series, {right}/{total} fields right; "
        f"checked {checked}/{len(readings)} ({checked / max(len(readings), 1):.2f})"
    )


def main() -> None:
    """Score every paper of the gold in every format it has."""
    with (Path(__file__).parent / "gold.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    everything: list[tuple[str, str, str, str, bool]] = []
    for name in dict.fromkeys(row["paper"] for row in rows):
        for suffix in (".xml", ".nxml", ".pdf"):
            path = SHARED / "corpus" / f"{name}{suffix}"
            if path.exists():
                compared = list(compare(path, [row for row in rows if row["paper"] == name]))
                everything += compared
                report(f"{name}{suffix}", compared, show=True)
    report("all", everything, show=False)
    for path in ("actas-2015.pdf", "actas-2015.txt"):
        seed(SHARED / "sources" / path)


if __name__ == "__main__":
    main()
