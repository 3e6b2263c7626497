"""How many patients, and cases of a complication, the text gives for one reviewed series."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import Said, claim, is_named, reference_of, said
from evidence.table.audit.claims.text import without_references
from evidence.table.audit.claims.topics import events_of, topic_of
from evidence.table.population import is_whole
from evidence.table.words import NUMBER, number

_CASES = re.compile(
    rf"(?P<author>[A-Z][\w'’-]+)\s+et\s+al\.?,?\s*\[?(?P<ref>\d{{1,3}})?\]?[^.;]{{0,40}}?"
    rf"\b(?:published|reported|described|observed|found|had|saw)\s+(?P<n>{NUMBER})\s+"
    r"(?:cases?|patients?)\s+(?:of|with)\s+(?P<what>[^.,;]+)",
    re.IGNORECASE,
)
_SEEN = re.compile(
    rf"^(?P<what>[^.,;]+?)\s+(?:occurred|developed|(?:was|were)\s+(?:seen|reported|observed|noted|"
    rf"described|found))\s+in\s+(?P<n>{NUMBER})\s+(?:patients?|cases?)\b(?!\s+(?:of|with)\b)",
    re.IGNORECASE,
)
"""``Anaphylaxis was reported in two patients``."""
_NO_EVENTS = re.compile(
    r"\bno\s+(?:adverse\s+(?:events?|effects?|reactions?)|complications?|toxicity|side\s+effects?)\s+"
    r"(?:was|were|occurred)\b",
    re.IGNORECASE,
)
_SIZE = (
    re.compile(
        rf"\b(?:series|study|trial|cohort|report)\s+(?:of|with|in|on|including|comprising)\s+"
        rf"(?P<n>{NUMBER})\s+(?:[\w-]+\s+){{0,2}}(?:patients|cases|subjects)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:treated|included|enrolled|studied|reported(?:\s+on)?)\s+(?P<n>{NUMBER})\s+"
        r"(?:patients|cases|subjects)\b(?P<which>[^.,;]*)",
        re.IGNORECASE,
    ),
)
"""``a series of 39 patients``, ``treated 39 patients``."""
_PART = re.compile(r"\s*(?!(?:and|but|between|from|in\s+\d)\b)\w")
"""Words after ``5 patients`` that may make them a part of the series: *with*, *who*, by a route."""
_OUTCOMES = ("CR", "PR", "SD", "PD", "NE", "ORR")


def cases_of_reference(case: Case) -> Iterator[Finding]:
    """A number of cases quoted for one series that its row does not give."""
    for item in said(case):
        for subject, told, what in _cases_told(item):
            topic = topic_of(what)
            entries = [
                (f"arms[{a}].complications[{i}].events", c.events)
                for a, arm in enumerate(subject.series.arms)
                for i, c in enumerate(arm.complications or ())
                if topic and topic.holds(c) and c.events is not None
            ]
            counts = [events for _, events in entries]
            if topic is None or not entries or told in {*counts, sum(counts)}:
                continue
            yield claim(
                "claim-cases",
                "high",
                item,
                subject,
                entries[0][0],
                stated=f"{told} cases of {what} in {subject.series.label}",
                computed=f"{events_of(subject, topic)} in its row",
                arithmetic=f"the row has {' + '.join(map(str, counts))}, the text {told}",
                would_change=f"the rate of {topic.words} of this series",
            )


def no_events_of_reference(case: Case) -> Iterator[Finding]:
    """A series said to have had no complications, whose row lists some."""
    for item in said(case):
        cited = item.cited()
        if len(cited) != 1 or not (match := _NO_EVENTS.search(item.about(cited[0]))):
            continue
        subject = cited[0]
        listed = [c for arm in subject.series.arms for c in arm.complications or () if c.events]
        if listed:
            yield claim(
                "claim-cases",
                "high",
                item,
                subject,
                "arms[0].complications",
                stated=f"'{match[0]}' of {subject.series.label}",
                computed=", ".join(f"{c.events} {c.term}" for c in listed),
                arithmetic=f"the row lists {len(listed)} complications, the text none",
                would_change="a claim about the safety of this series",
            )


def _cases_told(item: Said) -> Iterator[tuple[Subject, int, str]]:
    """(series, cases, of what) in a sentence about one series."""
    for match in _CASES.finditer(item.text):
        subject = next((s for s in item.reviewed if _is_meant(s, match)), None)
        if subject is not None:
            yield subject, number(match["n"]), match["what"].strip()
    cited = item.cited()
    if len(cited) == 1 and len(item.references) <= 1:
        for match in _SEEN.finditer(item.text):
            yield cited[0], number(match["n"]), match["what"].strip()


def size(case: Case) -> Iterator[Finding]:
    """A number of patients quoted for one series that no number of its row equals."""
    for item in said(case):
        cited = item.cited()
        if len(cited) != 1 or len(item.references) > 1:
            continue
        text = without_references(item.about(cited[0]))
        whole, parts = _numbers_of(cited[0])
        known = whole | parts
        for match in (m for way in _SIZE for m in way.finditer(text)):
            told, which = number(match["n"]), match.groupdict().get("which") or ""
            total = max(known, default=0)
            of_part = told < total and _PART.match(which)
            if (
                not known
                or told in whole
                or of_part
                or (told in parts and _is_part(match[0], which))
            ):
                continue
            yield claim(
                "claim-size",
                "medium",
                item,
                cited[0],
                "arms[0].population",
                stated=f"{told} patients in {cited[0].series.label}",
                computed=f"{total} in its row",
                arithmetic=f"the text has {told} patients, the row {total}",
                would_change="the denominator of this series, or whom its row leaves out",
            )


def _is_part(words: str, which: str) -> bool:
    """Whether a sentence may mean some of the patients only: it qualifies them."""
    return bool(
        which.strip() or re.search(rf"{NUMBER}\s+[\w-]+\s+(?:patients|cases|subjects)", words)
    )


def _numbers_of(subject: Subject) -> tuple[set[int], set[int]]:
    """The numbers of patients a row gives: of all (treated, assessed), and of parts of them."""
    whole: set[int | None] = {sum(arm.size or 0 for arm in subject.series.arms)}
    parts: set[int | None] = set()
    for arm in subject.series.arms:
        whole |= {arm.size, arm.total, arm.within.patients if arm.within else None}
        parts |= {*arm.population.values()}
    for block in subject.blocks:
        (whole if is_whole(block.responses) else parts).add(block.total)
        parts |= {getattr(block.responses, o) for o in _OUTCOMES}
    return {n for n in whole if n}, {n for n in parts if n}


def _is_meant(subject: Subject, match: re.Match[str]) -> bool:
    if match["ref"] is not None and reference_of(subject) is not None:
        return reference_of(subject) == int(match["ref"])
    return is_named(subject, match["author"])
