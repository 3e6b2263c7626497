"""The frozen ``Vocabulary``: phrases of each list and the lookups over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

LONGEST_PHRASE = 8
EXPLAINING = ("responses", "diseases", "routes", "statuses", "endpoints", "complications", "drugs")
"""Lists in which an expansion of a legend settles what its abbreviation is, and is not."""
_SPACED = re.compile(r"([/+=%])")
_SUPERSCRIPT = str.maketrans("²³", "23")


@lru_cache(maxsize=20_000)
def phrase_key(text: str) -> str:
    """The form in which phrases are compared: no accents, case, hyphens or doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_SUPERSCRIPT))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = plain.replace("’", "'").replace("μ", "µ")
    plain = re.sub(r"[-‐-―−]", " ", _SPACED.sub(r" \1 ", plain))
    return " ".join(plain.split()).strip(" ,;:")


def first_word(text: str) -> str:
    """The first word of a phrase as it is compared."""
    return phrase_key(text).partition(" ")[0]


def phrase_words(phrase: str) -> int:
    """Words and marks of a phrase, an upper bound for its tokens."""
    return len(phrase_key(phrase).split()) + sum(phrase.count(mark) for mark in ",()")


def drug_spelling(name: str) -> str:
    """What the international name of a drug keeps from one language to another.

    *Methotrexate*, *Methotrexat*, *metotrexato* are one; so are *cyclophosphamide* and
    *ciclofosfamida*.
    """
    key = phrase_key(name)
    for printed, plain in (("th", "t"), ("ph", "f"), ("ch", "c"), ("k", "c"), ("y", "i")):
        key = key.replace(printed, plain)
    return re.sub(r"(.)\1", r"\1", key).rstrip("aeo")


def is_case_bound(phrase: str) -> bool:
    """Short capitals (``OR``, ``SC``) are words of their own in lower case, so case decides."""
    return len(phrase) <= 3 and phrase.isupper() and phrase.isalpha()


def _singular(key: str) -> str | None:
    if key.endswith("ies") and len(key) > 5:
        return key[:-3] + "y"
    if key.endswith("s") and not key.endswith("ss") and len(key) > 4:
        return key[:-1]
    return None


def _american(key: str) -> str:
    return key.replace("ae", "e").replace("oe", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase found at the start of a run of words."""

    value: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All word lists: for each list, phrase to the name it stands for.

    ``loose`` compares without case, ``exact`` (short capitals) with it, and ``legend`` is what the
    table itself explains, which goes before both.
    """

    loose: Mapping[str, Mapping[str, str]]
    exact: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    """Preferred complication term to organ class."""
    drug_endings: tuple[str, ...] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    """Abbreviation to expansion, as printed under the table."""
    decimal_comma: bool = False
    """Whether the table at hand prints ``9,5`` for nine and a half."""
    reaches: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For each list: first word of a phrase to the most words of a phrase it begins."""
    _reached: dict[tuple[str, str], int] = field(default_factory=dict, compare=False, repr=False)

    def reach(self, name: str, word: str) -> int:
        """The most words a phrase of the list that begins with ``word`` can have; 0 for none."""
        place = (name, word)
        known = self._reached.get(place)
        if known is None:
            known = self._reached[place] = self._reach(name, word)
        return known

    def _reach(self, name: str, word: str) -> int:
        first = first_word(word)
        starts = self.reaches.get(name, {})
        american = _american(first)
        forms = (first, american, _singular(first) or first, _singular(american) or american)
        found = max(starts.get(form, 0) for form in forms)
        in_legend = [len(short.split()) for short in self.legend if first_word(short) == first]
        if name == "drugs" and found == 0 and self.drug(word) is not None:
            found = 1
        return max(found, *in_legend, 0) if in_legend else found

    def lookup(self, name: str, text: str) -> str | None:
        """What ``text`` stands for in the list ``name``; None when it is not in the list."""
        stripped = text.strip(" ,;:")
        expansion = self.legend.get(stripped)
        if expansion is not None:
            found = self._plain_lookup(name, expansion)
            if found is not None or self._explained_elsewhere(name, expansion):
                return found
        return self._plain_lookup(name, stripped)

    def _explained_elsewhere(self, name: str, expansion: str) -> bool:
        return any(
            other != name and self._plain_lookup(other, expansion) is not None
            for other in EXPLAINING
        )

    def _plain_lookup(self, name: str, text: str) -> str | None:
        exact = self.exact.get(name, {}).get(text)
        if exact is not None:
            return exact
        loose, key = self.loose.get(name, {}), phrase_key(text)
        for form in (key, _singular(key), _american(key), _singular(_american(key))):
            if form is not None and form in loose:
                return loose[form]
        return None

    def longest(self, name: str, words: Sequence[str]) -> Hit | None:
        """The longest phrase of the list that the words begin with."""
        reach = self.reach(name, words[0]) if words else 0
        for size in range(min(LONGEST_PHRASE, reach, len(words)), 0, -1):
            value = self.lookup(name, " ".join(words[:size]))
            if value is not None:
                return Hit(value=value, words=size)
        return None

    def route(self, text: str) -> str | None:
        """``s.c.`` is ``SC``."""
        return self.lookup("routes", text)

    def disease(self, text: str) -> str | None:
        """``mycosis fungoides`` is ``MF``."""
        return self.lookup("diseases", text)

    def response(self, text: str) -> str | None:
        """``partial remission`` is ``PR``."""
        return self.lookup("responses", text)

    def endpoint(self, text: str) -> str | None:
        """``time to progression`` is ``TTP``."""
        return self.lookup("endpoints", text)

    def status(self, text: str) -> str | None:
        """``n.r.`` is ``not stated``; ``No`` is ``none``."""
        return self.lookup("statuses", text)

    def counted_status(self, text: str) -> str | None:
        """``NR`` where it is counted is ``no response``, unless the legend says otherwise."""
        stripped = text.strip(" ,;:")
        return None if stripped in self.legend else self.lookup("counted_statuses", stripped)

    def unit(self, text: str) -> str | None:
        """Unit of dose as it is written in files: ``milligram`` is ``mg``."""
        return self.lookup("dose", text)

    def time_unit(self, text: str) -> str | None:
        """``wks`` is ``week``."""
        return self.lookup("time_days", text)

    def number_word(self, text: str) -> int | None:
        """``Two`` is 2."""
        found = self.lookup("words", text)
        return None if found is None else int(found)

    def drug(self, text: str) -> str | None:
        """The drug's usual name, however a language spells it; or a word with a drug's ending."""
        named = self.lookup("drugs", text)
        if named is not None:
            return named
        spelled = self.loose.get("drug spellings", {}).get(drug_spelling(text))
        if spelled is not None:
            return self.lookup("drugs", spelled)
        word = phrase_key(text)
        if len(word) > 7 and word.isalpha() and word.endswith(self.drug_endings):
            return word
        return None

    def column(self, head: str) -> str | None:
        """What a column with exactly this head holds."""
        return self.lookup("columns", head)

    def complication(self, term: str) -> tuple[str, str | None] | None:
        """Preferred term and organ class of a complication; the longest known phrase in it."""
        whole = self.lookup("complications", term)
        if whole is None:
            whole = self._inside(term)
        return None if whole is None else (whole, self.groups.get(whole))

    def _inside(self, term: str) -> str | None:
        words = re.findall(r"[^\s,;:()/]+", term)
        words += [self.legend.get(word, "") for word in words if word in self.legend]
        for size in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            for start in range(len(words) - size, -1, -1):
                found = self.lookup("complications", " ".join(words[start : start + size]))
                if found is not None:
                    return found
        return None

    def with_drug(self, name: str, synonyms: Sequence[str]) -> Vocabulary:
        """The vocabulary in which the synonyms, and their own other names, are this drug."""
        loose = {**self.loose.get("drugs", {})} | {phrase_key(w): name for w in (name, *synonyms)}
        same = {phrase_key(word) for word in synonyms}
        loose = {key: name if phrase_key(value) in same else value for key, value in loose.items()}
        exact = {
            word: name if phrase_key(value) in same else value
            for word, value in self.exact.get("drugs", {}).items()
        }
        starts = dict(self.reaches.get("drugs", {}))
        for word in (name, *synonyms):
            starts[first_word(word)] = max(starts.get(first_word(word), 0), phrase_words(word))
        return replace(
            self,
            loose={**self.loose, "drugs": loose},
            exact={**self.exact, "drugs": exact},
            reaches={**self.reaches, "drugs": starts},
            _reached={},
        )

    def with_legend(self, legend: Mapping[str, str]) -> Vocabulary:
        """The vocabulary with the table's own abbreviations read first."""
        return replace(self, legend={**self.legend, **legend}, _reached={})
