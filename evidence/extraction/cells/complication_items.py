"""The items of a list of complications: one pass over the words of the cell."""

from __future__ import annotations

import re

from evidence.extraction.cells.asides import (
    NOUNS,
    end_of_piece,
    opens_parts,
    qualifies,
    read_aside,
)
from evidence.extraction.cells.complication_draft import Draft, build_item, draft_of
from evidence.extraction.cells.complication_state import ItemState
from evidence.extraction.cells.grades import SIGNS, read_grade
from evidence.extraction.cells.parts import is_list_of_parts
from evidence.extraction.cells.terms import Item, trimmed
from evidence.extraction.found import close_of

_RESTRICTED = re.compile(
    r"\b(?:in|among|for)\s+((?:the\s+)?(?:patients|pts|those|subjects|cases)\b.*)$", re.I
)


class ItemReader(ItemState):
    """One pass over the cell, item by item."""

    def read(self) -> tuple[list[Item], str | None]:
        """All items of the cell, and the words that were not read."""
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self._finish()
        return self.items, self.ledger.unread()

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        grade_stop = self._grade(at)
        if grade_stop is not None:
            return grade_stop
        if token.kind in "([":
            return self._bracket(at)
        if token.kind in (",", ":") and self.is_amount_of_item(at + 1):
            return at + 1
        if self.starts_next(at):
            self.ledger.use(at)
            self._finish()
            return at + 1
        aside_stop = self._aside_after(at)
        if aside_stop is not None:
            return aside_stop
        if token.kind in (",", ";", "•") or at in self.closings or self.is_sentence_end(at):
            self._finish()
            return at + 1
        if token.kind == ":":
            return self._colon(at)
        parts = opens_parts(self.tokens, at)
        if parts is not None and not self.words:
            return self._parts(at, parts)
        share_stop = self._leading_share(at)
        if share_stop is not None:
            return share_stop
        if self.starts_count(at):
            self._finish()
            self.draft.lead_count = at
            return at + 1
        if self.counts_people(at):
            self.draft.words.pop()
            self.draft.count = at
            self.ledger.use(at - 1, at, at + 1)
            return at + 2
        if token.kind in ("percent", "fraction") or (token.is_count and self.ends_item(at + 1)):
            return self._trailing(at)
        self.draft.words.append(at)
        return at + 1

    def _parts(self, at: int, start: int) -> int:
        """``including 2 sepsis``, ``of which 2 severe``: known terms are read, others left."""
        stop = end_of_piece(self.tokens, start)
        if not is_list_of_parts(self.tokens[start:stop], None, self.vocabulary):
            return stop
        self.ledger.use_range(at, start)
        return start

    def _leading_share(self, at: int) -> int | None:
        """Index after ``3 (20%)`` of ``3 (20%) rash``: count and percentage before their term."""
        stop = close_of(self.tokens, at + 1) if self.kind(at + 1) in ("(", "[") else at
        led = self.tokens[at].is_count and not self.words and stop == at + 3
        if (
            not led
            or self.kind(at + 2) not in ("percent", "number")
            or self.kind(stop + 1) != "word"
        ):
            return None
        self._finish()
        self.draft.lead_count, self.draft.percent = at, at + 2
        self.ledger.use_range(at + 1, stop + 1)
        return stop + 1

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
        if at >= 0 and self.kind(at) == "compare" and at in self.draft.words:
            self.draft.words.remove(at)
            self.ledger.use(at)
            return SIGNS[self.tokens[at].name]
        return ""

    def _bracket(self, at: int) -> int:
        """``(7)`` counts an item, ``(13%)``, ``(2/15)``, ``(1 fatal)`` too; words belong to it."""
        stop = close_of(self.tokens, at)
        if self.words and self._aside(at + 1, stop):
            self.ledger.use_range(at, stop + 1)
            if self.kind(stop + 1) == ":" and self.draft.counted is not None:
                return self._detail(stop + 1)
            return self._end_item(stop + 1) if self.has_amount() else stop + 1
        if self.words and is_list_of_parts(
            self.tokens[at + 1 : stop], self.counted(), self.vocabulary
        ):
            self._finish()
            self.closings.add(stop)
            self.fatal_until = stop if self.items and self.items[-1].fatal else 0
            return at + 1
        grade = read_grade(self.tokens, at + 1)
        if grade is not None:
            return self._grade(at + 1) or at + 1
        if self.has_amount_after_words():
            self._finish()
        else:
            self.draft.words.extend(range(at, min(stop + 1, len(self.tokens))))
        return stop + 1

    def _aside(self, start: int, stop: int) -> bool:
        """Take what the tokens say of the item, if that is all they say."""
        draft = self.draft
        aside = read_aside(
            self.tokens,
            start,
            stop,
            counted=self.counted(),
            rated=draft.percent is not None,
            graded=draft.grade is not None,
        )
        if aside is None:
            return False
        draft.count = aside.count if draft.count is None else draft.count
        draft.percent = aside.percent if draft.percent is None else draft.percent
        draft.grade, draft.fatal = aside.grade or draft.grade, aside.fatal or draft.fatal
        draft.parts += aside.parts
        return True

    def _aside_after(self, at: int) -> int | None:
        """Index after ``, grade 4 (1)``, ``, fatal``, ``, of which 2 grade 3`` said of the item."""
        stop = end_of_piece(self.tokens, at + 1)
        if self.kind(at) not in (",", ";") or not self.words:
            return None
        if not qualifies(self.tokens, at + 1, stop) or not self._aside(at + 1, stop):
            return None
        self.ledger.use_range(at, stop)
        return stop

    def _detail(self, at: int) -> int:
        """``Cardiac events (5): CHF/arrhythmia``: what follows the colon belongs to the item."""
        stop = at + 1
        while stop < len(self.tokens) and not (
            self.kind(stop) in (",", ";", "(")
            or (self.kind(stop) == "words" and self.tokens[stop].text[:1].isupper())
            or (self.tokens[stop].is_count and self.kind(stop + 1) == "word")
        ):
            stop += 1
        self.draft.words.extend(range(at, stop))
        self._finish()
        return stop

    def _colon(self, at: int) -> int:
        """A heading: a restriction, a grade, deaths or an organ class for the items after it."""
        stop = self.end_of_clause(at + 1)
        if self.words and self.draft.counted is not None and is_list_of_parts(
            self.tokens[at + 1 : stop], self.counted(), self.vocabulary
        ):  # fmt: skip
            self._finish()
            self.fatal_until = stop if self.items and self.items[-1].fatal else 0
            return at + 1
        if self.words and self.lower(self.words[-1]) in NOUNS:
            self.fatal_until = stop
        if self.words:
            words = self.phrase(self.words)
            found = _RESTRICTED.search(words)
            if found:
                self.restricted_to = found.group(1)
            if found:
                self.ledger.use(*self.words)
            self._pass_by(self.words)
        if self.draft.grade is not None:
            self.heading_grade = self.draft.grade
        self.draft = Draft()
        return at + 1

    def _trailing(self, at: int) -> int:
        """``neutropenia 20%``, ``sepsis 2``, ``rash 3/15``."""
        if self.words:
            if self.kind(at) == "percent":
                self.draft.percent = at
            else:
                self.draft.count = at
            self.ledger.use(at)
        return self._end_item(at + 1)

    def _end_item(self, at: int) -> int:
        """The item ends here, unless what follows may still be said of it."""
        if self.kind(at) not in ("(", "[", ",", ";"):
            self._finish()
        return at

    def _finish(self) -> None:
        draft, self.draft = self.draft, Draft()
        words = trimmed(self.tokens, draft.words)
        unnumbered = draft.counted is None and draft.percent is None
        if words and unnumbered and self.is_no_term(words):
            return
        if self.is_measure(words):
            words, draft.words = [], []
        aside = [p for p in draft.words if p not in words]
        self._pass_by(aside)
        if not words:
            self.ledger.used -= {p for p in (draft.count, draft.percent) if p is not None}
            if draft.grade is not None and draft.count is None and draft.lead_count is None:
                self.heading_grade = draft.grade
            return
        self.ledger.use(*words)
        draft.fatal = draft.fatal or (words[0] < self.fatal_until) or None
        if draft.lead_count is not None:
            self.ledger.use(draft.lead_count)
            self.ledger.used -= {p for p in (draft.count,) if p is not None}
        draft.grade = draft.grade or self.heading_grade
        for each in (draft, *map(draft_of, draft.parts)):
            item = build_item(each, words, self.text, self.tokens, self.vocabulary)
            item.restricted_to = self.restricted_to
            self.items.append(item)

    def _pass_by(self, places: list[int]) -> None:
        """Words that say nothing by themselves are read; numbers never are."""
        self.ledger.use(*(at for at in places if not re.search(r"\d", self.tokens[at].text)))
