"""How long a report takes and how large it is, beside the imports it needs.

``python benchmarks/report/render.py`` prints one line per size; run it on an idle machine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "report"))

IMPORTS = "import pandas, statsmodels.stats.meta_analysis, jinja2"


def seconds_of_imports() -> float:
    """Best of three fresh processes that import what a report's results need."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)
        took.append(time.perf_counter() - start)
    return min(took)


def many(k: int) -> Any:
    """The example's series repeated to ``k``, with results from the fast model."""
    from report_example import FACTS, PROTOCOL, make_rows, make_series

    from evidence.model.protocol import Protocol
    from evidence.pooling import pool
    from evidence.report.context import ReportContext, SeriesEntry

    facts = [(f"{FACTS[i % 14][0]}-{i}", *FACTS[i % 14][1:]) for i in range(k)]
    series = [make_series(fact, i) for i, fact in enumerate(facts)]
    rows = tuple(r for i, fact in enumerate(facts) for r in make_rows(fact, series[i], i))
    protocol = Protocol.model_validate(PROTOCOL)
    traits = {None: lambda r: None, "route": lambda r: r.route, "dose": lambda r: r.dose_band}
    pooled = {}
    for outcome in protocol.outcomes:
        chosen = [
            r for r in rows if r.outcome == outcome and r.stratum == "all" and r.events is not None
        ]
        for by, trait in traits.items():
            result = pool(
                [r.events for r in chosen],
                [r.total for r in chosen],
                series=[r.series for r in chosen],
                by=[trait(r) for r in chosen] if by else None,
                by_name=by,
                outcome=outcome,
                method="dl",
            )
            pooled[(outcome, by)] = replace(result.pooled)
    entries = tuple(
        SeriesEntry(series=s, path=f"extracted/review/{s.series}.yaml", source="review")
        for s in series
    )
    return ReportContext(protocol=protocol, series=entries, rows=rows, pooled=pooled)


def main() -> None:
    """Print seconds, the ratio to the imports, and the size of the page."""
    from evidence.report.render import render_report

    base = seconds_of_imports()
    print(f"imports: {base:.2f} s")
    for k in (14, 100, 500):
        ctx = many(k)
        start = time.perf_counter()
        files = render_report(ctx)
        took = time.perf_counter() - start
        size = len(files["report.html"]) / 1000
        print(f"{k} series: {took:.2f} s ({took / base:.2f} x imports), page {size:.0f} kB")


if __name__ == "__main__":
    main()
