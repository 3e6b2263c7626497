"""The medians that patient rows give: plain, and Kaplan-Meier where durations are censored."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from evidence.model.series import Patient

CENSORED = {
    "response_months": "response_censored",
    "pfs_months": "pfs_censored",
    "os_months": "os_censored",
}
"""Field of a patient → the mark that its duration had not ended."""
PLAIN = "median"
KAPLAN_MEIER = "Kaplan-Meier median"
REVERSE = "reverse Kaplan-Meier median"


def medians_of(rows: Sequence[Patient], field: str) -> dict[str, float | None]:
    """Every median an author may state of a field, by its name, the right one first.

    None: the median is not reached. Censored durations ask for Kaplan-Meier (a plain median takes
    them for ended); a follow-up may be told of all, or by the reverse estimate (Schemper & Smith
    1996, Control Clin Trials 17:343). Empty without values, and where a mark is missing beside
    others or of a survival time, which goes on in the living.
    """
    known = [(value, p) for p in rows if (value := getattr(p, field)) is not None]
    if not known:
        return {}
    values = [value for value, _ in known]
    if min(values) < 0:
        return {PLAIN: median(values)}
    if field == "follow_up_months" and any(p.died for _, p in known):
        living = [value for value, p in known if not p.died]
        return {
            PLAIN: median(values),
            REVERSE: _kaplan_meier(values, [not p.died for _, p in known]),
            **({"median of the living": median(living)} if living else {}),
        }
    marks = [getattr(p, CENSORED[field]) if field in CENSORED else False for _, p in known]
    if None in marks and (any(marks) or field != "response_months"):
        return {}
    if not any(marks):
        return {PLAIN: median(values)}
    return {
        KAPLAN_MEIER: _kaplan_meier(values, [not mark for mark in marks]),
        PLAIN: median(values),
    }


def same_number(stated: float, computed: float | None) -> bool:
    """Equal in the digits that are stated, rounded either way at the half."""
    if computed is None:
        return False
    digits = len(f"{stated:.6f}".rstrip("0").partition(".")[2])
    return abs(stated - computed) <= 0.5 * 10.0**-digits + 1e-9


def show_median(name: str, value: float | None, unit: str) -> str:
    """``Kaplan-Meier median of the patient rows is 9 months``."""
    shown = "not reached" if value is None else f"{value:g} {unit}"
    return f"{name} of the patient rows is {shown}"


def show_rows(rows: Sequence[Patient], field: str) -> str:
    """The values in order, those that had not ended with a +."""
    mark = CENSORED.get(field)
    known = [
        (value, bool(mark and getattr(p, mark)))
        for p in rows
        if (value := getattr(p, field)) is not None
    ]
    return ", ".join(f"{value:g}{'+' if censored else ''}" for value, censored in sorted(known))


def _kaplan_meier(values: list[float], ended: list[bool]) -> float | None:
    from evidence.pooling.survival import kaplan_meier

    return kaplan_meier(values, ended).median
