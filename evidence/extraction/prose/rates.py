"""Counts, denominators and percentages in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: i + 1 for i, word in enumerate(_ONES)}
WORDS |= {word: i + 10 for i, word in enumerate(_TEENS)}
WORDS |= {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_TWO_WORDS = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?"
_TO_99 = rf"(?:{_TWO_WORDS}|{'|'.join(_TEENS + _ONES)})"
_HUNDREDS = rf"(?:(?:{'|'.join(_ONES)}|a)[- ]hundred(?:[- ](?:and[- ])?{_TO_99})?)"
_WORD = rf"(?:{_HUNDREDS}|a single|{_TO_99})(?![\w-]*\w)"
_CODES = r"(?:CR|PR|SD|PD|MR|NE|OR)s?\b"
_DIGITS = rf"(?<![\w.,/-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?=(?i:{_CODES})|(?!\w|[.,]\d|\s\d{{3}}\b))"
NUMBER = rf"{_DIGITS}|\b{_WORD}"
"""A count in digits (also run into a response's code, ``1PR``) or in words up to 999."""
_N = rf"(?:{NUMBER})"
_T = rf"(?:\d+(?![\w]|[.,]\d)|\b{_WORD})"
_P = rf"(?:\d+(?:\.\d+)?|\b{_WORD})"
_PC = r"(?:%|per\s?cent\b)"
_NOT_CI = r"(?!\s*-?\s*(?:CI\b|confidence|predict))"
PERSONS = (
    r"(?:patients?|subjects?|cases?|pts?\.?|participants?|individuals|adults|women|men|"
    r"males?|females?|boys|girls|children|infants|neonates|people|persons|residents|recipients|"
    r"(?:in|out)patients|veterans|volunteers|dogs|cats|horses|pacientes?|casos?|enfermos)"
)
PEOPLE = rf"(?:{PERSONS}|lesions|tumou?rs|eyes)"
_ADJ = (
    r"(?:\s+(?:evaluable|eligible|assessable|evaluated|assessed|analy[sz]ed|treated|enrolled|consecutive|additional|other|further|"
    r"remaining|responding|such|these|those|adult|of the|of these|of those|study|randomi[sz]ed))*"
)


def _pc(lead: str = r"[^()%]*?") -> str:
    return rf"(?:\s*[(\[]{lead}(?P<percent>{_P})\s*{_PC}{_NOT_CI}[^)\]]*[)\]])"


_OF_PEOPLE = rf"(?:(?:of\s+(?:the\s+|all\s+|our\s+)?)?{PEOPLE}\s*)?"
_RIGHT_AWAY = _pc(lead=r"\s*")
_THE = r"(?:the\s+|all\s+|these\s+|our\s+)*"
_SHARE = (
    r"\b(?:(?:(?:one|a)[- ])?half|(?:one|a)[- ](?:third|quarter|fifth)|"
    r"(?:two|three|four)[- ](?:thirds|quarters|fifths))\b"
)
_SHARED = rf"(?:\s+of\s+{_THE}(?:(?:{_T})\s+)?(?:[\w-]+\s+){{0,2}}?{PEOPLE})?"
_EXCEPT = r"(?:except(?:\s+for)?|but|apart\s+from|other\s+than|with\s+the\s+exception\s+of)"
_FORMS = (
    rf"\ball\s+but\s+(?P<but>{_N})(?:\s+of\s+{_THE}(?P<total>{_T}){_ADJ}(?:\s+{PEOPLE})?|"
    rf"\s+{PEOPLE})?",
    rf"\ball\s+(?:of\s+)?{_THE}(?:(?P<total>{_T})\s+)?(?:[\w-]+\s+)?{PEOPLE},?\s+{_EXCEPT}\s+"
    rf"(?P<but>{_N})(?:\s+{PEOPLE})?",
    rf"{_SHARE}{_SHARED}\s*[(\[]\s*(?:n\s*=\s*)?(?P<events>\d+)"
    rf"(?:\s*(?:/|of|out of)\s*(?P<total>\d+))?[^)\]\d]*[)\]]",
    rf"(?P<share>{_SHARE}){_SHARED}",
    rf"\b(?P<zero>none|neither|not one)\s+of\s+(?:the\s+|these\s+|our\s+|all\s+)*"
    rf"(?:(?P<total>{_T}){_ADJ}(?:(?:\s+[\w-]+)?\s+{PEOPLE})?|(?:[\w-]+\s+)?{PEOPLE}|them|whom)",
    rf"(?P<percent>{_P})\s*{_PC}\s*{_OF_PEOPLE}[(\[]\s*(?:n\s*=\s*)?(?P<events>{_N})\s*(?:/|"
    rf"of|out of)\s*(?:the\s+)?(?P<total>{_T})(?:[^)\];]*[)\]]|(?=;))",
    rf"(?P<percent>{_P})\s*{_PC}\s*{_OF_PEOPLE}[(\[]\s*(?:n\s*=\s*)?"
    rf"(?P<events>{_N})\s*(?:{PEOPLE})?\s*[)\]]",
    rf"(?<=\b(?:in|of) )(?P<total>{_N}){_ADJ}\s+{PEOPLE}(?:\s+treated\s+(?:at|with)\s+"
    rf"[\d.]+\s*[\w/]+)?\s+(?:was|were|is)\s+(?P<percent>{_P})\s*{_PC}{_NOT_CI}",
    rf"(?P<events>\d+)\s*/\s*(?P<total>\d+)(?![\d/])(?:\s*{PEOPLE})?"
    rf"(?:{_pc()}|[,;:]\s*(?P<also>{_P})\s*{_PC}{_NOT_CI}(?=\s*[)\];,]))?",
    rf"\b(?:of|among)\s+(?:the\s+|all\s+|our\s+)?(?P<total>{_T}){_ADJ}\s+{PEOPLE}(?:\s+(?:with|in)\s+"
    rf"[^,;.()\d]{{1,60}}?)?\s+(?P<events>{_N})(?=\s+(?:had|achieved|showed|responded|were|was|obtained|"
    rf"experienced|developed|attained|reached)\b)",
    rf"(?P<events>{_N})(?:\s+{PEOPLE})?{_RIGHT_AWAY}\s*"
    rf"(?:out\s+)?of\s+(?:the\s+)?(?P<total>{_T}){_ADJ}(?:\s+{PEOPLE})?",
    rf"(?P<events>{_N})(?:\s+{PEOPLE})?\s+(?:out\s+of|of|among)\s+(?:the\s+|all\s+|these\s+|"
    rf"our\s+)*(?P<total>{_T}){_ADJ}(?:\s+{PEOPLE})?{_pc()}?",
    rf"(?P<events>{_N}){_ADJ}(?:\s+{PEOPLE})?{_RIGHT_AWAY}",
    rf"(?P<events>{_N}){_ADJ}(?:\s+{PEOPLE})?,?\s+or\s+(?P<percent>{_P})\s*{_PC},?",
    rf"(?P<events>{_N}){_ADJ}\s+{PEOPLE}",
    rf"(?P<both>\bboth\s+(?:of\s+)?(?:the\s+|these\s+|our\s+)?(?:[\w-]+\s+)?{PERSONS})(?!\s*with\b)",
    r"[nN]\s*=\s*(?P<events>\d+)",
    rf"(?<=\bin )(?P<events>another)(?=(?:\s+{PEOPLE})?\s*(?:[.,;)]|$))",
    r"(?P<share>\d+(?:\.\d+)?\s*%?\s*(?:-|to)\s*\d+(?:\.\d+)?\s*%)",
    rf"(?P<percent>{_P})\s*{_PC}{_NOT_CI}",
    rf"(?P<all>\b(?:all|every one)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)*(?:[\w-]+\s+)?"
    rf"{PEOPLE})(?!\s*(?:with|who|in whom|were|had|received|\d))",
    rf"(?P<zero>\b(?:none|no\s+(?:[\w-]+\s+)?{PEOPLE})(?=\s+(?:of\s+whom|had|have|achieved|reached|"
    rf"attained|obtained|showed|experienced|developed|responded|was|were|with|without)\b))",
    rf"(?P<bare>{_N})",
)  # fmt: skip
"""The forms a count takes, the fullest first: ``zero`` is nobody (*none of the 14 patients*),
``but`` how many are left out (*all but two of 14*); a ``share`` in words, or a range of
percentages, is no exact count."""
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One count or percentage and its place; ``bare`` counts stand without people or percent.

    ``everyone`` is a count in words: *all patients*.
    """

    start: int
    end: int
    events: int | None
    total: int | None
    percent: float | None
    bare: bool = False
    everyone: bool = False
    excepted: int = 0
    """Of *everyone*, how many are left out."""
    bracketed: bool = False
    """It stands right after a bracket opens: ``(9 patients)``, ``(n = 9)``."""

    within: bool = False
    """It stands after *in* or *among*."""

    @property
    def is_number(self) -> bool:
        """A number of patients without percentage or total."""
        return self.events is not None and self.total is None and self.percent is None


_ONE = ("and", "a", "single", "another", "")
"""Words of a count that add nothing to it; alone they are 1."""


def to_int(text: str) -> int:
    """``Twenty-six`` is 26, ``one hundred and five`` 105, ``1,050`` 1050, ``a single`` 1."""
    plain = text.lower().replace(",", "").strip()
    if plain.isdigit():
        return int(plain)
    hundreds, _, rest = plain.rpartition("hundred")
    parts = [part for part in re.split(r"[- ]", rest) if part not in _ONE]
    below = sum(WORDS[part] for part in parts)
    if hundreds:
        return 100 * WORDS.get(hundreds.strip(" -"), 1) + below
    return below or 1


def find_rates(text: str) -> list[Rate]:
    """All rates of a folded sentence from left to right; the fullest form wins at each place."""
    found: list[Rate] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if not _is_count(text, match):
                continue
            taken.append(match.span())
            other = _EACH_OF.match(text, match.end()) or _OF_CYCLES.match(text, match.end())
            if not match.groupdict().get("share") and not other:
                found.append(_rate(text, match))
    return sorted(found, key=lambda rate: rate.start)


_UNIT_AFTER = re.compile(
    r"\s*-?\s*(?:%|mg|g\b|ml|kg|µ|mm|cm|m2|gy|days?\b|weeks?\b|wks?\b|months?\b|mo\b|"
    r"years?\b|yrs?\b|hours?\b|h\b|"
    r"min|cycles?\b|courses?\b|doses?\b|times\b|lines?\b|centers?\b|centres?\b|hospitals?\b|"
    r"-?\s*\d|CI\b|x\b|fold)",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"(?:at least|up to|(?:more|less|fewer) than|all (?:but|except)|"
    r"grades?(?:\s*[(\[]gr\.?[)\]])?|\bgr\.?|(?-i:\bG)|tables?|figs?\.?|figures?|phase|(?<!\d\s)days?|"
    r"(?<!\d\s)weeks?|cycle|stage|type|level|arm|group|regimen|cohort|\bRx|"
    r"p\s*[=<>]|median|mean|age[ds]?|ps|range|"
    r"score|ecog|version|±|between|[<>≤≥])\s*(?:of|was|is|:|=|(?<=median),|(?<=mean),|"
    r"(?<=range),|(?<=age),|(?<=aged),)?\s*(?:\d+\s*(?:-|to|"
    r"or|and|/|,)\s*)?$",
    re.IGNORECASE,
)


_AT_TIME = re.compile(r"\b(?:weeks?|months?|days?)\s+\d+,\s*$", re.IGNORECASE)
"""A time that leads a clause: ``At week 16, 14 of 22``."""
_EACH_OF = re.compile(r"\s*each\s+(?:with|of|in|at|from|for)\b", re.IGNORECASE)
"""What makes a count that of each of several groups: ``one patient each with melanoma and``."""
_OF_CYCLES = re.compile(
    rf"(?:\s*(?:and|or|,|versus|vs\.?|compared (?:with|to))\s*{_P}\s*{_PC})*\s*(?:of|after)\s+"
    rf"(?:the\s+|all\s+)?(?:{_T}\s+)?(?:[a-z-]+\s+)?(?:cycles|courses|infusions|injections|doses)\b",
    re.IGNORECASE,
)
"""What is counted in place of patients: ``in 25 % of cycles``."""
_BOUNDED = re.compile(
    r"\b(?:at least|up to|(?:more|less|fewer|greater|higher|lower) than(?: or equal to)?|over|"
    r"nearly|almost|about|approximately|exceed\w*)\s*$",
    re.IGNORECASE,
)
"""What makes a number a bound or a guess."""


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Not a grade, a table's number, a duration or a dose, and no mere bound."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    before = text[max(0, match.start() - 24) : match.start()]
    if groups.keys() & {"zero", "but", "share", "both"}:
        return True
    if "percent" in groups and "events" not in groups:
        return not _BOUNDED.search(before)
    if "bare" in groups:
        is_year = re.fullmatch(r"(?:19|20)\d\d", match[0]) is not None
        if is_year or _UNIT_AFTER.match(text[match.end() :]):
            return False
    return _LABEL_BEFORE.search(_AT_TIME.sub("", before)) is None


_RESPONSES = re.compile(r"\s+(?:respon(?:ses|ders)|remissions)\b", re.IGNORECASE)
"""What a whole is made of whose kinds are counted: ``eight of the 20 responses were complete``."""


def _rate(text: str, match: re.Match[str]) -> Rate:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    events = groups.get("events") or groups.get("bare")
    of_responses = _RESPONSES.match(text, match.end())
    total = to_int(groups["total"]) if "total" in groups and not of_responses else None
    events = "2" if "both" in groups else events
    but = to_int(groups["but"]) if "but" in groups else 0
    left = total - but if but and total else None
    return Rate(
        start=match.start(), end=match.end(), excepted=but,
        events=0 if "zero" in groups else to_int(events) if events else left, total=total,
        percent=_to_percent(groups.get("percent") or groups.get("also")), bare="bare" in groups,
        everyone="all" in groups or bool(but and total is None),
        bracketed=text[: match.start()].rstrip().endswith(("(", "[", "=")),
        within=text[: match.start()].endswith((" in ", " among ")),
    )  # fmt: skip


def _to_percent(text: str | None) -> float | None:
    """``42.9`` and ``forty-three`` as numbers."""
    if text is None:
        return None
    return float(text) if text[0].isdigit() else float(to_int(text))
