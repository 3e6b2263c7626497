"""What changed: rows, and which of them moved which pooled number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from report_example import context, example, series_and_rows
from series_example import FACTS

from evidence.commands.diff import difference_lines
from evidence.pooling import pool
from evidence.report.diff import diff_results
from evidence.report.difference import Difference
from evidence.report.render import render_report
from evidence.report.results import build_results


def simple(studies: Sequence[Any], settings: Any) -> float | None:
    return sum(s["events"] for s in studies) / sum(s["total"] for s in studies)


def results(counts: dict[str, tuple[int, int]]) -> dict[str, Any]:
    studies = [{"series": s, "events": e, "total": n} for s, (e, n) in counts.items()]
    rows = [
        {
            "series": s,
            "arm": None,
            "stratum": "all",
            "outcome": "ORR",
            "label": s,
            "events": e,
            "total": n,
            "page": 3,
        }
        for s, (e, n) in counts.items()
    ]
    group = {"group": "all", "k": len(studies), "estimate": simple(studies, {}), "studies": studies}
    return {"rows": rows, "pooled": [{"outcome": "ORR", "by": None, "groups": [group]}]}


OLD = {"a": (1, 10), "b": (5, 10), "c": (2, 20)}


def test_nothing_changed() -> None:
    assert diff_results(results(OLD), results(OLD), estimate=simple) == Difference(
        rows=(), moves=()
    )


def test_another_page_is_no_change_of_evidence() -> None:
    new = results(OLD)
    new["rows"][0]["page"] = 9
    assert diff_results(results(OLD), new, estimate=simple).rows == ()


def test_rows_added_removed_and_changed_are_named() -> None:
    new = results({"a": (3, 10), "c": (2, 20), "d": (9, 9)})
    rows = diff_results(results(OLD), new, estimate=simple).rows
    assert [(r.kind, r.series, r.before, r.after) for r in rows] == [
        ("changed", "a", "1/10", "3/10"),
        ("removed", "b", "5/10", None),
        ("added", "d", None, "9/9"),
    ]
    assert rows[0].fields == (("events", 1, 3),)


def test_each_cause_is_put_back_alone() -> None:
    new = results({"a": (3, 10), "c": (2, 20), "d": (9, 9)})
    move = diff_results(results(OLD), new, estimate=simple).moves[0]
    assert (move.before, move.after) == (8 / 40, 14 / 39)
    without = {cause.series: cause.estimate_without for cause in move.causes}
    assert without == {
        "a": pytest.approx(12 / 39),  # (1 + 2 + 9) of (10 + 20 + 9)
        "b": pytest.approx(19 / 49),  # b back: (3 + 5 + 2 + 9) of 49
        "d": pytest.approx(5 / 30),  # d gone: (3 + 2) of 30
    }
    assert move.causes[0].series == "d"
    assert move.causes[0].shift == pytest.approx(14 / 39 - 5 / 30)


def test_not_reported_is_not_none() -> None:
    old, new = results(OLD), results(OLD)
    old["rows"][0]["events"] = None
    new["rows"][0]["events"] = 0
    assert diff_results(old, new, estimate=simple).rows[0].before == "not reported"
    assert diff_results(old, new, estimate=simple).rows[0].after == "0/10"


def test_a_group_that_is_gone_is_a_move() -> None:
    new = results(OLD) | {"pooled": []}
    move = diff_results(results(OLD), new, estimate=simple).moves[0]
    assert (move.after, move.k_before, move.k_after) == (None, 3, None)


def test_a_change_of_model_has_no_row_as_cause() -> None:
    new = results(OLD)
    new["pooled"][0]["groups"][0]["estimate"] = 0.3
    move = diff_results(results(OLD), new, estimate=simple).moves[0]
    assert move.causes == ()


def test_another_source_of_a_trait_is_no_change_of_evidence() -> None:
    new = results(OLD)
    new["rows"][0]["given_in"] = [["dose", "registry"]]
    assert diff_results(results(OLD), new, estimate=simple).rows == ()


def test_a_series_is_told_in_one_line_and_its_status_once() -> None:
    def row(series: str, outcome: str, events: int | None, **more: Any) -> dict[str, Any]:
        common = {"arm": None, "stratum": "all", "label": series, "total": 30}
        return {**common, "series": series, "outcome": outcome, "events": events, **more}

    old = {"rows": [row("cruz-2014", o, 3, status="unverified") for o in ("CR", "ORR", "PR")]}
    new = {
        "rows": [
            row("cruz-2014", "CR", 3, status="corrected"),
            row("cruz-2014", "ORR", 4, status="corrected"),
            row("cruz-2014", "PR", 3, status="corrected"),
            row("cruz-2014", "PR", 1, status="corrected", stratum="SS"),
            row("eng-2020", "CR", 10),
            row("eng-2020", "ORR", 20),
            row("eng-2020", "SD", None),
        ]
    }
    assert difference_lines(diff_results(old, new, estimate=simple)) == [
        "added    cruz-2014 SS: PR 1/30",
        "changed  cruz-2014: status unverified -> corrected",
        "changed  cruz-2014 all ORR: 3/30 -> 4/30",
        "added    eng-2020: CR 10/30, ORR 20/30; not reported: SD",
    ]
    back = difference_lines(diff_results(new, {"rows": new["rows"][:4]}, estimate=simple))
    assert back == ["removed  eng-2020: CR 10/30, ORR 20/30; not reported: SD"]


def test_the_report_says_what_moved_and_why() -> None:
    before = example(FACTS[:5])
    series, rows = series_and_rows(FACTS[:5])
    rows = tuple(
        replace(r, events=11) if (r.series, r.outcome) == ("lundin-2003", "ORR") else r
        for r in rows
    )
    after = context(series, rows, previous=build_results(before))
    text = render_report(after, formats=("md",))["report.md"].decode()
    section = text[text.index('<a id="sec-changes">') : text.index('<a id="sec-audit">')]
    assert "Since version 1: [1 row was added, removed or changed]" in section
    assert re.search(r"\[12/22\]\(#r-[^)]+\) \| \[11/22\]", section)
    kept = [(r.events, r.total) for r in rows if r.outcome == "ORR" and r.stratum == "all"]
    now = pool([e for e, _ in kept], [n for _, n in kept]).groups[0].estimate
    assert now is not None
    assert f"{100 * now:.1f}%" in section
    assert "lundin-2003 12/22 → 11/22 (−" in section
    assert render_report(after) == render_report(after)


def test_results_are_plain_data() -> None:
    import json

    text = json.dumps(build_results(example(FACTS[:3])), allow_nan=False)
    assert json.loads(text)["schema"] == 1
