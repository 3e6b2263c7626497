"""The responses of one arm where no table counts them: from its sentences or its patient rows."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.errors import Place, Problem
from evidence.extraction.prose.context import (
    RARE,
    Context,
    chance_of_fit,
    count_patients,
    fits_percent,
)
from evidence.extraction.prose.denominators import CLASSES, find_denominator
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.responses import NAMED, sum_agrees
from evidence.extraction.prose.second import confirms_count
from evidence.extraction.prose.sums import rates_agree
from evidence.model.series import Responses
from evidence.model.source import How, ReadingNote


def from_prose(path: str, context: Context, notes: Notes) -> tuple[Responses | None, list[Problem]]:
    """The whole arm's responses as sentences state them; sentences that differ leave a doubt."""
    facts = _of_most([f for f in context.facts("response") if _says(f)])
    sizes = [f for f in context.facts("patients") if f.events]
    return _block(path, facts, sizes, context, notes, scope="all")


def parts_from_prose(
    path: str, first: int, context: Context, notes: Notes
) -> tuple[list[Responses], list[Problem]]:
    """A block for each disease, compartment and time of which sentences count responses."""
    own = [f for f in context.reading.of("response") if _says(f) and not context.speaks_of(f)]
    groups: dict[tuple[str, str | None, str | None], list[ProseFact]] = {}
    for fact in own:
        if fact.scope_kind == "disease" and fact.scope is not None:
            key = (fact.scope, fact.compartment, fact.timepoint)
            groups.setdefault(key, []).append(fact)
        elif (fact.compartment or fact.timepoint) and not fact.scope_kind:
            groups.setdefault(("all", fact.compartment, fact.timepoint), []).append(fact)
    found: list[Responses] = []
    problems: list[Problem] = []
    for (scope, compartment, timepoint), facts in groups.items():
        here = f"{path}[{first + len(found)}]"
        counted = any(f.events is not None and f.total is not None for f in facts)
        if not counted or context.arm.label is not None:
            continue
        block, missed = _block(here, facts, [], context, notes, scope=scope)
        problems += missed
        if block is not None:
            update = {"compartment": compartment, "timepoint": timepoint}
            found.append(block.model_copy(update=update))
    return found, problems


def _of_most(facts: list[ProseFact]) -> list[ProseFact]:
    """The facts without those of far fewer patients than another is of: a part's, though no word
    says whose."""
    largest = max((f.total or 0 for f in facts), default=0)
    return [f for f in facts if f.total is None or f.total * 10 >= 8 * largest]


def _says(fact: ProseFact) -> bool:
    return fact.events is not None or fact.percent is not None or fact.everyone


def _block(
    path: str, facts: Sequence[ProseFact], sizes: Sequence[ProseFact], context: Context,
    notes: Notes, *, scope: str,
) -> tuple[Responses | None, list[Problem]]:  # fmt: skip
    chosen = _choose(facts, context)
    percents: dict[str, ProseFact] = {}
    for fact in facts:
        if fact.percent is not None:
            percents.setdefault(fact.name, fact)
    if not chosen and not percents:
        return None, []
    events = {n: _events(f, context) for n, f in chosen.items()}
    counts = {n: e for n, e in events.items() if e is not None}
    total = find_denominator(chosen, counts, percents, sizes)
    if total is not None and any(e > total.n for e in counts.values()):
        total = None
    n = total.n if total else None
    problems = _note_counts(path, chosen, counts, percents, n, facts, context, notes)
    _note_percents(path, percents, counts, n, facts, context, notes)
    if total is not None:
        again = [f for f in (*sizes, *facts) if total.n in (f.total, _size(f))]
        told = any(f.sentence != total.fact.sentence for f in again)
        checks = {*total.checks, *(("second-reading",) if told else ())}
        notes.sentence(f"{path}.total", total.fact, how=total.how, checked=tuple(sorted(checks)))
    responses = Responses(
        scope=scope, total=n, stated_percent={k: f.percent for k, f in percents.items()
                                              if f.percent is not None},
        other={k: e for k, e in counts.items() if k not in NAMED},
        **{k: counts.get(k) for k in NAMED},
    )  # fmt: skip
    return responses, problems


def _size(fact: ProseFact) -> int | None:
    return fact.events if fact.kind == "patients" else None


def _events(fact: ProseFact, context: Context) -> int | None:
    if fact.everyone and fact.events is None and context.size is not None:
        return max(context.size - fact.excepted, 0)
    return fact.events


def _choose(facts: Sequence[ProseFact], context: Context) -> dict[str, ProseFact]:
    """For each outcome the sentence that tells it of the most patients, the abstract's first."""
    chosen: dict[str, ProseFact] = {}
    for fact in sorted(facts, key=lambda f: _OF_ALL.index(_of_all(f, context))):
        if _events(fact, context) is not None:
            chosen.setdefault(fact.name, fact)
    return chosen


_OF_ALL = (True, None, False)


def _of_all(fact: ProseFact, context: Context) -> bool | None:
    """Whether a count is of as many patients as the arm has; None where it does not say."""
    if fact.total is None or context.size is None:
        return None
    return fact.total == context.size


def _note_counts(
    path: str, chosen: dict[str, ProseFact], counts: dict[str, int],
    percents: dict[str, ProseFact], total: int | None, facts: Sequence[ProseFact],
    context: Context, notes: Notes,
) -> list[Problem]:  # fmt: skip
    problems: list[Problem] = []
    for name, fact in chosen.items():
        checks, doubt = _checks(name, fact, counts, percents, total, context)
        others = [f for f in facts if f.name == name and f.sentence != fact.sentence]
        differing = [f for f in others if f.events not in (None, counts[name])]
        again = [*others, *context.said_again("response", name)]
        if any(f.events == counts[name] for f in again):
            checks.append("second-reading")
        if differing and doubt is None:
            problems.append(_differs(fact, counts[name], differing[0], context))
            if not checks or differing[0].total == total:
                doubt = f"another sentence counts {differing[0].events}: {differing[0].words}"
        elif confirms_count(fact, context.vocabulary):
            checks.append("second-reading")
        where = name if name in NAMED else f"other.{name}"
        notes.sentence(f"{path}.{where}", fact,
                       how=How.DERIVED if fact.events is None else How.STATED,
                       checked=() if doubt else tuple(sorted(set(checks))),
                       doubt=doubt)  # fmt: skip
    return problems


def _checks(
    name: str, fact: ProseFact, events: dict[str, int], percents: dict[str, ProseFact],
    total: int | None, context: Context,
) -> tuple[list[str], str | None]:  # fmt: skip
    checks: list[str] = []
    if fact.percent is not None and fact.events is not None and total:
        if not fits_percent(fact.events, total, fact.percent):
            return [], f"{fact.events} of {total} is not the printed {fact.percent:g}%"
        checks.append("percent")
    if sum_agrees(name, events, total) or (total and rates_agree(name, events, percents, total)):
        checks.append("sum")
    if context.patients and fact.events == count_patients(context).get(name):
        checks.append("patients")
    return checks, None


def _note_percents(
    path: str, percents: dict[str, ProseFact], counts: dict[str, int], total: int | None,
    facts: Sequence[ProseFact], context: Context, notes: Notes,
) -> None:  # fmt: skip
    for name, fact in percents.items():
        percent = fact.percent or 0.0
        checks = []
        others = [f for f in facts if f.name == name and f.sentence != fact.sentence]
        whole = total or context.size
        if name in counts and total:
            checks += ["percent"] if fits_percent(counts[name], total, percent) else []
        elif whole and percent and chance_of_fit([percent], whole) <= RARE:
            checks.append("percent")
        again = [*others, *context.said_again("response", name)]
        if any(f.percent == fact.percent for f in again):
            checks.append("second-reading")
        of_others = {n: count for n, count in counts.items() if n != name}
        if rates_agree(name, of_others, percents, total):
            checks.append("sum")
        differing = [f for f in others if f.percent not in (None, fact.percent)]
        if not differing and not fact.events and confirms_count(fact, context.vocabulary):
            checks.append("second-reading")
        doubt = None
        if differing and not checks:
            doubt = f"another sentence states {differing[0].percent:g}%: {differing[0].words}"
        notes.sentence(f"{path}.stated_percent.{name}", fact, checked=tuple(checks), doubt=doubt)


def from_patients(path: str, context: Context, notes: Notes) -> Responses | None:
    """Responses counted over patient rows: derived, with the first row's cell as place."""
    counted = count_patients(context)
    if not counted:
        return None
    unknown = [n for n in counted if not context.vocabulary.response(n)]
    cells = [p.cells.get("response.overall") for p in context.patients]
    unread = [cell.unread for cell in cells if cell and cell.unread]
    words = ", ".join(map(repr, dict.fromkeys((*unknown, *unread))))
    doubt = f"the rows also hold {words}" if words else None
    for name in counted:
        place = f"{path}.{name}" if name in NAMED else f"{path}.other.{name}"
        rows = [p for p in context.patients if p.response.get("overall") == name]
        source = next((c for p in rows if (c := p.cells.get("response.overall"))), None)
        if source is None:
            notes.readings[place] = ReadingNote(how=How.DERIVED, doubt=doubt)
        else:
            notes.cell(place, source, source.text, how=How.DERIVED, doubt=doubt)
    values = {n: counted.get(n) for n in CLASSES}
    if any(p.response.get("overall") == "ORR" for p in context.patients):
        values["ORR"] = counted["ORR"]
    other = {n: e for n, e in counted.items() if n not in NAMED}
    return Responses(total=len(context.patients), other=other, **values)


def _differs(kept: ProseFact, events: int, fact: ProseFact, context: Context) -> Problem:
    return Problem(
        code="sentences-differ",
        message=f"{fact.name} is {events} in one sentence ('{kept.words}') and {fact.events} in "
                f"another ('{fact.words}')",
        source=Place(
            document=context.document, page=fact.page, box_pt=fact.box_pt, text=fact.words
        ),
    )  # fmt: skip
