"""What a head says besides its role: of whom and when its values are, and words nobody understood.

Heads obey the law of cells: every word is read, or named. A word that no list knows (*durable*,
*control*, *per protocol*) may turn a column into another one, and no arithmetic within the column
can tell: what such a column says is in doubt until other columns add up with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.head_forms import ungraded
from evidence.extraction.heads import HeadSays
from evidence.extraction.heads_times import ONSET_AND_LENGTH, time_point_of, without_time_points
from evidence.extraction.tokens import FOLD, Token, lex
from evidence.vocabulary import Vocabulary

OUTCOMES = ("outcome", "outcomes", "response")
TIMES = ("treatment_duration", "response_duration", "endpoint", "follow_up")
TERMS = ("complication_count", "complications")
SIZES = ("patients", "total", "disease_count")
EXACT = (*OUTCOMES, *TIMES, *TERMS, *SIZES)
"""Roles that a word more in the head may change; cells of treatment say what they are."""
_LISTS = ("head_words", "statistics", "time_days", "compartments", "diseases", "responses",
          "endpoints", "complications", "complication_adjectives")  # fmt: skip
_DOSES = ("dose", "per", "routes", "drugs", "schedules", "cycles", "time_days", "statistics",
          "head_words")  # fmt: skip
_SAME = ("diseases", "responses", "endpoints", "complications")
_SAID = ("head_words", "statistics", "time_days")
_SPEAKING = (
    "word",
    "number",
    "range",
    "fraction",
    "compartments",
    "complication_adjectives",
    *_SAME,
)
_OF_WHOM = {"of", "with", "in", "who"}
_GIVEN = ("regimen", "drug", "dose")
_DOSED = (*_GIVEN, "route", "schedule", "cycles", "treatment_duration")
"""Roles of what heads of doses add: ``Dose (mg/m2) and interval``."""
_BESIDE = ("age", "sex", "stage", "year", "reference", "centre")
"""Roles of what patients' heads add in brackets: ``Participants (age range)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRest:
    """Time point, compartment and disease of a column's outcomes, and the words left over."""

    timepoint: str | None = None
    compartment: str | None = None
    scope: str | None = None
    left: tuple[str, ...] = ()
    of_things: bool = False
    """Whether eyes or lesions may be counted: the table has patients beside them."""

    @property
    def doubt(self) -> str | None:
        """Why values of the column are not sure; None where the whole head was understood."""
        if self.left:
            return f"the head says '{' '.join(self.left)}', which was not understood"
        return "it may count what was treated, not patients" if self.of_things else None


def rest_of_head(head: str, says: HeadSays, vocabulary: Vocabulary) -> HeadRest:
    """What the words of a head say that its role does not."""
    if says.role == "dose":
        over = _over(lex(head, vocabulary, _DOSES), says, vocabulary)
        named = [token for token in over if vocabulary.column(token.text) not in _DOSED]
        return HeadRest(left=_texts(named))
    if says.role not in EXACT:
        return HeadRest()
    timepoint = None
    if says.role in OUTCOMES or says.role in TERMS:
        timepoint = time_point_of(head, vocabulary)
        head = without_time_points(head, vocabulary)
    if says.role in TERMS:
        head = ungraded(head, vocabulary)
    if says.role in SIZES:
        head = _without_known_brackets(head, vocabulary)
    tokens = lex(head, vocabulary, _LISTS)
    over = _over(tokens, says, vocabulary)
    if says.role not in (*OUTCOMES, "response_duration"):
        return HeadRest(left=_texts(over))
    if says.role == "response_duration":
        part = {token.name for token in over if token.kind == "responses"}
        scope = part.pop() if len(part) == 1 else None
        return HeadRest(scope=scope, left=_texts([t for t in over if t.name != scope]))
    compartments = {token.name for token in over if token.kind == "compartments"}
    scopes = {token.name for token in over if token.kind == "diseases"}
    placed = ("compartments",) * (len(compartments) == 1) + ("diseases",) * (len(scopes) == 1)
    return HeadRest(
        timepoint=timepoint,
        compartment=compartments.pop() if "compartments" in placed else None,
        scope=scopes.pop() if "diseases" in placed else None,
        left=_texts([token for token in over if token.kind not in placed]),
    )


def denies(head: str, says: HeadSays, vocabulary: Vocabulary) -> bool:
    """``No CR, n``, ``Failure to achieve CR``: the column counts the others.

    In ``No. of CR``, ``No patients`` and ``CR, no (%)`` the *no* is a number, and *no response* is
    an outcome by itself.
    """
    if says.role not in (*OUTCOMES, *TERMS):
        return False
    before = head.partition(says.phrase.split()[0] if says.phrase else head)[0]
    led = re.search(
        r"\b(no|not|without|failure|failed|failing)\s+(?:(?:to|in)\s+)?(\w*)", before, re.I
    )
    if led is None:
        return False
    counts = vocabulary.lookup("people", led[2]) is not None or led[2].lower() in _OF_WHOM
    return not (led[1].lower() == "no" and counts)


def narrowed_by(text: str, vocabulary: Vocabulary, *, controls: bool = False) -> str | None:
    """Why nothing under a caption or section is sure: it speaks of a part of the patients.

    A section may also hold ``controls``; a caption that names them speaks of the other rows, too.
    """
    wanted = ("part", "control") if controls else ("part",)
    for token in lex(text, vocabulary, ("narrowing",)):
        if token.kind == "narrowing" and token.name in wanted:
            return f"what stands above says '{token.text}'"
    return None


def _over(tokens: Sequence[Token], says: HeadSays, vocabulary: Vocabulary) -> list[Token]:
    """Tokens that neither the phrase of the role nor a list of words of heads accounts for."""
    phrase = Counter(_words(says.phrase))
    over = []
    for token in tokens:
        if token.kind not in _SPEAKING or _is_mark(token):
            continue
        words = Counter(_words(token.text))
        if words and words <= phrase:
            phrase -= words
        elif not _is_said(token, says, vocabulary):
            over.append(token)
    return over


def _is_said(token: Token, says: HeadSays, vocabulary: Vocabulary) -> bool:
    """Whether the role's kind of head accounts for a word outside its phrase."""
    names = says.name.split("/")
    if says.role == "treatment_duration" and (
        vocabulary.column(token.text) in _GIVEN or vocabulary.drug(token.text) is not None
    ):
        return True
    if token.kind in _SAME and token.name in (*names, says.role):
        return True
    if says.role in TERMS and token.kind == "complication_adjectives":
        return True
    return says.role in TIMES and token.text.lower() in ONSET_AND_LENGTH


def _without_known_brackets(head: str, vocabulary: Vocabulary) -> str:
    """``Participants (age range)``: a bracket that is the head of another field by itself."""

    def stripped(found: re.Match[str]) -> str:
        return " " if vocabulary.column(found[1]) in _BESIDE else found.group()

    return re.sub(r"[(\[]([^()\[\]]*)[)\]]", stripped, head)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(FOLD).lower())


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _is_mark(token: Token) -> bool:
    """A small letter alone: the mark of a footnote."""
    return len(token.text) == 1 and token.text.islower()
