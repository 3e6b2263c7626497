"""Groups of one drug by its dose or route, with their sizes.

``doses of 200 (7 patients), 250 (13) and 300 mg (38)``, ``12 had it subcutaneously and 14
intravenously``.
"""

from __future__ import annotations

import re

from evidence.extraction.prose.rates import NUMBER, PERSONS, to_int
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_UNIT = r"(?:mg|g|µg|mcg|ng|IU|MU|Gy)\b(?:\s*/\s*(?:m2|kg|d(?:ay)?))*"
_ITEM = re.compile(
    rf"(?P<dose>\d+(?:\.\d+)?)\s*(?P<unit>{_UNIT})?\s*[(\[]\s*(?:n\s*=\s*)?(?P<n>{NUMBER})"
    rf"(?:\s+{PERSONS})?\s*[)\]]",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|;|,?\s*\b(?:and|or)\b)\s*", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:given|administered|received|treated|injected|infused|allocated|assigned)\b", re.I
)
_COUNTED = re.compile(
    rf"(?P<n>{NUMBER})(?:\s+(?:[a-z-]+\s+){{0,2}}?{PERSONS})?(?=\s|[,.;]|$)", re.IGNORECASE
)
_TOTAL = re.compile(
    rf"(?:\b(?:of|in)\s+(?:the\s+|these\s+)*|total of\s+)(?:{NUMBER})(?:\s+[\w-]+){{0,3}}?\s+"
    rf"{PERSONS}",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\s*(?:-|%|mg|g\b|µg|ml|kg|days?|weeks?|months?|years?|cycles?|courses?|doses?|times|h\b)",
    re.I,
)


def find_dose_groups(text: str) -> list[tuple[str, int, int, int]]:
    """(label, patients, start, end) of two doses or more listed with their patients.

    The unit may stand after the last dose alone.
    """
    found: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if found and not _JOINED.fullmatch(text, found[-1].end(), match.start()):
            break
        found.append(match)
    unit = found[-1]["unit"] if found else None
    if len(found) < 2 or unit is None:
        return []
    return [
        (f"{match['dose']} {match['unit'] or unit}", to_int(match["n"]), match.start(), match.end())
        for match in found
    ]


def find_route_groups(text: str, vocabulary: Vocabulary) -> list[tuple[str, int, int, int]]:
    """(route, patients, start, end) of patients given one drug by two routes.

    Only where the sentence names two routes and two numbers of patients, beside their sum.
    """
    if not _GIVEN.search(text):
        return []
    routes = {t.name: t for t in reversed(lex(text, vocabulary, ("routes",))) if t.kind == "routes"}
    plain = _TOTAL.sub(lambda match: " " * len(match[0]), text)
    counts = [m for m in _COUNTED.finditer(plain) if not _NO_COUNT.match(plain, m.end("n"))]
    if len(routes) != 2 or len(counts) != 2:
        return []
    named = sorted(routes.values(), key=lambda token: token.start)
    return [
        (token.text.lower().removesuffix("ly"), to_int(count["n"]), count.start(), count.end())
        for token, count in zip(named, counts, strict=True)
    ]
