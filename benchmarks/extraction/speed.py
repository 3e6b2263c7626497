"""Time the PDF reader beside pdfplumber opening the same pages and extracting their words.

python benchmarks/extraction/speed.py PAPER.pdf ...: CPU seconds of one process, best of three.
"""

from __future__ import annotations

import subprocess
import sys

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


def seconds(code: str, paper: str) -> float:
    runs = [
        float(subprocess.check_output([sys.executable, "-c", code, paper], text=True))
        for _ in range(3)
    ]
    return min(runs)


def main() -> None:
    for paper in sys.argv[1:]:
        words, ours = seconds(PLUMBER, paper), seconds(OURS, paper)
        print(
            f"{paper}: pdfplumber words {words:.2f} s, read_pdf {ours:.2f} s, {ours / words:.2f} ×"
        )


if __name__ == "__main__":
    main()
