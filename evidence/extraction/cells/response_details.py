"""What stands behind an outcome: a split by disease, a cause of death, another therapy."""

from __future__ import annotations

from typing import Any

from evidence.extraction.cells.blocks import ALL
from evidence.extraction.cells.response_cell import ResponseCell
from evidence.extraction.found import Value, close_of, value_of
from evidence.extraction.tokens import Token, word_at


def read_details(cell: ResponseCell, outcome_at: int, at: int) -> int:
    """What follows an outcome: a split by disease, a cause of death, another therapy."""
    if cell.kind(at) == "(":
        return _bracket(cell, outcome_at, at)
    if word_at(cell.tokens, at) in ("after", "following", "with", "due"):
        return _after_therapy(cell, outcome_at, at)
    return at


def _after_therapy(cell: ResponseCell, outcome_at: int, at: int) -> int:
    stop = at + 1
    while stop < len(cell.tokens) and cell.kind(stop) not in (",", ";", ".", ":", ")"):
        if cell.is_amount(stop) and cell.kind(stop + 1) == "responses":
            break
        stop += 1
    inside = cell.tokens[at:stop]
    if not any(token.kind == "therapies" for token in inside):
        return at
    outcome = cell.tokens[outcome_at].name
    block = cell.block
    count = block.counts.get(outcome)
    if count is None:
        return at
    words = cell.text[inside[0].start : inside[-1].end]
    reason = Value(value=words, start=inside[0].start, end=inside[-1].end)
    block.exclusions.append((outcome, count, reason))
    cell.ledger.use_range(at, stop)
    return stop


def _bracket(cell: ResponseCell, outcome_at: int, at: int) -> int:
    """``(6 SS, 1 MF)``, ``(70% SS, 25% MF)``, ``(MF)``, ``(AMI)``, ``(after radiotherapy)``."""
    stop = close_of(cell.tokens, at)
    inside = range(at + 1, min(stop, len(cell.tokens)))
    diseases = [place for place in inside if cell.kind(place) == "diseases"]
    outcome = cell.tokens[outcome_at]
    if len(diseases) == 1 and len(inside) == 1:
        _rescope(cell, outcome, cell.tokens[diseases[0]])
        cell.ledger.use_range(at, stop + 1)
        return stop + 1
    if diseases:
        _split(cell, outcome, inside)
        return stop + 1
    if outcome.name == "deaths" and inside:
        words = cell.text[cell.tokens[inside[0]].start : cell.tokens[inside[-1]].end]
        place = Value(
            value=words, start=cell.tokens[inside[0]].start, end=cell.tokens[inside[-1]].end
        )
        cell.block.death_cause = place
        cell.ledger.use_range(at, stop + 1)
        return stop + 1
    if inside and cell.tokens[inside[0]].text.lower() in ("after", "following", "with"):
        return _after_therapy(cell, outcome_at, at + 1) + 1
    return at + 1


def _rescope(cell: ResponseCell, outcome: Token, disease: Token) -> None:
    """``3 PR (MF)``: the count just read belongs to the disease in brackets."""
    source = cell.block
    target = cell.found.block(disease.name)
    target.scope_place = value_of(disease.name, disease)
    for name in ("counts", "percents"):
        held, wanted = getattr(source, name), getattr(target, name)
        if outcome.name in held:
            wanted[outcome.name] = held.pop(outcome.name)
    if source.scope == ALL and not (source.counts or source.percents):
        cell.found.blocks.remove(source)


def _split(cell: ResponseCell, outcome: Token, inside: range) -> None:
    """Each disease in the brackets with the amount beside it."""
    for place in inside:
        if cell.kind(place) != "diseases":
            continue
        disease = cell.tokens[place]
        before, after = place - 1, place + 1
        while cell.kind(before) in ("small", "fillers") and before > inside.start:
            before -= 1
        while cell.kind(after) in (":", "=", "small", "fillers"):
            after += 1
        amount = next(
            (
                spot
                for spot in (before, after)
                if spot in inside and cell.is_amount(spot) and spot not in cell.ledger.used
            ),
            None,
        )
        if amount is None:
            continue
        block = cell.found.block(disease.name)
        cell.store(block, outcome, amount)
        name, token = outcome.name, cell.tokens[amount]
        into: dict[str, Value[Any]] = block.percents if token.kind == "percent" else block.counts
        into[name] = value_of(into[name].value, token, disease)
        cell.ledger.use(place, amount)
