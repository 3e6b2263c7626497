"""The path of a value in a series file as a reader says it: ``SD at 6 months``."""

from __future__ import annotations

from evidence.model.paths import Step, parse_path
from evidence.model.series import Arm, Complication, Responses, Series

PARTS = {
    "treatment_weeks": "treatment",
    "response_months": "duration",
    "follow_up_months": "follow-up",
    "regimen": "regimen",
    "patients": "patient rows",
}
"""Part of an arm → what its values are called together."""


def field_name(series: Series, path: str) -> str:
    """``arms[0].responses[1].SD`` → ``SD (SS, 6 months)``; the path itself where none is known."""
    steps = parse_path(path)
    if len(steps) < 3 or steps[0] != "arms" or not isinstance(steps[1], int):
        return path
    if steps[1] >= len(series.arms):
        return path
    return _in_arm(series.arms[steps[1]], steps[2:]) or path


def _in_arm(arm: Arm, steps: tuple[Step, ...]) -> str | None:
    match steps:
        case ("population", str(disease)):
            return f"{disease} patients"
        case ("total",):
            return "patients"
        case ("responses", int(n), *rest) if n < len(arm.responses):
            return f"{rest[-1] if rest else 'responses'}{of_whom(arm.responses[n])}"
        case ("complications", int(n), *_) if arm.complications and n < len(arm.complications):
            return complication_name(arm.complications[n])
        case ("regimen", str(part)):
            return {"dose_mg": "dose", "routes": "route"}.get(part, part.replace("_", " "))
        case (str(part), *_):
            return PARTS.get(part)
    return None


def of_whom(block: Responses) -> str:
    """`` (SS, skin, 6 months)``; nothing for the whole arm at the only time."""
    scope = None if block.scope == "all" else block.scope
    told = [part for part in (scope, block.compartment, block.timepoint) if part]
    return f" ({', '.join(told)})" if told else ""


def complication_name(item: Complication) -> str:
    """``Neutropenia (grade 3; first cycle)``."""
    parts = [f"grade {item.grade}" if item.grade else None, item.restricted_to]
    told = "; ".join(filter(None, parts))
    return f"{item.term} ({told})" if told else item.term
