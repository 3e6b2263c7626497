"""How ten kinds of publisher's page set a table with its label, caption and notes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One table in pieces of HTML; notes as (mark, words)."""

    number: int
    label: str
    caption: str
    rows: str
    notes: list[tuple[str, str]]

    @property
    def flat_caption(self) -> str:
        """The caption without blocks."""
        return re.sub("</?(p|div)>", " ", self.caption)


def _bare(html: str) -> str:
    return re.sub("</?p>", "", html)


def _raised(mark: str) -> str:
    return f"<sup>{mark}</sup>" if mark else ""


def archive(t: Parts) -> str:
    foot = "".join(
        f'<div class="fn" id="t{t.number}fn{at}"><sup>{mark}</sup>{_bare(words)}</div>'
        if mark
        else f'<div class="p">{words}</div>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<section class="tw xbox font-sm" id="T{t.number}"><h3 class="obj_head">{t.label}.</h3>'
        f'<div class="caption p"><p>{t.caption}</p></div><div class="tbl-box p">'
        f'<table class="content">{t.rows}</table></div><div class="p text-right">'
        f'<a href="table/T{t.number}/" target="_blank">Open in a new tab</a></div>'
        f'<div class="tw-foot p">{foot}</div></section>'
    )


def older_archive(t: Parts) -> str:
    foot = "".join(
        f'<div id="__tfn{at}"><sup>{mark}</sup>{words}</div>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div class="table-wrap anchored" id="t{t.number}"><!-- x --><div class="caption">'
        f"<strong>{t.label}</strong><p>{t.caption}</p></div>"
        f'<div class="xtable"><table>{t.rows}</table></div>'
        f'<div class="tblwrap-foot">{foot}</div></div>'
    )


def definition_list(t: Parts) -> str:
    marked = "".join(
        f'<dt class="label" id="s{at}">{mark}</dt><dd><div>{words}</div></dd>'
        for at, (mark, words) in enumerate(t.notes)
        if mark
    )
    legend = "".join(f'<p class="legend">{words}</p>' for mark, words in t.notes if not mark)
    return (
        f'<div class="tables frame-topbot" id="tbl{t.number}"><span class="captions">'
        f'<span id="cap{t.number}"><p><span class="label">{t.label}</span>. {t.flat_caption}</p>'
        f'</span></span><div class="groups"><table>{t.rows}</table></div>{legend}'
        f'<dl class="footnotes">{marked}</dl></div>'
    )


def listed_notes(t: Parts) -> str:
    foot = "".join(f"<li>{mark} {_bare(words)}</li>" for mark, words in t.notes)
    return (
        f'<div class="article-table-content" id="w{t.number}">'
        '<header class="article-table-caption">'
        f'<span class="table-caption__label">{t.label}. </span>{t.caption}</header><div>'
        f'<table class="table article-section__table">{t.rows}</table></div>'
        f'<div class="article-section__table-footnotes"><ul>{foot}</ul></div></div>'
    )


def figure(t: Parts) -> str:
    foot = "".join(f"<tr><td colspan=99>{mark} {words}</td></tr>" for mark, words in t.notes)
    return (
        f'<figure class="table"><table>{t.rows}<tfoot>{foot}</tfoot></table>'
        f"<figcaption><strong>{t.label}</strong> {t.caption}</figcaption></figure>"
    )


def plain(t: Parts) -> str:
    foot = "".join(f"<p>{_raised(mark)}{_bare(words)}</p>" for mark, words in t.notes)
    return f"<p><b>{t.label}.</b> {t.flat_caption}</p><table border=1>{t.rows}</table>{foot}"


def copies(t: Parts) -> str:
    """Wide and enlarged, each of them in a pop-up and in the text."""
    foot = "".join(
        f'<div class="footnote"><span class="fn"><div class="fn-label">{_raised(mark)}</div>'
        f'<p class="chapter-para">{_bare(words)}</p></span></div>'
        for mark, words in t.notes
    )
    inside = (
        f'<div class="table-wrap table-wide"><div class="table-wrap-title" id="tbl{t.number}">'
        f'<span class="label">{t.label}.</span><div class="caption"><p>{t.flat_caption}</p></div>'
        f'</div><div class="table-overflow"><table role="table">{t.rows}</table></div>'
        f'<div class="table-modal"><table>{t.rows}</table></div><div class="table-wrap-foot">'
        f'{foot}</div><div class="graphic-wrap"><a href="/large">Open in new tab</a></div></div>'
    )
    outer = f'<div class="table-modal table-full-width-wrap">{inside}</div>'
    return f'{outer}<div class="table-full-width-wrap">{inside}</div>'


def script(t: Parts) -> str:
    """The page holds the title; the table waits as data for a script."""
    foot = "".join(f"<p>{_raised(mark)}{_bare(words)}</p>" for mark, words in t.notes)
    content = (
        f'<div><table class="topbot"><caption><div class="paragraph"><b>{t.label}. '
        f'{t.flat_caption}</b></div></caption>{t.rows}</table><div class="table-wrap-foot">{foot}'
        "</div></div>"
    )
    data = json.dumps({"tables": [{"id": f"T{t.number:04}", "content": content}]})
    return (
        f'<div class="tableView" id="T{t.number:04}"><div class="tableCaption"><p><b>{t.label}. '
        f"</b>{t.flat_caption}</p></div><a>Display Table</a></div>"
        f"<script>viewer.data={data};</script>"
    )


def own_figure(t: Parts) -> str:
    foot = "".join(
        f'<p role="doc-footnote">{_raised(mark)}{_bare(words)}</p>' for mark, words in t.notes
    )
    return (
        f'<div class="figure-wrap"><button><span>Open in Viewer</span></button><figure '
        f'id="t{t.number}" class="table"><figcaption><span class="heading">{t.label}</span> '
        f'{t.flat_caption}</figcaption><div class="table-wrap"><table>{t.rows}</table></div>'
        f'<div class="notes">{foot}</div></figure></div>'
    )


def title_row(t: Parts) -> str:
    """Title and notes in rows of the table itself."""
    foot = "".join(
        f"<tr><td colspan=999>{_raised(mark)}{_bare(words)}</td></tr>" for mark, words in t.notes
    )
    title = f'<tr><td colspan="100%">{t.label}. - {t.flat_caption}</td></tr>'
    headed = "<thead>" in t.rows
    rows = t.rows.replace("<thead>", f"<thead>{title}", 1) if headed else title + t.rows
    return f'<div class="holder"><table>{rows}<tfoot>{foot}</tfoot></table></div>'


STYLES: dict[str, Callable[[Parts], str]] = {
    "archive": archive,
    "older archive": older_archive,
    "definition list": definition_list,
    "listed notes": listed_notes,
    "figure": figure,
    "plain": plain,
    "copies": copies,
    "script": script,
    "own figure": own_figure,
    "title row": title_row,
}
