"""An outcome or a complication of a sentence with the counts bound to it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.rates import Rate


@dataclass(slots=True, kw_only=True)
class Bound:
    """A mention with the counts that belong to it."""

    mention: Mention
    events: int | None = None
    total: int | None = None
    percent: float | None = None
    everyone: bool = False
    excepted: int = 0
    grade: str | None = None
    """The grade of its count alone, where counts of several grades stand side by side."""
    group: str | None = None
    """The arm it is of, where two are compared."""
    timepoint: str | None = None
    compartment: str | None = None
    start: int = 0
    end: int = 0
    leader: Mention | None = None
    """The first of the outcomes it is listed with, before any count."""
    trailer: Mention | None = None
    """The last of them."""
    of_several: bool = False
    """Its total stands once for all outcomes listed before it."""
    rate_starts: list[int] = field(default_factory=list)
    rate_ends: list[int] = field(default_factory=list)
    """Where the counts end, for what is said of their patients."""

    @property
    def counted(self) -> bool:
        """Whether any count belongs to the mention."""
        return self.events is not None or self.percent is not None or self.everyone

    def add(self, rate: Rate) -> bool:
        """Take a rate's parts where they are still open; False if they contradict."""
        if self._counts_patients(rate):
            self.events, self.end = rate.events, max(self.end, rate.end)
            return True
        if self._is_total(rate):
            self.total, self.of_several = rate.events, True
            self.end = max(self.end, rate.end)
            return True
        if self.mention.is_rate and rate.start > self.mention.end and rate.is_number:
            if self.events is None and self.total is None and not rate.bracketed:
                self.total = rate.events
            return not rate.bracketed or self._take(rate)
        return self._take(rate)

    def _counts_patients(self, rate: Rate) -> bool:
        """Whether a number is of the patients who had events: ``9 infections in 6 patients``."""
        before = bool(self.rate_ends) and self.rate_ends[-1] <= self.mention.start < rate.start
        fewer = rate.is_number and not rate.bare and (rate.events or 0) < (self.events or 0)
        return self.mention.kind == "complication" and before and fewer and rate.within

    def _is_total(self, rate: Rate) -> bool:
        """Whether a number after the outcome is of how many: ``3 responses among 20 patients``."""
        counted = self.mention.kind == "response" and self.events is not None
        after = bool(self.rate_ends) and self.rate_ends[-1] <= self.mention.start < rate.start
        larger = rate.is_number and not rate.bare and (rate.events or 0) > (self.events or 0)
        return counted and after and larger and self.total is None and not rate.bracketed

    def _take(self, rate: Rate) -> bool:
        for name in ("events", "total", "percent"):
            new, old = getattr(rate, name), getattr(self, name)
            if new is not None and old is not None and new != old:
                return False
        self.events = self.events if self.events is not None else rate.events
        self.total = self.total if self.total is not None else rate.total
        self.percent = self.percent if self.percent is not None else rate.percent
        self.everyone = self.everyone or rate.everyone
        self.excepted = self.excepted or rate.excepted
        self.start, self.end = min(self.start, rate.start), max(self.end, rate.end)
        self.rate_starts.append(rate.start)
        self.rate_ends.append(rate.end)
        return True
