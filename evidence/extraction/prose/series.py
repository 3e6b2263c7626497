"""A paper that is one series, not a review of many: its own text and tables as ``Series``."""

from __future__ import annotations

import re

from evidence.documents.base import Document
from evidence.errors import Place, Problem, Severity
from evidence.extraction.cells.label import slug
from evidence.extraction.citation import own_citation
from evidence.extraction.outcomes_table import OutcomesReading, Sized, read_outcomes
from evidence.extraction.patients.regimen import complete_regimen
from evidence.extraction.prose.arms import ArmGroup, group_arms, of_no_arm
from evidence.extraction.prose.cases import single_outcome
from evidence.extraction.prose.context import Context, fits_percent
from evidence.extraction.prose.diseases import full_name, only_disease
from evidence.extraction.prose.drugs import drugs_in
from evidence.extraction.prose.durations import OUTCOME_TIMES, outcome_times, stated_time
from evidence.extraction.prose.facts import ProseReading
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.plan import is_plan, is_review
from evidence.extraction.prose.responses import read_block
from evidence.extraction.prose.second import settled
from evidence.extraction.prose.sentences import Sentence, read_sentences
from evidence.extraction.prose.sizes import confirmations, note_sum, size_fact
from evidence.extraction.prose.stated import from_patients, from_prose, parts_from_prose
from evidence.extraction.prose.told_arms import arms_told, without_unplaced
from evidence.extraction.prose.toxicities import read_complications
from evidence.extraction.prose.treatment import read_regimen
from evidence.model.series import Arm, Patient, Responses, Series
from evidence.model.source import DocumentSource, How
from evidence.vocabulary import Vocabulary

_DESIGNS = (
    ("randomised trial", r"\brandomi[sz]ed\b"), ("phase II trial", r"\bphase (?:II|2)\b"),
    ("phase I trial", r"\bphase (?:I|1)\b"), ("retrospective", r"\bretrospective\b"),
    ("prospective", r"\bprospective\b"), ("case series", r"\bcase series\b|\bseries of \d+ "
                                                         r"cases\b"),
)  # fmt: skip


_GIVEN = re.compile(
    r"\b(?:treated|took|commenced|received|receiving|given|administered|infused|injected|prescribed|started|"
    r"randomi[sz]ed|assigned|allocated|"
    r"treatment (?:of|in|with)|therapy (?:of|in|with)|used (?:in|to treat)|tried in|underwent)\b",
    re.IGNORECASE,
)
"""What says that patients had a treatment."""


def series_from_prose(
    document: Document, reading: ProseReading, patients: tuple[Patient, ...], vocabulary: Vocabulary
) -> tuple[Series | None, list[Problem]]:
    """The paper's own series; (None, problems) when it states no result of its own."""
    outcomes = read_outcomes(document, vocabulary)
    problems = list(outcomes.problems)
    sentences = read_sentences(document)
    groups = arms_told(reading, group_arms(document, outcomes), sentences)
    reading = without_unplaced(reading, groups, sentences)
    treated = _is_treated(reading, sentences, vocabulary)
    if (
        is_plan(sentences)
        or is_review(sentences)
        or not (treated or _has_results(outcomes, reading, patients, groups))
    ):
        return None, [*problems, _no_series(document)]
    notes = Notes()
    problems += [_no_arm(words, document) for words in of_no_arm(outcomes, groups)]
    arms: list[Arm] = []
    for index, group in enumerate(groups):
        arm, found = _build_arm(
            index, group, document, outcomes, reading, patients if len(groups) == 1 else (),
            sentences, vocabulary, notes,
        )  # fmt: skip
        arms.append(arm)
        problems += found
    note_sum(arms, reading, notes)
    if not any(_is_counted(arm) for arm in arms):
        problems.append(_no_counts(arms, document))
    citation = own_citation(document.info, without_authors=document.name.rsplit(".", 1)[0])
    series = Series(
        series=slug(f"{citation.authors.split(' et al')[0]} {citation.year or ''}") or "series",
        citation=citation, design=_design(document), arms=tuple(arms), cells=notes.cells,
        readings=notes.readings,
        source=DocumentSource(document=document.name, sha256=document.sha256, kind="original"),
    )  # fmt: skip
    return settled(series, vocabulary), problems


def _is_treated(
    reading: ProseReading, sentences: tuple[Sentence, ...], vocabulary: Vocabulary
) -> bool:
    """Whether the title names a drug and the abstract how many patients were given it."""
    title = " ".join(s.folded for s in sentences if s.role == "title")
    sized = any(f.role.startswith(("abstract", "title")) for f in reading.of("patients"))
    early = [s for s in sentences if s.role.startswith(("abstract", "title")) and s.enrols]
    given = any(_GIVEN.search(s.folded) for s in early)
    return sized and given and bool(drugs_in(title, vocabulary))


def _has_results(
    outcomes: OutcomesReading, reading: ProseReading, patients: tuple[Patient, ...],
    groups: tuple[ArmGroup, ...],
) -> bool:  # fmt: skip
    stated = [*reading.of("response"), *(f for f in reading.of("time") if f.name in OUTCOME_TIMES)]
    stated += [f for f in reading.of("complication") if f.role.startswith("abstract")]
    sized_by = [*reading.of("patients"), *(f for f in stated if f.total is not None)]
    told = any(f.role != "abstract-methods" for f in stated) and bool(sized_by)
    counted = bool(outcomes.toxicities) and bool(reading.of("patients"))
    sized = len([group for group in groups if group.sized is not None]) > 1
    return bool(outcomes.blocks or patients or told or counted or sized)


def _build_arm(
    index: int, group: ArmGroup, document: Document, outcomes: OutcomesReading,
    reading: ProseReading, patients: tuple[Patient, ...], sentences: tuple[Sentence, ...],
    vocabulary: Vocabulary, notes: Notes,
) -> tuple[Arm, list[Problem]]:  # fmt: skip
    path = f"arms[{index}]"
    stated = size_fact(reading, group)
    size = group.total or (stated.events if stated else None) or (len(patients) or None)
    context = Context(
        document=document.name,
        arm=group,
        size=size,
        reading=reading,
        patients=patients,
        vocabulary=vocabulary,
    )
    if group.total is None and stated is not None:
        checks = confirmations(reading, stated, whole=group.label is None)
        checks += ("patients",) if len(patients) == size else ()
        how = How.DERIVED if stated.derived else How.STATED
        notes.sentence(f"{path}.total", stated, how=how, checked=checks)
    responses, problems = _responses(path, context, notes)
    if size == 1 and not responses:
        alone = single_outcome(f"{path}.responses[0]", sentences, vocabulary, notes)
        responses = (alone,) if alone else ()
    _note_size(path, group, responses, notes)
    stated_regimen = read_regimen(path, group, document, sentences, vocabulary, notes)
    regimen, cells = complete_regimen(stated_regimen, patients, vocabulary)
    for name, source in cells.items():
        notes.cell(f"{path}.regimen.{name}", source, source.text, how=How.DERIVED)
    disease = only_disease(reading)
    population: dict[str, int] = {}
    if disease is not None and size:
        name = full_name(disease, document)
        population[name] = size
        notes.sentence(f"{path}.population.{name}", disease, how=How.DERIVED)
    arm = Arm(
        label=group.label, total=size, regimen=regimen, responses=responses, patients=patients,
        population=population,
        treatment_weeks=stated_time(f"{path}.treatment_weeks", "treatment", "week", context, notes),
        response_months=outcome_times(f"{path}.response_months", context, outcomes.times, notes),
        follow_up_months=stated_time(
            f"{path}.follow_up_months", "follow-up", "month", context, notes
        ),
        complications=read_complications(f"{path}.complications", context, vocabulary, notes),
    )  # fmt: skip
    return arm, problems


def _note_size(path: str, group: ArmGroup, responses: tuple[Responses, ...], notes: Notes) -> None:
    """The arm's size as its first table block or a head states it, with their checks."""
    for at, block in enumerate(responses):
        note = notes.readings.get(f"{path}.responses[{at}].total")
        if block.total == group.total and note is not None:
            notes.readings.setdefault(f"{path}.total", note)
    sized = group.sized
    if sized is None or sized.n != group.total:
        return
    known = notes.readings.get(f"{path}.total")
    checks = set(known.checked if known else ()) | set(_size_checks(group, sized))
    if known is None:
        notes.cell(f"{path}.total", sized.source, sized.source.text, checked=tuple(sorted(checks)))
    elif known.doubt is None:
        update = {"checked": tuple(sorted(checks))}
        notes.readings[f"{path}.total"] = known.model_copy(update=update)


def _size_checks(group: ArmGroup, sized: Sized) -> list[str]:
    """Other tables with the same size under the same head; percentages that are of it."""
    counts = [t.counted.count for t in group.toxicities]
    rated = [(c.events, c.percent) for c in counts if c.events and c.percent is not None]
    fit = [fits_percent(e, sized.n, p) for e, p in rated]
    checks = ["second-reading"] if len(sized.tables) > 1 else []
    return checks + (["percent"] if len(fit) >= 2 and all(fit) else [])


def _responses(
    path: str, context: Context, notes: Notes
) -> tuple[tuple[Responses, ...], list[Problem]]:
    found: list[Responses] = []
    problems: list[Problem] = []
    for block in sorted(context.arm.blocks, key=lambda b: not _is_final(b.timepoint)):
        responses, missed = read_block(block, f"{path}.responses[{len(found)}]", context, notes)
        problems += missed
        if responses is not None:
            found.append(responses)
    if not found:
        stated, missed = from_prose(f"{path}.responses[0]", context, notes)
        problems += missed
        own = stated if stated and (stated.CR is not None or stated.PR is not None) else None
        counted = own or from_patients(f"{path}.responses[0]", context, notes) or stated
        found += [counted] if counted else []
        parts, missed = parts_from_prose(f"{path}.responses", len(found), context, notes)
        found, problems = found + parts, problems + missed
    return tuple(found), problems


def _is_final(timepoint: str | None) -> bool:
    """Whether a block tells the response to the whole treatment, not to a part of it."""
    words = r"whole|best|overall|end of|final|completion|all cycles"
    return timepoint is None or re.search(words, timepoint, re.IGNORECASE) is not None


def _design(document: Document) -> str | None:
    text = " ".join(b.text for b in document.blocks if b.kind in ("title", "abstract"))
    return next((name for name, pattern in _DESIGNS if re.search(pattern, text, re.I)), None)


def _is_counted(arm: Arm) -> bool:
    """Whether anything that happened to the arm's patients is counted or timed."""
    return bool(arm.responses or arm.response_months or arm.complications or arm.patients)


def _no_counts(arms: list[Arm], document: Document) -> Problem:
    n, drug = arms[0].total, arms[0].regimen.drug
    return Problem(
        code="no-counts", severity=Severity.WARNING, source=Place(document=document.name),
        message=f"{n if n is not None else 'an unstated number of'} patients were given "
                f"{drug or 'a treatment'}, but no response, time or complication of theirs was "
                "counted in the text or tables",
        remedy="read the full paper and enter its counts, or reject the series",
    )  # fmt: skip


def _no_arm(words: str, document: Document) -> Problem:
    return Problem(
        code="column-of-no-arm", severity=Severity.NOTE, source=Place(document=document.name),
        message=f"{words} names no single arm and was left out of the arms",
    )  # fmt: skip


def _no_series(document: Document) -> Problem:
    return Problem(
        code="no-own-series", severity=Severity.NOTE, source=Place(document=document.name),
        message="the text and tables state no counted result of the paper's own patients",
    )  # fmt: skip
