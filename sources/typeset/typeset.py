"""Typesets the review's own paper: two columns, three-rule tables, a table over two pages.

Usage: ``python sources/typeset/typeset.py`` writes ``sources/alemtuzumab-2026.pdf``; the same
content always gives the same bytes. Needs fpdf2 (in the ``dev`` extra).
"""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from fpdf import FPDF

HERE = Path(__file__).parent
MARGIN_PT, GUTTER_PT, BOTTOM_PT = 36.0, 20.0, 800.0
FONT = "Times"
Word = tuple[str, bool]
"""A word or part of one, and whether it is raised."""


def split_words(text: str) -> list[list[Word]]:
    """Words of a text with ``^raised^`` parts; a raised part stays with its word."""
    words = []
    for word in text.split():
        parts = [(part, i % 2 == 1) for i, part in enumerate(word.split("^")) if part]
        words.append(parts)
    return words


class Paper(FPDF):
    """A4 pages in points with a text cursor that this module moves by itself."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="A4")
        self.set_creation_date(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        self.set_auto_page_break(False)
        self.set_producer("evidence")
        self.y_pt = MARGIN_PT

    def width_of(self, word: list[Word], size: float, style: str) -> float:
        """Width of a word in points."""
        total = 0.0
        for text, raised in word:
            self.set_font(FONT, style, size * 0.65 if raised else size)
            total += self.get_string_width(text)
        return total

    def wrap(self, text: str, width: float, size: float, style: str = "") -> list[list[list[Word]]]:
        """Lines of words that fit the width."""
        space = self.width_of([(" ", False)], size, style)
        lines: list[list[list[Word]]] = [[]]
        used = 0.0
        for word in split_words(text):
            w = self.width_of(word, size, style)
            if lines[-1] and used + space + w > width:
                lines.append([])
                used = 0.0
            used += w + (space if lines[-1] else 0.0)
            lines[-1].append(word)
        return lines

    def draw_line(
        self,
        line: list[list[Word]],
        x: float,
        baseline: float,
        size: float,
        style: str = "",
        fill: float | None = None,
    ) -> None:
        """One line of words; ``fill`` stretches it to that width."""
        space = self.width_of([(" ", False)], size, style)
        if fill is not None and len(line) > 1:
            space = (fill - sum(self.width_of(w, size, style) for w in line)) / (len(line) - 1)
        for word in line:
            for text, raised in word:
                self.set_font(FONT, style, size * 0.65 if raised else size)
                self.text(x, baseline - (size * 0.35 if raised else 0), text)
                x += self.get_string_width(text)
            x += space

    def paragraph(self, text: str, x: float, width: float, size: float, style: str = "") -> None:
        """Justified text at the cursor."""
        lines = self.wrap(text, width, size, style)
        for i, line in enumerate(lines):
            self.y_pt += size * 1.2
            self.draw_line(line, x, self.y_pt, size, style, width if i < len(lines) - 1 else None)


def full_width(paper: Paper) -> float:
    """Width between the margins in points."""
    return float(paper.w) - 2 * MARGIN_PT


def draw_front(paper: Paper, content: dict[str, Any]) -> None:
    """Title, authors and abstract over the whole width."""
    paper.paragraph(content["title"], MARGIN_PT, full_width(paper), 16, "B")
    paper.y_pt += 6
    byline = f"{content['authors']}. {content['journal']}, {content['year']}."
    paper.paragraph(byline, MARGIN_PT, full_width(paper), 10, "I")
    paper.y_pt += 8
    paper.paragraph("Abstract", MARGIN_PT, full_width(paper), 10, "B")
    paper.paragraph(content["abstract"].strip(), MARGIN_PT, full_width(paper), 9.5)
    paper.y_pt += 14


def draw_columns(paper: Paper, blocks: list[tuple[str, str]], size: float = 9.5) -> None:
    """Headings and paragraphs in two columns of even length, from the cursor down."""
    width = (full_width(paper) - GUTTER_PT) / 2
    lines: list[tuple[list[list[Word]], str, bool]] = []
    for style, text in blocks:
        wrapped = paper.wrap(text, width, size, style)
        lines += [(line, style, i < len(wrapped) - 1) for i, line in enumerate(wrapped)]
    top, half = paper.y_pt, (len(lines) + 1) // 2
    for i, (line, style, justified) in enumerate(lines):
        x = MARGIN_PT + (width + GUTTER_PT) * (i >= half)
        baseline = top + size * 1.25 * (i % half + 1)
        paper.draw_line(line, x, baseline, size, style, width if justified and not style else None)
    paper.y_pt = top + size * 1.25 * half + 16


class TableSetter:
    """Draws one three-rule table, breaking it over pages between rows."""

    def __init__(self, paper: Paper, table: dict[str, Any], size: float = 7.5) -> None:
        self.paper, self.table, self.size = paper, table, size
        scale = full_width(paper) / sum(table["widths"])
        self.widths = [w * scale for w in table["widths"]]
        self.pitch = size * 1.15

    def rule(self, weight: float = 0.8) -> None:
        """A horizontal rule over the table's width."""
        self.paper.set_line_width(weight)
        y = self.paper.y_pt
        self.paper.line(MARGIN_PT, y, float(self.paper.w) - MARGIN_PT, y)

    def cells(self, row: list[str], style: str = "") -> list[list[list[list[Word]]]]:
        """The row's wrapped lines per cell."""
        pairs = zip(row, self.widths, strict=True)
        return [self.paper.wrap(text, width - 8, self.size, style) for text, width in pairs]

    def height(self, row: list[str], style: str = "") -> float:
        """Height of a row in points."""
        return max(len(c) for c in self.cells(row, style)) * self.pitch + 5

    def draw_row(self, row: list[str], style: str = "") -> None:
        """One row at the cursor."""
        top, x = self.paper.y_pt, MARGIN_PT
        for cell, width in zip(self.cells(row, style), self.widths, strict=True):
            for i, line in enumerate(cell):
                self.paper.draw_line(line, x + 2, top + self.pitch * (i + 1), self.size, style)
            x += width
        self.paper.y_pt = top + self.height(row, style)

    def draw_head(self, caption: str) -> None:
        """Caption, rule, heads, rule."""
        label, _, rest = caption.partition("  ")
        self.paper.paragraph(label, MARGIN_PT, 80, 8.5, "B")
        if rest:
            self.paper.y_pt -= 8.5 * 1.2
            self.paper.paragraph(rest, MARGIN_PT + 40, full_width(self.paper) - 40, 8.5, "B")
        self.paper.y_pt += 4
        self.rule()
        self.draw_row(self.table["head"], "B")
        self.rule(0.4)
        self.paper.y_pt += 2

    def draw(self) -> None:
        """The whole table with its notes."""
        self.draw_head(f"{self.table['label']}  {self.table['caption']}")
        for row in self.table["rows"]:
            if self.paper.y_pt + self.height(row) > BOTTOM_PT:
                self.rule()
                self.paper.add_page()
                self.paper.y_pt = MARGIN_PT
                self.draw_head(f"{self.table['label']} (Continued)  ")
            self.draw_row(row)
        self.rule()
        self.paper.y_pt += 3
        for note in self.table["notes"]:
            self.paper.paragraph(note, MARGIN_PT, full_width(self.paper), 7)
        self.paper.y_pt += 14


def typeset(content: dict[str, Any]) -> bytes:
    """The paper as PDF bytes."""
    paper = Paper()
    paper.set_title(content["title"])
    paper.set_author(content["authors"])
    paper.add_page()
    draw_front(paper, content)
    blocks = []
    for section in content["section"]:
        blocks += [("B", section["heading"]), ("", re.sub(r"\s+", " ", section["text"]).strip())]
    draw_columns(paper, blocks)
    TableSetter(paper, content["table1"]).draw()
    paper.add_page()
    paper.y_pt = MARGIN_PT
    TableSetter(paper, content["table2"], 9.5).draw()
    references = [("B", "References")]
    references += [("", f"{r['number']}. {r['text']}") for r in content["reference"]]
    draw_columns(paper, references, 8)
    return bytes(paper.output())


if __name__ == "__main__":
    pdf = typeset(tomllib.loads((HERE / "paper.toml").read_text(encoding="utf-8")))
    (HERE.parent / "alemtuzumab-2026.pdf").write_bytes(pdf)
