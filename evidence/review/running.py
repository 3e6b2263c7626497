"""``evidence run``: everything that is new, once; nothing when nothing changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import Problem, Severity, UnreadableDocument, WrongUsage
from evidence.review.earlier import kept_versions
from evidence.review.folder import sha256_of
from evidence.review.reading import add
from evidence.review.record import READ_AGAIN, read_otherwise, read_records
from evidence.review.remembering import fingerprint, last_state, remember, remembered
from evidence.review.reporting import write_report

if TYPE_CHECKING:
    from evidence.review.adding import Added
    from evidence.review.contents import Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What one run did."""

    unchanged: bool = False
    added: tuple[Added, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    left_alone: tuple[str, ...] = ()
    """Names in ``sources/`` that are no papers."""
    lines: tuple[str, ...] = ()
    written: tuple[Path, ...] = ()


def run_review(review: Contents, *, again: bool = False) -> RunOutcome:
    """Add what is new in ``sources/``, audit, pool, report."""
    review.require()
    left_alone = tuple(path.name for path in review.folder.left_alone())
    before = None if again else remembered(review.folder)
    if before is not None and before["fingerprint"] == fingerprint(review.folder):
        return RunOutcome(
            unchanged=True,
            left_alone=left_alone,
            lines=tuple(before["lines"]),
            unreadable=tuple(
                Problem(**plain) for found in before["unreadable"].values() for plain in found
            ),
        )
    added: list[Added] = []
    unreadable: dict[str, list[Problem]] = {}
    for paper in review.folder.papers():
        try:
            added.append(add(review, paper, again=again))
        except (UnreadableDocument, WrongUsage) as error:
            unreadable[sha256_of(paper)] = error.problems
    review.forget()
    rests_on = fingerprint(review.folder)
    written = write_report(review)
    lines = summary_lines(review)
    remember(
        review.folder,
        fingerprint=rests_on,
        lines=lines,
        unreadable=unreadable,
        outputs=[*written, *kept_versions(review.folder)],
    )
    return RunOutcome(
        added=tuple(added),
        left_alone=left_alone,
        unreadable=tuple(problem for found in unreadable.values() for problem in found),
        lines=lines,
        written=tuple(written),
    )


def summary_lines(review: Contents) -> tuple[str, ...]:
    """One line a pooled primary outcome, and what the audit found."""
    from evidence.errors import FindingsInData

    if not review.stored:
        return ("No series yet: put papers into sources/, or run: evidence add PAPER",)
    lines = []
    for outcome in review.protocol.outcomes[:2]:
        pooled_overall = True
        for by in (None, *review.protocol.groups.by):
            try:
                lines += str(review.pool(outcome, by=by)).splitlines()
            except FindingsInData as nothing:
                if by is None or pooled_overall:
                    lines += [str(problem) for problem in nothing.problems]
                pooled_overall = pooled_overall and by is not None
    still = [f for f in review.audit() if f.status == "open"]
    high = sum(f.severity == "high" for f in still)
    lines.append(f"audit: {len(still)} open findings, {high} of high severity (evidence audit)")
    told = Counter(p.code for p in review.problems if p.severity is not Severity.NOTE)
    if told:
        named = ", ".join(f"{n} {code}" for code, n in told.items())
        lines.append(f"table: {named} (evidence table says where)")
    if older := read_otherwise(read_records(review.folder.extracted), review.protocol):
        lines.append(
            f"read before review.toml changed its drug or words: {', '.join(older)} "
            f"({READ_AGAIN}; what a person decided stays)"
        )
    return tuple(lines)


def unreadable_papers(review: Contents) -> frozenset[str]:
    """sha256 of the papers that the last run could not read."""
    return frozenset(last_state(review.folder).get("unreadable", {}))
