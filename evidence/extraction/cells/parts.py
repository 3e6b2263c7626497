"""An amount of the whole, then its parts: in brackets or after a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.found import close_of
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

_WHOLE = re.compile(
    r"\s*(?P<amount>\d+(?:\s*/\s*\d+)?(?:\s*[(\[]\s*\d+(?:[.,·]\d+)?\s*%\s*[)\]])?)"
    r"\s*(?P<mark>[(\[:;])(?!\s*\d+(?:[.,·]\d+)?\s*%\s*[)\]])(?=.*[^\W\d_])",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(?:^|[,;.\s])\d+\s*:\s*[^\W\d_]")
"""The next number of a list that counts its lines (``1: rash; 2: fever``)."""
_PART = re.compile(r"(?P<first>\d+)\s+(?P<term>[^\d]+)|(?P<name>[^\d]+?)\s*[:=]?\s*(?P<last>\d+)")
_NO_TERM = re.compile(
    r"(?:n|in|of|patients?|pts?|cases?|each|grades?|gr|g|days?|weeks?|months?)[\s=]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Where the amount ends, and the text with blanks for it: every word keeps its place."""

    end: int
    rest: str


def split_whole(text: str, vocabulary: Vocabulary) -> Whole | None:
    """``2 (pyelonephritis 1, pneumonia 1)``, ``3: rash 2, fever 1``: the 2 or 3, and the parts."""
    match = _WHOLE.match(text)
    if match is None or _NUMBERED.search(text, match.end()):
        return None
    mark, rest = match.end("mark") - 1, list(text)
    rest[: mark + 1] = " " * (mark + 1)
    if match["mark"] in "([":
        tokens = lex(text, vocabulary, ())
        opening = next(at for at, token in enumerate(tokens) if token.start == mark)
        closing = close_of(tokens, opening)
        if closing < len(tokens):
            rest[tokens[closing].start] = ","
    return Whole(end=match.end("amount"), rest="".join(rest))


def is_list_of_parts(tokens: Sequence[Token], whole: int | None, vocabulary: Vocabulary) -> bool:
    """Whether every item of a bracket is one term with one count (``sepsis 1, 2 pneumonia``).

    No part exceeds the ``whole``; where that is not printed, every term must be a known one.
    """
    text = " ".join(token.text for token in tokens)
    pieces = [piece.strip() for piece in re.split(r"\s*[,;]\s*|\s+and\s+", text)]
    return bool(text) and all(_is_part(piece, whole, vocabulary) for piece in pieces)


def _is_part(piece: str, whole: int | None, vocabulary: Vocabulary) -> bool:
    match = _PART.fullmatch(piece)
    words = (match["term"] or match["name"]).strip(" :=.").lower() if match else ""
    if match is None or _NO_TERM.fullmatch(words) or not re.search(r"[^\W\d_]{3}", words):
        return False
    first = words.split()[0]
    if vocabulary.unit(first) is not None or vocabulary.time_unit(first) is not None:
        return False
    if whole is None:
        return vocabulary.complication(words) is not None
    return int(match["first"] or match["last"]) <= whole
