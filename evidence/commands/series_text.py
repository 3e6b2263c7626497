"""A series as a few lines of text, each value with its place and its doubt."""

from __future__ import annotations

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
    if duration.values:
        text = ", ".join(f"{v:g}" for v in duration.values)
    elif duration.median is not None:
        text = f"median {duration.comparator or ''}{duration.median:g}"
    elif duration.mean is not None:
        text = f"mean {duration.comparator or ''}{duration.mean:g}"
    elif duration.value is not None:
        text = f"{duration.comparator or ''}{duration.value:g}"
    else:
        text = ""
    if duration.low is not None and duration.high is not None:
        text += (
            f"{' (range ' if text else ''}{duration.low:g}-{duration.high:g}{')' if text else ''}"
        )
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
    text = f"{item.events} {item.term}" if item.events is not None else item.term
    text += f" with {', '.join(item.with_terms)}" if item.with_terms else ""
    text += f" (grade {item.grade})" if item.grade else ""
    return text + (" fatal" if item.fatal else "")


def complications_text(arm: Arm) -> str:
    """What the arm states, or of how many of its patients they are told one by one."""
    if arm.complications is not None:
        return "; ".join(map(complication_text, arm.complications)) or "none"
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
    lines = [f"\n{series.series}: {series.label} ({place}) {series.status}"]
    for arm in series.arms:
        if arm.label:
            lines.append(f"  {arm.label}")
        for name, value, key in arm_lines(arm):
            cell = series.cells.get(key)
            page = f"  [p. {cell.page}]" if cell and cell.page else ""
            lines.append(f"  {name:<14}{value}{page}")
    doubts: dict[str, list[str]] = {}
    for path, note in series.readings.items():
        if note.doubt:
            doubts.setdefault(note.doubt, []).append(path)
    lines += [f"  in doubt      {', '.join(paths)}: {why}" for why, paths in doubts.items()]
    return lines
