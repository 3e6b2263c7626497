"""Stage from T, N, M and B, in patient rows and where a sentence gives them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.field_rules.blood import read_cells

_GROUP = re.compile(r"\b(?:stages?\s+)?(I[AB]|II[AB]|III[AB]|IVA[12]|IVB)\b")
_CLASS = {name: re.compile(rf"(?<![A-Za-z]){name}\s?([0-4])(?!\d)") for name in "TNMB"}


def stage_findings(subject: Subject, rules: dict[str, Any], case: Case) -> Iterator[Finding]:
    """Stages that their classes do not give, in patient rows and in the text."""
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            stated, classes = read_group(patient.stage or ""), read_classes(patient.stage or "")
            possible = stage_groups(classes, rules)
            if stated and len(classes) == 4 and stated not in possible:
                field, who = f"arms[{a}].patients[{p}].stage", f"patient {patient.id}: "
                yield _stage(subject, field, who, stated, classes, possible)
    yield from _in_text(subject, rules, case)


def blood_class_findings(subject: Subject, blood: dict[str, Any]) -> Iterator[Finding]:
    """A blood class B2 that the count alone cannot confirm and no footnote explains."""
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            cells = read_cells(patient, blood)
            before = cells.before if cells is not None and cells.per_ul else None
            stated = read_classes(patient.stage or "").get("B")
            if stated != 2 or before is None or before >= blood["b2_count"] or patient.marks:
                continue
            yield finding(
                "blood-class",
                "low",
                subject,
                f"arms[{a}].patients[{p}].stage",
                stated=f"patient {patient.id}: B2",
                computed="cannot be verified from the count",
                arithmetic=f"{before:g} cells per µL, below {blood['b2_count']:g}; "
                f"B2 would need {blood['other_b2']}",
                would_change="the stage of this patient",
            )


def _in_text(subject: Subject, rules: dict[str, Any], case: Case) -> Iterator[Finding]:
    """Sentences of the series' own document that give a stage and all four classes."""
    if not any(arm.patients for arm in subject.series.arms):
        return
    for sentence in case.sentences:
        if sentence.document != subject.series.source.document:
            continue
        classes, stated = read_classes(sentence.text), read_group(sentence.text)
        possible = stage_groups(classes, rules)
        if stated and len(classes) == 4 and stated not in possible:
            made = _stage(subject, "arms[0].patients", "", stated, classes, possible)
            yield replace(made, places=(sentence.place,))


def read_group(text: str) -> str | None:
    """The only stage group a text names; None where it names none or several."""
    groups = set(_GROUP.findall(text))
    return groups.pop() if len(groups) == 1 else None


def read_classes(text: str) -> dict[str, int]:
    """``T4, N0, M0, B2`` → ``{T: 4, N: 0, M: 0, B: 2}``; only classes named once."""
    found = {name: set(pattern.findall(text)) for name, pattern in _CLASS.items()}
    return {name: int(values.pop()) for name, values in found.items() if len(values) == 1}


def stage_groups(classes: dict[str, int], rules: dict[str, Any]) -> list[str]:
    """Every stage group that classes T, N, M, B allow."""
    return [
        entry["group"]
        for entry in rules["groups"]
        if all(classes[n] in entry[n] for n in "TNMB" if n in classes)
    ]


def _stage(
    subject: Subject,
    field: str,
    who: str,
    stated: str,
    classes: dict[str, int],
    possible: list[str],
) -> Finding:
    words = " ".join(f"{n}{v}" for n, v in classes.items())
    return finding(
        "stage-against-classes",
        "medium",
        subject,
        field,
        stated=f"{who}stage {stated} ({words})",
        computed=f"stage {' or '.join(possible) or 'unknown'}",
        arithmetic=f"{words} is {' or '.join(possible) or 'no known stage'} (ISCL/EORTC)",
        would_change="the stage of these patients",
    )
