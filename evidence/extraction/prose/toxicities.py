"""The complications of one arm, from its toxicity tables, else from its sentences."""

from __future__ import annotations

from evidence.extraction.outcomes_table import ToxicCount
from evidence.extraction.prose.arms import period_of
from evidence.extraction.prose.context import Context, fits_percent
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.second import confirms_count
from evidence.extraction.prose.ties import stopped_for
from evidence.model.series import Complication
from evidence.model.source import How
from evidence.vocabulary import Vocabulary


def read_complications(
    path: str, context: Context, vocabulary: Vocabulary, notes: Notes
) -> tuple[Complication, ...] | None:
    """One complication per term and grade; None where neither table nor text counts any."""
    if context.arm.toxicities:
        found: list[Complication] = []
        for toxic in context.arm.toxicities:
            if toxic.grade != "0":
                here = f"{path}[{len(found)}]"
                found.append(_from_table(here, toxic, context, vocabulary, notes))
        return _told_apart(tuple(found), context)
    facts = _prose_facts(context)
    if not facts:
        return None
    return tuple(
        _from_prose(f"{path}[{i}]", fact, context, vocabulary, notes)
        for i, fact in enumerate(facts)
    )


def _told_apart(found: tuple[Complication, ...], context: Context) -> tuple[Complication, ...]:
    """Terms that several tables count in the same grade say which table they are from."""
    counts = [t for t in context.arm.toxicities if t.grade != "0"]
    tables: dict[tuple[str, str | None, str | None], set[str | None]] = {}
    for item, toxic in zip(found, counts, strict=True):
        key = (item.term, item.grade, item.restricted_to)
        tables.setdefault(key, set()).add(toxic.counted.source.table)
    return tuple(
        item.model_copy(update={"restricted_to": toxic.about or item.restricted_to})
        if len(tables[(item.term, item.grade, item.restricted_to)]) > 1
        else item
        for item, toxic in zip(found, counts, strict=True)
    )


def _from_table(
    path: str, toxic: ToxicCount, context: Context, vocabulary: Vocabulary, notes: Notes
) -> Complication:
    count, size = toxic.counted.count, toxic.total or context.size
    preferred, group = vocabulary.complication(toxic.term) or (None, None)
    checks: list[str] = []
    doubt = None
    events = count.events
    if events is not None and size and events > size:
        doubt = f"{events} among {size} patients"
    elif events is not None and size and count.percent is not None:
        if fits_percent(events, size, count.percent):
            checks.append("percent")
        else:
            doubt = f"{events} of {size} is {100 * events / size:.1f}%, printed {count.percent:g}%"
    if doubt is None and grades_add_up(toxic, context.arm.toxicities, size):
        checks.append("sum")
    if preferred and any(
        f.name == preferred
        and f.events == events
        and f.grade == toxic.grade
        and f.events is not None
        for f in _prose_facts(context)
    ):
        checks.append("prose")
    source = toxic.counted.source
    agreed = () if doubt else tuple(checks)
    if events is not None:
        notes.cell(f"{path}.events", source, source.text, checked=agreed, doubt=doubt)
    if count.percent is not None:
        place = toxic.counted.percent_source or source
        notes.cell(f"{path}.percent", place, place.text, checked=agreed, doubt=doubt)
    total = toxic.total if toxic.total != context.size else None
    if total is not None:
        place = toxic.total_source or source
        how = How.STATED if str(total) in place.text.replace(",", "") else How.DERIVED
        notes.cell(f"{path}.total", place, place.text, how=how)
    return Complication(
        term=toxic.term, preferred=preferred, group=group, events=events, percent=count.percent,
        grade=toxic.grade, fatal=True if toxic.grade == "5" and events else None,
        total=total, restricted_to=period_of(toxic, context.arm.label),
    )  # fmt: skip


def grades_add_up(toxic: ToxicCount, all_counts: tuple[ToxicCount, ...], size: int | None) -> bool:
    """Whether a term's grades add up: to its *all grades*, or with grade 0 to all patients."""
    same = [t for t in all_counts if (t.term, t.levels) == (toxic.term, toxic.levels)]
    events = {t.grade: t.counted.count.events for t in same}
    parts = [(g, e) for g, e in events.items() if g is not None]
    if len(parts) != len({g for g, _ in parts}) or any(e is None for _, e in parts):
        return False
    covered = [grade for name, _ in parts for grade in _levels(name or "")]
    if len(parts) < 2 or len(covered) != len(set(covered)):
        return False
    whole = sum(e or 0 for _, e in parts)
    if "0" in events:
        return whole == size and whole > 0
    return events.get(None) is not None and events[None] == whole > 0


def _levels(grade: str) -> list[int]:
    """Grades a printed grade covers: ``1-2`` is 1 and 2, ``>=3`` is 3 to 5."""
    if grade.startswith(">="):
        return list(range(int(grade[2:]), 6))
    low, _, high = grade.partition("-")
    return list(range(int(low), int(high or low) + 1))


def _prose_facts(context: Context) -> list[ProseFact]:
    """Complications the text counts, each once; a scope must be the arm's own.

    Patients whose treatment was stopped for a complication count it where nothing else does.
    """
    found: dict[tuple[str, str | None], ProseFact] = {}
    for fact in sorted(context.facts("complication"), key=lambda f: stopped_for(f.words)):
        if fact.events is not None or fact.percent is not None:
            found.setdefault((fact.name, fact.grade), fact)
    return list(found.values())


def _from_prose(
    path: str, fact: ProseFact, context: Context, vocabulary: Vocabulary, notes: Notes
) -> Complication:
    preferred, group = vocabulary.complication(fact.name) or (None, None)
    size = fact.total or context.size
    checks: tuple[str, ...] = ()
    doubt = None
    if fact.events is not None and size and fact.percent is not None:
        if fits_percent(fact.events, size, fact.percent):
            checks = ("percent",)
        else:
            doubt = f"{fact.events} of {size} is not the printed {fact.percent:g}%"
    placed = fact.place_in_list is not None and fact.total is not None
    if doubt is None and (
        (placed and fact.total == context.size) or confirms_count(fact, vocabulary)
    ):
        checks = (*checks, "second-reading")
    total = fact.total if fact.total != context.size else None
    for name, value in (("events", fact.events), ("percent", fact.percent), ("total", total)):
        if value is not None:
            agreed = checks if name != "total" else ()
            notes.sentence(f"{path}.{name}", fact, checked=agreed, doubt=doubt)
    return Complication(
        term=fact.term or fact.name, preferred=preferred, group=group, events=fact.events,
        grade=fact.grade, fatal=True if fact.fatal and fact.events else None,
        percent=fact.percent, total=total,
    )  # fmt: skip
