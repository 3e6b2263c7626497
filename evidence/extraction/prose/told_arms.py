"""Arms that only sentences name: ``in the 2-mg cohort``, ``in arm B``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.prose.arms import ArmGroup, arm_key
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.sentences import Sentence

_RANDOMISED = re.compile(r"(?<!non-)(?<!non)(?<!not )\brandomi[sz]ed\b|\brandomly\b", re.IGNORECASE)


def arms_told(
    reading: ProseReading, groups: tuple[ArmGroup, ...], sentences: Sequence[Sentence]
) -> tuple[ArmGroup, ...]:
    """The groups as the tables give them; the arms of the text where no table tells of outcomes
    and sentences list them, or count the responses of two arms or more, and of nobody else (or,
    where they count no response, the complications)."""
    (first, *others) = groups
    if others or first.blocks or first.toxicities:
        return groups
    if listed := _listed(reading, sentences):
        return listed
    counted = _counted(reading, "response") or _counted(reading, "complication")
    if any(not fact.scope_kind for fact in counted):
        return groups
    labels: dict[str, str] = {}
    for fact in counted:
        if fact.scope_kind == "arm" and fact.scope and arm_key(fact.scope):
            labels.setdefault(arm_key(fact.scope), fact.scope)
    if len(labels) < 2:
        return groups
    return tuple(
        ArmGroup(label=label, total=None, blocks=(), toxicities=()) for label in labels.values()
    )


def _listed(reading: ProseReading, sentences: Sequence[Sentence]) -> tuple[ArmGroup, ...]:
    """The arms of the roster, where patients were randomised or two arms have outcomes."""
    facts = [f for kind in _OUTCOMES for f in reading.of(kind) if f.scope_kind == "arm"]
    told = {f.scope for f in facts} & {arm.label for arm in reading.roster}
    if len(told) < 2 and not _is_randomised(sentences) and not _is_compared(sentences):
        return ()
    return tuple(
        ArmGroup(label=arm.label, total=None, blocks=(), toxicities=(), listed=arm)
        for arm in reading.roster
    )


_OUTCOMES = ("response", "complication", "time")


_COMPARED = re.compile(r"\bcompar(?:ison|ing|ed|ative)\b|\bversus\b|\bvs\b", re.IGNORECASE)


def _is_compared(sentences: Sequence[Sentence]) -> bool:
    """Whether the title compares treatments."""
    return any(_COMPARED.search(s.text) for s in sentences if s.role == "title")


def _is_randomised(sentences: Sequence[Sentence]) -> bool:
    text = " ".join(s.text for s in sentences if s.role.startswith(("title", "abstract")))
    return _RANDOMISED.search(text) is not None


def _counted(reading: ProseReading, kind: str) -> list[ProseFact]:
    return [f for f in reading.of(kind) if f.events is not None or f.percent is not None]


def without_unplaced(
    reading: ProseReading, groups: tuple[ArmGroup, ...], sentences: Sequence[Sentence]
) -> ProseReading:
    """The reading without outcomes where patients were randomised to arms that nothing names.

    A count that a sentence gives without its arm is then one arm's, and not everybody's unless it
    says so (*of the 71 patients, 30 %*).
    """
    first = groups[0]
    known = len(groups) > 1 or first.label is not None or first.blocks or first.toxicities
    if known or not _is_randomised(sentences):
        return reading
    whole = max((f.events or 0 for f in reading.of("patients")), default=0)
    kept = [f for f in reading.facts if f.kind not in _OUTCOMES
            or (f.total is not None and f.total == whole)]  # fmt: skip
    return replace(reading, facts=tuple(kept))
