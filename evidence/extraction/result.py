"""What extraction gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.errors import Problem
from evidence.model.series import Patient, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The series of a document, its patient rows, and what was not read or is in doubt."""

    series: tuple[Series, ...] = ()
    patients: tuple[Patient, ...] = ()
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The ``--json`` structure: series and patients as in their files, and problems."""
        return {
            "series": [series.to_plain() for series in self.series],
            "patients": [patient.to_plain() for patient in self.patients],
            "problems": [problem.to_dict() for problem in self.problems],
        }
