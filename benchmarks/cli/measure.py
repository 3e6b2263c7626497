"""Times the command line as whole processes, as ratios beside something run on the same machine.

Usage: ``python benchmarks/cli/measure.py [RUNS]`` in the repository root, with the package
installed. Prints a Markdown table. R's line is left out where Rscript with metafor is missing.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
EVIDENCE = str(Path(PYTHON).with_name("evidence"))
R_FIT = """
suppressMessages(library(metafor))
d <- read.csv("{csv}")
res <- rma.glmm(measure="PLO", xi=events, ni=total, mods=~route, data=d, nAGQ=7)
for (r in unique(d$route))
  print(rma.glmm(measure="PLO", xi=events, ni=total, data=d, subset=route==r))
print(res)
"""
READ_WORDS = """
import pdfplumber, pypdfium2
with pdfplumber.open({paper!r}) as pdf:
    for page in pdf.pages:
        page.extract_words()
        page.close()
"""


def seconds(command: list[str]) -> float:
    """Wall time of one whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    return time.perf_counter() - start


def compare(a: list[str], b: list[str], runs: int) -> tuple[float, float, float]:
    """Median seconds of a and of b run in turn, and the median of the ratios."""
    seconds(a), seconds(b)
    pairs = [(seconds(a), seconds(b)) for _ in range(runs)]
    ratio = statistics.median(x / y for x, y in pairs)
    return statistics.median(x for x, _ in pairs), statistics.median(y for _, y in pairs), ratio


def route_csv() -> str:
    """The review's counts with their route, for R."""
    import evidence

    result = evidence.Review(ROOT).pool("ORR", by="route")
    lines = ["series,events,total,route"]
    for group in result.groups:
        lines += [f"{s.series},{s.events},{s.total},{group.group}" for s in group.studies]
    path = Path(tempfile.mkdtemp()) / "counts.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    pool = [EVIDENCE, "pool", "ORR", "--by", "route"]
    papers = sorted((ROOT / "sources").glob("*.pdf"))
    cases = [
        ("`evidence --help`", [EVIDENCE, "--help"], "`python -c pass`", [PYTHON, "-c", "pass"], 4.0)
    ]
    if shutil.which("Rscript"):
        script = Path(tempfile.mkdtemp()) / "fit.R"
        script.write_text(R_FIT.format(csv=route_csv()), encoding="utf-8")
        r_fit = ["Rscript", "--vanilla", str(script)]
        cases.append(("cold `evidence pool ORR --by route`", pool, "Rscript, rma.glmm", r_fit, 0.8))
    seconds([EVIDENCE, "run"])
    cases.append(("`evidence run`, nothing changed", [EVIDENCE, "run"], "cold pool", pool, 2.0))
    for paper in papers:
        words = [PYTHON, "-c", READ_WORDS.format(paper=str(paper))]
        read = [EVIDENCE, "tables", str(paper), "--json"]
        cases.append((f"`evidence tables {paper.name}`", read, "pdfplumber, words", words, 1.5))
    print("| what | beside | seconds | seconds | ratio | goal |\n|---|---|---|---|---|---|")
    for name, a, beside, b, goal in cases:
        mine, theirs, ratio = compare(a, b, runs)
        print(f"| {name} | {beside} | {mine:.3f} | {theirs:.3f} | {ratio:.2f} | ≤ {goal} |")


if __name__ == "__main__":
    main()
