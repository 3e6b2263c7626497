"""Rows of all tables gathered by series: its arms, and tables of other columns joined by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.arms import hold_together, split_arms
from evidence.extraction.cells.label import Label, slug
from evidence.extraction.rows import Row
from evidence.extraction.tables import SeriesTable


@dataclass(slots=True, kw_only=True)
class Entry:
    """One series: its label and its rows, each with the table it stands in."""

    label: Label
    arms: list[list[tuple[SeriesTable, Row]]] = field(default_factory=list)
    """Per arm the rows that speak of it (from several tables when these were joined)."""


def gather(tables: list[SeriesTable]) -> list[Entry]:
    """Rows by series: arms under their series, tables of other columns joined by name."""
    entries: list[Entry] = []
    for table in tables:
        own: list[Entry] = []
        for row in table.rows:
            first, *others = [
                [(table, arm)] for arm in split_arms(row, table.columns, table.vocabulary)
            ]
            if row.label is None:
                if own:
                    own[-1].arms += [first, *others]
                continue
            same = next((entry for entry in own if _is_arm_of(entry, row.label)), None)
            if same is not None and same is own[-1]:
                same.arms += [first, *others]
            else:
                own.append(Entry(label=row.label, arms=[first, *others]))
        for entry in own:
            held = hold_together([row for ((_, row),) in entry.arms], table.columns)
            entry.arms = [[(table, row)] for row in held]
            partners = [e for e in entries if _joins(e, entry, table)]
            exact = [e for e in partners if name_key(e.label) == name_key(entry.label)]
            if len(exact or partners) != 1:
                entries.append(entry)
            else:
                partner = (exact or partners)[0]
                for arm, addition in zip(partner.arms, entry.arms, strict=False):
                    arm.extend(addition)
    return entries


def name_key(label: Label) -> tuple[str, int | None, str]:
    """Surname, year and letter."""
    return slug(label.surname), label.year.value if label.year else None, label.year_letter


def _is_arm_of(entry: Entry, label: Label) -> bool:
    if name_key(entry.label) != name_key(label):
        return False
    return entry.label.reference == label.reference and entry.label.authors == label.authors


def _joins(entry: Entry, other: Entry, table: SeriesTable) -> bool:
    """The same series in a table with other columns: efficacy in one, toxicity in the other."""
    if not _same_name(entry.label, other.label) or len(entry.arms) != len(other.arms):
        return False
    held = {key for arm in entry.arms for t, _ in arm for key in t.outcomes}
    return not held & table.outcomes


def _same_name(one: Label, other: Label) -> bool:
    """Whether two tables name one series: by number, or by author and as much as both say."""
    refs = (one.reference, other.reference)
    if None not in refs:
        bare = one.is_number or other.is_number
        return refs[0] == refs[1] and (bare or slug(one.surname) == slug(other.surname))
    if slug(one.surname) != slug(other.surname) or one.year_letter != other.year_letter:
        return False
    return one.year is None or other.year is None or one.year.value == other.year.value
