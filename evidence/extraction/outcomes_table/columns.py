"""Columns that count one group side by side: its number, its percentage."""

from __future__ import annotations

from dataclasses import replace

from evidence.errors import Place, Problem
from evidence.extraction.outcomes_table.counts import CellCount, read_count
from evidence.extraction.outcomes_table.found import Counted
from evidence.extraction.outcomes_table.grid import Line, View
from evidence.extraction.outcomes_table.heads import Head, is_count_head, is_group
from evidence.vocabulary import Vocabulary

SMALL = 200
"""Fewer patients than one of which is half a percent."""


def head_label(head: Head) -> str:
    """The group a column counts, without heads that name none."""
    return " ".join(level for level in head.levels if not is_count_head(level))


def group_columns(view: View) -> list[list[Head]]:
    """The columns below group heads; a column of percentages joins the group before it."""
    merged: list[list[Head]] = []
    for head in (h for h in view.heads[view.labels :] if is_group(h)):
        same = merged and head_label(head) == head_label(merged[-1][0])
        if same and (head.percent_only or not head_label(head)):
            merged[-1].append(head)
        else:
            merged.append([head])
    return merged


def read_group(
    view: View, line: Line, members: list[Head], vocabulary: Vocabulary, document: str
) -> tuple[Counted | None, list[Problem]]:
    """One row's count in a group: the first cell's, completed by the cells beside it."""
    counted: Counted | None = None
    problems: list[Problem] = []
    seen: list[int] = []
    for head in members:
        cell = line.cells[head.index]
        count = read_count(line.text(head.index), vocabulary, percent_only=head.percent_only)
        if count is None or id(cell) in seen:
            continue
        count = _no_percent_is_none(count, head)
        seen.append(id(cell))
        if count.unread:
            problems.append(unread_problem(view, line, head, count.unread, document))
        source = view.source(line, head.index)
        if counted is None:
            counted = Counted(count=count, source=source)
        elif counted.count.events is None and count.events is not None:
            counted = Counted(count=_complete(count, counted.count), source=source,
                              percent_source=counted.source)  # fmt: skip
        elif counted.count.percent is None and count.percent is not None:
            counted = replace(counted, count=_complete(counted.count, count), percent_source=source)
    return counted, problems


def _no_percent_is_none(count: CellCount, head: Head) -> CellCount:
    """No percent of fewer than 200 patients is no patient, however it was rounded."""
    if count.events is None and count.percent == 0 and head.total and head.total < SMALL:
        return replace(count, events=0)
    return count


def _complete(first: CellCount, second: CellCount) -> CellCount:
    return replace(
        first,
        total=first.total if first.total is not None else second.total,
        percent=first.percent if first.percent is not None else second.percent,
    )


def unread_problem(view: View, line: Line, head: Head, words: str, document: str) -> Problem:
    """Words of a cell that no grammar used."""
    source = view.source(line, head.index)
    return Problem(
        code="unread-text",
        message=f"'{words}' was not read in '{source.text}'",
        source=Place(
            document=document, page=source.page, table=view.grid.label, row=line.number,
            column=head.text or None, box_pt=source.box, text=source.text,
        ),
    )  # fmt: skip
