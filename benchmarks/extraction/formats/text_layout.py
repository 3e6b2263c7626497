"""``pdftotext -layout`` of the corpus' PDFs through the text reader, scored as PDF tables are."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from corpus import CORPUS, manifest, print_groups

from evidence.documents.text import read_text


def main() -> None:
    import score_tables as scorer  # type: ignore[import-not-found]

    scores: dict[str, list[tuple[list[dict[str, Any]], int]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, paper in manifest().items():
            text = Path(folder) / f"{name}.txt"
            pdf = CORPUS / "pdf_jats" / name / "paper.pdf"
            subprocess.run(["pdftotext", "-layout", pdf, text], check=True)
            grids = read_text(text).grids
            ours = [{"rows": [[cell.text for cell in row] for row in g.rows]} for g in grids]
            found, spurious = scorer.score_doc(scorer.gold_doc(name), ours)
            scores.setdefault(paper["group"], []).append((found, spurious))
    print_groups(scores)


if __name__ == "__main__":
    main()
