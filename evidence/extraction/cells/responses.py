"""Response cells: counts and percentages of outcomes, by disease where the cell says so."""

from __future__ import annotations

from dataclasses import replace

from evidence.extraction.cells.blocks import ALL, Block, ResponsesFound
from evidence.extraction.cells.outcome_tokens import outcome_tokens
from evidence.extraction.cells.response_cell import ResponseCell
from evidence.extraction.cells.response_details import read_details
from evidence.extraction.found import Ledger, Value, close_of, value_of
from evidence.vocabulary import Vocabulary

ORDERS = ((True, False), (True, True), (False, False), (False, True))
"""(counts before their outcome, percentages before it); the first of equals wins."""


def parse_responses(
    text: str, vocabulary: Vocabulary, *, patients: int | None = None, lead: str | None = None
) -> ResponsesFound:
    """Read a response cell; counts before or after their outcome, whichever leaves less unread.

    In a series of one patient the outcome alone says that it was that patient's. ``lead`` is the
    outcome that the head gives to an amount the cell opens with.
    """
    if patients == 1:
        tokens = outcome_tokens(text.strip(), vocabulary)
        if len(tokens) == 1 and tokens[0].kind == "responses":
            start = text.index(tokens[0].text)
            one = Value(value=1, start=start, end=start + len(tokens[0].text), derived=True)
            return ResponsesFound(blocks=[Block(counts={tokens[0].name: one})])
    readings = []
    for counts_first, percents_first in ORDERS:
        reader = _Reader(text, vocabulary, counts_first, percents_first, lead)
        found = reader.read()
        readings.append((reader.left, found))
    best = min(readings, key=lambda reading: reading[0])[1]
    best.blocks.sort(key=lambda block: block.scope != ALL)
    return best


class _Reader:
    """One pass over a cell; ``counts_first`` says which of count and outcome comes first."""

    def __init__(
        self, text: str, vocabulary: Vocabulary, counts_first: bool, percents_first: bool,
        lead: str | None,
    ) -> None:  # fmt: skip
        tokens = outcome_tokens(text, vocabulary)
        self.cell = ResponseCell(text=text, tokens=tokens, ledger=Ledger(tokens))
        self.counts_first = counts_first
        self.percents_first = percents_first
        self.lead = lead
        self.left = 0

    def read(self) -> ResponsesFound:
        """All blocks of the cell."""
        statuses = [token.name for token in self.cell.tokens if token.kind == "statuses"]
        self.cell.found.status = statuses[0] if statuses else None
        at = 0
        while at < len(self.cell.tokens):
            at = self._step(at)
        self._leading_amount()
        self._intervals()
        quiet = ("statuses", "fillers", "small", "statistics")
        self.cell.found.unread = self.cell.ledger.unread(silent_kinds=quiet)
        self.left = len((self.cell.found.unread or "").split()) + len(self.cell.found.doubts)
        return self.cell.found

    def _intervals(self) -> None:
        """A bracketed range or interval around a percentage that was read."""
        percents = [v.value for block in self.cell.found.blocks for v in block.percents.values()]
        for at, token in enumerate(self.cell.tokens):
            named = any(self.cell.kind(before) == "statistics" for before in (at - 1, at - 2))
            bracketed = self.cell.kind(at - 1) in ("(", "[") or named
            if token.kind in ("range", "prange") and bracketed and any(
                (token.low or 0) <= percent <= (token.high or 0) for percent in percents
            ):  # fmt: skip
                self.cell.ledger.use(at)

    def _leading_amount(self) -> None:
        """``14/22 (64%): 6 CR, 8 PR``: responders, when the counts after them say so."""
        block = next((b for b in self.cell.found.blocks if b.scope == ALL), None)
        if block is None or not self.cell.is_amount(0) or 0 in self.cell.ledger.used:
            return
        outcome = self.lead or "ORR"
        if outcome in block.counts or outcome in block.percents:
            return
        parts = [block.counts[name].value for name in ("CR", "PR") if name in block.counts]
        places = [0]
        if self.cell.kind(1) == "(" and self.cell.is_amount(2) and self.cell.kind(3) == ")":
            places.append(2)
        for at in places:
            token = self.cell.tokens[at]
            agrees = token.low is not None and len(parts) == 2 and sum(parts) == token.low
            if at not in self.cell.ledger.used and (self.lead or token.kind == "percent" or agrees):
                self.cell.store(block, replace(token, kind="responses", name=outcome), at)
                self.cell.ledger.use(at)

    def _step(self, at: int) -> int:
        token = self.cell.tokens[at]
        if token.kind == "diseases" and self.cell.kind(at + 1) in (":", "="):
            self.cell.scope = token.name
            block = self.cell.block
            block.scope_place = value_of(token.name, token)
            self.cell.ledger.use(at, at + 1)
            return at + 2
        if (
            token.kind == "statuses"
            and token.name == "none"
            and self.cell.kind(at + 1) == "responses"
        ):
            return self._none(at)
        if self._in_prose(at):
            return at + 1
        if token.kind == "responses":
            return self._outcome_first(at)
        if self.cell.is_amount(at):
            return self._amount_first(at)
        return at + 1

    def _in_prose(self, at: int) -> bool:
        """Whether words that were not understood lead up to the token."""
        before = at - 1
        while self.cell.kind(before) in ("small", "fillers"):
            before -= 1
        return self.cell.kind(before) == "word" and before not in self.cell.ledger.used

    def _none(self, at: int) -> int:
        """``No CR``: reported as none."""
        outcome = self.cell.tokens[at + 1]
        zero = value_of(0, self.cell.tokens[at], outcome, derived=True)
        self.cell.block.counts.setdefault(outcome.name, zero)
        self.cell.ledger.use(at, at + 1)
        return at + 2

    def _outcome_first(self, at: int) -> int:
        """``CR 55%``, ``ORR: 9/15 (60%)``; a bare count follows only when outcomes come first."""
        place = at + 1
        while self.cell.kind(place) in (":", "=", ",", "small", "fillers", "-") or (
            self.cell.kind(place) == "statistics"
        ):
            if self.cell.kind(place) == "," and (self.counts_first or self._amount_before(at)):
                break
            place += 1
        if self.cell.kind(place) == "statuses":
            return self._status(at, place)
        if self.cell.kind(place - 1) == "-" and self.cell.kind(place) in (",", ";", ")", ""):
            self.cell.ledger.use(at)
            return place
        place = self._inside(place)
        if not self.cell.is_amount(place):
            return at + 1
        amount = self.cell.tokens[place]
        bare = amount.is_count or amount.kind == "words"
        if self.counts_first if bare else self.percents_first:
            return at + 1
        stop = self._take(at, place)
        return read_details(self.cell, at, stop)

    def _amount_before(self, at: int) -> bool:
        """``3 of 6 had CR, 1 of 6``: an amount that nothing has taken leads up to the outcome."""
        before = at - 1
        while self.cell.kind(before) in ("small", "fillers"):
            before -= 1
        return self.cell.is_amount(before) and before not in self.cell.ledger.used

    def _inside(self, at: int) -> int:
        """``(3)``, ``(n = 3)``: the place of the amount a bracket holds alone; else ``at``."""
        place = at + 1
        while self.cell.kind(place) in ("fillers", "small", "="):
            place += 1
        alone = self.cell.is_amount(place) and self.cell.kind(place + 1) == ")"
        return place if self.cell.kind(at) == "(" and alone else at

    def _status(self, outcome_at: int, at: int) -> int:
        """``PD: NR`` states nothing, ``PD: none`` states that there was none."""
        outcome = self.cell.tokens[outcome_at]
        if self.cell.tokens[at].name == "none":
            zero = value_of(0, outcome, self.cell.tokens[at], derived=True)
            self.cell.block.counts.setdefault(outcome.name, zero)
        self.cell.ledger.use(outcome_at, at)
        return at + 1

    def _amount_first(self, at: int) -> int:
        """``7 CR``, ``55% CR``, ``two complete responses``."""
        place = at + 1
        if self.cell.kind(place) == "(" and self.cell.kind(place + 1) in ("percent", "fraction"):
            place = close_of(self.cell.tokens, place) + 1
        while self.cell.kind(place) in ("fillers", "small"):
            place += 1
        bare = self.cell.tokens[at].is_count or self.cell.kind(at) == "words"
        if self.cell.kind(place) != "responses" or not (
            self.counts_first if bare else self.percents_first
        ):
            return at + 1
        self._take(place, at)
        stop = self._bracketed(place, place + 1)
        return stop if stop > place + 1 else read_details(self.cell, place, stop)

    def _take(self, outcome_at: int, amount_at: int) -> int:
        """Store amount and a bracketed percentage or fraction beside it; the index after."""
        outcome = self.cell.tokens[outcome_at]
        block = self.cell.block
        self.cell.store(block, outcome, amount_at)
        self.cell.ledger.use(outcome_at, amount_at)
        return max(self._bracketed(outcome_at, amount_at + 1), outcome_at + 1)

    def _bracketed(self, outcome_at: int, at: int) -> int:
        """``7 CR (58%)``, ``CR 7 (7/12)``: store what a bracket holds alone; the index after."""
        alone = self.cell.kind(at + 2) in (")", "statistics")
        if self.cell.kind(at) not in ("(", "[") or not alone:
            return at
        if self.cell.kind(at + 1) not in ("percent", "fraction"):
            return at
        self.cell.store(self.cell.block, self.cell.tokens[outcome_at], at + 1)
        close = close_of(self.cell.tokens, at)
        self.cell.ledger.use_range(at, close + 1)
        return close + 1
