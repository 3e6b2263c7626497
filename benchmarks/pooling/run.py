"""Speed of pooling beside R's metafor, in one run on one machine; prints a Markdown table.

Run from the repository root: ``python benchmarks/pooling/run.py``. Without R the ratios are n/a.
CPU time of warm calls in the process; start-up is measured cold, by wall clock.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from evidence.pooling import gosh, leave_one_out, pool, pool_many

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "tests" / "reference" / "data" / "alemtuzumab.csv"


def read_counts(path: Path) -> tuple[list[int], list[int]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [int(row["events"]) for row in rows], [int(row["total"]) for row in rows]


def made_up(k: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    total = random.integers(5, 80, k)
    return random.binomial(total, 1 / (1 + np.exp(-random.normal(0.5, 0.8, k)))), total


def cpu_ms(call: Callable[[], Any], times: int) -> float:
    """CPU milliseconds of one warm call, best of three rounds."""
    call()
    rounds = []
    for _ in range(3 if times > 1 else 1):
        start = time.process_time()
        for _ in range(times):
            call()
        rounds.append(1000 * (time.process_time() - start) / times)
    return min(rounds)


def cold_ms(command: list[str], times: int = 5) -> float:
    """Wall milliseconds of a fresh process, median."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(1000 * (time.perf_counter() - start))
    return float(np.median(found))


def of_r(folder: Path) -> dict[str, float]:
    """CPU milliseconds by name from ``beside_r.R``; empty without R."""
    script = shutil.which("Rscript")
    if script is None:
        return {}
    big = folder / "big.csv"
    events, total = made_up(1000)
    lines = ["events,total", *(f"{x},{n}" for x, n in zip(events, total, strict=True))]
    big.write_text("\n".join(lines), encoding="utf-8")
    command = [script, str(HERE / "beside_r.R"), str(TABLE), str(big)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split() for line in text.splitlines())}


def cold_pair() -> tuple[float, float | None]:
    """A fresh process that fits the GLMM by group, here and in R."""
    ours = (
        "import csv, evidence; rows = list(csv.DictReader(open(r'" + str(TABLE) + "')));"
        "r = evidence.pool([int(x['events']) for x in rows], [int(x['total']) for x in rows],"
        "by=[x['route'] for x in rows]); print(r.summary())"
    )
    here = cold_ms([sys.executable, "-c", ours])
    script = shutil.which("Rscript")
    if script is None:
        return here, None
    theirs = (
        f'suppressMessages(library(metafor)); d <- read.csv("{TABLE}");'
        'for (x in c("IV", "SC", "mixed")) print(rma.glmm(measure = "PLO", xi = events, '
        "ni = total, data = d[d$route == x, ]));"
        'print(rma.glmm(measure = "PLO", xi = events, ni = total, mods = ~ route, data = d))'
    )
    return here, cold_ms([script, "-e", theirs])


def rows() -> list[tuple[str, float, float | None, str]]:
    """What, our milliseconds, R's milliseconds, the goal."""
    events, total = read_counts(TABLE)
    k1, k10 = made_up(1000), made_up(10_000)
    random = np.random.default_rng(2)
    labels = np.repeat(np.arange(10_000), 14)
    n_many = random.integers(3, 60, len(labels))
    x_many = random.binomial(n_many, random.beta(3, 2, len(labels)))
    with tempfile.TemporaryDirectory() as folder:
        r = of_r(Path(folder))
    here, there = cold_pair()
    return [
        ("GLMM, k = 14", cpu_ms(lambda: pool(events, total), 100), r.get("glmm-14"), "1/20 of R"),
        (
            "REML, k = 14",
            cpu_ms(lambda: pool(events, total, method="reml"), 300),
            r.get("reml-14"),
            "1/5 of R",
        ),
        (
            "REML, k = 1,000",
            cpu_ms(lambda: pool(*k1, method="reml"), 50),
            r.get("reml-1000"),
            "1/500 of R",
        ),
        ("GLMM, k = 1,000", cpu_ms(lambda: pool(*k1), 10), r.get("glmm-1000"), "1/50 of R"),
        (
            "GLMM, k = 14, with series rows and profile interval of tau²",
            cpu_ms(lambda: pool(events, total).pooled, 30),
            r.get("glmm-14"),
            "none",
        ),
        (
            "GLMM, k = 1,000, with series rows and profile interval of tau²",
            cpu_ms(lambda: pool(*k1).pooled, 3),
            r.get("glmm-1000"),
            "none",
        ),
        ("REML, k = 10,000", cpu_ms(lambda: pool(*k10, method="reml"), 10), None, "1,000 ms"),
        ("GLMM, k = 10,000", cpu_ms(lambda: pool(*k10), 3), None, "1,000 ms"),
        (
            "leave-one-out by REML, k = 1,000",
            cpu_ms(lambda: leave_one_out(pool(*k1, method="reml")), 1),
            None,
            "2,000 ms",
        ),
        (
            "GOSH by DL, 16,383 subsets",
            cpu_ms(lambda: gosh(pool(events, total, method="dl")), 1),
            None,
            "2,000 ms",
        ),
        (
            "GOSH by GLMM, 16,383 subsets",
            cpu_ms(lambda: gosh(pool(events, total)), 1),
            None,
            "60,000 ms",
        ),
        (
            "10,000 groups of 14 by REML",
            cpu_ms(lambda: pool_many(labels, x_many, n_many, method="reml"), 1),
            None,
            "5,000 ms (2,000 groups a second)",
        ),
        (
            "10,000 groups of 14 by GLMM",
            cpu_ms(lambda: pool_many(labels, x_many, n_many), 1),
            None,
            "none",
        ),
        ("cold process, GLMM by route (wall)", here, there, "0.8 of R"),
    ]


def main() -> None:
    print("| what | here, ms | metafor, ms | ratio | goal |")
    print("|---|---|---|---|---|")
    for what, here, there, goal in rows():
        shown = "n/a" if there is None else f"{there:,.1f}"
        ratio = (
            "n/a"
            if there is None
            else (f"1/{there / here:.0f}" if there > 1.5 * here else f"{here / there:.2f}")
        )
        print(f"| {what} | {here:,.2f} | {shown} | {ratio} | {goal} |")
    sizes = (1_000, 10_000, 100_000)
    for method in ("reml", "glmm"):
        times = [cpu_ms(partial(pool, *made_up(k), method=method), 5) for k in sizes]
        text = ", ".join(f"k = {k:,}: {t:,.1f} ms" for k, t in zip(sizes, times, strict=True))
        print(f"\nGrowth with k, {method}: {text}")


if __name__ == "__main__":
    main()
