"""Typeset gold tables in the manner of many journals, read the PDFs, and score them by style.

run.py [--with chromium|latex] [--styles PART ...] [--papers N] [--seed WORD] [--half 0|1]
       [--keep FOLDER] [--rows]
needs the corpus, and a Chromium or pdflatex.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import chromium
import latex
from fidelity import cell_faults, trust
from papers import GoldPaper, GoldTable, corpus_papers, invented_papers, scorer
from styles import STYLES

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from score import list_missing, texts

TYPESETTERS: dict[str, tuple[Any, Any]] = {
    "chromium": (chromium, STYLES),
    "latex": (latex, latex.EVERY),
}
INVENTED = 16


@dataclass(slots=True)
class Tally:
    """What was found of the tables of one style."""

    tables: list[dict[str, Any]] = field(default_factory=list)
    spurious: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    """Cells of matched tables, by whether they are right and whether they are in doubt."""

    def add(self, other: Tally) -> None:
        """Take in what another style gave."""
        self.tables += other.tables
        self.spurious += other.spurious
        self.faults += other.faults
        self.cells += other.cells

    def __str__(self) -> str:
        rows, hit = (sum(t[k] for t in self.tables) for k in ("rows", "rowhit"))
        f1 = sum(t["f1"] for t in self.tables) / max(1, len(self.tables))
        missed = sum(t["cellrec"] < 0.3 for t in self.tables)
        wrong, doubted = self.cells[(False, False)], self.cells[(True, True)]
        return (
            f"tables {len(self.tables):3d} F1 {f1:.3f} rows {hit / max(1, rows):.3f} ({rows}) "
            f"missed {missed} spurious {self.spurious} cells {self.cells.total()} wrong unsaid "
            f"{wrong} doubted wrongly {doubted} {dict(self.faults)}"
        )


def chosen_papers(half: int | None) -> list[GoldPaper]:
    """The corpus' papers with tables, and invented ones; of both one half, by their names."""
    papers = [p for p in corpus_papers() if p.tables and len(p.paragraphs) >= 8]
    words = [text for paper in papers for text in paper.paragraphs]
    papers += invented_papers(INVENTED, words)
    return [p for p in papers if half is None or zlib.crc32(p.name.encode()) % 2 == half]


def score(path: Path, chosen: list[GoldTable], *, rows: bool) -> Tally:
    """Read one PDF and hold it against the tables set in it."""
    grids: tuple[Grid, ...] = read_pdf(path, text=False).grids
    golds = [t.gold(str(k)) or {} for k, t in enumerate(chosen, 1)]
    tables = [{"rows": texts(grid)} for grid in grids]
    found, extra = scorer.score_doc(golds, tables)
    faults = list(cell_faults(chosen, list(grids)))
    if rows:
        print(path.name, "spurious", extra, "labels", [g.label for g in grids])
        for gold, one in zip(golds, found, strict=True):
            print(f"   {one['label']} {one['nr']}x{one['nc']} f1 {one['f1']:.2f} "
                  f"rows {one['rowhit']}/{one['rows']} parts {one['frag']}")  # fmt: skip
            list_missing(scorer, gold, tables)
        for fault in faults:
            print("       ", *fault, sep=" | ")
    kinds = Counter(kind for kind, _, _ in faults)
    return Tally(found, extra, kinds, trust(golds, list(grids), texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with", dest="typesetter", choices=TYPESETTERS, default="chromium")
    parser.add_argument("--styles", nargs="*", default=[""], help="parts of their names")
    parser.add_argument("--seed", default="", help="another choice of papers and tables")
    parser.add_argument("--half", type=int, choices=(0, 1), help="one half of the papers alone")
    parser.add_argument("--papers", type=int, default=6, help="papers per style")
    parser.add_argument("--keep", type=Path, help="where the PDFs stay")
    parser.add_argument("--rows", action="store_true", help="list every gold row that was missed")
    options = parser.parse_args()
    typesetter, styles = TYPESETTERS[options.typesetter]
    if reason := typesetter.missing():
        print("skipped:", reason)
        return
    papers, everything = chosen_papers(options.half), Tally()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for name in (s for s in styles if any(part in s for part in options.styles)):
            tally = Tally()
            for path, chosen in typesetter.papers_in(
                folder, papers, name, count=options.papers, seed=options.seed
            ):
                tally.add(score(path, chosen, rows=options.rows))
            print(f"{name:48s} {tally}", flush=True)
            everything.add(tally)
    print(f"{'all':48s} {everything}")


if __name__ == "__main__":
    main()
