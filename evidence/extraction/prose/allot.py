"""Which arm of the roster each fact of a sentence belongs to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.extraction.prose.arm_names import WHAT
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.rates import PERSONS, WORDS
from evidence.extraction.prose.roster import RosterArm
from evidence.extraction.prose.scopes import ONE_OF_SEVERAL
from evidence.extraction.tokens import FOLD

_LIST = re.compile(
    rf"(?:\s|,|/|\b(?:and|or|versus|vs|the|in|for|with|to|than|IV|SC|{WHAT})\b)*\.?\s*",
    re.IGNORECASE,
)
"""What stands between the names of a list of arms."""
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_OF_THE_GROUPS = re.compile(
    rf"\b(?:of|in)\s+(?:the|both)\s+(?:{'|'.join(WORDS)}|\d)?\s*(?:groups|arms)\b", re.IGNORECASE
)
_OF_EACH = re.compile(
    rf"\s*(?:{PERSONS}\s+)?(?:in|for|of)\s+(?:both|either|each|the two)\s+(?:of\s+the\s+)?{WHAT}",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:of\s+)?(?:{PERSONS}\s+)?(?:in|for|with|of|on|by|among|to)\s+"
    rf"(?:the\s+)?(?:combined\s+)?(?:{PERSONS}\s+(?:in|on|receiving|who received|given|"
    r"treated with|treated by|assigned to)\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
"""Between a count and the arm it is of: ``in the``, ``of patients receiving``."""
_CLAUSE = re.compile(r";|\.\s|\bwhereas\b|\bwhile\b|\bbut\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:than|versus|vs|compared|(?<!enrolled )(?<!assigned )(?<!allocated )"
    r"(?<!randomi[sz]ed )to|against|unlike)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    rf"\b(?:in|the|patients?|receiving|received|treated|with|who|combined|given|on|recipients|as|"
    rf"alone|of|{WHAT})|\W",
    re.IGNORECASE,
)
_KINDS = ("response", "complication", "time")
_SHORT = 4
"""Letters of the longest name that counts only in its own capitals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """An arm's name in a sentence."""

    arm: int
    start: int
    end: int


def allot(facts: Sequence[ProseFact], roster: Sequence[RosterArm]) -> Iterator[ProseFact]:
    """The facts, each with the roster's label of the arm that its sentence gives it to, and the
    sizes of the arms as facts of their own."""
    for arm in (a for a in roster if a.n is not None):
        yield ProseFact(
            kind="patients", name="treated", events=arm.n, derived=arm.derived,
            scope=arm.label, scope_kind="arm",
            sentence=arm.sentence.text, start=arm.start, end=arm.end, role=arm.sentence.role,
            page=arm.sentence.page, box_pt=arm.sentence.box_pt, own=arm.sentence.enrols,
        )  # fmt: skip
    if len(roster) < 2:
        yield from facts
        return
    for sentence, told in itertools.groupby(facts, key=lambda fact: fact.sentence):
        named = _find_names(sentence.translate(FOLD), roster)
        for fact in told:
            for at in _arms_of(fact, named, roster):
                yield fact if at is None else _of_arm(fact, roster[at])


def _of_arm(fact: ProseFact, arm: RosterArm) -> ProseFact:
    """The fact as the arm's; a total of more patients than the arm has is everybody's."""
    whole = fact.total is not None and arm.n is not None and fact.total > arm.n
    total = None if whole else fact.total
    return replace(fact, total=total, scope=arm.label, scope_kind="arm")


def _find_names(text: str, roster: Sequence[RosterArm], *, within: bool = True) -> list[_Named]:
    """The arms' names from left to right, the longest at each place; ``within`` a sentence a single
    letter is one only where it stands as a name does."""
    found: list[_Named] = []
    names = [(name, at) for at, arm in enumerate(roster) for name in arm.names]
    for name, at in sorted(names, key=lambda pair: -len(pair[0])):
        case = 0 if len(name) <= _SHORT else re.IGNORECASE
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?!\w|-(?!treated))", text, case):
            taken = any(n.start < match.end() and match.start() < n.end for n in found)
            letter = within and len(name) == 1
            if not taken and not (letter and not _is_lettered(text, match)):
                found.append(_Named(arm=at, start=match.start(), end=match.end()))
    return sorted(found, key=lambda n: n.start)


_LED = re.compile(rf"(?:\b(?:{WHAT}|on|in|for|with|to|and|versus|vs\.?)|[,/])\s+$", re.IGNORECASE)
_CLOSED = re.compile(
    rf"\s*(?:$|[,.;:)(/]|\b(?:and|was|were|had|than|versus|vs|compared|respectively|{WHAT}))",
    re.IGNORECASE,
)


def _is_lettered(text: str, match: re.Match[str]) -> bool:
    """Whether a single letter is an arm's name and no article: ``137 on A and``."""
    led = _LED.search(text[: match.start()]) is not None
    return led and _CLOSED.match(text, match.end()) is not None


def _arms_of(
    fact: ProseFact, named: Sequence[_Named], roster: Sequence[RosterArm]
) -> list[int | None]:
    """The arms a fact is of; [None] where it keeps its own scope."""
    text = fact.sentence.translate(FOLD)
    if fact.kind not in (*_KINDS, "patients") or fact.timepoint or fact.scope_kind == "disease":
        return [None]
    if fact.place_in_list is not None:
        at = _in_list(text, fact, named, len(roster))
        if at is not None:
            return [at]
    if fact.scope not in _UNPLACED:
        return [_home(fact.scope or "", roster)]
    if fact.kind == "patients":
        return [_after(text, fact.end, named)]
    if _OF_EACH.match(text, fact.end):
        return [*range(len(roster))]
    after = _after(text, fact.end, named)
    if fact.place_in_list is not None:
        return [after]
    inside = {n.arm for n in named if fact.start <= n.start < fact.end}
    if inside:
        return [inside.pop() if len(inside) == 1 else None]
    for at in (after, _predicate(text, fact.end, named), _subject(text, fact.start, named)):
        if at is not None:
            return [at]
    return [None]


_UNPLACED = frozenset([None, "", ONE_OF_SEVERAL])


def _home(scope: str, roster: Sequence[RosterArm]) -> int | None:
    """The only arm that a scope names, with no other words than those of any arm."""
    named = _find_names(scope, roster, within=False)
    rest = scope
    for one in reversed(named):
        rest = rest[: one.start] + rest[one.end :]
    arms = {one.arm for one in named}
    return arms.pop() if len(arms) == 1 and not _NOISE.sub("", rest) else None


def _in_list(text: str, fact: ProseFact, named: Sequence[_Named], of_all: int) -> int | None:
    """The arm of one of several counts, where the sentence lists as many arms in their order, or
    says that the counts are in the order of all arms."""
    at, of, _ = fact.place_in_list or (0, 0, 0)
    said = _RESPECTIVELY.search(text)
    lists = [run for run in _runs(text, named) if len(run) == of]
    if said and len(lists) == 1:
        return lists[0][at].arm
    if len({n.arm for n in named}) < 2 and of == of_all and (said or _OF_THE_GROUPS.search(text)):
        return at
    return None


def _runs(text: str, named: Sequence[_Named]) -> list[list[_Named]]:
    runs: list[list[_Named]] = []
    for one in named:
        last = runs[-1][-1] if runs else None
        if last is not None and _LIST.fullmatch(text, last.end, one.start):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [run for run in runs if len({n.arm for n in run}) == len(run)]


def _after(text: str, end: int, named: Sequence[_Named]) -> int | None:
    """The arm named right after a count, and not the first of a list."""
    to = _TO.match(text, end)
    if to is None:
        return None
    run = next((run for run in _runs(text, named) if run[0].start == to.end()), [])
    return run[0].arm if len(run) == 1 else None


_SAID = re.compile(
    r"[)\]]?(?:,?\s*(?:and\s+)?(?:[a-z-]+\s+){1,4}[(\[][^()\[\]]*[)\]])*\s+(?:was|were|occurred)\s+"
    r"(?:[a-z-]+\s+){0,4}?(?:in|with|by|on)\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""Between the counts of a list and its arm: ``(40%), and rash (23%) were more frequent in the``."""


def _predicate(text: str, end: int, named: Sequence[_Named]) -> int | None:
    """The arm of which a list of counts is said."""
    said = _SAID.match(text, end)
    return next((n.arm for n in named if said is not None and n.start == said.end()), None)


def _subject(text: str, start: int, named: Sequence[_Named]) -> int | None:
    """The last arm named before a count in its clause: ``patients on A had a response``."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    before = [n for n in named if begin <= n.start and n.end <= start]
    if not before or len(next(r for r in _runs(text, before) if before[-1] in r)) > 1:
        return None
    lead = text[max(begin, before[-1].start - 30) : before[-1].start]
    return None if _AGAINST.search(lead) or _AGAINST.search(text, before[-1].end, start) else (
        before[-1].arm
    )  # fmt: skip
