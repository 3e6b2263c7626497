"""Parts against whole: response counts and patients."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Block, Case, Subject, finding, patients, show_sum
from evidence.table.derive import CATEGORIES, block_counts, stated_counts
from evidence.table.population import is_parent, is_whole
from evidence.table.stratum import ALL

RESPONSES = ("CR", "PR", "SD", "PD", "NE", "MR")
NONE = "no response"
RELAPSE = "relapse"


def above_total(subject: Subject, case: Case) -> Iterator[Finding]:
    """Response counts that add up to more patients than there are.

    Deaths may be counted among the other categories: where these alone make up the total, nothing
    is said; where they do not, the excess is of low weight.
    """
    for block in subject.blocks:
        counts = {n: c.events for n, c in stated_counts(block.responses).items()}
        listed = _apart(counts)
        deaths = counts.get("deaths", 0)
        if block.total is None or sum(listed.values()) + deaths <= block.total:
            continue
        certain = sum(listed.values()) > block.total
        if not certain and sum(listed.values()) == block.total:
            continue
        listed |= {} if certain else {"deaths": deaths}
        yield finding(
            "responses-above-total",
            "high" if certain else "low",
            subject,
            block.path,
            stated=f"{patients(block.total)} ({block.scope})",
            computed=f"{sum(listed.values())} in the listed categories",
            arithmetic=show_sum(listed)
            + f", {sum(listed.values()) - block.total} more than the {patients(block.total)}",
            would_change="every response rate of this series",
        )


def _apart(counts: dict[str, int]) -> dict[str, int]:
    """The categories that share no patient; *no response* takes in those it may be made up of."""
    listed = {n: counts[n] for n in RESPONSES if n in counts}
    without = {n: events for n, events in listed.items() if n not in ("CR", "PR", "MR")}
    if counts.get(NONE, 0) <= sum(without.values()):
        return listed
    return {n: counts[n] for n in (*listed, NONE) if n not in without}


def unaccounted(subject: Subject, case: Case) -> Iterator[Finding]:
    """Patients in no response category: named, never filled in."""
    for block in subject.blocks:
        if is_parent(block.arm, block.responses) or not _is_largest(block, subject, case):
            continue
        listed = _listed(block)
        named = sum(listed.values())
        if block.total is None or not listed or named >= block.total:
            continue
        if _accounted(subject, block, case):
            continue
        left = block.total - named
        full = "SD" in listed and "PD" in listed
        yield finding(
            "responses-unaccounted",
            "medium" if full else "low",
            subject,
            block.path,
            stated=f"{patients(block.total)} ({block.scope}): {_listing(listed)}",
            computed=f"{patients(left)} in no category",
            arithmetic=f"{show_sum(listed)}; {block.total} - {named} = {left}",
            would_change="SD and PD stay not reported; the patients stay in the denominator"
            if not full
            else "a category is missing (not evaluable?) or a count is wrong",
        )


def _accounted(subject: Subject, block: Block, case: Case) -> bool:
    """Whether the table, with what the series' other sources say, has every patient."""
    name = subject.series.series
    if not is_whole(block.responses) or len(case.versions[name]) == 1:
        return False
    known = {
        row.outcome: row.events
        for row in case.rows
        if row.series == name and row.stratum == ALL and row.arm is None and row.events is not None
    }
    return sum(known.get(n, 0) for n in CATEGORIES) == block.total


def _listed(block: Block) -> dict[str, int]:
    """Category → patients; responders as one where their types are not all known."""
    counts = {n: c.events for n, c in block_counts(block.responses, block.total).items()}
    stated = stated_counts(block.responses)
    listed = {n: counts[n] for n in CATEGORIES if n in stated}
    listed |= {n: c.events for n, c in stated.items() if n in block.responses.other}
    if listed and "ORR" in counts and not {"CR", "PR"} <= set(listed):
        responders = counts["ORR"] - sum(listed.get(n, 0) for n in ("CR", "PR"))
        if responders > 0:
            listed["other responders"] = responders
    return listed


def _is_largest(block: Block, subject: Subject, case: Case) -> bool:
    """Only the whole, or the relevant diseases where there is no whole: said once."""
    whole = [b for b in subject.blocks if is_whole(b.responses) and b.arm is block.arm]
    whole = [b for b in whole if stated_counts(b.responses) and not is_parent(b.arm, b.responses)]
    return block == whole[0] if whole else True


def responders_against_parts(subject: Subject, case: Case) -> Iterator[Finding]:
    """A stated count of responders that is not CR + PR (disease control: + SD).

    Disease control often asks for stable disease of some duration: fewer are of low weight.
    """
    for block in subject.blocks:
        r = block.responses
        for outcome, parts in (("ORR", ("CR", "PR")), ("DCR", ("CR", "PR", "SD"))):
            stated = getattr(r, outcome)
            counts = {p: getattr(r, p) for p in parts}
            if stated is None or any(v is None for v in counts.values()):
                continue
            responders = (r.CR or 0) + (r.PR or 0)
            lasting = outcome == "DCR" and responders <= stated < sum(counts.values())
            if stated != sum(counts.values()):
                yield finding(
                    "responders-against-parts",
                    "low" if lasting else "high",
                    subject,
                    f"{block.path}.{outcome}",
                    stated=f"{outcome} {stated} ({block.scope})",
                    computed=f"{' + '.join(parts)} is {sum(counts.values())}",
                    arithmetic=show_sum(counts) + f", not {stated}",
                    would_change=f"{outcome} of this series",
                    also=(f"{block.path}.CR",),
                )


def relapses_above_responders(subject: Subject, case: Case) -> Iterator[Finding]:
    """More patients relapsed than had responded."""
    for block in subject.blocks:
        counts = {n: c.events for n, c in block_counts(block.responses, block.total).items()}
        relapses, responders = counts.get(RELAPSE), counts.get("ORR")
        if relapses is None or responders is None or relapses <= responders:
            continue
        yield finding(
            "relapses-above-responders",
            "medium",
            subject,
            f"{block.path}.other.{RELAPSE}",
            stated=f"relapse in {relapses}",
            computed=f"{responders} responded",
            arithmetic=f"{relapses} relapses, {relapses - responders} more than the "
            f"{responders} who could relapse",
            would_change="how long the responses of this series last",
            also=(f"{block.path}.CR",),
        )


def scope_above_patients(subject: Subject, case: Case) -> Iterator[Finding]:
    """Responses out of more patients than the arm, or the disease, has."""
    for block in subject.blocks:
        arm, stated = block.arm, block.responses.total
        if stated is None or is_parent(arm, block.responses):
            continue
        if is_whole(block.responses):
            size = max((n for n in (arm.total, sum(arm.population.values())) if n), default=None)
        else:
            size = next(
                (n for d, n in arm.population.items() if case.diseases.same(d, block.scope)), None
            )
        if size is not None and stated > size:
            yield finding(
                "scope-above-patients",
                "high",
                subject,
                f"{block.path}.total",
                stated=f"responses of {patients(stated)} ({block.scope})",
                computed=f"{patients(size)} treated",
                arithmetic=f"{stated} - {size} = {stated - size} too many",
                would_change="the denominator of every rate of this series",
                also=(block.path.split(".")[0] + ".population",),
            )


def _listing(counts: dict[str, int]) -> str:
    return ", ".join(f"{v} {n}" for n, v in counts.items())
