"""Who the paper's own patients are by the text, against their rows: sexes and diseases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.model.series import Arm, Patient
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import Said, claim, said
from evidence.table.words import NUMBER, number
from evidence.vocabulary import load_vocabulary

_SEXES = re.compile(
    rf"\b(?P<f>{NUMBER})\s+(?:women|females?)\s*(?:,|and)\s*(?P<m>{NUMBER})\s+(?:men|males?)\b"
    rf"|\b(?P<m2>{NUMBER})\s+(?:men|males?)\s*(?:,|and)\s*(?P<f2>{NUMBER})\s+(?:women|females?)\b"
    rf"|\b(?P<n>{NUMBER})\s+of\s+(?:(?:the|our)\s+)?(?P<of>{NUMBER})\s+patients\s+were\s+"
    r"(?P<sex>wom[ae]n|females?|m[ae]n|males?)\b",
    re.IGNORECASE,
)
_DISEASES = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:patients?\s+|cases?\s+|of\s+them\s+)?(?:had|with|suffered\s+from|of)\s+"
    r"(?:an?\s+)?(?P<disease>[^\W\d][\w'/-]*(?:\s+[^\W\d][\w'/-]*){0,4})",
    re.IGNORECASE,
)
"""``7 with PV and 1 with PF``."""


def rows_of(item: Said) -> Iterator[tuple[Subject, str, tuple[Patient, ...]]]:
    """The paper's own series with patient rows, their path in the file, and the rows."""
    for subject in item.own:
        for a, arm in enumerate(subject.series.arms):
            if arm.patients:
                yield subject, f"arms[{a}].patients", arm.patients


def sexes(case: Case) -> Iterator[Finding]:
    """A stated number of women and men that the patient rows do not give."""
    for item in said(case):
        for subject, path, rows in rows_of(item):
            match = _SEXES.search(item.text)
            known = [p.sex for p in rows if p.sex is not None]
            if match is None or len(known) != len(rows):
                continue
            women, men = _women_and_men(match)
            counted = known.count("F"), known.count("M")
            if women + men != len(rows) or (women, men) == counted:
                continue
            yield claim(
                "claim-sexes",
                "medium",
                item,
                subject,
                path,
                stated=f"{women} women and {men} men",
                computed=f"{counted[0]} women and {counted[1]} men in the patient rows",
                arithmetic=f"{counted[0]} + {counted[1]} = {len(rows)} rows",
                would_change="the description of the patients",
            )


def _women_and_men(match: re.Match[str]) -> tuple[int, int]:
    if match["n"] is None:
        return number(match["f"] or match["f2"]), number(match["m"] or match["m2"])
    of_sex = number(match["n"])
    others = number(match["of"]) - of_sex
    return (of_sex, others) if match["sex"][0] in "wWfF" else (others, of_sex)


def diseases(case: Case) -> Iterator[Finding]:
    """The own patients told apart by disease, all of them, otherwise than their row has them."""
    for item in said(case):
        if item.references or item.cited() or len(item.own) != 1:
            continue
        subject = item.own[0]
        for a, arm in enumerate(subject.series.arms):
            told = _by_disease(item.text, arm)
            if len(told) < 2 or told == arm.population or sum(told.values()) != arm.size:
                continue
            row = ", ".join(f"{n} {d}" for d, n in arm.population.items())
            words = ", ".join(f"{n} {d}" for d, n in told.items())
            yield claim(
                "claim-own-diseases",
                "high",
                item,
                subject,
                f"arms[{a}].population",
                stated=f"{words} in the text",
                computed=f"{row} in the table",
                arithmetic=f"{words} against {row}, {arm.size} patients both",
                would_change="every rate by disease of this series",
            )


def _by_disease(text: str, arm: Arm) -> dict[str, int]:
    """Disease of the arm → the number of patients a sentence tells of it."""
    names = {label.casefold(): label for label in arm.population}
    found: dict[str, int] = {}
    for match in _DISEASES.finditer(text):
        words = match["disease"].split()
        for size in range(len(words), 0, -1):
            phrase = " ".join(words[:size])
            meant = load_vocabulary().disease(phrase) or ""
            label = names.get(phrase.casefold()) or names.get(meant.casefold())
            if label is not None:
                found.setdefault(label, number(match["n"]))
                break
    return found
