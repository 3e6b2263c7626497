"""The language of the report: translated strings, and British or American spelling."""

from __future__ import annotations

import gettext
import re
from functools import lru_cache
from pathlib import Path

from evidence.report.text import Cell, Sentence, compose

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

    def series_patients(self, k: int, patients: int) -> str:
        """``14 series, 182 patients``"""
        series = self.many("{k} series", "{k} series", k).format(k=k)
        people = self.many("{n} patient", "{n} patients", patients).format(n=patients)
        return f"{series}, {people}"


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of a language; an unknown one falls back to British English."""
    return Words(language)
