"""Print invented papers as PDFs, by several programs and in several styles."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from content import Paper, Row, Table

_BODY = (
    "body {{ font: 10pt/1.3 '{font}'; margin: 0; text-align: justify }} p {{ margin: 0 0 2mm }} "
    "table {{ border-collapse: collapse; width: 100% }} .caption {{ margin: 4mm 0 1.5mm }} "
    ".notes {{ font-size: .85em; margin: 1mm 0 4mm }} tr {{ break-inside: avoid }} "
    ".caption, .notes, td, th {{ text-align: left; vertical-align: top }} "
    "h1 {{ font-size: 15pt }} "
)
_SHEETS = {
    "weasyprint three rules": ("TeX Gyre Pagella", "@page { size: A4; margin: 20mm } table "
        "{ font-size: 8.5pt; border-block: 1pt solid } thead { border-bottom: .5pt solid } "
        "td, th { padding: 2pt 5pt }"),
    "weasyprint landscape": ("Liberation Sans", "@page { size: A4 landscape; margin: 15mm } "
        "table { font-size: 8pt } td, th { padding: 1.5pt 5pt; border-bottom: .3pt solid #888 }"),
    "weasyprint tight": ("Bitstream Charter", "@page { size: letter; margin: 18mm } table "
        "{ font-size: 7pt; line-height: 1.1 } td, th { padding: .5pt 3pt } "
        "thead { border-bottom: .5pt solid }"),
    "weasyprint centred": ("DejaVu Sans", "@page { size: A4; margin: 18mm } table "
        "{ font-size: 7pt } td, th { padding: 2pt 4pt; text-align: center; vertical-align: middle }"
        " td:first-child { text-align: left } thead { background: #dde }"),
    "weasyprint manuscript": ("Liberation Serif", "@page { size: A4; margin: 25mm } "
        "body { line-height: 2 } table { font-size: 9pt; line-height: 1.5 } "
        "td, th { padding: 1pt 4pt } thead th { border-block: .7pt solid }"),
    "chromium two columns": ("C059", "@page { size: A4; margin: 15mm } .text { columns: 2 } "
        ".table { column-span: all } table { font-size: 7.5pt } td, th { padding: 1pt 4pt } "
        "thead { border-block: .7pt solid }"),
    "chromium grid": ("Liberation Serif", "@page { size: A4; margin: 18mm } table "
        "{ font-size: 8.5pt } td, th { padding: 2pt 4pt; border: .5pt solid }"),
    "chromium narrow": ("Liberation Sans Narrow", "@page { size: B5; margin: 14mm } table "
        "{ font-size: 7.5pt } td, th { padding: 1pt 3pt } thead { border-bottom: 1pt solid }"),
    "chromium loose": ("DejaVu Serif", "@page { size: A4; margin: 20mm } table { font-size: 7.5pt; "
        "line-height: 1.6 } td, th { padding: 3pt 7pt; vertical-align: bottom }"),
}  # fmt: skip
_COPY = "() => { const s = getSelection(); s.selectAllChildren(document.body); return '' + s }"
_OFFICE = "table { width: 100%; font-size: 8pt } td, th { padding: 2pt; border: .5pt solid }"


def as_html(paper: Paper, css: str) -> str:
    """The paper as one page."""
    parts = [f"<p>{p}</p>" for p in paper.between(0)]
    for number, table in enumerate(paper.tables, 1):
        parts += [
            f"<div class=table><div class=caption><b>Table {number}.</b> {table.caption}</div>",
            f"{_rows(table)}<div class=notes>{table.notes}</div></div>",
            *(f"<p>{p}</p>" for p in paper.between(number)),
        ]
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{paper.title}</title>"
        f"<style>{css}</style><h1>{paper.title}</h1><div class=text>{''.join(parts)}</div></html>"
    )


def _rows(table: Table) -> str:
    heads = "".join(_row(row, "th") for row in table.rows[: table.heads])
    body = "".join(_row(row, "td") for row in table.rows[table.heads :])
    return f"<table><thead>{heads}</thead><tbody>{body}</tbody></table>"


def _row(row: Row, tag: str) -> str:
    cells = (
        f"<{tag}{f' colspan={span}' if span > 1 else ''}>{html.escape(text)}</{tag}>"
        for text, span in row
    )
    return f"<tr>{''.join(cells)}</tr>"


class Press:
    """Prints papers in every style whose program is installed; a browser stays open meanwhile."""

    def __enter__(self) -> Press:
        from playwright.sync_api import sync_playwright

        self._driver: Any = sync_playwright().start()
        self._browser = self._driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        self._tab = self._browser.new_page()
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._driver.stop()

    def print_paper(self, paper: Paper, style: str, path: Path) -> None:
        """Write the PDF, and beside it the page and what a browser copies of it."""
        font, css = _SHEETS.get(style, ("", ""))
        page = as_html(paper, _BODY.format(font=font) + css if css else _OFFICE)
        path.with_suffix(".html").write_text(page, encoding="utf-8")
        self._tab.set_content(page)
        path.with_suffix(".copied").write_text(self._tab.evaluate(_COPY), encoding="utf-8")
        if style in _OTHERS:
            _OTHERS[style](paper, path)
        elif style.startswith("weasyprint"):
            from weasyprint import HTML

            HTML(string=page).write_pdf(path)
        else:
            self._tab.pdf(path=path, prefer_css_page_size=True)


def _office(_: Paper, path: Path) -> None:
    way = ["--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", path.parent]
    source = path.with_suffix(".html")
    subprocess.run(["libreoffice", *way, source], check=True, capture_output=True)


def _fpdf(paper: Paper, path: Path) -> None:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("serif", fname=_font_file("Liberation Serif"))

    def write(text: str, size: float) -> None:
        pdf.set_font("serif", size=size)
        pdf.multi_cell(0, size / 2, text)
        pdf.ln(size / 2 + 1)

    write(paper.title, 14)
    for number in range(len(paper.tables) + 1):
        if number:
            table = paper.tables[number - 1]
            write(f"Table {number}. {table.caption}", 10)
            pdf.set_font("serif", size=8)
            with pdf.table(
                col_widths=_widths(table),
                line_height=4,
                text_align="LEFT",
                num_heading_rows=table.heads,
                headings_style=FontFace(),
            ) as drawn:
                for row in table.rows:
                    line = drawn.row()
                    for text, span in row:
                        line.cell(text, colspan=span)
            write(table.notes, 8)
        for paragraph in paper.between(number):
            write(paragraph, 10)
    pdf.output(str(path))


def _reportlab(paper: Paper, path: Path) -> None:
    from reportlab.lib.pagesizes import A4  # type: ignore[import-not-found]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-not-found]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-not-found]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-not-found]
    from reportlab.platypus import (  # type: ignore[import-not-found]
        Paragraph,
        SimpleDocTemplate,
        Spacer,
    )
    from reportlab.platypus import Table as Drawn

    pdfmetrics.registerFont(TTFont("sans", _font_file("Liberation Sans")))
    text = ParagraphStyle("text", fontName="sans", fontSize=9.5, leading=12, alignment=4)
    small = ParagraphStyle("small", parent=text, fontSize=7.5, leading=9, alignment=0)
    flow = [Paragraph(paper.title, text), *(Paragraph(p, text) for p in paper.between(0))]
    for number, table in enumerate(paper.tables, 1):
        widths = _widths(table)
        rows, spans = [], []
        for at, row in enumerate(table.rows):
            rows.append([])
            for words, span in row:
                if span > 1:
                    spans.append(("SPAN", (len(rows[-1]), at), (len(rows[-1]) + span - 1, at)))
                rows[-1] += [Paragraph(html.escape(words), small), *[""] * (span - 1)]
        drawn = Drawn(rows, [500 * x / sum(widths) for x in widths], repeatRows=table.heads)
        ruled = ("LINEBELOW", (0, table.heads - 1), (-1, table.heads - 1), 0.6, "black")
        drawn.setStyle([ruled, ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans])
        title = Paragraph(f"<b>Table {number}.</b> {table.caption}", text)
        flow += [Spacer(1, 6), title, Spacer(1, 3), drawn, Paragraph(table.notes, small)]
        flow += [Spacer(1, 6), *(Paragraph(p, text) for p in paper.between(number))]
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=45, rightMargin=45).build(flow)


_OTHERS: dict[str, Callable[[Paper, Path], None]] = {"libreoffice": _office, "fpdf2": _fpdf}
if find_spec("reportlab"):
    _OTHERS["reportlab"] = _reportlab
STYLES: Sequence[str] = (*_SHEETS, *_OTHERS)


def _widths(table: Table) -> list[int]:
    """Widths of the columns in proportion to their longest cells."""
    columns = sum(span for _, span in table.rows[0])
    whole = [row for row in table.rows if len(row) == columns]
    return [max(6, min(40, max(len(row[k][0]) for row in whole))) for k in range(columns)]


def _font_file(name: str) -> str:
    found = ["fc-match", "-f", "%{file}", name]
    return subprocess.run(found, capture_output=True, text=True, check=True).stdout
