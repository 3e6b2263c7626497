"""The disease of a series, named as the paper's own abbreviation spells it out."""

from __future__ import annotations

import re

from evidence.documents.base import Document
from evidence.extraction.prose.facts import ProseFact, ProseReading


def only_disease(reading: ProseReading) -> ProseFact | None:
    """The only disease the title names: then all patients have it."""
    facts = reading.of("disease")
    return facts[0] if len({fact.name for fact in facts}) == 1 else None


def full_name(fact: ProseFact, document: Document) -> str:
    """The disease with the words before it that its abbreviation counts.

    *Erythrodermic psoriasis (EP)* is more than the psoriasis that the word list knows; where no
    abbreviation reaches further back, the word list's name stands.
    """
    known = re.escape(fact.words)
    spelled = re.compile(
        rf"(?P<before>(?:[A-Za-z][\w'-]*\s+){{1,4}})(?P<known>{known})\s*[(\[](?P<short>[A-Z]{{2,6}})[)\]]",
        re.IGNORECASE,
    )
    for block in document.blocks:
        for match in spelled.finditer(block.text):
            words = re.split(r"[\s-]+", f"{match['before']}{match['known']}".strip())
            named = words[-len(match["short"]) :]
            initials = "".join(word[0] for word in named).upper()
            if match["short"].isupper() and initials == match["short"]:
                name = " ".join(named)
                return name if len(name) > len(match["known"]) else fact.name
    return fact.name
