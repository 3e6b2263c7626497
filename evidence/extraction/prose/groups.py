"""Which group a value belongs to: ``10.3 months in the A arm and 9.3 in the B arm``."""

from __future__ import annotations

import re

_NAME = r"(?P<name>[A-Za-z][\w/+-]*(?:\s(?!and\b|vs\b|versus\b|compared\b)[\w/+-]+){0,5}?)"
_WHAT = r"(?:treatment\s+)?(?:groups?|arms?|cohorts?)"
_PEOPLE = r"(?:patients\s+(?:in|of|receiving)\s+(?:the\s+)?)?"
_AFTER = re.compile(
    rf"\s*(?:[(\[][^)\]]*[)\]]\s*)?(?:in|for)\s+(?:the\s+)?{_PEOPLE}{_NAME}"
    rf"(?:\s+{_WHAT}\b|(?=\s+(?:and|vs\.?|versus|compared)\s+(?:the\s+)?\d|\s*$|\s*[.;]))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:in|for|of)\s+(?:the\s+)?{_PEOPLE}{_NAME}\s+{_WHAT}\b\W*(?:\w+\W+){{0,4}}$",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:in|for|"
    r"of)\s+(?:the\s+)?(?P<name>(?:all\s+)?[A-Z][\w/+-]*?)[- ]treated\s+patients"
    r"\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_NO_GROUP = re.compile(
    r"(?:the\s|all\s)*(?:responses?|responders?|efficacy|toxicity|safety|analysis|evaluation|"
    r"patients|subjects|remission|study|trial|population|duration|total|\w+\sresponse)",
    re.IGNORECASE,
)
"""What a preposition names without naming an arm."""
_OURS = re.compile(r"(?:this|our|these|those|present|current|both|each|either)\b", re.IGNORECASE)


def group_after(text: str, end: int) -> str | None:
    """The group named right after a value, brackets passed over."""
    match = _AFTER.match(text, end)
    return _named(match)


def _named(match: re.Match[str] | None) -> str | None:
    name = match["name"].strip() if match else ""
    if re.search(r"\b(?:days?|weeks?|months?|years?|least|most|than)\b", name):
        return None
    return None if not name or _NO_GROUP.fullmatch(name) or _OURS.match(name) else name


def group_before(text: str, start: int) -> str | None:
    """The group named just before a value."""
    lead = text[max(0, start - 120) : start]
    return _named(_TREATED.search(lead) or _BEFORE.search(lead))


_PART = re.compile(
    r"\b(?:in|for|among|of)\s+(?:the\s+|all\s+)*(?P<name>(?:complete |partial )?responders|"
    r"(?:[\w-]+\s+){0,3}?(?:patients|subjects|those|cases)\s+(?:with|who|without|aged|receiving|in "
    r"(?!the (?:study|trial))|after|older|younger)[^,;.]{0,40})",
    re.IGNORECASE,
)


def subset_within(text: str) -> str | None:
    """A part of the patients that words between an endpoint and its value name."""
    match = _PART.search(text)
    return match["name"].strip() if match else None
