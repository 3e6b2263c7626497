"""Drug, dose, routes, schedule and times, read a second time."""

from __future__ import annotations

import re

from evidence.extraction.second.reading import NUMBER, Reading
from evidence.model.quantity import Amount, Duration

_DOSE = re.compile(
    rf"({NUMBER})(?:\s*-\s*({NUMBER}))?\s*(mg|g|µg|μg|mcg|ug|MU|MIU|IU|Gy|mL|ml)(?![a-z])",
    re.IGNORECASE,
)
_ROUTES = {
    "IV": r"\bi\.?v\.?\b|intravenous",
    "SC": r"\bs\.?c\.?\b|subcut|\bs\.?q\.?\b",
    "PO": r"\bp\.?o\.?\b|\boral",
    "IM": r"\bi\.?m\.?\b|intramusc",
    "IL": r"\bi\.?l\.?\b|intralesion",
    "TOP": r"topical|\bgel\b|\bcream\b|ointment",
    "ID": r"\bi\.?d\.?\b|intraderm",
}  # fmt: skip
_WEEKLY: tuple[tuple[str, float], ...] = (
    (r"\bt\.?i\.?w\b|thrice[- ]weekly|three times (?:a|per|weekly)", 3),
    (r"\bb\.?i\.?w\b|twice[- ]weekly|twice a week|two times (?:a|per) week", 2),
    (r"every other day|alternate days|\bq\.?o\.?d\b|\be\.?o\.?d\b", 3.5),
    (r"every (?:2|two) weeks|\bq2w|fortnightly", 0.5),
    (r"every (?:3|three) weeks|\bq3w", 0.333),
    (r"every (?:4|four) weeks|\bq4w", 0.25),
    (r"(?<!twice )(?<!times )(?<!thrice )\bdaily\b|\bq\.?d\b|every day", 7),
    (r"(?<!twice )(?<!times )(?<!thrice )(?<!\w-)\bweekly\b|\bqw\b|once a week", 1),
)
_PER_WEEK = re.compile(
    r"(\d+)\s*(?:x|d|days?|times|doses|infusions|injections)?\s*(?:/|per|a)\s*w", re.I
)
_PER_DAY = re.compile(r"(\d+)\s*(?:x|×|times)?\s*(?:/|a\s|per\s)?\s*(?:day|daily)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"^(?:(?P<bound><|>|≤|≥|less than|more than)\s*)?(?:median\s*)?(?P<low>{NUMBER})"
    rf"(?:\s*(?:-|to)\s*(?P<high>{NUMBER}))?\s*(?P<unit>[a-z]+)?\.?$",
    re.IGNORECASE,
)
_FACTORS = {"d": 1.0, "w": 7.0, "m": 30.4375, "y": 365.25}
_BOUNDS = {"less than": "<", "more than": ">"}


def drug(reading: Reading) -> bool:
    """The only drug of the cell, with no alternative beside it."""
    if re.search(r"\b(?:or|vs|versus)\b", reading.text):
        return False
    names = {reading.vocabulary.drug(word) for word in re.findall(r"[\w-]+", reading.text)} - {None}
    return names == {reading.value} or reading.text.casefold() == str(reading.value).casefold()


def dose(reading: Reading) -> bool:
    """The only amount with a unit of dose, or the only number of the cell."""
    found = _DOSE.findall(reading.text.replace(",", ""))
    if not found:
        bare = re.fullmatch(rf"({NUMBER})(?:\s*-\s*({NUMBER}))?", reading.text.replace(",", ""))
        found = [(bare.group(1), bare.group(2) or "", "")] if bare else []
    if len(found) != 1:
        return False
    low = float(found[0][0])
    return bool(reading.value == Amount(low=low, high=float(found[0][1] or low)))


def routes(reading: Reading) -> bool:
    """The routes that plain patterns see, as a set."""
    seen = {name for name, words in _ROUTES.items() if re.search(words, reading.text, re.I)}
    return seen == set(reading.value)


def doses_per_week(reading: Reading) -> bool:
    """The only frequency that plain patterns see."""
    seen = {per for words, per in _WEEKLY if re.search(words, reading.text, re.IGNORECASE)}
    seen |= {float(number) for number in _PER_WEEK.findall(reading.text)}
    a_day = {7 * float(number) for number in _PER_DAY.findall(reading.text)}
    seen = (seen - {7}) | a_day if a_day else seen
    return len(seen) == 1 and reading.value == Amount(low=min(seen), high=max(seen))


def time(reading: Reading) -> bool:
    """The whole cell is one time."""
    found = _TIME.match(reading.text)
    if not found:
        return False
    duration: Duration = reading.value
    unit = (found["unit"] or _head_unit(reading.unit))[:1].lower()
    if unit not in _FACTORS:
        return False
    field = "w" if reading.path.endswith("weeks") else "m"
    factor = 1.0 if unit == field else _FACTORS[unit] / _FACTORS[field]
    numbers = [round(float(found[end]) * factor, 2) for end in ("low", "high") if found[end]]
    held = [duration.low, duration.high] if len(numbers) == 2 else [duration.point]
    bound = (found["bound"] or "").lower()
    return numbers == held and (_BOUNDS.get(bound, bound) or None) == duration.comparator


def _head_unit(head: str) -> str:
    found = re.search(r"\b(d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?)\b\W*$", head, re.I)
    return found.group(1) if found else ""
