"""Manners in which papers are set with LaTeX."""

from __future__ import annotations

from dataclasses import replace

from latex_manner import BOOKTABS, DOUBLE, HLINES, NONE, WIDE, Manner

ELSEVIER = (
    r"\begin{frontmatter}\title{TITLE}\author{A. Haller}\author{B. Moreau}\address{Institute of "
    r"Oncology, Graz}\end{frontmatter}"
)
ARTICLE = Manner()
TWO_COLUMNS = Manner(options="10pt,a4paper,twocolumn", width_pt=240, size=r"\footnotesize",
                     size_pt=8, most_columns=6, gap_pt=4,
                     preamble=r"\setlength{\tabcolsep}{4pt}")  # fmt: skip
MARGINS = r"\usepackage[margin=22mm]{geometry}"

MANNERS = {
    "article, three rules": ARTICLE,
    "article, old Computer Modern, hlines, centred": replace(
        ARTICLE, rules=HLINES, partial=r"\cline", first="c", packages=()
    ),
    "article, grid of bars": replace(
        ARTICLE, rules=HLINES, every_row=r"\hline", bars=True, partial=r"\cline", packages=()
    ),
    "elsarticle 3p": Manner(
        document_class="elsarticle", options="3p", front=ELSEVIER, width_pt=468, rest="l",
        packages=("booktabs", "mathptmx"),
    ),
    "elsarticle 5p, in a column": Manner(
        document_class="elsarticle", options="5p,twocolumn", front=ELSEVIER, width_pt=245, rest="l",
        size=r"\footnotesize", size_pt=8, rules=HLINES, partial=r"\cline", most_columns=6,
        gap_pt=4, preamble=r"\setlength{\tabcolsep}{4pt}",
    ),
    "elsarticle review, double spaced, numbered lines": Manner(
        document_class="elsarticle", options="preprint,review,12pt", front=ELSEVIER, width_pt=385,
        packages=("booktabs", "lineno"), preamble=r"\linenumbers", most_rows=20,
        size=r"\normalsize", size_pt=12,
    ),
    "IEEEtran, in a column": Manner(
        document_class="IEEEtran", options="journal", width_pt=250, size=r"\footnotesize",
        size_pt=8, rules=DOUBLE, partial=r"\cline", most_columns=6, packages=(), gap_pt=4,
        preamble=r"\setlength{\tabcolsep}{4pt}",
    ),
    "IEEEtran, across, bars": Manner(
        document_class="IEEEtran", options="conference", width_pt=500, size=r"\footnotesize",
        size_pt=8, rules=HLINES, every_row=r"\hline", bars=True, partial=r"\cline", float=WIDE,
        packages=(),
    ),
    "revtex, ruled": Manner(
        document_class="revtex4-2", options="aps,prl,reprint", width_pt=246, body="tabular",
        around=r"\begin{ruledtabular}TABULAR\end{ruledtabular}", rules=("", r"\colrule", ""),
        partial=r"\cline", size=r"\footnotesize", size_pt=8, most_columns=6, packages=(), gap_pt=2,
        front=r"\title{TITLE}\author{A. Haller}\affiliation{Graz}\maketitle",
    ),
    "llncs": Manner(document_class="llncs", options="", width_pt=347, rest="r",
                    front=r"\title{TITLE}\author{A. Haller}\institute{Graz}\maketitle"),
    "mnras, in a column": Manner(
        document_class="mnras", options="a4paper", width_pt=240, size=r"\footnotesize", size_pt=8,
        rules=HLINES, partial=r"\cline", most_columns=6, packages=("mathptmx",), rest="l",
        front=r"\title{TITLE}\author{A. Haller}\maketitle", gap_pt=4,
        preamble=r"\setlength{\tabcolsep}{4pt}",
    ),
    "apa7 manuscript": Manner(
        document_class="apa7", options="man,12pt", width_pt=460, size=r"\normalsize", size_pt=12,
        packages=("booktabs", "mathptmx"), most_rows=18, at_end=True,
        preamble=r"\shorttitle{A TRIAL}",
        front=r"\title{TITLE}\authorsnames{A. Haller}\authorsaffiliations{Graz}\maketitle",
    ),
    "apa6 journal": Manner(
        document_class="apa6", options="jou", width_pt=240, size=r"\footnotesize", size_pt=8,
        packages=("booktabs",), most_columns=6, preamble=r"\shorttitle{A trial}",
        front=r"\title{TITLE}\author{A. Haller}\affiliation{Graz}\maketitle", rest="l", gap_pt=4,
    ),
    "amsart, longtable, heads again": Manner(
        document_class="amsart", body="longtable", width_pt=355, most_rows=70,
        packages=("booktabs", "longtable"), front=r"\title{TITLE}\author{A. Haller}\maketitle",
        continued=r"\caption[]{(continued)}\\",
    ),
    "longtable, heads once, hlines": replace(
        ARTICLE, body="longtable", packages=("longtable",), rules=HLINES, heads_again=False,
        partial=r"\cline", most_rows=70, size=r"\normalsize", size_pt=10,
    ),
    "longtable, wrapped, continued row": replace(
        ARTICLE, body="longtable", packages=("longtable", "booktabs", "charter"), most_rows=70,
        always_wrap=True, preamble=MARGINS, width_pt=460, rest="l",
        continued=r"\multicolumn{2}{l}{\textit{Continued from previous page}}\\",
    ),
    "supertabular, two columns": replace(
        TWO_COLUMNS, body="supertabular", packages=("supertabular", "booktabs"), most_rows=60,
    ),
    "tufte, caption in the margin": Manner(
        document_class="tufte-handout", options="a4paper", width_pt=300,
        front=r"\title{TITLE}\author{A. Haller}\maketitle", size=r"\footnotesize",
        size_pt=8, rest="l",
    ),
    "tabularx, full width": replace(
        ARTICLE, body="tabularx", packages=("booktabs", "tabularx", "mathptmx"), always_wrap=True,
        preamble=MARGINS, width_pt=460, size=r"\footnotesize", size_pt=8,
    ),
    "tabulary": replace(
        ARTICLE, body="tabulary", packages=("booktabs", "tabulary", "lmodern"), rest="C",
        first="L", always_wrap=True,
    ),
    "tabular*, stretched, italic heads": replace(
        ARTICLE, body="tabular*", packages=("booktabs", "palatino"), preamble=MARGINS, width_pt=460,
        head=r"\textit{HEAD}",
    ),
    "sidewaystable": replace(
        ARTICLE, packages=("booktabs", "rotating"), width_pt=620, size=r"\footnotesize", size_pt=8,
        float=(r"\begin{sidewaystable}", r"\end{sidewaystable}"), most_rows=30,
    ),
    "landscape longtable": replace(
        ARTICLE, packages=("booktabs", "pdflscape", "longtable"), width_pt=560, body="longtable",
        preamble=r"\AtBeginEnvironment{longtable}{}", most_rows=50, always_wrap=True,
    ),
    "zebra, colortbl, sans": replace(
        ARTICLE, packages=("booktabs", "helvet"), rules=BOOKTABS, head=r"\textbf{HEAD}",
        preamble=r"\usepackage[table]{xcolor}\renewcommand{\familydefault}{\sfdefault}",
        size=r"\footnotesize\rowcolors{2}{gray!15}{white}", size_pt=8, rest="l",
    ),
    "siunitx columns": replace(
        ARTICLE, packages=("booktabs", "siunitx"), number="S[table-format=4.2]",
        preamble=r"\sisetup{group-digits=false}",
    ),
    "dcolumn": replace(ARTICLE, packages=("booktabs", "dcolumn"), number="D{.}{.}{4.2}"),
    "threeparttable, wrapped": replace(
        ARTICLE, packages=("booktabs", "threeparttable", "mathptmx"), notes="threeparttable",
        always_wrap=True, rest="l",
    ),
    "wrapfigure": replace(
        ARTICLE, packages=("booktabs", "wrapfig"), width_pt=210, size=r"\scriptsize", size_pt=7,
        float=(r"\begin{wraptable}{R}{215pt}", r"\end{wraptable}"), most_columns=5, gap_pt=4,
        most_rows=20, preamble=MARGINS + r"\setlength{\tabcolsep}{4pt}",
    ),
    "two side by side": replace(
        TWO_COLUMNS, pairs=True, width_pt=225, most_columns=5, size=r"\scriptsize", size_pt=7
    ),
    "caption below, two columns": replace(TWO_COLUMNS, caption="below"),
    "article across two columns, scriptsize": replace(
        TWO_COLUMNS, float=WIDE, width_pt=480, size=r"\scriptsize", size_pt=7, most_columns=12,
    ),
    "resized to the width": replace(
        ARTICLE, packages=("booktabs", "graphicx"), around=r"\resizebox{\linewidth}{!}{TABULAR}",
        width_pt=520, most_columns=14, rest="r",
    ),
    "cells centred on the middle, rule under each": replace(
        ARTICLE, always_wrap=True, box="m", wrapped=r"\centering", every_row=r"\midrule",
    ),
    "cells on the bottom line": replace(ARTICLE, always_wrap=True, box="b", rest="l"),
    "no rules": replace(ARTICLE, rules=NONE, partial="", packages=(), rest="l",
                        head=r"\textbf{HEAD}"),
    "no rules, in a column": replace(TWO_COLUMNS, rules=NONE, partial="", rest="l"),
    "bitmap fonts, T1": replace(
        ARTICLE, preamble=r"\usepackage[T1]{fontenc}\pdfmapfile{}", size=r"\footnotesize", size_pt=8
    ),
    "Latin Modern, T1, scrartcl": Manner(
        document_class="scrartcl", packages=("booktabs", "lmodern"), width_pt=390,
        preamble=r"\usepackage[T1]{fontenc}", rest="r",
    ),
    "memoir, rules of its own, hanging lines": Manner(
        document_class="memoir", options="10pt,a4paper", packages=("mathpazo",), width_pt=340,
        wrapped=r"\raggedright\hangindent=1em", always_wrap=True, rest="l",
    ),
    "cas-dc": Manner(
        document_class="cas-dc", options="a4paper", packages=(), width_pt=245, size_pt=8,
        size=r"\footnotesize", most_columns=6, front=r"\title{TITLE}\author{A. Haller}\maketitle",
    ),
    "achemso, double spaced": Manner(
        document_class="achemso", options="manuscript=article", packages=("booktabs",),
        width_pt=400, size=r"\normalsize", size_pt=12, most_rows=24,
        front=r"\author{A. Haller}\affiliation{Graz}\email{a@b.org}\title{TITLE}",
    ),
    "quantumarticle": Manner(
        document_class="quantumarticle", options="a4paper,onecolumn,unpublished", width_pt=440,
        packages=("booktabs",), front=r"\title{TITLE}\author{A. Haller}\maketitle",
    ),
    "oup-authoring": Manner(
        document_class="oup-authoring-template", options="unnumsec,webpdf,modern,large",
        width_pt=250, size_pt=8, size=r"\footnotesize", most_columns=6, packages=(),
        front=r"\title{TITLE}\maketitle",
    ),
}  # fmt: skip
