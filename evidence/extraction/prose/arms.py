"""Which columns of a paper's tables are arms of the trial, and which are groups inside one arm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Document
from evidence.extraction.outcomes_table import (
    OutcomesReading,
    ResponseBlock,
    Sized,
    ToxicCount,
    is_everybody,
)
from evidence.extraction.prose.roster import RosterArm

_NOISE = re.compile(
    r"\b(?:groups?|arms?|patients?|treatments?|therapy|regimen|cohort|the|n|n \(%\)|plus|"
    r"and|alone|only|monotherapy|single[- ]agent)\b|\W",
    re.IGNORECASE,
)
_RANDOMISED = re.compile(
    r"\brandomi[sz]ed\b|\brandomly\b|\bversus\b|\bvs\.?\s|\bcompar(?:ed|ison|ing)\b|"
    r"\bdose[- ](?:groups?|levels?)\b",
    re.I,
)
_ALLOCATED = re.compile(r"\brandomi[sz]\w+\b|\brandomly\b|\ballocated\b", re.IGNORECASE)
_ARM = re.compile(r"\b(?:arm|group|control|placebo|level|cohort)\b|\d\s?mg\b", re.IGNORECASE)
_SINGLE = re.compile(r"\bsingle[- ]arm\b|\bnon-?randomi[sz]ed\b|\bcase series\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmGroup:
    """One arm: its label as printed (None for the only arm), its size, its tables' parts."""

    label: str | None
    total: int | None
    sized: Sized | None = None
    """The head that states ``total``, where a head does."""
    blocks: tuple[ResponseBlock, ...]
    toxicities: tuple[ToxicCount, ...]
    listed: RosterArm | None = None
    """The arm as a sentence lists it, where no table has it."""


def arm_key(label: str) -> str:
    """``Trial group`` and ``Trial`` are one arm."""
    return _NOISE.sub("", label).lower()


def is_whole(label: str) -> bool:
    """Whether a column counts everybody."""
    return not arm_key(label) or is_everybody(label)


def has_arms(document: Document, reading: OutcomesReading) -> bool:
    """Whether the columns are arms: groups are compared, and the trial is not single-arm."""
    text = " ".join(b.text for b in document.blocks if b.kind in ("title", "abstract"))
    text = text or document.info.title or ""
    labels = [b.label for b in reading.blocks] + [t.label for t in reading.toxicities]
    named = any(_ARM.search(label) for label in labels)
    return (bool(_RANDOMISED.search(text)) or named) and not _SINGLE.search(text)


def _is_trial(document: Document, labels: list[str]) -> bool:
    """Whether columns that only characteristics tell of are arms: patients were allocated."""
    text = " ".join(b.text for b in document.blocks if b.kind in ("title", "abstract"))
    return bool(_ALLOCATED.search(text)) or any(_ARM.search(label) for label in labels)


def group_arms(document: Document, reading: OutcomesReading) -> tuple[ArmGroup, ...]:
    """The arms of a paper in the order its tables name them; counts of no arm are left to
    :func:`of_no_arm`."""
    known = _labels(reading) if has_arms(document, reading) else {}
    if not known and _is_trial(document, list(reading.sizes)):
        known = _sized_labels(reading)
    if len(known) < 2:
        return (
            ArmGroup(label=None, total=_whole_size(reading), blocks=reading.blocks,
                     toxicities=reading.toxicities),
        )  # fmt: skip
    homes = [(t, _home(t, known)) for t in reading.toxicities]
    return tuple(
        ArmGroup(
            label=label, total=total or _size(reading, key), sized=_sized(reading, key),
            blocks=tuple(b for b in reading.blocks if arm_key(b.label) == key),
            toxicities=tuple(t for t, home in homes if home == key),
        )
        for key, (label, total) in known.items()
    )  # fmt: skip


def of_no_arm(reading: OutcomesReading, arms: tuple[ArmGroup, ...]) -> list[str]:
    """What stands under a head that names no arm: the total column, a table without arms."""
    if len(arms) < 2:
        return []
    placed = {id(x) for arm in arms for x in (*arm.blocks, *arm.toxicities)}
    left = [("responses", b.table, b.label) for b in reading.blocks if id(b) not in placed]
    left += [("toxicity", t.counted.source.table, t.label)
             for t in reading.toxicities if id(t) not in placed]  # fmt: skip
    return [f"{what} of table {table or '?'} under '{label or 'no head'}'"
            for what, table, label in dict.fromkeys(left)]  # fmt: skip


Known = dict[str, tuple[str, int | None]]


def _labels(reading: OutcomesReading) -> Known:
    """Arm key to (label, size): first as the response tables name them, then the others."""
    known: Known = {}
    for block in reading.blocks:
        if not is_whole(block.label):
            label, total = known.get(arm_key(block.label), (block.label, None))
            known[arm_key(block.label)] = (
                label,
                total or (None if block.row_scope else block.total),
            )
    for toxic in reading.toxicities:
        if not is_whole(toxic.label) and _home(toxic, known) is None:
            known[arm_key(toxic.label)] = (toxic.label, toxic.total)
    return known


def _sized_labels(reading: OutcomesReading) -> Known:
    """Arms that no table of outcomes names: the columns with sizes of the first table that has
    two of them and calls one an arm or a group."""
    first: dict[str | None, Known] = {}
    for label, sized in reading.sizes.items():
        if not is_whole(label):
            first.setdefault(sized.source.table, {})[arm_key(label)] = (label, sized.n)
    named = [known for known in first.values() if len(known) >= 2]
    return named[0] if named else {}


def _home(toxic: ToxicCount, known: Known) -> str | None:
    """The arm a count belongs to, by its heads, by words and size, or by the caption."""
    keys = [arm_key(toxic.label), *(arm_key(level) for level in reversed(toxic.levels))]
    for key in keys:
        if key in known:
            return key
    if is_whole(toxic.label):
        return _named_in(toxic.about, known)
    for key, (_, total) in known.items():
        shared = key in keys[0] or keys[0] in key
        if shared and min(len(key), len(keys[0])) >= 4 and total and total == toxic.total:
            return key
    return None


def _named_in(caption: str, known: Known) -> str | None:
    """The only arm of whose own words a caption holds one."""
    words = {key: set(re.findall(r"\w{4,}", label.lower())) for key, (label, _) in known.items()}
    said = set(re.findall(r"\w{4,}", caption.lower()))
    named = []
    for key, mine in words.items():
        others = set().union(*(w for k, w in words.items() if k != key))
        if (mine - others) & said:
            named.append(key)
    return named[0] if len(named) == 1 else None


def period_of(toxic: ToxicCount, label: str | None) -> str | None:
    """The head beside the arm's: a treatment period or population the count is restricted to."""
    own = arm_key(label or "")
    others = [level for level in toxic.levels if arm_key(level) != own]
    return " ".join(others) if own and len(others) < len(toxic.levels) and others else None


def _sized(reading: OutcomesReading, key: str) -> Sized | None:
    return {arm_key(label): sized for label, sized in reading.sizes.items()}.get(key)


def _size(reading: OutcomesReading, key: str) -> int | None:
    sized = _sized(reading, key)
    return sized.n if sized else None


def _whole_size(reading: OutcomesReading) -> int | None:
    for block in reading.blocks:
        if is_whole(block.label) and block.total:
            return block.total
    return None
