"""Abbreviations explained under a table: ``CR, complete response; PR = partial response``."""

from __future__ import annotations

import re

_LEAD = re.compile(r"^\s*(abbreviations?( used)?|notes?|key|legend)\s*[:.]?\s*", re.IGNORECASE)
_PAIR = re.compile(
    r"^\s*(?P<short>[^\s=:,;][^=:,;]{0,23}?)\s*(?:=|:|,|\s[-–—]\s)\s*(?P<long>[^\W\d_].*?)\s*\.?\s*$"
)
_EQUALS = re.compile(r"(?P<short>[^\s=:,;.][^=:,;]{0,23}?)\s*[=:]\s*(?P<long>[^=:;,]+?)(?=[;,.]|$)")


def _is_short(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 3 and len(text) <= 20 and any(char.isalpha() for char in text)


def parse_legend(text: str) -> dict[str, str]:
    """Abbreviation to expansion; a text that is no legend gives an empty dict."""
    body = _LEAD.sub("", " ".join(text.split()))
    pairs = {}
    for part in re.split(r"[;]", body):
        if part.count("=") > 1:
            continue
        found = _PAIR.match(part)
        if found and _is_short(found["short"]):
            pairs[found["short"].strip()] = found["long"].strip()
    if len(pairs) < 2:
        for found in _EQUALS.finditer(body):
            if _is_short(found["short"]):
                pairs.setdefault(found["short"].strip(), found["long"].strip())
    lone = len(pairs) == 1 and all(re.fullmatch(r"[A-Z][\w-]{0,7}", short) for short in pairs)
    is_legend = len(pairs) >= 2 or bool(_LEAD.match(text)) or "=" in body or lone
    return pairs if is_legend else {}
