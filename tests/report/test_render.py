"""The report as files: complete, linked, the same bytes every time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest
from page import quoted
from report_example import example

from evidence.errors import WrongUsage
from evidence.model.protocol import Protocol
from evidence.report.context import ReportContext
from evidence.report.render import make_environment, render_report
from evidence.report.sections import SECTIONS
from evidence.report.words import words

LIMIT_BYTES = 400_000


def test_every_link_in_the_page_has_its_target(full_files: Mapping[str, bytes]) -> None:
    html = quoted(full_files["report.html"])
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert len(links) > 500
    assert [link for link in links if link not in ids] == []
    assert [name for name, n in ids.items() if n > 1] == []


def test_every_link_in_the_markdown_has_its_target(full_files: Mapping[str, bytes]) -> None:
    markdown = full_files["report.md"].decode()
    ids = set(re.findall(r'<a id="([^"]+)"></a>', markdown))
    links = re.findall(r"\]\(#([^)]+)\)", markdown)
    assert len(links) > 300
    assert [link for link in links if link not in ids] == []


def test_every_count_leads_to_a_row_and_every_row_to_a_cell(html: str, ctx: ReportContext) -> None:
    rows = re.findall(r'<tr id="(r-[^"]+)">(.*?)(?=<tr|</table)', html, flags=re.S)
    assert len(rows) == sum(row.events is not None for row in ctx.rows)
    assert [name for name, body in rows if 'href="#c-' not in body] == []


def test_the_page_needs_no_network_and_is_small(full_files: Mapping[str, bytes]) -> None:
    html = quoted(full_files["report.html"])
    outside = re.findall(r'(?:src|href)="(?:https?:)?//([^"]+)"', html)
    assert [a for a in outside if not a.startswith(("doi.org", "pubmed.ncbi"))] == []
    assert "<link" not in html
    assert "@import" not in html
    assert len(html.encode()) < LIMIT_BYTES


def test_equal_input_gives_equal_bytes(files: Mapping[str, bytes]) -> None:
    assert render_report(example()) == files


def test_sections_stand_in_order(html: str) -> None:
    found = re.findall(r'<section id="sec-([a-z_]+)"', html)
    assert found == list(SECTIONS)


def test_a_series_named_like_a_script_shows_as_text(ctx: ReportContext) -> None:
    entry = ctx.series[0]
    citation = entry.series.citation.model_copy(update={"authors": "<script>alert(1)</script>"})
    bad = replace(entry, series=entry.series.model_copy(update={"citation": citation}))
    rows = tuple(
        replace(row, label="<script>alert(1)</script>")
        if row.series == entry.series.series
        else row
        for row in ctx.rows
    )
    files = render_report(replace(ctx, series=(bad, *ctx.series[1:]), rows=rows))
    for content in files.values():
        assert b"<script>alert" not in content
    assert b"&lt;script&gt;alert" in files["report.html"]


def test_context_fields_are_the_names_the_templates_use(root: Path, ctx: ReportContext) -> None:
    from jinja2 import meta

    environment = make_environment("html", words("en-GB"))
    given = {"_", "is_value", "is_sentence", "foreign", "figure_suffix", "loop", "m"}
    for name, section in SECTIONS.items():
        documented = {field.name for field in fields(section.build(ctx))}
        used: set[str] = set()
        for form in ("html", "md"):
            source = (root / "templates" / form / f"{name}.{form}.j2").read_text()
            names = meta.find_undeclared_variables(environment.parse(source)) - given
            assert names <= documented, f"{form}/{name} uses names its context does not have"
            used |= names
        assert used == documented, f"{name}: documented but unused {documented - used}"


def test_every_context_documents_itself(ctx: ReportContext) -> None:
    for section in SECTIONS.values():
        context = type(section.build(ctx))
        assert context.__doc__ and not context.__doc__.startswith(context.__name__ + "(")


def test_an_undefined_name_stops_with_template_line_and_known_names(
    tmp_path: Path, ctx: ReportContext
) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "audit.html.j2").write_text("<p>\n{{ sumary }}</p>")
    with pytest.raises(WrongUsage) as stopped:
        render_report(ctx, templates=tmp_path)
    message = str(stopped.value)
    assert "html/audit.html.j2, line 2" in message
    assert "'sumary' is undefined" in message
    assert "excluded, findings, problems, summary" in message
    assert stopped.value.exit_code == 2


def test_own_templates_change_and_add_sections(tmp_path: Path, ctx: ReportContext) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "md").mkdir()
    (tmp_path / "html" / "references.html.j2").write_text("<p>{{ references | length }} cited</p>")
    (tmp_path / "html" / "funding.html.j2").write_text(
        "<p>{{ report.series | length }} unfunded</p>"
    )
    (tmp_path / "md" / "funding.md.j2").write_text("{{ results.rows | length }} rows")
    files = render_report(ctx, templates=tmp_path)
    assert b"<p>14 cited" in files["report.html"]
    assert b"<p>14 unfunded" in files["report.html"]
    assert f"{len(ctx.rows)} rows".encode() in files["report.md"]


def settings(ctx: ReportContext, **report: object) -> ReportContext:
    plain = ctx.protocol.model_dump() | {"report": report}
    return replace(ctx, protocol=Protocol.model_validate(plain))


def test_a_dropped_section_is_gone_and_no_link_breaks(ctx: ReportContext) -> None:
    html = quoted(render_report(settings(ctx, drop=["audit", "references"]))["report.html"])
    assert 'id="sec-audit"' not in html
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_sections_follow_the_order_of_the_review(ctx: ReportContext) -> None:
    html = quoted(render_report(settings(ctx, sections=["forest", "answer"]))["report.html"])
    found = re.findall(r'<section id="sec-([a-z_]+)"', html)
    assert found == ["forest", "answer", "provenance"]


def test_an_unknown_section_lists_the_known(ctx: ReportContext) -> None:
    with pytest.raises(WrongUsage, match=r"Unknown report section 'forrest'.* Known: answer"):
        render_report(settings(ctx, sections=["forrest"]))


def test_provenance_cannot_be_dropped(ctx: ReportContext) -> None:
    with pytest.raises(WrongUsage, match="every number leads to it"):
        render_report(settings(ctx, drop=["provenance"]))


def test_an_unknown_format_lists_the_known(ctx: ReportContext) -> None:
    with pytest.raises(
        WrongUsage, match=r"Unknown report format 'doc'.* Known: html, md, png, docx, pdf"
    ):
        render_report(ctx, formats=("doc",))


def test_markdown_matches_its_snapshot(full_files: Mapping[str, bytes], snapshot: object) -> None:
    assert full_files["report.md"].decode() == snapshot


def test_a_picture_of_the_spot_stands_beside_its_cell(ctx: ReportContext) -> None:
    crops = {("querfeld-2009", "response"): b"\x89PNG\r\n"}
    html = render_report(replace(ctx, crops=crops))["report.html"]
    cell = quoted(html).split('id="c-querfeld-2009~response"')[1].split("<tr")[0]
    assert '<img src="data:image/png;base64,iVBORw0K' in cell
    assert 'alt=""' in cell  # its text and place stand in the same row


def test_the_explorer_does_not_pass_one_model_off_as_another(ctx: ReportContext) -> None:
    plain = ctx.protocol.model_dump() | {"model": {"method": "reml", "test": "hk"}}
    html = render_report(replace(ctx, protocol=Protocol.model_validate(plain)))["report.html"]
    assert "<option value=own>as in this report (reml, logit, hk)" in html.decode()
    assert '"method":"own"' in html.decode()
