"""How many patients the series, or one of its arms, has by its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.prose.arms import ArmGroup, arm_key
from evidence.extraction.prose.context import RARE, chance_of_fit, fits_percent, rank
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.rates import NUMBER, find_rates
from evidence.extraction.prose.roles import CONCLUSION
from evidence.extraction.tokens import FOLD
from evidence.model.series import Arm
from evidence.model.source import How

_WHAT = {
    "evaluable": 0,
    "eligible": 1,
    "analysed": 2,
    "treated": 3,
    "enrolled": 4,
    "given": 6,
    "among": 7,
    "case": 9,
}


def size_fact(reading: ProseReading, group: ArmGroup) -> ProseFact | None:
    """The sentence that says how many patients the series (or arm) has.

    It is no less than the patients counted with one response. A number within a fifth of the
    largest is the series'; the abstract's goes before the body's,
    one that is repeated before one that is not, those evaluable before those enrolled.
    """
    facts = [f for f in reading.of("patients") if f.events]
    if group.label is not None:
        key = arm_key(group.label)
        mine = [f for f in facts if f.scope and _is_of(arm_key(f.scope), key)]
        listed = group.listed.n if group.listed else None
        mine = [f for f in mine if f.events == listed] or mine
        stated = max(mine, key=lambda f: f.events or 0, default=None)
        return stated or _denominator(reading, group.label)
    whole = [f for f in facts if f.scope is None]
    responders = [f.events for f in reading.of("response") if f.events and not f.scope_kind]
    whole = [f for f in whole if (f.events or 0) >= max(responders, default=0)]
    early = [f for f in whole if f.role.startswith(("abstract", "title"))]
    several = [f for f in early if f.name != "case"]
    early = several or early
    largest = max((f.events or 0 for f in early or whole), default=0)
    near = [f for f in early or whole if (f.events or 0) * 10 >= 8 * largest]
    repeated = {f.events for f in near if sum(g.events == f.events for g in whole) > 1}
    if not whole:
        return _denominator(reading, None)
    near.sort(key=lambda f: (f.events not in repeated, _WHAT.get(f.name, 5), rank(f.role)))
    return near[0] if near else None


def _is_of(said: str, arm: str) -> bool:
    """Whether a number of patients is of an arm: it is named alike, or each arm has as many."""
    named = min(len(said), len(arm)) >= 4 and (said in arm or arm in said)
    return said in (arm, "each") or named


def _denominator(reading: ProseReading, arm: str | None) -> ProseFact | None:
    """The patients of whom responses are counted (*21 of 39*), where no sentence says their number
    and all counts have the same: of one ``arm``, or of the whole series."""
    diseases = {f.name for f in reading.of("disease")}
    counted = [f for f in reading.of("response") if f.total
               and (f.scope == arm if arm else not f.scope_kind or {f.scope} == diseases)
               and f.compartment is None]  # fmt: skip
    if len({f.total for f in counted}) != 1:
        return None
    return replace(counted[0], kind="patients", name="evaluable", events=counted[0].total)


def confirmations(reading: ProseReading, fact: ProseFact, *, whole: bool) -> tuple[str, ...]:
    """What else agrees with a number of patients: another sentence, the sexes or the groups it is
    made of, and, of the ``whole`` series, counts whose percentages are of it."""
    n = fact.events or 0
    again = [f for f in reading.of("patients", own=False)
             if f.events == n and (f.own or f.role == CONCLUSION)]  # fmt: skip
    counted = [*reading.of("response"), *reading.of("complication")]
    again += [
        f
        for f in counted
        if f.total == n and (not f.scope_kind if whole else f.scope == fact.scope)
    ]
    checks = ["second-reading"] if any(f.sentence != fact.sentence for f in again) else []
    sexes = {f.name: f.events or 0 for f in reading.of("sex", own=False)}
    if whole and (_made_of(fact) or (len(sexes) == 2 and sum(sexes.values()) == n)):
        checks.append("sum")
    rated = [
        (f.events, f.percent)
        for f in (*reading.of("response"), *reading.of("complication"))
        if f.scope is None and f.total in (None, n) and f.events and f.percent is not None
    ]
    fit = [fits_percent(events, n, percent) for events, percent in rated]
    if (whole and len(set(rated)) >= 2 and all(fit)) or _fits_percents(reading, fact):
        checks.append("percent")
    if whole and _is_most(reading, n):
        checks.append("second-reading")
    return tuple(sorted(set(checks)))


def note_sum(arms: Sequence[Arm], reading: ProseReading, notes: Notes) -> None:
    """Check the sizes of two arms or more that add up to the largest number of patients."""
    sizes = [arm.total or 0 for arm in arms]
    most = max((f.events or 0 for f in reading.of("people")), default=0)
    if len(sizes) < 2 or not all(sizes) or sum(sizes) != most:
        return
    for at in range(len(arms)):
        note = notes.readings.get(f"arms[{at}].total")
        if note is not None and note.doubt is None and note.how is not How.DERIVED:
            checked = tuple(sorted({*note.checked, "sum"}))
            notes.readings[f"arms[{at}].total"] = note.model_copy(update={"checked": checked})


def _is_most(reading: ProseReading, n: int) -> bool:
    """Whether no larger number of patients stands in title or abstract, and no other as the size.

    Those evaluable may be fewer.
    """
    sizes = {f.events for f in reading.of("patients") if f.scope is None and f.name != "evaluable"}
    return sizes <= {n} and n == max((f.events or 0 for f in reading.of("people")), default=0)


def _fits_percents(reading: ProseReading, fact: ProseFact) -> bool:
    """Whether every percentage of the patients is a whole number of them, which would be rare."""
    n = fact.events or 0
    facts = [*reading.of("response"), *reading.of("complication")]
    facts = [f for f in facts if (f.scope, f.compartment, f.timepoint) == (fact.scope, None, None)]
    percents = {f.percent for f in facts if f.percent and f.total in (None, n)} - {100.0}
    return n > 0 and chance_of_fit(percents, n) <= RARE


_PARTED = re.compile(r"[^.;:()\d]{0,80}(?:\(|:)\s*(?P<parts>[^();.]{1,120})")


def _made_of(fact: ProseFact) -> bool:
    """Whether the groups named right after a number add up to it: ``44 (30 MF, 14 SS)``."""
    after = _PARTED.match(fact.sentence.translate(FOLD), _number_end(fact))
    parts = [r.events for r in find_rates(after["parts"]) if r.events] if after else []
    return len(parts) >= 2 and sum(parts) == fact.events


def _number_end(fact: ProseFact) -> int:
    number = re.match(NUMBER, fact.sentence[fact.start :], re.IGNORECASE)
    return fact.start + (number.end() if number else 0)
