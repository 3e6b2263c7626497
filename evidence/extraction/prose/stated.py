"""The responses of one arm where no table counts them: from its sentences or its patient rows."""

from __future__ import annotations

from evidence.errors import Place, Problem
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.responses import (
    NAMED,
    Context,
    count_patients,
    fits_percent,
    prose_facts,
    sum_agrees,
)
from evidence.model.series import Responses
from evidence.model.source import How


def from_prose(path: str, context: Context, notes: Notes) -> tuple[Responses | None, list[Problem]]:
    """Responses stated only in sentences; two sentences that differ leave the value in doubt."""
    chosen: dict[str, ProseFact] = {}
    percent: dict[str, ProseFact] = {}
    problems: list[Problem] = []
    rank = {"results": 0, "abstract-results": 1, "abstract": 1}
    for fact in sorted(prose_facts(context), key=lambda f: rank.get(f.role, 2)):
        if fact.events is not None:
            kept = chosen.setdefault(fact.name, fact)
            if kept.events != fact.events:
                problems.append(_differs(kept, fact, context))
        if fact.percent is not None:
            percent.setdefault(fact.name, fact)
    if not chosen and not percent:
        return None, problems
    events = {n: f.events for n, f in chosen.items() if f.events is not None}
    total, derived = _prose_total(chosen, events, percent, context)
    if total is not None and any(e > total for e in events.values()):
        total = None
    for name, fact in chosen.items():
        differs = any(
            f.name == name and f.events not in (None, fact.events) for f in prose_facts(context)
        )
        checks, doubt = _prose_checks(name, fact, events, total, context)
        why = "sentences differ" if differs else doubt
        notes.sentence(f"{path}.{name}", fact, checked=() if why else checks, doubt=why)
    for name, fact in percent.items():
        notes.sentence(f"{path}.stated_percent.{name}", fact)
    if total is not None:
        fact = next(iter(chosen.values()))
        notes.sentence(f"{path}.total", fact, how=How.DERIVED if derived else How.STATED)
    counts = {n: events.get(n) for n in NAMED}
    stated = {n: f.percent for n, f in percent.items() if f.percent is not None}
    return Responses(total=total, stated_percent=stated, **counts), problems


def _prose_total(
    chosen: dict[str, ProseFact], events: dict[str, int], percent: dict[str, ProseFact],
    context: Context,
) -> tuple[int | None, bool]:  # fmt: skip
    stated = {f.total for f in chosen.values() if f.total is not None}
    if len(stated) == 1:
        return stated.pop(), False
    size = context.size
    if size is None:
        return None, False
    parts = [events[n] for n in ("CR", "PR", "SD", "PD", "NE", "MR") if n in events]
    rated = [(f.events, f.percent) for f in chosen.values() if f.events is not None and f.percent]
    if (len(parts) >= 3 and sum(parts) == size) or (
        rated and all(fits_percent(e, size, p) for e, p in rated if e is not None and p is not None)
    ):
        return size, True
    return None, False


def _prose_checks(
    name: str, fact: ProseFact, events: dict[str, int], total: int | None, context: Context
) -> tuple[tuple[str, ...], str | None]:  # fmt: skip
    checks: list[str] = []
    if fact.percent is not None and fact.events is not None and total:
        if not fits_percent(fact.events, total, fact.percent):
            return (), f"{fact.events} of {total} is not the printed {fact.percent:g} %"
        checks.append("percent")
    if sum_agrees(name, events, total):
        checks.append("sum")
    if context.patients and fact.events == count_patients(context.patients).get(name):
        checks.append("patients")
    return tuple(checks), None


def from_patients(path: str, context: Context, notes: Notes) -> Responses | None:
    """Responses counted over patient rows: derived, with the first row's cell as place."""
    counted = count_patients(context.patients)
    if not counted:
        return None
    for name in ("CR", "PR", "SD", "PD", "NE", "MR"):
        rows = [p for p in context.patients if p.response.get("overall") == name]
        source = next((c for p in rows if (c := p.cells.get("response.overall"))), None)
        if name in counted and source is not None:
            notes.cell(f"{path}.{name}", source, source.text, how=How.DERIVED)
    values = {n: counted.get(n) for n in ("CR", "PR", "SD", "PD", "NE", "MR")}
    other = {n: e for n, e in counted.items() if n not in NAMED}
    return Responses(total=len(context.patients), other=other, **values)


def _differs(kept: ProseFact, fact: ProseFact, context: Context) -> Problem:
    return Problem(
        code="sentences-differ",
        message=f"{fact.name} is {kept.events} in one sentence and {fact.events} in another",
        source=Place(
            document=context.document, page=fact.page, box_pt=fact.box_pt, text=fact.words
        ),
    )  # fmt: skip
