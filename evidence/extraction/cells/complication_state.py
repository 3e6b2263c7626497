"""A list of complications while it is read: what was used, the item at hand, what a place means."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.extraction.cells.asides import PEOPLE, amount_of, end_of_piece
from evidence.extraction.cells.complication_draft import Draft
from evidence.extraction.cells.shares import with_shares
from evidence.extraction.cells.terms import Item
from evidence.extraction.found import Ledger
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

LISTS = ("statuses", "words")
_EVERYTHING = {"total", "all", "any", "overall"}
_NARROWING = {"serious", "severe", "major", "significant", "relevant", "other", "further", "new"}


class ItemState:
    """The state of one pass, and the questions a pass asks of a place in the cell."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.tokens = with_shares(lex(text, vocabulary, LISTS))
        self.ledger = Ledger(self.tokens)
        self.items: list[Item] = []
        self.heading_grade: str | None = None
        self.restricted_to: str | None = None
        self.draft = Draft()
        self.fatal_until = 0
        """End of a list of parts of which patients died."""
        self.closings: set[int] = set()
        """Brackets that close a list of parts."""

    def kind(self, at: int) -> str:
        """Kind of the token at a place; empty outside the cell."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def lower(self, at: int) -> str:
        """Lower-case text of the token at a place; empty after the end."""
        return self.tokens[at].text.lower() if at < len(self.tokens) else ""

    @property
    def words(self) -> list[int]:
        """Places of the words of the item at hand."""
        return self.draft.words

    def phrase(self, places: Sequence[int]) -> str:
        """The text from the first of the places to the last."""
        start, end = self.tokens[places[0]].start, self.tokens[places[-1]].end
        return self.text[start:end]

    def counted(self) -> int | None:
        """The number of patients the item has so far."""
        at = self.draft.counted
        return amount_of(self.tokens[at]) if at is not None else None

    def has_amount(self) -> bool:
        """Whether the item has a count or a percentage."""
        return self.draft.counted is not None or self.draft.percent is not None

    def has_amount_after_words(self) -> bool:
        """Whether an amount follows the words of the item."""
        return self.draft.count is not None or self.draft.percent is not None

    def ends_item(self, at: int) -> bool:
        """Whether what stands at a place ends an item."""
        closed = at >= len(self.tokens) or at in self.closings
        return closed or self.kind(at) in (",", ";", "(", "[", ".")

    def is_amount_of_item(self, at: int) -> bool:
        """``neutropenia: 5``, ``grade 3 neutropenia, 5``: an amount that no term follows."""
        uncounted = self.draft.count is None and self.draft.percent is None
        known = self.draft.lead_count is not None or not uncounted
        if known or not self.words or at >= len(self.tokens):
            return False
        said = self.phrase(self.words).strip().lower()
        if said in _EVERYTHING or self.vocabulary.status(said) is not None:
            return False
        counted = self.tokens[at].is_count and self.ends_item(at + 1)
        return counted or self.kind(at) in ("percent", "fraction")

    def is_sentence_end(self, at: int) -> bool:
        """Whether a full stop here ends a sentence."""
        if self.kind(at) != ".":
            return False
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after is None or (after.start > self.tokens[at].end and len(self.words) > 1)

    def is_term(self, at: int) -> bool:
        """Whether the words up to the next mark are a term, with nothing that narrows it."""
        places = range(at, end_of_piece(self.tokens, at))
        return (
            self.lower(at) not in _NARROWING
            and self.vocabulary.lookup("complications", self.phrase(places)) is not None
        )

    def is_unit(self, at: int) -> bool:
        """Whether a unit of dose or time stands here: the number before it counts nobody."""
        text = self.tokens[at].text if at < len(self.tokens) else ""
        known = (self.vocabulary.unit(text), self.vocabulary.time_unit(text))
        return self.kind(at) == "word" and known != (None, None)

    def is_no_term(self, words: list[int]) -> bool:
        """``due to AEs`` behind what was counted, ``none`` behind a heading: no complication."""
        led = (self.lower(words[0]), self.lower(words[0] + 1))
        return led == ("due", "to") or self.vocabulary.status(self.phrase(words)) is not None

    def end_of_clause(self, at: int) -> int:
        """Index of the next semicolon or full stop; else the end."""
        while at < len(self.tokens) and self.kind(at) not in (";", "."):
            at += 1
        return at

    def is_measure(self, words: list[int]) -> bool:
        """``12 mo``, ``3 d/wk``: an amount with its unit, and no complication that is known."""
        measured = (
            len(words) > 1 and self.kind(words[0]) in ("number", "range") and self.is_unit(words[1])
        )
        return measured and self.vocabulary.complication(self.phrase(words)) is None

    def starts_count(self, at: int) -> bool:
        """``2 infections``, ``Two deaths``, ``no deaths``: a count before its term."""
        token = self.tokens[at]
        nxt = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if nxt is None or nxt.kind != "word":
            return False
        if token.kind == "statuses":
            return token.name == "none" and not self.words and self.is_term(at + 1)
        if token.kind == "words":
            return token.text[:1].isupper() or not self.words
        return token.is_count and not self.words and not self.is_unit(at + 1)

    def starts_next(self, at: int) -> bool:
        """``2 sepsis and 3 pneumonia``: another count before its term."""
        led = self.draft.lead_count is not None and bool(self.words)
        counted = at + 2 < len(self.tokens) and self.tokens[at + 1].is_count
        words = self.kind(at + 2) == "word" and not self.is_unit(at + 2)
        return led and counted and words and self.lower(at) in ("and", "&", "+")

    def counts_people(self, at: int) -> bool:
        """``rash in 2 patients``."""
        led = len(self.words) > 1 and self.lower(self.words[-1]) == "in"
        token = self.tokens[at]
        amount = token.is_count or token.kind == "words"
        return led and amount and self.lower(at + 1) in PEOPLE - {"n", "of", "in", "each"}
