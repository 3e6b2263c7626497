"""Response and stage rules of a field, as data, applied to patient rows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.field_rules.blood import blood_findings
from evidence.table.audit.field_rules.overall import overall_findings
from evidence.table.audit.field_rules.stage import blood_class_findings, stage_findings

FIELDS = ("cutaneous_lymphoma",)
"""One TOML file of rules each, beside this module."""


@cache
def field_rules(name: str) -> dict[str, Any]:
    """The rules of one field: diseases, blood, overall, stage."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def rules_for(subject: Subject) -> Iterator[dict[str, Any]]:
    """The rules of every field one of whose diseases the series treats."""
    labels = {part for arm in subject.series.arms for part in arm.population}
    labels |= {p.disease for arm in subject.series.arms for p in arm.patients if p.disease}
    for name in FIELDS:
        rules = field_rules(name)
        if any(word in label for label in labels for word in rules["diseases"]):
            yield rules


def blood(subject: Subject, case: Case) -> Iterator[Finding]:
    """Blood response from cells before and after treatment."""
    for rules in rules_for(subject):
        yield from blood_findings(subject, rules["blood"])


def overall(subject: Subject, case: Case) -> Iterator[Finding]:
    """Overall response from the compartments."""
    for rules in rules_for(subject):
        yield from overall_findings(subject, rules["overall"])


def stage(subject: Subject, case: Case) -> Iterator[Finding]:
    """Stage from T, N, M and B, in patient rows and in the text."""
    for rules in rules_for(subject):
        yield from stage_findings(subject, rules["stage"], case)


def blood_class(subject: Subject, case: Case) -> Iterator[Finding]:
    """Blood class B2 that the count cannot confirm."""
    for rules in rules_for(subject):
        yield from blood_class_findings(subject, rules["blood"])
