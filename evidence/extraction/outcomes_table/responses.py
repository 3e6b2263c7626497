"""Response tables of one paper: outcomes as rows under arms, or arms as rows under outcomes."""

from __future__ import annotations

import re

from evidence.errors import Problem
from evidence.extraction.outcomes_table.columns import (
    group_columns,
    head_label,
    read_group,
    unread_problem,
)
from evidence.extraction.outcomes_table.counts import read_count
from evidence.extraction.outcomes_table.found import Counted, ResponseBlock
from evidence.extraction.outcomes_table.grid import Line, View
from evidence.extraction.outcomes_table.heads import Head, clean_head
from evidence.model.source import CellSource
from evidence.vocabulary import Vocabulary

OUTCOMES = frozenset(
    ["CR", "PR", "SD", "PD", "MR", "NE", "ORR", "DCR", "VGPR", "sCR", "CRi", "nCR", "no response",
     "mixed response"]
)  # fmt: skip
_SUMS = {frozenset(["CR", "PR"]): "ORR", frozenset(["CR", "PR", "SD"]): "DCR"}
_CORE = frozenset(["CR", "PR", "SD", "PD", "ORR"])
_RATE = re.compile(r"\s*[,:]?\s*\b(?:rates?|patients|n|no\.?)\b\s*|[*†‡§¶#%]|\(\s*\)", re.I)
_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def outcome_of(label: str, vocabulary: Vocabulary) -> str | None:
    """``Overall response rate*, %`` is ORR; ``Complete response (CR)`` is CR."""
    label = re.sub(r"(?<=\w)- (?=[a-z])", "", " ".join(label.split()))
    plain = _RATE.sub(" ", _BRACKET.sub(" ", label)).strip(" ,;:.")
    inside = [a or b for a, b in _BRACKET.findall(label)]
    for text in inside:
        parts = frozenset(re.split(r"\s*\+\s*", text.strip()))
        if parts in _SUMS:
            return _SUMS[parts]
    for text in (label, plain, plain + " rate", *re.split(r"\s*,\s*", plain), *inside):
        found = vocabulary.response(text) if text.strip() else None
        if found is None and re.fullmatch(r"CR\s?u\W*", text.strip(), re.I):
            found = "CRi"
        if found in OUTCOMES:
            return found
    return None


def read_responses(
    view: View, vocabulary: Vocabulary, *, document: str
) -> tuple[list[ResponseBlock], list[Problem]]:
    """Blocks of a response table; nothing where it is another kind of table."""
    by_head = {h.index: o for h in view.heads if (o := outcome_of(h.text, vocabulary))}
    if len(set(by_head.values()) & _CORE) >= 2:
        blocks, problems = _arms_as_rows(view, by_head, vocabulary, document)
        return blocks, problems
    rows = [(line, _row_outcome(line, view, vocabulary)) for line in view.lines]
    if len({o for _, o in rows} & _CORE) < 2:
        return [], []
    blocks, problems = _arms_as_columns(view, rows, vocabulary, document)
    return blocks, problems


def _row_outcome(line: Line, view: View, vocabulary: Vocabulary) -> str | None:
    for column in reversed(range(view.labels)):
        found = outcome_of(line.text(column), vocabulary)
        if found:
            return found
    return None


def _arms_as_columns(
    view: View, rows: list[tuple[Line, str | None]], vocabulary: Vocabulary, document: str
) -> tuple[list[ResponseBlock], list[Problem]]:
    blocks: list[ResponseBlock] = []
    problems: list[Problem] = []
    for group, section in dict.fromkeys((x.group, x.section) for x, outcome in rows if outcome):
        lines = [(x, o) for x, o in rows if o and (x.group, x.section) == (group, section)]
        totals = _total_line(view, section)
        for members in group_columns(view):
            counts, found = _column_counts(view, lines, members, vocabulary, document)
            problems += found
            if counts:
                total, stated = view.size(lines[0][0], members[0])
                if total is None:
                    total, stated = _first_count(view, totals, members, vocabulary)
                blocks.append(
                    ResponseBlock(label=head_label(members[0]), total=total, total_source=stated,
                                  counts=counts,
                                  row_scope=None if is_everybody(group) else group,
                                  timepoint=section, table=view.grid.label)
                )  # fmt: skip
    return blocks, problems


def is_everybody(words: str | None) -> bool:
    """Whether a subgroup's name means all patients: none, ``All patients``, ``Overall``."""
    return words is None or re.fullmatch(
        r"(?:the\s)?(?:total|all|overall|whole|entire|combined|both)"
        r"(?:\s(?:patients|series|cohorts?|population|subjects|cases|study|treated|evaluable|"
        r"groups?|arms?))*",
        words.strip(), re.IGNORECASE,
    ) is not None  # fmt: skip


def _column_counts(
    view: View,
    lines: list[tuple[Line, str]],
    members: list[Head],
    vocabulary: Vocabulary,
    document: str,
) -> tuple[dict[str, Counted], list[Problem]]:
    counts: dict[str, Counted] = {}
    problems: list[Problem] = []
    for line, outcome in lines:
        counted, found = read_group(view, line, members, vocabulary, document)
        problems += found
        kept = counts.get(outcome)
        if counted is not None and (kept is None or kept.count.events is None):
            counts[outcome] = counted if counted.count.events is not None or not kept else kept
    return counts, problems


def _total_line(view: View, section: str | None) -> Line | None:
    for line in view.lines:
        if line.section == section and re.fullmatch(
            r"(?:total|all|evaluable|assessable|n)(?: (?:patients|evaluable|n|no\.?))*",
            clean_head(line.text(0)), re.IGNORECASE,
        ):  # fmt: skip
            return line
    return None


def _first_count(
    view: View, line: Line | None, members: list[Head], vocabulary: Vocabulary
) -> tuple[int | None, CellSource | None]:
    for head in members:
        count = read_count(line.text(head.index), vocabulary) if line else None
        if line is not None and count and count.events is not None:
            return count.events, view.source(line, head.index)
    return None, None


def _arms_as_rows(
    view: View, by_head: dict[int, str], vocabulary: Vocabulary, document: str
) -> tuple[list[ResponseBlock], list[Problem]]:
    sizes = [h for h in view.heads if h.index not in by_head and _is_size(h)]
    blocks: list[ResponseBlock] = []
    problems: list[Problem] = []
    carried: dict[int, str] = {}
    for line in view.lines:
        counts: dict[str, Counted] = {}
        for index, outcome in by_head.items():
            count = read_count(
                line.text(index), vocabulary, percent_only=view.heads[index].percent_only
            )
            if count is None:
                continue
            if count.unread:
                problems.append(
                    unread_problem(view, line, view.heads[index], count.unread, document)
                )
            if outcome not in counts or counts[outcome].count.events is None:
                counts[outcome] = Counted(count=count, source=view.source(line, index))
        words, timepoint = _row_labels(view, line, carried)
        if len(counts) >= 2 and words:
            total, stated = _first_count(view, line, sizes, vocabulary)
            blocks.append(
                ResponseBlock(label=words[-1], total=total, total_source=stated, counts=counts,
                              row_scope=words[0] if len(words) > 1 else _other(line.section, words),
                              timepoint=timepoint, table=view.grid.label)
            )  # fmt: skip
    return blocks, problems


def _other(section: str | None, words: list[str]) -> str | None:
    return section if section not in words else None


def _row_labels(view: View, line: Line, carried: dict[int, str]) -> tuple[list[str], str | None]:
    """(words that name the row, timepoint): a first label reaches down, a bare number is a time."""
    words: list[str] = []
    timepoint: str | None = None
    for column in range(view.labels):
        text = clean_head(line.text(column))
        if column < view.labels - 1:
            text = carried[column] = text or carried.get(column, "")
        if re.fullmatch(r"\d+(?:\.\d+)?", text):
            timepoint = f"{view.heads[column].text} {text}".strip()
        elif text:
            words.append(text)
    if not words and line.section:
        words = [line.section]
    return words, timepoint


def _is_size(head: Head) -> bool:
    return re.fullmatch(
        r"(?:n|no\.?|number|total|patients|cases|evaluable|pts|(?:no\.?|number) of "
        r"(?:patients|cases|pts))",
        head.printed.strip(" ."), re.I,
    ) is not None  # fmt: skip
