"""A paper as a LaTeX source: paragraphs, equations, a figure, tables, references."""

from __future__ import annotations

import html
import random

from latex_manner import Manner
from latex_table import set_table
from latex_text import escape
from papers import GoldPaper, GoldTable

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
