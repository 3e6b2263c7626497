"""How many patients a sentence speaks of, their sexes and their diseases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.prose.people_forms import PATTERNS, TITLED, WHO, N
from evidence.extraction.prose.rates import NUMBER, PERSONS, to_int

_ANYBODY = re.compile(rf"\b{PERSONS}|population", re.IGNORECASE)
_STEMS = (
    ("eligible", "eligible"), ("assessable", "evaluable"), ("evalua", "evaluable"),
    ("analy", "analysed"),
    ("treated", "treated"), ("received", "given"), ("underwent", "given"),
)  # fmt: skip
_EVALUABLE = re.compile(
    rf"\b(?:could be|were|was)\s+(?:evaluated|assessed|evaluable|assessable)\s+in\s+"
    rf"(?P<in>{NUMBER})(?=(?:\s+(?:of|out of)\s+(?:the\s+)?(?:{NUMBER}))?\s+{PERSONS})|"
    rf"{N}\s+(?:[\w-]+\s+)?(?:evaluable|assessable)(?:\s+{PERSONS})?|"
    rf"(?P<m>{NUMBER})\s+(?:of\s+(?:the\s+)?(?:{NUMBER})\s+)?(?:{PERSONS}\s+)?(?:(?:(?!{NUMBER})[^.;,\d]){{0,60}}?\s)?"
    rf"(?:(?:were|are|was)\s+(?:fully\s+)?(?:evaluable|assessable)|"
    rf"could be (?:evaluated|assessed))"
    rf"(?!\s+for\s+(?:[\w-]+\s+)?(?:toxicit|safety|survival|DLT|limiting))",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"(?:^|[:;,.]\s+)(?P<one>[a-z][\w-]*(?:\s[\w-]+){{0,2}}?)\s+(?:had been|was)\s+"
    rf"(?:given|administered)\s+to\s+{N}(?:\s+{PERSONS})?(?:\s*[(\[][^)\]]*[)\]])?,?\s+and\s+"
    rf"(?P<other>[a-z][\w-]*(?:\s[\w-]+){{0,2}}?)\s+to\s+(?P<more>{NUMBER})",
    re.IGNORECASE,
)
_SEX = (
    re.compile(rf"(?P<f>{NUMBER})\s+(?:women|females?|were "
               rf"female)\W+(?:and\s+)?(?P<m>{NUMBER})\s+(?:men|males?|were male)", re.I),
    re.compile(rf"(?P<m>{NUMBER})\s+(?:men|males?|(?:patients\s+)?were "
               rf"male)\W+(?:and\s+)?(?P<f>{NUMBER})\s+(?:were\s+)?(?:women|females?|were "
               rf"female|female)", re.I),
)  # fmt: skip
_PART = re.compile(
    r"\b(?:of (?:the|these|whom|those)|remaining|other|another|additional|only|first|last|respond|"
    r"in the [\w -]{1,30}(?:group|arm)|(?:less|fewer|more) than|at least|up to|every|"
    rf"(?:\d|{NUMBER})\s*(?:/|of|out of)(?:\s+the)?)\W*(?:\w+\W+){{0,2}}$",
    re.IGNORECASE,
)
_WITH_PARTS = frozenset(["into", "about", "among", "whole"])
"""Forms whose number is the whole's, though words of a part may stand before it."""
_BEFORE_GIVEN = re.compile(
    r"\b(?:had (?:previously )?been|prior|previous\w*|maintenance|prophyla\w+|premedicat\w+|"
    r"steroids|support\w*|rescue|salvage|concomitant\w*|not|subsequent\w*|additional\w*|then|"
    r"another|later|only)\b[^.;]*$",
    re.IGNORECASE,
)
"""What tells that something beside the treatment was given, or to a part."""
_SHARE = re.compile(
    rf"(?:\s+{WHO})?\s*[(\[]\s*\d+(?:\.\d+)?\s*%|\s*(?:of|out of|/)\s*(?:the\s+)?(?:{NUMBER})",
    re.IGNORECASE,
)
"""A percentage or a whole beside the number: a part of the patients."""
_LATER = re.compile(
    r"\b(?:not|maintenance|second|third|fourth|subsequent\w*|transplant\w*|further|"
    r"became|converted|developed|turned|"
    r"(?:toxicit\w+|side[- ]effects?|adverse (?:events|effects|reactions)|complications)"
    r"[^.;]{0,40}?\b(?:consisted|was|were|included|occurred)|"
    r"prior|previous\w*|healthy|screened|withdr\w+|discontinu\w+|dropped|lost|died|excluded|tolerat\w+|"
    r"with (?:an? )?(?:partial|complete|stable|progressive|CR|PR|SD|PD|response))\b",
    re.IGNORECASE,
)
"""What tells that only some of the patients are meant."""
_ONE = re.compile(
    r"\b(?:we (?:present|report|describe)|(?:here ?in|here),? we (?:present|report|describe)|"
    rf"this is)\s+(?:the\s+|a\s+|an\s+)*(?!{NUMBER})(?:[\w-]+\s+){{0,3}}?"
    r"(?:case|patient|man|woman|male|female|boy|girl)\b(?!\s*(?:series|control|reports|studies))|"
    rf"^(?:an?|the|our)\s+(?:[\w-]+,?\s+){{0,4}}?\d{{1,2}}[- ](?:year|month)s?[- ]old\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleStated:
    """A number of patients and what was done with them."""

    n: int
    what: str
    start: int
    end: int


def find_people(text: str, *, title: bool = False) -> list[PeopleStated]:
    """Series sizes of a folded sentence: enrolled, eligible, evaluable, treated."""
    found: list[PeopleStated] = []
    if not _ANYBODY.search(text):
        return found
    for name, pattern in (*PATTERNS, *((TITLED,) if title else ())):
        for match in pattern.finditer(text):
            if not _is_size(text, name, match):
                continue
            if any(p.start < match.end("n") and match.start("n") < p.end for p in found):
                continue
            did = (match.groupdict().get("did") or "").lower()
            what = next((w for stem, w in _STEMS if did.startswith(stem)), "enrolled")
            what = "among" if name == "among" else what
            n = to_int(match["n"])
            if name == "joint":
                n += sum(to_int(m[0]) for m in _MORE.finditer(match["more"]))
            found.append(PeopleStated(n=n, what=what, start=match.start("n"), end=match.end()))
    return found


_RESISTED = re.compile(
    r"\b(?:resistant|refractory|intolerant|unresponsive)\s+to\s+[^,;.]{1,60}?(?=,|$)", re.IGNORECASE
)
"""What all the patients had been given before."""
_MORE = re.compile(NUMBER, re.IGNORECASE)


_NUMBERED = re.compile(r"\b(?:cohort|group|arm|regimen|stage|phase|level)s?\s+$", re.IGNORECASE)
"""What a number is the name of: ``cohort 2 enrolled five patients``."""


def _is_size(text: str, name: str, match: re.Match[str]) -> bool:
    if _NUMBERED.search(text[: match.start("n")]):
        return False
    if _PART.search(text[: match.start("n")]) and name not in _WITH_PARTS:
        return False
    if name == "given" and _BEFORE_GIVEN.search(text[: match.start()]):
        return False
    after = text[match.end("n") : match.end("n") + 80]
    words = text[match.start("n") if name == "after" else match.start() : match.end()]
    words = _RESISTED.sub(" ", words)
    return not _SHARE.match(after) and not _LATER.search(words)


_COUNTED = re.compile(rf"{N}\s+{WHO}", re.IGNORECASE)


def count_people(text: str) -> list[tuple[int, int, int]]:
    """(n, start, end) of every number before a word for patients, whatever is said of them."""
    return [
        (to_int(m["n"]), m.start("n"), m.end())
        for m in _COUNTED.finditer(text)
        if not _NUMBERED.search(text[: m.start("n")])
    ]


def find_shared(text: str) -> list[PeopleStated]:
    """The patients of two treatments in one clause: ``A was given to 75 (64%) and B to 42``."""
    match = _SHARED.search(text)
    if match is None:
        return []
    return [
        PeopleStated(n=to_int(match[n]), what=match[who].lower(), start=match.start(who),
                     end=match.end(n))
        for who, n in (("one", "n"), ("other", "more"))
    ]  # fmt: skip


def find_evaluable(text: str) -> list[PeopleStated]:
    """Patients a sentence calls evaluable for response."""
    found: list[PeopleStated] = []
    if re.search(r"evalua|assess", text) is None:
        return found
    for match in _EVALUABLE.finditer(text):
        name = next(name for name in ("in", "n", "m") if match[name])
        if _NUMBERED.search(text[: match.start(name)]):
            continue
        found.append(PeopleStated(n=to_int(match[name]), what="evaluable", start=match.start(name),
                                  end=match.end()))  # fmt: skip
    return found


def find_single_case(text: str) -> PeopleStated | None:
    """``We report a case``, ``A 65-year-old man``: one patient."""
    match = _ONE.search(text)
    if match is None:
        return None
    return PeopleStated(n=1, what="case", start=match.start(), end=match.end())


def find_sexes(text: str) -> tuple[int, int, int, int] | None:
    """(women, men, start, end) where a sentence gives both."""
    for pattern in _SEX:
        match = pattern.search(text)
        if match:
            return to_int(match["f"]), to_int(match["m"]), match.start(), match.end()
    return None
