"""Recognise a table's title: the word for *table* in several languages and its number."""

from __future__ import annotations

import re

_WORD = (
    r"(?:(?:supplementa(?:ry|l)|appendix|online|extended\s+data|web|additional)\s+)?"
    r"(?:(?P<online>e-?)?tables?|tab\.?|tableau|tabelle|tabla|tabela|tabella)"
)
_NUMBER = r"(?:[A-Za-z]{0,2}\.?-?\d{1,3}(?:[.-]\d{1,2})?[A-Za-z]?|[IVXL]{1,6}|[A-H])"
_TITLE = re.compile(
    rf"^\s*(?P<word>{_WORD})\s*(?P<number>{_NUMBER})(?![\w%])\s*(?P<mark>[.:|–—-]*)\s*(?P<rest>.*)$",
    re.I | re.S,
)
_SPACED = re.compile(r"^\s*T ?A ?B ?L ?E(?= )")
"""The word set with spaces between its letters, as some journals do."""
_SENTENCE = re.compile(
    r"^(?:,|;|and\b|or\b|also\b|shows?\b|showed\b|lists?\b|listed\b|summari[sz]es?\b|presents?\b|"
    r"gives?\b|displays?\b|provides?\b|reports?\b|describes?\b|illustrates?\b|demonstrates?\b|"
    r"compares?\b|contains?\b|details?\b|outlines?\b|depicts?\b|reveals?\b|indicates?\b|"
    r"includes?\b|in\s+(?:the\s+)?[Ss]uppl|is\b|are\b|was\b|were\b|has\b|have\b|"
    r"for\s+(?:details|more)\b|\)|\])"
)
_CONTINUED = re.compile(r"^[(\[]?\s*(?:continued|cont\.?(?:['’]?d)?)\s*[)\]]?\.?\s*$", re.I)
_CONTINUED_START = re.compile(r"^[(\[]\s*(?:continued|cont\.?(?:['’]?d)?)\s*[)\]]\.?\s*", re.I)


def parse_title(text: str) -> tuple[str, str, bool] | None:
    """(number, caption, continued) if the text opens with a table's title; None for a sentence."""
    match = _TITLE.match(_SPACED.sub("TABLE", text))
    if match is None:
        return None
    number, rest = match.group("number"), match.group("rest").strip()
    if not match.group("mark") and _SENTENCE.match(rest):
        return None
    if not any(char.isdigit() for char in number) and number != number.upper():
        return None
    number = f"e{number}" if match.group("online") else number
    if _CONTINUED.match(rest):
        return number, "", True
    continued = _CONTINUED_START.match(rest)
    if continued:
        return number, rest[continued.end() :], True
    return number, rest, False
