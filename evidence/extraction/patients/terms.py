"""What the words in a patient's cells mean: the table's own legend first, the word lists second."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence.extraction.patients.words import fold, phrases
from evidence.model.series import PatientComplication


def read_legend(notes: Iterable[str]) -> dict[str, str]:
    """Abbreviation -> meaning from notes such as ``CR, complete response; DP, progression``."""
    legend: dict[str, str] = {}
    for note in notes:
        body = re.sub(r"^\s*Abbreviations?\s*[:.]\s*", "", note)
        for part in re.split(r"[;.]\s+|;|\.$", body):
            match = re.match(r"\s*([^\s,:=]{1,12})\s*[,:=]\s*(\S.*)$", part)
            if match:
                legend.setdefault(match[1], match[2].strip())
    return legend


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Lookups for one table."""

    legend: dict[str, str] = field(default_factory=dict)

    def response(self, text: str) -> tuple[str | None, str | None]:
        """(code, words left unread): ``DP`` gives PD where the legend says so."""
        first = re.match(r"[^\s(,;]+", text)
        meaning = self.legend.get(first[0]) if first else None
        if first and meaning:
            code = self._code(fold(meaning))
            if code:
                return code, text[first.end() :].strip(" ()") or None
        words = fold(text)
        for phrase, code in phrases("responses"):
            if words == phrase or words.startswith(phrase + " "):
                return code, words[len(phrase) :].strip() or None
        return None, text

    def _code(self, words: str) -> str | None:
        return next((code for phrase, code in phrases("responses") if phrase == words), None)

    def complications(self, text: str) -> tuple[PatientComplication, ...]:
        """The terms of a cell: split at separators, else where a capital follows a small letter."""
        parts = re.split(r"\s*[;,\n•]\s*|\s+and\s+", text)
        if len(parts) == 1:
            parts = re.split(r"(?<=[a-zà-ÿ)])\s+(?=[A-ZÀ-Ý])", text)
        return tuple(
            PatientComplication(term=part.strip(" .")) for part in parts if part.strip(" .")
        )
