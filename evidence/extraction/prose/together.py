"""Outcomes that a sentence counts together: ``CR or PR in 12``."""

from __future__ import annotations

import itertools
import re

from evidence.extraction.tokens import Token

_BRACKET = re.compile(r"\s*(?:[(\[][^()\[\]]*[)\]]\s*)?")
_OR = re.compile(rf"{_BRACKET.pattern}(?:or|and/or|\+|plus)\s+(?:an?\s+)?", re.IGNORECASE)
_LED = re.compile(
    r"\b(?:had|achieved|obtained|showed|attained|reached)\s+(?:either\s+)?(?:an?\s+)?$",
    re.IGNORECASE,
)
"""Counted patients as the subject of both."""
_NONE = re.compile(r"\b(?:no|neither)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
"""What denies each of them instead."""


def together(text: str, tokens: list[Token]) -> list[Token]:
    """Outcomes that are counted together, as one: ``stable disease or minor response``."""
    outside = [token for token in tokens if not re.search(r"[(\[]\s*$", text[: token.start])]
    return [
        Token(kind="responses", text=text[first.start : second.end], start=first.start,
              end=second.end, name="ORR" if {first.name, second.name} == {"CR", "PR"} else "")
        for first, second in itertools.pairwise(outside)
        if _OR.fullmatch(text, first.end, second.start) and not _NONE.search(text[: first.start])
    ]  # fmt: skip


def is_part(text: str, token: Token, whole: Token) -> bool:
    """Whether an outcome is one of those counted together, and not counted in a bracket."""
    within = whole.start <= token.start < whole.end + len(_beside(text, whole))
    return within and "%" not in whole.text + _beside(text, whole)


def responders(text: str, summed: list[Token]) -> list[Token]:
    """*CR or PR* as responses; where brackets count each kind, before the first or after
    the last bracket, by where the count of both is."""
    both = [t for t in summed if t.name == "ORR"]
    places = [
        t.end + len(_beside(text, t))
        if "%" in t.text and not _LED.search(text[: t.start])
        else t.start
        for t in both
    ]
    ends = [
        place if "%" in t.text else max(place, t.end) for place, t in zip(places, both, strict=True)
    ]
    return [
        Token(kind="responses", text=text[a:b] or "response", start=a, end=b, name="ORR")
        for a, b in zip(places, ends, strict=True)
    ]


def _beside(text: str, token: Token) -> str:
    """The bracket right after an outcome."""
    bracket = _BRACKET.match(text, token.end)
    return bracket[0].rstrip() if bracket else ""
