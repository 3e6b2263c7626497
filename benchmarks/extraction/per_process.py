"""Pages per second of CPU, one process of ``evidence tables PAPER --json`` per paper of the corpus.

python benchmarks/extraction/per_process.py [ID ...]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))


def main(names: list[str]) -> None:
    """Print seconds for each paper, and the pages per second of all."""
    papers = sorted((SHARED / "corpus" / "pdf_jats").glob("*/paper.pdf"))
    papers = [paper for paper in papers if not names or paper.parent.name in names]
    if not papers:
        sys.exit("no papers: set EVIDENCE_SHARED to the folder that holds corpus/pdf_jats")
    pages = 0
    used = _children()
    for paper in papers:
        before = _children()
        run = [str(Path(sys.executable).parent / "evidence"), "tables", str(paper), "--json"]
        if subprocess.run(run, check=False, capture_output=True).returncode > 1:
            sys.exit(f"evidence could not read {paper}")
        count = len(pypdfium2.PdfDocument(paper))
        pages += count
        print(f"{paper.parent.name}: {count} pages, {_children() - before:.2f} s")
    print(f"{pages} pages, {pages / (_children() - used):.1f} pages per second of CPU")


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(sys.argv[1:])
