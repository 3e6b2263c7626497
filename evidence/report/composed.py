"""Sentences that lower floors composed, known again by their pattern and said in another language.

Pooling, the evidence table and the audit write plain English with their values in it, and some of
it lies in files. The catalogue ``composed`` holds each such sentence with ``{}`` for a value; here
a text is held against these patterns, its values are translated in turn, and what is left is the
paper's own words.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evidence.report.text import Part, Quoted, Sentence, local_decimals

DOMAIN = "composed"
FEW_LETTERS = 5
"""A pattern with fewer letters of its own counts only where it leaves nothing unknown."""
SEPARATORS = ("; ", ". ", ": ", ", ", " and ", " + ", " = ", " → ")
NAMES = frozenset(
    [
        "et",
        "al",
        "de",
        "del",
        "der",
        "van",
        "von",
        "la",
        "le",
        "du",
        "di",
        "da",
        "mg",
        "kg",
        "pt",
        "vs",
    ]
)
"""Lower-case words of names and units, which every language leaves as they are."""
_LOWER = re.compile(r"(?<![\w.'’/-])[a-zà-ÿ]{2,}(?![\w./@-]*[\d@])")
_BRACKETS = re.compile(r"(.+?) \((.+)\)([.:]?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sentence of the catalogue."""

    regex: re.Pattern[str]
    letters: int
    target: str


class Composed:
    """The sentences of one language; without a catalogue every text stays as it is."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self.messages = dict(catalogue)
        self._exact = {key: value for key, value in catalogue.items() if "{}" not in key}
        patterns = [_pattern(key, value) for key, value in catalogue.items() if "{}" in key]
        self._patterns = sorted(patterns, key=lambda pattern: -pattern.letters)
        self._known = lru_cache(maxsize=4096)(self._find)

    def say(self, text: str, *, source: Collection[str] | None = None) -> Sentence:
        """``text`` in this language; what no pattern knows stays, as a quotation.

        ``source`` are the lower-case words the papers print: other words are no quotation.
        """
        if not self._exact:
            return (text,)
        parts = self._known(text) or self._by_pieces(text)
        return tuple(_checked(parts, source))

    def exact(self, text: str) -> str | None:
        """The translation of a text without values; None where there is none."""
        return self._exact.get(text)

    def _find(self, text: str) -> Sentence | None:
        """The translation; None where something in the text is not known."""
        if not _words(text):
            return (local_decimals(text),)
        if known := self._exact.get(text) or self._lower_case(text):
            return (known,)
        matches = [(p, m.groups()) for p in self._patterns if (m := p.regex.fullmatch(text))]
        for pattern, values in matches:
            if all(map(_whole, said := [self._known(value) for value in values])):
                return tuple(_fill(pattern.target, said))
        if whole := self._split(text):
            return whole
        for pattern, values in matches:
            if pattern.letters >= FEW_LETTERS:
                quoted = [self._known(value) or (Quoted(value),) for value in values]
                return tuple(_fill(pattern.target, quoted))
        return None

    def _lower_case(self, text: str) -> str | None:
        """A term of the word lists inside a sentence."""
        found = self._exact.get(text[:1].upper() + text[1:])
        return found[:1].lower() + found[1:] if found else None

    def _split(self, text: str) -> Sentence | None:
        """All pieces between separators, where every one is known."""
        for separator in SEPARATORS:
            if separator in text:
                pieces = [self._known(piece) for piece in text.split(separator)]
                if all(map(_whole, pieces)):
                    return tuple(_joined(pieces, self._exact.get(separator, separator)))
        brackets = _BRACKETS.fullmatch(text)
        if brackets:
            outer, inner = self._known(brackets[1]), self._known(brackets[2])
            if outer and inner and _whole(outer):
                return (*outer, " (", *inner, ")" + brackets[3])
        return None

    def _by_pieces(self, text: str) -> Sentence:
        """Whatever can be said of a text that is not known as a whole."""
        for separator in SEPARATORS[:4]:
            pieces = text.split(separator)
            said = [self._known(piece) for piece in pieces]
            if any(said):
                filled = [s or (Quoted(p),) for s, p in zip(said, pieces, strict=True)]
                return tuple(_joined(filled, separator))
        return (Quoted(text),)


def _pattern(key: str, target: str) -> Pattern:
    literal = key.split("{}")
    regex = "(.+?)".join(re.escape(piece) for piece in literal)
    letters = sum(char.isalpha() for piece in literal for char in piece)
    return Pattern(regex=re.compile(regex, re.DOTALL), letters=letters, target=target)


def _fill(target: str, values: Sequence[Sentence | None]) -> Iterator[Part]:
    for i, piece in enumerate(target.split("{}")):
        if i:
            yield from values[i - 1] or ()
        if piece:
            yield piece


def _joined(pieces: Sequence[Sentence | None], separator: str) -> Iterator[Part]:
    for i, piece in enumerate(pieces):
        if i:
            yield separator
        yield from piece or ()


def _checked(parts: Sentence, source: Collection[str] | None) -> Iterator[Part]:
    """Quotations of words that no paper prints become plain words again."""
    for part in parts:
        quoted = isinstance(part, Quoted)
        if quoted and source is not None and not _printed(str(part), source):
            yield str(part)
        else:
            yield part


def _whole(said: Sentence | None) -> bool:
    """Translated with nothing left as it was."""
    return bool(said) and not any(isinstance(part, Quoted) for part in said or ())


def _words(text: str) -> set[str]:
    return set(_LOWER.findall(text)) - NAMES


def _printed(text: str, source: Collection[str]) -> bool:
    return all(word in source or f"{word}s" in source for word in _words(text))


@lru_cache(maxsize=8)
def composed(folder: Path, base: str) -> Composed:
    """The sentences of a language, by its code without region."""
    found = gettext.translation(DOMAIN, localedir=str(folder), languages=[base], fallback=True)
    catalogue = getattr(found, "_catalog", {})
    return Composed({_percent(key): _percent(value) for key, value in catalogue.items() if key})


def _percent(text: str) -> str:
    """``%%`` of the catalogue, where tools take ``% o`` for a place of Python's ``%``."""
    return text.replace("%%", "%")
