"""Names that do not go together: a genus and a species."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding

SPELT_ALIKE = 0.65
"""Likeness of two names from which one may be the other misspelt."""
_GENUS = re.compile(r"\b([A-Z][a-z]{4,})\s+([a-z]{5,})\b")


def organism(subject: Subject, case: Case) -> Iterator[Finding]:
    """A genus and a species that do not go together."""
    species = known_species()
    owners = genera()
    for a, arm in enumerate(subject.series.arms):
        for c, entry in enumerate(arm.complications or ()):
            for genus, name in _GENUS.findall(entry.term):
                if genus not in species or name in species[genus] or name not in owners:
                    continue
                near = sorted(owners[name], key=lambda g: -_alike(g, genus))
                meant = max(species[genus], key=lambda s: _alike(s, name))
                if _alike(meant, name) < SPELT_ALIKE:
                    meant = "of another species"
                others = ", ".join(near[:4])
                yield finding(
                    "organism-mismatch",
                    "low",
                    subject,
                    f"arms[{a}].complications[{c}].term",
                    stated=f"{genus} {name}",
                    computed=f"no {genus} has this name; {name} belongs to {others}",
                    arithmetic=f"known species of {genus}: {', '.join(sorted(species[genus]))}",
                    would_change=f"the preferred term: {genus} {meant}, or {near[0]} {name}?",
                )


def _alike(a: str, b: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, a, b).ratio()


@cache
def known_species() -> dict[str, list[str]]:
    """Genus → species that infect people, from ``organisms.toml``."""
    text = files("evidence.table.audit").joinpath("organisms.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["species"]
    return table


@cache
def genera() -> dict[str, list[str]]:
    """Species → the genera that have one of this name."""
    found: dict[str, list[str]] = {}
    for genus, names in sorted(known_species().items()):
        for name in names:
            found.setdefault(name, []).append(genus)
    return found
