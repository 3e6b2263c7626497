"""Dose, route and schedule: in one cell or in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.cells.companions import JOINING, VERSUS, own_part
from evidence.extraction.cells.dose import read_dose
from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.cells.schedule import read_schedule
from evidence.extraction.found import Ledger, value_of
from evidence.extraction.tokens import Token, kind_at, lex, word_at
from evidence.vocabulary import Vocabulary

__all__ = ["RegimenFound", "parse_regimen"]
LISTS = ("statuses", "schedules", "per", "dose", "routes", "drugs", "controls", "time_days",
         "cycles", "comparators", "words", "statistics", "every", "fillers", "small")  # fmt: skip
_LEADING = {",", "(", "for", "x", "×", "during", "over"}


def parse_regimen(
    text: str,
    vocabulary: Vocabulary,
    *,
    dose_unit: str | None = None,
    drugs: frozenset[str] = frozenset(),
) -> RegimenFound:
    """Read a regimen; ``dose_unit`` is the unit the head gives to bare numbers.

    Where several drugs are printed, only what stands with the first of ``drugs`` (the review's
    own, else with the first drug of the cell) is read.
    """
    tokens = lex(text, vocabulary, LISTS)
    if dose_unit is not None:
        tokens = _intervals_apart(tokens)
    ledger = Ledger(tokens)
    found = RegimenFound()
    own = own_part(tokens, found, drugs)
    part = tokens[own.start : own.stop]
    inner = Ledger(part)
    read_dose(part, inner, found, dose_unit)
    _read_routes(text, part, inner, found)
    timing = read_schedule(text, part, inner)
    found.doses_per_week, found.schedule = timing.doses_per_week, timing.schedule
    found.doses = timing.doses
    _read_duration(part, inner, found)
    ledger.use(*(own.start + at for at in inner.used))
    ledger.use(*(at for at in (own.start, own.stop) if word_at(tokens, at) in JOINING))
    _read_drugs(tokens, ledger, found, own)
    silent = ["fillers", "small", "cycles", "comparators"]
    if found.dose is None and found.doses_per_week is None:
        silent.append("statuses")
    found.unread = ledger.unread(silent_kinds=silent)
    return found


def _intervals_apart(tokens: Sequence[Token]) -> list[Token]:
    """``20 / 2 wk`` under a head with a unit of dose: a dose and its interval, no fraction."""
    apart: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind != "fraction" or kind_at(tokens, at + 1) != "time_days":
            apart.append(token)
            continue
        for part in re.finditer(r"\d+|/", token.text):
            number = None if part[0] == "/" else float(part[0])
            apart.append(
                Token(
                    kind="/" if number is None else "number",
                    text=part[0],
                    start=token.start + part.start(),
                    end=token.start + part.end(),
                    low=number,
                    high=number,
                )
            )
    return apart


def _read_routes(text: str, tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    places = [at for at, token in enumerate(tokens) if token.kind == "routes"]
    if not places:
        return
    names = tuple(dict.fromkeys(tokens[at].name for at in places))
    found.routes = value_of(names, *(tokens[at] for at in places))
    ledger.use(*places)
    if len(names) > 1:
        between = text[tokens[places[0]].end : tokens[places[-1]].start].lower()
        if re.search(r"\bor\b|/", between):
            found.route_order = "alternative"
        elif re.search(r"follow|then|→|->|switch|there ?after|subsequent", between):
            found.route_order = "sequence"
        for at in range(places[0], places[-1]):
            if tokens[at].kind == "word" and tokens[at].text.lower() in (
                "followed", "then", "thereafter", "switched", "subsequently",
            ):  # fmt: skip
                ledger.use(at)


def _read_duration(tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    """``for 12 weeks``, ``up to 6 months``, ``x 4 weeks``; several are left unread, so named."""
    led = [at for at in range(1, len(tokens)) if _is_duration(tokens, at, ledger)]
    times = [at for at in led if _is_of_treatment(tokens[at + 1])]
    if len(times) == 1:
        at = times[0]
        bound = tokens[at - 1].kind == "comparators" and word_at(tokens, at - 1) != "over"
        first = tokens[at - 1] if bound else tokens[at]
        found.duration = (first.start, tokens[at + 1].end)
    for at in led:
        if at not in times or len(times) == 1:
            ledger.use_range(at - 1, at + 2)


def _is_of_treatment(unit: Token) -> bool:
    """Whether a unit measures treatment; hours and minutes measure an infusion."""
    return unit.kind == "time_days" and unit.name not in ("hour", "minute")


def _is_duration(tokens: Sequence[Token], at: int, ledger: Ledger) -> bool:
    """A number and a unit of time after a word that makes them a duration."""
    unit = kind_at(tokens, at + 1)
    free = at not in ledger.used and at + 1 not in ledger.used
    amount = tokens[at].kind in ("number", "range", "words") and unit == "time_days"
    led = word_at(tokens, at - 1) in _LEADING or kind_at(tokens, at - 1) == "comparators"
    after = word_at(tokens, at + 2)
    apart = after in ("apart", "later", "interval", "intervals", "/", "per", "every", "each")
    apart = apart or kind_at(tokens, at + 2) == "per"
    return free and amount and led and not apart


def _read_drugs(tokens: Sequence[Token], ledger: Ledger, found: RegimenFound, own: range) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "drugs":
            continue
        if any(word_at(tokens, before) in VERSUS for before in range(at)):
            break
        ledger.use(at)
        if found.drug is None and at in own:
            found.drug = value_of(token.name, token)
    control = next((at for at, token in enumerate(tokens) if token.kind == "controls"), None)
    if control is not None and found.drug is None and control in own:
        found.drug = value_of(tokens[control].name, tokens[control])
        ledger.use(control)
    held = found.drug.value if found.drug else None
    stop = next((at for at in range(len(tokens)) if word_at(tokens, at) in VERSUS), len(tokens))
    others = [t.name for t in tokens[:stop] if t.kind == "drugs" and t.name != held]
    found.combined_with = list(dict.fromkeys(others))
