"""Columns of complications: a list in a cell, or a column per term."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from evidence.extraction.cells.complications import parse_complications
from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.terms import Item
from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.found import Value
from evidence.model.series import Complication

_IN_BRACKETS = re.compile(r"\((?:\w+ )?grades?\)", re.IGNORECASE)
"""The head says that brackets hold grades."""
_BARE = re.compile(r"[\d\s.,·%()/]*\d[\d\s.,·%()/]*")
"""Amounts alone: the head is the term."""


def _add(arm: ArmReader, complication: Complication) -> None:
    arm.complications = [*(arm.complications or []), complication]


def _note(arm: ArmReader, key: str, **values: Value[Any] | None) -> None:
    path = f"{arm.path}.complications[{len(arm.complications or [])}]"
    for name, value in values.items():
        if value is not None:
            arm.notes.note_value(f"{path}.{name}", key, value)


def read_complications(arm: ArmReader, column: Column, key: str) -> None:
    """A list of complications; an explicit *none* gives an empty list."""
    if _BARE.fullmatch(arm.text(key)):
        read_complication_count(arm, replace(column, name=column.head), key)
        return
    found = parse_complications(arm.text(key), arm.vocabulary)
    if found.items is None:
        arm.notes.mark_unread(key, found.unread)
        return
    arm.complications = arm.complications or []
    whole = replace(column, name=column.head)
    missed = _add_count(arm, whole, key, end=found.whole_end) if found.whole_end else None
    for item in found.items:
        if _IN_BRACKETS.search(column.head):
            _grade_in_brackets(item, arm.text(key))
        _note(arm, key, term=item.term, events=item.events, percent=item.percent, total=item.total)
        _add(arm, _complication(item, column.grade))
    arm.notes.mark_unread(key, " ".join(filter(None, (missed, found.unread))) or None)


def _grade_in_brackets(item: Item, text: str) -> None:
    """``Leukopenia 3 (2)`` under *Toxicity (grade)*: the bracket holds no percentage."""
    bracketed = item.percent
    if bracketed is None or "%" in text[bracketed.start : bracketed.end]:
        return
    item.percent, item.grade = None, item.grade or f"{bracketed.value:g}"


def _complication(item: Item, grade: str | None) -> Complication:
    return Complication(
        term=item.term.value,
        preferred=item.preferred,
        group=item.group,
        events=item.events.value if item.events else None,
        total=item.total.value if item.total else None,
        percent=item.percent.value if item.percent else None,
        grade=item.grade or grade,
        fatal=item.fatal,
        symptomatic=item.symptomatic,
        with_terms=item.with_terms,
        restricted_to=item.restricted_to,
    )


def read_complication_count(arm: ArmReader, column: Column, key: str) -> None:
    """A column of one complication: its head is the term, unless the cell names terms itself."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form)
    if re.search(r"[^\W\d_]", found.unread or ""):
        read_complications(arm, column, key)
        return
    arm.notes.mark_unread(key, _add_count(arm, column, key, end=None))


def _add_count(arm: ArmReader, column: Column, key: str, *, end: int | None) -> str | None:
    """The amount up to ``end`` as the head's term; returns the words left unread."""
    found = parse_outcome(arm.text(key)[:end], arm.vocabulary, form=column.form)
    if found.count is None and found.percent is None:
        return found.unread
    _note(arm, key, events=found.count, percent=found.percent, total=found.total)
    preferred, group = arm.vocabulary.complication(column.name) or (None, None)
    _add(
        arm,
        Complication(
            term=column.term or column.head,
            preferred=preferred,
            group=group,
            events=found.count.value if found.count else None,
            total=found.total.value if found.total else None,
            percent=found.percent.value if found.percent else None,
            grade=column.grade,
        ),
    )
    return found.unread
