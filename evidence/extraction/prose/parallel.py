"""Lists that run side by side: groups with their sizes, and counts given to them in their order.

``doses of 200 (7 patients), 250 (13) and 300 mg (38)``, ``12 had it subcutaneously and 14
intravenously``, ``in 0/7, 1/13 and 5/38 patients, respectively``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.rates import NUMBER, PERSONS, WORDS, to_int
from evidence.extraction.tokens import FOLD, lex
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
_RESPECTIVELY = re.compile(
    rf"[\s,;)\]]*(?:(?:of\s+(?:the\s+)?)?{PERSONS}\s*)?(?:(?:treated\s+)?(?:at|with)\s+[\d.,\s]+"
    rf"(?:and\s+[\d.]+)?\s*{_UNIT})?[\s,]*\brespectively\b",
    re.IGNORECASE,
)
_OF_THE_GROUPS = re.compile(
    rf"\b(?:of|in)\s+(?:the|both)\s+(?:{'|'.join(WORDS)}|\d)?\s*(?:groups|arms)\b", re.IGNORECASE
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


def share_out(facts: Sequence[ProseFact]) -> Iterator[ProseFact]:
    """The facts, with counts listed side by side given to the groups that were last sized."""
    groups: tuple[str, ...] = ()
    for _, sentence in itertools.groupby(facts, key=lambda fact: fact.sentence):
        told = list(sentence)
        sized = tuple(
            f.scope
            for f in told
            if f.kind == "patients" and f.scope_kind == "arm" and f.scope and f.own
        )
        groups = sized if len(set(sized)) >= 2 else groups
        for fact in told:
            yield _placed(fact, groups) if fact.place_in_list else fact


def _placed(fact: ProseFact, groups: tuple[str, ...]) -> ProseFact:
    """A count of a list as that of its group, where the sentence says that the orders agree."""
    at, of, end = fact.place_in_list or (0, 0, 0)
    text = fact.sentence.translate(FOLD)
    said = _RESPECTIVELY.match(text, end) or _OF_THE_GROUPS.search(text)
    if of != len(groups) or not said or fact.timepoint is not None:
        return fact
    return replace(fact, scope=groups[at], scope_kind="arm")
