"""Everything a paper says about its own patients: rows, prose, and the series they make."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.documents.base import Document
from evidence.errors import Problem
from evidence.extraction.patients import PatientTable, join_tables, read_patient_tables
from evidence.extraction.patients.regimen import unread_doses
from evidence.extraction.prose.facts import ProseReading
from evidence.extraction.prose.read import read_prose
from evidence.extraction.prose.series import series_from_prose
from evidence.model.series import Patient, Series
from evidence.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReading:
    """The paper's own patients; ``series`` is None where it states no result of its own."""

    patients: tuple[Patient, ...]
    tables: tuple[PatientTable, ...]
    """Patient-level tables with their stated medians, for the audit."""
    prose: ProseReading
    series: Series | None
    problems: tuple[Problem, ...]


def read_own(document: Document, vocabulary: Vocabulary) -> OwnReading:
    """Patient tables, prose and outcome tables of one document, read together."""
    tables, problems = read_patient_tables(document, vocabulary)
    patients, found = join_tables(list(tables), document=document.name)
    found += unread_doses(patients, vocabulary, document.name)
    prose = read_prose(document, vocabulary)
    series, missed = series_from_prose(document, prose, patients, vocabulary)
    return OwnReading(
        patients=patients, tables=tables, prose=prose, series=series,
        problems=(*problems, *found, *prose.problems, *missed),
    )  # fmt: skip
