"""Further manners: narrow labels, sections, groups, lists, lines between rows, boxes."""

from __future__ import annotations

from dataclasses import replace

from latex_changes import as_lists, decimal_commas
from latex_manner import DOUBLE, HLINES, WIDE, Manner
from latex_styles import ARTICLE, MARGINS, TWO_COLUMNS

TITLE = r"\title{TITLE}\author{A. Haller}\maketitle"
DENSE = r"\setlength{\tabcolsep}{4pt}"
DARK = r"\usepackage[table]{xcolor}\renewcommand{\familydefault}{\sfdefault}"

MORE = {
    "lines numbered at the right, loose rows": replace(
        ARTICLE, options="12pt,a4paper", packages=("booktabs", "lineno", "setspace"),
        preamble=MARGINS + r"\renewcommand{\arraystretch}{1.5}\AtBeginDocument{\onehalfspacing"
        r"\rightlinenumbers\linenumbers}", width_pt=460, size=r"\normalsize", size_pt=12, rest="l",
    ),
    "acmart, small journal": Manner(
        document_class="acmart", options="acmsmall,nonacm", width_pt=390, front=TITLE, rest="r",
    ),
    "acmart, in a column": Manner(
        document_class="acmart", options="sigconf,nonacm", width_pt=241, front=TITLE, size_pt=8,
        size=r"\footnotesize", most_columns=6, gap_pt=4, preamble=DENSE, rest="l",
    ),
    "jmlr, two columns, scriptsize": Manner(
        document_class="jmlr", options="twocolumn", width_pt=210, size=r"\scriptsize", size_pt=7,
        most_columns=6, gap_pt=3, preamble=r"\setlength{\tabcolsep}{3pt}",
        front=r"\title{TITLE}\author{\Name{A. Haller}\Email{a@b.org}}\maketitle",
    ),
    "ltugboat, in a column": Manner(
        document_class="ltugboat", options="", width_pt=225, size=r"\footnotesize", size_pt=8,
        most_columns=6, gap_pt=4, preamble=DENSE, rules=HLINES, partial=r"\cline", rest="l",
        front=TITLE,
    ),
    "spie, labels wrap, hlines": Manner(
        document_class="spie", options="", width_pt=485, label_pt=110, rules=HLINES,
        partial=r"\cline", front=TITLE, size=r"\normalsize", size_pt=10,
    ),
    "coloured heads and bands, nine points": replace(
        ARTICLE, document_class="extarticle", options="9pt,a4paper", preamble=MARGINS + DARK,
        packages=("booktabs", "helvet"), width_pt=460, size_pt=8,
        size=r"\footnotesize\rowcolors{2}{blue!8}{white}", head_row=r"\rowcolor{blue!60!black}",
        head=r"\color{white}\textbf{HEAD}", rules=("", "", r"\hline"), partial="",
    ),
    "nature, tables at the end": Manner(
        document_class="nature", options="", width_pt=460, size=r"\normalsize", size_pt=12,
        rules=("", r"\hline", ""), partial="", at_end=True, most_rows=20, rest="l", front=TITLE,
    ),
    "labels in a narrow column": replace(ARTICLE, label_pt=95),
    "labels in a narrow column, hanging, air between rows": replace(
        ARTICLE, label_pt=100, wrapped=r"\raggedright\hangindent=1em\hangafter=1", rest="r",
        row_end=r"\\[3pt]",
    ),
    "section names slanted, rows set in": replace(
        ARTICLE, section=r"\textit{NAME}", indent=r"\quad ", rest="r",
    ),
    "groups centred on their rows, rules between": replace(
        ARTICLE, every_row=r"\midrule", inner=r"\cmidrule{FIRST-LAST}",
    ),
    "stacked heads": replace(
        ARTICLE, packages=("booktabs", "makecell"), stacked_heads=True, size=r"\footnotesize",
        size_pt=8, preamble=r"\renewcommand{\cellalign}{bc}",
    ),
    "turned heads": replace(
        ARTICLE, packages=("booktabs", "rotating"), head=r"\rotatebox{90}{HEAD}",
    ),
    "dashed rules under the rows": replace(
        ARTICLE, packages=("arydshln",), rules=HLINES, every_row=r"\hdashline", partial=r"\cline",
        always_wrap=True, rest="l",
    ),
    "lists in cells": replace(
        ARTICLE, always_wrap=True, rest="l", preamble=MARGINS, width_pt=460, change=as_lists,
        replaced=((r"$\bullet$", r"\par\textbullet"),), most_lines=9,
    ),
    "decimal commas on their signs": replace(
        ARTICLE, packages=("booktabs", "dcolumn"), number="D{,}{,}{4.2}", change=decimal_commas,
    ),
    "figures with uncertainty, siunitx": replace(
        ARTICLE, packages=("booktabs", "siunitx"), uncertain="S[table-format=3.2(3)]",
        preamble=r"\sisetup{separate-uncertainty=true,group-digits=false}", size_pt=8,
        size=r"\footnotesize",
    ),
    "longtable, said at its foot that it goes on": replace(
        ARTICLE, body="longtable", packages=("longtable",), rules=HLINES, partial=r"\cline",
        most_rows=70, size_pt=8, size=r"\footnotesize", always_wrap=True, rest="l",
        preamble=r"\renewcommand{\arraystretch}{1.2}",
        continued=r"\multicolumn{2}{l}{\tablename\ \thetable\ (continued)}\\",
        goes_on=r"\multicolumn{2}{r}{\textit{Continued on next page}}\\",
    ),
    "caption beside": replace(
        ARTICLE, packages=("booktabs", "sidecap"), width_pt=300, preamble=MARGINS,
        float=(r"\begin{SCtable}[0.5][ht]", r"\end{SCtable}"), size=r"\footnotesize", size_pt=8,
    ),
    "revtex, across two columns": Manner(
        document_class="revtex4-2", options="aps,pra,twocolumn", width_pt=505, float=WIDE,
        rules=DOUBLE, partial=r"\cline", packages=(), size=r"\footnotesize", size_pt=8,
        front=r"\title{TITLE}\author{A. Haller}\affiliation{Graz}\maketitle", most_columns=12,
    ),
    "rules under loose rows, cells on the middle": replace(
        ARTICLE, always_wrap=True, box="m", rules=HLINES, every_row=r"\hline", partial=r"\cline",
        preamble=r"\renewcommand{\arraystretch}{1.6}", packages=(),
    ),
    "asaetr, in a column, close columns": Manner(
        document_class="asaetr", options="", width_pt=240, size=r"\scriptsize", size_pt=7, gap_pt=2,
        most_columns=8, preamble=r"\setlength{\tabcolsep}{2pt}", front=TITLE,
    ),
    "sideways over two columns, hlines": replace(
        TWO_COLUMNS, packages=("rotating", "charter"), width_pt=650, rules=HLINES, most_columns=12,
        float=(r"\begin{sidewaystable*}", r"\end{sidewaystable*}"), partial=r"\cline",
        size=r"\small", size_pt=9,
    ),
    "in a shaded box with its caption": replace(
        ARTICLE, packages=("booktabs", "xcolor", "helvet"), width_pt=330, rules=("", r"\hline", ""),
        preamble=r"\renewcommand{\familydefault}{\sfdefault}", size=r"\footnotesize", size_pt=8,
        float=(r"\begin{table}[ht]\colorbox{gray!15}{\begin{minipage}{.97\linewidth}",
               r"\end{minipage}}\end{table}"), rest="l",
    ),
}  # fmt: skip
