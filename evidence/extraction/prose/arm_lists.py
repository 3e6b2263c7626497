"""Lists of arms in a sentence, with their sizes or without: ``206 on A and 200 on B``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.extraction.prose.arm_names import (
    WHAT,
    Abbreviated,
    is_arm_name,
    is_treatment,
    treatments,
)
from evidence.extraction.prose.dose_groups import find_dose_groups, find_route_groups
from evidence.extraction.prose.rates import NUMBER, PERSONS, to_int
from evidence.vocabulary import Vocabulary

_ALLOCATED = re.compile(
    r"\b(?:randomi[sz]ed|randomly|allocated|assigned|(?<!had )received|were given|was given|"
    r"treated|administered)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:randomi[sz]\w+|randomly|allocated|assigned|compar\w+|versus|vs)\b", re.IGNORECASE
)
_EDGE = (
    r"(?:to|or|and|versus|vs|either|with|received|receive|given|at|into|of|between|in|the|patients|"
    r"treatment|dose|doses|group|groups)"
)
_BRACKETED = re.compile(
    rf"\b(?P<name>(?:(?!{_EDGE}\s)[\w%/.+-]+\s+){{1,5}})(?:(?:groups?|arms?|cohorts?)\s+)?"
    rf"[(\[]\s*(?:(?P<with>[^()\[\]=]*?)[,;]\s*)?(?:n\s*=\s*(?P<n>\d+)(?:\s+{PERSONS})?|(?P<people>{NUMBER})\s+{PERSONS})\s*[)\]]",
    re.IGNORECASE,
)
_NAME = r"(?P<name>[A-Za-z][\w+/-]*(?:\s(?!and\b|or\b|arm|group|cohort|regimen)[\w+/-]+){0,3}?)"
_COUNTED = re.compile(
    rf"(?P<n>{NUMBER})\s+(?:(?:[a-z-]+\s+){{0,2}}?{PERSONS}\s+)?(?:(?:were|was)\s+)?"
    rf"(?:(?:then|randomly)\s+)*(?:(?:assigned|randomi[sz]ed|allocated|treated|given)\s+)?"
    rf"(?:to\s+receive|received|receiving|to|on|in|into|with)\s+(?:the\s+)?{_NAME}"
    rf"(?:\s+{WHAT})?(?:\s*\([^()\d]*\))?(?=\s*(?:[,;.)]|\band\b|$))",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"[(\[]\s*(?P<list>{_NAME}\s*[,:]\s*(?:n\s*=\s*)?\d+(?:\s*(?:;|,|\band\b)+\s*[A-Za-z]"
    r"[\w+/ -]*?\s*[,:]\s*(?:n\s*=\s*)?\d+)+)\s*[)\]]",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<name>[A-Za-z][\w+/ -]*?)\s*[,:]\s*(?:n\s*=\s*)?(?P<n>\d+)", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?P<name>(?:group|arm|cohort|regimen)\s+(?:[A-Z]|\d|I{1,3}))\s+(?:patients\s+)?"
    r"(?:received|took|had|used|consisted of|(?:was|were)\s+(?:given|treated with|administered))\s+"
    r"(?P<told>[^.;]+?)(?=,?\s+(?:and|while|whereas)\s+(?:(?:patients|those)\s+in\s+)?(?:group|arm|cohort)\s|"
    r"[;]|\.\s|\.?$)",
    re.IGNORECASE,
)
_ENROLLED = re.compile(
    rf"\b(?P<name>(?:group|arm|cohort)\s+(?:[A-Z]|\d|I{{1,3}}))\s+(?:\([^()\d]*\)\s+)?"
    rf"(?:enrolled|included|comprised|contained|consisted of)\s+(?P<n>{NUMBER})"
    rf"(?:\s+{PERSONS}|(?=\s*[,;.]|\s+and\b))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\s|[,;]|\band\b|\bor\b)*", re.IGNORECASE)
_EITHER = re.compile(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated)|assigned|allocated)\b[^.;]{0,40}?"
    r"\b(?:to(?:\s+(?:receive|treatment with))?|with)\s+(?:either\s+)?(?P<arms>\S.*)$",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+(?:or|versus|vs\.?)\s+(?:to\s+)?", re.IGNORECASE)
_VERSUS = re.compile(r"\s(?:versus|vs\.?|compared (?:with|to))\s", re.IGNORECASE)
_PLUS = re.compile(r"\b(?:plus|with)\b|\+", re.IGNORECASE)
LONGEST_LIST = 4
"""Arms of the longest list without sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One arm of a list, with the words that say what it was given."""

    name: str
    n: int | None = None
    told: str = ""
    start: int
    end: int


def find_lists(
    text: str, whole: str, short: Sequence[Abbreviated], vocabulary: Vocabulary
) -> list[list[Listed]]:
    """The lists of two arms or more in a sentence; ``whole`` is the abstract it stands in."""
    found = [
        *_chains(text, [_listed(m) for m in _COUNTED.finditer(text)]),
        [_listed(m, at=within.start("list")) for within in _WITHIN.finditer(text)
         for m in _PAIR.finditer(within["list"])],
        _bracketed(text, whole, short, vocabulary),
        _either(text, vocabulary),
        _abbreviated(text, short),
    ]  # fmt: skip
    given = find_dose_groups(text) or find_route_groups(text, vocabulary)
    by_dose = [Listed(name=name, n=n, start=start, end=end) for name, n, start, end in given]
    lists = [i for i in found if all(is_arm_name(o.name, whole, short, vocabulary) for o in i)]
    return [
        items
        for items in (*lists, by_dose)
        if len({item.name.lower() for item in items}) == len(items) >= 2
    ]


def _listed(match: re.Match[str], *, at: int = 0) -> Listed:
    return Listed(name=match["name"].strip(), n=to_int(match["n"]), start=at + match.start(),
                  end=at + match.end())  # fmt: skip


def find_told(texts: Sequence[str]) -> list[tuple[int, Listed]]:
    """(which text, arm) of arms that are said to have been given something or to have enrolled so
    many: ``Group A took``, ``Cohort 2 (MM) enrolled 5 patients``."""
    found: dict[str, tuple[int, Listed]] = {}
    for at, text in enumerate(texts):
        for match in _ENROLLED.finditer(text):
            found.setdefault(match["name"].lower(), (at, _listed(match)))
        for match in _TOLD.finditer(text):
            item = Listed(name=match["name"], told=match["told"], start=match.start("name"),
                          end=match.end())  # fmt: skip
            where, known = found.get(item.name.lower(), (at, item))
            found[item.name.lower()] = (where, replace(known, told=known.told or item.told))
    return list(found.values()) if len(found) > 1 else []


def _chains(text: str, items: Sequence[Listed]) -> Iterator[list[Listed]]:
    """Items that follow one another with nothing but commas and *and* between them."""
    chain: list[Listed] = []
    for item in items:
        if chain and not _JOINED.fullmatch(text, chain[-1].end, item.start):
            yield chain
            chain = []
        chain.append(item)
    yield chain


def _bracketed(
    text: str, whole: str, short: Sequence[Abbreviated], vocabulary: Vocabulary
) -> list[Listed]:
    """``A (n = 20) or B (n = 18)``: a treatment in full, any other name by its last words."""
    allocated = _ALLOCATED.search(text)
    found: list[Listed] = []
    for match in _BRACKETED.finditer(text):
        words = match["name"].split()
        least = 2 if len(words[-1]) == 1 and len(words) > 1 else 1
        names = [" ".join(words[-k:]) for k in range(least, len(words) + 1)]
        if is_treatment(names[-1], vocabulary):
            name = names[-1] if allocated and allocated.end() <= match.start() else ""
        else:
            name = next((n for n in names if is_arm_name(n, whole, short, vocabulary)), "")
        told = f"{name} {match['with']}" if match["with"] else ""
        found.append(Listed(name=name, n=to_int(match["n"] or match["people"]), told=told,
                            start=match.start(), end=match.end()))  # fmt: skip
    ends = [*(item.start for item in found[1:]), len(text)][: len(found)]
    after = [text[one.end : end] for one, end in zip(found, ends, strict=True)]
    return [
        replace(one, told=words[1:].strip(" ;")) if words.startswith((",", ":")) else one
        for one, words in zip(found, after, strict=True)
    ]


def _either(text: str, vocabulary: Vocabulary) -> list[Listed]:
    """``randomised to receive either A (400 mg daily) or B (25 mg daily)``."""
    match = _EITHER.search(text)
    if match is None:
        return []
    flat = _blank_brackets(match["arms"])
    cuts = [m.span() for m in _OR.finditer(flat)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(flat)]
    found: list[Listed] = []
    for start, end in zip(starts, ends, strict=True):
        part = match["arms"][start:end]
        tokens = treatments(_blank_brackets(part), vocabulary)
        if not tokens or len(part[: tokens[0].start].split()) > 3:
            return []
        at = match.start("arms") + start
        found.append(Listed(name=tokens[0].text, told=part.strip(" ,."), start=at,
                            end=at + len(part)))  # fmt: skip
    return found if len(found) <= LONGEST_LIST else []


def find_versus(title: str, vocabulary: Vocabulary) -> list[Listed]:
    """The two treatments that a title sets against each other, each of one drug: ``A versus B``."""
    match = _VERSUS.search(title)
    if match is None:
        return []
    before = re.split(r"[.:;]\s", title[: match.start()])[-1]
    after = re.split(r"[,.:;]\s|\s(?:for|in)\s", title[match.end() :])[0]
    sides = ((before, match.start() - len(before)), (after, match.end()))
    found = [
        Listed(name=token.text, told=side, start=at + token.start, end=at + token.end)
        for side, at in sides
        for token in treatments(side, vocabulary)
    ]
    return found if len(found) == len({one.name.lower() for one in found}) == 2 else []


def _blank_brackets(text: str) -> str:
    return re.sub(r"[(\[][^()\[\]]*[)\]]", lambda m: " " * len(m[0]), text)


def _abbreviated(text: str, short: Sequence[Abbreviated]) -> list[Listed]:
    """Codes that a sentence of comparison explains one after the other, none of them combined."""
    if not _COMPARED.search(text):
        return []
    found: list[Listed] = []
    for one in short:
        place = re.search(rf"[(\[]\s*(?:\w+\s+)?{re.escape(one.code)}\s*[)\];:,]", text)
        if place is not None:
            found.append(Listed(name=one.code, told=one.told, start=place.start(),
                                end=place.end()))  # fmt: skip
    called = {one.code for one in short if one.is_arm}
    found = [item for item in found if item.name in called] or found
    found.sort(key=lambda item: item.start)
    gaps = [text[a.end : b.start] for a, b in itertools.pairwise(found)]
    combined = any(_PLUS.match(gap.strip()) for gap in gaps)
    return [] if combined or len(found) > LONGEST_LIST else found
