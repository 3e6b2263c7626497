"""Patient-level tables: one row per person."""

from __future__ import annotations

from evidence.documents.base import Document
from evidence.errors import Problem
from evidence.extraction.patients.join import join_tables
from evidence.extraction.patients.table import PatientTable, read_table
from evidence.model.series import Patient
from evidence.vocabulary import Vocabulary

__all__ = ["PatientTable", "join_tables", "read_patient_tables", "read_patients"]


def read_patient_tables(
    document: Document, vocabulary: Vocabulary
) -> tuple[tuple[PatientTable, ...], list[Problem]]:
    """Every patient-level table of a document, and what could not be read in them."""
    tables: list[PatientTable] = []
    problems: list[Problem] = []
    for grid in document.grids:
        table, found = read_table(grid, vocabulary, document=document.name)
        problems += found
        tables += [table] if table else []
    return tuple(tables), problems


def read_patients(
    document: Document, vocabulary: Vocabulary
) -> tuple[tuple[Patient, ...], list[Problem]]:
    """The patients of a document, joined over its tables by their number."""
    tables, problems = read_patient_tables(document, vocabulary)
    patients, found = join_tables(list(tables), document=document.name)
    return patients, problems + found
