"""``evidence audit``: every inconsistency, with arithmetic and place."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.commands.printing import count, print_json, terminal_width

if TYPE_CHECKING:
    from evidence.model.finding import Finding


def command(
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 only for open findings of high severity.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Check stated percentages, sums, totals and places; exit 1 if any finding is open.

    Example: evidence audit --json
    """
    from evidence.review import Review

    findings = Review(review).audit()
    if as_json:
        print_json({"findings": [finding.to_dict() for finding in findings]})
    else:
        for finding in findings:
            _print_finding(finding)
        print(_summary(findings))
    open_ones = [f for f in findings if f.status == "open"]
    if any(f.severity == "high" or not strict for f in open_ones):
        raise typer.Exit(1)


def _print_finding(finding: Finding) -> None:
    what = finding.field or ""
    print(f"\n{finding.severity.upper()} [{finding.code}] {finding.series or 'review'} {what}")
    lines = [
        ("stated", finding.stated),
        ("computed", finding.computed),
        ("arithmetic", finding.arithmetic),
        ("would change", finding.would_change or ""),
        ("decision", finding.decided or ""),
    ]
    for name, text in lines:
        if text:
            wrapped = textwrap.wrap(text, terminal_width() - 16)
            print(f"  {name:<13} {wrapped[0]}")
            for more in wrapped[1:]:
                print(" " * 16 + more)
    for place in finding.places:
        quoted = f': "{place.text}"' if place.text else ""
        print(f"  at            {place}{quoted}")


def _summary(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "No inconsistency found."
    still = [f for f in findings if f.status == "open"]
    by_severity = ", ".join(
        f"{number} {severity}"
        for severity in ("high", "medium", "low")
        if (number := sum(f.severity == severity for f in still))
    )
    closed = len(findings) - len(still)
    return (
        f"\n{count(len(still), 'open finding')}{f' ({by_severity})' if by_severity else ''}, "
        f"{closed} closed by a recorded decision."
    )
