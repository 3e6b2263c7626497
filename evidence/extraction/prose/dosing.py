"""How sentences word a dose and its frequency, in the words that table cells use."""

from __future__ import annotations

import re

from evidence.extraction.prose.rates import NUMBER

_AMOUNT = r"\d\s*(?:mg|g|µg|mcg|ng|IU|MU|U)(?:\s*/\s*(?:kg|m2))?"
_BY = (
    r"(?:\s+(?:s\.?c\.?|i\.?v\.?|i\.?m\.?|p\.?o\.?|oral(?:ly)?|subcutaneous(?:ly)?|"
    r"intravenous(?:ly)?|intramuscular(?:ly)?))?"
)
_FORMS = (
    (re.compile(r"\bm\.?\s?\(2\)|\bm\^2|\bm\.\s?2\b"), "m2"),
    (re.compile(r"(?<=[mµ]cg)\.(?=\s*(?:/|per\b))"), ""),
    (
        re.compile(
            rf"(?:{NUMBER})\s+(?:consecutive\s+)?(?P<often>(?:bi)?weekly|daily)\s+"
            rf"(?=infusions\b|injections\b|doses\b)",
            re.IGNORECASE,
        ),
        r"\g<often> ",
    ),
    (
        re.compile(rf"(?P<amount>{_AMOUNT}{_BY})\s+(?:per|a|each) week\b", re.IGNORECASE),
        r"\g<amount> weekly",
    ),
    (
        re.compile(
            r"(?<![\d.-])(?P<least>\d+(?:\.\d+)?)(?:\s*,\s*\d+(?:\.\d+)?)*\s*,?\s+or\s+"
            r"(?P<most>\d+(?:\.\d+)?)(?=\s*(?:mg|g|µg|mcg|ng|IU|MU|U)\b)"
        ),
        r"\g<least>-\g<most>",
    ),
    (re.compile(r"(?<=\d-day )(?:schedule|course|period|interval)\b", re.IGNORECASE), "cycle"),
)
_PER_DAY = re.compile(rf"(?P<amount>{_AMOUNT})\s*(?:/\s*d(?:ay)?|\s(?:per|a) day)\b", re.IGNORECASE)
_TIMED = re.compile(
    r"\bdays?\s+\d|\bdivided\b|\bin \w+ doses\b|\bevery\b|\bweekly\b|\btwice\b|\btimes\b|"
    r"\bfor (?:\d+|\w+) (?:consecutive )?days\b|\bq\d",
    re.IGNORECASE,
)


def as_cells_word_it(clause: str) -> str:
    """``50 mg SC per week`` is *50 mg SC weekly*, ``4 weekly infusions`` are *weekly infusions*.

    A dose per day with no other timing is given daily: ``100 mg/day`` is *100 mg daily*.
    """
    for form, words in _FORMS:
        clause = form.sub(words, clause)
    return clause if _TIMED.search(clause) else _PER_DAY.sub(r"\g<amount> daily", clause)


def without_names(clause: str, names: tuple[str, ...]) -> str:
    """The clause with a drug's abbreviations as blanks, place for place: ``IM`` may be no route."""
    for name in names:
        clause = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " " * len(name), clause)
    return clause


_DAYS = re.compile(
    r"\bdays?\s+\d|\bd\d|[x×]\s*\d+\s*days?\b|\bfor \w+ (?:consecutive )?days\b", re.IGNORECASE
)
_SPLIT = re.compile(r"\bdivided\b|\bin \w+ doses\b|\btwice\b|\btimes\b", re.IGNORECASE)


def unit_given(unit: str, clause: str) -> str:
    """The unit of what is given at a time: *25 mg/m2/day on days 1-5* is 25 mg/m2 on each day."""
    once = _DAYS.search(clause) is not None and not _SPLIT.search(clause)
    return unit.removesuffix("/d") if once else unit


INDUCTION = re.compile(
    r"\bweeks?\s+\d+(?:\s*(?:,\s*and|,|and|&)\s*\d+)+"
    r"(?:[\s,]*(?:and|then|followed by|thereafter)\b[\s\w,]{0,20}?"
    r"\bevery\s+(?:\w+\s+)?(?:weeks?|months?))?",
    re.IGNORECASE,
)
"""Doses at weeks that are named, perhaps with a maintenance after them: no one frequency."""
COURSE = re.compile(
    rf"\b(?:for|over)\s+(?:an?\s+)?(?:consecutive\s+)?(?:{NUMBER})[\s-](?:consecutive[\s-])?days?\b"
    rf"[^.;()\d]{{0,25}}?\bevery\s+(?:{NUMBER})?(?:\s*(?:-|to|or)\s*\d+)?\s*(?:weeks?|months?|days?)|"
    rf"\b(?:{NUMBER})[\s-](?:consecutive[\s-])?days?\s+"
    r"(?:per|a|of each|every|each)\s+(?:month|cycle|course)\b",
    re.IGNORECASE,
)
"""Doses on some days of a cycle: ``for 3 days every 3 weeks`` is no dose every three weeks."""
