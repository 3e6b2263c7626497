"""Authors' names in one form, whatever the order in which a page prints them."""

from __future__ import annotations

import re

PARTICLES = {"de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "la"}
PARTICLES |= {"le", "el", "al", "bin", "ibn", "ten", "ter", "e", "y", "du", "zu", "af"}
_GROUP = re.compile(
    r"\b(?:groups?|consortium|investigators|collaborat\w+|network|committee|society|team|"
    r"association|organi[sz]ation|project|registry|contributors)\b",
    re.I,
)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}$")


def family_first(name: str) -> str:
    """``Doe, Jane`` of ``Jane Doe``, ``Doe, J`` of ``Doe J``; a group's name as it stands.

    Particles belong to the family name (``de la Torre, Ana``); of several names that may be one
    family's, the last is taken.
    """
    words = name.split()
    if "," in name or len(words) < 2 or _GROUP.search(name):
        return name
    if _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        return f"{' '.join(words[:-1])}, {words[-1]}"
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"
