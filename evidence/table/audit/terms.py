"""Words: abbreviations that are used and not explained, names that do not go together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.places import LABELS

_SHORT = re.compile(r"(?<![\w-])(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:-[A-Z]+)?(?![\w-])")
_LEGEND = re.compile(r"\bAbbreviations?\s*:", re.IGNORECASE)
_DEFINED = re.compile(r"(?:^|[\s;,.(])([A-Z][A-Za-z0-9/-]{1,9})\s*[,:=]\s*[a-zA-Z]")
_ENTRY = re.compile(r"\s*(?=[A-Za-z0-9/-]*[A-Z])[A-Za-z0-9/-]{1,10}\s*[,:=]\s*[a-zA-Z][^,:=]*")
SPELT_ALIKE = 0.65
"""Likeness of two names from which one may be the other misspelt."""
ENTRIES = 3
"""Explained abbreviations from which a line without a head is a legend."""
_GENUS = re.compile(r"\b([A-Z][a-z]{4,})\s+([a-z]{5,})\b")


def undefined(case: Case) -> Iterator[Finding]:
    """Abbreviations in a table's cells that its legend leaves out.

    A legend that explains none of those used is another table's: nothing is said.
    """
    for subjects in case.printed_tables():
        source = subjects[0].series.source
        document, table = source.document, source.table or ""
        legend = legend_of(case.texts.get(document, ""))
        used: dict[str, Place] = {}
        for subject in subjects:
            for key, cell in subject.series.cells.items():
                if key in LABELS or key.startswith("sentence"):
                    continue
                for word in filter(_is_abbreviation, _SHORT.findall(cell.text)):
                    place = Place(document=document, page=cell.page, table=table or None,
                                  row=cell.row, column=cell.column or key, box_pt=cell.box,
                                  text=cell.text)  # fmt: skip
                    used.setdefault(word, place)
        missing = [w for w in used if w not in legend]
        if missing and len(missing) < len(used):
            yield Finding(
                code="abbreviation-undefined",
                severity="low",
                series=None,
                field=None,
                stated=f"table {table or '?'} of {document} explains {len(legend)} abbreviations",
                computed=f"used and not explained: {', '.join(sorted(missing))}",
                arithmetic=f"{len(used)} used, {len(missing)} of them not explained",
                places=tuple(used[w] for w in sorted(missing)),
                would_change="readings that rest on a guess of these abbreviations",
            )


def _is_abbreviation(word: str) -> bool:
    """Neither a numeral (``IV`` is a route more often than a number) nor a name."""
    numeral = set(word) <= set("IVX") and word != "IV"
    return not numeral and not re.search(r"[a-z]{3}", word)


def legend_of(text: str) -> set[str]:
    """Abbreviations explained under the tables of a document, with or without the head that says
    so.
    """
    found: set[str] = set()
    for start in _LEGEND.finditer(text):
        rest = text[start.end() : start.end() + 1500]
        stop = re.search(r"(?<=[a-z)])\.\s", rest)
        found |= set(_DEFINED.findall(" " + rest[: stop.start() if stop else None]))
    for line in text.splitlines():
        entries = [part for part in line.rstrip(" .").split(";") if _ENTRY.fullmatch(part)]
        if len(entries) >= ENTRIES:
            found |= {name for part in entries for name in _DEFINED.findall(f" {part}")}
    return found


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
