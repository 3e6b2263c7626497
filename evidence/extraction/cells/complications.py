"""Complication cells: a list of terms with counts, grades and qualifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.cells.complication_draft import Draft, build_item
from evidence.extraction.cells.grades import SIGNS, read_grade
from evidence.extraction.cells.parts import is_list_of_parts, split_whole
from evidence.extraction.cells.shares import with_shares
from evidence.extraction.cells.terms import Item, trimmed
from evidence.extraction.found import Ledger, close_of
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

LISTS = ("statuses", "words")
_RESTRICTED = re.compile(
    r"\b(?:in|among|for)\s+((?:the\s+)?(?:patients|pts|those|subjects|cases)\b.*)$", re.I
)
_FATAL = {"fatal", "lethal", "died", "death", "deaths", "fatalities"}
_LOOSE_NUMBER = re.compile(r"(?<![\w-])\d")
_EVERYTHING = {"total", "all", "any", "overall"}
_PEOPLE = {"n", "patients", "pts", "patient", "pt", "cases", "case", "of", "each", "in"}


@dataclass(slots=True, kw_only=True)
class ComplicationsFound:
    """The items; None where the cell says nothing, empty where it says there were none."""

    items: list[Item] | None = None
    unread: str | None = None
    status: str | None = None
    whole_end: int | None = None
    """End of an amount of what the head names, before its parts: ``2`` of ``2 (sepsis 1, ...)``."""


def parse_complications(text: str, vocabulary: Vocabulary) -> ComplicationsFound:
    """Read the list of complications in a cell."""
    whole = split_whole(text, vocabulary)
    if whole is not None:
        found = _Reader(whole.rest, vocabulary).read()
        if found.items and not any(_LOOSE_NUMBER.search(i.term.value) for i in found.items):
            found.whole_end = whole.end
            return found
    status = vocabulary.status(text.strip()) or vocabulary.status(text.strip(" ."))
    if status == "none":
        return ComplicationsFound(items=[], status=status)
    if status is not None or not re.search(r"\w", text):
        return ComplicationsFound(status=status or "not stated")
    return _Reader(text, vocabulary).read()


class _Reader:
    """One pass over the cell, item by item."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.tokens = with_shares(lex(text, vocabulary, LISTS))
        self.ledger = Ledger(self.tokens)
        self.items: list[Item] = []
        self.heading_grade: str | None = None
        self.restricted_to: str | None = None
        self.draft = Draft()
        self.closings: set[int] = set()
        """Brackets that close a list of parts."""

    def read(self) -> ComplicationsFound:
        """All items of the cell."""
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self._finish()
        unread = self.ledger.unread()
        return ComplicationsFound(items=self.items or None, unread=unread)

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        grade_stop = self._grade(at)
        if grade_stop is not None:
            return grade_stop
        if token.kind in "([":
            return self._bracket(at)
        if token.kind in (",", ":") and self._is_amount_of_item(at + 1):
            return at + 1
        if token.kind in (",", ";", "•") or at in self.closings or self._is_sentence_end(at):
            self._finish()
            return at + 1
        if token.kind == ":":
            return self._colon(at)
        if self._starts_count(at):
            self._finish()
            self.draft.lead_count = at
            return at + 1
        if self._counts_people(at):
            self.draft.words.pop()
            self.draft.count = at
            self.ledger.use(at - 1, at, at + 1)
            return at + 2
        if token.kind in ("percent", "fraction") or (token.is_count and self._ends_item(at + 1)):
            return self._trailing(at)
        self.draft.words.append(at)
        return at + 1

    def _counts_people(self, at: int) -> bool:
        """``rash in 2 patients``."""
        led = len(self._words()) > 1 and self._lower(self._words()[-1]) == "in"
        token = self.tokens[at]
        amount = token.is_count or token.kind == "words"
        return led and amount and self._lower(at + 1) in _PEOPLE - {"n", "of", "in", "each"}

    def _is_amount_of_item(self, at: int) -> bool:
        """``neutropenia: 5``, ``grade 3 neutropenia, 5``: an amount that no term follows."""
        uncounted = self.draft.count is None and self.draft.percent is None
        known = self.draft.lead_count is not None or not uncounted
        if known or not self._words() or at >= len(self.tokens):
            return False
        said = self._phrase(self._words()).strip().lower()
        if said in _EVERYTHING or self.vocabulary.status(said) is not None:
            return False
        counted = self.tokens[at].is_count and self._ends_item(at + 1)
        return counted or self._kind(at) in ("percent", "fraction")

    def _is_sentence_end(self, at: int) -> bool:
        if self._kind(at) != ".":
            return False
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after is None or (after.start > self.tokens[at].end and len(self._words()) > 1)

    def _words(self) -> list[int]:
        return self.draft.words

    def _ends_item(self, at: int) -> bool:
        closed = at >= len(self.tokens) or at in self.closings
        return closed or self._kind(at) in (",", ";", "(", "[", ".")

    def _starts_count(self, at: int) -> bool:
        """``2 infections``, ``Two deaths``: a count before its term."""
        token = self.tokens[at]
        nxt = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if nxt is None or nxt.kind != "word":
            return False
        if token.kind == "words":
            return token.text[:1].isupper() or not self._words()
        return token.is_count and not self._words() and not self._is_unit(at + 1)

    def _is_unit(self, at: int) -> bool:
        """Whether a unit of dose or time stands here: the number before it counts nobody."""
        text = self.tokens[at].text if at < len(self.tokens) else ""
        known = (self.vocabulary.unit(text), self.vocabulary.time_unit(text))
        return self._kind(at) == "word" and known != (None, None)

    def _grade(self, at: int) -> int | None:
        """Read a grade that begins here; the index after it."""
        read = read_grade(self.tokens, at)
        if read is None:
            return None
        label, stop = read
        sign = self._sign(at - 1)
        self.ledger.use_range(at, stop)
        self.draft.grade = label if label[0] in "<>" else sign + label
        return stop

    def _sign(self, at: int) -> str:
        """A sign before the word *grade* (``≥ grade 3``)."""
        if at >= 0 and self._kind(at) == "compare" and at in self.draft.words:
            self.draft.words.remove(at)
            self.ledger.use(at)
            return SIGNS[self.tokens[at].name]
        return ""

    def _lower(self, at: int) -> str:
        return self.tokens[at].text.lower() if at < len(self.tokens) else ""

    def _bracket(self, at: int) -> int:
        """``(7)`` ends an item; ``(n = 2)``, ``(13%)``, ``(2/15)`` too; words belong to it."""
        stop = close_of(self.tokens, at)
        if self._words() and is_list_of_parts(
            self.tokens[at + 1 : stop], self._counted(), self.vocabulary
        ):
            self._finish()
            self.closings.add(stop)
            return at + 1
        inside = list(range(at + 1, min(stop, len(self.tokens))))
        amounts = [
            p for p in inside if self.tokens[p].is_count or self._kind(p) in ("percent", "fraction")
        ]
        words = [p for p in inside if self._kind(p) == "word" and self._lower(p) not in _PEOPLE]
        if any(self._lower(p) in _FATAL for p in words):
            self.draft.fatal = True
            words = [p for p in words if self._lower(p) not in _FATAL]
        if amounts and not words and (self._words() or self.draft.count is not None):
            self.ledger.use_range(at, stop + 1)
            for place in amounts:
                if self._kind(place) == "percent":
                    self.draft.percent = place
                elif self.draft.count is None:
                    self.draft.count = place
                elif self.draft.percent is None:
                    self.draft.percent = place
            if self._kind(stop + 1) == ":":
                return self._detail(stop + 1)
            self._finish()
            return stop + 1
        grade_stop = self._grade(at + 1) if at + 1 < len(self.tokens) else None
        if grade_stop is not None:
            return self._after_bracketed_grade(grade_stop, stop)
        self.draft.words.extend(inside)
        return stop + 1

    def _counted(self) -> int | None:
        """The number of patients the item has so far."""
        at = self.draft.lead_count if self.draft.lead_count is not None else self.draft.count
        token = self.tokens[at] if at is not None else None
        return token.count if token is not None and token.is_count else None

    def _after_bracketed_grade(self, at: int, stop: int) -> int:
        """What is left of ``(G3)``, ``(grade 3, 2)``, ``(grade 3: n = 2)`` after the grade."""
        place = at
        while self._kind(place) in (",", ":", ";", "=") or self._lower(place) in _PEOPLE:
            place += 1
        alone = place + 1 == stop and self._words() and self.draft.count is None
        if alone and self.tokens[place].is_count:
            self.draft.count = place
            self.ledger.use_range(at, stop)
            return stop + 1
        return stop + 1 if at == stop else at

    def _detail(self, at: int) -> int:
        """``Cardiac events (5): CHF/arrhythmia``: what follows the colon belongs to the item."""
        stop = at + 1
        while stop < len(self.tokens) and not (
            self._kind(stop) in (",", ";", "(")
            or (self._kind(stop) == "words" and self.tokens[stop].text[:1].isupper())
            or (self.tokens[stop].is_count and self._kind(stop + 1) == "word")
        ):
            stop += 1
        self.draft.words.extend(range(at, stop))
        self._finish()
        return stop

    def _colon(self, at: int) -> int:
        """A heading: a restriction, a grade or an organ class for the items after it."""
        if self._words():
            words = self._phrase(self._words())
            found = _RESTRICTED.search(words)
            if found:
                self.restricted_to = found.group(1)
            if found:
                self.ledger.use(*self._words())
            self._pass_by(self._words())
        if self.draft.grade is not None:
            self.heading_grade = self.draft.grade
        self.draft = Draft()
        return at + 1

    def _trailing(self, at: int) -> int:
        """``neutropenia 20%``, ``sepsis 2``, ``rash 3/15``."""
        if self._words():
            if self._kind(at) == "percent":
                self.draft.percent = at
            else:
                self.draft.count = at
            self.ledger.use(at)
        if self._kind(at + 1) not in ("(", "["):
            self._finish()
        return at + 1

    def _phrase(self, places: Sequence[int]) -> str:
        start, end = self.tokens[places[0]].start, self.tokens[places[-1]].end
        return self.text[start:end]

    def _finish(self) -> None:
        draft, self.draft = self.draft, Draft()
        words = trimmed(self.tokens, draft.words)
        if self._is_measure(words):
            words, draft.words = [], []
        aside = [p for p in draft.words if p not in words]
        self._pass_by(aside)
        if not words:
            self.ledger.used -= {p for p in (draft.count, draft.percent) if p is not None}
            if draft.grade is not None and draft.count is None and draft.lead_count is None:
                self.heading_grade = draft.grade
            return
        self.ledger.use(*words)
        if draft.lead_count is not None:
            self.ledger.use(draft.lead_count)
            self.ledger.used -= {p for p in (draft.count,) if p is not None}
        grade = draft.grade or self.heading_grade
        item = build_item(draft, words, self.text, self.tokens, self.vocabulary)
        item.grade, item.restricted_to = grade, self.restricted_to
        self.items.append(item)

    def _pass_by(self, places: list[int]) -> None:
        """Words that say nothing by themselves are read; numbers never are."""
        self.ledger.use(*(at for at in places if not re.search(r"\d", self.tokens[at].text)))

    def _is_measure(self, words: list[int]) -> bool:
        """``12 mo``, ``3 d/wk``: an amount with its unit, and no complication that is known."""
        measured = (
            len(words) > 1
            and self._kind(words[0]) in ("number", "range")
            and self._is_unit(words[1])
        )
        return measured and self.vocabulary.complication(self._phrase(words)) is None
