"""The document's own series: patient rows and running text join the row of the review table."""

from __future__ import annotations

import re
from collections import Counter

from evidence.errors import Place, Problem
from evidence.extraction.prose import OwnReading, ProseReading
from evidence.model.series import Patient, Series
from evidence.model.source import ReadingNote

_REVIEW = re.compile(r"\b(?:systematic review|review|meta-?analysis|overview)\b", re.IGNORECASE)
_SERIES_TOO = re.compile(
    r"\b(?:cases?|case series|patients?|trial|study|series|experience|report)\b.*\b(?:and|with|"
    r"plus)\b.*\breview\b|\b(?:chart|record|retrospective) review\b",
    re.IGNORECASE,
)
"""A series of its own beside a review of others: ``a case report and review of the literature``."""
_OUTCOMES = ("CR", "PR", "SD", "PD", "ORR", "DCR")


def join_own(
    row: Series | None, own: OwnReading, *, title: str | None, document: str
) -> tuple[Series | None, list[Problem]]:
    """The document's own series: its row with patients and second readings, or its text's series.

    A review without a row of its own has none.
    """
    if row is not None:
        return _with_patients(_confirmed(row, own.prose), own.patients, document)
    if own.series is None or (_REVIEW.search(title or "") and not _SERIES_TOO.search(title or "")):
        return None, []
    return own.series, []


def matching_row(series: list[Series], own: OwnReading) -> int | None:
    """The one row of a review table with the patients and the responses of the document's own.

    A row that calls itself by another name is still the same patients: adding the text's series
    beside it would count them twice.
    """
    wanted = _own_counts(own)
    if wanted is None:
        return None
    same = [at for at, row in enumerate(series) if _counts(row) == wanted]
    return same[0] if len(same) == 1 else None


_Counts = tuple[int, dict[str, int]]


def _own_counts(own: OwnReading) -> _Counts | None:
    """Patients and responses, from the patient rows where there are any, else from the text."""
    if own.patients:
        overall = Counter(patient.response.get("overall") for patient in own.patients)
        found = {name: overall[name] for name in _OUTCOMES[:4] if overall[name]}
        return (len(own.patients), found) if found else None
    return _counts(own.series) if own.series is not None else None


def _counts(series: Series) -> _Counts | None:
    """Total and non-zero response counts of a series with one arm; None without them."""
    blocks = [block for _, _, _, block in series.walk_responses() if block.scope == "all"]
    if len(series.arms) != 1 or len(blocks) != 1 or blocks[0].total is None:
        return None
    found = {name: n for name in _OUTCOMES[:4] if (n := getattr(blocks[0], name))}
    return (blocks[0].total, found) if found else None


def _with_patients(
    series: Series, patients: tuple[Patient, ...], document: str
) -> tuple[Series, list[Problem]]:
    """Patient rows under the series' only arm, and its counts checked against them.

    They stay where their number is not that of the series, with a problem: which of the two is
    wrong is not for the reader to say, and nothing is counted over rows that are not everyone's.
    """
    if not patients:
        return series, []
    place = Place(document=document, table=series.source.table, row=series.source.row)
    if len(series.arms) != 1:
        return series, [_without_arm(series, patients, place)]
    arm = series.arms[0]
    problems = []
    if arm.size is not None and arm.size != len(patients):
        message = (
            f"The tables of patients have {len(patients)} rows, the series {arm.size} patients; "
            "the rows were attached, and nothing is counted over them."
        )
        problems.append(Problem(code="patients-differ", message=message, source=place))
    series = series.model_copy(update={"arms": (arm.model_copy(update={"patients": patients}),)})
    counted = Counter(patient.response.get("overall") for patient in patients)
    agreed = []
    for at, block in enumerate(arm.responses):
        if block.scope != "all" or block.total != len(patients) or None in counted:
            continue
        agreed += [
            f"arms[0].responses[{at}].{name}"
            for name in _OUTCOMES[:4]
            if getattr(block, name) is not None and getattr(block, name) == counted[name]
        ]
    return _marked(series, agreed, "patients"), problems


def _without_arm(series: Series, patients: tuple[Patient, ...], place: Place) -> Problem:
    return Problem(
        code="patients-without-arm",
        message=(
            f"Which of the {len(series.arms)} groups of {series.series} each of the "
            f"{len(patients)} patient rows belongs to is not said; they were not attached."
        ),
        remedy="enter each group's rows under its patients in the file of the series",
        source=place,
    )


def _confirmed(series: Series, prose: ProseReading) -> Series:
    """Values that the running text states too, for the whole series."""
    stated = [fact for fact in prose.of("response") if fact.of_all]
    agreed = []
    for at, _, arm, block in series.walk_responses():
        where = arm.responses.index(block)
        path = f"arms[{at}].responses[{where}]"
        if block.scope != "all" or len(series.arms) != 1:
            continue
        for name in _OUTCOMES:
            events = {fact.events for fact in stated if fact.name == name} - {None}
            percents = {fact.percent for fact in stated if fact.name == name} - {None}
            if events == {getattr(block, name)}:
                agreed.append(f"{path}.{name}")
            if percents == {block.stated_percent.get(name)}:
                agreed.append(f"{path}.stated_percent.{name}")
        sizes = {fact.events for fact in prose.of("patients") if fact.scope is None}
        if block.total in sizes:
            agreed.append(f"{path}.total")
    return _marked(series, agreed, "prose")


def _marked(series: Series, paths: list[str], check: str) -> Series:
    """The series with a check added to the readings of these paths."""
    readings: dict[str, ReadingNote] = dict(series.readings)
    for path in paths:
        note = readings.get(path)
        if note is not None and note.doubt is None:
            names = tuple(sorted({*note.checked, check}))
            readings[path] = note.model_copy(update={"checked": names})
    return series.model_copy(update={"readings": readings})
