"""Binding: each outcome or complication of a sentence with the count that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidence.extraction.prose.mentions import GRADE, Mention
from evidence.extraction.prose.rates import PEOPLE, Rate
from evidence.extraction.prose.scopes import ENTERED

_TIES = """
    a an the of in for with by at to as was were is are be been being had has have who whom that
    whose which achieved achieving showed showing experienced experiencing obtained obtaining
    attained reached demonstrated exhibited developed developing documented observed seen noted
    reported found recorded occurred occurring included including confirmed clinical best only
    among there rate rates and/or case cases patient patients subjects respectively all overall
    additional further mild moderate severe asymptomatic symptomatic transient treatment-related
    drug-related related each event events hematologic hematological haematological toxicity
    incidence subclinical most common underwent maintained maintaining suffered durable pts
    their our tumour tumor tumours tumors lesion lesions both consisted consisting objective
    entered presented manifested de del la el los las en un una con fue fueron obtuvo obtuvieron
    alcanzaron presentaron morphologic cytogenetic skin
    lymph node nodes blood responded
"""
"""Words that may stand between an outcome and its count without untying them."""
_WORDS = "|".join(re.escape(word) for word in sorted(_TIES.split(), key=len, reverse=True))
_GAP = rf"(?:\s|\b(?:{_WORDS})\b|{GRADE}|[(\[]\s*{GRADE}\s*[)\]]|\([^()\d%]{{1,80}}\)|"
_GAP += r"\bat least one (?:episode|event)s?\b)"
_RIGHT = re.compile(rf"{_GAP}*", re.IGNORECASE)
_LEFT = re.compile(rf"(?:{_GAP}|[,:=()\[\]]|\+|≥|\b[A-Z]{{1,4}}\b)*", re.IGNORECASE)
_BARE_LEFT = re.compile(rf"{_GAP}*(?:\bin\b|=|:)\s*", re.IGNORECASE)
_RATE_LEFT = re.compile(
    rf"(?:\s*[(\[][^()%]{{1,30}}[)\]])?\s*,?(?:\s+[a-zA-Z][\w/+-]*|\s*\(n\s*=\s*\d+\)|\s+\d+"
    rf"(?=\s+(?:[\w-]+\s+)?{PEOPLE})|\s+(?:weeks?|months?|days?|years?)\s+\d+|\s+\d+\s+(?:weeks?|months?|"
    rf"days?|years?)\b){{0,12}}?\s*(?:,|\b(?:was|were|is|of|reached|at|to be))\s*",
    re.IGNORECASE,
)
"""``response rate after the first course was``: words that tie a rate to its percentage."""
_BRACKETED = re.compile(r"\s*[(\[]\s*(?:n\s*=\s*)?")


_OF_DRUG = re.compile(
    r"^\s+(?:of|due to|secondary to|attributed to|related to)\s+(?:the\s+)?"
    r"(?!grades?\b|any\b|all\b)[A-Za-z][\w-]+(?=\s)",
    re.IGNORECASE,
)
"""What a complication is laid to: ``pneumonitis due to methotrexate in 2``."""
_STOP = r"\b(?:withdr[ae]w\w*|stopped|discontinued|left|dropped out|ended|interrupted)\b"
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


def stopped_for(words: str) -> bool:
    """Whether a count is of patients whose treatment was stopped for what they had."""
    return _STOPPED_FOR.search(words) is not None or "because of" in words


@dataclass(slots=True, kw_only=True)
class Bound:
    """A mention with the counts that belong to it."""

    mention: Mention
    events: int | None = None
    total: int | None = None
    percent: float | None = None
    everyone: bool = False
    timepoint: str | None = None
    start: int = 0
    end: int = 0
    rate_ends: list[int] = field(default_factory=list)
    """Where the counts end, for what is said of their patients."""

    @property
    def counted(self) -> bool:
        """Whether any count belongs to the mention."""
        return self.events is not None or self.percent is not None or self.everyone

    def add(self, rate: Rate) -> bool:
        """Take a rate's parts where they are still open; False if they contradict."""
        if self.mention.is_rate and rate.start > self.mention.end and rate.is_number:
            if self.events is None and self.total is None and not rate.bracketed:
                self.total = rate.events
            return not rate.bracketed or self._take(rate)
        return self._take(rate)

    def _take(self, rate: Rate) -> bool:
        for name in ("events", "total", "percent"):
            new, old = getattr(rate, name), getattr(self, name)
            if new is not None and old is not None and new != old:
                return False
        self.events = self.events if self.events is not None else rate.events
        self.total = self.total if self.total is not None else rate.total
        self.percent = self.percent if self.percent is not None else rate.percent
        self.everyone = self.everyone or rate.everyone
        self.start, self.end = min(self.start, rate.start), max(self.end, rate.end)
        self.rate_ends.append(rate.end)
        return True


def bind(text: str, mentions: list[Mention], rates: list[Rate]) -> list[Bound]:
    """Mentions with their rates; a rate that no wording ties to a mention stays unbound.

    Outcomes listed together (*CR and PR were seen in 3 and 4 patients*) take the counts of an
    equally long list in its order, and no count otherwise.
    """
    bound = [Bound(mention=m, start=m.start, end=m.end) for m in mentions]
    free = list(rates)
    open_ones = list(bound)
    for run in _runs(text, bound, rates):
        after = [r for r in free if r.start >= run[-1].mention.end]
        listed = _listed(text, after)
        open_ones = [b for b in open_ones if b not in run]
        if len(listed) == len(run) and _near(text, run[-1].mention.end, listed[0].start):
            for one, rate in zip(run, listed, strict=True):
                one.add(rate)
            free = [r for r in free if r not in listed]
    for rate in free:
        for candidate in _candidates(text, open_ones, rate):
            if candidate.add(rate):
                break
        else:
            bound += _later_times(text, bound, rate)
    for one in bound:
        one.timepoint = one.timepoint or _timepoint(text, one)
    return [b for b in bound if b.counted]


_UNITS = r"(?:weeks?|months?|days?|years?)"
_TIME = rf"(?:at|by|after)\s+(?:the\s+end\s+of\s+)?(?P<time>{_UNITS}\s+\d+|\d+\s+{_UNITS})"
_THEN_AT = re.compile(
    rf"[\s,;]*(?:and\s+)?{_TIME}\s*,?\s*(?:it\s+)?(?:was|were)?\s*", re.IGNORECASE
)


def _timepoint(text: str, bound: Bound) -> str | None:
    """The time that stands between an outcome and its count: ``response rate at week 12 was``."""
    between = text[bound.mention.end : max(bound.rate_ends, default=0)]
    match = re.search(rf"\b{_TIME}", between, re.IGNORECASE) if bound.mention.is_rate else None
    return match["time"].lower() if match else None


def _later_times(text: str, bound: list[Bound], rate: Rate) -> list[Bound]:
    """``and at week 24 was 60 %``: a further count of the outcome just counted."""
    for one in bound:
        match = _THEN_AT.fullmatch(text, one.end, rate.start) if one.rate_ends else None
        if match is not None and one.mention.is_rate:
            again = Bound(mention=one.mention, timepoint=match["time"].lower(), start=rate.start,
                          end=rate.end)  # fmt: skip
            return [again] if again.add(rate) else []
    return []


def _near(text: str, end: int, start: int) -> bool:
    return start - end <= 60 and not re.search(r";|\.\s", text[end:start])


_AND = re.compile(r"(?:[\s,;/]|\band\b|\bor\b|&|\ban?\b|\bthe\b|\brates?\b)*", re.IGNORECASE)


def _runs(text: str, bound: list[Bound], rates: list[Rate]) -> list[list[Bound]]:
    """Two or more different outcomes named one after another without a count between them."""
    runs: list[list[Bound]] = []
    for one in bound:
        last = runs[-1][-1].mention if runs else None
        joined = last is not None and _AND.fullmatch(text[last.end : one.mention.start])
        if joined and last is not None and last.end < one.mention.start:
            runs[-1].append(one)
        else:
            runs.append([one])
    several = [run for run in runs if len({one.mention.name for one in run}) > 1]
    return [run for run in several if not _led(text, run[0].mention.start, rates)]


def _led(text: str, start: int, rates: list[Rate]) -> bool:
    """Whether a count stands right before a place."""
    return any(rate.end <= start and not text[rate.end : start].strip() for rate in rates)


def _listed(text: str, rates: list[Rate]) -> list[Rate]:
    """The rates that follow one another with nothing but commas and *and* between them."""
    found = rates[:1]
    for rate in rates[1:]:
        if not _AND.fullmatch(text[found[-1].end : rate.start]):
            break
        found.append(rate)
    return found


def _candidates(text: str, bound: list[Bound], rate: Rate) -> list[Bound]:
    inside = [b for b in bound if rate.start <= b.mention.start and b.mention.end <= rate.end]
    if inside:
        return inside[-1:]
    right = next((b for b in bound if b.mention.start >= rate.end), None)
    left = next((b for b in reversed(bound) if _is_left(text, b.mention, rate)), None)
    found: list[tuple[int, Bound]] = []
    if right is not None:
        gap = ENTERED.sub("", text[rate.end : right.mention.start])
        stopped = right.mention.kind == "complication" and _is_stop(text, rate, gap)
        reaches = _RIGHT.fullmatch(gap) is not None and not _is_subset(
            text, rate, gap, right.mention
        )
        if rate.bare and right.mention.name == "PD" and gap.strip() == "of":
            reaches = False
        if (stopped and not rate.bare) or (reaches and (not rate.bare or len(gap.strip()) <= 30)):
            found.append((len(gap), right))
    if left is not None:
        gap = text[left.mention.end : rate.start]
        gap = _OF_DRUG.sub("", gap) if left.mention.kind == "complication" else gap
        if _follows(text, rate, gap, left.mention):
            found.append((len(gap) - _pull(gap), left))
    return [b for _, b in sorted(found, key=lambda pair: pair[0])]


def _is_stop(text: str, rate: Rate, gap: str) -> bool:
    """Whether the patients' treatment was stopped: ``two left because of``, ``stopped in two due
    to``."""
    if _BEFORE_STOP.fullmatch(gap):
        return True
    led = _STOPPED_IN.search(text[: rate.start]) is not None
    return led and _BECAUSE.fullmatch(gap) is not None


def _is_left(text: str, mention: Mention, rate: Rate) -> bool:
    """Whether a mention stands before a count, and not in a bracket that closes between them."""
    between = text[mention.end : rate.start]
    return mention.end <= rate.start and between.count(")") <= between.count("(")


def _pull(gap: str) -> int:
    """How much nearer a count after a mention is than its distance: ``CR in 3``, ``CR (3)``."""
    if re.search(r"\bin\s*$", gap):
        return 12
    return 1 if re.search(r"[(\[=:]", gap) else 0


def _follows(text: str, rate: Rate, gap: str, mention: Mention) -> bool:
    """Whether a count after a mention belongs to it."""
    rated = mention.is_rate or mention.name == "ORR"
    if rated and (rate.percent is not None or rate.total is not None):
        return _LEFT.fullmatch(gap) is not None or _RATE_LEFT.fullmatch(gap) is not None
    if not rate.bare:
        return _LEFT.fullmatch(gap) is not None
    closed = text[rate.end : rate.end + 1] in (")", "]", ";", ",")
    if closed and (_BRACKETED.fullmatch(gap) or (gap == ", " and text[rate.end] in ";)")):
        return True
    return _BARE_LEFT.fullmatch(gap) is not None


def _is_subset(text: str, rate: Rate, gap: str, mention: Mention) -> bool:
    """Whether the outcome only tells which patients are meant: *19 of the 20 with a response*."""
    words = gap.split()
    first = words[0].lower() if words else ""
    named = mention.text == "responders" and first not in ("were", "was")
    if rate.total is not None and (first in ("who", "with", "in") or named):
        return True
    described = re.search(
        r"\b(?:of|in|among|for)(?: the| these| those| all)?\s*$", text[: rate.start], re.I
    )
    return first == "who" or (first in ("with", "in") and described is not None)
