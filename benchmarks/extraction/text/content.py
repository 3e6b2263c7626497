"""Invented papers: what their tables say, cell by cell, before they are printed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import words as w
from words import pick

_REVIEWS = 0.65
"""Share of the papers that review the series of others."""
Row = tuple[tuple[str, int], ...]
"""(text, columns it spans) of each cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its rows, how many of them are heads, and the words around them."""

    kind: str
    caption: str
    rows: tuple[Row, ...]
    heads: int
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: paragraphs with tables between them."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]

    def between(self, number: int) -> tuple[str, ...]:
        """The paragraphs behind that many tables."""
        return self.paragraphs[2 * number : 2 * number + 2]


def invent(name: str, *, sealed: bool) -> Paper:
    """The paper of that name; the same name makes the same paper."""
    chance = random.Random(name)
    drug = pick(chance, w.DRUGS, sealed=sealed)
    maker = _Maker(chance=chance, drug=drug, sealed=sealed)
    if chance.random() < _REVIEWS:
        title, sentences = "a review of the published series", w.REVIEW
        tables = [maker.studies() for _ in range(chance.randint(1, 2))]
    else:
        title, sentences = "results of treatment", w.REPORT
        makers = chance.sample((maker.patients, maker.outcomes, maker.toxicity), 2)
        tables = [make() for make in makers]
    said = [chance.choice(sentences).format(drug=drug) for _ in range(6 * 6)]
    return Paper(
        name=name,
        title=f"{drug.capitalize()} in rare diseases: {title}",
        paragraphs=tuple(" ".join(said[k : k + 6]) for k in range(0, len(said), 6)),
        tables=tuple(tables),
    )


@dataclass(slots=True, kw_only=True)
class _Maker:
    chance: random.Random
    drug: str
    sealed: bool

    def studies(self) -> Table:
        """A row for each published series, or for each of several groups of them."""
        fields = self._chosen(
            ["design", "country", "patients", "age", "disease", "dose", "route", "duration",
             "response", "cr", "pr", "orr", "follow_up", "lasting", "effects"],
            needed=("patients",), most=7,
        )  # fmt: skip
        if "response" in fields:
            fields = [field for field in fields if field not in ("cr", "pr", "orr")]
        style, year = self.chance.randrange(6), self.chance.randint(1999, 2008)
        percent = self.chance.random() < 0.6
        heads = [self._pick(w.STUDY_HEADS), *(self._pick(w.HEADS[field]) for field in fields)]
        rows: list[Row] = [_plain(heads)]
        sections = self.chance.random() < 0.15
        authors = self.chance.sample(w.AUTHORS, len(w.AUTHORS))
        for number in range(1, self.chance.randint(6, 14)):
            if sections and number % 4 == 1:
                rows.append(((self._pick(w.DISEASES).capitalize(), len(heads)),))
            year += self.chance.randint(0, 2)
            patients = self.chance.choice((1, 2, 4, 6, 8, 11, 15, 19, 25, 33, 52))
            made = _Series(self, patients=patients, percent=percent)
            label = self._label(style, authors.pop(), year, number + 20)
            rows.append(_plain([label, *(made.cell(field) for field in fields)]))
        return Table(
            kind="studies",
            caption=f"Published series of patients treated with {self.drug}.",
            rows=tuple(rows),
            heads=1,
            notes="CR, complete response; NR, not reported; ORR, overall response rate; PR, "
            "partial response.",
        )

    def patients(self) -> Table:
        """A row for each patient."""
        fields = self._chosen(
            ["age", "sex", "disease", "prior", "dose", "duration", "response", "follow_up",
             "effects"],
            needed=("age", "response"), most=7,
        )  # fmt: skip
        heads = [self._pick(w.PATIENT_HEADS), *(self._pick(w.HEADS[field]) for field in fields)]
        rows = [_plain(heads)]
        for number in range(1, self.chance.randint(6, 15)):
            made = _Patient(self)
            rows.append(_plain([str(number), *(made.cell(field) for field in fields)]))
        return Table(
            kind="patients",
            caption=f"The patients treated with {self.drug}.",
            rows=tuple(rows),
            heads=1,
            notes="CR, complete response; F, female; M, male; PD, progressive disease; PR, "
            "partial response; SD, stable disease.",
        )

    def outcomes(self) -> Table:
        """A row for each outcome, a column for each group."""
        groups = self.chance.sample(w.GROUPS, self.chance.randint(2, 4))
        sizes = [self.chance.randint(9, 90) for _ in groups]
        heads = [self.chance.choice(("Outcome", "Variable", ""))]
        heads += [f"{g} (n = {n})" for g, n in zip(groups, sizes, strict=True)]
        compared = self.chance.random() < 0.4
        rows = [_plain([*heads, "P"] if compared else heads)]
        for name in self.chance.sample(w.OUTCOMES, self.chance.randint(6, 11)):
            values = [self._value(name, n) for n in sizes]
            tail = [self.chance.choice(("0.04", "0.62", "<0.001", "NS"))] if compared else []
            rows.append(_plain([name, *values, *tail]))
        return Table(
            kind="outcomes",
            caption="Outcomes of the groups.",
            rows=tuple(rows),
            heads=1,
            notes="Values are n (%) unless stated otherwise.",
        )

    def toxicity(self) -> Table:
        """A row for each adverse event, a column for each grade, in one or two tiers of heads."""
        rows: list[Row]
        if self.chance.random() < 0.5:
            groups = self.chance.sample(("All patients", "Monotherapy", "Combined", "Cohort 1"), 2)
            tops = tuple((f"{g} (n = {self.chance.randint(10, 80)})", 2) for g in groups)
            second = (("", 1), *(("Any grade", 1), ("Grade 3–4", 1)) * 2)
            rows, count = [(("Adverse event", 1), *tops), second], 4
        else:
            heads = ["Adverse event", "Grade 1", "Grade 2", "Grade 3", "Grade 4"]
            rows, count = [_plain(heads)], 4
        events = self.chance.sample(w.EFFECTS, self.chance.randint(6, 11))
        bare = self.chance.random() < 0.5
        for event in events:
            counts = [self.chance.randint(0, 22) for _ in range(count)]
            shown = [str(n) if bare else f"{n} ({self.chance.randint(1, 60)})" for n in counts]
            values = [v if self.chance.random() < 0.93 else "–" for v in shown]
            rows.append(_plain([event.capitalize(), *values]))
        return Table(
            kind="toxicity",
            caption="Adverse events by grade.",
            rows=tuple(rows),
            heads=len(rows) - len(events),
            notes="Grades by the common criteria, version 5.0.",
        )

    def _pick(self, words: Sequence[str]) -> str:
        return pick(self.chance, words, sealed=self.sealed)

    def _chosen(self, pool: list[str], *, needed: tuple[str, ...], most: int) -> list[str]:
        others = [field for field in pool if field not in needed]
        fields = [*needed, *self.chance.sample(others, self.chance.randint(3, most - len(needed)))]
        if self.chance.random() < 0.75:
            return sorted(fields, key=pool.index)
        return self.chance.sample(fields, len(fields))

    def _label(self, style: int, name: str, year: int, number: int) -> str:
        other = self.chance.choice(w.AUTHORS)
        return (
            f"{name} et al. ({year})", f"{name} et al., {year}", f"{name} et al. [{number}]",
            f"{name} {year}", f"{name} & {other} ({year})", f"{name} et al",
        )[style]  # fmt: skip

    def _value(self, name: str, size: int) -> str:
        if "Median" in name or "Time" in name:
            middle = self.chance.randint(4, 60)
            return f"{middle} ({middle - self.chance.randint(1, 3)}–{middle + 9})"
        n = self.chance.randint(0, size)
        return f"{n} ({100 * n / size:.0f})" if self.chance.random() < 0.95 else "–"

    def dose(self) -> str:
        """A dose with its schedule."""
        return self.chance.choice((
            f"{self.chance.choice((20, 75, 150))} mg/m2 IV every 3 weeks",
            f"{self.chance.choice((250, 500))} mg twice daily",
            f"{self.chance.choice((3, 6, 9))} mg/kg q4w",
            f"{self.chance.choice((10, 45))} mg SC three times weekly",
            f"{self.chance.choice((100, 300))} mg PO daily",
            f"{self.drug} {self.chance.choice((15, 60))} mg daily",
        ))  # fmt: skip

    def effects(self, most: int) -> str:
        """Adverse events of so many patients."""
        terms = self.chance.sample(w.EFFECTS, self.chance.randint(1, 3))
        counted = self.chance.random() < 0.6
        parts = [f"{t} ({self.chance.randint(1, most)})" if counted else t for t in terms]
        text = ", ".join(parts)
        return self.chance.choice((text[0].upper() + text[1:],) * 4 + ("None", "NR"))


class _Series:
    """The cells of one published series: counts and percentages agree."""

    def __init__(self, maker: _Maker, *, patients: int, percent: bool) -> None:
        self.maker, self.chance = maker, maker.chance
        self.patients, self.percent = patients, percent
        self.complete = self.chance.randint(0, patients // 2)
        self.partial = self.chance.randint(0, patients - self.complete)

    def cell(self, field: str) -> str:
        chance, n, both = self.chance, self.patients, self.complete + self.partial
        middle = chance.randint(5, 50)
        ways: dict[str, Callable[[], str]] = {
            "design": lambda: chance.choice(w.DESIGNS),
            "country": lambda: chance.choice(w.COUNTRIES),
            "patients": lambda: str(n),
            "age": lambda: f"{middle + 20} ({middle + 6}–{middle + 36})" if n > 1 else str(middle),
            "disease": lambda: chance.choice(w.DISEASES).capitalize(),
            "dose": self.maker.dose,
            "route": lambda: chance.choice(("IV", "SC", "PO", "IV or SC")),
            "duration": lambda: chance.choice((f"{middle} weeks", f"{middle} months", "NR")),
            "response": self._response,
            "cr": lambda: self._rate(self.complete),
            "pr": lambda: self._rate(self.partial),
            "orr": lambda: f"{both}/{n} ({100 * both / n:.0f}%)",
            "follow_up": lambda: chance.choice((f"{middle}", f"{middle} (2–{middle + 30})", "NR")),
            "lasting": lambda: chance.choice((f"{middle}", f"{middle} (1–{middle + 9}+)", "–")),
            "effects": lambda: self.maker.effects(n),
        }
        return ways[field]()

    def _rate(self, count: int) -> str:
        return f"{count} ({100 * count / self.patients:.0f})" if self.percent else str(count)

    def _response(self) -> str:
        n, both = self.patients, self.complete + self.partial
        return self.chance.choice((
            f"CR {self.complete}, PR {self.partial}",
            f"{both}/{n} ({100 * both / n:.0f}%)",
            f"ORR {100 * both / n:.0f}%, CR {self.complete}, PR {self.partial}",
            f"{self.complete} CR, {self.partial} PR, {n - both} NR",
        ))  # fmt: skip


class _Patient:
    """The cells of one patient."""

    def __init__(self, maker: _Maker) -> None:
        self.maker, self.chance = maker, maker.chance

    def cell(self, field: str) -> str:
        chance = self.chance
        ways: dict[str, Callable[[], str]] = {
            "age": lambda: str(chance.randint(17, 86)),
            "sex": lambda: chance.choice("MF"),
            "disease": lambda: chance.choice(w.DISEASES).capitalize(),
            "prior": lambda: chance.choice(w.PRIOR),
            "dose": self.maker.dose,
            "duration": lambda: f"{chance.randint(3, 50)} {chance.choice(('weeks', 'months'))}",
            "response": lambda: chance.choice(("CR", "PR", "SD", "PD", "Partial response")),
            "follow_up": lambda: str(chance.randint(2, 60)),
            "effects": lambda: chance.choice(
                ("None", "Rash", "Nausea, fatigue", "Anaemia grade 2")
            ),
        }
        return ways[field]()


def _plain(texts: Sequence[str]) -> Row:
    return tuple((text, 1) for text in texts)
