"""What each kind of column adds to an arm: one function per kind, in one registry."""

from __future__ import annotations

from collections.abc import Callable

from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.complications import read_complication_count, read_complications
from evidence.extraction.fields.patients import (
    read_disease,
    read_disease_count,
    read_patients,
    read_total,
)
from evidence.extraction.fields.regimen import (
    read_arm,
    read_concomitant,
    read_drug,
    read_regimen,
)
from evidence.extraction.fields.responses import read_outcome, read_outcomes, read_responses
from evidence.extraction.fields.times import (
    read_follow_up,
    read_response_duration,
    read_treatment_duration,
)

FIELDS: dict[str, Callable[[ArmReader, Column, str], None]] = {
    "patients": read_patients,
    "total": read_total,
    "disease": read_disease,
    "disease_count": read_disease_count,
    "arm": read_arm,
    "regimen": read_regimen,
    "drug": read_drug,
    "concomitant": read_concomitant,
    "dose": read_regimen,
    "route": read_regimen,
    "schedule": read_regimen,
    "treatment_duration": read_treatment_duration,
    "response": read_responses,
    "outcome": read_outcome,
    "outcomes": read_outcomes,
    "response_duration": read_response_duration,
    "endpoint": read_response_duration,
    "follow_up": read_follow_up,
    "complications": read_complications,
    "complication_count": read_complication_count,
}
"""Role of a column to the function that reads its cells: (arm, column, key of the cell)."""

__all__ = ["FIELDS", "ArmReader"]
