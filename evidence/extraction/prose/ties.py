"""Which words between an outcome or a complication and a count say that they belong together."""

from __future__ import annotations

import re

from evidence.extraction.prose.grades import GRADE
from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.rates import NUMBER, PEOPLE, PERSONS, Rate
from evidence.extraction.prose.scopes import ENTERED
from evidence.extraction.prose.timepoints import SAID

_TIES = """
    a an the of in for with by at to as was were is are be been being had has have who whom that
    whose which achieved achieving showed showing experienced experiencing obtained obtaining
    attained reached demonstrated exhibited developed developing documented observed seen noted
    reported found recorded occurred occurring included including confirmed clinical best only
    among there rate rates and/or case cases patient patients subjects respectively all overall
    additional further mild moderate severe asymptomatic symptomatic transient treatment-related
    drug-related related each event events episode episodes instance instances attack attacks
    hematologic hematological haematological toxicity
    incidence subclinical most common underwent maintained maintaining suffered durable pts
    remaining their our tumour tumor tumours tumors antitumour antitumor anti-tumour anti-tumor
    lesion lesions both consisted consisting objective initial prompt rapid early lasting long-term
    entered presented manifested de del la el los las en un una con fue fueron obtuvo obtuvieron
    alcanzaron presentaron morphologic cytogenetic skin
    lymph node nodes blood responded response responses remission remissions them these those
    whereas while by overall subsequently initially eventually finally clinically
    symptoms signs either went into met fulfilled gained induced produced judged considered
    rated classified as having
    assessable evaluable criteria for definition meeting entering registered result resulted
"""
"""Words that may stand between an outcome and its count without untying them."""
_WORDS = "|".join(re.escape(word) for word in sorted(_TIES.split(), key=len, reverse=True))
_MEANT = r"\((?:defined|greater|more|at least|i\.?e\.?|[≥>])[^()]{1,100}\)"
"""What an outcome means, said beside it: ``partial response (at least 50% clearance)``."""
_GAP = (
    rf"(?:\s|\b(?:{_WORDS}|{PERSONS})\b|{GRADE}|[(\[]\s*{GRADE}\s*[)\]]|\([^()\d%]{{1,80}}\)|"
    rf"{_MEANT}|\bdied\s+(?:of|from)\b|"
)
_GAP += r"\bat least one (?:episode|event)s?\b)"
_MOST = (
    rf"(?:was|were|being|as)\s+(?:the\s+|our\s+)?(?:best|only|main|major|(?:most\s+)?(?:common(?:est)?|"
    rf"frequent|prominent|serious|important|severe))\s+(?:{GRADE}\s+)?(?:[a-z-]+\s+){{0,3}}?"
    rf"(?:toxicit(?:y|ies)|(?:side|adverse)\s+(?:effects?|events?|reactions?)|complications?|"
    rf"responses?|event|reaction|finding|abnormalit(?:y|ies))\b,?"
)
"""``neutropenia was the most common grade 3-4 toxicity``: what is counted, said once more."""
_RIGHT = re.compile(rf"{_GAP}*", re.IGNORECASE)
_PASSIVE = (
    r"\b(?:was|were|has\s+been|had\s+been|have\s+been)\s+(?!treat|manag|follow|exclud|defin|assess|"
    r"evaluat|measur|stud|plan|expect|lost|not\b)[a-z]+(?:ed|en|wn)\s+(?=in\b|by\b)"
)
"""Any verb that says a thing was met with in patients: ``was mentioned by``, ``was noticed in``."""
_LEFT = re.compile(
    rf"(?:{_MOST}|{_PASSIVE}|{_GAP}|[(\[][A-Z]{{2,5}};|[,:=()\[\]]|\+|≥|(?-i:\b[A-Z]{{1,4}}\b))*",
    re.IGNORECASE,
)
_BARE_LEFT = re.compile(rf"(?:{_MOST}|{_PASSIVE}|{_GAP})*,?\s*(?:\bin\b|=|:)\s*", re.IGNORECASE)
_RATE_LEFT = re.compile(
    rf"(?:\s*[(\[][^()%]{{1,30}}[)\]])?\s*(?:,?\s+[a-zA-Z][\w/+-]*|\s*\(n\s*=\s*\d+\)|\s+\d+"
    rf"(?=\s+(?:[\w-]+\s+)?{PEOPLE})|\s+(?:weeks?|months?|days?|years?)\s+\d+|\s+\d+\s+(?:weeks?|months?|"
    rf"days?|years?)\b){{0,12}}?\s*(?:,|,?\s*\b(?:was|were|is|of|reached|at|to be)|"
    r"\b(?:was|were)\s+(?:[a-z]+\s+){1,3}\(|:)\s*",
    re.IGNORECASE,
)
"""``response rate after the first course was``: words that tie a rate to its percentage."""
_OF_WHOM = re.compile(
    r"^\s+(?:(?:in|of|from)\s+(?:the\s+)?(?:[\w/+-]+\s+){1,5}?(?:cohort|arm|group)s?\b(?:\s+[A-Z]\b)?|"
    rf"(?:with|without|aged|receiving|treated\s+(?:with|at|by|on))\s+(?!{NUMBER})[^,;.()]{{1,50}}?"
    r"(?=\s+(?:had|achieved|attained|obtained|showed|experienced|developed|reached|were|was)\b|\s*$))",
    re.IGNORECASE,
)
"""What says of whom a count is, before its outcome: ``5 of 9 patients with MF responded``."""
_PREDICATE = re.compile(
    r"\s*(?:was|were)\s+(?:durable|transient|sustained|maintained|confirmed|ongoing)\b",
    re.IGNORECASE,
)
"""What is said of responses already counted."""
_CODES = frozenset(["CR", "PR", "SD", "PD", "MR", "NE", "ORR"])
"""Abbreviations that a number may follow without a word: ``CR 5, PR 4``."""
_CLOSED = re.compile(r"\s*(?:$|[,.;)\]]|and\b)")
_BRACKETED = re.compile(r"\s*[(\[]\s*(?:n\s*=\s*)?")


_OF_DRUG = re.compile(
    r"^\s+(?:of|due to|secondary to|attributed to|related to)\s+(?:the\s+)?"
    r"(?!grades?\b|any\b|all\b)[A-Za-z][\w-]+(?=\s)",
    re.IGNORECASE,
)
"""What a complication is laid to: ``pneumonitis due to methotrexate in 2``."""
_STOP = r"\b(?:withdr[ae]w\w*|stop(?:ped)?|discontinued|left|dropped out|ended|interrupted)\b"
_STOPPED_FOR = re.compile(
    rf"{_STOP}(?:\s+[\w-]+){{0,6}}?\s+(?:because of|due to|owing to|for)\b", re.IGNORECASE
)
_STOPPED_IN = re.compile(rf"{_STOP}\s+(?:in|by|for)\s+$", re.IGNORECASE)
_BECAUSE = re.compile(rf"\s+(?:because of|due to|owing to)(?:{_GAP}|\bsevere\b)*", re.IGNORECASE)
_BEFORE_STOP = re.compile(
    rf",?\s*(?:(?:it|treatment|therapy|the|drug|was|were|had|to|be|been|who|[\w-]+)\s+){{0,3}}?"
    rf"{_STOPPED_FOR.pattern}(?:{_GAP}|\bsevere\b)*",
    re.IGNORECASE,
)


_EVENTS = re.compile(
    rf"\s+(?:had|experienced|developed|suffered)\s+(?:a total of\s+)?(?:{NUMBER})\s+", re.IGNORECASE
)
"""Between patients and the number of their events: ``six patients had eight infections``."""


def stopped_for(words: str) -> bool:
    """Whether a count is of patients whose treatment was stopped for what they had."""
    return _STOPPED_FOR.search(words) is not None or "because of" in words


def leads(text: str, rate: Rate, mention: Mention) -> int | None:
    """How far a count stands before the mention it belongs to; None where it does not belong."""
    gap = _OF_WHOM.sub("", ENTERED.sub("", text[rate.end : mention.start]))
    if mention.kind == "complication" and not rate.bare and (
        _is_stop(text, rate, gap) or _EVENTS.fullmatch(gap)
    ):  # fmt: skip
        return len(gap)
    if _RIGHT.fullmatch(gap) is None or _is_subset(text, rate, gap, mention):
        return None
    if mention.name == "ORR" and _MORE.match(gap):
        return None
    if rate.bare and (len(gap.strip()) > 30 or (mention.name == "PD" and gap.strip() == "of")):
        return None
    return len(gap)


def follows(text: str, rate: Rate, mention: Mention) -> int | None:
    """How far a count stands after the mention it belongs to; None where it does not belong."""
    gap = text[mention.end : rate.start]
    named = _OF_DRUG if mention.kind == "complication" else _OF_WHAT
    gap = SAID.sub(" ", _WITHIN.sub(" ", named.sub(" ", gap)))
    return len(gap) - _pull(gap) if _ties(text, rate, gap, mention) else None


_WITHIN = re.compile(
    r"\b(?:within|during|in)\s+(?:the\s+)?(?:first\s+|last\s+)?"
    rf"(?:an?\s+(?:median|mean)\s+(?:time\s+)?(?:of\s+)?)?(?:{NUMBER}|an?)?\s*"
    r"(?:days?|weeks?|months?|years?|hours?|cycles?|courses?)\b"
    r"(?:\s+(?:after|of|from|on)\s+(?:the\s+)?(?:(?:start|onset|end)\s+of\s+)?[\w-]+)?",
    re.IGNORECASE,
)
"""When it happened: ``within 1 year after pentostatin``."""


def _is_stop(text: str, rate: Rate, gap: str) -> bool:
    """Whether the patients' treatment was stopped: ``two left because of``, ``stopped in two due
    to``."""
    if _BEFORE_STOP.fullmatch(gap):
        return True
    led = _STOPPED_IN.search(text[: rate.start]) is not None
    return led and _BECAUSE.fullmatch(gap) is not None


_OF_WHAT = re.compile(
    r"^\s*(?:[(\[][A-Z]{2,5}[)\]]\s*)?(?:of\s+(?:all|the|their|these|skin|cutaneous)\s+(?:[a-z-]+\s+){1,2}"
    r"(?:\([^()%\d]*\)\s*)?|"
    r"to\s+(?:the\s+)?(?:therapy|treatment|drug)\s+)(?=(?:was|were|occurred)\b)",
    re.IGNORECASE,
)
"""What responded: ``complete resolution (CR) of all warts was seen in``."""


_MORE = re.compile(r"\s+(?:additional|further|more|new|late)\s*$", re.IGNORECASE)
"""What makes responses ones beside those already counted: ``four additional responses``."""


def is_left(text: str, mention: Mention, rate: Rate) -> bool:
    """Whether a mention stands before a count, and not in a bracket that closes between them."""
    between = text[mention.end : rate.start]
    return mention.end <= rate.start and between.count(")") <= between.count("(")


def _pull(gap: str) -> int:
    """How much nearer a count after a mention is than its distance: ``CR in 3``, ``CR (3)``."""
    if re.search(r"\bin\s*$", gap):
        return 12
    if gap.strip() == ",":
        return -15
    return 1 if re.search(r"[(\[=:]", gap) else 0


def _ties(text: str, rate: Rate, gap: str, mention: Mention) -> bool:
    """Whether a count after a mention belongs to it."""
    if mention.kind == "response" and _PREDICATE.match(gap):
        return False
    rated = mention.is_rate or mention.name == "ORR"
    if rated and (rate.percent is not None or rate.total is not None):
        return _LEFT.fullmatch(gap) is not None or _RATE_LEFT.fullmatch(gap) is not None
    if not rate.bare:
        return _LEFT.fullmatch(gap) is not None
    if gap == " " and mention.text in _CODES and _CLOSED.match(text, rate.end):
        return True
    closed = text[rate.end : rate.end + 1] in (")", "]", ";", ",")
    if closed and (_BRACKETED.fullmatch(gap) or (gap == ", " and text[rate.end] in ";)")):
        return True
    return _BARE_LEFT.fullmatch(gap) is not None


def _is_subset(text: str, rate: Rate, gap: str, mention: Mention) -> bool:
    """Whether the outcome only tells which patients are meant: *19 of the 20 with a response*."""
    words = gap.split()
    first = words[0].lower() if words else ""
    named = mention.text == "responders" and first not in ("were", "was")
    included = re.search(r"\bincluding\s*$", text[: rate.start], re.I) is not None
    whole = text[rate.start : rate.end].endswith(")") or "/" in text[rate.start : rate.end]
    subset = first == "who" or (first in ("with", "in") and not whole)
    if rate.total is not None and not included and (subset or named):
        return True
    described = re.search(
        r"\b(?:of|in|among|for)(?: the| these| those| all)?\s*$", text[: rate.start], re.I
    )
    return first == "who" or (first in ("with", "in") and described is not None)
