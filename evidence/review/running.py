"""``evidence run``: everything that is new, once; nothing when nothing changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import Problem, UnreadableDocument
from evidence.review.folder import sha256_of

if TYPE_CHECKING:
    from evidence.review.adding import Added
    from evidence.review.review import Review

STATE_NAME = "run.json"


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


def fingerprint(review: Review) -> str:
    """Digest of everything a run depends on: protocol, papers, series files, templates, code."""
    import evidence

    folder = review.folder
    digest = hashlib.sha256(evidence.__version__.encode())
    files = [folder.protocol, *folder.papers()]
    for place in (folder.extracted, folder.root / "templates"):
        files += sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else []
    for path in files:
        if path.is_file():
            digest.update(f"{path.relative_to(folder.root)}\0{sha256_of(path)}\n".encode())
    package = Path(evidence.__file__).parent
    for path in sorted(package.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def run_review(review: Review, *, again: bool = False) -> RunOutcome:
    """Add what is new in ``sources/``, audit, pool, report."""
    review.require()
    left_alone = tuple(path.name for path in review.folder.left_alone())
    remembered = _remembered(review)
    if not again and remembered is not None and remembered["fingerprint"] == fingerprint(review):
        return RunOutcome(
            unchanged=True,
            left_alone=left_alone,
            lines=tuple(remembered["lines"]),
            unreadable=tuple(
                Problem(**plain) for found in remembered["unreadable"].values() for plain in found
            ),
        )
    added: list[Added] = []
    unreadable: dict[str, list[Problem]] = {}
    for paper in review.folder.papers():
        try:
            added.append(review.add(paper, again=again))
        except UnreadableDocument as error:
            unreadable[sha256_of(paper)] = error.problems
    review.forget()
    written = review.report()
    lines = summary_lines(review)
    _remember(review, lines, unreadable, written)
    return RunOutcome(
        added=tuple(added),
        left_alone=left_alone,
        unreadable=tuple(problem for found in unreadable.values() for problem in found),
        lines=lines,
        written=tuple(written),
    )


def summary_lines(review: Review) -> tuple[str, ...]:
    """One line a pooled primary outcome, and what the audit found."""
    from evidence.errors import FindingsInData

    if not review.stored:
        return ("No series yet: put papers into sources/, or run: evidence add PAPER",)
    lines = []
    for outcome in review.protocol.outcomes[:2]:
        for by in (None, *review.protocol.groups.by):
            try:
                lines += str(review.pool(outcome, by=by)).splitlines()
            except FindingsInData as nothing:
                lines += [str(problem) for problem in nothing.problems]
    still = [f for f in review.audit() if f.status == "open"]
    high = sum(f.severity == "high" for f in still)
    lines.append(f"audit: {len(still)} open findings, {high} of high severity (evidence audit)")
    return tuple(lines)


def unreadable_papers(review: Review) -> frozenset[str]:
    """sha256 of the papers that the last run could not read."""
    return frozenset(_state(review).get("unreadable", {}))


def _remembered(review: Review) -> dict[str, Any] | None:
    """The last run's state, unless its outputs are gone or were changed."""
    state = _state(review)
    root = review.folder.root
    try:
        intact = all(sha256_of(root / name) == sha for name, sha in state["outputs"].items())
    except (OSError, KeyError):
        return None
    return state if intact else None


def _state(review: Review) -> dict[str, Any]:
    """What the last run left behind; empty when there is nothing to be read."""
    try:
        state = json.loads((review.folder.state / STATE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _remember(
    review: Review,
    lines: tuple[str, ...],
    unreadable: dict[str, list[Problem]],
    written: list[Path],
) -> None:
    from evidence.store import write_atomic

    root = review.folder.root
    state = {
        "fingerprint": fingerprint(review),
        "lines": list(lines),
        "unreadable": {
            sha: [{"code": p.code, "message": str(p), "severity": p.severity} for p in found]
            for sha, found in unreadable.items()
        },
        "outputs": {str(path.relative_to(root)): sha256_of(path) for path in written},
    }
    text = json.dumps(state, ensure_ascii=False, indent=1)
    write_atomic(review.folder.state / STATE_NAME, text.encode())
