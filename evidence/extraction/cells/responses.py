"""Response cells: counts and percentages of outcomes, by disease where the cell says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evidence.extraction.cells.blocks import ALL, Block, ResponsesFound
from evidence.extraction.cells.outcome_tokens import outcome_tokens
from evidence.extraction.found import Ledger, Value, close_of, value_of
from evidence.extraction.tokens import Token
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
        self.text = text
        self.tokens = outcome_tokens(text, vocabulary)
        self.ledger = Ledger(self.tokens)
        self.counts_first = counts_first
        self.percents_first = percents_first
        self.lead = lead
        self.found = ResponsesFound()
        self.scope = ALL
        self.left = 0

    def read(self) -> ResponsesFound:
        """All blocks of the cell."""
        statuses = [token.name for token in self.tokens if token.kind == "statuses"]
        self.found.status = statuses[0] if statuses else None
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self._leading_amount()
        self._intervals()
        quiet = ("statuses", "fillers", "small", "statistics")
        self.found.unread = self.ledger.unread(silent_kinds=quiet)
        self.left = len((self.found.unread or "").split()) + len(self.found.doubts)
        return self.found

    def _intervals(self) -> None:
        """A bracketed range or interval around a percentage that was read."""
        percents = [v.value for block in self.found.blocks for v in block.percents.values()]
        for at, token in enumerate(self.tokens):
            named = any(self._kind(before) == "statistics" for before in (at - 1, at - 2))
            bracketed = self._kind(at - 1) in ("(", "[") or named
            if token.kind in ("range", "prange") and bracketed and any(
                (token.low or 0) <= percent <= (token.high or 0) for percent in percents
            ):  # fmt: skip
                self.ledger.use(at)

    def _leading_amount(self) -> None:
        """``14/22 (64%): 6 CR, 8 PR``: responders, when the counts after them say so."""
        block = next((b for b in self.found.blocks if b.scope == ALL), None)
        if block is None or not self._is_amount(0) or 0 in self.ledger.used:
            return
        outcome = self.lead or "ORR"
        if outcome in block.counts or outcome in block.percents:
            return
        parts = [block.counts[name].value for name in ("CR", "PR") if name in block.counts]
        places = [0]
        if self._kind(1) == "(" and self._is_amount(2) and self._kind(3) == ")":
            places.append(2)
        for at in places:
            token = self.tokens[at]
            agrees = token.low is not None and len(parts) == 2 and sum(parts) == token.low
            if at not in self.ledger.used and (self.lead or token.kind == "percent" or agrees):
                self._store(block, replace(token, kind="responses", name=outcome), at)
                self.ledger.use(at)

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _is_amount(self, at: int) -> bool:
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        return token.is_count or token.kind in ("percent", "fraction", "words")

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "diseases" and self._kind(at + 1) in (":", "="):
            self.scope = token.name
            block = self.found.block(self.scope)
            block.scope_place = value_of(token.name, token)
            self.ledger.use(at, at + 1)
            return at + 2
        if token.kind == "statuses" and token.name == "none" and self._kind(at + 1) == "responses":
            return self._none(at)
        if self._in_prose(at):
            return at + 1
        if token.kind == "responses":
            return self._outcome_first(at)
        if self._is_amount(at):
            return self._amount_first(at)
        return at + 1

    def _in_prose(self, at: int) -> bool:
        """Whether words that were not understood lead up to the token."""
        before = at - 1
        while self._kind(before) in ("small", "fillers"):
            before -= 1
        return self._kind(before) == "word" and before not in self.ledger.used

    def _none(self, at: int) -> int:
        """``No CR``: reported as none."""
        outcome = self.tokens[at + 1]
        zero = value_of(0, self.tokens[at], outcome, derived=True)
        self.found.block(self.scope).counts.setdefault(outcome.name, zero)
        self.ledger.use(at, at + 1)
        return at + 2

    def _outcome_first(self, at: int) -> int:
        """``CR 55%``, ``ORR: 9/15 (60%)``; a bare count follows only when outcomes come first."""
        place = at + 1
        while self._kind(place) in (":", "=", ",", "small", "fillers", "-") or (
            self._kind(place) == "statistics"
        ):
            if self._kind(place) == "," and self.counts_first:
                break
            place += 1
        if self._kind(place) == "statuses":
            return self._status(at, place)
        if self._kind(place - 1) == "-" and self._kind(place) in (",", ";", ")", ""):
            self.ledger.use(at)
            return place
        place = self._inside(place)
        if not self._is_amount(place):
            return at + 1
        amount = self.tokens[place]
        bare = amount.is_count or amount.kind == "words"
        if self.counts_first if bare else self.percents_first:
            return at + 1
        stop = self._take(at, place)
        return self._qualify(at, stop)

    def _inside(self, at: int) -> int:
        """``(3)``, ``(n = 3)``: the place of the amount a bracket holds alone; else ``at``."""
        place = at + 1
        while self._kind(place) in ("fillers", "small", "="):
            place += 1
        alone = self._is_amount(place) and self._kind(place + 1) == ")"
        return place if self._kind(at) == "(" and alone else at

    def _status(self, outcome_at: int, at: int) -> int:
        """``PD: NR`` states nothing, ``PD: none`` states that there was none."""
        outcome = self.tokens[outcome_at]
        if self.tokens[at].name == "none":
            zero = value_of(0, outcome, self.tokens[at], derived=True)
            self.found.block(self.scope).counts.setdefault(outcome.name, zero)
        self.ledger.use(outcome_at, at)
        return at + 1

    def _amount_first(self, at: int) -> int:
        """``7 CR``, ``55% CR``, ``two complete responses``."""
        place = at + 1
        if self._kind(place) == "(" and self._kind(place + 1) in ("percent", "fraction"):
            place = close_of(self.tokens, place) + 1
        while self._kind(place) in ("fillers", "small"):
            place += 1
        bare = self.tokens[at].is_count or self._kind(at) == "words"
        if self._kind(place) != "responses" or not (
            self.counts_first if bare else self.percents_first
        ):
            return at + 1
        self._take(place, at)
        stop = self._bracketed(place, place + 1)
        return stop if stop > place + 1 else self._qualify(place, stop)

    def _take(self, outcome_at: int, amount_at: int) -> int:
        """Store amount and a bracketed percentage or fraction beside it; the index after."""
        outcome = self.tokens[outcome_at]
        block = self.found.block(self.scope)
        self._store(block, outcome, amount_at)
        self.ledger.use(outcome_at, amount_at)
        return max(self._bracketed(outcome_at, amount_at + 1), outcome_at + 1)

    def _bracketed(self, outcome_at: int, at: int) -> int:
        """``7 CR (58%)``, ``CR 7 (7/12)``: store what a bracket holds alone; the index after."""
        alone = self._kind(at + 2) in (")", "statistics")
        if self._kind(at) not in ("(", "[") or not alone:
            return at
        if self._kind(at + 1) not in ("percent", "fraction"):
            return at
        self._store(self.found.block(self.scope), self.tokens[outcome_at], at + 1)
        close = close_of(self.tokens, at)
        self.ledger.use_range(at, close + 1)
        return close + 1

    def _store(self, block: Block, outcome: Token, at: int) -> None:
        token = self.tokens[at]
        if token.kind == "percent":
            self._put(block.percents, outcome.name, value_of(token.low or 0.0, token), outcome)
        elif token.kind == "fraction":
            self._put(block.counts, outcome.name, value_of(int(token.low or 0), token), outcome)
            total = value_of(int(token.high or 0), token)
            if block.total is not None and block.total.value != total.value:
                self.found.doubts.append("the cell gives several totals")
            block.total = block.total or total
        else:
            count = int(token.name) if token.kind == "words" else token.count
            self._put(block.counts, outcome.name, value_of(count, token), outcome)

    def _put(
        self, into: dict[str, Value[Any]], name: str, value: Value[Any], outcome: Token
    ) -> None:
        placed = Value(
            value=value.value,
            start=min(value.start, outcome.start),
            end=max(value.end, outcome.end),
        )
        if name in into and into[name].value != value.value:
            self.found.doubts.append(
                f"{outcome.text} is printed as {into[name].value} and {value.value}"
            )
            return
        into.setdefault(name, placed)

    def _qualify(self, outcome_at: int, at: int) -> int:
        """What follows an outcome: a split by disease, a cause of death, another therapy."""
        if self._kind(at) == "(":
            return self._bracket(outcome_at, at)
        word = self.tokens[at].text.lower() if at < len(self.tokens) else ""
        if word in ("after", "following", "with", "due"):
            return self._after_therapy(outcome_at, at)
        return at

    def _after_therapy(self, outcome_at: int, at: int) -> int:
        stop = at + 1
        while stop < len(self.tokens) and self._kind(stop) not in (",", ";", ".", ":", ")"):
            if self._is_amount(stop) and self._kind(stop + 1) == "responses":
                break
            stop += 1
        inside = self.tokens[at:stop]
        if not any(token.kind == "therapies" for token in inside):
            return at
        outcome = self.tokens[outcome_at].name
        block = self.found.block(self.scope)
        count = block.counts.get(outcome)
        if count is None:
            return at
        words = self.text[inside[0].start : inside[-1].end]
        reason = Value(value=words, start=inside[0].start, end=inside[-1].end)
        block.exclusions.append((outcome, count, reason))
        self.ledger.use_range(at, stop)
        return stop

    def _bracket(self, outcome_at: int, at: int) -> int:
        """``(6 SS, 1 MF)``, ``(70% SS, 25% MF)``, ``(MF)``, ``(AMI)``, ``(after radiotherapy)``."""
        stop = close_of(self.tokens, at)
        inside = range(at + 1, min(stop, len(self.tokens)))
        diseases = [place for place in inside if self._kind(place) == "diseases"]
        outcome = self.tokens[outcome_at]
        if len(diseases) == 1 and len(inside) == 1:
            self._rescope(outcome, self.tokens[diseases[0]])
            self.ledger.use_range(at, stop + 1)
            return stop + 1
        if diseases:
            self._split(outcome, inside)
            return stop + 1
        if outcome.name == "deaths" and inside:
            words = self.text[self.tokens[inside[0]].start : self.tokens[inside[-1]].end]
            place = Value(
                value=words, start=self.tokens[inside[0]].start, end=self.tokens[inside[-1]].end
            )
            self.found.block(self.scope).death_cause = place
            self.ledger.use_range(at, stop + 1)
            return stop + 1
        if inside and self.tokens[inside[0]].text.lower() in ("after", "following", "with"):
            return self._after_therapy(outcome_at, at + 1) + 1
        return at + 1

    def _rescope(self, outcome: Token, disease: Token) -> None:
        """``3 PR (MF)``: the count just read belongs to the disease in brackets."""
        source = self.found.block(self.scope)
        target = self.found.block(disease.name)
        target.scope_place = value_of(disease.name, disease)
        for name in ("counts", "percents"):
            held, wanted = getattr(source, name), getattr(target, name)
            if outcome.name in held:
                wanted[outcome.name] = held.pop(outcome.name)
        if source.scope == ALL and not (source.counts or source.percents):
            self.found.blocks.remove(source)

    def _split(self, outcome: Token, inside: range) -> None:
        """Each disease in the brackets with the amount beside it."""
        for place in inside:
            if self._kind(place) != "diseases":
                continue
            disease = self.tokens[place]
            before, after = place - 1, place + 1
            while self._kind(before) in ("small", "fillers") and before > inside.start:
                before -= 1
            while self._kind(after) in (":", "=", "small", "fillers"):
                after += 1
            amount = next(
                (
                    spot
                    for spot in (before, after)
                    if spot in inside and self._is_amount(spot) and spot not in self.ledger.used
                ),
                None,
            )
            if amount is None:
                continue
            block = self.found.block(disease.name)
            self._store(block, outcome, amount)
            name, token = outcome.name, self.tokens[amount]
            into: dict[str, Value[Any]] = (
                block.percents if token.kind == "percent" else block.counts
            )
            into[name] = value_of(into[name].value, token, disease)
            self.ledger.use(place, amount)
