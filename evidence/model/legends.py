"""Where a paper explains its abbreviations: under each table, and in its running text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Legends:
    """The notes under a paper's tables, and the abbreviations its running text explains."""

    notes: tuple[tuple[str, str], ...] = ()
    """(number of the table as printed, a note under it); no number where the table has none."""
    in_text: tuple[str, ...] = ()
    """Abbreviations in brackets behind the words they stand for: ``cytomegalovirus (CMV)``."""

    def under(self, table: str) -> str:
        """The notes under one table."""
        return "\n".join(text for label, text in self.notes if label == table)

    def elsewhere(self, table: str) -> dict[str, str]:
        """Number of each other table → the notes under it."""
        labels = dict.fromkeys(label for label, _ in self.notes if label != table)
        return {label: self.under(label) for label in labels}
