"""Where the papers are, and what a cell is compared by."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
CORPUS = SHARED / "corpus"
if not CORPUS.is_dir():
    sys.exit("the corpus is not here; set EVIDENCE_SHARED to the folder that holds corpus/")
sys.path.insert(0, str(CORPUS))


def jats_papers() -> list[Path]:
    """Every JATS file of the corpus."""
    found = [*(CORPUS / "jats_only").iterdir(), *(CORPUS / "pdf_jats").glob("*/paper.xml")]
    return sorted(p for p in found if p.suffix in (".xml", ".nxml"))


def manifest() -> dict[str, dict[str, str]]:
    """The papers with PDF and JATS by their id."""
    with (CORPUS / "manifest.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["id"]: row for row in rows if row["kind"] == "pdf+jats"}


def half(name: str) -> int:
    """0 or 1 by a hash of a paper's name: rules are made on one half and tried on the other."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def letters(text: str) -> str:
    """Letters and digits only, in lower case."""
    return re.sub(r"[\W_]+", "", text).lower()


def print_groups(scores: dict[str, list[tuple[list[dict[str, Any]], int]]]) -> None:
    """F1 over tables, exact rows and spurious tables per paper, for each group of papers."""
    for group, papers in scores.items():
        tables = [table for found, _ in papers for table in found]
        f1 = sum(table["f1"] for table in tables) / len(tables)
        rows = sum(t["rowhit"] for t in tables) / sum(t["rows"] for t in tables)
        spurious = sum(count for _, count in papers) / len(papers)
        print(f"{group}: F1 {f1:.3f}, rows exact {rows:.3f}, spurious {spurious:.2f}")
