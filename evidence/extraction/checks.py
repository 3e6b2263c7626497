"""Independent checks of a series' values: agreement marks them, contradiction doubts them."""

from __future__ import annotations

from evidence.extraction.borders import BESIDE, TWO_LABELS
from evidence.extraction.cells.outcome import UNCLEAR_COUNT
from evidence.extraction.second import agreed_paths
from evidence.extraction.source import Notes
from evidence.model.outcome import SUMS
from evidence.model.series import Arm, Responses, Series
from evidence.vocabulary import Vocabulary

ARITHMETIC = {"sum", "percent", "population"}
"""Checks that also settle a doubt about the boundaries of the cell; what adds up with other
columns settles one about the head."""
UNANSWERED = ("no response", "mixed response")
"""Categories of the papers' own that exclude every other."""
PARTS = ("CR", "PR", "SD", "PD", "NE", "MR")


def check_series(series: Series, notes: Notes, vocabulary: Vocabulary) -> None:
    """Run every check; the readings in ``notes`` are marked in place."""
    marks: dict[str, set[str]] = {}
    doubts: dict[str, str] = {}
    for at, arm in enumerate(series.arms):
        path = f"arms[{at}]"
        _population(path, arm, marks)
        _complications(path, arm, marks, doubts)
        for place, block in enumerate(arm.responses):
            _sums(f"{path}.responses[{place}]", block, marks, doubts)
            _percents(f"{path}.responses[{place}]", block, marks, doubts)
        _splits(path, arm, marks, doubts)
    for path, doubt in doubts.items():
        note = notes.readings.get(path)
        if note is not None and note.doubt is None:
            notes.readings[path] = note.model_copy(update={"doubt": doubt})
    for path in agreed_paths(series, notes, vocabulary):
        _mark(marks, "second-reading", path)
    for path, names in marks.items():
        _apply(path, names, notes)


def _apply(path: str, names: set[str], notes: Notes) -> None:
    """Mark a reading as checked; one in doubt stays unmarked unless its arithmetic settles it."""
    note = notes.readings.get(path)
    if note is None:
        return
    source = notes.cells.get(note.cell or "")
    by_layout = source is not None and note.doubt in (source.cell.doubt, BESIDE)
    by_layout = by_layout and note.doubt != TWO_LABELS
    by_head = source is not None and source.doubt is not None and note.doubt == source.doubt
    settled = (
        (note.doubt == UNCLEAR_COUNT and names & {"sum", "percent"})
        or (by_layout and names & ARITHMETIC)
        or (by_head and names & {"sum", "population"})
    )
    if note.doubt is None or bool(settled):
        update = {"checked": tuple(sorted({*note.checked, *names})), "doubt": None}
        notes.readings[path] = note.model_copy(update=update)


def _mark(marks: dict[str, set[str]], check: str, *paths: str) -> None:
    for path in paths:
        marks.setdefault(path, set()).add(check)


def decimals(number: float) -> int:
    """Decimals a percentage was printed with, at least what its float shows."""
    text = f"{number:g}"
    return len(text.partition(".")[2])


def agrees(percent: float, events: int, total: int) -> bool:
    """Whether events / total, rounded as printed, is the percentage (half up or down)."""
    exact = 100 * events / total
    half = 0.5 / 10 ** decimals(percent)
    return bool(abs(exact - percent) <= half + 1e-9)


def _percents(
    path: str, block: Responses, marks: dict[str, set[str]], doubts: dict[str, str]
) -> None:
    """Percentages against counts; a count that differs is in doubt, too, unless it adds up."""
    total = block.total
    if not total:
        return
    for name, percent in block.stated_percent.items():
        place = f"{path}.stated_percent.{name}"
        events, parts = _events(block, name)
        if events is None:
            continue
        if agrees(percent, events, total):
            _mark(marks, "percent", place, *(f"{path}.{p}" for p in parts))
            if events:  # none is 0% of any number
                _mark(marks, "percent", f"{path}.total")
            continue
        own = parts[0].endswith(name)
        if own or len(parts) == len(SUMS.get(name, ())):
            shown = 100 * events / total
            why = f"{events} of {total} is {shown:.3g}%, not {percent:g}%"
            doubts[place] = why
            if own and "sum" not in marks.get(f"{path}.{parts[0]}", ()):
                doubts[f"{path}.{parts[0]}"] = why


def _events(block: Responses, name: str) -> tuple[int | None, tuple[str, ...]]:
    """The count a percentage speaks of, and the fields it is made of."""
    own = getattr(block, name, None) if name in type(block).model_fields else block.other.get(name)
    if isinstance(own, int):
        return own, (name,) if name in type(block).model_fields else (f"other.{name}",)
    sums = SUMS.get(name)
    if sums is None:
        return None, ()
    present = tuple(part for part in sums if getattr(block, part) is not None)
    if not present:
        return None, ()
    return sum(getattr(block, part) for part in present), present


def _sums(path: str, block: Responses, marks: dict[str, set[str]], doubts: dict[str, str]) -> None:
    """Categories that together make the total or the stated responders, or exceed the total."""
    counted = {name: getattr(block, name) or 0 for name in PARTS}
    if block.total is not None and sum(counted.values()) > block.total:
        why = f"the categories add up to {sum(counted.values())}, among {block.total} patients"
        doubts.update({f"{path}.{name}": why for name, events in counted.items() if events})
    _parts_of_more(path, block, doubts)
    whole = _partition(block)
    if whole:
        _mark(marks, "sum", f"{path}.total", *(f"{path}.{name}" for name in whole))
    if None not in (block.ORR, block.CR, block.PR) and _responders(block) == block.ORR:
        _mark(marks, "sum", f"{path}.ORR", f"{path}.CR", f"{path}.PR")


def _parts_of_more(path: str, block: Responses, doubts: dict[str, str]) -> None:
    """A part above the whole that includes it: CR of 60% among responders of 9%."""
    for whole, parts in SUMS.items():
        for part in parts:
            counts = (getattr(block, whole), getattr(block, part))
            percents = (block.stated_percent.get(whole), block.stated_percent.get(part))
            for prefix, (most, some) in (("", counts), ("stated_percent.", percents)):
                if most is not None and some is not None and some > most:
                    why = f"{part} is {some:g}, above {whole} of {most:g}"
                    doubts.update({f"{path}.{prefix}{name}": why for name in (whole, part)})


def _partition(block: Responses) -> tuple[str, ...]:
    """The categories that together make the total, with or without the deaths; none otherwise."""
    if block.total is None:
        return ()
    rest = sum(block.other.values())
    others = tuple(f"other.{name}" for name in block.other)
    unanswered = tuple(f"other.{name}" for name in UNANSWERED if name in block.other)
    for names in ((*PARTS, "deaths"), PARTS):
        present = tuple(name for name in names if getattr(block, name) is not None)
        whole = sum(getattr(block, name) for name in present)
        failed = sum(block.other[name] for name in UNANSWERED if name in block.other)
        for counted, extra in ((whole + rest, others), (whole + failed, unanswered), (whole, ())):
            if counted == block.total and len(present) + len(extra) >= 2:
                return (*present, *extra)
    return ()


def _responders(block: Responses) -> int:
    return (block.CR or 0) + (block.PR or 0)


def _complications(path: str, arm: Arm, marks: dict[str, set[str]], doubts: dict[str, str]) -> None:
    """Events against the percentage printed beside them."""
    evaluable = next((block.total for block in _whole(arm) if block.scope == "all"), None)
    for at, item in enumerate(arm.complications or ()):
        total = item.total or arm.size or evaluable
        if item.events is None or item.percent is None or not total:
            continue
        places = [f"{path}.complications[{at}].{name}" for name in ("events", "percent")]
        if agrees(item.percent, item.events, total):
            _mark(marks, "percent", *places)
        else:
            shown = 100 * item.events / total
            why = f"{item.events} of {total} is {shown:.3g}%, not {item.percent:g}%"
            doubts.update(dict.fromkeys(places, why))


def _splits(path: str, arm: Arm, marks: dict[str, set[str]], doubts: dict[str, str]) -> None:
    """Counts by disease that add up to the count of all."""
    blocks = [at for at, block in enumerate(arm.responses) if block in _whole(arm)]
    whole = next((at for at in blocks if arm.responses[at].scope == "all"), None)
    parts = [at for at in blocks if at != whole]
    if whole is None or len(parts) < 2:
        return
    for name in (*PARTS, "ORR"):
        stated = getattr(arm.responses[whole], name)
        split = [getattr(arm.responses[at], name) for at in parts]
        if stated is None or None in split:
            continue
        paths = [f"{path}.responses[{at}].{name}" for at in (whole, *parts)]
        if sum(split) == stated:
            _mark(marks, "sum", *paths)
        else:
            for place in paths:
                doubts[place] = f"the diseases add up to {sum(split)}, not {stated}"


def _whole(arm: Arm) -> list[Responses]:
    """Responses of whole patients to the whole treatment."""
    return [b for b in arm.responses if b.compartment is None and b.timepoint is None]


def _population(path: str, arm: Arm, marks: dict[str, set[str]]) -> None:
    """Patients by disease against the stated total and against the responses' sum."""
    listed = sum(arm.population.values())
    places = [f"{path}.population.{name}" for name in arm.population]
    if arm.total is not None and arm.population and listed == arm.total and len(places) > 1:
        _mark(marks, "population", f"{path}.total", *places)
    for at, block in enumerate(arm.responses):
        if not _partition(block):
            continue
        if block.scope == "all" and block.total == (arm.total or listed):
            _mark(marks, "sum", f"{path}.total", *places)
        elif block.scope in arm.population and arm.population[block.scope] == block.total:
            _mark(marks, "sum", f"{path}.population.{block.scope}", f"{path}.responses[{at}].total")
