"""What a head says of its numbers: counts or percentages, their unit, grade and statistic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from evidence.extraction.cells.grades import find_bare_grade, find_grade
from evidence.extraction.found import Value, value_of
from evidence.extraction.heads_times import unit_of_values
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

_PERCENT_FORM = re.compile(r"%|\bpercent|\brate\b", re.IGNORECASE)
_COUNT_FORM = re.compile(r"(?:^|[\s,(\[/])(?:n|no\.?|number|nr)(?:$|[\s,)\]./(])", re.IGNORECASE)
_PERCENT_FIRST = re.compile(r"%\s*[(\[]\s*(?:n|no|number)\b", re.IGNORECASE)
_TERMS = ("complications", "complication_adjectives")
MEDIAN_OF = re.compile(r"\bm(?=[A-Z]\w*[A-Z]\b)")
"""``mPFS``, ``mDoR``: the median of a time."""


def form_of(head: str) -> str | None:
    """``n`` ``percent`` ``n-percent`` ``percent-n``: what the head says bare numbers are."""
    if _PERCENT_FIRST.search(head):
        return "percent-n"
    percent, count = bool(_PERCENT_FORM.search(head)), bool(_COUNT_FORM.search(head))
    if percent and count:
        return "n-percent"
    return "percent" if percent else "n" if count else None


def grade_of(head: str, vocabulary: Vocabulary) -> str | None:
    """``3-4``, ``>=3``: the grade a head states."""
    found = _grade_in(_graded(head, vocabulary))
    return found[0] if found else None


def ungraded(head: str, vocabulary: Vocabulary) -> str:
    """The head without its grade."""
    tokens = _graded(head, vocabulary)
    found = _grade_in(tokens)
    if found is not None:
        _, first, stop = found
        head = f"{head[: tokens[first].start]} {head[tokens[stop - 1].end :]}"
    return " ".join(head.split()).strip(" ,;:")


def _graded(head: str, vocabulary: Vocabulary) -> list[Token]:
    """The words of a head; its percent sign is of the cells, not of a grade (``G3/4 %``)."""
    return lex(head.replace("%", " "), vocabulary, _TERMS)


def _grade_in(tokens: Sequence[Token]) -> tuple[str, int, int] | None:
    return find_grade(tokens) or find_bare_grade(tokens, _TERMS)


def time_unit_of(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time in the head: of its values, or any in it that stands as a unit does."""
    own = unit_of_values(head, vocabulary)
    if own is not None:
        return own
    for part in re.findall(r"[(\[,]\s*([^)\],]+)|(\w+)\s*$|\bin\s+(\w+)", head):
        for word in re.findall(r"[^\W\d_]+", next(filter(None, part), "")):
            unit = vocabulary.time_unit(word)
            if unit is not None and len(word) < 8:
                return unit
    return None


def dose_unit_of(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of dose a head states (``Dose (mg/kg)``)."""
    tokens = lex(head, vocabulary, ("per", "dose"))
    for at, token in enumerate(tokens):
        if token.kind == "dose":
            per = "".join(t.name for t in tokens[at + 1 : at + 3] if t.kind == "per")
            return token.name + per
    return None


def measures(head: str, vocabulary: Vocabulary) -> bool:
    """``Proteinuria (g/d)``: a unit of dose stands where heads print the unit of their values."""
    tokens = lex(head, vocabulary, ("per", "dose"))
    return any(
        token.kind == "dose" and before.kind in ("(", "[", ",")
        for before, token in pairwise(tokens)
    )


def statistic_of(head: str, tokens: Sequence[Token]) -> str | None:
    """``median`` or ``mean``, as the head says of its numbers."""
    if MEDIAN_OF.search(head):
        return "median"
    named = (token.name for token in tokens if token.kind == "statistics")
    return next((name for name in named if name in ("median", "mean")), None)


def counts_things(head: str, vocabulary: Vocabulary) -> bool:
    """``CR (per lesion)``, ``Tumours treated``: the column counts lesions, not patients."""
    words = re.findall(r"[^\W\d_]+", head)
    things = any(vocabulary.lookup("things", word) is not None for word in words)
    return things and not names_people(head, vocabulary)


def names_people(head: str, vocabulary: Vocabulary) -> bool:
    """Whether a word for patients stands in the head."""
    words = re.findall(r"[^\W\d_]+", head)
    return any(vocabulary.lookup("people", word) is not None for word in words)


def people_beside_things(head: str, vocabulary: Vocabulary) -> int | None:
    """Which of two numbers counts people, the other what of them was treated; None elsewhere.

    1 in ``Eyes (patients)``, ``Keloids (n patients)``, ``Eyes/patients``; 0 in ``Pts (eyes)``.
    """
    found = re.fullmatch(r"([^()\[\]/]+)([(\[/])([^()\[\]/]+)[)\]]?\W*", head)
    if found is None:
        return None
    first, sign, second = found.groups()
    if names_people(first, vocabulary):
        return 0 if counts_things(second, vocabulary) else None
    sure = sign != "/" or counts_things(first, vocabulary)
    return 1 if sure and names_people(second, vocabulary) else None


def names_several(head: str, vocabulary: Vocabulary) -> bool:
    """``Neutropenia Rash`` over two columns: nothing says which of the two a column counts."""
    tokens = lex(head, vocabulary, ("complications", "responses"))
    return len({token.name for token in tokens if token.kind != "word" and token.name}) > 1


def drug_in(text: str, vocabulary: Vocabulary) -> Value[str] | None:
    """The one drug a text names."""
    drugs = drugs_in(text, vocabulary)
    return value_of(*drugs.popitem()) if len(drugs) == 1 else None


def drugs_in(text: str, vocabulary: Vocabulary) -> dict[str, Token]:
    """The drugs a text names, each where it is named first."""
    tokens = lex(text, vocabulary, ("drugs",))
    return {token.name: token for token in reversed(tokens) if token.kind == "drugs"}
