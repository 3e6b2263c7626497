"""Patients, counts and percentages of responses, read a second time."""

from __future__ import annotations

import re

from evidence.extraction.second.reading import NUMBER, Reading, numbers_in, value_at
from evidence.vocabulary import Vocabulary


def population(reading: Reading) -> bool:
    """Numbers and diseases of the cell, each in order, pair up as the first reading has them."""
    name = reading.path.partition(".population.")[2]
    numbers = numbers_in(reading.text)
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


def whole_count(reading: Reading) -> bool:
    """The only whole number of its cell, or its cell's ``n (x%)`` or ``n/N``."""
    forms = (
        r"(?:n\s*=\s*)?(\d+)(?:\s+[a-z ]+)?",
        rf"(\d+)\s*\(\s*{NUMBER}\s*%?\s*\)",
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


def response(reading: Reading) -> bool:
    """The only count beside the outcome in the part of the cell that speaks of its scope."""
    if whole_count(reading):
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


def percent(reading: Reading) -> bool:
    """The only percentage beside the outcome, or of the cell."""
    name = reading.path.rpartition(".")[2]
    if re.fullmatch(rf"({NUMBER})\s*%?", reading.text):
        return bool(float(reading.text.rstrip("% ")) == reading.value)
    bracketed = re.fullmatch(rf"\d+(?:\s*/\s*\d+)?\s*\(\s*({NUMBER})\s*%?\s*\)", reading.text)
    if bracketed:
        return bool(float(bracketed[1]) == reading.value)
    names = "|".join(_outcome_names(name, reading.vocabulary))
    scope = value_at(reading.series, reading.path.split(".stated_percent")[0]).scope
    text = _part_of_scope(reading, scope)
    found = re.findall(rf"\b(?:{names})\s*[:=,]?\s*({NUMBER})\s*%", text or "")
    return [float(number) for number in found] == [reading.value]
