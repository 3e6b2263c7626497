"""Typeset gold papers with LaTeX: document classes, table packages, Type 1 and bitmap fonts.

A PDF of LaTeX has no space characters; ligatures, kerning, figures and signs in mathematics, and
rules drawn as thin boxes are as in manuscripts and journals that are set with it.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from latex_manner import Manner
from latex_page import document
from latex_styles import MANNERS
from latex_styles_more import MORE
from latex_table import set_table, widths
from latex_text import Untypesettable
from papers import GoldPaper, GoldTable

EVERY = MANNERS | MORE
MOST_OVER_PT = 15
TOO_WIDE = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\) in (?:alignment|paragraph)")


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
    manner = EVERY[name]
    if not usable(manner):
        return
    rng = random.Random(name + seed)
    papers = [replace(p, tables=[manner.change(t) for t in p.tables]) for p in papers]
    able = [p for p in papers if any(fits(manner, t) for t in p.tables)]
    made = 0
    for paper in rng.sample(able, len(able)):
        chosen = [t for t in paper.tables if fits(manner, t)]
        chosen = rng.sample(chosen, min(4, len(chosen)))
        path = folder / f"latex-{list(EVERY).index(name):02d}-{paper.name}.pdf"
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
