"""Findings that a recorded decision closes, and decisions that close nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from evidence.model.finding import Finding, FindingStatus
from evidence.table.audit.base import Case, Subject, finding

STATUS: dict[str, FindingStatus] = {
    "accept": "accepted",
    "correct": "corrected",
    "exclude": "excluded",
}


def close(found: Finding, case: Case) -> Finding:
    """The finding with its decision; a correction that is not recorded yet leaves it open."""
    documents = {place.document for place in found.places}
    for subject in case.subjects:
        whole_table = found.series is None and subject.series.source.document in documents
        if not whole_table and subject.series.series != found.series:
            continue
        for d in subject.series.decisions:
            if d.finding == found.code and d.field in (None, found.field):
                words = f"{d.by}, {d.on}: {d.why}"
                if d.action == "correct" and not subject.series.corrections:
                    return replace(found, decided=f"{words}; no correction is recorded yet")
                return replace(found, status=STATUS[d.action], decided=words)
    return found


def unknown(subject: Subject, case: Case) -> Iterator[Finding]:
    """A decision or an overlap that names what is not there, so that it decides nothing."""
    series = subject.series
    named = [(f"decisions[{i}].finding", "finding", d.finding, case.codes)
             for i, d in enumerate(series.decisions) if d.action != "exclude"]  # fmt: skip
    named += [(f"overlaps[{i}].series", "series", o.series, tuple(case.versions))
              for i, o in enumerate(series.overlaps)]  # fmt: skip
    for field, what, name, known in named:
        if name in known:
            continue
        near = get_close_matches(name, known, n=3)
        yield finding(
            "decision-unknown",
            "medium",
            subject,
            field,
            stated=name,
            computed=f"no {what} is called so" + (f"; perhaps {' or '.join(near)}" if near else ""),
            arithmetic=f"{name} is none of the {len(known)} known",
            would_change="what was meant to be decided is still open",
        )
