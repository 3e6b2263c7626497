"""Typeset gold papers with LaTeX: document classes, table packages, Type 1 and bitmap fonts.

A PDF of LaTeX has no space characters; ligatures, kerning, figures and signs in mathematics, and
rules drawn as thin boxes are as in manuscripts and journals that are set with it.
"""

from __future__ import annotations

import html
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html
from latex_styles import MANNERS, Manner
from latex_text import Untypesettable, as_latex, escape
from papers import GoldPaper, GoldTable, celltext, scorer

EM = 0.5
"""Mean width of a letter as a share of the font size."""
MOST_OVER_PT = 15
TOO_WIDE = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\) in (?:alignment|paragraph)")
ALGORITHM = (
    r"\begin{quote}\textbf{Algorithm 1} Sampling\\ 1: \textbf{for} $k = 1, \dots, K$ \textbf{do}\\"
    r"2: \quad draw $\theta_k \sim \mathrm{N}(\mu, \tau^2)$\\ 3: \quad $w_k \gets 1 / (v_k +"
    r"\tau^2)$\\ 4: \textbf{end for}\end{quote}"
)
EQUATIONS = (
    r"\begin{eqnarray} \hat\mu &=& \frac{\sum_k w_k y_k}{\sum_k w_k}, \\ Q &=& \sum_k w_k (y_k -"
    r"\hat\mu)^2, \\ I^2 &=& \frac{Q - (K - 1)}{Q} \times 100\% \end{eqnarray}"
)
STEPS = "".join(
    rf"\put({20 + 25 * k},{100 - 11 * k}){{\line(1,0){{25}}}}"
    rf"\put({45 + 25 * k},{89 - 11 * k}){{\line(0,1){{11}}}}"
    for k in range(6)
)
TICKS = "".join(
    rf"\put({20 + 30 * k},5){{\makebox(0,0){{\scriptsize {6 * k}}}}}"
    rf"\put(4,{15 + 16 * k}){{\scriptsize {20 * k}}}"
    for k in range(6)
)
FIGURE = rf"""
\begin{{figure}}[ht]
\centering\setlength{{\unitlength}}{{1pt}}\begin{{picture}}(200,110)
\put(20,15){{\line(1,0){{170}}}}\put(20,15){{\line(0,1){{90}}}}{TICKS}{STEPS}
\put(110,95){{\scriptsize Treated ($n=24$)}}\put(110,80){{\scriptsize Control ($n=22$)}}
\end{{picture}}\caption{{Survival by group, months.}}
\end{{figure}}
"""


def missing() -> str | None:
    """Why nothing can be typeset here; None if it can."""
    return None if shutil.which("pdflatex") else "needs pdflatex"


def usable(manner: Manner) -> bool:
    """Whether the class and the packages of a manner are installed."""
    names = [f"{manner.document_class}.cls", *(f"{name}.sty" for name in manner.packages)]
    found = subprocess.run(["kpsewhich", *names], capture_output=True, text=True, check=False)
    return len(found.stdout.split()) >= len(names)


def papers_in(
    folder: Path, papers: list[GoldPaper], name: str, *, count: int, seed: str
) -> Iterator[tuple[Path, list[GoldTable]]]:
    """PDFs of ``count`` papers in the manner ``name`` with the tables each holds."""
    manner = MANNERS[name]
    if not usable(manner):
        return
    rng = random.Random(name + seed)
    able = [p for p in papers if any(fits(manner, t) for t in p.tables)]
    made = 0
    for paper in rng.sample(able, len(able)):
        chosen = [t for t in paper.tables if fits(manner, t)]
        chosen = rng.sample(chosen, min(4, len(chosen)))
        path = folder / f"latex-{list(MANNERS).index(name):02d}-{paper.name}.pdf"
        if made < count and typeset(document(manner, paper, chosen), path):
            made += 1
            yield path, chosen


def typeset(source: str, path: Path) -> bool:
    """Write the PDF of a LaTeX source; False where there is none, or print runs over its place."""
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "paper.tex").write_text(source)
        for _ in range(3):
            subprocess.run(
                ["pdflatex", "-interaction=batchmode", "paper.tex"],
                cwd=made, capture_output=True, check=False, timeout=120,
            )  # fmt: skip
        log = (Path(made) / "paper.log").read_text(errors="replace")
        pdf = Path(made) / "paper.pdf"
        if not (pdf.exists() and pdf.stat().st_size) or any(
            float(points) > MOST_OVER_PT for points in TOO_WIDE.findall(log)
        ):
            return False
        shutil.copy(pdf, path)
        return True


def fits(manner: Manner, table: GoldTable) -> bool:
    """Whether LaTeX knows every sign of a table and the manner has room for it."""
    try:
        widths(manner, table)
        set_table(manner, table)
    except Untypesettable:
        return False
    rows, columns, _ = table.size
    return rows <= manner.most_rows and columns <= manner.most_columns


def document(manner: Manner, paper: GoldPaper, chosen: list[GoldTable]) -> str:
    """The paper as a LaTeX source: paragraphs, equations, a figure, tables, references."""
    tables = [set_table(manner, t) for t in chosen]
    if manner.pairs:
        pairs = zip(tables[::2], [*tables[1::2], ""], strict=False)
        tables = [rf"\begin{{table*}}[ht]{a}\hfill{b}\end{{table*}}" for a, b in pairs]
    parts = [escape(html.unescape(p), strict=False) + "\n" for p in paper.paragraphs]
    step = max(2, min(5, len(parts) // (len(tables) + 1)))
    parts = parts[: (len(tables) + 1) * step]
    for k, extra in enumerate((EQUATIONS, FIGURE, ALGORITHM)):
        parts.insert(min(len(parts), 2 + 3 * k), extra)
    if manner.at_end:
        parts += [r"\clearpage " + t for t in tables]
    else:
        for k, table in enumerate(tables):
            parts.insert((k + 1) * step + k, table)
    title = escape(html.unescape(paper.title), strict=False) or "A trial"
    return "\n".join(
        [
            rf"\documentclass[{manner.options}]{{{manner.document_class}}}",
            *(rf"\usepackage{{{name}}}" for name in (*manner.packages, "multirow", "array")),
            manner.preamble,
            r"\begin{document}",
            manner.front.replace("TITLE", title),
            *parts,
            _references(paper),
            r"\end{document}",
        ]
    )


def _references(paper: GoldPaper) -> str:
    rng = random.Random(paper.name)
    names = ["Aalto", "Berglund", "Castellanos", "Delacroix", "Eriksen", "Fujimoto", "Hoekstra"]
    items = (
        rf"\bibitem{{r{k}}} {rng.choice(names)} A, {rng.choice(names)} B, et al. Responses of rare"
        rf" tumours, part {k}. {{\em Ann Oncol}} {1990 + k};{rng.randint(1, 40)}:"
        rf"{rng.randint(100, 900)}--{rng.randint(901, 999)}."
        for k in range(1, 16)
    )
    return r"\begin{thebibliography}{99}" + "\n".join(items) + r"\end{thebibliography}"


def set_table(manner: Manner, table: GoldTable) -> str:
    """One table with its caption and notes; raises Untypesettable."""
    caption = rf"\caption{{{escape(html.unescape(table.caption)) or 'Results'}}}"
    notes = _notes(table)
    heads, body = _rows(manner, table)
    shares = widths(manner, table)
    shape = "".join(_columns(manner, table, shares))
    bar = "|" if manner.bars else ""
    spec = bar + shape + bar
    top, middle, bottom = manner.rules
    if manner.body == "longtable":
        again = rf"{top} {heads} {middle}" if manner.heads_again else ""
        return (
            rf"{{{manner.size}\begin{{longtable}}{{{spec}}}{caption}\\ {top} {heads} {middle}"
            rf"\endfirsthead {manner.continued} {again}\endhead {body} {bottom}"
            rf"\end{{longtable}}{_below(notes)}}}"
        )
    begin = rf"\begin{{{manner.body}}}" + (
        r"{\linewidth}" if manner.body in ("tabularx", "tabular*", "tabulary") else ""
    )
    filler = r"@{\extracolsep{\fill}}" if manner.body == "tabular*" else ""
    tabular = (
        rf"{begin}{{{filler}{spec}}}{top} {heads} {middle} {body} {bottom}\end{{{manner.body}}}"
    )
    tabular = manner.around.replace("TABULAR", tabular)
    if manner.body == "supertabular":
        return (
            rf"{{{manner.size}\tablehead{{{top} {heads} {middle}}}\tabletail{{{bottom}}}"
            rf"\tablelasttail{{{bottom}}}\topcaption{{{caption[9:-1]}}}\begin{{center}}"
            rf"\begin{{supertabular}}{{{spec}}}{body}\end{{supertabular}}\end{{center}}"
            rf"{_below(notes)}}}"
        )
    parts = [caption, tabular] if manner.caption == "above" else [tabular, caption]
    inside = manner.size + r"\centering " + "\n\n".join(parts) + _below(notes)
    if manner.notes == "threeparttable" and notes:
        marked = rf"\begin{{tablenotes}}\footnotesize\item {notes}\end{{tablenotes}}"
        inside = (
            rf"\centering\begin{{threeparttable}}{manner.size} {caption}{tabular}{marked}"
            r"\end{threeparttable}"
        )
    if manner.pairs:
        return rf"\begin{{minipage}}[t]{{.47\linewidth}}{inside}\end{{minipage}}"
    begin, end = manner.float
    return f"{begin}\n{inside}\n{end}\n"


def _notes(table: GoldTable) -> str:
    if not table.notes.strip():
        return ""
    return as_latex(lxml.html.fragment_fromstring(table.notes, create_parent="div"))


def _below(notes: str) -> str:
    return rf"\par\vspace{{2pt}}\begin{{flushleft}}\footnotesize {notes}\end{{flushleft}}" * bool(
        notes
    )


@lru_cache(maxsize=8192)
def widths(manner: Manner, table: GoldTable) -> list[float | None]:
    """Points of each column that wraps; None for one as wide as its widest cell."""
    grid, cells = _grid(table)
    letters, longest = [1] * len(grid[0]), [1] * len(grid[0])
    for row, first, span, element in cells:
        text = celltext(element)
        if span == 1 and (row, text):
            letters[first] = max(letters[first], len(text))
            longest[first] = max([longest[first], *(len(w) for w in text.split())])
    point = EM * manner.size_pt
    gap = 2 * manner.gap_pt
    natural = [n * point + gap for n in letters]
    if sum(natural) <= manner.width_pt and not manner.always_wrap:
        return [None] * len(natural)
    least = [1.15 * n * point + gap for n in longest]
    room = manner.width_pt - sum(least)
    if room < 0:
        raise Untypesettable("no room")
    wish = [max(0.0, n - m) for n, m in zip(natural, least, strict=True)]
    share = min(1.0, room / (sum(wish) or 1.0))
    given = [m + w * share for m, w in zip(least, wish, strict=True)]
    if max(n / g for n, g in zip(natural, given, strict=True)) > manner.most_lines:
        raise Untypesettable("cells too long")
    return [g - gap if w > point or manner.always_wrap else None
            for g, w in zip(given, wish, strict=True)]  # fmt: skip


def _columns(manner: Manner, table: GoldTable, shares: list[float | None]) -> Iterator[str]:
    for k, share in enumerate(shares):
        bar = "|" if manner.bars and k else ""
        natural = manner.first if k == 0 else manner.rest
        if share is None:
            yield bar + (manner.number if _numeric(table, k) and manner.number else natural)
        elif manner.body == "tabularx":
            yield bar + rf">{{\raggedright\arraybackslash\hsize={_part(shares, share):.3f}\hsize}}X"
        elif manner.body == "tabulary":
            yield bar + "L"
        else:
            yield bar + rf">{{{manner.wrapped}\arraybackslash}}{manner.box}{{{share:.1f}pt}}"


def _part(shares: list[float | None], share: float) -> float:
    wrapped = [s for s in shares if s is not None]
    return share / (sum(wrapped) / len(wrapped))


@lru_cache(maxsize=8192)
def _numeric(table: GoldTable, column: int) -> bool:
    _, cells = _grid(table)
    body = [celltext(e) for r, c, _, e in cells if c == column and r >= _head_rows(table)]
    return bool(body) and all(_is_number(t) for t in body if t) and any(body)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit() and text[-1:] != "."


def _head_rows(table: GoldTable) -> int:
    return int(scorer.gold_cells(table.element)[2])


@lru_cache(maxsize=4096)
def _grid(table: GoldTable) -> tuple[list[list[int]], list[tuple[int, int, int, Any]]]:
    """The places of a table, and row, column, columns spanned and element of each cell."""
    grid, cells, _ = scorer.gold_cells(table.element)
    elements = [e for tr in table.element.iter() if scorer.ln(tr) == "tr"
                for e in tr if scorer.ln(e) in ("td", "th")]  # fmt: skip
    spans = [sum(i == k for i in grid[r]) for k, (r, _, _) in enumerate(cells)]
    return grid, [(r, c, s, e) for (r, c, _), s, e in zip(cells, spans, elements, strict=True)]


def _rows(manner: Manner, table: GoldTable) -> tuple[str, str]:
    """The head rows and the body rows, each with the rules between them."""
    grid, cells = _grid(table)
    shares, depth = widths(manner, table), _head_rows(table)
    lines = []
    for r, places in enumerate(grid):
        parts, c = [], 0
        while c < len(places):
            k = places[c]
            span = sum(i == k for i in places) if k >= 0 else 1
            parts.append(_cell(manner, table, cells[k] if k >= 0 else None, r, span, shares[c],
                               head=r < depth))  # fmt: skip
            c += span
        lines.append(" & ".join(parts) + r"\\" + _between(manner, grid, cells, r, depth))
    return "\n".join(lines[:depth]), "\n".join(lines[depth:])


def _cell(
    manner: Manner, table: GoldTable, cell: Any, row: int, span: int, share: float | None, *,
    head: bool,
) -> str:  # fmt: skip
    text = ""
    if cell is not None and cell[0] == row:
        text = as_latex(cell[3])
        text = manner.head.replace("HEAD", text) if head and text else text
        depth = int(cell[3].get("rowspan") or 1)
        if depth > 1 and text:
            text = rf"\multirow{{{depth}}}{{{'*' if share is None or span > 1 else '='}}}{{{text}}}"
    first = cell is not None and cell[1] == 0
    if span > 1:
        bars = "|" if manner.bars else ""
        align = "c" if head else ("l" if first else manner.rest)
        left = bars if first else ""
        long = not head and len(celltext(cell[3])) * EM * manner.size_pt > 0.8 * manner.width_pt
        align = rf"p{{{0.9 * manner.width_pt:.0f}pt}}" if long else align
        return rf"\multicolumn{{{span}}}{{{left}{align}{bars}}}{{{text}}}"
    column = cell[1] if cell is not None else -1
    if manner.number and share is None and _numeric(table, column) and head:
        return rf"\multicolumn{{1}}{{c}}{{{text}}}"
    return text


def _between(manner: Manner, grid: list[list[int]], cells: Any, row: int, depth: int) -> str:
    """Rules under a row: partial ones under heads that span, or one under every body row."""
    if row < depth - 1:
        spans = [(c, c + s) for k, (r, c, s, _) in enumerate(cells)
                 if r <= row and s > 1 and k in grid[row] and k not in grid[row + 1]]  # fmt: skip
        return "".join(rf"{manner.partial}{{{a + 1}-{b}}}" for a, b in spans if manner.partial)
    if depth <= row < len(grid) - 1 and manner.every_row:
        open_ = [c for c, k in enumerate(grid[row]) if k >= 0 and k == grid[row + 1][c]]
        return "" if open_ else manner.every_row
    return ""
