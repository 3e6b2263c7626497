"""Abbreviations of a table that its own legend leaves out, and where else they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.model.legends import Legends
from evidence.model.source import CellSource
from evidence.table.audit.base import Case, Subject
from evidence.table.places import LABELS

_SHORT = re.compile(r"(?<![\w-])(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:-[A-Z]+)?(?![\w-])")
_LEGEND = re.compile(r"\bAbbreviations?\s*:", re.IGNORECASE)
_DEFINED = re.compile(r"(?:^|[\s;,.(])([A-Za-z][A-Za-z0-9/-]{1,9})\s*[,:=]\s*[a-zA-Z]")
_ENTRY = re.compile(r"\s*(?=[A-Za-z0-9/-]*[A-Z])[A-Za-z0-9/-]{1,10}\s*[,:=]\s*[a-zA-Z][^,:=]*")
_BRACKETED = re.compile(r"[a-z]{3,}[a-z-]*\s+\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]+)?)s?[);,]")
NAMES = (*LABELS, "centre", "period")
"""Cells of names, which need no legend."""
ENTRIES = 3
"""Explained abbreviations from which a line without a head is a legend."""


def undefined(case: Case) -> Iterator[Finding]:
    """Abbreviations in a table's cells that its own legend leaves out.

    Another table's legend, or the running text, may explain them: this is said. A table without a
    legend may rest on these. Where none of those used is explained anywhere nothing is said.
    """
    for (document, table), used in _used(case).items():
        legends = case.legends.get(document, Legends())
        own = legend_of(legends.under(table))
        others = {label: legend_of(text) for label, text in legends.elsewhere(table).items()}
        known = own or set(legends.in_text).union(*others.values())
        missing = sorted(w for w in used if w not in known)
        if not missing or len(missing) == len(used):
            continue
        where = {w: _explained(w, legends, others) for w in missing} if own else {}
        aside = "; ".join(f"{w} {words}" for w, words in where.items() if words)
        yield Finding(
            code="abbreviation-undefined",
            severity="low",
            series=None,
            field=None,
            stated=f"table {table or '?'} of {document} explains {len(own)} abbreviations"
            if own
            else f"{document} explains {len(known)} abbreviations, none under table {table or '?'}",
            computed=f"used and not explained: {', '.join(missing)}",
            arithmetic=f"{len(used)} used, {len(missing)} of them not explained"
            + (f"; elsewhere: {aside}" if aside else ""),
            places=tuple(used[w] for w in missing),
            would_change="readings that rest on a guess of these abbreviations",
        )


def _explained(word: str, legends: Legends, others: dict[str, set[str]]) -> str:
    """Where else a paper explains an abbreviation, in words; empty where it does not."""
    labels = [label for label, known in others.items() if word in known]
    if labels:
        return f"under table {labels[0] or '?'}"
    return "in the text" if word in legends.in_text else ""


def _used(case: Case) -> dict[tuple[str, str], dict[str, Place]]:
    """(document, table) → abbreviation → the first cell that has it, patients' tables as well."""
    found: dict[tuple[str, str], dict[str, Place]] = {}
    for subjects in case.printed_tables():
        source = subjects[0].series.source
        for subject in subjects:
            for key, cell in _cells(subject):
                table = cell.table or source.table or ""
                place = Place(document=source.document, page=cell.page, table=table or None,
                              row=cell.row, column=cell.column or key, box_pt=cell.box,
                              text=cell.text)  # fmt: skip
                words = found.setdefault((source.document, table), {})
                for word in filter(_is_abbreviation, _SHORT.findall(cell.text)):
                    words.setdefault(word, place)
    return found


def _cells(subject: Subject) -> Iterator[tuple[str, CellSource]]:
    """The cells of a series and of its patients, but for names and sentences of the text."""
    rows = [p.cells for arm in subject.series.arms for p in arm.patients]
    for cells in (subject.series.cells, *rows):
        for key, cell in cells.items():
            if key not in NAMES and not key.startswith("sentence"):
                yield key, cell


def _is_abbreviation(word: str) -> bool:
    """Neither a numeral (``IV`` is a route more often than a number) nor a name."""
    numeral = set(word) <= set("IVX") and word != "IV"
    return not numeral and not re.search(r"[a-z]{3}", word)


def legend_of(text: str) -> set[str]:
    """Abbreviations explained in the notes under a table, with or without the head that says so."""
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


def explained_in(text: str) -> tuple[str, ...]:
    """Abbreviations a running text explains: ``cytomegalovirus (CMV)``."""
    return tuple(sorted(set(_BRACKETED.findall(text))))
