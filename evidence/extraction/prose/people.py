"""How many patients a sentence speaks of, their sexes and their diseases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.prose.rates import NUMBER, PEOPLE, to_int

_N = rf"(?P<n>{NUMBER})"
_DID = (
    r"(?:enrolled|included|treated|recruited|accrued|entered|registered|randomi[sz]ed|"
    r"assigned|allocated|analy[sz]ed|"
    r"assessable|evaluable|evaluated|eligible|received|reviewed|identified|underwent)"
)
_FORMS = (
    ("present", rf"\b(?:we (?:present|report|describe|treated|studied|included|enrolled|"
                rf"recruited|analy[sz]ed|evaluated)|"
                rf"(?:study|trial|series) (?:included|comprised|enrolled|of))\s+(?:on\s+|"
                rf"the\s+|a total of\s+|data (?:of|from)\s+)*{_N}\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}"),
    ("did", rf"{_N}\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}\b(?:\s*\([^)]*\))?"
            rf"[^.;]{{0,80}}?\b(?:were|was|had been|"
            rf"have been)?\s*(?P<did>{_DID})\b"),
    ("into", rf"(?P<did>{_DID})\s+(?:a total of\s+)?{_N}\s+(?:[\w-]+\s+){{0,2}}?{PEOPLE}"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(form, re.IGNORECASE)) for name, form in _FORMS)
_STEMS = (
    ("eligible", "eligible"), ("assessable", "evaluable"), ("evalua", "evaluable"),
    ("analy", "analysed"),
    ("treated", "treated"), ("received", "treated"), ("underwent", "treated"),
)  # fmt: skip
_SEX = (
    re.compile(rf"(?P<f>{NUMBER})\s+(?:women|females?|were "
               rf"female)\W+(?:and\s+)?(?P<m>{NUMBER})\s+(?:men|males?|were male)", re.I),
    re.compile(rf"(?P<m>{NUMBER})\s+(?:men|males?|(?:patients\s+)?were "
               rf"male)\W+(?:and\s+)?(?P<f>{NUMBER})\s+(?:were\s+)?(?:women|females?|were "
               rf"female|female)", re.I),
)  # fmt: skip
_PART = re.compile(
    r"(?:of (?:the|these|whom|those)|remaining|other|another|additional|only|respond|in the "
    r"[\w -]{1,30}(?:group|arm))\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleStated:
    """A number of patients and what was done with them."""

    n: int
    what: str
    start: int
    end: int


def find_people(text: str) -> list[PeopleStated]:
    """Series sizes of a folded sentence: enrolled, eligible, evaluable, treated."""
    found: list[PeopleStated] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if _PART.search(text[: match.start("n")]) and name != "into":
                continue
            if re.search(r"\bnot\b", match[0]):
                continue
            if any(p.start < match.end() and match.start() < p.end for p in found):
                continue
            did = (match.groupdict().get("did") or "").lower()
            what = next((w for stem, w in _STEMS if did.startswith(stem)), "enrolled")
            found.append(PeopleStated(n=to_int(match["n"]), what=what,
                                      start=match.start("n"), end=match.end()))  # fmt: skip
    return found


def find_sexes(text: str) -> tuple[int, int, int, int] | None:
    """(women, men, start, end) where a sentence gives both."""
    for pattern in _SEX:
        match = pattern.search(text)
        if match:
            return to_int(match["f"]), to_int(match["m"]), match.start(), match.end()
    return None
