"""The cell that says how many patients, and of which disease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.cells.patient_groups import (
    Group,
    measures,
    name_by_words,
    pooled,
    read_groups,
)
from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

LISTS = ("statuses", "diseases", "fillers", "disease_adjectives", "small", "words", "statistics")


@dataclass(slots=True, kw_only=True)
class Patients:
    """Patients by disease, the stated total, and the larger group they are part of."""

    population: dict[str, Value[int]] = field(default_factory=dict)
    total: Value[int] | None = None
    within: tuple[str, Value[int]] | None = None
    unread: str | None = None
    doubt: str | None = None

    @property
    def size(self) -> int | None:
        """Patients as stated, else the sum by disease."""
        if self.total is not None:
            return self.total.value
        return sum(v.value for v in self.population.values()) if self.population else None


def parse_patients(text: str, vocabulary: Vocabulary, *, disease: str | None = None) -> Patients:
    """Read the cell; ``disease`` is what the head says all patients have."""
    tokens = lex(text, vocabulary, LISTS)
    ledger = Ledger(tokens)
    groups = read_groups(tokens, ledger, measures(tokens, vocabulary))
    unknown = name_by_words(groups, tokens, ledger)
    result = _arranged(groups, disease)
    _give_back(result, tokens, groups, ledger)
    if unknown:
        result.doubt = result.doubt or f"{', '.join(unknown)} is not in the list of diseases"
    result.unread = ledger.unread(
        silent_kinds=("fillers", "disease_adjectives", "small", "statuses")
    )
    return result


def _give_back(
    result: Patients, tokens: Sequence[Token], groups: Sequence[Group], ledger: Ledger
) -> None:
    """Counts that found no place in the result were not read."""
    held = [*result.population.values(), result.total, result.within and result.within[1]]
    kept = {value.start for value in held if value is not None}
    dropped = {g.count.start for g in groups if g.count is not None} - kept
    ledger.used -= {at for at, token in enumerate(tokens) if token.start in dropped}


def _arranged(groups: Sequence[Group], disease: str | None) -> Patients:
    result = Patients()
    counted = [group for group in groups if group.count is not None]
    outer = [group for group in counted if group.depth == 0]
    inner = [group for group in counted if group.depth > 0]
    if not outer and inner:
        outer, inner = inner, []
    lonely = [group.disease for group in groups if group.count is None and group.disease]
    known = any(group.disease for group in outer)
    another = all(group.disease and not (known and group.having) for group in inner)
    if len(outer) == 1 and inner and another:
        return _parted(outer[0], inner)
    if known and inner:
        named = ", ".join(f"{g.count.value} {g.disease or ''}".strip() for g in inner if g.count)
        result.doubt = (
            f"a part of the patients ({named}) is no group of its own; it was not counted"
        )
        inner, counted = [], outer
    if lonely and not (len(lonely) == len(counted) == 1 and counted[0].disease is None):
        result.doubt = f"{', '.join(lonely)} is named without a number of patients"
    for place, group in enumerate([*outer, *inner]):
        assert group.count is not None
        label = group.disease or (lonely[0] if len(lonely) == 1 and len(counted) == 1 else None)
        label = label or (disease if len(counted) == 1 else None)
        if label is None:
            if result.total is None and place == 0:
                result.total = group.count
            else:
                result.doubt = "several numbers of patients without a disease"
        elif label in result.population:
            result.doubt = f"{label} is counted twice"
        else:
            result.population[label] = group.count
    return result


def _parted(whole: Group, parts: Sequence[Group]) -> Patients:
    """``50 NHL (8 MF)`` is a part of a whole; ``25 (15 MF, 10 SS)`` is the whole in parts."""
    assert whole.count is not None
    result = Patients()
    for part in parts:
        if part.disease and part.count:
            result.population[part.disease] = part.count
    listed = sum(value.value for value in result.population.values())
    if listed == whole.count.value:
        result.total = whole.count
    elif listed < whole.count.value and whole.disease:
        result.within = (whole.disease, whole.count)
    elif listed < whole.count.value:
        result.total = whole.count
        result.doubt = f"diseases are named for {listed} of {whole.count.value} patients"
    else:
        result.doubt = f"the parts ({listed}) exceed the whole ({whole.count.value})"
        result.population, result.total = {}, whole.count
    return result


def disease_label(text: str, vocabulary: Vocabulary) -> Value[str] | None:
    """The one disease, or the pooled label, a text without counts names."""
    tokens = lex(text, vocabulary, LISTS)
    places = [at for at, token in enumerate(tokens) if token.kind == "diseases"]
    if not places:
        return None
    label, stop = pooled(tokens, places[0])
    if any(place >= stop for place in places):
        label = "/".join(dict.fromkeys(tokens[place].name for place in places))
        stop = places[-1] + 1
    return value_of(label, *tokens[places[0] : stop])
