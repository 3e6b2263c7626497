"""Where a review stands, and the next step."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from evidence.review.record import READ_AGAIN, read_otherwise, read_records

if TYPE_CHECKING:
    from evidence.review.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts that say how far a review has come."""

    title: str
    papers: int
    """Papers in ``sources/``."""
    unread: tuple[str, ...]
    """Papers in ``sources/`` that were not read yet."""
    unreadable: tuple[str, ...]
    """Papers in ``sources/`` that the last run could not read."""
    left_alone: tuple[str, ...]
    """What else lies in ``sources/``."""
    sources: int
    without_series: tuple[str, ...]
    """Papers that were read and gave no series."""
    read_otherwise: tuple[str, ...]
    """Papers that were read before review.toml changed its drug or words."""
    series: int
    counted: int
    """Of these, neither rejected nor part of another."""
    patients: int
    confirmed: int
    """Series a person confirmed or corrected."""
    doubts: int
    open_findings: int
    open_high: int
    reported: bool
    next_step: str

    def to_dict(self) -> dict[str, Any]:
        """The ``--json`` form."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The status as text."""
        patients = f"{self.patients} patients" if self.series else "no patients yet"
        apart = f" ({self.counted} counted)" if self.counted != self.series else ""
        series = f"{self.series}{apart}"
        return [
            self.title,
            f"  sources    {self.sources} read, {len(self.unread)} waiting in sources/",
            *(f"  unreadable {name} (evidence run says why)" for name in self.unreadable),
            *(f"  left alone {name} (no paper directly in sources/)" for name in self.left_alone),
            *(f"  no series  {name} was read and gave none" for name in self.without_series),
            *(
                f"  other words {name} was read before review.toml changed ({READ_AGAIN})"
                for name in self.read_otherwise
            ),
            f"  series     {series}, {patients}; {self.confirmed} confirmed by a person",
            f"  doubts     {self.doubts} values in doubt",
            f"  findings   {self.open_findings} open, {self.open_high} of high severity",
            f"  report     {'rendered' if self.reported else 'not rendered yet'}",
            f"Next: {self.next_step}",
        ]


def review_status(review: Review) -> Status:
    """Read the folder and count."""
    from evidence.review.folder import sha256_of
    from evidence.review.running import unreadable_papers
    from evidence.table.sizes import counted_series, series_sizes

    records = read_records(review.folder.extracted)
    known = {sha for record in records for sha in record.hashes}
    papers = review.folder.papers()
    waiting = [(p.name, sha256_of(p)) for p in papers]
    waiting = [(name, sha) for name, sha in waiting if sha not in known]
    failed = unreadable_papers(review)
    stored = review.stored
    names = {item.series.series for item in stored}
    findings = [f for f in review.audit() if f.status == "open"] if stored else []
    status = Status(
        title=review.protocol.review.title,
        papers=len(papers),
        unread=tuple(name for name, sha in waiting if sha not in failed),
        unreadable=tuple(name for name, sha in waiting if sha in failed),
        left_alone=tuple(p.name for p in review.folder.left_alone()),
        sources=len({item.source for item in stored} | {r.name for r in records}),
        without_series=tuple(r.document for r in records if not r.series),
        read_otherwise=tuple(read_otherwise(records, review.protocol)),
        series=len(names),
        counted=len(names & counted_series(review.rows)),
        patients=sum(series_sizes(review.rows).values()),
        confirmed=len(
            {i.series.series for i in stored if i.series.status in ("confirmed", "corrected")}
        ),
        doubts=sum(
            note.doubt is not None for item in stored for note in item.series.readings.values()
        ),
        open_findings=len(findings),
        open_high=sum(f.severity == "high" for f in findings),
        reported=(review.folder.reports / "report.html").is_file(),
        next_step="",
    )
    from dataclasses import replace

    return replace(status, next_step=_next_step(status))


def _next_step(status: Status) -> str:
    if status.unread:
        return f"evidence run  (reads {', '.join(status.unread[:3])})"
    if status.unreadable:
        return f"fetch again or take out of sources/: {', '.join(status.unreadable)}"
    if not status.series:
        return "put papers into sources/, or: evidence add PAPER, or: evidence add --by-hand ID"
    if status.open_high:
        return "evidence audit  (decide the findings of high severity in the series files)"
    if not status.reported:
        return "evidence run"
    if status.confirmed < status.series:
        return "open the files in extracted/, compare with the paper, set status: confirmed"
    return "nothing is waiting"
