"""What a rule is given and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps

from evidence.errors import Place
from evidence.model.finding import Finding, FindingSeverity
from evidence.model.legends import Legends
from evidence.model.prose import ProseSentence
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Arm, Responses, Series
from evidence.table.percents import printed_digits
from evidence.table.places import LABELS, place_of, printed_text
from evidence.table.population import Diseases, is_parent, is_whole
from evidence.table.reconcile import Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of responses with its arm, its path and the patients it is out of."""

    series: Series
    arm: Arm
    responses: Responses
    path: str
    total: int | None

    def digits(self, outcome: str) -> int:
        """Decimals the percentage of an outcome was printed with."""
        path = f"{self.path}.stated_percent.{outcome}"
        note = self.series.readings.get(path)
        text = note.text if note is not None else printed_text(self.series, path)
        return printed_digits(self.responses.stated_percent[outcome], text)

    @property
    def scope(self) -> str:
        """The scope in words."""
        return "all patients" if is_whole(self.responses) else self.responses.scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One series in one source."""

    series: Series
    source: str

    @property
    def blocks(self) -> list[Block]:
        """Every block of global response, with its total where it is known."""
        return [
            Block(
                series=self.series,
                arm=arm,
                responses=block,
                path=f"arms[{a}].responses[{r}]",
                total=block_total(arm, block),
            )
            for a, r, arm, block in self.series.walk_responses()
            if block.compartment is None
        ]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """All a rule may look at; one case is equal to itself only, so that its readings are kept."""

    subjects: tuple[Subject, ...]
    rows: tuple[EvidenceRow, ...]
    protocol: Protocol
    diseases: Diseases
    legends: Mapping[str, Legends]
    """Document name → the abbreviations it explains, where they are at hand."""
    versions: Mapping[str, Versions]
    """Series id → (source, series), the preferred source first."""
    sentences: tuple[ProseSentence, ...] = ()
    codes: tuple[str, ...] = ()
    """The codes of all rules."""

    def printed_tables(self) -> list[list[Subject]]:
        """The series printed together in one table of one source, in the order of their rows."""
        groups: dict[tuple[str, str, str], list[Subject]] = {}
        for s in self.subjects:
            source = s.series.source
            if source.table is not None or source.row is not None:
                key = (s.source, source.document, source.table or "")
                groups.setdefault(key, []).append(s)
        return list(groups.values())


Rule = Callable[[Case], Iterable[Finding]]
SeriesRule = Callable[[Subject, Case], Iterable[Finding]]


def all_of(*rules: Rule) -> Rule:
    """Several ways to the same finding as one rule."""

    def in_turn(case: Case) -> Iterator[Finding]:
        for rule in rules:
            yield from rule(case)

    return in_turn


def each_series(rule: SeriesRule) -> Rule:
    """A rule about one series as a rule about all."""

    @wraps(rule)
    def over_all(case: Case) -> Iterator[Finding]:
        for subject in case.subjects:
            yield from rule(subject, case)

    return over_all


def block_total(arm: Arm, block: Responses) -> int | None:
    """Patients a block is out of: its own total, the arm's, the disease's, or the parent's."""
    if block.total is not None:
        return block.total
    if is_parent(arm, block) and arm.within is not None:
        return arm.within.patients
    if is_whole(block):
        return arm.size
    return next(
        (n for d, n in arm.population.items() if d.casefold() == block.scope.casefold()), None
    )


def finding(
    code: str,
    severity: FindingSeverity,
    subject: Subject | Series,
    field: str,
    *,
    stated: str,
    computed: str,
    arithmetic: str,
    would_change: str | None = None,
    also: Iterable[str | Place] = (),
) -> Finding:
    """A finding about one series; ``also`` names further fields or places it rests on."""
    series = subject.series if isinstance(subject, Subject) else subject
    places = [place_of(series, field)]
    places += [place_of(series, p) if isinstance(p, str) else p for p in also]
    labels = {series.cells[key].text for key in LABELS if key in series.cells}
    places = [p for p in places if p.text not in labels] or places[:1]
    return Finding(
        code=code,
        severity=severity,
        series=series.series,
        field=field,
        stated=stated,
        computed=computed,
        arithmetic=arithmetic,
        would_change=would_change,
        places=tuple(dict.fromkeys(places)),
    )


def of_total(events: int, total: int) -> str:
    """``9 of 19 is 47.4%``."""
    return f"{events} of {total} is {100 * events / total:.1f}%"


def patients(number: int) -> str:
    """``1 patient``, ``4 patients``."""
    return f"{number} patient" if number == 1 else f"{number} patients"


def show_sum(counts: Mapping[str, int]) -> str:
    """``9 CR + 7 PR = 16``."""
    words = " + ".join(f"{v} {n}" for n, v in counts.items())
    return f"{words} = {sum(counts.values())}"
