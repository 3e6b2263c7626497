"""What the numbers of a text dump count, by the unit or the word after them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.text.dump.words import Word
from evidence.vocabulary import Vocabulary

TIMES = re.compile(
    r"^(?:\d+(?:\.\d+)?)?(?:d|days?|doses?|times|x|×)/(?:wk|week|w|mo|month|d|day)$", re.I
)
_COMPARE = frozenset(
    ["about", "at", "least", "less", "mean", "median", "more", "over", "range", "under", "up"]
)
_BRIDGES = {"and", "to", "or", "-", "–", "±", ",", "up", "≥", "<", ">", "≤"}
SEXES = {"F", "M"}


def tag_numbers(
    words: Sequence[Word], tags: list[str], inner: list[bool], lists: Vocabulary
) -> None:
    """Give each number the type of what it counts: the unit or word after it."""
    for index in range(len(words)):
        if tags[index] not in {"number", "percent"} and words[index].core.lower() not in _COMPARE:
            continue
        end = _after_numbers(words, tags, index)
        if end >= len(words):
            continue
        role = _role(words, tags, end, lists)
        if role == "duration" and index and words[index - 1].core.lower() == "every":
            role = tags[index - 1] = "frequency"
            inner[index] = True
        if tags[index] == "percent":
            near = role == "response" or (index > 0 and tags[index - 1] == "response")
            tags[index] = "response" if near else "percent"
        elif role is not None and (tags[index] == "number" or end > index + 1):
            _assign(tags, inner, index, end, role, lists, words)


def _after_numbers(words: Sequence[Word], tags: Sequence[str], index: int) -> int:
    """The first word after a run of numbers and the words that join them."""
    end = index + 1
    while end < len(words) and end - index < 7:
        bridge = words[end].text.strip(",").lower() in _BRIDGES | {"than"}
        before = words[end - 1].text
        joined = before.endswith(",") or before.strip(",").lower() in _BRIDGES | _COMPARE | {"than"}
        if not bridge and not (tags[end] == "number" and joined):
            break
        end += 1
    return end


def _role(words: Sequence[Word], tags: Sequence[str], end: int, lists: Vocabulary) -> str | None:
    kind = unit_kind(words[end].core, lists)
    if kind is not None and not words[end].text.startswith("("):
        return kind
    for ahead in range(end, min(end + 4, len(words))):
        if tags[ahead] in {"disease", "people", "response", "frequency"}:
            return "response" if tags[ahead] == "response" else tags[ahead]
        if tags[ahead] == "response-word" and ahead == end:
            return "response"
        if tags[ahead] not in {"word", "abbreviation", "name"} or words[ahead].first:
            break
    return None


def _assign(
    tags: list[str],
    inner: list[bool],
    index: int,
    end: int,
    role: str,
    lists: Vocabulary,
    words: Sequence[Word],
) -> None:
    is_unit = unit_kind(words[end].core, lists) is not None
    for step in range(index, end):
        tags[step] = role
        inner[step] = inner[step] or step > index
    if is_unit:
        tags[end] = role
        inner[end] = True


def unit_kind(core: str, lists: Vocabulary) -> str | None:
    """Whether a word after a number is a unit of dose or of time."""
    if TIMES.match(core):
        return "frequency"
    head = core.split("/")[0]
    if head in SEXES:
        return None
    if "/" in core and lists.time_unit(head):
        return "frequency"
    if lists.unit(head):
        return "dose"
    return "duration" if lists.time_unit(core) else None
