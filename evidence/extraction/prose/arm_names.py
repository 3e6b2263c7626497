"""What makes a name in an abstract the name of an arm: a treatment, or words that call it one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

WHAT = r"(?:(?:treatment|study)\s+)?(?:arm|group|cohort|regimen)s?\b"
_AND = r"\s*(?:,|/|,?\s*\b(?:and|or|versus|vs\.?)\b)\s*"
_DOSED = re.compile(r"\d\s*(?:mg|g|µg|mcg|IU|MU|Gy|U)\b|\bdoses?\b", re.IGNORECASE)
_CODE = re.compile(
    r"[(\[]\s*(?P<what>(?:regimen|arm|group|treatment)\s+(?=\w))?"
    r"(?P<code>[A-Z][\w+/-]{0,7}|(?<=[a-z]\s)\d)\s*"
    r"(?P<more>[;:,][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)?[)\]]"
)
_STOP = r"(?<!\b\w)(?<!\.\w)\.\s|[;:]\s"
_OPENS = re.compile(
    rf"{_STOP}|\b(?:either|or|versus|vs\.?|to|receiv\w+|compar\w+|between|of|than|over|if|from)\s+|"
    r"[(\[]",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"{_STOP}|\b(?:either|or|versus|vs\.?|receiv\w+)\s+", re.IGNORECASE)
_GIVEN = re.compile(
    r"\d[\d.,]*|\b(?:mg|g|kg|m-2|m2|AUC|area under the curve|i\.?v\.?|p\.?o\.?|s\.?c\.?|days?|and|"
    r"weekly|daily|every|weeks?)(?!\w)|[/()]",
    re.IGNORECASE,
)
"""Words of a dose and its schedule."""
_JOINS = re.compile(r"\W*(?:(?:and|with|plus|the|same|a|an|whether|that)\s+)*", re.IGNORECASE)
_AFTER_TREATMENT = 2
"""Words of a treatment that may stand between its last drug and the bracket: ``infusion``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviated:
    """``vinorelbine-cisplatin (NP; vinorelbine 30 mg/m2)``: a code and what it stands for."""

    code: str
    words: str
    """What it abbreviates."""
    told: str
    """Its whole clause, with what the bracket adds."""
    is_arm: bool
    """The bracket calls it an arm: ``(regimen A)``."""
    start: int
    end: int


def find_abbreviated(text: str, vocabulary: Vocabulary) -> tuple[Abbreviated, ...]:
    """The codes in brackets after words that name a treatment, each where it is first explained."""
    found: dict[str, Abbreviated] = {}
    last = 0
    for match in _CODE.finditer(text):
        before = text[max(last, match.start() - 200) : match.start()]
        words = _after_last(_OPENS, before)
        clause = _after_last(_CLAUSE, before)
        said = clause if match["what"] else _JOINS.sub("", words, count=1)
        if match["code"] in found or not (match["what"] or _ends_in_treatment(said, vocabulary)):
            continue
        last = match.end()
        more = (match["more"] or "").strip(" ;:,")
        found[match["code"]] = Abbreviated(
            code=match["code"], words=said.strip(), told=f"{said.strip()}; {more}".strip("; "),
            is_arm=match["what"] is not None, start=match.start(), end=match.end(),
        )  # fmt: skip
    return tuple(found.values())


def _ends_in_treatment(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are a treatment, and not a disease for which one is given."""
    ends = [t.end for t in treatments(words, vocabulary)]
    after = words[ends[-1] :] if ends else words
    dosed = not ends and _DOSED.search(words) is not None
    words_after = len(_GIVEN.sub(" ", after).split())
    short = words_after <= _AFTER_TREATMENT and not re.search(r"\b(?:in|for)\b", after)
    return dosed or (bool(ends) and short)


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    ends = [m.end() for m in pattern.finditer(text)]
    return text[ends[-1] :] if ends else text


def treatments(words: str, vocabulary: Vocabulary) -> list[Token]:
    """The drugs and controls that words name, also joined by hyphens, place for place."""
    kinds = ("drugs", "controls")
    for said in (words, words.replace("-", " ")):
        if found := [t for t in lex(said, vocabulary, kinds) if t.kind in kinds]:
            return found
    return []


def is_control(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words name what stands in a treatment's place."""
    return any(t.kind == "controls" for t in lex(words, vocabulary, ("controls",)))


def is_treatment(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words name a drug, a control or a dose."""
    return _DOSED.search(words) is not None or bool(treatments(words, vocabulary))


def is_arm_name(name: str, text: str, short: Sequence[Abbreviated], vocabulary: Vocabulary) -> bool:
    """Whether a name is a dose, a drug, a control, an abbreviation of one, or called an arm."""
    if any(a.code == name for a in short) or is_treatment(name, vocabulary):
        return True
    other = ("responses", "complications", "diseases")
    if not name or any(t.kind in other for t in lex(name, vocabulary, other)):
        return False
    return is_called_arm(name, text)


def is_called_arm(name: str, text: str) -> bool:
    """Whether words call it one: ``the NP arm``, ``regimens A and B``, ``VC and GC groups``."""
    said = re.escape(name)
    before = rf"(?:arm|group|regimen|cohort|Rx)s?\s+(?:[\w+-]+{_AND})*{said}(?![\w-])"
    after = rf"(?<![\w-]){said}(?:{_AND}[\w+-]+)*\s+(?:[\w-]+\s+)?{WHAT}"
    numbered = r"(?i:arm|group|regimen|cohort|Rx)\s+\w{1,2}"
    return any(re.search(form, text) for form in (before, after)) or bool(
        re.fullmatch(numbered, name)
    )


def drugs_given(
    words: str, short: Sequence[Abbreviated], vocabulary: Vocabulary
) -> dict[str, list[str]]:
    """Drugs and controls that words name, also by abbreviations, each with its printed names."""
    alone = [a for a in short if not a.is_arm and len(treatments(a.words, vocabulary)) == 1]
    codes = [(m.start(), a) for a in alone
             for m in re.finditer(rf"(?<![\w-]){re.escape(a.code)}(?![\w-])", words)]  # fmt: skip
    named = [(t.start, t) for t in treatments(words, vocabulary)]
    named += [(start, treatments(a.words, vocabulary)[0]) for start, a in codes]
    found: dict[str, list[str]] = {}
    for _, token in sorted(named, key=lambda pair: pair[0]):
        head = token.text.split()[0]
        names = [token.text, token.name, *([head] if len(head) > 5 else [])]
        names += [a.code for a in alone if token.text.lower() in a.words.lower()]
        found.setdefault(token.name, []).extend(names)
    return found
