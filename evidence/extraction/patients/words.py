"""The words of patient-level tables from ``heads.toml``, and how they are matched."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("heads.toml")


def fold(text: str) -> str:
    """Lower case without accents, with every run of other signs than letters as one space."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[^\W_]+|[%♀♂µμ]", plain))


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    with _FILE.open("rb") as file:
        loaded = tomllib.load(file)
    return {
        part: {name: tuple(phrases) for name, phrases in names.items()}
        for part, names in loaded.items()
    }


@cache
def phrases(part: str) -> tuple[tuple[str, str], ...]:
    """(folded phrase, name) of one part of the file, the longest phrase first."""
    pairs = {(fold(p), name) for name, listed in _table()[part].items() for p in listed}
    return tuple(sorted(((p, n) for p, n in pairs if p), key=lambda pair: (-len(pair[0]), pair)))


@cache
def printed(name: str) -> frozenset[str]:
    """The listed words of one kind (``none``, ``not_stated``, ``death`` ...) in lower case."""
    return frozenset(word.lower() for word in _table()["words"][name])


def is_word(text: str, name: str) -> bool:
    """Whether the whole text is one of the words of that kind."""
    lowered = " ".join(text.lower().split()).strip(" .;,")
    return (lowered or text.strip()) in printed(name) or fold(text) in {
        fold(word) for word in printed(name) if fold(word)
    }


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of that kind as a whole word."""
    listed = sorted(printed(name), key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in listed)
    return re.compile(rf"(?<![^\W\d_])(?:{joined})(?![^\W\d_])", re.IGNORECASE)


@cache
def _called() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, printed("person")), key=len, reverse=True))
    number = r"(?:(?:no|nr|nº|n\.º)\b\.?\s*)?#?\s*"
    return re.compile(rf"(?P<person>(?:{words})(?![^\W\d_])\.?\s*)?{number}", re.IGNORECASE)


def own_name(text: str) -> tuple[str, bool]:
    """(``7`` of *Patient no. 7*, whether a word says that it is a patient's)."""
    match = _called().match(text)
    rest = text[match.end() :].strip() if match else text
    return rest or text, bool(match and match["person"])
