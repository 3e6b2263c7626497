"""Columns of responses: one outcome, several, or cells that name their own."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extraction.cells.blocks import ALL, Block
from evidence.extraction.cells.outcome import parse_outcome, parse_outcomes
from evidence.extraction.cells.outcome_tokens import outcome_tokens
from evidence.extraction.cells.parts import Whole, split_whole
from evidence.extraction.cells.responses import parse_responses
from evidence.extraction.cells.shares import ROUNDING
from evidence.extraction.cells.told_times import told_times
from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.times import add_response_time, doubt_brackets
from evidence.extraction.found import Value

_UNNAMED = "the head says only that it is a response"


def read_responses(arm: ArmReader, column: Column, key: str) -> None:
    """A cell with several outcomes; under the head of one an amount before them is of that one.

    The times of endpoints it tells are read by themselves.
    """
    told = told_times(arm.text(key), arm.vocabulary)
    for time in told.times:
        if time.endpoint is not None:
            doubt_brackets(time, arm.text(key))
        add_response_time(arm, time, key)
    if told.times and not re.search(r"\w", told.rest):
        return
    found = parse_responses(
        told.rest, arm.vocabulary, patients=arm.patients.size,
        lead=column.name if column.role == "outcome" else None,
    )  # fmt: skip
    if not found.blocks and re.match(r"\W*\d", arm.text(key)):
        _read_bare(arm, column, key)
        return
    if not found.blocks and found.status == "none":
        arm.notes.mark_unread(key, arm.text(key).strip())
        return
    for block in found.blocks:
        _add(arm, column, key, block)
    for doubt in found.doubts:
        arm.notes.problem("contradiction-in-cell", f"{doubt}.", key)
    arm.notes.mark_unread(key, found.unread)


def _read_bare(arm: ArmReader, column: Column, key: str) -> None:
    """An amount alone under *Response*: the responders, with a doubt that says so."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form)
    if found.unread is not None:
        arm.notes.mark_unread(key, arm.text(key))
        return
    block = Block(total=found.total)
    if found.count is not None:
        block.counts["ORR"] = replace(found.count, doubt=found.count.doubt or _UNNAMED)
    if found.percent is not None:
        block.percents["ORR"] = replace(found.percent, doubt=found.percent.doubt or _UNNAMED)
    _add(arm, column, key, block)


def read_outcome(arm: ArmReader, column: Column, key: str) -> None:
    """A column of one outcome; a cell that names outcomes itself speaks of those."""
    whole = split_whole(arm.text(key), arm.vocabulary) if column.name == "deaths" else None
    tokens = outcome_tokens(arm.text(key), arm.vocabulary)
    if whole is None and any(token.kind == "responses" for token in tokens):
        read_responses(arm, column, key)
        return
    text = arm.text(key)[: whole.end if whole else None]
    found = parse_outcome(text, arm.vocabulary, form=column.form)
    block = Block(total=found.total)
    if found.count is not None:
        block.counts[column.name] = found.count
    if found.percent is not None:
        block.percents[column.name] = found.percent
    if whole is not None:
        block.death_cause = _cause(whole)
    if block.counts or block.percents:
        _add(arm, column, key, block)
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-number", f"{found.doubt}.", key)


def _cause(whole: Whole) -> Value[str]:
    """``sepsis 1, LCH 1`` of ``2 (sepsis 1, LCH 1)``: what the patients died of, as printed."""
    words = whole.rest.strip(" ,;.")
    start = whole.rest.index(words)
    return Value(value=words, start=start, end=start + len(words))


def _add(arm: ArmReader, column: Column, key: str, block: Block) -> None:
    """Keep the block with what the head says of whom and when it is."""
    rest = column.rest
    block.timepoint, block.compartment = rest.timepoint, rest.compartment
    if rest.scope is not None and block.scope == ALL:
        block.scope = rest.scope
    arm.blocks.append((key, block))


def read_outcomes(arm: ArmReader, column: Column, key: str) -> None:
    """A column of several outcomes parted by strokes or by brackets."""
    if column.bracketed and column.form == "n-percent" and _holds_percent(arm, key):
        read_outcome(arm, replace(column, name=column.names[0]), key)
        return
    parts = parse_outcomes(
        arm.text(key), arm.vocabulary, column.names, form=column.form, bracketed=column.bracketed
    )
    if parts is None and re.search(r"[^\W\d_]{2}", arm.text(key)):
        read_responses(arm, column, key)
        return
    if parts is None:
        _read_together(arm, column, key)
        return
    for name, found in zip(column.names, parts, strict=True):
        block = Block(total=found.total)
        if found.count is not None:
            block.counts[name] = found.count
        if found.percent is not None:
            block.percents[name] = found.percent
        _add(arm, column, key, block)
    arm.notes.mark_unread(key, " ".join(part.unread for part in parts if part.unread) or None)


def _holds_percent(arm: ArmReader, key: str) -> bool:
    """Under ``ORR (CR), n (%)``: whether ``25 (34)`` is 25 patients and their 34 %."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form="n-percent")
    size = found.total.value if found.total else arm.patients.size
    if found.count is None or found.percent is None or not size:
        return "%" in arm.text(key)
    shown = 100 * found.count.value / size
    return "%" in arm.text(key) or abs(shown - found.percent.value) <= ROUNDING


def _read_together(arm: ArmReader, column: Column, key: str) -> None:
    """One amount under several outcomes: ``CR/CRi`` counts both together, ``CR/PR`` responders.

    Under ``ORR (CR)`` it is of the first; more amounts there cannot be told apart.
    """
    if column.bracketed and "(" in arm.text(key):
        arm.notes.mark_unread(key, arm.text(key).strip())
        return
    if column.bracketed:
        read_outcome(arm, replace(column, name=column.names[0]), key)
        return
    name = "ORR" if set(column.names) == {"CR", "PR"} else "/".join(column.names)
    read_outcome(arm, replace(column, name=name), key)
