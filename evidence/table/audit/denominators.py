"""Missing, ambiguous or mixed denominators of responses."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Block, Case, Subject, finding, patients
from evidence.table.derive import CATEGORIES, stated_counts
from evidence.table.percents import agrees, show_percent
from evidence.table.population import is_parent, is_variety, is_whole


def scope_smaller(subject: Subject, case: Case) -> Iterator[Finding]:
    """Responses of fewer patients than were treated, where nothing says what became of the rest."""
    for a, arm in enumerate(subject.series.arms):
        blocks = [b for b in subject.blocks if b.arm is arm]
        whole = next((b for b in blocks if is_whole(b.responses)), None)
        size = arm.size
        if whole is not None and not is_parent(arm, whole.responses):
            stated, left_out = whole.responses.total, whole.responses.NE or 0
            if stated is None or size is None or stated + left_out >= size:
                continue
            yield finding(
                "response-scope-smaller",
                "low",
                subject,
                f"{whole.path}.total",
                stated=f"responses of {patients(stated)}",
                computed=f"{patients(size)} treated",
                arithmetic=f"{size} - {stated} = {size - stated} without a response assessment",
                would_change=f"the denominator: {stated} assessed or {size} treated",
                also=(f"arms[{a}].population",),
            )
            continue
        covered = {case.diseases.find(b.responses.scope, list(arm.population)) for b in blocks}
        missing = {d: n for d, n in arm.population.items() if d not in covered}
        if whole is None and covered - {None} and missing:
            names = " and ".join(sorted(d for d in covered if d))
            left = ", ".join(f"{n} {d}" for d, n in missing.items())
            yield finding(
                "response-scope-smaller",
                "medium",
                subject,
                f"arms[{a}].responses",
                stated=f"responses of {names} only",
                computed=f"no responses of {left}",
                arithmetic=f"{size} treated, {sum(missing.values())} of them without responses",
                would_change="these counts must be taken over "
                f"{sum(arm.population.values()) - sum(missing.values())}, not {size}",
                also=(f"arms[{a}].population",),
            )


def ambiguous(subject: Subject, case: Case) -> Iterator[Finding]:
    """A variety of a disease listed beside it: among its patients, or further ones?

    The total that makes counts and percentages agree is named; a stated total settles it.
    """
    for a, arm in enumerate(subject.series.arms):
        varieties = [d for d in arm.population for e in arm.population if is_variety(d, e)]
        if arm.total is not None or arm.within is not None or not varieties:
            continue
        whole = sum(arm.population.values())
        without = whole - sum(arm.population[d] for d in dict.fromkeys(varieties))
        blocks = [b for b in subject.blocks if b.arm is arm and is_whole(b.responses)]
        fits = {n: all(_agrees_over(b, n) for b in blocks) for n in (whole, without)}
        fitting = [n for n, fit in fits.items() if fit and blocks]
        named = ", ".join(dict.fromkeys(varieties))
        yield finding(
            "denominator-ambiguous",
            "low" if len(fitting) == 1 else "medium",
            subject,
            f"arms[{a}].population",
            stated=", ".join(f"{n} {d}" for d, n in arm.population.items()),
            computed=f"{fitting[0]} patients: only this total agrees with the responses"
            if len(fitting) == 1
            else f"{without} or {whole} patients",
            arithmetic=f"{whole} patients with {named} beside the others, {without} with {named} "
            "among them; " + "; ".join(_listed(b) for b in blocks),
            would_change="the denominator of every rate of this series",
            also=tuple(b.path for b in blocks),
        )


def _agrees_over(block: Block, total: int) -> bool:
    """Whether the counts fit in a total, fill it where all are listed, and give the percentages."""
    counts = {n: c.events for n, c in stated_counts(block.responses).items()}
    listed = sum(counts[n] for n in CATEGORIES if n in counts)
    full = {"SD", "PD"} <= set(counts)
    known = responders_known(counts, full=full)
    stated = block.responses.stated_percent
    return (listed == total if full else listed <= total) and all(
        agrees(p, known[o], total, cut=True) for o, p in stated.items() if o in known
    )


def responders_known(counts: dict[str, int], *, full: bool) -> dict[str, int]:
    """Counts with the responders, where CR and PR are listed or one of them must be none."""
    known = dict(counts)
    if full or {"CR", "PR"} <= set(counts):
        known.setdefault("ORR", counts.get("CR", 0) + counts.get("PR", 0))
    return known


def _listed(block: Block) -> str:
    counts = {n: c.events for n, c in stated_counts(block.responses).items()}
    percents = block.responses.stated_percent
    shown = " + ".join(f"{n} {o}" for o, n in counts.items())
    words = [f"{shown} = {sum(counts.values())}"] if counts else []
    return "; ".join([*words, *(f"{o} {show_percent(p)}" for o, p in percents.items())])


def missing(subject: Subject, case: Case) -> Iterator[Finding]:
    """Counts without the number of patients they are out of."""
    for block in subject.blocks:
        counts = {n: c.events for n, c in stated_counts(block.responses).items()}
        if block.total is not None or not counts:
            continue
        fits = _agreeing_totals(block, counts)
        yield finding(
            "denominator-missing",
            "high",
            subject,
            block.path,
            stated=", ".join(f"{v} {n}" for n, v in counts.items()) + f" ({block.scope})",
            computed=f"agrees with the percentages over {fits}" if fits else "of how many?",
            arithmetic="; ".join(
                f"{n} {show_percent(p)}" for n, p in block.responses.stated_percent.items()
            )
            or f"at least {sum(counts.values())} patients",
            would_change="the series takes no part in pooled numbers without a denominator",
        )


def _agreeing_totals(block: Block, counts: dict[str, int]) -> str:
    """Totals over which every stated percentage agrees with its count, likeliest first."""
    known = responders_known(counts, full=False)
    stated = {o: p for o, p in block.responses.stated_percent.items() if o in known}
    least = max(sum(counts[n] for n in CATEGORIES if n in counts), 1)
    fits = [
        total
        for total in range(least, 4 * least + 1)
        if stated and all(agrees(p, known[o], total, cut=True) for o, p in stated.items())
    ]
    return " or ".join(map(str, fits[:3])) + (" ..." if len(fits) > 3 else "")
