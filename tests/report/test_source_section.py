"""The table as printed beside the table corrected: what moved, and what that would change."""

from __future__ import annotations

import re
from dataclasses import replace

from page import quoted
from report_example import pool_rows

from evidence.model.pooled import Pooled
from evidence.report.context import ReportContext
from evidence.report.render import render_report
from evidence.report.sections import sources
from evidence.report.text import plain


def test_one_source_for_each_value_is_said(ctx: ReportContext) -> None:
    section = sources.build(ctx)
    told = " ".join(plain(sentence) for sentence in section.summary)
    assert told == "The review has one source for each value, so there is nothing to correct."
    assert (section.moved, section.pooled, section.sources) == (None, None, None)


def test_the_sentence_holds_only_what_differs(full: ReportContext) -> None:
    told = " ".join(plain(sentence) for sentence in sources.build(full).summary)
    assert "4 values of 3 series differ" in told
    # ORR over all series, of mixed routes and of 30 mg
    assert re.search(r"and with them 3 of \d+ pooled numbers", told)
    # one series moves from 16 to 14 responders: 120 - 2
    assert re.search(r"ORR over all series: 120/182†, .* as printed, 118/182†", told)
    assert "CR over all series" not in told


def test_the_series_that_moves_a_pooled_number_is_named(full: ReportContext) -> None:
    table = sources.build(full).pooled
    assert table is not None
    names = [plain(line.cells[0]) for line in table.lines]
    assert names == ["ORR, all series", "ORR by route: mixed", "ORR by dose: 30 mg"]
    assert {plain(line.cells[-1]) for line in table.lines} == {"Querfeld et al. 2009 16/19 → 14/19"}


def test_values_of_one_series_share_a_line_and_keep_their_dagger(full: ReportContext) -> None:
    table = sources.build(full).moved
    assert table is not None
    lines = [[plain(cell) for cell in line.cells] for line in table.lines]
    assert lines == [
        ["Clark et al. 2012", "all patients", "–", "Infection 4/18†", "original"],
        [
            "Querfeld et al. 2009",
            "all patients",
            "ORR 16/19; doses a week: 3",
            "ORR 14/19; doses a week: 2.5",
            "original",
        ],
        ["Watanabe et al. 2014", "MF", "ORR 1/6†", "–", "no longer told apart"],
    ]


def test_a_group_that_only_one_table_has_is_shown(full: ReportContext) -> None:
    result = full.pooled["ORR", "disease"]
    corrected = {("ORR", "disease"): keep(result, result.groups[0].group)}
    table = sources.build(replace(full, corrected=corrected)).pooled
    assert table is not None
    gone = [line for line in table.lines if plain(line.cells[3]) == "–"]
    shown = {plain(line.cells[0]) for line in gone}
    assert shown >= {f"ORR by disease: {group.group}" for group in result.groups[1:]}


def keep(result: Pooled, group: str) -> Pooled:
    return replace(result, groups=tuple(g for g in result.groups if g.group == group))


def test_agreement_of_all_sources_is_said(full: ReportContext) -> None:
    agreeing = replace(full, moved=(), corrected=full.pooled)
    told = " ".join(plain(sentence) for sentence in sources.build(agreeing).summary)
    assert told.endswith("What the more preferred sources state agrees with it.")


def test_who_confirmed_a_series_stands_in_the_provenance(full: ReportContext) -> None:
    html = render_report(full)["report.html"].decode()
    assert "confirmed by A. Reader on 2026-01-02" in html
    assert "cell by cell" in html


def test_a_trait_that_comes_from_another_source_than_the_counts_leads_to_its_finding(
    full: ReportContext,
) -> None:
    trait = replace(
        full.moved[1], what="population", printed="19 SS", now="19 MF/SS", source="review-2015"
    )
    finding = replace(
        full.findings[0],
        code="sources-differ",
        series="querfeld-2009",
        field="arms[0].population",
    )
    table = sources.build(replace(full, moved=(trait,), findings=(finding,))).moved
    assert table is not None
    assert plain(table.lines[0].cells[-1]) == "finding 1"


def test_every_printed_number_leads_to_the_rows_it_was_made_from(full: ReportContext) -> None:
    by_route = pool_rows(full.rows, "PR", "route")
    assert by_route is not None
    pooled = dict(full.pooled) | {("PR", "route"): by_route}
    corrected = dict(pooled) | {("PR", "route"): keep(by_route, "SC")}
    changed = replace(full, pooled=pooled, corrected=corrected)
    html = quoted(render_report(changed)["report.html"])
    assert '<dt id="p-PR~route~IV">' in html
    assert '<dt id="p-PR~route~SC">' not in html
