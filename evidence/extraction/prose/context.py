"""What the reading of one arm may use, and which facts of the text speak of that arm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from evidence.extraction.prose.arms import ArmGroup, arm_key
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.roles import CONCLUSION
from evidence.model.series import Patient
from evidence.vocabulary import Vocabulary

ABSTRACT = ("title", "abstract-results", "abstract", "results", "abstract-methods", "methods")
"""Roles of sentences by how surely they speak of the whole series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the checks of one arm may use."""

    document: str
    arm: ArmGroup
    size: int | None
    reading: ProseReading
    patients: tuple[Patient, ...]
    vocabulary: Vocabulary

    def facts(self, kind: str, name: str | None = None) -> list[ProseFact]:
        """The text's facts about this arm as a whole, the abstract's first."""
        found = [f for f in self.reading.of(kind) if self.speaks_of(f)]
        found = [f for f in found if name is None or f.name == name]
        return sorted(found, key=lambda f: rank(f.role))

    def said_again(self, kind: str, name: str) -> list[ProseFact]:
        """What the abstract's conclusion repeats of this arm: it may agree, and never differs."""
        facts = self.reading.of(kind, own=False)
        told = [f for f in facts if f.role == CONCLUSION and f.name == name]
        return [f for f in told if self.speaks_of(f)]

    def speaks_of(self, fact: ProseFact) -> bool:
        """Whether a fact is about all patients of the arm, in no compartment of its own.

        The one disease of the title is all patients; so is a disease with as many patients as the
        arm has.
        """
        if fact.compartment is not None or fact.timepoint is not None:
            return False
        if self.arm.label is not None:
            return fact.scope is not None and arm_key(fact.scope) == arm_key(self.arm.label)
        if fact.scope_kind == "disease":
            return {fact.scope} == self.diseases or (
                fact.total is not None and fact.total == self.size
            )
        return fact.scope is None

    @property
    def diseases(self) -> set[str | None]:
        """The diseases the title names."""
        return {fact.name for fact in self.reading.of("disease")}


def rank(role: str) -> int:
    """Order of a sentence's role, the abstract before the results."""
    return ABSTRACT.index(role) if role in ABSTRACT else len(ABSTRACT)


def fits_percent(events: int, total: int, percent: float) -> bool:
    """Whether a percentage as printed is events of total, rounded either way at a half."""
    digits = len(f"{percent:g}".partition(".")[2])
    half = 0.5 * float(10**-digits)
    return abs(100 * events / total - percent) <= half + 1e-9


RARE = 0.01
"""How often arithmetic may agree by chance and still confirm a number."""


def chance_of_fit(percents: Collection[float], total: int) -> float:
    """How often percentages would all be whole numbers of ``total`` by chance; 1 where one is not.

    Of the 100 x 10^digits values a percentage may have, (total + 1) are.
    """
    chance = 1.0
    for percent in percents:
        if not fits_percent(round(percent * total / 100), total, percent):
            return 1.0
        chance *= min(1.0, (total + 1) / (100 * 10 ** len(f"{percent:g}".partition(".")[2])))
    return chance


_FINE = {"CR", "PR", "SD", "PD", "NE", "MR", "no response", "deaths"}
_SCALE = _FINE | {"VGPR", "sCR", "CRi", "nCR", "mCR", "mixed response"}
"""Responses beside which those not named are none; *improved* or *Yes* leave them open."""


def count_patients(context: Context) -> dict[str, int]:
    """Overall responses over patient rows; empty where a row states none or all are words unknown.

    Zeros are counted where every row is on one scale, responders where no row is between CR and PR
    or beside them.
    """
    overall = [p.response.get("overall") for p in context.patients]
    counted = Counter(code for code in overall if code)
    known = {code for code in counted if context.vocabulary.response(code) == code}
    if None in overall or not known:
        return {}
    if not set(counted) <= _SCALE:
        return dict(counted)
    found = {name: counted.get(name, 0) for name in ("CR", "PR", "SD", "PD")}
    responders = {"ORR": found["CR"] + found["PR"]} if known <= _FINE else {}
    return {**found, **counted, **responders}
