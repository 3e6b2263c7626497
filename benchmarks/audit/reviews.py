"""Recall and false alarms of the audit on written papers, each read from its file.

    python benchmarks/audit/reviews.py [NAME ...]

Each folder of ``reviews/`` is a paper with invented numbers, a protocol, and ``truth.toml``: the
errors planted into it, what is true without being an error, and what tempts and is right. A finding
that is neither an error nor a note is a false alarm, or a reading that went wrong before it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence import Review
from evidence.model.finding import Finding

FOLDER = Path(__file__).parent / "reviews"
PAPERS = (".html", ".xml", ".pdf")


def findings_of(folder: Path) -> tuple[Finding, ...]:
    """What the audit says of the paper of a folder, added to a review of its own."""
    paper = next(p for p in folder.iterdir() if p.suffix in PAPERS)
    with tempfile.TemporaryDirectory() as made:
        shutil.copy(folder / "review.toml", made)
        review = Review(made)
        review.add(paper)
        return Review(made).audit()


def is_meant(finding: Finding, entry: dict[str, Any]) -> bool:
    """Whether a finding is the one an entry of the truth describes."""
    told = f"{finding.field} {finding.stated} {finding.computed}"
    return (
        finding.code in entry["codes"]
        and re.search(entry.get("series", ""), finding.series or "") is not None
        and re.search(entry.get("words", ""), told, re.IGNORECASE) is not None
    )


def report(name: str, found: Sequence[Finding], truth: dict[str, Any]) -> Iterator[str]:
    """How many errors were found, which were not, and what was said beyond them."""
    errors, notes = truth["error"], truth.get("note", [])
    missed = [e for e in errors if not any(is_meant(f, e) for f in found)]
    beyond = [f for f in found if not any(is_meant(f, e) for e in (*errors, *notes))]
    yield f"| {name} | {len(errors)} | {len(errors) - len(missed)} | {len(beyond)} |"
    yield from (f"  missed: {e['kind']} ({e.get('series', 'the table')})" for e in missed)
    yield from (f"  beyond: {f.severity} {f.code} {f.series}: {f.arithmetic}" for f in beyond)


def main(names: Sequence[str]) -> int:
    """Print the rows of the README, with what was missed and what was said beyond."""
    print("| paper | errors | found | beyond |\n|---|---:|---:|---:|")
    for name in names or sorted(p.name for p in FOLDER.iterdir()):
        folder = FOLDER / name
        truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
        print("\n".join(report(name, findings_of(folder), truth)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
