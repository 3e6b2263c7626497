"""Whose results a block of responses gives: the review's population, one disease, or others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.protocol import Population
    from evidence.model.series import Arm, Responses

WHOLE = {
    "all",
    "all patients",
    "any",
    "assessable",
    "evaluable",
    "evaluable patients",
    "intention to treat",
    "itt",
    "overall",
    "patients",
    "total",
    "whole",
}
"""Scopes that mean all patients of the arm."""
_JOINED = re.compile(r"\s*(?:/|\+|,|&|;|\band\b|\bor\b|_or_)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Diseases:
    """Which disease labels the review's population takes in."""

    population: Population

    def same(self, a: str, b: str) -> bool:
        """Whether two labels name one disease, by abbreviation or by full name."""
        return self._key(a) == self._key(b)

    def relevant(self, disease: str) -> bool:
        """In ``include`` (or nothing is), and not in ``exclude``; a pooled label by its parts."""
        include, exclude = self.population.include, self.population.exclude
        if any(self.same(disease, other) for other in exclude):
            return False
        if not include or any(self.same(disease, other) for other in include):
            return True
        parts = label_parts(disease)
        return len(parts) > 1 and all(self.relevant(part) for part in parts)

    def find(self, label: str, among: list[str]) -> str | None:
        """The one of ``among`` that is the same disease; None where there is none."""
        return next((other for other in among if self.same(label, other)), None)

    def named(self, label: str) -> str:
        """A label as the protocol abbreviates it; as it is where the protocol does not."""
        same = (short for short in self.population.names if self.same(label, short))
        return next(same, label)

    def _key(self, label: str) -> str:
        folded = label.strip().casefold()
        for short, full in self.population.names.items():
            if folded in {short.casefold(), full.casefold()}:
                return short.casefold()
        return folded


def label_parts(disease: str) -> list[str]:
    """``MF/SS`` → ``[MF, SS]``; a label of one disease → itself."""
    return [part for part in _JOINED.split(disease) if part]


def is_pooled(disease: str) -> bool:
    """Whether a label stands for several diseases together, without a split."""
    return len(label_parts(disease)) > 1


def is_variety(label: str, disease: str) -> bool:
    """Whether a label names a variety of a disease by its own name (``T-MF`` of ``MF``)."""
    return label != disease and re.search(rf"[\s-]{re.escape(disease)}$", label) is not None


def sole_disease(labels: list[str]) -> str | None:
    """The only disease of a stratum; None where several are mixed."""
    return labels[0] if len(labels) == 1 and not is_pooled(labels[0]) else None


def relevant_labels(arm: Arm, diseases: Diseases) -> list[str]:
    """The labels of an arm's population that belong to the review."""
    return [d for d in arm.population if diseases.relevant(d)]


def is_whole(block: Responses) -> bool:
    """Whether a block is about all patients of the arm, by its scope's word."""
    return block.scope.strip().casefold() in WHOLE


def is_parent(arm: Arm, block: Responses) -> bool:
    """Whether a block is about the larger group the arm's patients are part of."""
    if arm.within is None:
        return False
    named = block.scope.strip().casefold() == arm.within.disease.strip().casefold()
    patients = sum(arm.population.values())
    larger = block.total == arm.within.patients and block.total != patients
    return named or (is_whole(block) and larger)


def whole_total(arm: Arm, labels: list[str]) -> int | None:
    """Patients of the review's population in an arm."""
    if not arm.population:
        return arm.total
    if arm.within is not None or len(labels) < len(arm.population) or arm.total is None:
        return sum(arm.population[d] for d in labels)
    return arm.total


def describe(arm: Arm) -> str:
    """``17 SS, 2 E-MF``, or ``8 MF of 50 lymphoma``."""
    text = ", ".join(f"{n} {d}" for d, n in arm.population.items())
    if not text and arm.total is not None:
        text = f"{arm.total} patients"
    if arm.within is not None:
        text += f" of {arm.within.patients} {arm.within.disease}"
    return text
