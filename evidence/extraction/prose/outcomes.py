"""Responses and complications in a sentence: each name bound to the count that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.outcomes_table.toxicity import grade_of
from evidence.extraction.prose.rates import PEOPLE, Rate
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

OUTCOMES = frozenset(["CR", "PR", "SD", "PD", "MR", "NE", "ORR", "DCR"])
_TIES = """
    a an the of in for with by at to as was were is are be been being had has have who whom
    whose that which achieved achieving showed showing experienced experiencing obtained
    attained reached demonstrated exhibited developed developing documented observed seen noted
    reported found recorded occurred occurring included including confirmed clinical best only
    among there rate rates and/or case cases patient patients subjects respectively all
    additional further mild moderate severe asymptomatic symptomatic transient treatment-related
    drug-related related each event events hematologic hematological haematological toxicity
    incidence subclinical most common
"""
"""Words that may stand between an outcome and its count without untying them."""
_WORDS = "|".join(re.escape(word) for word in sorted(_TIES.split(), key=len, reverse=True))
_GRADE = r"grades?\s*(?:[1-5]|I{1,3}|IV|V)(?:\s*(?:-|/|or|and|to|,)\s*(?:[1-5]|I{1,3}|IV|V))*"
_GAP = rf"(?:\s|\b(?:{_WORDS})\b|\b{_GRADE}\b|[(\[]\s*{_GRADE}\s*[)\]])"
_RIGHT = re.compile(rf"{_GAP}*", re.IGNORECASE)
_LEFT = re.compile(rf"(?:{_GAP}|[,:=()\[\]]|\+|≥|\b[A-Z]{{1,4}}\b)*", re.IGNORECASE)
_BARE_LEFT = re.compile(rf"{_GAP}*(?:\bin\b|=|:)\s*", re.IGNORECASE)
_REASON = re.compile(
    r"(?:due to|because of|owing to|reasons?|until|after|time to|without|evidence of|free "
    r"of|before|"
    r"discontinu\w+|stopped|died (?:of|from)|death from|if|either|definition|defined as|"
    r"rate of)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    ["complete", "partial", "stable", "progression", "progressive", "progressed",
     "disease progression",
     "rc", "rp", "os"]
)  # fmt: skip
"""Words that name an outcome in a table but say something else in a sentence."""
_HALF = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,|and)+\s*[\w-]+\s*(?:\([^)]*\)\s*)?partial\s+(?:responses?|"
    r"remissions?)",
    re.IGNORECASE,
)
"""*seven complete and five partial responses*."""
_JOINED = re.compile(r"(?:\+|\bplus|\bunconfirmed|\bor|/)\s*$", re.IGNORECASE)
"""What makes the outcome part of a sum (``CR + CRu``)."""
_DESCRIBED = re.compile(
    rf"\b(?:of|in|among|for)\s+(?:the\s+|these\s+|those\s+)*(?:[\w-]+\s+){{0,2}}?{PEOPLE}\s+"
    r"(?:with|in|who\s+(?:had|achieved|reached))\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
"""An outcome that only tells which patients are meant."""
_STOPPED = re.compile(r"\b(?:discontinu|withdr|stopped|off.study|first progression)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An outcome or a complication named in a sentence."""

    kind: str
    name: str
    text: str
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Bound:
    """A mention with the counts that belong to it."""

    mention: Mention
    events: int | None = None
    total: int | None = None
    percent: float | None = None
    start: int = 0
    end: int = 0

    def add(self, rate: Rate) -> bool:
        """Take a rate's parts where they are still open; False if they contradict."""
        for name in ("events", "total", "percent"):
            new, old = getattr(rate, name), getattr(self, name)
            if new is not None and old is not None and new != old:
                return False
        self.events = self.events if self.events is not None else rate.events
        self.total = self.total if self.total is not None else rate.total
        self.percent = self.percent if self.percent is not None else rate.percent
        self.start, self.end = min(self.start, rate.start), max(self.end, rate.end)
        return True


def find_mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Outcomes and complications of a folded sentence, left to right."""
    mentions: list[Mention] = []
    for token in lex(text, vocabulary, ("endpoints", "responses", "complications")):
        after, before = text[token.end : token.end + 8], text[: token.start]
        if token.kind == "responses" and token.name in OUTCOMES:
            if re.match(r"[\s-]*free", after, re.I) or _REASON.search(before):
                continue
            if re.match(r"\s*\+", after):
                continue
            half = token.text.lower() == "complete" and _HALF.match(text[token.end :])
            if (
                (token.text.lower() in _PLAIN and not half)
                or _JOINED.search(before)
                or _DESCRIBED.search(before)
            ):
                continue
            if token.name == "PD" and _STOPPED.search(text):
                continue
            mentions.append(_mention("response", token.name, token.text, token.start, token.end))
        elif token.kind == "complications" and len(token.text) > 2:
            mentions.append(
                _mention("complication", token.name, token.text, token.start, token.end)
            )
    return mentions


def _mention(kind: str, name: str, text: str, start: int, end: int) -> Mention:
    return Mention(kind=kind, name=name, text=text, start=start, end=end)


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
        if len(listed) == len(run):
            for one, rate in zip(run, listed, strict=True):
                one.add(rate)
            free = [r for r in free if r not in listed]
    for rate in free:
        for candidate in _candidates(text, open_ones, rate):
            if candidate.add(rate):
                break
    return [b for b in bound if b.events is not None or b.percent is not None]


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
    left = next((b for b in reversed(bound) if b.mention.end <= rate.start), None)
    found: list[tuple[int, Bound]] = []
    if right is not None:
        gap = text[rate.end : right.mention.start]
        reaches = _RIGHT.fullmatch(gap) is not None and not _is_subset(
            text, rate, gap, right.mention
        )
        if reaches and (not rate.bare or len(gap.strip()) <= 24):
            found.append((len(gap), right))
    if left is not None:
        gap = text[left.mention.end : rate.start]
        fits = _BARE_LEFT.fullmatch(gap) if rate.bare else _LEFT.fullmatch(gap)
        if fits:
            found.append((len(gap) - (1 if "(" in gap or "=" in gap else 0), left))
    return [b for _, b in sorted(found, key=lambda pair: pair[0])]


def _is_subset(text: str, rate: Rate, gap: str, mention: Mention) -> bool:
    """Whether the outcome only tells which patients are meant: *19 of the 20 with a response*."""
    words = gap.split()
    first = words[0].lower() if words else ""
    if rate.total is not None and (first in ("who", "with", "in") or mention.text == "responders"):
        return True
    described = re.search(
        r"\b(?:of|in|among|for)(?: the| these| those)?\s*$", text[: rate.start], re.I
    )
    return first in ("who", "in") or (first == "with" and described is not None)


_SCOPE = re.compile(
    r"\b(?:in|for|of|among|"
    r"the)\s+(?:the\s+)?(?P<name>[\w/+ -]{1,40}?)\s+(?:treatment\s+)?(?P<what>group|arm|"
    r"cohort|subgroup)s?\b",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"\b(?:in|of|among|for)\s+(?:the\s+)?(?:\w+\s+)?(?:patients|subjects|those|cases)\s+"
    r"(?:with|who (?!were|received)|older|younger|aged|without)\b",
    re.IGNORECASE,
)


def scope_of(text: str, at: int) -> str | None:
    """The group a clause speaks of: an arm, a cohort, a subset of the patients."""
    starts = [
        m.end() for m in re.finditer(r";|\.\s|\bwhereas\b|\bwhile\b|, on the other hand", text[:at])
    ]
    clause_start = starts[-1] if starts else 0
    later = re.search(r";|\bwhereas\b|\bwhile\b|\bcompared\b|\bversus\b|\bvs\b", text[at:])
    clause = text[clause_start : at + (later.start() if later else len(text))]
    named = _SCOPE.search(clause)
    if named:
        return f"{named['name'].strip()} {named['what'].lower()}"
    subset = _SUBSET.search(clause)
    return clause[subset.start() : subset.end() + 30].strip() if subset else None


def grade_near(text: str, mention: Mention) -> str | None:
    """The grade that stands just before a complication: ``grade 3-4 neutropenia``."""
    match = re.search(rf"{_GRADE}[^;.]*$", text[max(0, mention.start - 40) : mention.start], re.I)
    if match is None:
        return None
    return grade_of(match[0])[0]
