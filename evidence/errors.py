"""What can go wrong: problems that are collected, and errors that stop a run (with exit codes)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Severity(StrEnum):
    """How much a problem matters to the person who reads the result."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a problem stands, as the reader would find it: all numbers are 1-based."""

    document: str | None = None
    page: int | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
    box_pt: tuple[float, float, float, float] | None = None
    text: str | None = None

    def __str__(self) -> str:
        """Read as a person would say it: ``smith.pdf, page 4, table 2, row 7``."""
        named = [
            ("page", self.page),
            ("line", self.line),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
        ]
        parts = [self.document] if self.document else []
        parts += [f"{name} {value}" for name, value in named if value is not None]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Expected trouble: what was found, where, and how to mend it. Never raised, always shown."""

    code: str
    message: str
    severity: Severity = Severity.WARNING
    remedy: str | None = None
    source: Place | None = None

    def __str__(self) -> str:
        """One line a tired reader can act on."""
        place = f"{self.source}: " if self.source and str(self.source) else ""
        end = "" if self.message.endswith((".", "!", "?", ":")) else "."
        mend = f"{end} Mend: {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{mend}"

    def to_dict(self) -> dict[str, object]:
        """The ``--json`` form: code, severity, message, remedy, source."""
        source: dict[str, object] | None = None
        if self.source is not None:
            source = {
                name: value
                for name in ("document", "page", "table", "row", "column", "line", "box_pt", "text")
                if (value := getattr(self.source, name)) is not None
            }
            if "box_pt" in source:
                source["box"] = list(source.pop("box_pt"))  # type: ignore[call-overload]
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "remedy": self.remedy,
            "source": source,
        }


def sort_problems(problems: list[Problem]) -> list[Problem]:
    """Order by document, page, row and code, so that one place is mended in one visit."""

    def key(problem: Problem) -> tuple[str, int, int, int, str]:
        place = problem.source or Place()
        return (
            place.document or "",
            place.page or 0,
            place.line or 0,
            place.row or 0,
            problem.code,
        )

    return sorted(problems, key=key)


class EvidenceError(Exception):
    """Something that stops a run. The class fixes the exit code."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: list[Problem] = [
            p
            if isinstance(p, Problem)
            else Problem(code=type(self).__name__, message=p, severity=Severity.ERROR)
            for p in problems
        ]
        super().__init__("\n".join(str(p) for p in sort_problems(self.problems)))


class FindingsInData(EvidenceError):
    """The data contradict themselves or break the file format (exit 1)."""

    exit_code = 1


class WrongUsage(EvidenceError):
    """An unknown name, an impossible combination, a missing argument (exit 2)."""

    exit_code = 2


class UnreadableDocument(EvidenceError):
    """A file that cannot be read at all (exit 3)."""

    exit_code = 3


def unknown_name(kind: str, name: object, known: list[str]) -> WrongUsage:
    """An error for a name that is not in a registry; it lists the names that are."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    close = get_close_matches(str(name).casefold(), folded, n=1)
    meant = f" Did you mean '{folded[close[0]]}'?" if close else ""
    return WrongUsage(
        Problem(
            code="unknown-name",
            severity=Severity.ERROR,
            message=f"Unknown {kind} '{name}'.{meant} Known: {', '.join(known)}.",
        )
    )
