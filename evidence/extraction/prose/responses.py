"""The response blocks of one arm from its tables, each count checked."""

from __future__ import annotations

from evidence.errors import Place, Problem
from evidence.extraction.outcomes_table import Counted, ResponseBlock
from evidence.extraction.prose.arms import arm_key, is_whole
from evidence.extraction.prose.context import Context, count_patients, fits_percent
from evidence.extraction.prose.notes import Notes
from evidence.model.series import Responses
from evidence.model.source import How

NAMED = ("CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR")
_RESPONDERS = ("CR", "PR")


def read_block(
    block: ResponseBlock, path: str, context: Context, notes: Notes
) -> tuple[Responses | None, list[Problem]]:
    """One table block as ``Responses``; counts above the total are refused by name."""
    counts = dict(block.counts)
    total = _total(block, context)
    problems = []
    for name, counted in list(counts.items()):
        count = counted.count.events
        if count is not None and total is not None and count > total:
            problems.append(_impossible(name, count, total, counted, context))
            del counts[name]
    events = {n: c.count.events for n, c in counts.items() if c.count.events is not None}
    if not counts:
        return None, problems
    for name, counted in counts.items():
        checks, doubt = _checks(name, counted, block, events, total, context)
        target = f"{path}.{name}" if name in NAMED else f"{path}.other.{name}"
        if counted.count.events is not None:
            notes.cell(target, counted.source, counted.source.text, checked=checks, doubt=doubt)
        if counted.count.percent is not None:
            place = counted.percent_source or counted.source
            agrees = counted.count.events is not None and "percent" in checks
            notes.cell(f"{path}.stated_percent.{name}", place, place.text,
                       checked=("percent",) if agrees else ())  # fmt: skip
    _note_total(block, total, events, path, notes)
    percents = {n: p for n, c in counts.items() if (p := c.count.percent) is not None}
    responses = Responses(
        scope=_scope(block, context), total=total, timepoint=block.timepoint,
        other={n: e for n, e in events.items() if n not in NAMED},
        stated_percent=percents,
        **{n: events.get(n) for n in NAMED},
    )  # fmt: skip
    return responses, problems


def _note_total(
    block: ResponseBlock, total: int | None, events: dict[str, int], path: str, notes: Notes
) -> None:
    """The denominator's own source: its head or cell, checked by the percentages and the sum."""
    source = block.total_source or next(iter(block.counts.values())).source
    if total is None:
        return
    pairs = [(c.count.events, c.count.percent) for c in block.counts.values()]
    rated = [(e, p) for e, p in pairs if e and p is not None]
    checks = []
    if len(rated) >= 2 and all(fits_percent(e, total, p) for e, p in rated):
        checks.append("percent")
    classes = [e for n, e in events.items() if n not in ("ORR", "DCR")]
    if len(classes) >= 3 and sum(classes) == total:
        checks.append("sum")
    how = How.STATED if block.total is not None else How.DERIVED
    notes.cell(f"{path}.total", source, source.text, how=how, checked=tuple(checks))


def _total(block: ResponseBlock, context: Context) -> int | None:
    stated = {c.count.total for c in block.counts.values() if c.count.total is not None}
    if block.total is not None:
        return block.total
    if len(stated) == 1:
        return stated.pop()
    size = context.size
    pairs = [(c.count.events, c.count.percent) for c in block.counts.values()]
    known = [(e, p) for e, p in pairs if e is not None and p is not None]
    if size and known and all(fits_percent(e, size, p) for e, p in known):
        return size
    return None


def _scope(block: ResponseBlock, context: Context) -> str:
    if block.row_scope:
        return block.row_scope
    own = context.arm.label is not None and arm_key(block.label) == arm_key(context.arm.label)
    first = context.arm.blocks[0].label if context.arm.blocks else ""
    lone = not any(is_whole(b.label) for b in context.arm.blocks) and block.label == first
    if own or is_whole(block.label):
        return "all"
    return "all" if lone and len({b.label for b in context.arm.blocks}) == 1 else block.label


def _checks(
    name: str, counted: Counted, block: ResponseBlock, events: dict[str, int], total: int | None,
    context: Context,
) -> tuple[tuple[str, ...], str | None]:  # fmt: skip
    """(checks that agree, why it is in doubt) of one count."""
    own = events.get(name)
    checks: list[str] = []
    doubt = None
    percent = counted.count.percent
    if own is not None and total and percent is not None:
        if fits_percent(own, total, percent):
            checks.append("percent")
        else:
            doubt = f"{own} of {total} is {100 * own / total:.1f}%, printed {percent:g}%"
    if own is not None and sum_agrees(name, events, total):
        checks.append("sum")
    whole = _scope(block, context) == "all"
    told = context.facts("response", name) if whole and own is not None else []
    counted_in_text = [f for f in told if f.events is not None]
    if any(f.events == own for f in counted_in_text):
        checks.append("prose")
    elif counted_in_text and not checks and doubt is None and block.timepoint is None:
        doubt = f"the text counts {counted_in_text[0].events}: {counted_in_text[0].words}"
    if whole and context.patients and own == count_patients(context).get(name):
        checks.append("patients")
    return (() if doubt else tuple(checks)), doubt


def sum_agrees(name: str, events: dict[str, int], total: int | None) -> bool:
    """Whether parts add up: CR and PR to the stated responders, or all classes to the total."""
    if "ORR" in events and name in ("CR", "PR", "ORR") and all(n in events for n in _RESPONDERS):
        parts = sum(events.get(n, 0) for n in ("CR", "CRi", "sCR", "nCR", "VGPR", "PR"))
        if events["ORR"] in (parts, parts + events.get("MR", 0)):
            return True
    classes = [n for n in events if n not in ("ORR", "DCR")]
    return name in classes and len(classes) >= 3 and total is not None and sum(
        events[n] for n in classes
    ) == total  # fmt: skip


def _impossible(name: str, events: int, total: int, counted: Counted, context: Context) -> Problem:
    source = counted.source
    return Problem(
        code="events-above-total",
        message=f"{name} is {events} among {total} patients; expected events <= total",
        source=Place(document=context.document, page=source.page, table=source.table,
                     row=source.row, column=source.column, box_pt=source.box, text=source.text),
    )  # fmt: skip
