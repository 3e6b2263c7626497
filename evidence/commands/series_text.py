"""A series as a few lines of text, each value with its place and its doubt."""

from __future__ import annotations

import textwrap

from evidence.commands.field_names import complication_name, field_name
from evidence.commands.printing import terminal_width
from evidence.model.quantity import Amount, Duration
from evidence.model.series import Arm, Complication, Regimen, Responses, Series


def amount_text(amount: Amount) -> str:
    """``30`` or ``10-15``."""
    return f"{amount.low:g}" if amount.low == amount.high else f"{amount.low:g}-{amount.high:g}"


def regimen_text(regimen: Regimen) -> str:
    """``alemtuzumab 30 mg IV and SC, 3 doses a week``."""
    dose = f"{amount_text(regimen.dose_mg)} {regimen.dose_unit}" if regimen.dose_mg else "dose NR"
    routes = " and ".join(regimen.routes) or "route NR"
    parts = [" ".join(p for p in (regimen.drug or "", dose, routes) if p)]
    if regimen.doses_per_week:
        times = amount_text(regimen.doses_per_week)
        parts.append(f"{times} {'dose' if times == '1' else 'doses'} a week")
    elif regimen.schedule:
        parts.append(regimen.schedule)
    return ", ".join(parts)


def duration_text(duration: Duration, unit: str) -> str:
    """``median 6 months``, ``6-12 weeks``, ``>24 months in 6 patients``."""

    def shown(value: float) -> str:
        return f"{round(value, 1) if duration.printed else value:g}"

    if duration.values:
        text = ", ".join(map(shown, duration.values))
    elif duration.median is not None:
        text = f"median {duration.comparator or ''}{shown(duration.median)}"
    elif duration.mean is not None:
        text = f"mean {duration.comparator or ''}{shown(duration.mean)}"
    elif duration.value is not None:
        text = f"{duration.comparator or ''}{shown(duration.value)}"
    else:
        text = ""
    if duration.low is not None and duration.high is not None:
        span = f"{shown(duration.low)}-{shown(duration.high)}"
        text += f" (range {span})" if text else span
    text = f"{text} {unit}"
    if duration.patients is not None:
        text += f" in {duration.patients} patients"
    if duration.endpoint:
        text += f" [{duration.endpoint}]"
    return text + (f" (printed {duration.printed})" if duration.printed else "")


def responses_text(block: Responses) -> str:
    """``SS: 6 CR, 10 PR of 23; stated ORR 70%``."""
    names = ("CR", "PR", "MR", "SD", "PD", "NE", "ORR", "DCR", "deaths")
    counts = [f"{v} {n}" for n in names if (v := getattr(block, n)) is not None]
    counts += [f"{v} {n}" for n, v in block.other.items()]
    whom = ", ".join(filter(None, (block.scope, block.compartment, block.timepoint)))
    text = f"{whom}: {', '.join(counts) or 'no counts'}"
    text += f" of {block.total}" if block.total is not None else ", total NR"
    stated = [f"{n} {p:g}%" for n, p in block.stated_percent.items()]
    text += f"; stated {', '.join(stated)}" if stated else ""
    for exclusion in block.exclusions:
        text += f"; {exclusion.events} {exclusion.outcome} {exclusion.reason}"
    return text


def complication_text(item: Complication) -> str:
    """``4 CMV reactivation``, with grade and death."""
    text = complication_name(item)
    text = f"{item.events} {text}" if item.events is not None else text
    text += f" with {', '.join(item.with_terms)}" if item.with_terms else ""
    return text + (" fatal" if item.fatal else "")


def _of_one_term(items: list[Complication]) -> str:
    """``Neutropenia: 5 (grade 3), 41 (grade 4)`` where a term is counted by grade."""
    if len(items) < 2 or any(i.events is None or i.grade is None for i in items):
        return "; ".join(map(complication_text, items))
    counts = (f"{i.events} (grade {i.grade}){' fatal' if i.fatal else ''}" for i in items)
    where = f" ({items[0].restricted_to})" if items[0].restricted_to else ""
    return f"{items[0].term}{where}: {', '.join(counts)}"


def complications_text(arm: Arm) -> str:
    """What the arm states, or of how many of its patients they are told one by one."""
    if arm.complications is not None:
        by_term: dict[tuple[str, str | None], list[Complication]] = {}
        for item in arm.complications:
            by_term.setdefault((item.term, item.restricted_to), []).append(item)
        return "; ".join(map(_of_one_term, by_term.values())) or "none"
    told = sum(patient.complications is not None for patient in arm.patients)
    return f"patient by patient, in {told} of {len(arm.patients)}" if told else "not reported"


def arm_lines(arm: Arm) -> list[tuple[str, str, str]]:
    """(label, value, key into the series' cells) for each field of an arm."""
    population = ", ".join(f"{n} {d}" for d, n in arm.population.items()) or (
        f"{arm.total}" if arm.total is not None else "not reported"
    )
    if arm.within:
        population += f" within {arm.within.patients} {arm.within.disease}"
    lines = [
        ("patients", population, "patients"),
        ("regimen", regimen_text(arm.regimen), "regimen"),
    ]
    if arm.follow_up_months:
        lines.append(("follow-up", duration_text(arm.follow_up_months, "months"), "follow_up"))
    if arm.treatment_weeks:
        lines.append(("treatment", duration_text(arm.treatment_weeks, "weeks"), "treatment"))
    lines += [("response", responses_text(block), "response") for block in arm.responses]
    lines += [
        ("duration", duration_text(d, "months"), "response_duration") for d in arm.response_months
    ]
    return [*lines, ("complications", complications_text(arm), "complications")]


def series_lines(series: Series) -> list[str]:
    """The series as text: its place, its fields, what is in doubt."""
    source = series.source
    place = f"{source.document}"
    place += f", table {source.table}" if source.table else ""
    place += f", row {source.row}" if source.row else ""
    lines = ["", f"{series.series}: {series.label} ({place}) {series.status}"]
    for index, arm in enumerate(series.arms):
        if arm.label:
            lines.append(f"  {arm.label}")
        for name, value, key in arm_lines(arm):
            cell = series.cells.get(key)
            page = f"  [p. {cell.page}]" if cell and cell.page else ""
            lines += _hanging(name, f"{value}{page}")
        lines += _doubt_lines(series, f"arms[{index}].")
    return lines + _doubt_lines(series, None)


def _doubt_lines(series: Series, arm: str | None) -> list[str]:
    """What is in doubt, by the reason, in one arm (``arms[0].``) or outside all of them."""
    doubts: dict[str, list[str]] = {}
    for path, note in series.readings.items():
        here = path.startswith(arm) if arm else not path.startswith("arms[")
        if note.doubt and here:
            doubts.setdefault(note.doubt, []).append(field_name(series, path))
    lines = []
    for why, names in doubts.items():
        lines += _hanging("in doubt", f"{', '.join(dict.fromkeys(names))}: {why}")
    return lines


def _hanging(name: str, value: str) -> list[str]:
    """A field in as many lines of the terminal as it takes, its name before the first."""
    return textwrap.wrap(
        value,
        terminal_width(),
        initial_indent=f"  {name:<14}",
        subsequent_indent=" " * 16,
        break_long_words=False,
        break_on_hyphens=False,
    )
