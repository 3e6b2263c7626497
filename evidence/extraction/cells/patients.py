"""The cell that says how many patients, and of which disease."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

NOT_DISEASES = {
    "vs", "versus", "arm", "arms", "group", "groups", "control", "controls", "male", "age", "aged",
    "stage", "phase", "year", "years", "level", "grade", "cohort", "part",
    "m", "f", "lost", "withdrawn", "excluded", "dropouts", "recipients", "donors", "responders",
    "enrolled", "entered", "evaluable", "assessable", "treated",
}  # fmt: skip
_NUMERAL = re.compile(r"^[IVX]+[ABab]?$|\d")
"""Words with a digit, or of Roman ones: a stage, a day, no disease that lists do not know."""
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


@dataclass(slots=True, kw_only=True)
class _Group:
    disease: str | None
    count: Value[int] | None
    depth: int
    words: list[int] = field(default_factory=list)
    """Places of words after the count that no list knows."""


def _is_number(token: Token) -> bool:
    return token.is_count or token.kind == "words"


def _count(token: Token) -> int:
    return int(token.name) if token.kind == "words" else token.count


def _pooled(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """A disease, or several joined without counts between them: (label, next index)."""
    names, place = [tokens[at].name], at + 1
    while (
        place + 1 < len(tokens)
        and (tokens[place].kind in "/+&" or tokens[place].text.lower() in ("and", "or", "and/or"))
        and tokens[place + 1].kind == "diseases"
        and not (place + 2 < len(tokens) and _labelled_next(tokens, place + 2))
    ):
        names.append(tokens[place + 1].name)
        place += 2
    return "/".join(names), place


def _labelled_next(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in ("=", ":") and at + 1 < len(tokens) and _is_number(tokens[at + 1])


def _disease_first(tokens: Sequence[Token]) -> bool:
    """Whether names stand before their counts (``MF 5, SS 3``), known ones or not."""
    if _labels_lead(tokens):
        return True
    kinds = [
        "n" if _is_number(t) or t.kind == "fraction" else "d"
        for t in tokens
        if _is_number(t) or t.kind in ("diseases", "fraction")
    ]
    return bool(kinds) and kinds[0] == "d" and "n" in kinds


def _labels_lead(tokens: Sequence[Token]) -> bool:
    """Whether a label no list knows opens the cell and a number ends it (``XYZ 16, AML 8``)."""
    said = [t for t in tokens if t.kind in ("word", "diseases") or _is_number(t)]
    counts = sum(_is_number(token) for token in said)
    return counts > 1 and _is_label(said[0]) and _is_number(said[-1])


def _is_label(token: Token) -> bool:
    """A word no list knows that is written like a name."""
    named = token.kind == "word" and token.text[:1].isupper()
    return named and token.text.lower() not in NOT_DISEASES and not _NUMERAL.search(token.text)


def parse_patients(text: str, vocabulary: Vocabulary, *, disease: str | None = None) -> Patients:
    """Read the cell; ``disease`` is what the head says all patients have."""
    tokens = lex(text, vocabulary, LISTS)
    ledger = Ledger(tokens)
    groups = _groups(tokens, ledger, _measures(tokens, vocabulary))
    unknown = _name_by_words(groups, tokens, ledger)
    result = _arranged(groups, disease)
    _give_back(result, tokens, groups, ledger)
    if unknown:
        result.doubt = result.doubt or f"{', '.join(unknown)} is not in the list of diseases"
    result.unread = ledger.unread(
        silent_kinds=("fillers", "disease_adjectives", "small", "statuses")
    )
    return result


def _give_back(
    result: Patients, tokens: Sequence[Token], groups: Sequence[_Group], ledger: Ledger
) -> None:
    """Counts that found no place in the result were not read."""
    held = [*result.population.values(), result.total, result.within and result.within[1]]
    kept = {value.start for value in held if value is not None}
    dropped = {g.count.start for g in groups if g.count is not None} - kept
    ledger.used -= {at for at, token in enumerate(tokens) if token.start in dropped}


def _name_by_words(groups: Sequence[_Group], tokens: Sequence[Token], ledger: Ledger) -> list[str]:
    """Give counts that stand side by side the words after them as labels; the labels given."""
    counted = [group for group in groups if group.count is not None]
    given: list[str] = []
    if len(counted) < 2:
        return given
    for group in counted:
        words = {tokens[at].text.lower() for at in group.words}
        numeral = any(_NUMERAL.search(tokens[at].text) for at in group.words)
        if group.disease is None and words and not numeral and not words & NOT_DISEASES:
            group.disease = " ".join(tokens[at].text for at in group.words)
            given.append(group.disease)
            ledger.use(*group.words)
    return given


def _groups(tokens: Sequence[Token], ledger: Ledger, skipped: set[int]) -> list[_Group]:
    first = _disease_first(tokens)
    groups: list[_Group] = []
    depth, at = 0, 0
    pending: _Group | None = None
    while at < len(tokens):
        token = tokens[at]
        if token.kind in "([":
            depth += 1
        elif token.kind in ")]":
            depth -= 1
        elif token.kind == "diseases":
            label, after = _pooled(tokens, at)
            ledger.use_range(at, after)
            if first or pending is None or pending.disease is not None:
                pending = _Group(disease=label, count=None, depth=depth)
                groups.append(pending)
            else:
                pending.disease = label
                pending = None if not first else pending
            at = after
            continue
        elif _is_number(token) and at not in skipped and not _is_year(tokens, at):
            ledger.use(at)
            value = value_of(_count(token), token)
            if first and pending is not None and pending.count is None:
                pending.count = value
                pending = None
            elif not first and pending is not None and pending.count is None:
                pending.count, pending = value, None
            else:
                pending = _Group(disease=None, count=value, depth=depth)
                groups.append(pending)
        elif token.kind == "word" and pending is not None and not (first and pending.disease):
            pending.words.append(at)
        elif first and pending is None and _is_label(token):
            pending = _Group(disease=None, count=None, depth=depth, words=[at])
            groups.append(pending)
        elif _is_age(tokens, at):
            ledger.use(at)
            _use_years(tokens, at, ledger)
        at += 1
    return groups


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    """A number like a year beside other counts: part of the label, not patients."""
    if not 1900 <= _count(tokens[at]) < 2100:
        return False
    return any(_is_number(token) for place, token in enumerate(tokens) if place != at)


def _measures(tokens: Sequence[Token], vocabulary: Vocabulary) -> set[int]:
    """Places of numbers followed by a unit of time or dose, or by things: they count nobody."""
    found: set[int] = set()
    for at, unit in enumerate(tokens[1:]):
        known = vocabulary.unit(unit.text) or vocabulary.time_unit(unit.text)
        known = known or vocabulary.lookup("things", unit.text)
        spelled = not unit.text.istitle() and (len(unit.text) > 1 or unit.text == "d")
        if known and spelled:
            found.add(at - 1 if tokens[at].kind == "-" else at)
    return found


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    """A range of years or one followed by *years*: an age, not a count."""
    if tokens[at].kind not in ("range", "number"):
        return False
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    return after.startswith(("year", "yr", "y.o"))


def _use_years(tokens: Sequence[Token], at: int, ledger: Ledger) -> None:
    if at + 1 < len(tokens) and tokens[at + 1].text.lower().startswith(("year", "yr")):
        ledger.use(at + 1)


def _arranged(groups: Sequence[_Group], disease: str | None) -> Patients:
    result = Patients()
    counted = [group for group in groups if group.count is not None]
    outer = [group for group in counted if group.depth == 0]
    inner = [group for group in counted if group.depth > 0]
    if not outer and inner:
        outer, inner = inner, []
    lonely = [group.disease for group in groups if group.count is None and group.disease]
    if len(outer) == 1 and inner and all(group.disease for group in inner):
        return _parted(outer[0], inner)
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


def _parted(whole: _Group, parts: Sequence[_Group]) -> Patients:
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
    label, stop = _pooled(tokens, places[0])
    if any(place >= stop for place in places):
        label = "/".join(dict.fromkeys(tokens[place].name for place in places))
        stop = places[-1] + 1
    return value_of(label, *tokens[places[0] : stop])
