"""What the text says that no other, every or most of the reviewed series saw."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.model.series import Complication
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import claim, is_named, said
from evidence.table.audit.claims.text import without_references
from evidence.table.audit.claims.topics import Topic, events_of, topic_of
from evidence.vocabulary import load_vocabulary

_NOWHERE = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?(?:observed|reported|described|seen|found|noted)\s+"
    r"(?:\w+\s+){0,4}?in\s+(?:any\s+other|other|any\s+of\s+the\s+other|any|these|any\s+of\s+these)\s+"
    r"(?:published\s+)?(?:study|studies|series|reports?|trials?)"
    r"|\bno\s+other\s+(?:study|series|report|trial)s?\s+(?:has\s+|have\s+)?"
    r"(?:observed|reported|described|saw|seen|found|noted)",
    re.IGNORECASE,
)
_NO_DEATHS = re.compile(
    r"\b(?:no|none\s+of\s+the)\s+(?:patients?\s+(?:has\s+|have\s+)?died|deaths?\s+(?:(?:was|were)\s+\w+|"
    r"occurred|(?:has|have)\s+been\s+\w+))\s+in\s+(?:any|all|these|the|one)\b[^.;,]{0,30}?"
    r"\b(?:series|studies|study|reports?|trials?)\b",
    re.IGNORECASE,
)
_KINDS = r"(?P<kind>(?:[\w-]+\s+){0,2}?)"
_NOUN = (
    r"(?P<noun>complications?|adverse\s+(?:events?|effects?|reactions?)|toxicit(?:y|ies)|"
    r"side\s+effects?|infections?)\b"
)
_MOST = (
    re.compile(
        rf"^(?P<what>[^.;,]+?)\s+(?:is|are|was|were)\s+the\s+most\s+(?:common|frequent)\s+{_KINDS}{_NOUN}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:in\s+[^,]+,\s+)?the\s+most\s+(?:common|frequent)\s+{_KINDS}{_NOUN}\s+(?:is|are|was|were)"
        r"\s+(?P<what>[^.;,]+)",
        re.IGNORECASE,
    ),
)
"""``X is the most common hematologic toxicity``, ``the most common toxicity is X``."""
_EVERYWHERE = re.compile(
    r"^(?P<what>[^.;,]+?)\s+(?:was|were|is|are|has\s+been|have\s+been|occurred|developed)\s+"
    r"(?:(?:seen|observed|reported|described|found|noted|present)\s+)?(?:in|by)\s+"
    r"(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?(?:\d+\s+)?(?:(?:published|reviewed)\s+)?"
    r"(?:series|studies|study|trials?|reports?)\b",
    re.IGNORECASE,
)


def not_elsewhere(case: Case) -> Iterator[Finding]:
    """Something is said to have been seen in no other series, and the table has it."""
    for item in said(case):
        if not _NOWHERE.search(item.text):
            continue
        topic = topic_of(item.text) or topic_of(item.before)
        if topic is None:
            continue
        words_said = f"{item.before} {item.text}"
        about = {s.series.series for s in item.reviewed if is_named(s, words_said)}
        others = [
            (s, words)
            for s in (*item.reviewed, *(s for s in item.own if s not in item.reviewed))
            if s.series.series not in about and (words := events_of(s, topic))
        ]
        if others:
            yield claim(
                "claim-not-elsewhere",
                "high",
                item,
                others[0][0],
                _path_of(others[0][0], topic),
                stated=f"{topic.words} in no other series",
                computed="; ".join(f"{s.series.label}: {words}" for s, words in others),
                arithmetic=f"the rows of {len(others)} other series list {topic.words}",
                would_change="a claim about safety",
            )


def no_deaths(case: Case) -> Iterator[Finding]:
    """Nobody is said to have died in any series, and rows tell of deaths."""
    for item in said(case):
        if not _NO_DEATHS.search(item.text):
            continue
        dead = [(s, path) for s in item.cited() or item.reviewed if (path := _death_in(s))]
        if dead:
            names = ", ".join(s.series.label for s, _ in dead)
            yield claim(
                "claim-not-elsewhere",
                "high",
                item,
                *dead[0],
                stated="no deaths in any series",
                computed=f"deaths in the rows of {names}",
                arithmetic=f"the rows of {len(dead)} series tell of deaths",
                would_change="a claim about safety",
            )


def _death_in(subject: Subject) -> str | None:
    """The field of a series that tells of a death."""
    for a, arm in enumerate(subject.series.arms):
        for i, c in enumerate(arm.complications or ()):
            if c.fatal and c.events != 0:
                return f"arms[{a}].complications[{i}].term"
        for r, block in enumerate(arm.responses):
            if block.deaths:
                return f"arms[{a}].responses[{r}].deaths"
    return None


def most_common(case: Case) -> Iterator[Finding]:
    """A most common complication (of a kind) that no row of the series cited for it lists."""
    for item in said(case):
        match = next((m for way in _MOST if (m := way.search(item.text))), None)
        what = without_references(match["what"]).strip() if match else ""
        known, cited = load_vocabulary().complication(what), item.cited()
        stating = [s for s in cited if any(arm.complications for arm in s.series.arms)]
        if match is None or known is None or not stating or len(cited) < len(item.references):
            continue
        of_a_kind = bool(match["kind"].strip()) or match["noun"].casefold().startswith("infection")
        if any(_lists(s, known, by_group=of_a_kind) for s in stating):
            continue
        kind = f"{match['kind']}{match['noun']}"
        yield claim(
            "claim-most-common",
            "low",
            item,
            stating[0],
            "arms[0].complications",
            stated=f"{what} is the most common {kind}",
            computed="cannot be verified: no row of the series cited for it lists it",
            arithmetic=f"{len(cited)} series cited, {len(stating)} of them with complications in "
            f"the table, none with {what}",
            would_change="a claim about safety; the table may list serious complications only",
        )


def everywhere(case: Case) -> Iterator[Finding]:
    """A complication said to have been seen in every series, and rows that do not list it."""
    for item in said(case):
        match = _EVERYWHERE.search(item.text)
        known = load_vocabulary().complication(match["what"]) if match else None
        told = [s for s in item.cited() or item.reviewed if _complications(s) is not None]
        without = [s for s in told if known and not _lists(s, known)]
        if match is None or not without:
            continue
        denied = [s for s in without if not _complications(s)]
        first = (denied or without)[0]
        yield claim(
            "claim-everywhere",
            "medium" if denied else "low",
            item,
            first,
            "arms[0].complications",
            stated=f"{match['what'].strip()} in every series",
            computed="not in the row of " + ", ".join(s.series.label for s in without),
            arithmetic=f"{len(told)} series tell of complications, {len(told) - len(without)} of "
            f"them list {match['what'].strip().lower()}"
            + (f", {len(denied)} had none at all" if denied else ""),
            would_change="a claim about safety; a row may list serious complications only",
        )


def _complications(subject: Subject) -> list[Complication] | None:
    """The complications of all arms; None where no arm states any, or that there were none."""
    stated = [arm.complications for arm in subject.series.arms if arm.complications is not None]
    return [c for listed in stated for c in listed] if stated else None


def _lists(subject: Subject, known: tuple[str, str | None], *, by_group: bool = False) -> bool:
    """Whether a series lists a complication, or with ``by_group`` one of its organ class."""
    listed = _complications(subject) or []
    same_group = by_group and any(c.group == known[1] for c in listed)
    return same_group or known[0] in _terms(subject)


def _terms(subject: Subject) -> Iterator[str]:
    for arm in subject.series.arms:
        for c in arm.complications or ():
            yield c.preferred or c.term
            yield from c.with_terms


def _path_of(subject: Subject, topic: Topic) -> str:
    """The first complication of a series on a topic; else its cell of responses."""
    for a, arm in enumerate(subject.series.arms):
        for i, c in enumerate(arm.complications or ()):
            if topic.holds(c):
                return f"arms[{a}].complications[{i}].term"
    return "arms[0].responses[0].deaths"
