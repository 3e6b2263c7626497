"""Heads with a unit of time: the time points they name, and what their columns time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.tokens import Token, kind_at, lex, word_at
from evidence.vocabulary import Vocabulary

ANSWERS = ("CR", "PR", "ORR", "remission")
"""Outcomes that last: in months they are durations of response."""
COUNTABLE = ("outcome", "outcomes", "complication_count", "complications", "disease_count",
             "response", "regimen")  # fmt: skip
"""Roles that a unit of time in the head denies."""
_COUNT = {"n", "no", "nr", "rate", "rates"}
_ONSET = {"to", "first", "onset", "until", "till", "before"}
_LASTING = {"duration", "length"}
_QUIET = {*_ONSET, "time", "duration", "length", "of", "the", "in", "on"}
ONSET_AND_LENGTH = _QUIET | {"durations", "period"}
"""Words by which heads say that they are over times."""
_LENGTH = re.compile(
    r"(?:time|duration|length|onset)\s+(?:to|of|until|till)\s.+|.+\s(?:duration|onset|length)",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"(?:\b(?:at|by|within|after)\s+)?\b(?:(\d+)[\s-]*([^\W\d_]+)|([^\W\d_]+)[\s-]+(\d+))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedHead:
    """A head over times: the words for what is timed, and whether until it began."""

    words: str
    onset: bool


def without_time_points(text: str, vocabulary: Vocabulary) -> str:
    """``CR at 12 weeks``, ``12-week CR`` without the time at which CR was counted."""

    def stripped(found: re.Match[str]) -> str:
        unit = vocabulary.time_unit(found[2] or found[3])
        return found.group() if unit is None else " "

    return " ".join(_POINT.sub(stripped, text).split()).strip(" ,;:-")


def time_point_of(text: str, vocabulary: Vocabulary) -> str | None:
    """``12 weeks`` of ``CR at 12 weeks``, ``12-week CR`` or ``CR, week 12``; None without one."""
    for found in _POINT.finditer(text):
        unit = vocabulary.time_unit(found[2] or found[3])
        if unit is not None:
            number = found[1] or found[4]
            return f"{number} {unit}s" if number != "1" else f"1 {unit}"
    return None


def is_form(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a head says only how cells are printed: ``months``, ``n (%)``, ``median (range)``."""
    tokens = lex(without_time_points(text, vocabulary), vocabulary, ("statistics", "time_days"))
    says = any(token.kind in ("statistics", "time_days", "%") for token in tokens)
    silent = (
        token.kind not in ("word", "number") or token.text.lower() in _COUNT for token in tokens
    )
    return says and all(silent)


def timed_head(head: str, vocabulary: Vocabulary) -> TimedHead | None:
    """What a head times, by a unit for its values or by words of length; None for other heads.

    ``CR at 12 weeks`` names a time point, ``Response (duration, months)`` explains what brackets
    hold, and ``Dose, mg/d`` is a dose: none of these has a unit of time for its values.
    """
    tokens = lex(head, vocabulary, ("statistics", "time_days"))
    words = [token.text for token in _outside_brackets(tokens) if token.kind in ("word", "/")]
    text = " ".join(words)
    mixed = bool({"and", "or"} & {word.lower() for word in words})
    unit = unit_of_values(head, vocabulary)
    if unit is None and (mixed or "/" in words or not _LENGTH.fullmatch(text)):
        return None
    kept = [word for word in words if word.lower() not in _QUIET]
    said = {word.lower() for word in words}
    onset = bool(said & _ONSET) and not (said & _ONSET == {"first"} and said & _LASTING)
    return TimedHead(words=" ".join(kept).replace(" / ", "/"), onset=onset)


def role_of_time(timed: TimedHead, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Role and name of a column of times; None where no field holds such a time.

    ``Treatment (wk)`` is looked up as *treatment duration*, ``First response, weeks`` as *time to
    response*: the word lists decide. Months of CR or PR are response durations of these alone.
    """
    if not timed.words:
        return None
    if timed.onset:
        endpoint = vocabulary.endpoint(f"time to {timed.words}")
        return None if endpoint is None else ("endpoint", endpoint)
    role = vocabulary.column(f"{timed.words} duration")
    if role is None and vocabulary.drug(timed.words) is not None:
        role = "treatment_duration"
    if role is not None:
        return role, ""
    names = {vocabulary.response(part) for part in timed.words.split("/")}
    if not names <= set(ANSWERS):
        return None
    return "response_duration", names.pop() or "" if names in ({"CR"}, {"PR"}) else ""


def unit_of_values(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time of the column's values."""
    tokens = lex(head, vocabulary, ("statistics", "time_days"))
    places = (at for at in range(len(tokens)) if _is_unit_of_values(tokens, at))
    return next((tokens[at].name for at in places), None)


def _is_unit_of_values(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind != "time_days" or (len(token.text) == 1 and token.text.isupper()):
        return False
    before = at - 2 if kind_at(tokens, at - 1) == "-" else at - 1
    if "number" in (kind_at(tokens, before), kind_at(tokens, at + 1)):
        return False
    if kind_at(tokens, at - 1) == "/" or word_at(tokens, at - 1) in ("per", "each", "every", "a"):
        return False
    if all(token.kind == "statistics" for token in tokens[:at]):
        return word_at(tokens, at + 1) in _QUIET
    start, stop = _bracket_around(tokens, at)
    if start < 0:
        return kind_at(tokens, at + 1) in ("", ",", ";", "(", "[", ".", "statistics")
    return not any(inside.kind in ("word", "number", "%") for inside in tokens[start:stop])


def _bracket_around(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the bracket around a token opens and closes; (-1, -1) outside brackets."""
    start = next((i for i in range(at, -1, -1) if tokens[i].kind in ("(", "[", ")", "]")), -1)
    if start < 0 or tokens[start].kind not in ("(", "["):
        return -1, -1
    stop = next((i for i in range(at, len(tokens)) if tokens[i].kind in (")", "]")), len(tokens))
    return start, stop


def _outside_brackets(tokens: Sequence[Token]) -> list[Token]:
    return [token for at, token in enumerate(tokens) if _bracket_around(tokens, at)[0] < 0]
