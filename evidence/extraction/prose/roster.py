"""The arms an abstract says its patients were divided into, and every name it has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.extraction.prose.arm_lists import Listed, find_lists, find_told, find_versus
from evidence.extraction.prose.arm_names import (
    Abbreviated,
    drugs_given,
    find_abbreviated,
    is_control,
)
from evidence.extraction.prose.equal_arms import equal_size
from evidence.extraction.prose.people import count_people
from evidence.extraction.prose.roles import CONCLUSION
from evidence.extraction.prose.sentences import Sentence
from evidence.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterArm:
    """One arm: its label, the names that mean it, and the words that say what it was given."""

    label: str
    names: tuple[str, ...]
    told: str = ""
    drugs: tuple[str, ...] = ()
    """What its label and those words name, as the word lists write it."""
    n: int | None = None
    derived: bool = False
    """``n`` is an equal share of all patients."""
    sentence: Sentence
    start: int = 0
    end: int = 0


def find_roster(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> tuple[RosterArm, ...]:
    """The arms of the fullest list that title or abstract give; empty where none lists two.

    A list with sizes goes before one without, and other lists of the same arms add their names.
    """
    early = [s for s in sentences
             if s.role.startswith(("title", "abstract")) and s.role != CONCLUSION]  # fmt: skip
    for part in (early, [s for s in sentences if s.enrols]):
        text = ". ".join(s.folded for s in part)
        short = find_abbreviated(text, vocabulary)
        lists = [
            [(s, item) for item in found]
            for s in part
            for found in find_lists(s.folded, text, short, vocabulary)
            if _is_everybody(found, text)
        ]
        if told := find_told([s.folded for s in part]):
            lists.append([(part[at], item) for at, item in told])
        titles = [s for s in part if s.role == "title"]
        for title in titles if not lists else ():
            versus = find_versus(title.folded, vocabulary)
            lists += [[(title, item) for item in versus]] if versus else []
        if lists:
            return tuple(_named(_sized(_joined(lists), part), short, vocabulary))
    return ()


def _is_everybody(arms: Sequence[Listed], text: str) -> bool:
    """Whether sizes can be those of all arms: together no less than half of the most patients that
    the text speaks of, where an outcome of each arm would be fewer."""
    sizes = [arm.n or 0 for arm in arms]
    most = max((n for n, _, _ in count_people(text)), default=0)
    return not all(sizes) or 2 * sum(sizes) >= most


def _joined(lists: Sequence[Sequence[tuple[Sentence, Listed]]]) -> list[RosterArm]:
    """The arms of the fullest list, with the names that the others have for them."""
    first = min(lists, key=lambda items: any(item.n is None for _, item in items))
    arms = [_arm(item, sentence) for sentence, item in first]
    for others in lists:
        arms = _merged(arms, [item for _, item in others])
    return arms


def _sized(arms: list[RosterArm], sentences: Sequence[Sentence]) -> list[RosterArm]:
    """The arms with the size that a sentence gives each of them, where no list has one."""
    size = equal_size([s.folded for s in sentences], len(arms))
    if size is None or any(arm.n is not None for arm in arms):
        return arms
    return [
        replace(arm, n=size.n, derived=size.derived, sentence=sentences[size.at],
                start=size.start, end=size.end)
        for arm in arms
    ]  # fmt: skip


def _arm(item: Listed, sentence: Sentence) -> RosterArm:
    return RosterArm(label=item.name, names=(item.name,), told=item.told, n=item.n,
                     sentence=sentence, start=item.start, end=item.end)  # fmt: skip


def _merged(arms: list[RosterArm], others: Sequence[Listed]) -> list[RosterArm]:
    """The arms with the names and words of another list, where each of its items is one of them."""
    homes = [_home(item.name, arms) for item in others]
    if len(others) != len(arms) or len({*homes} - {None}) != len(arms):
        return arms
    found = list(arms)
    for item, home in zip(others, homes, strict=True):
        at = home or 0
        found[at] = replace(found[at], names=(*found[at].names, item.name),
                            told=found[at].told or item.told)  # fmt: skip
    return found


def _home(name: str, arms: Sequence[RosterArm]) -> int | None:
    """The only arm that a name is of: by the same words, else by words that it shares with one."""
    words = _words(name)
    same = [i for i, arm in enumerate(arms) if any(words == _words(n) for n in arm.names)]
    if len(same) == 1:
        return same[0]
    near = [
        i
        for i, arm in enumerate(arms)
        if any(words and (words <= _words(n) or _words(n) <= words) for n in arm.names)
    ]
    return near[0] if len(near) == 1 else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower())) - {"arm", "group", "regimen", "iv", "sc"}


def _named(
    arms: Sequence[RosterArm], short: Sequence[Abbreviated], vocabulary: Vocabulary
) -> Iterator[RosterArm]:
    """The arms with what their abbreviations stand for, and the drugs that only one of them has."""
    spelled = []
    for arm in arms:
        mine = [a for a in short if [_is_code(a.code, o.names) for o in arms].count(True) == 1
                and _is_code(a.code, arm.names)]  # fmt: skip
        told = arm.told or " ".join(a.told for a in mine)
        names = dict.fromkeys((*arm.names, *(a.code for a in mine if len(a.code) > 1)))
        spelled.append(replace(arm, names=tuple(names), told=told))
    given = [drugs_given(f"{arm.label}; {arm.told}", short, vocabulary) for arm in spelled]
    for arm, drugs in zip(spelled, given, strict=True):
        others = {d for theirs in given if theirs is not drugs for d in theirs}
        own = [n for drug, names in drugs.items() if drug not in others for n in names]
        yield replace(arm, names=tuple(dict.fromkeys((*arm.names, *own))),
                      drugs=tuple(d for d in drugs if not is_control(d, vocabulary)))  # fmt: skip


def _is_code(code: str, names: Sequence[str]) -> bool:
    return any(code == name or code in name.split() for name in names)
