"""The ten items of the JBI checklist for case series, paraphrased.

Munn 2020, JBI Evid Synth 18:2127.
"""

from __future__ import annotations

from evidence.model.series import Judgement, Series

ITEMS: dict[str, str] = {
    "criteria": "Were the criteria for taking patients in clear?",
    "measurement": "Was the disease measured in a standard, reliable way in everyone?",
    "identification": "Was the disease identified by valid methods in everyone?",
    "consecutive": "Were patients taken in one after another?",
    "complete": "Were all eligible patients taken in?",
    "demographics": "Are age, sex and other demographics reported clearly?",
    "clinical": "Is clinical information about the patients reported clearly?",
    "outcomes": "Are outcomes or follow-up reported clearly?",
    "site": "Is the centre and the population it serves described?",
    "statistics": "Was the statistical analysis suitable?",
}
CITATION = "Munn Z, et al. JBI Evid Synth. 2020;18:2127-33."


def judgements(series: Series) -> tuple[Judgement | None, ...]:
    """Answers in the order of the items; a key is the item's name or its number."""
    return tuple(
        series.risk_of_bias.get(name) or series.risk_of_bias.get(str(i + 1))
        for i, name in enumerate(ITEMS)
    )


def unknown_items(series: Series) -> list[str]:
    """Keys of ``risk_of_bias`` that are no item."""
    numbers = {str(i + 1) for i in range(len(ITEMS))}
    return [key for key in series.risk_of_bias if key not in ITEMS and key not in numbers]
