"""Ways in which journals set a table, as CSS for paged media."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paper and its tables are set."""

    css: str
    """Rules for ``.table`` (with ``.caption``, ``table``, ``.notes`` inside) and the page."""
    columns: int = 1
    """Columns of running text on the page."""
    wide: bool = True
    """Whether a table takes the width of the page and not of one column of text."""
    most_rows: int = 34
    """More do not fit on one page."""
    most_columns: int = 12
    longest_cell: int = 90
    caption: str = "above"
    """``above``, ``below``, ``beside`` or ``head``: in the table's head, and so on every page."""
    label: str = "<b>Table {number}.</b> "
    indent: str = ""
    """Where rows without values are section names: put before the labels of the rows under it."""
    pairs: bool = False
    """Whether two tables stand side by side."""


SANS = "font-family: 'Liberation Sans';"
NARROW = "font-family: 'Liberation Sans Narrow';"
SERIF = "font-family: 'Liberation Serif';"
THREE_RULES = """
table { border-block: 1pt solid; }
thead { border-block-end: .5pt solid; }
"""
CLOSED = "table { border-collapse: collapse; width: 100%; }"
RUNNING_HEADS = """
@page { size: 190mm 260mm; margin: 22mm 18mm;
  @top-left { content: 'Haller and others'; border-bottom: .5pt solid; font-size: 7pt; width: 50%; }
  @top-right { content: 'Clin Ther 2011; 12: ' counter(page); border-bottom: .5pt solid;
    font-size: 7pt; width: 50%; }
  @bottom-center { content: 'Downloaded for personal use'; border-top: .5pt solid;
    font-size: 6pt; width: 100%; } }
"""

STYLES = {
    "three rules": Style(css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 8pt; }}"),
    "three rules, one column of two": Style(
        columns=2,
        wide=False,
        most_columns=4,
        longest_cell=60,
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 7.5pt; line-height: 1.15; }}"
        "td, th { padding: 0 3pt; text-align: left; }",
    ),
    "across two columns, narrow pitch": Style(
        columns=2,
        css=CLOSED
        + THREE_RULES
        + f".table {{ {NARROW} font-size: 7pt; line-height: 1.08; }}"
        + "td, th { padding: 0 4pt; text-align: left; }",
    ),
    "no rules": Style(
        css=CLOSED + f".table {{ {SERIF} font-size: 9pt; }} td, th {{ padding: 1pt 6pt;"
        "text-align: left; } th { font-weight: normal; font-style: italic; }",
    ),
    "no rules, one column of two": Style(
        columns=2,
        wide=False,
        most_columns=4,
        longest_cell=40,
        label="TABLE {number} ",
        css=CLOSED + f".table {{ {SANS} font-size: 7pt; }} td, th {{ padding: 1pt 5pt;"
        "text-align: left; }",
    ),
    "shaded by turns": Style(
        css=CLOSED + f".table {{ {SANS} font-size: 8pt; }}"
        "tbody tr:nth-child(odd) { background: #e4ebf3; } td, th { text-align: left; }"
        "td, th { padding: 2pt 4pt; }",
    ),
    "caption in a tinted box": Style(
        css=CLOSED + f".table {{ {SANS} font-size: 7.5pt; background: #faf3e3; padding: 5pt; }}"
        ".caption { background: #b33a2c; color: white; padding: 3pt; margin: -5pt -5pt 5pt; }"
        "tr { border-bottom: .4pt solid #999; } td { vertical-align: top; }",
    ),
    "caption below": Style(
        caption="below",
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 8.5pt; }}",
    ),
    "caption beside": Style(
        caption="beside",
        most_columns=6,
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 7.5pt; display: flex;"
        "gap: 6mm; } .caption { width: 34mm; flex: none; }",
    ),
    "a rule under every row, cells centred": Style(
        css=CLOSED + f".table {{ {SANS} font-size: 7pt; }} tr {{ border-bottom: .3pt solid #888; }}"
        "table { border-top: .8pt solid; } td { vertical-align: middle; text-align: center; }"
        "td:first-child { text-align: left; } td, th { padding: 2pt 3pt; }",
    ),
    "cells centred, no rule between": Style(
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 8pt; }}"
        "td { vertical-align: middle; padding: 3pt; }",
    ),
    "cells on the bottom line": Style(
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 8pt; line-height: 1.2; }}"
        "td, th { vertical-align: bottom; padding: 1.5pt 4pt; text-align: left; }",
    ),
    "a grid of rules": Style(
        css=CLOSED + f".table {{ {SERIF} font-size: 9pt; }}"
        "td, th { border: .5pt solid; padding: 2pt 4pt; } thead { background: #ddd; }",
    ),
    "rules in pieces, heads by partial rules": Style(
        css="table { border-collapse: separate; border-spacing: 5pt 0; width: 100%; }"
        f".table {{ {SANS} font-size: 7.5pt; }} thead th, thead td {{ border-bottom: .5pt solid;"
        "vertical-align: bottom; } thead tr:first-child > * { border-top: 1pt solid; }"
        "tbody tr:last-child td { border-bottom: 1pt solid; } td { vertical-align: top; }",
    ),
    "narrow gaps": Style(
        css=CLOSED + THREE_RULES + f".table {{ {NARROW} font-size: 6.5pt; line-height: 1.15; }}"
        "td, th { padding: .5pt 2pt; vertical-align: top; text-align: left; }",
    ),
    "heads repeat over pages, running heads ruled": Style(
        most_rows=70,
        caption="head",
        label="<b>Table {number}</b> ",
        css=CLOSED + RUNNING_HEADS + f".table {{ {SERIF} font-size: 9pt; line-height: 1.5; }}"
        "thead tr:nth-child(2) { border-top: 1pt solid; } table { border-bottom: 1pt solid; }"
        "thead { border-bottom: .5pt solid; } th { text-align: left; }"
        ".table { break-inside: auto; }",
    ),
    "over pages, heads once": Style(
        most_rows=70,
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 9pt; line-height: 1.5; }}"
        "thead { display: table-row-group; } .table { break-inside: auto; }",
    ),
    "sideways, read from the right": Style(
        columns=2,
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 7.5pt; writing-mode: vertical-rl;"
        "height: 225mm; break-before: page; break-after: page; margin: 0 auto; }"
        "table { width: auto; height: 100%; }",
    ),
    "sideways, read from the left": Style(
        columns=2,
        css=CLOSED + THREE_RULES + f".table {{ {SERIF} font-size: 8pt; writing-mode: sideways-lr;"
        "height: 225mm; break-before: page; break-after: page; margin: 0 auto; }"
        "table { width: auto; height: 100%; }",
    ),
    "page turned": Style(
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 8pt; page: wide; }}"
        "@page wide { size: A4 landscape; margin: 15mm; page-orientation: rotate-left; }",
    ),
    "two side by side": Style(
        pairs=True,
        most_columns=4,
        longest_cell=30,
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 7pt; }}"
        "td, th { padding: .5pt 3pt; text-align: left; }",
    ),
    "text around it": Style(
        most_columns=4,
        longest_cell=30,
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 7pt; width: 88mm; float: right;"
        "margin: 0 0 4mm 7mm; } td, th { padding: .5pt 3pt; text-align: left; }",
    ),
    "figures ranged right, heads heavy": Style(
        label="Table {number} – ",
        css=CLOSED + f".table {{ {NARROW} font-size: 8.5pt; border-top: 3pt solid #27566b;"
        "border-bottom: 1pt solid #27566b; padding: 3pt 0; } td, th { text-align: right;"
        "padding: 1pt 5pt; } td:first-child, th:first-child { text-align: left; }"
        "thead { border-bottom: 1pt solid #27566b; }",
    ),
    "a manuscript, double spaced": Style(
        most_rows=70,
        css=CLOSED + f"body, .table {{ {SERIF} font-size: 11pt; line-height: 2; }}"
        ".table { break-before: page; break-inside: auto; font-size: 10pt; }"
        "td, th { text-align: left; vertical-align: top; padding: 0 4pt; }"
        "tr { border-bottom: .4pt solid; } .notes { font-size: 10pt; }",
    ),
    "sections indented, notes as large as the rows": Style(
        indent="&#8195;",
        css=CLOSED + THREE_RULES + f".table {{ {SANS} font-size: 7.5pt; line-height: 1.3; }}"
        "td, th { padding: 0 4pt; text-align: left; } .section td { font-weight: bold; }"
        ".notes { font-size: 7.5pt; }",
    ),
    "columns ruled, cells justified": Style(
        css=CLOSED + f".table {{ {SERIF} font-size: 8pt; line-height: 1.15; }}"
        "td + td, th + th { border-left: .4pt solid; } table { border: .8pt solid; }"
        "thead { border-bottom: .4pt solid; } td { text-align: justify; vertical-align: top; }",
    ),
    "letters wide apart, head reversed": Style(
        css=CLOSED + ".table { font-family: P052; font-size: 8pt; letter-spacing: .03em; }"
        "thead { background: #333; color: white; } td, th { text-align: left; padding: 2pt 5pt; }"
        "table { border-bottom: 1pt solid #333; }",
    ),
}
