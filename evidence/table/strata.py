"""The strata of one arm: the review's population as a whole, and each disease, never twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.table.derive import Counts, block_counts, sum_all
from evidence.table.from_patients import counts_of, patients_of
from evidence.table.population import (
    Diseases,
    is_parent,
    is_whole,
    label_parts,
    relevant_labels,
    sole_disease,
    whole_total,
)
from evidence.table.stratum import ALL, Stratum, add_strata, at_one_time

if TYPE_CHECKING:
    from evidence.model.series import Arm, Responses


def arm_strata(index: int, arm: Arm, diseases: Diseases, *, derived: bool) -> list[Stratum]:
    """The whole (relevant) arm first, then its diseases, then the paper's own subgroups."""
    labels = relevant_labels(arm, diseases)
    parts = _block_strata(index, arm, diseases, derived=derived)
    by_disease = [s for s in parts if diseases.find(s.name, labels)]
    whole = _whole(arm, labels, parts, by_disease, diseases)
    rest = [s for s in parts if s is not whole and s.name != ALL]
    if len(labels) == 1:
        rest = [s for s in rest if s not in by_disease]
    return [whole, *rest]


def _block_strata(index: int, arm: Arm, diseases: Diseases, *, derived: bool) -> list[Stratum]:
    strata: dict[str, Stratum] = {}
    for r, block in enumerate(arm.responses):
        if block.compartment is not None or is_parent(arm, block):
            continue
        name = _stratum_name(arm, block, diseases)
        held = strata.get(name)
        if held is not None and block.timepoint != held.timepoint:
            continue
        total = _block_total(arm, block, name)
        path = f"arms[{index}].responses[{r}]"
        counts = block_counts(block, total, derived=derived)
        if held is not None and held.counts:
            strata[name] = _with_further(held, counts, total, path)
            continue
        strata[name] = Stratum(
            name=name,
            disease=_block_disease(arm, name, diseases),
            total=total,
            counts=counts,
            path=path,
            block=block,
            timepoint=block.timepoint,
        )
    for stratum in _patient_strata(index, arm) if derived and arm.patients else []:
        if not strata.get(stratum.name) or not strata[stratum.name].counts:
            strata[stratum.name] = stratum
    return list(strata.values())


def _with_further(held: Stratum, counts: Counts, total: int | None, path: str) -> Stratum:
    """The stratum with what another block of the same patients states over a total of its own.

    What only follows from the first block gives way: a listing of CR alone says nothing of PR where
    the responders are printed beside it, over another total.
    """
    known = {n for n, c in held.counts.items() if c.how == "stated"}
    further = {
        n: replace(c, total=total, path=path)
        for n, c in counts.items()
        if c.how == "stated" and n not in known
    }
    kept = held.counts
    if {"CR", "PR", "ORR"} & set(further):
        kept = {n: c for n, c in kept.items() if n in known}
    return replace(held, counts={**kept, **further})


def _patient_strata(index: int, arm: Arm) -> list[Stratum]:
    """The whole arm and its diseases, counted over the patient rows, where these are complete."""
    labels = list(arm.population) or list(
        dict.fromkeys(p.disease for p in arm.patients if p.disease)
    )
    groups: list[tuple[str, str | None, int | None]] = [(ALL, None, arm.size or len(arm.patients))]
    if len(labels) > 1:
        groups += [(d, d, arm.population.get(d)) for d in labels]
    found = []
    for name, disease, total in groups:
        patients = patients_of(arm, disease)
        if total in (None, len(patients)) and (counts := counts_of(patients)):
            found.append(
                Stratum(
                    name=name,
                    disease=disease or sole_disease(labels),
                    total=len(patients),
                    counts=counts,
                    path=f"arms[{index}].patients",
                )
            )
    return found


def _stratum_name(arm: Arm, block: Responses, diseases: Diseases) -> str:
    """``all``, the population's own label of a disease, or the scope as printed."""
    if is_whole(block):
        return ALL
    labels = list(arm.population)
    if (label := diseases.find(block.scope, labels)) is not None:
        return ALL if len(labels) == 1 else label
    parts = {diseases.find(part, labels) for part in label_parts(block.scope)}
    return ALL if len(labels) > 1 and parts == set(labels) else block.scope


def _block_total(arm: Arm, block: Responses, name: str) -> int | None:
    if block.total is not None:
        return block.total
    return whole_total(arm, list(arm.population)) if name == ALL else arm.population.get(name)


def _block_disease(arm: Arm, name: str, diseases: Diseases) -> str | None:
    labels = list(arm.population)
    if name == ALL or (len(labels) == 1 and name not in labels):
        return sole_disease(labels)
    if name in labels:
        return sole_disease([name])
    known = diseases.population.include
    return sole_disease([name]) if diseases.find(name, list(known)) else None


def _whole(
    arm: Arm,
    labels: list[str],
    parts: list[Stratum],
    by_disease: list[Stratum],
    diseases: Diseases,
) -> Stratum:
    printed = next((s for s in parts if s.name == ALL), None)
    total = whole_total(arm, labels)
    if arm.population and not labels:
        return _empty(
            total, f"no patients of the review's population ({', '.join(arm.population)})"
        )
    if len(labels) < len(arm.population):
        return _summed(labels, total, by_disease) or _empty(
            total,
            f"results of {' and '.join(labels)} are not separated from "
            + " and ".join(d for d in arm.population if d not in labels),
        )
    added = _summed(labels, total, by_disease) if len(labels) > 1 else None
    if printed is None:
        added = added or _partition(total, parts, by_disease)
        reason = "no response of the whole series is reported"
        return added or _empty(total, reason, sole_disease(labels))
    if added is None:
        return printed
    return replace(
        printed,
        counts={**_same_total(added, printed), **printed.counts},
        scopes=added.scopes,
    )


def _same_total(added: Stratum, printed: Stratum) -> Counts:
    """Sums over diseases may stand in for what the whole does not print, over the same patients."""
    same = added.total == printed.total and at_one_time([added, printed])
    return added.counts if same else {}


def _summed(labels: list[str], total: int | None, strata: list[Stratum]) -> Stratum | None:
    """One stratum from those of its diseases; None unless every disease has one."""
    found = {s.name: s for s in strata}
    if not labels or any(label not in found for label in labels):
        return None
    parts = [found[label] for label in labels]
    if not at_one_time(parts):
        return None
    if len(parts) == 1:
        return replace(parts[0], name=ALL, missing=None, scopes=())
    known = sum_all(p.total for p in parts)
    return add_strata(parts, disease=None, total=total if known is None else known)


def _partition(
    total: int | None, parts: list[Stratum], by_disease: list[Stratum]
) -> Stratum | None:
    """The whole from the paper's own groups, where they make up exactly all its patients."""
    groups = [s for s in parts if s not in by_disease and s.total]
    if len(groups) < 2 or by_disease or sum(s.total or 0 for s in groups) != total:
        return None
    if not at_one_time(groups):
        return None
    return add_strata(groups, disease=groups[0].disease, total=total)


def _empty(total: int | None, missing: str, disease: str | None = None) -> Stratum:
    return Stratum(name=ALL, disease=disease, total=total, counts={}, path=None, missing=missing)
