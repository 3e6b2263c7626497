"""Which columns of a paper's tables are arms of the trial, and which are groups inside one arm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Document
from evidence.extraction.outcomes_table import OutcomesReading, ResponseBlock, ToxicCount

_WHOLE = re.compile(
    r"^(?:the )?(?:total|all|overall|whole|entire|combined|both)\b|\b(?:all|total|whole) "
    r"(?:patients|series|cohort|population)|"
    r"^(?:patients|subjects|response|value|results?|n)$",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:groups?|arms?|patients?|treatments?|therapy|regimen|cohort|the|n|n \(%\)|plus|"
    r"and|alone|only|monotherapy)\b|\W",
    re.IGNORECASE,
)
_RANDOMISED = re.compile(
    r"\brandomi[sz]ed\b|\brandomly\b|\bversus\b|\bvs\.?\s|\bcompar(?:ed|ison|ing)\b|"
    r"\bdose[- ](?:groups?|levels?)\b",
    re.I,
)
_SINGLE = re.compile(r"\bsingle[- ]arm\b|\bnon-?randomi[sz]ed\b|\bcase series\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmGroup:
    """One arm: its label as printed (None for the only arm), its size, its tables' parts."""

    label: str | None
    total: int | None
    blocks: tuple[ResponseBlock, ...]
    toxicities: tuple[ToxicCount, ...]


def arm_key(label: str) -> str:
    """``Trial group`` and ``Trial`` are one arm."""
    return _NOISE.sub("", label).lower()


def is_whole(label: str) -> bool:
    """Whether a column counts everybody."""
    return not arm_key(label) or _WHOLE.search(label.strip()) is not None


def has_arms(document: Document, reading: OutcomesReading) -> bool:
    """Whether the columns are arms: groups are compared, and the trial is not single-arm."""
    text = " ".join(b.text for b in document.blocks if b.kind in ("title", "abstract"))
    text = text or document.info.title or ""
    labels = [b.label for b in reading.blocks] + [t.label for t in reading.toxicities]
    named = any(
        re.search(r"\b(?:arm|group|control|placebo|level)\b", label, re.I) for label in labels
    )
    return (bool(_RANDOMISED.search(text)) or named) and not _SINGLE.search(text)


def group_arms(document: Document, reading: OutcomesReading) -> tuple[ArmGroup, ...]:
    """The arms of a paper in the order its tables name them."""
    labels: dict[str, str] = {}
    if has_arms(document, reading):
        for label in [b.label for b in reading.blocks] + [t.label for t in reading.toxicities]:
            if not is_whole(label):
                labels.setdefault(arm_key(label), label)
    if len(labels) < 2:
        return (
            ArmGroup(label=None, total=_whole_size(reading), blocks=reading.blocks,
                     toxicities=reading.toxicities),
        )  # fmt: skip
    return tuple(
        ArmGroup(
            label=label, total=_size(reading, key),
            blocks=tuple(b for b in reading.blocks if arm_key(b.label) == key),
            toxicities=tuple(t for t in reading.toxicities if arm_key(t.label) == key),
        )
        for key, label in labels.items()
    )  # fmt: skip


def _size(reading: OutcomesReading, key: str) -> int | None:
    for block in reading.blocks:
        if arm_key(block.label) == key and block.total and block.row_scope is None:
            return block.total
    sizes = {arm_key(label): n for label, n in reading.sizes.items()}
    return sizes.get(key)


def _whole_size(reading: OutcomesReading) -> int | None:
    for block in reading.blocks:
        if is_whole(block.label) and block.total:
            return block.total
    return None
