"""Overall response from the responses of the compartments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.model.finding import Finding
from evidence.model.series import Patient
from evidence.table.audit.base import Subject, finding
from evidence.table.from_patients import overall_of

KNOWN = {"CR", "PR", "SD", "PD", "NI"}


def overall_findings(subject: Subject, rules: dict[str, Any]) -> Iterator[Finding]:
    """Stated overall responses that the compartments do not give."""
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            stated, computed = overall_of(patient), overall_response(patient, rules)
            if stated is None or computed is None or stated == computed:
                continue
            parts = _parts(patient, rules)
            yield finding(
                "overall-response",
                "medium",
                subject,
                f"arms[{a}].patients[{p}].response.overall",
                stated=f"patient {patient.id}: overall {stated}",
                computed=f"{computed} from the compartments",
                arithmetic=", ".join(f"{name} {value}" for name, value in parts.items()),
                would_change=f"{stated} and {computed} of this series",
            )


def overall_response(patient: Patient, rules: dict[str, Any]) -> str | None:
    """The overall response by the first rule that fits; None where the compartments say too little.

    With one compartment only, the others may not be involved or not be reported: nothing follows.
    """
    parts = _parts(patient, rules)
    leading = rules["leading"]
    if leading not in parts or len(parts) < 2 or not set(parts.values()) <= KNOWN:
        return None
    values = ["CR" if v == "NI" else v for v in parts.values()]
    lead = "CR" if parts[leading] == "NI" else parts[leading]
    others = [v for n, v in parts.items() if n != leading and v != "NI"]
    for rule in rules["rule"]:
        if _fits(rule["when"], values, lead, others):
            return str(rule["then"])
    return None


def _parts(patient: Patient, rules: dict[str, Any]) -> dict[str, str]:
    return {n: patient.response[n] for n in rules["compartments"] if n in patient.response}


def _fits(when: dict[str, Any], values: list[str], lead: str, others: list[str]) -> bool:
    return (
        ("any" not in when or any(v in when["any"] for v in values))
        and ("all" not in when or all(v in when["all"] for v in values))
        and ("leading" not in when or lead in when["leading"])
        and ("others_any" not in when or any(v in when["others_any"] for v in others))
        and ("alone" not in when or when["alone"] == (not others))
    )
