"""How a paper is set with LaTeX: a class, fonts, and the packages of its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from papers import GoldTable

BOOKTABS = (r"\toprule", r"\midrule", r"\bottomrule")
HLINES = (r"\hline", r"\hline", r"\hline")
DOUBLE = (r"\hline\hline", r"\hline", r"\hline\hline")
NONE = ("", "", "")
FLOAT = (r"\begin{table}[htbp]", r"\end{table}")
WIDE = (r"\begin{table*}[tp]", r"\end{table*}")
PLAIN = r"\title{TITLE}\author{A. Haller \and B. Moreau \and C. Szab\'o}\maketitle"


def same(table: GoldTable) -> GoldTable:
    """The table as it is."""
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """A document class with the way its tables are set."""

    document_class: str = "article"
    options: str = "10pt,a4paper"
    packages: tuple[str, ...] = ("booktabs",)
    preamble: str = ""
    front: str = PLAIN
    """What opens the document, with ``TITLE``."""
    float: tuple[str, str] = FLOAT
    body: str = "tabular"
    """The environment of the rows."""
    around: str = "TABULAR"
    """What encloses the rows, scaling them for example."""
    rules: tuple[str, str, str] = BOOKTABS
    partial: str = r"\cmidrule(lr)"
    """The rule under a head that spans; empty for none."""
    every_row: str = ""
    """The rule under every row of the body; empty for none."""
    bars: bool = False
    """Whether upright rules part the columns."""
    first: str = "l"
    rest: str = "c"
    number: str = ""
    """The type of columns of numbers alone, where they have one of their own."""
    wrapped: str = r"\raggedright"
    box: str = "p"
    """``p``, ``m`` or ``b``: where cells that wrap stand beside others."""
    head: str = "HEAD"
    size: str = r"\small"
    size_pt: float = 9.0
    gap_pt: float = 6.0
    """White at each side of a column."""
    width_pt: float = 345.0
    most_rows: int = 32
    most_columns: int = 10
    most_lines: float = 5.0
    """Cells longer than so many lines are not set."""
    always_wrap: bool = False
    caption: str = "above"
    notes: str = "below"
    heads_again: bool = True
    continued: str = ""
    """What stands above the heads of a table's further pages, as a row."""
    goes_on: str = ""
    """What stands at the foot of all pages of a table but the last, as a row."""
    label_pt: float = 0.0
    """The width of the first column, where it alone wraps."""
    row_end: str = r"\\"
    section: str = "NAME"
    """How names of sections are set: rows that hold nothing but a label."""
    indent: str = ""
    """What stands before the labels of a section's rows."""
    head_row: str = ""
    """What opens each row of heads."""
    stacked_heads: bool = False
    """Whether the words of a head stand one over the other."""
    inner: str = ""
    """The rule between rows that share a cell centred on them, from ``FIRST`` to ``LAST``."""
    uncertain: str = ""
    """The type of columns of figures with their uncertainty."""
    replaced: tuple[tuple[str, str], ...] = ()
    """What is set in cells instead of what."""
    change: Callable[[GoldTable], GoldTable] = same
    """What is done to a table before it is set; what it gives is the gold."""
    pairs: bool = False
    at_end: bool = False
