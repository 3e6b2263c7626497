"""Precision and recall per field of what ``extract`` reads from papers of one series.

    python benchmarks/extraction/fields.py CORPUS [--split development|held-out] [--errors] [--json]

CORPUS is the folder that holds the papers named in ``gold/*.yaml``. A gold value is *found* when
the extracted arm, response block or complication that matches it holds the same value; it is
*wrong* when it holds another one, and *missed* when it holds none. Recall is found / gold,
precision found / (found + wrong). Of the found and wrong values, those marked ``checked`` are
scored apart. The papers of ``gold/protocols.yaml`` plan a trial and report nothing: any series
read from one of them is listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evidence.documents import read_document
from evidence.extraction import extract
from evidence.extraction.prose import read_own
from evidence.model.series import Arm, Complication, Responses, Series
from evidence.vocabulary import load_vocabulary, phrase_key

GOLD = Path(__file__).with_name("gold")
PROTOCOLS = "protocols.yaml"
COUNTS = ("total", "CR", "PR", "SD", "PD", "MR", "NE", "ORR", "DCR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One gold value beside what was extracted."""

    paper: str
    field: str
    gold: Any
    got: Any
    checked: bool
    where: str

    @property
    def verdict(self) -> str:
        """``found``, ``wrong`` or ``missed``."""
        if self.got is None:
            return "missed"
        return "found" if self.got == self.gold else "wrong"


def read_series(path: Path) -> Series | None:
    """The paper's own series: from ``extract``, else from the reader of own series alone."""
    document = read_document(path)
    own = [s for s in extract(document).series if s.source.kind == "original"]
    return own[0] if own else read_own(document, load_vocabulary()).series


def score_paper(gold: dict[str, Any], series: Series | None) -> Iterator[Score]:
    """Every gold value of a paper, compared.

    Beside the counts a block may have ``percent`` (by outcome), a median ``low`` and ``high``, and
    a complication ``percent`` in place of ``events``.
    """
    for wanted in gold["arms"]:
        index, arm = match_arm(wanted["label"], series)
        place = f"{gold['paper']} {wanted['label'] or ''}".strip()
        notes = _Notes(series=series, path=f"arms[{index}]", place=place)
        yield from _patients(wanted, arm, notes)
        yield from _regimen(wanted, arm, notes)
        yield from _responses(wanted, arm, notes)
        yield from _medians(wanted, arm, notes)
        yield from _complications(wanted, arm, notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    series: Series | None
    path: str
    place: str

    def score(self, field: str, gold: Any, got: Any, path: str, where: str) -> Score:
        note = self.series.readings.get(f"{self.path}.{path}") if self.series else None
        checked = bool(note and note.checked and not note.doubt)
        return Score(
            paper=self.place, field=field, gold=gold, got=got, checked=checked, where=where
        )


def match_arm(label: str | None, series: Series | None) -> tuple[int, Arm | None]:
    """The arm whose label holds the gold's words and least else."""
    arms = list(enumerate(series.arms)) if series else []
    if label is None:
        return arms[0] if len(arms) == 1 else (0, None)
    key = phrase_key(label)
    named = [(i, a) for i, a in arms if a.label and key in phrase_key(a.label)]
    return min(named, key=lambda pair: len(pair[1].label or ""), default=(0, None))


def _patients(wanted: dict[str, Any], arm: Arm | None, notes: _Notes) -> Iterator[Score]:
    size = arm.size if arm else None
    right = wanted["patients"]
    gold = size if size in right else right[0]
    yield notes.score("patients", gold, size, "total", "patients")


def _regimen(wanted: dict[str, Any], arm: Arm | None, notes: _Notes) -> Iterator[Score]:
    gold = wanted["regimen"]
    if not gold:
        return
    regimen = arm.regimen if arm else None
    dose = regimen.dose_mg if regimen else None
    per_week = regimen.doses_per_week if regimen else None
    got = {
        "drug": regimen.drug if regimen else None,
        "dose": dose.high if dose else None,
        "unit": regimen.dose_unit if regimen and dose else None,
        "routes": (list(regimen.routes) or None) if regimen else None,
        "doses_per_week": per_week.high if per_week else None,
    }
    for name, value in got.items():
        if name in gold:
            path = "regimen.dose_mg" if name in ("dose", "unit") else f"regimen.{name}"
            yield notes.score(f"regimen.{name}", gold[name], value, path, gold["where"])
    if "schedule" in gold:
        said = phrase_key(regimen.schedule) if regimen and regimen.schedule else None
        right = said is not None and all(phrase_key(part) in said for part in gold["schedule"])
        yield notes.score("regimen.schedule", gold["schedule"], gold["schedule"] if right else said,
                          "regimen.schedule", gold["where"])  # fmt: skip


def _responses(wanted: dict[str, Any], arm: Arm | None, notes: _Notes) -> Iterator[Score]:
    for gold in wanted["responses"]:
        index, block = match_block(gold, arm)
        for name in COUNTS:
            if name in gold:
                got = getattr(block, name) if block else None
                field = "responses.total" if name == "total" else name
                yield notes.score(
                    field, gold[name], got, f"responses[{index}].{name}", gold["where"]
                )
        for name, percent in gold.get("percent", {}).items():
            stated = block.stated_percent.get(name) if block else None
            path = f"responses[{index}].stated_percent.{name}"
            yield notes.score("responses.percent", percent, stated, path, gold["where"])


def match_block(gold: dict[str, Any], arm: Arm | None) -> tuple[int, Responses | None]:
    """The block of the gold's scope and timepoint."""
    for index, block in enumerate(arm.responses if arm else ()):
        scope = phrase_key(gold["scope"]) in phrase_key(block.scope)
        time = phrase_key(gold.get("timepoint", "")) in phrase_key(block.timepoint or "")
        if scope and time:
            return index, block
    return 0, None


def _medians(wanted: dict[str, Any], arm: Arm | None, notes: _Notes) -> Iterator[Score]:
    days = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}
    for gold in wanted["medians"]:
        name = gold["endpoint"]
        field, unit, path = _duration(name)
        duration = getattr(arm, field) if arm else None
        if field == "response_months":
            several = enumerate(arm.response_months if arm else ())
            index, duration = next(((i, d) for i, d in several if d.endpoint == name), (0, None))
            path = f"{path}[{index}]"
        point = duration.point if duration else None
        into = round(gold["value"] * days[gold["unit"]] / days[unit], 2)
        part = "median" if duration and duration.median is not None else "value"
        yield notes.score(f"median {name}", into, None if point is None else round(point, 2),
                          f"{path}.{part}", gold["where"])  # fmt: skip
        for end in (e for e in ("low", "high") if e in gold):
            bound = getattr(duration, end) if duration else None
            wanted = round(gold[end] * days[gold["unit"]] / days[unit], 2)
            got = None if bound is None else round(bound, 2)
            yield notes.score(f"range {name}", wanted, got, f"{path}.{end}", gold["where"])


def _duration(endpoint: str) -> tuple[str, str, str]:
    if endpoint == "follow-up":
        return "follow_up_months", "month", "follow_up_months"
    if endpoint == "treatment":
        return "treatment_weeks", "week", "treatment_weeks"
    return "response_months", "month", "response_months"


def _complications(wanted: dict[str, Any], arm: Arm | None, notes: _Notes) -> Iterator[Score]:
    found: dict[tuple[str, str | None], tuple[int, Complication]] = {}
    for index, item in enumerate((arm.complications or ()) if arm else ()):
        found.setdefault((phrase_key(item.term), item.grade), (index, item))
    for gold in wanted["complications"]:
        index, item = found.get((phrase_key(gold["term"]), gold["grade"]), (0, None))
        part = "events" if "events" in gold else "percent"
        yield notes.score("complications", gold[part], getattr(item, part) if item else None,
                          f"complications[{index}].{part}", gold["where"])  # fmt: skip


def false_series(corpus: Path) -> list[str]:
    """Protocols of the corpus from which a series was read all the same."""
    listed = YAML(typ="safe").load((GOLD / PROTOCOLS).read_text(encoding="utf-8"))["papers"]
    found = [p for p in listed if (corpus / p["file"]).is_file()]
    return [p["paper"] for p in found if read_series(corpus / p["file"]) is not None]


def summarise(scores: list[Score]) -> dict[str, dict[str, float | int | None]]:
    """Counts, precision and recall per field, all fields together, and the checked ones."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[score.field].append(score)
        groups["all"].append(score)
    table = {name: _line(group) for name, group in sorted(groups.items())}
    given = [s for s in scores if s.verdict != "missed"]
    checked = [s for s in given if s.checked]
    right = sum(s.verdict == "found" for s in checked)
    table["checked"] = {
        "gold": len(given), "found": right, "wrong": len(checked) - right, "missed": 0,
        "precision": right / len(checked) if checked else None,
        "recall": len(checked) / len(given) if given else None,
    }  # fmt: skip
    return table


def _line(group: list[Score]) -> dict[str, float | int | None]:
    found, wrong = (sum(s.verdict == v for s in group) for v in ("found", "wrong"))
    return {
        "gold": len(group), "found": found, "wrong": wrong, "missed": len(group) - found - wrong,
        "precision": found / (found + wrong) if found + wrong else None,
        "recall": found / len(group),
    }  # fmt: skip


def print_table(table: dict[str, dict[str, float | int | None]]) -> None:
    """The summary as columns; for ``checked``, recall is the share of values so marked."""
    print(f"{'field':22}{'gold':>6}{'found':>7}{'wrong':>7}{'missed':>8}{'prec.':>8}{'recall':>8}")
    for name, line in table.items():
        rates = [f"{line[k]:.3f}" if line[k] is not None else "-" for k in ("precision", "recall")]
        counts = f"{line['gold']:>6}{line['found']:>7}{line['wrong']:>7}{line['missed']:>8}"
        print(f"{name:22}{counts}{rates[0]:>8}{rates[1]:>8}")


def main() -> int:
    """Score the papers of one split, or of both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", choices=("development", "held-out"))
    parser.add_argument("--pdf", action="store_true", help="read the PDF beside the XML, if any")
    parser.add_argument("--errors", action="store_true", help="list wrong and missed values")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scores: list[Score] = []
    for path in sorted(p for p in GOLD.glob("*.yaml") if p.name != PROTOCOLS):
        gold = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        paper = options.corpus / gold["file"]
        if options.pdf:
            paper = paper.with_name("paper.pdf")
        if options.split not in (None, gold["split"]) or not paper.is_file():
            continue
        scores += score_paper(gold, read_series(paper))
    if options.errors:
        for score in (s for s in scores if s.verdict != "found"):
            mark = " CHECKED" if score.checked and score.verdict == "wrong" else ""
            print(f"{score.paper}: {score.field} {score.verdict}{mark}: "
                  f"gold {score.gold}, got {score.got} ({score.where})")  # fmt: skip
    table = summarise(scores)
    if options.json:
        print(json.dumps(table, indent=2))
    else:
        print_table(table)
        if options.split != "held-out" and (GOLD / PROTOCOLS).is_file():
            print(
                f"series read from protocols: {', '.join(false_series(options.corpus)) or 'none'}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
