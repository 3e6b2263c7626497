"""Of whom a sentence speaks: an arm, a disease, a part of the patients, a compartment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.prose.groups import group_after
from evidence.extraction.prose.rates import NUMBER, PEOPLE, to_int
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_BREAK = re.compile(
    r";|\.\s|\bwhereas\b|\bwhile\b|, on the other hand|\bbut\b|"
    r",\s+(?:giving|yielding|making|for|resulting in)\s+(?:an?\s+)?(?=overall|total|objective)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LATER = re.compile(r";|\.\s|\bwhereas\b|\bwhile\b|\bcompared\b|\bversus\b|\bvs\b", re.IGNORECASE)
_ARM = re.compile(
    r"\b(?:in|for|of|among|the)\s+(?:the\s+)?"
    r"(?P<name>(?:(?!(?:in|for|of|among|the)\s)[\w/+-]+\s+){1,6}?)(?:treatment\s+)?"
    r"(?P<what>group|arm|cohort|subgroup)s?\b",
    re.IGNORECASE,
)
_WHOLE_ARM = re.compile(
    r"(?:the$|one$|both$|a$|(?:two|three|four|both|these|those)\b|whole|entire|overall|total|study|present|our|this|treatment|all|patient|single)\b",
    re.I,
)
_PART = re.compile(
    r"\b(?:in|of|among|for)\s+(?:the\s+)?(?:\w+\s+)?(?:patients|subjects|those|cases)\s+"
    r"(?:with|who (?!were)|receiving|older|younger|aged|without|treated at|after|"
    r"in whom(?! [a-z ]{1,30}(?:evaluable|assess)))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:^|[:;.,]\s)\s*(?:and\s+)?(?:in|of|among|amongst|for|within)\s+(?P<who>[^,;]{1,90}?)"
    r"(?:,|\s(?=there\s+(?:was|were)\b))",
    re.IGNORECASE,
)
_TRAILS = re.compile(r",\s+(?!and\b)")
"""A phrase after a comma that says of whom the count before it is: ``2 CRs, in melanoma, and``."""
_DESCRIBES = re.compile(
    r"\b(?:with|who|whom|without|aged|older|younger|receiving|responding|responders|refractory|"
    r"relapsed|previously|naive|untreated|pretreated|stage|positive|negative|achiev\w+|"
    r"treated (?:at|with)|mutat\w+|latter|former|subgroup|subset|remaining)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:(?:in|for|among)\s+(?:the\s+)?{PEOPLE}\s+)?"
    r"(?P<word>with|who|without|aged|older|younger|receiving|treated (?:with|at)|in whom)"
    r"\s+(?P<rest>[^,;.()]{1,60}?)(?=\s+(?:responded|(?:had|achieved|attained|showed|experienced|"
    r"obtained|reached|developed)\s+(?:an?|no|CR|PR)\b)|[,;.()]|$)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"\s*(?:and\s+|but\s+|,\s*)*(?P<who>(?:the\s+)?(?!{NUMBER}|\d)(?:[a-z][\w-]*\s+){{0,2}}?(?:{PEOPLE}|those)"
    r"(?:\s+(?:with|without|aged|who\s+(?:had|were))\s+[^,;.()]{1,60}?)?)"
    r"\s+(?:had|achieved|attained|showed|experienced|responded|obtained|reached|developed)\b",
    re.IGNORECASE,
)
"""A clause whose subject is a part of the patients: ``Patients with mutations had a rate of``."""
_WITHIN = re.compile(
    r"\b(?:in|for|among|of)\s+(?P<who>[^,;()]{2,60}?)\s*(?:\b(?:was|were|is|reached)\b|[,(]|$)",
    re.IGNORECASE,
)
_OF_RESPONDERS = re.compile(r"(?:\w+\s+)*?(?:\w+\s+)?respon(?:ders?|ses|ding\s+\w+)", re.IGNORECASE)
ENTERED = re.compile(
    r"\s+(?:who|that)\s+(?:were\s+|had\s+been\s+|had\s+)?(?:entered|enrolled|included|treated|"
    r"recruited|completed)(?:\s+(?:(?:in|into|onto)\s+)?(?:the|this|our)\s+(?:study|trial|series))?"
    r"(?=\s+(?:were|had|achieved|showed|obtained)\b)",
    re.IGNORECASE,
)
"""Words that say of all patients that they are the study's: ``15 patients who entered``."""
_DOSE = r"(?P<dose>\d+(?:[.,]\d+)?\s*(?:mg|µg|mcg|g|Gy|MU|MIU|IU)\b(?:\s*/\s*(?:m2|kg))?)"
_AT_DOSE = re.compile(rf"\s*(?:treated\s+)?(?:at|with)\s+(?:the\s+)?{_DOSE}", re.IGNORECASE)
_LED_BY_DOSE = re.compile(
    rf"(?:^|[;,.]\s)\s*(?:and\s+)?at\s+(?:the\s+|a\s+)?(?:dose\s+(?:level\s+)?(?:of\s+)?)?{_DOSE}"
    r"[^;.]{0,25}?(?:,|\s(?=there\b))",
    re.IGNORECASE,
)
_SIZED = re.compile(rf"(?:the\s+|all\s+|these\s+|total\s+of\s+)*(?P<n>{NUMBER})\s", re.IGNORECASE)
_RESULT = re.compile(
    rf"(?:had|have|were|was|achiev\w+|show\w+|experienc\w+|obtain\w+|attain\w+|respond\w+|develop\w+|"
    rf"an?\b|the\b|no\b|{NUMBER}|\d|median|mean|overall|complete|partial|effective|confirmed)",
    re.IGNORECASE,
)
"""What opens a result rather than a description of the patients."""
_EVERYBODY = re.compile(
    rf"(?:the\s+|all\s+|these\s+|our\s+|total\s+|of\s+|remaining\s+)*(?:{NUMBER})?\s*(?:evaluable|assessable|"
    rf"eligible|treated|enrolled|consecutive|study|included|analy[sz]ed|available|remaining|total|"
    rf"whole|entire|present|overall|adult|response|intention to treat|ITT|safety|efficacy|\s|"
    rf"{PEOPLE}|population|study|series|trial|cohort|total|group|general|addition|summary|"
    rf"contrast|particular)*(?:\s*(?:for response|treated|enrolled|evaluated|studied|"
    rf"analy[sz]ed|included|in whom [a-z ]{{1,30}} (?:was|were|could be)"
    rf"(?: evaluable| assessable| evaluated| assessed)?))?",
    re.IGNORECASE,
)
_COMPARTMENTS = (
    ("skin", r"(?:in (?:the )?)?(?:skin|cutaneous)(?: (?:lesions|disease|compartment))?"),
    ("blood", r"(?:in (?:the )?)?(?:peripheral )?blood(?: compartment)?|leuk[ae]*mic compartment"),
    ("node", r"(?:in (?:the )?)?(?:lymph )?nod(?:es?|al)(?: (?:disease|compartment))?"),
    ("viscera", r"(?:in (?:the )?)?viscer(?:a|al)(?: (?:disease|compartment))?"),
)


ONE_OF_SEVERAL = "one of several counts in the sentence"
"""The part of the patients that one of several values side by side is of, where nothing says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of whom a count speaks; ``kind`` is ``arm`` ``disease`` ``part`` or empty for everybody."""

    name: str | None = None
    kind: str = ""


def scope_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> Scope:
    """The patients a clause speaks of, by what leads it, what stands in it, and what follows."""
    outside = _IN_BRACKETS.sub(lambda m: " " * len(m[0]), text)
    begins = [m.end() for m in _BREAK.finditer(outside) if m.end() <= start]
    begin = begins[-1] if begins else 0
    later = _LATER.search(outside, end)
    close = later.start() if later else len(text)
    if arm := _arm_in(text[begin:close], outside[begin:close], start - begin, end - begin):
        disease = _named(arm.name or "", vocabulary)
        return disease if disease.kind == "disease" else arm
    for lead in reversed(list(_LEAD.finditer(text[begin:start]))):
        if _TRAILS.match(lead[0]) and re.search(NUMBER, text[begin : begin + lead.start()], re.I):
            continue
        if found := _described(lead["who"], vocabulary):
            return found
    for dosed in reversed(list(_LED_BY_DOSE.finditer(text, begin, start))):
        return Scope(name=dosed["dose"], kind="arm")
    part = _PART.search(text[begin:start])
    if part:
        return _named(text[begin + part.start() : begin + part.end() + 40], vocabulary)
    subject = _SUBJECT.match(text, begin, start)
    if subject and (found := _described(subject["who"], vocabulary)):
        return found
    return Scope()


def scope_within(text: str, vocabulary: Vocabulary) -> Scope:
    """The part of the patients that words between an outcome and its count name."""
    found = (_described(m["who"], vocabulary) for m in _WITHIN.finditer(text))
    return next((scope for scope in found if scope), Scope())


def is_of_responders(words: str) -> bool:
    """Whether a part of the patients is those who responded, whose kinds are everybody's."""
    return _OF_RESPONDERS.fullmatch(words.strip()) is not None


def total_of(text: str, start: int) -> int | None:
    """The number of patients a leading phrase gives a count: ``Of 36 patients, 6``."""
    leads = [
        m for m in _LEAD.finditer(text[:start]) if not re.search(r"[;.]\s", text[m.end() : start])
    ]
    leads = [lead for lead in leads if not is_of_responders(lead["who"])]
    numbers = [n for lead in leads if (n := _SIZED.match(lead["who"]))]
    return to_int(numbers[-1]["n"]) if numbers else None


def _arm_in(clause: str, outside: str, start: int, end: int) -> Scope | None:
    """The last arm named before a fact, else the first after it with no other number between, but
    for numbers in brackets (blank ``outside`` them)."""
    named = [m for m in _ARM.finditer(clause) if not _WHOLE_ARM.match(m["name"].strip())]
    before = [m for m in named if m.start() < end]
    later = [m for m in named if m.start() >= end]
    after = [m for m in later if not re.search(r"\d", outside[end : m.start()])]
    match = before[-1] if before else after[0] if after else None
    if match is None:
        return None
    return Scope(name=f"{match['name'].strip()} {match['what'].lower()}", kind="arm")


def scope_after(text: str, end: int, vocabulary: Vocabulary) -> Scope:
    """The patients named right after a count: ``5/9 patients with MF``, ``in the A arm``."""
    if ENTERED.match(text, end):
        return Scope()
    arm = group_after(text, end)
    if arm is not None and _compartment(arm):
        return Scope()
    if arm is not None and not re.search(r"\d", arm) and not _names_outcome(arm, vocabulary):
        return _named(arm, vocabulary, otherwise="part" if _DESCRIBES.search(arm) else "arm")
    if dosed := _AT_DOSE.match(text, end):
        return Scope(name=dosed["dose"], kind="arm")
    after = _AFTER.match(text, end)
    if after is None:
        return Scope()
    rest = after["rest"].strip()
    if after["word"].lower() == "who" and _RESULT.match(rest):
        return Scope()
    if after["word"].lower() == "with" and (
        _RESULT.match(rest) or _names_outcome(rest, vocabulary)
    ):
        return Scope()
    return _named(f"{after['word']} {rest}", vocabulary)


def _names_outcome(words: str, vocabulary: Vocabulary) -> bool:
    tokens = lex(words, vocabulary, ("responses", "complications", "endpoints", "diseases"))
    told = ("responses", "complications", "endpoints")
    return any(token.kind in told for token in tokens[:4])


def _described(words: str, vocabulary: Vocabulary) -> Scope | None:
    """A leading phrase: a disease or a part of the patients; None for everybody and for no one."""
    if _EVERYBODY.fullmatch(words.strip()):
        return None
    found = _named(words, vocabulary)
    if found.kind == "disease" or _DESCRIBES.search(words):
        return found
    return None


def _named(words: str, vocabulary: Vocabulary, *, otherwise: str = "part") -> Scope:
    """The disease the words name, or the words themselves."""
    found = [t for t in lex(words, vocabulary, ("diseases",)) if t.kind == "diseases"]
    sited = any(re.match(r"\s+of\s+(?:the\s+)?\w", words[t.end :]) for t in found)
    staged = re.search(r"\b(?:stage|refractory|relapsed)\b", words, re.IGNORECASE)
    if len({t.name for t in found}) == 1 and not sited and not staged:
        return Scope(name=found[0].name, kind="disease")
    return Scope(name=" ".join(words.split()), kind=otherwise)


def _compartment(words: str) -> str | None:
    """The compartment that the words name and nothing else."""
    return next((n for n, form in _COMPARTMENTS if re.fullmatch(form, words, re.IGNORECASE)), None)


def compartment_of(text: str, start: int, end: int) -> str | None:
    """The compartment an outcome was seen in: ``CR in lymph nodes``, ``skin response``."""
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    for name, words in _COMPARTMENTS:
        if re.search(rf"\b(?:{words})\s*$", before, re.I) or re.match(
            rf"\s+(?:was |were )?(?:seen |observed |achieved )?in (?:the )?(?:{words})\b",
            after,
            re.I,
        ):
            return name
    return None
