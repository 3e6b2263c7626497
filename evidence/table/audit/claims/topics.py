"""Which complication or organ class a sentence speaks of, and what a series reports of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence.model.series import Complication
from evidence.table.audit.base import Subject
from evidence.table.organ_classes import names_class
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One complication by its preferred term, or with no term a whole organ class."""

    group: str
    term: str | None = None

    @property
    def words(self) -> str:
        """``cardiac events``, ``hyponatraemia``."""
        return f"{self.group.lower()} events" if self.term is None else self.term.lower()

    def holds(self, entry: Complication) -> bool:
        """Whether a complication of a row is of the topic."""
        if self.term is None:
            return entry.group == self.group
        return self.term in (entry.preferred, *entry.with_terms) or self.names(entry.term)

    def names(self, words: str) -> bool:
        """Whether a phrase names the topic."""
        preferred, group = load_vocabulary().complication(words) or (None, None)
        return group == self.group if self.term is None else preferred == self.term


def topic_of(text: str) -> Topic | None:
    """What a phrase is about: a class (``cardiac toxicity``, ``infections``) or a complication."""
    known = load_vocabulary().complication(text.strip())
    group = group_named(text)
    if group is None:
        return None
    if known is None or known[1] != group or _KIND.search(text) or names_class(known[0], group):
        return Topic(group=group)
    return Topic(group=group, term=known[0])


def events_of(subject: Subject, topic: Topic) -> str:
    """The events of a series on a topic, in words; empty where it reports none."""
    words = []
    for arm in subject.series.arms:
        for c in arm.complications or ():
            if topic.holds(c):
                words.append(f"{c.events or ''} {c.term}".strip())
        for block in arm.responses:
            if block.death_cause and topic.names(block.death_cause):
                words.append(f"{block.deaths} death ({block.death_cause})")
    return ", ".join(words)
