"""Typesets the fictional review paper ``sources/nobody-2019.pdf``: shaded rows, no rules.

Usage: ``python typeset.py``; the same content always gives the same bytes. Needs fpdf2 (in the
``dev`` extra). Everything the paper says is invented.
"""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

from fpdf import FPDF

HERE = Path(__file__).parent
FONT, SIZE_PT, LEADING_PT, MARGIN_PT = "Helvetica", 8.0, 9.6, 40.0


class Paper(FPDF):
    """One landscape A4 page in points with a cursor ``y_pt``."""

    def __init__(self) -> None:
        super().__init__(orientation="landscape", unit="pt", format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.set_creation_date(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        self.set_producer("evidence")
        self.set_auto_page_break(False)
        self.add_page()
        self.y_pt = MARGIN_PT

    def wrap(self, text: str, width: float) -> list[str]:
        """Lines that fit the width; ``^`` before a letter raises it and takes no room."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.get_string_width(longer.replace("^", "")) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def line(self, text: str, x: float, y: float, size: float = SIZE_PT, style: str = "") -> None:  # type: ignore[override]
        """One line; the letter after ``^`` is raised."""
        for i, part in enumerate(text.split("^")):
            raised, rest = (part[:1], part[1:]) if i else ("", part)
            for piece, scale, lift in ((raised, 0.65, 0.35), (rest, 1.0, 0.0)):
                self.set_font(FONT, style, size * scale)
                self.text(x, y - size * lift, piece)
                x += self.get_string_width(piece)

    def paragraph(self, text: str, size: float = 9.0, style: str = "", after: float = 6.0) -> None:
        """Ragged text over the whole width."""
        self.set_font(FONT, style, size)
        for line in self.wrap(text, self.w - 2 * MARGIN_PT):
            self.y_pt += size * 1.25
            self.line(line, MARGIN_PT, self.y_pt, size, style)
        self.y_pt += after


def draw_table(paper: Paper, table: dict[str, Any]) -> None:
    """Caption, head, rows with every second one shaded, notes; cells start at the top."""
    paper.paragraph(table["caption"], 9.0, "B", after=2)
    rows = [table["head"], *table["rows"]]
    for number, row in enumerate(rows):
        style = "B" if number == 0 else ""
        paper.set_font(FONT, style, SIZE_PT)
        cells = [paper.wrap(c, w - 6) for c, w in zip(row, table["widths_pt"], strict=True)]
        height = max(map(len, cells)) * LEADING_PT + 5
        if number % 2:
            paper.set_fill_color(232)
            paper.rect(MARGIN_PT, paper.y_pt, sum(table["widths_pt"]), height, style="F")
        x = MARGIN_PT + 3
        for lines, width in zip(cells, table["widths_pt"], strict=True):
            for i, line in enumerate(lines):
                paper.line(line, x, paper.y_pt + LEADING_PT * (i + 1), SIZE_PT, style)
            x += width
        paper.y_pt += height
    paper.y_pt += 2
    for note in table["notes"]:
        paper.paragraph(note, 7.5, after=0)
    paper.y_pt += 8


def main() -> None:
    """Write the paper."""
    content = tomllib.loads((HERE / "paper.toml").read_text(encoding="utf-8"))
    paper = Paper()
    paper.set_title(content["title"])
    paper.set_author(content["authors"])
    paper.paragraph(content["title"], 14, "B")
    paper.paragraph(f"{content['authors']}. {content['journal']}, {content['year']}.", 9, "I")
    for text in content["before"]:
        paper.paragraph(text.strip())
    draw_table(paper, content["table"])
    for text in content["after"]:
        paper.paragraph(text.strip())
    (HERE / "sources" / "nobody-2019.pdf").write_bytes(bytes(paper.output()))


if __name__ == "__main__":
    main()
