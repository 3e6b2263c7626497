"""Typeset gold papers with Chromium, in the manner of journals written as CSS."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from papers import GoldPaper, GoldTable, as_html
from styles import STYLES, Style

PAGE = """<!DOCTYPE html><html lang=en><meta charset=utf-8><style>
@page {{ size: A4; margin: 20mm 17mm; }}
body {{ font: 9.5pt/1.25 'Liberation Serif'; text-align: justify; margin: 0; }}
{columns} tr {{ break-inside: avoid; }}
td, th {{ padding-block: 1pt; padding-inline: 4pt; vertical-align: top; }}
p {{ margin: 0; text-indent: 1em; }}
.table {{ break-inside: avoid; margin: 4mm 0; text-align: left; column-span: {span}; }}
.caption {{ margin: 0 0 1.5mm; break-after: avoid; }}
.notes {{ font-size: .88em; margin-top: 1mm; }}
.pair {{ display: flex; gap: 8mm; column-span: all; }} .pair .table {{ flex: 1; }}
h1 {{ font-size: 16pt; column-span: all; }} sup {{ line-height: 0; }}
sub {{ line-height: 0; }} {css}</style><h1>{title}</h1><div class=text>{text}</div>"""


def fits(style: Style, table: GoldTable) -> bool:
    most = (style.most_rows, style.most_columns, style.longest_cell)
    return all(have <= limit for have, limit in zip(table.size, most, strict=True))


def page_of(style: Style, paper: GoldPaper, chosen: list[GoldTable]) -> str:
    """The paper as one HTML page: a few paragraphs, then a table, and so on."""
    set_tables = [set_table(style, t, k) for k, t in enumerate(chosen, 1)]
    if style.pairs:
        pairs = zip(set_tables[::2], [*set_tables[1::2], ""], strict=False)
        set_tables = [f"<div class=pair>{a}{b}</div>" for a, b in pairs]
    parts = [f"<p>{p}" for p in paper.paragraphs]
    step = max(2, min(5, len(parts) // (len(set_tables) + 1)))
    for k, table in enumerate(set_tables):
        parts.insert((k + 1) * step + k, table)
    text = "".join(parts[: (len(set_tables) + 1) * step + len(set_tables)])
    span = "all" if style.wide and style.columns > 1 else "none"
    columns = f".text {{ columns: {style.columns}; column-gap: 7mm; }}" if style.columns > 1 else ""
    return PAGE.format(columns=columns, span=span, css=style.css, title=paper.title, text=text)


def set_table(style: Style, table: GoldTable, number: int) -> str:
    rows = as_html(table.element)
    rows = rows[: rows.rindex("</table>") + len("</table>")]
    caption = style.label.format(number=number) + table.caption
    if style.indent:
        rows = _indented(rows, style.indent)
    notes = f"<div class=notes>{table.notes}</div>" if table.notes else ""
    block = f"<div class=caption>{caption}</div>"
    if style.caption == "head":
        columns = table.size[1]
        line = f'<tr><th colspan="{columns}" class=caption>{caption}</th></tr>'
        rows = (
            rows.replace("<thead>", f"<thead>{line}", 1)
            if "<thead>" in rows
            else rows.replace("<table>", f"<table><thead>{line}</thead>", 1)
        )
        return f"<div class=table>{rows}{notes}</div>"
    if style.caption == "below":
        return f"<div class=table>{rows}{block}{notes}</div>"
    if style.caption == "beside":
        return f"<div class=table>{block}<div>{rows}{notes}</div></div>"
    return f"<div class=table>{block}{rows}{notes}</div>"


def _indented(rows: str, indent: str) -> str:
    """Rows with a single filled cell marked as sections, the labels after them set in."""
    out, inside = [], False
    for row in re.split(r"(?=<tr>)", rows):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        filled = [c for c in cells if re.sub("<[^>]*>", "", c).strip()]
        if cells and len(filled) == 1 and cells[0] == filled[0]:
            inside, row = True, row.replace("<tr>", "<tr class=section>", 1)
        elif inside and cells:
            row = re.sub(r"(<td[^>]*>)", rf"\1{indent}", row, count=1)
        out.append(row)
    return "".join(out)


def missing() -> str | None:
    """Why nothing can be typeset here; None if it can."""
    return None if shutil.which("chromium") else "needs chromium"


def papers_in(
    folder: Path, papers: list[GoldPaper], name: str, *, count: int, seed: str
) -> Iterator[tuple[Path, list[GoldTable]]]:
    """PDFs of ``count`` papers in the style ``name`` with the tables each holds."""
    from playwright.sync_api import sync_playwright

    style = STYLES[name]
    rng = random.Random(name + seed)
    able = [p for p in papers if any(fits(style, t) for t in p.tables)]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page()
        for paper in rng.sample(able, min(count, len(able))):
            chosen = [t for t in paper.tables if fits(style, t)]
            chosen = rng.sample(chosen, min(4, len(chosen)))
            path = folder / f"chromium-{list(STYLES).index(name):02d}-{paper.name}.pdf"
            tab.set_content(page_of(style, paper, chosen))
            tab.pdf(path=path, prefer_css_page_size=True)
            yield path, chosen
        browser.close()
