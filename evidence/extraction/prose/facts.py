"""What prose states: one fact with its sentence, its words and its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Box
from evidence.errors import Problem
from evidence.extraction.prose.roster import RosterArm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseFact:
    """One value (or a few that belong together) read from one sentence.

    ``start`` and ``end`` are offsets of the words in ``sentence``; ``name`` is the outcome, the
    endpoint, the term, the disease or the sex, depending on ``kind``.
    """

    kind: str
    """``patients`` ``people`` (any number of patients) ``sex`` ``disease`` ``response`` ``time``
    ``complication`` ``claim``"""
    name: str = ""
    term: str = ""
    """A complication as the sentence prints it; ``name`` is the preferred term."""
    events: int | None = None
    total: int | None = None
    percent: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    statistic: str | None = None
    grade: str | None = None
    scope: str | None = None
    """A group, arm or subgroup the sentence names; None for the whole series."""
    scope_kind: str = ""
    """``arm`` ``disease`` ``part``; empty for the whole series."""
    compartment: str | None = None
    timepoint: str | None = None
    place_in_list: tuple[int, int, int] | None = None
    """Of counts of one outcome side by side: which it is, of how many, and where the last ends."""
    fatal: bool = False
    """The patients died of the complication."""
    derived: bool = False
    """The count is worked out from others: an equal share of all patients."""
    everyone: bool = False
    """The count is *all patients*; ``events`` is then None."""
    excepted: int = 0
    """How many the count of *all patients* leaves out."""
    sentence: str = ""
    start: int = 0
    end: int = 0
    role: str = ""
    own: bool = True
    """False in an introduction or discussion, or where another study is cited."""
    page: int | None = None
    box_pt: Box | None = None

    @property
    def of_all(self) -> bool:
        """Whether it speaks of the whole series, over the whole study, in no compartment."""
        return self.scope is None and self.compartment is None and self.timepoint is None

    @property
    def words(self) -> str:
        """The words the value was read from."""
        return self.sentence[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseReading:
    """All facts of a paper's running text, in reading order."""

    facts: tuple[ProseFact, ...] = ()
    roster: tuple[RosterArm, ...] = ()
    """The arms that title and abstract list."""
    problems: tuple[Problem, ...] = field(default_factory=tuple)

    def of(self, kind: str, *, own: bool = True) -> list[ProseFact]:
        """Facts of one kind; ``own`` leaves out those about other studies."""
        return [f for f in self.facts if f.kind == kind and (f.own or not own)]
