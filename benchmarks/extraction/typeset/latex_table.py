"""One gold table as LaTeX source in a manner."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import lxml.html
from latex_manner import Manner
from latex_text import Untypesettable, as_latex, escape
from papers import GoldTable, celltext, scorer

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
UNCERTAIN = re.compile(r"\d+(?:\.\d+)? ?± ?\d+(?:\.\d+)?")
STACK = 10
"""Letters of a line of a stacked head."""
EM = 0.5
"""Mean width of a letter as a share of the font size."""


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
        foot = rf"{bottom} {manner.goes_on}\endfoot\endlastfoot" if manner.goes_on else ""
        again = rf"{top} {heads} {middle}" if manner.heads_again else ""
        return (
            rf"{{{manner.size}\begin{{longtable}}{{{spec}}}{caption}\\ {top} {heads} {middle}"
            rf"\endfirsthead {manner.continued} {again}\endhead {foot} {body} {bottom}"
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
    if manner.label_pt:
        labels = manner.label_pt / point
        lines, others = letters[0] / labels, sum(n * point + gap for n in letters[1:])
        if not 1 < lines < manner.most_lines or 1.15 * longest[0] > labels:
            raise Untypesettable("labels too short or long")
        if manner.label_pt + gap + others > manner.width_pt:
            raise Untypesettable("no room")
        return [manner.label_pt] + [None] * (len(letters) - 1)
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
            kind = manner.uncertain if _numeric(table, k, UNCERTAIN) else ""
            yield bar + (kind or (manner.number if _numeric(table, k) else "") or natural)
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
def _numeric(table: GoldTable, column: int, kind: re.Pattern[str] = NUMBER) -> bool:
    """Whether every body cell of a column with text in it is a number of that kind."""
    _, cells = _grid(table)
    body = [celltext(e) for r, c, _, e in cells if c == column and r >= _head_rows(table)]
    return any(body) and all(kind.fullmatch(text) for text in body if text)


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
    lines, within = [], False
    for r, places in enumerate(grid):
        alone = r >= depth and sum(bool(celltext(cells[k][3])) for k in set(places) if k >= 0) == 1
        within = alone or (within and r >= depth)
        parts, c = [], 0
        while c < len(places):
            k = places[c]
            span = sum(i == k for i in places) if k >= 0 else 1
            cell = cells[k] if k >= 0 and cells[k][0] == r else None
            dress = manner.section if alone else manner.indent + "NAME" if not c and within else ""
            text = _set(manner, cell, shares[c], head=r < depth, dress=dress) if cell else ""
            parts.append(_placed(manner, table, text, (k, c, span), shares[c], head=r < depth))
            c += span
        start = manner.head_row if r < depth else ""
        end = manner.row_end if r >= depth else r"\\"
        lines.append(start + " & ".join(parts) + end + _between(manner, grid, cells, r, depth))
    return "\n".join(lines[:depth]), "\n".join(lines[depth:])


def _set(manner: Manner, cell: Any, share: float | None, *, head: bool, dress: str) -> str:
    """The text of a cell in its font; in the middle of the rows it spans."""
    text = as_latex(cell[3])
    for old, new in manner.replaced:
        text = text.replace(old, new)
    if not text:
        return ""
    if head and manner.stacked_heads and cell[2] == 1:
        text = rf"\makecell{{{_stacked(text)}}}"
    text = manner.head.replace("HEAD", text) if head else (dress or "NAME").replace("NAME", text)
    depth = int(cell[3].get("rowspan") or 1)
    if depth > 1:
        text = rf"\multirow{{{depth}}}{{{'*' if share is None or cell[2] > 1 else '='}}}{{{text}}}"
    return text


def _stacked(text: str) -> str:
    """Words over one another, as short lines; what LaTeX must have in one piece stays so."""
    lines: list[str] = []
    for word in text.split():
        whole = all(line.count("{") == line.count("}") for line in lines[-1:])
        room = bool(lines) and len(lines[-1]) + len(word) < STACK
        if lines and (room or not whole or lines[-1].count("$") % 2):
            lines[-1] += " " + word
        else:
            lines.append(word)
    return r"\\".join(lines)


def _placed(
    manner: Manner, table: GoldTable, text: str, place: tuple[int, int, int],
    share: float | None, *, head: bool,
) -> str:  # fmt: skip
    """A cell's text over the columns it takes; ``place`` is its index, column and span."""
    index, column, span = place
    cells = _grid(table)[1]
    if span > 1:
        bars = "|" if manner.bars else ""
        align = "c" if head else (manner.rest if column else "l")
        left = "" if column else bars
        long = len(celltext(cells[index][3])) * EM * manner.size_pt > 0.8 * manner.width_pt
        align = rf"p{{{0.9 * manner.width_pt:.0f}pt}}" if long and not head else align
        return rf"\multicolumn{{{span}}}{{{left}{align}{bars}}}{{{text}}}"
    kinds = ((manner.number, NUMBER), (manner.uncertain, UNCERTAIN))
    typed = share is None and any(kind and _numeric(table, column, p) for kind, p in kinds)
    if typed and head:
        return rf"\multicolumn{{1}}{{c}}{{{text}}}"
    return re.sub(r" ?\$\\pm\$ ?", "+-", text) if typed else text


def _between(manner: Manner, grid: list[list[int]], cells: Any, row: int, depth: int) -> str:
    """Rules under a row: partial ones under heads that span, or one under every body row."""
    if row < depth - 1:
        spans = [(c, c + s) for k, (r, c, s, _) in enumerate(cells)
                 if r <= row and s > 1 and k in grid[row] and k not in grid[row + 1]]  # fmt: skip
        return "".join(rf"{manner.partial}{{{a + 1}-{b}}}" for a, b in spans if manner.partial)
    if depth <= row < len(grid) - 1 and manner.every_row:
        open_ = [c for c, k in enumerate(grid[row]) if k >= 0 and k == grid[row + 1][c]]
        if open_ and manner.inner and max(open_) + 1 < len(grid[row]):
            first, last = str(max(open_) + 2), str(len(grid[row]))
            return manner.inner.replace("FIRST", first).replace("LAST", last)
        return "" if open_ else manner.every_row
    return ""
