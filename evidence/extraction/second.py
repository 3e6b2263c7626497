"""A second reading of each value: plain patterns over the whole cell, apart from the grammars.

A value is agreed to only where the pattern finds it alone in its cell (or finds the same list as
the grammar), so that a token given to the wrong field by either reading shows as disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from evidence.extraction.source import Notes
from evidence.model.quantity import Amount, Duration
from evidence.model.series import Arm, Series
from evidence.vocabulary import Vocabulary

DASH = str.maketrans("‐‑‒–—−·", "------.")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_N = r"\d+(?:\.\d+)?"
_DOSE = re.compile(
    rf"({_N})(?:\s*-\s*({_N}))?\s*(mg|g|µg|μg|mcg|ug|MU|MIU|IU|Gy|mL|ml)(?![a-z])", re.IGNORECASE
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
_AUTHORS = re.compile(
    r"(?:(?:[Dd]e|[Vv]an|[Vv]on|[Dd]er|[Dd]i|[Dd]el|[Dd]u|[Ll]a|[Ll]e)\s)*[A-ZÀ-Ý][\w'’-]+"
    r"(?:\s(?:[A-Z]{1,3}\b|[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*))*"
    r"(?:\set\sal\.?|\s(?:and|&)\s[A-ZÀ-Ý][\w'’-]+)?"
)
_TIME = re.compile(
    rf"^(?:(?P<bound><|>|≤|≥|less than|more than)\s*)?(?:median\s*)?(?P<low>{_N})"
    rf"(?:\s*(?:-|to)\s*(?P<high>{_N}))?\s*(?P<unit>[a-z]+)?\.?$",
    re.IGNORECASE,
)
_FACTORS = {"d": 1.0, "w": 7.0, "m": 30.4375, "y": 365.25}
_BOUNDS = {"less than": "<", "more than": ">"}


def agreed_paths(series: Series, notes: Notes, vocabulary: Vocabulary) -> set[str]:
    """Paths whose value a second reading of the cell confirms.

    Words that were not read may change what the others mean: such a cell confirms nothing.
    """
    agreed: set[str] = set()
    for path, note in notes.readings.items():
        source = notes.cells.get(note.cell or "")
        if source is None or note.doubt is not None or source.cell.doubt is not None:
            continue
        if source.unread is not None and not path.startswith("citation"):
            continue
        value = value_at(series, path)
        for pattern, rule in RULES:
            if re.fullmatch(pattern, path):
                reading = Reading(
                    text=source.text.translate(DASH), value=value, path=path, series=series,
                    notes=notes, vocabulary=vocabulary, unit=source.column or "",
                )  # fmt: skip
                if rule(reading):
                    agreed.add(path)
                break
    return agreed


class Reading:
    """What a rule may look at: the cell's text and the value as first read."""

    __slots__ = ("notes", "path", "series", "text", "unit", "value", "vocabulary")

    def __init__(
        self, *, text: str, value: Any, path: str, series: Series, notes: Notes,
        vocabulary: Vocabulary, unit: str,
    ) -> None:  # fmt: skip
        self.text, self.value, self.path, self.unit = " ".join(text.split()), value, path, unit
        self.series, self.notes, self.vocabulary = series, notes, vocabulary

    @property
    def arm(self) -> Arm:
        """The arm the path lies in."""
        found = re.match(r"arms\[(\d+)\]", self.path)
        return self.series.arms[int(found.group(1))] if found else self.series.arms[0]


def value_at(series: Series, path: str) -> Any:
    """The value at a path such as ``arms[0].responses[1].CR``; None where there is none."""
    value: Any = series
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if index:
            value = value[int(index)] if int(index) < len(value) else None
        elif isinstance(value, dict):
            rest = path[path.index(name) :]
            value = value.get(name, value.get(rest))
        else:
            value = getattr(value, name, None)
        if value is None:
            return None
    return value


def _authors(reading: Reading) -> bool:
    """The names the cell begins with, up to *et al.*, followed by nothing but year and marks."""
    found = _AUTHORS.match(reading.text)
    rest = reading.text[found.end() :].translate(RAISED) if found else "?"
    return bool(found) and found.group() == reading.value and not re.search(r"[^\W\d_]{2,}", rest)  # type: ignore[union-attr]


def _year(reading: Reading) -> bool:
    years = re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", reading.text)
    return years == [str(reading.value)]


def _reference(reading: Reading) -> bool:
    plain = reading.text.translate(RAISED)
    named = r"\[\s*(\d{1,4})\s*\]|\((\d{1,3})\)|(?<=al\.)\s?,?(\d{1,3})\b|^(\d{1,3})$"
    found = ["".join(groups) for groups in re.findall(named, plain)]
    return found == [str(reading.value)]


def _drug(reading: Reading) -> bool:
    names = {reading.vocabulary.drug(word) for word in re.findall(r"[\w-]+", reading.text)} - {None}
    return names == {reading.value} or reading.text.casefold() == str(reading.value).casefold()


def _dose(reading: Reading) -> bool:
    found = _DOSE.findall(reading.text.replace(",", ""))
    if not found:
        bare = re.fullmatch(rf"({_N})(?:\s*-\s*({_N}))?", reading.text.replace(",", ""))
        found = [(bare.group(1), bare.group(2) or "", "")] if bare else []
    if len(found) != 1:
        return False
    low = float(found[0][0])
    return bool(reading.value == Amount(low=low, high=float(found[0][1] or low)))


def _routes(reading: Reading) -> bool:
    seen = {name for name, words in _ROUTES.items() if re.search(words, reading.text, re.I)}
    return seen == set(reading.value)


def _doses_per_week(reading: Reading) -> bool:
    seen = {per for words, per in _WEEKLY if re.search(words, reading.text, re.IGNORECASE)}
    seen |= {float(number) for number in _PER_WEEK.findall(reading.text)}
    a_day = {7 * float(number) for number in _PER_DAY.findall(reading.text)}
    seen = (seen - {7}) | a_day if a_day else seen
    return len(seen) == 1 and reading.value == Amount(low=min(seen), high=max(seen))


def _time(reading: Reading) -> bool:
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


def _numbers(text: str) -> list[int]:
    without = re.sub(rf"{_N}\s*%|{_N}\s*-\s*{_N}|\d+\.\d+", " ", text)
    return [int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w.]*\d)", without)]


def _population(reading: Reading) -> bool:
    """Numbers and diseases of the cell, each in order, pair up as the first reading has them."""
    name = reading.path.partition(".population.")[2]
    numbers = _numbers(reading.text)
    names = _diseases(reading.text, reading.vocabulary)
    if len(numbers) > len(names) == 1 and reading.arm.total == numbers[0]:
        numbers = numbers[1:]
    if len(numbers) == 1 and "/".join(names) == name:
        return numbers == [reading.value]
    return len(numbers) == len(names) and dict(zip(names, numbers, strict=True)).get(name) == (
        reading.value
    )


def _diseases(text: str, vocabulary: Vocabulary) -> list[str]:
    """Diseases in the order in which the text names them, each by its longest name."""
    words = re.findall(r"[^\s,;:()/=+]+", text)
    found, at = [], 0
    while at < len(words):
        for size in range(min(7, len(words) - at), 0, -1):
            name = vocabulary.disease(" ".join(words[at : at + size]))
            if name is not None:
                found.append(name)
                break
        else:
            size = 1
        at += size
    return found


def _whole_count(reading: Reading) -> bool:
    """The only whole number of its cell, or its cell's ``n (x%)`` or ``n/N``."""
    forms = (
        r"(?:n\s*=\s*)?(\d+)(?:\s+[a-z ]+)?",
        rf"(\d+)\s*\(\s*{_N}\s*%?\s*\)",
        r"(\d+)\s*/\s*\d+.*",
    )
    return any(
        bool((found := re.fullmatch(form, reading.text, re.I)) and int(found[1]) == reading.value)
        for form in forms
    )


def _outcome_names(name: str, vocabulary: Vocabulary) -> list[str]:
    short = [word for word, outcome in vocabulary.exact["responses"].items() if outcome == name]
    short += [word for word in vocabulary.legend if vocabulary.lookup("responses", word) == name]
    return sorted({re.escape(word) for word in (*short, name)}, key=len, reverse=True)


def _response(reading: Reading) -> bool:
    if _whole_count(reading):
        return True
    path, _, name = reading.path.rpartition(".")
    names = "|".join(_outcome_names(name, reading.vocabulary))
    scope = value_at(reading.series, path).scope
    text = _part_of_scope(reading, scope)
    if text is None:
        return False
    first = [int(n) for n in re.findall(rf"(?<![\d./])(\d+)\s+(?:{names})\b", text)]
    second = [int(n) for n in re.findall(rf"\b(?:{names})\s*[:=,]?\s*(\d+)\b(?!\s*[%.\d/])", text)]
    starts_with_count = bool(re.match(r"\W*\d+\s", text)) or not second
    return (first if starts_with_count and first else second) == [reading.value]


def _part_of_scope(reading: Reading, scope: str) -> str | None:
    """The part of the cell that speaks of the scope; None where that is not plain."""
    text = reading.text
    heads = [
        found for found in re.finditer(r"([\w/-]+)\s*:", text)
        if reading.vocabulary.disease(found[1]) is not None
    ]  # fmt: skip
    if heads:
        for at, head in enumerate(heads):
            if reading.vocabulary.disease(head[1]) == scope:
                end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
                return text[head.end() : end]
        return text[: heads[0].start()]
    if scope == "all" or (reading.arm.within and reading.arm.within.disease == scope):
        return re.sub(r"\([^)]*\)", " ", text)
    return None


def _percent(reading: Reading) -> bool:
    name = reading.path.rpartition(".")[2]
    if re.fullmatch(rf"({_N})\s*%?", reading.text):
        return bool(float(reading.text.rstrip("% ")) == reading.value)
    bracketed = re.fullmatch(rf"\d+(?:\s*/\s*\d+)?\s*\(\s*({_N})\s*%?\s*\)", reading.text)
    if bracketed:
        return bool(float(bracketed[1]) == reading.value)
    names = "|".join(_outcome_names(name, reading.vocabulary))
    scope = value_at(reading.series, reading.path.split(".stated_percent")[0]).scope
    text = _part_of_scope(reading, scope)
    found = re.findall(rf"\b(?:{names})\s*[:=,]?\s*({_N})\s*%", text or "")
    return [float(number) for number in found] == [reading.value]


def _only_percent(reading: Reading) -> bool:
    """The only percentage of its cell, under a head that says so or with its sign."""
    signed = re.findall(rf"({_N})\s*%", reading.text)
    bare = re.fullmatch(rf"({_N})", reading.text) if "%" in reading.unit else None
    found = signed or ([bare.group(1)] if bare else [])
    return [float(number) for number in found] == [reading.value]


def _term(reading: Reading) -> bool:
    """A term that the word lists know and that stands between borders of the list."""
    if reading.vocabulary.complication(reading.value) is None:
        return False
    start = reading.text.find(reading.value)
    before = reading.text[:start].rstrip()
    return start == 0 or before.endswith((",", ";", ")", ":", ".")) or _graded(before)


def _graded(before: str) -> bool:
    return bool(re.search(r"(?:grades?\s+\S+|due to|from|\b\d+|^\w+)$", before, re.IGNORECASE))


def _events(reading: Reading) -> bool:
    """The bracketed counts of the cell are the events of its items, one for one."""
    if _whole_count(reading):
        return True
    cell = reading.notes.readings[reading.path].cell
    held = [
        item.events
        for at, item in enumerate(reading.arm.complications or ())
        if (note := reading.notes.readings.get(_item_path(reading, at))) and note.cell == cell
    ]
    return _counts(reading.text) == held


def _item_path(reading: Reading, at: int) -> str:
    return re.sub(r"complications\[\d+\]", f"complications[{at}]", reading.path)


def _counts(text: str) -> Sequence[int | None]:
    return [int(number) for number in re.findall(r"\(\s*(?:n\s*=\s*)?(\d+)\s*\)", text)]


RULES: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    (r"citation\.authors", _authors),
    (r"citation\.year", _year),
    (r"citation\.reference", _reference),
    (r"arms\[\d+\]\.regimen\.drug", _drug),
    (r"arms\[\d+\]\.regimen\.dose_mg", _dose),
    (r"arms\[\d+\]\.regimen\.routes", _routes),
    (r"arms\[\d+\]\.regimen\.doses_per_week", _doses_per_week),
    (r"arms\[\d+\]\.(?:treatment_weeks|follow_up_months|response_months\[\d+\])", _time),
    (r"arms\[\d+\]\.population\..+", _population),
    (r"arms\[\d+\]\.(?:total|within\.patients)", lambda r: _numbers(r.text)[:1] == [r.value]),
    (r"arms\[\d+\]\.responses\[\d+\]\.stated_percent\..+", _percent),
    (r"arms\[\d+\]\.responses\[\d+\]\.total", lambda r: _numbers(r.text) == [r.value]),
    (r"arms\[\d+\]\.responses\[\d+\]\.\w+", _response),
    (r"arms\[\d+\]\.complications\[\d+\]\.term", _term),
    (r"arms\[\d+\]\.complications\[\d+\]\.events", _events),
    (r"arms\[\d+\]\.complications\[\d+\]\.percent", _only_percent),
)
"""Path to the rule that reads it a second time; the first that fits decides."""
