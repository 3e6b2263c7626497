"""One row of a series table becomes an arm: every column read by its grammar, every value noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evidence.documents.base import Cell
from evidence.extraction.cells.complications import parse_complications
from evidence.extraction.cells.duration import TimeFound, parse_times
from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.patients import Patients, disease_label, parse_patients
from evidence.extraction.cells.regimen import RegimenFound, parse_regimen
from evidence.extraction.cells.responses import ALL, Block, parse_responses
from evidence.extraction.columns import Column
from evidence.extraction.found import Value
from evidence.extraction.source import Notes, SourceCell
from evidence.extraction.times import to_duration
from evidence.model.series import Arm, Complication, Exclusion, Parent, Regimen, Responses
from evidence.vocabulary import Vocabulary

COUNTED = ("CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR", "deaths")
"""Outcomes with a field of their own in ``Responses``."""


@dataclass(slots=True, kw_only=True)
class ArmReader:
    """Reads the cells of one row into the fields of one arm."""

    index: int
    notes: Notes
    vocabulary: Vocabulary
    table: str | None
    row: int
    section: str | None = None
    patients: Patients = field(default_factory=Patients)
    patients_key: str = ""
    blocks: list[tuple[str, Block]] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    regimen: Regimen = field(default_factory=Regimen)
    complications: list[Complication] | None = None
    disease: Value[str] | None = None

    @property
    def path(self) -> str:
        """Where the arm stands in the series file."""
        return f"arms[{self.index}]"

    def keep(self, column: Column, cell: Cell) -> str:
        """Put the cell among the sources; further arms get a number."""
        prefix = f"arm{self.index + 1}_" if self.index else ""
        return self.notes.add_cell(
            SourceCell(
                key=prefix + column.key,
                cell=cell,
                table=self.table,
                row=self.row,
                column=column.head,
            )  # fmt: skip
        )

    def text(self, key: str) -> str:
        """Text of a kept cell."""
        return self.notes.cells[key].text


Handler = Callable[[ArmReader, Column, str], None]


def read_patients(arm: ArmReader, column: Column, key: str) -> None:
    """Population, total and the larger group."""
    found = parse_patients(arm.text(key), arm.vocabulary)
    arm.patients_key = arm.patients_key or key
    if found.size is None and found.within is None and arm.vocabulary.status(arm.text(key)):
        return
    if arm.patients.size is None:
        arm.patients = found
    else:
        merged = arm.patients
        merged.population = merged.population or {
            name: _elsewhere(value, key) for name, value in found.population.items()
        }
        if merged.total is None and found.total is not None:
            merged.total = _elsewhere(found.total, key)
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-patients", f"{found.doubt}.", key)


def _elsewhere(value: Value, key: str) -> Value:  # type: ignore[type-arg]
    return Value(
        value=value.value, start=value.start, end=value.end, derived=value.derived,
        doubt=value.doubt, cell=value.cell or key,
    )  # fmt: skip


def read_disease(arm: ArmReader, column: Column, key: str) -> None:
    """A diagnosis column: one label for all patients, or a split of its own."""
    found = parse_patients(arm.text(key), arm.vocabulary)
    if found.population:
        if not arm.patients.population:
            arm.patients.population = {
                name: _elsewhere(value, key) for name, value in found.population.items()
            }
            arm.patients_key = arm.patients_key or key
        arm.notes.mark_unread(key, found.unread)
        return
    text = arm.text(key).strip()
    label = arm.vocabulary.disease(text)
    if label is None and found.unread is None and text:
        label = disease_label(text, arm.vocabulary)
    if label is not None:
        arm.disease = Value(value=label, start=0, end=len(arm.text(key)), cell=key)


def read_disease_count(arm: ArmReader, column: Column, key: str) -> None:
    """A column per diagnosis: its cell is a count."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form or "n")
    if found.count is not None:
        arm.patients.population[column.name] = _elsewhere(found.count, key)
        arm.patients_key = arm.patients_key or key
    arm.notes.mark_unread(key, found.unread)


def read_regimen(arm: ArmReader, column: Column, key: str) -> None:
    """Dose, route, schedule and drug, from one cell or several."""
    found = parse_regimen(arm.text(key), arm.vocabulary, dose_unit=column.dose_unit)
    _merge_regimen(arm, found, key)
    if found.duration is not None and "treatment_weeks" not in arm.fields:
        start, end = found.duration
        times = parse_times(arm.text(key)[start:end], arm.vocabulary)
        if times.times:
            time = times.times[0]
            time.start, time.end = time.start + start, time.end + start
            _set_duration(arm, "treatment_weeks", time, key, "week")
    if column.role == "drug" and found.drug is None and arm.text(key).strip():
        text = arm.text(key).strip()
        if arm.vocabulary.status(text) is None:
            start = arm.text(key).index(text)
            value = Value(value=text.lower(), start=start, end=start + len(text))
            _merge_regimen(arm, RegimenFound(drug=value), key)
            found.unread = None
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-regimen", f"{found.doubt}.", key)


def _merge_regimen(arm: ArmReader, found: RegimenFound, key: str) -> None:
    update: dict[str, object] = {}
    base = f"{arm.path}.regimen"
    pairs = {
        "drug": found.drug,
        "dose_mg": found.dose,
        "routes": found.routes,
        "doses_per_week": found.doses_per_week,
        "schedule": found.schedule,
        "escalation_mg": found.escalation,
    }
    for name, value in pairs.items():
        if value is None or getattr(arm.regimen, name) not in (None, ()):
            continue
        if (
            name == "schedule"
            and found.doses_per_week is not None
            and value.value
            == (arm.text(key)[found.doses_per_week.start : found.doses_per_week.end])
        ):
            continue
        update[name] = value.value
        doubt = found.doubt if name in ("dose_mg", "escalation_mg") else None
        arm.notes.note(
            f"{base}.{name}", key, value.start, value.end, derived=value.derived, doubt=doubt
        )
        if name == "dose_mg":
            update["dose_unit"] = found.dose_unit
        if name == "routes":
            update["route_order"] = found.route_order
    if found.combined_with and not arm.regimen.combined_with:
        update["combined_with"] = tuple(found.combined_with)
    arm.regimen = arm.regimen.model_copy(update=update)


def _set_duration(
    arm: ArmReader, field: str, time: TimeFound, key: str, unit: str, path: str | None = None
) -> None:
    duration = to_duration(time, unit, printed=arm.text(key)[time.start : time.end])
    if duration is None:
        return
    arm.fields[field] = duration
    converted = duration.printed is not None
    arm.notes.note(
        path or f"{arm.path}.{field}", key, time.start, time.end, derived=converted,
        doubt=time.doubt,
    )  # fmt: skip


def read_treatment_duration(arm: ArmReader, column: Column, key: str) -> None:
    """Treatment duration in weeks."""
    found = parse_times(arm.text(key), arm.vocabulary, unit=column.unit, statistic=column.statistic)
    for time in found.times[:1]:
        _set_duration(arm, "treatment_weeks", time, key, "week")
    if len(found.times) > 1:
        arm.notes.problem("several-durations", "Several treatment durations are printed; the first was taken.", key)  # fmt: skip
    arm.notes.mark_unread(key, found.unread)


def read_follow_up(arm: ArmReader, column: Column, key: str) -> None:
    """Follow-up in months."""
    found = parse_times(arm.text(key), arm.vocabulary, unit=column.unit, statistic=column.statistic)
    for time in found.times[:1]:
        _set_duration(arm, "follow_up_months", time, key, "month")
    arm.notes.mark_unread(key, found.unread)


def read_response_duration(arm: ArmReader, column: Column, key: str) -> None:
    """Response durations, or another time endpoint, in months."""
    found = parse_times(arm.text(key), arm.vocabulary, unit=column.unit, statistic=column.statistic)
    held = arm.fields.setdefault("response_months", [])
    assert isinstance(held, list)
    for time in found.times:
        if column.role == "endpoint":
            time.endpoint = column.name
        duration = to_duration(time, "month", printed=arm.text(key)[time.start : time.end])
        if duration is None:
            continue
        arm.notes.note(
            f"{arm.path}.response_months[{len(held)}]", key, time.start, time.end,
            derived=duration.printed is not None, doubt=time.doubt,
        )  # fmt: skip
        held.append(duration)
    arm.notes.mark_unread(key, found.unread)


def read_responses(arm: ArmReader, column: Column, key: str) -> None:
    """A cell with several outcomes."""
    found = parse_responses(arm.text(key), arm.vocabulary)
    arm.blocks += [(key, block) for block in found.blocks]
    for doubt in found.doubts:
        arm.notes.problem("contradiction-in-cell", f"{doubt}.", key)
    arm.notes.mark_unread(key, found.unread)


def read_outcome(arm: ArmReader, column: Column, key: str) -> None:
    """A column of one outcome."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form)
    block = Block()
    if found.count is not None:
        block.counts[column.name] = found.count
    if found.percent is not None:
        block.percents[column.name] = found.percent
    block.total = found.total
    if block.counts or block.percents:
        arm.blocks.append((key, block))
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-number", f"{found.doubt}.", key)


def read_complications(arm: ArmReader, column: Column, key: str) -> None:
    """A list of complications."""
    found = parse_complications(arm.text(key), arm.vocabulary)
    if found.items is None:
        return
    if arm.complications is None:
        arm.complications = []
    for item in found.items:
        path = f"{arm.path}.complications[{len(arm.complications)}]"
        for name, value in (
            ("term", item.term),
            ("events", item.events),
            ("percent", item.percent),
        ):
            if value is not None:
                arm.notes.note_value(f"{path}.{name}", key, value)  # type: ignore[arg-type]
        arm.complications.append(
            Complication(
                term=item.term.value,
                preferred=item.preferred,
                group=item.group,
                events=item.events.value if item.events else None,
                total=item.total,
                percent=item.percent.value if item.percent else None,
                grade=item.grade or column.grade,
                fatal=item.fatal,
                symptomatic=item.symptomatic,
                with_terms=item.with_terms,
                restricted_to=item.restricted_to,
            )
        )
    arm.notes.mark_unread(key, found.unread)


def read_complication_count(arm: ArmReader, column: Column, key: str) -> None:
    """A column of one complication: its head is the term."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form)
    if found.count is None and found.percent is None:
        arm.notes.mark_unread(key, found.unread)
        return
    if arm.complications is None:
        arm.complications = []
    path = f"{arm.path}.complications[{len(arm.complications)}]"
    for name, value in (("events", found.count), ("percent", found.percent)):
        if value is not None:
            arm.notes.note_value(f"{path}.{name}", key, value)
    known = arm.vocabulary.complication(column.name) or (None, None)
    arm.complications.append(
        Complication(
            term=column.head,
            preferred=known[0],
            group=known[1],
            events=found.count.value if found.count else None,
            total=found.total.value if found.total else None,
            percent=found.percent.value if found.percent else None,
            grade=column.grade,
        )  # fmt: skip
    )
    arm.notes.mark_unread(key, found.unread)


HANDLERS: dict[str, Handler] = {
    "patients": read_patients,
    "total": read_patients,
    "disease": read_disease,
    "disease_count": read_disease_count,
    "regimen": read_regimen,
    "drug": read_regimen,
    "dose": read_regimen,
    "route": read_regimen,
    "schedule": read_regimen,
    "treatment_duration": read_treatment_duration,
    "response": read_responses,
    "outcome": read_outcome,
    "response_duration": read_response_duration,
    "endpoint": read_response_duration,
    "follow_up": read_follow_up,
    "complications": read_complications,
    "complication_count": read_complication_count,
}
"""What reads each kind of column."""


def build_arm(arm: ArmReader, label: str | None) -> Arm:
    """The arm from everything its row said."""
    _settle_population(arm)
    population = {name: value.value for name, value in arm.patients.population.items()}
    for name, value in arm.patients.population.items():
        arm.notes.note_value(f"{arm.path}.population.{name}", arm.patients_key, value)
    total = arm.patients.total
    if total is not None:
        arm.notes.note_value(f"{arm.path}.total", arm.patients_key, total)
    within = None
    if arm.patients.within is not None:
        disease, patients = arm.patients.within
        within = Parent(disease=disease, patients=patients.value)
        arm.notes.note_value(f"{arm.path}.within.patients", arm.patients_key, patients)
    months = arm.fields.get("response_months") or []
    assert isinstance(months, list)
    return Arm(
        label=label,
        population=population,
        total=total.value if total else None,
        within=within,
        regimen=arm.regimen,
        treatment_weeks=arm.fields.get("treatment_weeks"),  # type: ignore[arg-type]
        responses=tuple(build_responses(arm)),
        response_months=tuple(months),
        complications=None if arm.complications is None else tuple(arm.complications),
        follow_up_months=arm.fields.get("follow_up_months"),  # type: ignore[arg-type]
    )


def _settle_population(arm: ArmReader) -> None:
    """One diagnosis for all: the number of patients is the population."""
    if arm.disease is not None and not arm.patients.population and arm.patients.total is not None:
        arm.patients.population = {arm.disease.value: arm.patients.total}


def build_responses(arm: ArmReader) -> list[Responses]:
    """Blocks merged by scope, each with its total and only counts that fit in it."""
    merged: dict[str, tuple[Block, dict[str, str]]] = {}
    for key, block in arm.blocks:
        scope = _scope(arm, block.scope)
        held, keys = merged.setdefault(scope, (Block(scope=scope), {}))
        for kind in ("counts", "percents"):
            for name, value in getattr(block, kind).items():
                getattr(held, kind).setdefault(name, _elsewhere(value, key))
        if block.total is not None and held.total is None:
            held.total = _elsewhere(block.total, key)
        held.death_cause = held.death_cause or block.death_cause
        held.exclusions += block.exclusions
    ordered = sorted(merged, key=lambda scope: scope not in (ALL, _scope(arm, ALL)))
    return [_responses(arm, at, merged[scope][0]) for at, scope in enumerate(ordered)]


def _scope(arm: ArmReader, scope: str) -> str:
    """*All* of a series inside a larger group is the larger group."""
    if scope == ALL and arm.patients.within is not None:
        return arm.patients.within[0]
    return scope


def _total(arm: ArmReader, block: Block) -> Value[int] | None:
    if block.total is not None:
        return block.total
    patients, key = arm.patients, arm.patients_key
    if patients.within is not None and block.scope == patients.within[0]:
        return _derived(patients.within[1], key)
    if block.scope in patients.population:
        return _derived(patients.population[block.scope], key)
    if block.scope != ALL:
        return None
    if patients.total is not None:
        return _derived(patients.total, key)
    values = list(patients.population.values())
    if not values:
        return None
    if len({value.cell for value in values}) > 1:
        return None if any(value.cell for value in values[:0]) else _sum(values, key)
    return _sum(values, key)


def _derived(value: Value[int], key: str) -> Value[int]:
    return Value(
        value=value.value, start=value.start, end=value.end, cell=value.cell or key,
        doubt=value.doubt,
    )  # fmt: skip


def _sum(values: list[Value[int]], key: str) -> Value[int]:
    cell = values[0].cell or key
    own = [value for value in values if (value.cell or key) == cell]
    return Value(
        value=sum(value.value for value in values),
        start=min(value.start for value in own),
        end=max(value.end for value in own),
        derived=len(values) > 1,
        cell=cell,
    )


def _responses(arm: ArmReader, at: int, block: Block) -> Responses:
    path = f"{arm.path}.responses[{at}]"
    total = _total(arm, block)
    counts: dict[str, int] = {}
    other: dict[str, int] = {}
    for name, value in block.counts.items():
        if total is not None and value.value > total.value:
            arm.notes.problem(
                "count-above-total",
                f"{name} is {value.value} among {total.value} patients; it was not kept.",
                value.cell,
                remedy="look at the cell and enter the count by hand",
            )
            continue
        held = counts if name in COUNTED else other
        held[name] = value.value
        place = name if name in COUNTED else f"other.{name}"
        arm.notes.note_value(f"{path}.{place}", value.cell or "", value)
    for name, percent in block.percents.items():
        arm.notes.note_value(f"{path}.stated_percent.{name}", percent.cell or "", percent)
    if total is not None:
        arm.notes.note_value(f"{path}.total", arm.patients_key, total)
    return Responses(
        scope=block.scope,
        total=total.value if total else None,
        other=other,
        stated_percent={name: value.value for name, value in block.percents.items()},
        death_cause=block.death_cause.value if block.death_cause else None,
        exclusions=tuple(
            Exclusion(outcome=outcome, events=events.value, reason=reason.value)
            for outcome, events, reason in block.exclusions
            if outcome in counts
        ),
        **counts,  # type: ignore[arg-type]
    )
