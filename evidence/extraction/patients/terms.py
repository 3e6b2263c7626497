"""What the words in a patient's cells mean: the table's own legend first, the word lists second."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.documents.base import Grid
from evidence.extraction.found import SILENT
from evidence.extraction.patients.heads import find_fields
from evidence.extraction.patients.words import is_word, printed
from evidence.extraction.tokens import lex
from evidence.model.series import PatientComplication
from evidence.vocabulary import Vocabulary, parse_legend

_SEPARATORS = re.compile(r"\s*[;,\n•]\s*|\s+and\s+")
_NEW_TERM = re.compile(r"(?<=[a-zà-ÿ)])\s+(?=[A-ZÀ-Ý])")


def legend_of(grid: Grid) -> dict[str, str]:
    """Abbreviation to meaning from all notes under a table; what is said first holds."""
    legend: dict[str, str] = {}
    for note in grid.footnotes:
        legend = {**parse_legend(note.text), **legend}
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
        explained = self._explained(text)
        if explained is not None:
            return None, explained
        tokens = lex(text, self.vocabulary, ("responses",))
        words = [token for token in tokens if token.kind not in SILENT]
        if not words:
            return None, text
        rest = text[words[0].end :].strip(" ,;:()") or None
        if words[0].kind == "responses":
            return words[0].name, rest
        if words[0].text.upper().strip(".") == "NR" and words[0].text not in self.vocabulary.legend:
            return "no response", rest
        return None, text

    def _explained(self, text: str) -> str | None:
        """What the legend says a response stands for, where that is another than the lists say.

        ``PR`` is kept where the legend defines it (*≥ 50 % less*) or names it among other words.
        """
        first = re.split(r"[\s(,;]", text.strip())[0]
        short = next((s for s in (text.strip(" ,;:"), first) if s in self.vocabulary.legend), None)
        if short is None:
            return None
        said = self.vocabulary.legend[short]
        plain = replace(self.vocabulary, legend={}, _reached={})
        tokens = [t for t in lex(said, plain, ("responses", "statuses")) if t.kind not in SILENT]
        named = [token.name for token in tokens if token.kind == "responses"]
        if not tokens or tokens[0].kind != "word" or plain.response(short) in named:
            return None
        return text.replace(short, said, 1)

    def answer(self, text: str, head: str) -> str | None:
        """*Yes* under *Complete response* is CR, *No* is empty; None for any other cell or head.

        Under a bare *Response* they are a response and none.
        """
        bare = re.sub(r"\([^)]*\)", "", head).strip()
        outcome = self.vocabulary.response(bare)
        if find_fields(bare) == (["response"], 0) and outcome is None:
            outcome = "ORR"
        if outcome not in ("CR", "PR", "ORR") or not (is_word(text, "yes") or is_word(text, "no")):
            return None
        if is_word(text, "yes"):
            return outcome
        return "no response" if outcome == "ORR" else ""

    def complications(self, text: str) -> tuple[PatientComplication, ...]:
        """The terms of a cell: split at separators, else where a capital follows a small letter."""
        parts = _SEPARATORS.split(text)
        if len(parts) == 1:
            parts = _begun_anew(text)
        return tuple(self._complication(p.strip(" .")) for p in parts if p.strip(" ."))

    def _complication(self, term: str) -> PatientComplication:
        preferred, group = self.vocabulary.complication(term) or (None, None)
        return PatientComplication(term=term, preferred=preferred, group=group)


def _begun_anew(text: str) -> list[str]:
    """Stretches that begin with a capital, but for *Infection by CMV*."""
    parts: list[str] = []
    for part in _NEW_TERM.split(text):
        joins = parts and parts[-1].split()[-1].lower() in printed("joins")
        parts[-1:] = [f"{parts[-1]} {part}"] if joins else [*parts[-1:], part]
    return parts
