"""The outcomes that can be pooled, in the field's abbreviations."""

from __future__ import annotations

SUMS: dict[str, tuple[str, ...]] = {"ORR": ("CR", "PR"), "DCR": ("CR", "PR", "SD")}
"""Outcomes that are sums of response categories."""

OUTCOME_NAMES: dict[str, str] = {
    "ORR": "overall response",
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progressive disease",
    "DCR": "disease control (response or stable disease)",
}

COMPLICATION_PREFIX = "complication:"
ANY_COMPLICATION = f"{COMPLICATION_PREFIX}any"
"""The row of a series that prints *none* (events 0) or says nothing (events None)."""
