"""PDF pages made for the tests: print and rules at places of our choosing, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fpdf import FPDF

Row = Sequence[str]


@dataclass
class Made:
    """A PDF under construction; y counts from the top of the page to the baseline."""

    size: tuple[float, float] = (595, 842)
    font_pt: float = 8
    pdf: FPDF = field(init=False)

    def __post_init__(self) -> None:
        self.pdf = FPDF(unit="pt", format=self.size)
        self.pdf.set_auto_page_break(False)
        self.page()

    def page(self) -> None:
        self.pdf.add_page()

    def put(self, x: float, y: float, text: str, *, bold: bool = False, pt: float = 0) -> float:
        """Print text; ``^x`` prints x raised and small. Returns the right edge."""
        for k, part in enumerate(text.split("^")):
            raised, rest = (part[:1], part[1:]) if k else ("", part)
            size = pt or self.font_pt
            for piece, share, up in ((raised, 0.62, 0.33), (rest, 1.0, 0.0)):
                if piece:
                    self.pdf.set_font("Helvetica", "B" if bold else "", size * share)
                    self.pdf.text(x, y - up * size, piece)
                    x += self.pdf.get_string_width(piece)
        return x

    def width(self, text: str, *, bold: bool = False) -> float:
        self.pdf.set_font("Helvetica", "B" if bold else "", self.font_pt)
        return float(self.pdf.get_string_width(text))

    def rule(self, x0: float, x1: float, y: float) -> None:
        self.pdf.set_line_width(0.5)
        self.pdf.line(x0, y, x1, y)

    def bar(self, x0: float, x1: float, y: float, height: float = 0.7, grey: int = 0) -> None:
        """A filled rectangle: a thin one is a rule to the eye, a thick one a shade."""
        self.pdf.set_fill_color(grey)
        self.pdf.rect(x0, y, x1 - x0, height, style="F")

    def wrapped(self, text: str, width: float) -> list[str]:
        """The text in lines no wider than ``width``, as a typesetter breaks it."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.width(f"{lines[-1]} {word}") <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines or [""]

    def table(
        self,
        columns: Sequence[tuple[float, float]],
        rows: Sequence[Row],
        y: float,
        *,
        leading: float = 9.5,
        between: float = 4.0,
        align: str = "top",
        bold: bool = False,
    ) -> float:
        """Print rows of wrapped cells; returns the y below the last."""
        for row in rows:
            cells = [
                self.wrapped(text, x1 - x0) for text, (x0, x1) in zip(row, columns, strict=True)
            ]
            height = max(len(lines) for lines in cells)
            for lines, (x0, _) in zip(cells, columns, strict=True):
                start = (height - len(lines)) / 2 if align == "middle" else 0
                for k, line in enumerate(lines):
                    self.put(x0, y + (start + k) * leading, line, bold=bold)
            y += height * leading + between
        return y

    def prose(
        self, x: float, width: float, y: float, words: Sequence[str], *, pt: float = 10
    ) -> None:
        """A paragraph of body print."""
        keep, self.font_pt = self.font_pt, pt
        for k, line in enumerate(self.wrapped(" ".join(words), width)):
            self.put(x, y + k * 1.2 * pt, line)
        self.font_pt = keep

    def save(self, path: Path) -> Path:
        self.pdf.output(str(path))
        return path


COLUMNS = ((50, 130), (145, 205), (220, 330), (345, 400), (415, 545))
HEAD = ("Series", "Patients", "Regimen", "Response", "Complications")
ROWS = (
    ("Adams et al.^7 (1998)", "22 MF", "30 mg IV 3 times weekly for 12 weeks", "CR 32%", "CMV (4)"),
    ("Brown et al.^8 (2003)", "14 SS", "10 mg SC 3 times weekly", "7 CR", "Sepsis (2), herpes (1)"),
    (
        "Costa et al.^9 (2007)",
        "6 MF",
        "30 mg IV on alternate days until response",
        "NS",
        "Neutropenia with fever in three of six patients (3)",
    ),
    ("Davis et al.^1^0 (2009)", "19 SS", "15 mg SC", "4 PR", "No"),
)
FILLER = ("every patient was seen by two readers who noted the count of cells " * 12).split()


def three_rule_table(
    made: Made, y: float, rows: Sequence[Row], caption: str, *, head: Row | None = HEAD
) -> float:
    """Caption, rule, head, rule, rows, rule, as medical journals set it."""
    made.put(50, y, caption, bold=True)
    made.rule(50, 545, y + 8)
    y += 20
    if head is not None:
        y = made.table(COLUMNS, [head], y, bold=True)
    made.rule(50, 545, y - 8)
    y = made.table(COLUMNS, rows, y + 3)
    made.rule(50, 545, y - 8)
    return y


def plain_rows(rows: Sequence[Row]) -> list[list[str]]:
    """What a reader should make of the rows: marks left out."""
    import re

    return [[re.sub(r"\^.", "", text) for text in row] for row in rows]
