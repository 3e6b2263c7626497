"""What the words in a patient's cells mean: the table's own legend first, the word lists second."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Grid
from evidence.extraction.found import SILENT
from evidence.extraction.tokens import lex
from evidence.model.series import PatientComplication
from evidence.vocabulary import Vocabulary, parse_legend

_SEPARATORS = re.compile(r"\s*[;,\n•]\s*|\s+and\s+")
_NEW_TERM = re.compile(r"(?<=[a-zà-ÿ)])\s+(?=[A-ZÀ-Ý])")


def legend_of(grid: Grid) -> dict[str, str]:
    """Abbreviation to meaning from all notes under a table."""
    legend: dict[str, str] = {}
    for note in grid.footnotes:
        legend |= parse_legend(note.text)
    return legend


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Lookups for one table."""

    vocabulary: Vocabulary

    def meaning(self, word: str) -> str:
        """What the legend says a word stands for, else the word."""
        return self.vocabulary.legend.get(word, word)

    def response(self, text: str) -> tuple[str | None, str | None]:
        """(code, words left unread): ``DP`` gives PD where the legend or the lists say so."""
        tokens = lex(text, self.vocabulary, ("responses",))
        words = [token for token in tokens if token.kind not in SILENT]
        if not words:
            return None, text
        rest = text[words[0].end :].strip(" ,;:()") or None
        if words[0].kind == "responses":
            return words[0].name, rest
        if words[0].text.upper().strip(".") == "NR":
            return "no response", rest
        return None, text

    def answer(self, text: str, head: str) -> str | None:
        """*Yes* under *Complete response* is CR, *No* is empty; None for any other cell or head."""
        outcome = self.vocabulary.response(re.sub(r"\([^)]*\)", "", head).strip())
        if outcome not in ("CR", "PR", "ORR") or text.lower() not in ("yes", "no", "y", "n"):
            return None
        return outcome if text.lower().startswith("y") else ""

    def complications(self, text: str) -> tuple[PatientComplication, ...]:
        """The terms of a cell: split at separators, else where a capital follows a small letter."""
        parts = _SEPARATORS.split(text)
        if len(parts) == 1:
            parts = _NEW_TERM.split(text)
        return tuple(self._complication(p.strip(" .")) for p in parts if p.strip(" ."))

    def _complication(self, term: str) -> PatientComplication:
        preferred, group = self.vocabulary.complication(term) or (None, None)
        return PatientComplication(term=term, preferred=preferred, group=group)
