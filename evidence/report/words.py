"""The language of the report: translated strings, and British or American spelling."""

from __future__ import annotations

import gettext
import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from evidence.errors import Place
from evidence.model.outcome import COMPLICATION_PREFIX, OUTCOME_NAMES
from evidence.report.composed import composed
from evidence.report.text import DECIMAL_COMMA, Cell, Part, Quoted, Sentence, compose, join

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "evidence"
LANGUAGES = ("en-GB", "en-US", "es")

AMERICAN = {
    "tumour": "tumor",
    "Tumour": "Tumor",
    "leukaemi": "leukemi",
    "Leukaemi": "Leukemi",
    "haemato": "hemato",
    "Haemato": "Hemato",
    "centre": "center",
    "Centre": "Center",
    "judgement": "judgment",
    "Judgement": "Judgment",
    "unjudged": "unjudged",
    "summarise": "summarize",
    "Summarise": "Summarize",
    "colour": "color",
    "labelled": "labeled",
}
"""British stem to American stem; the strings of the report are written in British spelling."""

_BRITISH = re.compile("|".join(map(re.escape, AMERICAN)))


class Words:
    """Strings of the report in one language; data (names, cell texts) never pass through here."""

    def __init__(self, language: str) -> None:
        self.language = language
        base = language.split("-")[0]
        self._catalogue = gettext.translation(
            DOMAIN, localedir=str(CATALOGUES), languages=[base], fallback=True
        )
        self._american = language == "en-US"
        self.foreign = base != "en"
        """Whether the words of the papers are in another language than the report."""
        self.decimal_comma = base in DECIMAL_COMMA
        self.composed = composed(CATALOGUES, base)

    def __call__(self, message: str) -> str:
        """``message`` in this language; itself where the catalogue has none."""
        text = self._catalogue.gettext(message) if message else message
        return _BRITISH.sub(lambda m: AMERICAN[m.group()], text) if self._american else text

    def many(self, one: str, other: str, n: int) -> str:
        """The singular or plural form for ``n``."""
        text = self._catalogue.ngettext(one, other, n)
        return _BRITISH.sub(lambda m: AMERICAN[m.group()], text) if self._american else text

    def say(self, message: str, **values: Cell | int) -> Sentence:
        """A translated sentence with linked values in its ``{places}``."""
        return compose(self(message), **values)

    def told(self, text: str, *, source: Collection[str] | None = None) -> Sentence:
        """What a lower floor composed, in this language; the papers' own words are quotations.

        ``source`` are the words the papers print, where only those may stay as they are.
        """
        said = self.composed.say(text, source=source) if self.foreign else (text,)
        return tuple(p.replace("tau2", "τ²") if isinstance(p, str) else p for p in said)

    def name(self, term: str) -> Part:
        """A term of the word lists in this language; any other is a quotation."""
        known = self.composed.exact(term) if self.foreign else term
        return known or Quoted(term)

    def outcome(self, outcome: str) -> str:
        """``overall response (ORR)``; a complication by its term."""
        name = OUTCOME_NAMES.get(outcome)
        return f"{self(name)} ({outcome})" if name else outcome.removeprefix(COMPLICATION_PREFIX)

    def level(self, level: str) -> str:
        """A level of a grouping: ours (``mixed``) are translated, others are names."""
        return self._catalogue.gettext(level) if level else level

    def place(self, place: Place) -> Sentence:
        """``smith.pdf, page 4, table 2, row 7, column Dose: “30 mg”`` in this language."""
        named = (
            ("page {n}", place.page),
            ("line {n}", place.line),
            ("table {n}", place.table),
            ("row {n}", place.row),
        )
        parts: list[Cell] = [place.document] if place.document else []
        parts += [self(word).format(n=value) for word, value in named if value is not None]
        if place.column:
            parts.append(self.say("column {name}", name=Quoted(place.column)))
        where = join(parts)
        quoted: Sentence = ("“", Quoted(place.text), "”") if place.text else ()
        return (*where, ": ", *quoted) if where and quoted else (*where, *quoted)

    def series_patients(self, k: int, patients: int) -> str:
        """``14 series, 182 patients``"""
        series = self.many("{k} series", "{k} series", k).format(k=k)
        people = self.many("{n} patient", "{n} patients", patients).format(n=patients)
        return f"{series}, {people}"


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of a language; an unknown one falls back to British English."""
    return Words(language)
