"""Time the PDF reader beside pdfplumber opening the same pages and extracting their words.

python benchmarks/extraction/speed.py PAPER.pdf ...: CPU seconds of one process with its imports,
best of five in turns. The bytecode of both is cached in a folder of its own before: where Python
is told to write none, every start would compile this package, and not pdfplumber.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

PLUMBER = """
import sys, time
start = time.process_time()
import pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_words()
        page.close()
print(time.process_time() - start)
"""
OURS = """
import sys, time
start = time.process_time()
from pathlib import Path
from evidence.documents.pdf import read_pdf
read_pdf(Path(sys.argv[1]))
print(time.process_time() - start)
"""


RUNS = 5


def seconds(code: str, paper: str, bytecode: str) -> float:
    """CPU seconds of one fresh process that runs ``code`` on ``paper``."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": bytecode}
    run = [sys.executable, "-c", code, paper]
    return float(subprocess.check_output(run, text=True, env=environment))


def main() -> None:
    with tempfile.TemporaryDirectory() as bytecode:
        for paper in sys.argv[1:]:
            runs = [[seconds(code, paper, bytecode) for code in (PLUMBER, OURS)]
                    for _ in range(RUNS + 1)][1:]  # fmt: skip
            words, ours = (min(times) for times in zip(*runs, strict=True))
            print(
                f"{paper}: pdfplumber words {words:.2f} s, read_pdf {ours:.2f} s, "
                f"{ours / words:.2f} ×"
            )


if __name__ == "__main__":
    main()
