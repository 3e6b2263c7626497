"""Blood response from tumour cells before and after treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.model.finding import Finding, FindingSeverity
from evidence.model.series import Patient
from evidence.table.audit.base import Subject, finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Tumour cells in the blood before and after, as a count and in percent of lymphocytes."""

    before: float | None = None
    after: float | None = None
    per_ul: bool = False
    """The count is in the unit the classes are defined in."""
    percent_before: float | None = None
    percent_after: float | None = None

    @property
    def reduction(self) -> float | None:
        """Share of the initial burden that is gone, from the counts, else from the percentages."""
        pairs = ((self.before, self.after), (self.percent_before, self.percent_after))
        for before, after in pairs:
            if before and after is not None:
                return 1 - after / before
        return None


def read_cells(patient: Patient, rules: dict[str, Any]) -> Cells | None:
    """The patient's tumour cells; None where no measurement names them."""
    mine = [m for m in patient.measurements if re.search(rules["cells"], m.name)]
    if not mine:
        return None
    found: dict[str, float | None] = {}
    per_ul = False
    for m in mine:
        if m.unit in rules["percent_units"]:
            found |= {"percent_before": m.before, "percent_after": m.after}
        elif m.unit:
            found |= {"before": m.before, "after": m.after}
            per_ul = m.unit in rules["count_units"]
    return Cells(per_ul=per_ul, **found) if found else None


def blood_findings(subject: Subject, rules: dict[str, Any]) -> Iterator[Finding]:
    """Stated blood responses that the cell counts contradict, or cannot confirm."""
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            stated = patient.response.get(rules["compartment"])
            cells = read_cells(patient, rules)
            if stated not in {"CR", "PR", "SD", "PD"} or cells is None:
                continue
            verdict = judge(stated, cells, rules)
            if verdict is None:
                continue
            severity, computed, arithmetic = verdict
            yield finding(
                "blood-response",
                severity,
                subject,
                f"arms[{a}].patients[{p}].response.{rules['compartment']}",
                stated=f"patient {patient.id}: {stated} in the blood",
                computed=computed,
                arithmetic=arithmetic,
                would_change="the blood response and perhaps the overall response of this patient",
                also=(f"arms[{a}].patients[{p}].measurements",),
            )


def judge(
    stated: str, cells: Cells, rules: dict[str, Any]
) -> tuple[FindingSeverity, str, str] | None:
    """What is wrong with a stated blood response; None where the rules give the same."""
    limit, needed = rules["b0_percent"], rules["pr_reduction"]
    after, gone = cells.percent_after, cells.reduction
    clear = cells.after == 0 or (after is not None and after <= limit)
    unknown = after is None and cells.after != 0
    share = "" if gone is None else f"{100 * gone:.0f}% reduction"
    left = "" if after is None else f"{after:g}% after treatment (B0: at most {limit:g}%)"
    words = "; ".join(w for w in (left, share) if w)
    if stated == "CR":
        if unknown:
            return "low", "cannot be verified: no percentage after treatment", words or "no figures"
        return None if clear else ("medium", "not B0, so no complete response", words)
    if stated == "PR":
        if gone is None:
            return "low", "cannot be verified: no figures before and after", words or "no figures"
        if gone <= needed:
            return "medium", f"no more than {100 * needed:.0f}% reduction, so no response", words
        if clear and not unknown and cells.percent_before is not None and after is not None:
            higher = cells.percent_before > limit
            return ("low", "B0 after treatment: a complete response", words) if higher else None
    return None
