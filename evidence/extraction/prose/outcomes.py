"""Binding: each outcome or complication of a sentence with the count that belongs to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.prose.again import count_again, counts_before
from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.contrasts import find_contrasts
from evidence.extraction.prose.grades import GRADE, grade_of_count, grades_listed
from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.rates import Rate
from evidence.extraction.prose.ties import follows, is_left, leads
from evidence.extraction.prose.timepoints import timepoint_of


def bind(text: str, mentions: list[Mention], rates: list[Rate]) -> list[Bound]:
    """Mentions with their rates; a rate that no wording ties to a mention stays unbound.

    Outcomes listed together (*CR and PR were seen in 3 and 4 patients*) take the counts of an
    equally long list in its order, and no count otherwise.
    """
    compared = [one for pair in find_contrasts(text, mentions, rates) for one in pair]
    places = {start for one in compared for start in one.rate_starts}
    rates = [part for rate in rates for part in _parted(text, mentions, rate)]
    bound = [Bound(mention=m, start=m.start, end=m.end) for m in mentions
             if not any(one.mention is m for one in compared)]  # fmt: skip
    free = [r for r in rates if r.start not in places]
    open_ones = list(bound)
    for run in _runs(text, bound, rates):
        after = [r for r in free if r.start >= run[-1].mention.end]
        listed = _listed(text, after)
        open_ones = [b for b in open_ones if b not in run]
        if len(listed) == len(run) and _near(text, run[-1].mention.end, listed[0].start):
            for one, rate in zip(run, listed, strict=True):
                one.add(rate)
                one.total = one.total if one.total is not None else listed[-1].total
            free = [r for r in free if r not in listed]
        elif before := _listed_before(text, run, free):
            for one, rate in zip(run, before, strict=True):
                one.add(rate)
            free = [r for r in free if r not in before]
        elif (each := _each(text, run, free)) is not None:
            for one in run:
                one.add(each)
            free.remove(each)
    for rate in free:
        for candidate in _candidates(text, open_ones, rate):
            if candidate.add(rate):
                break
        else:
            bound += count_again(text, bound, rate)
    bound += [*counts_before(text, bound, rates), *compared]
    counted = sorted((b for b in bound if b.counted), key=lambda b: b.start)
    _grade_each(text, counted)
    for one in counted:
        if one.mention.kind == "response" and one.rate_starts:
            one.timepoint = timepoint_of(
                text, one.mention.end, one.rate_starts[0], one.rate_ends[-1]
            )
    _share(text, counted)
    return counted


def _parted(text: str, mentions: list[Mention], rate: Rate) -> list[Rate]:
    """A count whose bracket gives its percentage another name, as two: ``PR in 8 of 62 (response
    rate: 13 %)``."""
    inside = [m for m in mentions if m.is_rate and rate.start < m.start and m.end <= rate.end]
    before = [m for m in mentions if m.end <= rate.start][-1:]
    opened = text.find("(", rate.start, rate.end)
    named = bool(inside) and any(m.name != inside[-1].name for m in before)
    if rate.events is None or rate.percent is None or opened < 0 or not named:
        return [rate]
    return [
        replace(rate, end=opened, percent=None),
        Rate(start=inside[-1].end, end=rate.end, events=None, total=None, percent=rate.percent),
    ]


def _listed_before(text: str, run: list[Bound], rates: list[Rate]) -> list[Rate]:
    """As many counts as outcomes, right before them: ``8, 12 and 9 had CR, PR and SD``."""
    first = run[0].mention
    rated = [r for r in rates if r.end <= first.start][-len(run) :]
    joined = len(rated) == len(run) and len(_listed(text, rated)) == len(run)
    return rated if joined and leads(text, rated[-1], first) is not None else []


_EACH_AFTER = re.compile(r"\s*each\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(
    r"\s*each\s+(?:of\s+)?(?:(?:had|developed|experienced|with|for)\s+)?", re.IGNORECASE
)


def _each(text: str, run: list[Bound], rates: list[Rate]) -> Rate | None:
    """The count that each outcome of a list has: ``fever and rash in two patients each``."""
    first, last = run[0].mention, run[-1].mention
    for rate in rates:
        if rate.end <= first.start and _EACH_BEFORE.fullmatch(text, rate.end, first.start):
            return rate
        if rate.start >= last.end and _EACH_AFTER.match(text, rate.end):
            return rate if follows(text, rate, last) is not None else None
    return None


def _share(text: str, counted: list[Bound]) -> None:
    """Give outcomes listed together the total and the time that stand once after the last."""
    for one, following in reversed(list(itertools.pairwise(counted))):
        if not _AND.fullmatch(text, one.end, following.start):
            continue
        if following.of_several:
            one.total, one.of_several = one.total or following.total, True
        if one.mention.kind == "response":
            one.timepoint = one.timepoint or following.timepoint


_RESPECTIVELY = re.compile(r"[^.;]{0,40}\brespectively\b", re.IGNORECASE)


def _grade_each(text: str, counted: Sequence[Bound]) -> None:
    """The grades of counts side by side: ``grade 4 in five and grade 3 in nine``, ``grade 3 and 4
    neutropenia in 5 and 2, respectively``."""
    for one in (b for b in counted if b.mention.kind == "complication" and b.rate_starts):
        one.grade = grade_of_count(text, one.rate_starts[0], one.mention.end)
        same = [b for b in counted if b.mention is one.mention]
        listed = grades_listed(text, one.mention.start)
        if len(same) == len(listed) and _RESPECTIVELY.match(text, same[-1].end):
            one.grade = listed[same.index(one)]


def _near(text: str, end: int, start: int) -> bool:
    return start - end <= 60 and not re.search(r";|\.\s", text[end:start])


_AND_WORDS = (
    r"[\s,;/]|\band\b|\bor\b|&|\ban?\b|\bthe\b|\boverall\b|\brates?\b|"
    r"\((?-i:[A-Z][A-Za-z]{1,5})\)"
)
_AND = re.compile(rf"(?:{_AND_WORDS})*", re.IGNORECASE)
_AND_IN = re.compile(rf"(?:{_AND_WORDS})*(?:\bin\s+)?", re.IGNORECASE)
_LISTED = re.compile(rf"(?:{_AND_WORDS}|{GRADE})*", re.IGNORECASE)


def _runs(text: str, bound: list[Bound], rates: list[Rate]) -> list[list[Bound]]:
    """Two or more different outcomes named one after another without a count between them."""
    runs: list[list[Bound]] = []
    for one in bound:
        last = runs[-1][-1].mention if runs else None
        joined = last is not None and _LISTED.fullmatch(text[last.end : one.mention.start])
        if joined and last is not None and last.end < one.mention.start:
            runs[-1].append(one)
        else:
            runs.append([one])
    several = [run for run in runs if len({one.mention.name for one in run}) > 1]
    for run in several:
        for one in run:
            one.leader, one.trailer = run[0].mention, run[-1].mention
    return [run for run in several if not _led(text, run, rates)]


def _led(text: str, run: list[Bound], rates: list[Rate]) -> bool:
    """Whether a list's first outcome has a count right before it, or before a list that semicolons
    part."""
    first, last = run[0].mention, run[-1].mention
    before = [rate for rate in rates if rate.end <= first.start]
    if not before:
        return False
    parted = ";" in text[first.end : last.start] and leads(text, before[-1], first) is not None
    return parted or not text[before[-1].end : first.start].strip()


_INTERVAL = re.compile(r"\(\s*\d+\s*%[^()%]*\b(?:CI|confidence)\b[^()]*\)", re.IGNORECASE)


def _listed(text: str, rates: list[Rate]) -> list[Rate]:
    """The rates that follow one another with nothing but commas, *and* and intervals of confidence
    between them."""
    plain = _INTERVAL.sub(lambda m: " " * len(m[0]), text)
    rates = [rate for rate in rates if plain[rate.start : rate.end].strip()]
    found = rates[:1]
    for rate in rates[1:]:
        if not _AND_IN.fullmatch(plain[found[-1].end : rate.start]):
            break
        found.append(rate)
    return found


def _candidates(text: str, bound: list[Bound], rate: Rate) -> list[Bound]:
    """The mentions a rate may belong to, the nearest first."""
    inside = [b for b in bound if rate.start <= b.mention.start and b.mention.end <= rate.end]
    if inside:
        return inside[-1:]
    right = next((b for b in bound if b.mention.start >= rate.end), None)
    left = next((b for b in reversed(bound) if is_left(text, b.mention, rate)), None)
    found: list[tuple[int, Bound]] = []
    if right is not None and (distance := leads(text, rate, right.mention)) is not None:
        found.append((distance, right))
    if left is not None and _trails(text, left, rate):
        found.append((0, left))
    elif left is not None and (distance := follows(text, rate, left.mention)) is not None:
        found.append((distance, left))
    return [b for _, b in sorted(found, key=lambda pair: pair[0])]


def _trails(text: str, bound: Bound, rate: Rate) -> bool:
    """Whether a percentage in brackets ends a count's clause: ``18 were in CR then (43 %)``."""
    alone = rate.bracketed and rate.events is None and bound.percent is None
    clause = re.fullmatch(r"[^\d;.,()]{0,40}\(\s*", text[bound.end : rate.start])
    return alone and bool(bound.events) and clause is not None
