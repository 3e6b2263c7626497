"""Which organ class a sentence speaks of, and what a series reports in it."""

from __future__ import annotations

import re
from functools import cache

from evidence.table.audit.base import Subject
from evidence.vocabulary import load_vocabulary

_KIND = re.compile(
    r"\b([a-z]{4,})\s+(?:toxicit|event|complication|adverse|side effect|disorder|problem)",
    re.IGNORECASE,
)
ADJECTIVES = {
    "hemat": "Blood and lymphatic",
    "haemat": "Blood and lymphatic",
    "myelo": "Blood and lymphatic",
    "cutane": "Skin",
    "dermat": "Skin",
    "hepat": "Hepatobiliary",
    "liver": "Hepatobiliary",
    "neuro": "Nervous",
    "pulmo": "Respiratory",
    "nephro": "Renal",
    "ocular": "Eye",
}
"""Adjectives of organ classes whose name begins otherwise."""


@cache
def _stems() -> dict[str, str]:
    """First letters of an organ class's adjectives → the class (``cardi`` → Cardiac)."""
    groups = set(load_vocabulary().groups.values())
    leading = {g.split()[0][:5].casefold(): g for g in groups if len(g.split()[0]) > 3}
    return leading | {stem: group for stem, group in ADJECTIVES.items() if group in groups}


def group_named(text: str) -> str | None:
    """The organ class of ``cardiac toxicity``, or of the complication a phrase names."""
    vocabulary = load_vocabulary()
    for word in _KIND.findall(text):
        for stem, group in _stems().items():
            if word.casefold().startswith(stem):
                return group
    found = vocabulary.complication(text.strip())
    return found[1] if found else None


def events_of_group(subject: Subject, group: str) -> str:
    """The events of a series in an organ class, in words; empty where it reports none."""
    vocabulary = load_vocabulary()
    words = []
    for arm in subject.series.arms:
        for c in arm.complications or ():
            if c.group == group:
                words.append(f"{c.events or ''} {c.term}".strip())
        for block in arm.responses:
            known = vocabulary.complication(block.death_cause) if block.death_cause else None
            if known and known[1] == group:
                words.append(f"{block.deaths} death ({block.death_cause})")
    return ", ".join(words)
