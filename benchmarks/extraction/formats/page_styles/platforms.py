"""Pages of publishers' platforms."""

from __future__ import annotations

import json
import re

from page_styles.parts import Parts, bare, dressed, linked, raised


def side_panel(t: Parts) -> str:
    """Marks are links that open a panel; a legend, then notes as a list of terms."""
    marked = "".join(
        f'<dt id="tbl{t.number}fn{at}">{mark}</dt><dd><div class="u-margin-s-bottom">{bare(words)}'
        "</div></dd>"
        for at, (mark, words) in enumerate(t.notes)
        if mark
    )
    legend = "".join(
        f'<div class="u-margin-s-bottom">{bare(words)}</div>' for mark, words in t.notes if not mark
    )
    span = '<span class="anchor-text-container"><span class="anchor-text">'
    rows = dressed(t.rows, "", "", empty='<span class="screen-reader-only">Empty Cell</span>')
    return (
        f'<div class="tables frame-topbot rowsep-0 colsep-0" id="tbl{t.number}"><span class="'
        f'captions text-s"><span id="cap{t.number}"><p id="sp{t.number}"><span class="label">'
        f'{t.label}</span>. {t.flat_caption}</p></span></span><div class="groups"><table>'
        f'{linked(rows, span, "</span></span>")}</table></div><div class="legend">{legend}</div>'
        f'<dl class="footnotes">{marked}</dl></div>'
    )


def older_list(t: Parts) -> str:
    """The whole table is a list of terms; its notes are another inside it."""
    notes = "".join(
        f'<dl class="tblFootnote"><dt id="tfn{at}">{mark}</dt><dd><p>{bare(words)}</p></dd></dl>'
        if mark
        else f'<p class="legend">{bare(words)}</p>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<dl class="table" id="tbl{t.number}" data-label="{t.label}" data-tblstyle="TOPBOT">'
        f'<dt class="autoScroll"><div class="caption" id="cap{t.number}"><span class="label">'
        f'{t.label}.</span> <p>{t.flat_caption}</p></div></dt><dd class="autoScroll"><table '
        f'frame="hsides">{t.rows}</table>{notes}</dd><dd class="menuButtonLinks"><a>Table options'
        "</a><ul><li><a>View in workspace</a></li><li><a>Download as CSV</a></li></ul></dd></dl>"
    )


def notes_list(t: Parts) -> str:
    foot = "".join(
        f'<li id="x-note-{at:04}">{raised(mark)} {bare(words)}</li>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div class="article-table-content" id="x-tbl-{t.number:04}"><header class="article-table-'
        f'caption"><span class="table-caption__label">{t.label}. </span>{t.caption}</header><div '
        f'class="article-table-content-wrapper" tabindex="0"><table class="table '
        f'article-section__table">{t.rows}</table></div><div class="article-section__table-'
        f'footnotes"><ul>{foot}</ul></div><div class="article-section__table-source"></div></div>'
    )


def figure(t: Parts) -> str:
    """One paragraph holds every note."""
    foot = " ".join(f"{raised(mark)}{bare(words)}" for mark, words in t.notes)
    rows = dressed(t.rows, "", "", empty="&nbsp;").replace("<td", '<td data-xml-align="left"')
    return (
        f'<div class="figure-wrap"><button class="btn figure-pop-btn" aria-label="Open {t.label} '
        f'in Viewer"><i class="icon-open_in_new"></i><span>Open in Viewer</span></button><figure '
        f'id="t{t.number:03}" class="table"><figcaption><span class="heading">{t.label}</span> '
        f'{t.flat_caption}</figcaption><div class="table-wrap"><table>{rows}</table></div>'
        + (f'<div class="notes"><p role="doc-footnote">{foot}</p></div>' if foot else "")
        + "</figure></div>"
    )


def older_figure(t: Parts) -> str:
    """Words of cells, captions and notes are paragraphs of a style."""
    style = '<p class="SimplePara">'
    foot = "".join(f"{style}{raised(mark)}{bare(words)}</p>" for mark, words in t.notes)
    return (
        f'<div class="Table" id="Tab{t.number}"><div class="Caption" lang="en"><div class="'
        f'CaptionContent"><span class="CaptionNumber">{t.label}</span>{style}{t.flat_caption}</p>'
        f'</div></div><table border="1"><colgroup><col class="align-left c1"></colgroup>'
        f'{dressed(t.rows, style, "</p>", empty=" ")}</table><div class="TableFooter">{foot}</div>'
        "</div>"
    )


def older_wrap(t: Parts) -> str:
    foot = "".join(
        f'<div class="footnote" id="t{t.number}fn{at}">{raised(raised(mark))}<p class="last">'
        f"{bare(words)}</p></div>"
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div class="NLM_table-wrap" id="tbl{t.number}"><div class="NLM_caption" id="c{t.number}">'
        f'<a class="ref showTableEvent">open figure viewer</a><div class="title2"><span>{t.label}. '
        f'{t.flat_caption}</span></div></div><table class="table">{t.rows}</table><div class="'
        f'NLM_table-wrap-foot">{foot}</div></div>'
    )


def copies(t: Parts) -> str:
    """Wide and enlarged, each of them in a pop-up and in the text."""
    foot = "".join(
        f'<div class="footnote" content-id="fn{at}"><span class="fn"><div class="fn-label">'
        f'{raised(mark)}</div><p class="chapter-para">{bare(words)}</p></span></div>'
        for at, (mark, words) in enumerate(t.notes)
    )
    inside = (
        f'<div class="table-wrap table-wide standard-table" content-id="tbl{t.number}"><div class="'
        f'table-wrap-title" id="tbl{t.number}"><span class="label title-label" id="l{t.number}">'
        f'{t.label}.</span><div class="caption caption-id-"><p class="chapter-para">'
        f'{t.flat_caption}</p></div></div><div class="table-overflow"><table role="table">{t.rows}'
        f'</table></div><div class="table-modal"><table>{t.rows}</table></div><div class="'
        f'table-wrap-foot">{foot}</div><div class="graphic-wrap"><a class="fig-view-orig" '
        'href="/large">Open in new tab</a></div></div>'
    )
    outer = f'<div class="table-modal table-full-width-wrap">{inside}</div>'
    return f'{outer}<div class="table-full-width-wrap">{inside}</div>'


def expanded(t: Parts) -> str:
    foot = "".join(
        f'<li class="fn" id="fn-{at}"><p id="p-{at}">'
        + (f'<span class="fn-label">{mark}</span> ' if mark else "")
        + f"{bare(words)}</p></li>"
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div id="T{t.number}" class="table pos-float"><div class="table-inline table-callout-'
        'links"><div class="callout"><span>View this table:</span><ul class="callout-links">'
        '<li class="0 first"><a href="##" class="table-expand-inline">View inline</a></li>'
        f'<li class="1 last"><a href="/T{t.number}.expansion.html">View popup</a></li></ul></div>'
        f'</div><div class="table-caption"><span class="table-label">{t.label}</span> <p id="p" '
        f'class="first-child">{t.flat_caption}</p><div class="sb-div caption-clear"></div></div>'
        f'<div class="table-expand"><table id="table-{t.number}">{t.rows}</table>'
        f'<ul class="table-footnotes">{foot}</ul></div></div>'
    )


def popup(t: Parts) -> str:
    """In the text a picture and the caption; the table with its notes in a pop-up beside it."""
    foot = "".join(
        f'<div class="html-p" style="text-indent:0em;"><span class="html-fn-content">{raised(mark)}'
        f' {bare(words)}</span></div><div style="clear:both;"></div>'
        for mark, words in t.notes
    )
    name, caption = f"table_body_display_x-t{t.number:03}", f"<b>{t.label}.</b> {t.flat_caption}"
    rows = re.sub(
        r"<t([dh])\b", r'<t\1 align="center" valign="middle" class="html-align-center"', t.rows
    )
    return (
        f'<div class="html-table-wrap" id="x-t{t.number:03}"><div class="html-table_wrap_td"><div '
        f'class="html-tablepopup html-tablepopup-link" href=\'#{name}\'><img alt="Table" '
        'data-lsrc="https://x.invalid/img/table.png"><a class="html-expand html-tablepopup" '
        f"href='#{name}'></a></div></div><div class=\"html-table_wrap_discription\">{caption}</div>"
        f'</div><div class="html-table_show mfp-hide" id="{name}"><div class="html-caption">'
        f'{caption}</div><table>{rows}</table><div class="html-table_foot html-p">{foot}'
        "</div></div>"
    )


def script(t: Parts) -> str:
    """The page holds the title; the table waits as data for a script."""
    foot = "".join(
        f'<div class="footnote"><p>{raised(mark)}{bare(words)}</p></div>' for mark, words in t.notes
    )
    content = (
        f'<div class="table"><table class="topbot"><caption><div class="paragraph"><b>{t.label}. '
        f'{t.flat_caption}</b></div></caption>{t.rows}</table><div class="NLM_table-wrap-foot">'
        f"{foot}</div></div>"
    )
    data = json.dumps({"tables": [{"id": f"T{t.number:04}", "content": content}]})
    return (
        f'<div class="tableView" id="T{t.number:04}"><div class="tableCaption"><p><b>{t.label}. '
        f"</b>{t.flat_caption}</p></div><a>Download CSV</a><a>Display Table</a></div>"
        f"<script>viewer.data={data};</script>"
    )


def viewer(t: Parts) -> str:
    """A panel heads the table; its notes are numbered by their list."""
    foot = "".join(
        f'<li id="fn{at}" class="footnote">'
        + (f'<span class="footnote__label">{mark}</span>' if mark else "")
        + f'<div class="footnote__text">{words}</div></li>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div id="table{t.number}" class="asset-viewer-inline asset-viewer-inline--table"><div '
        'class="asset-viewer-inline__header_panel"><div class="asset-viewer-inline__header_text">'
        f'<span class="asset-viewer-inline__header_text__prominent">{t.label}</span></div>'
        '<div class="asset-viewer-inline__figure_access"><a>Download asset</a><a>Open asset</a>'
        f'</div></div><figure class="captioned-asset"><h6 class="caption-text__heading">'
        f'{t.flat_caption}</h6><div class="table"><table>{t.rows}</table></div>'
        f'<div class="table__footnotes"><ul class="list">{foot}</ul></div></figure></div>'
    )


def title_row(t: Parts) -> str:
    """Title and notes in rows of the table itself, between a button and a line of links."""
    foot = "".join(
        f"<tr><td colspan={t.width}>{raised(mark)}{bare(words)}</td></tr>"
        for mark, words in t.notes
    )
    title = f'<tr><td colspan="{t.width}">{t.label.upper()} - {t.flat_caption}</td></tr>'
    headed = "<thead>" in t.rows
    rows = t.rows.replace("<thead>", f"<thead>{title}", 1) if headed else title + t.rows
    return (
        f'<div id="T{t.number}" class="ejp-r-article-table"><a class="table-expand">Expand Table'
        f'</a><div class="table-wrap"><table>{rows}<tbody>{foot}</tbody></table></div></div>'
    )


def foot_rows(t: Parts) -> str:
    """The notes stand in one cell of the foot, which comes before the body."""
    foot = "".join(
        f'<li><span class="bullet">{raised(mark)}</span><div class="text"><p>{bare(words)}</p>'
        "</div></li>"
        if mark
        else f'<li><div class="text"><p>{bare(words)}</p></div></li>'
        for mark, words in t.notes
    )
    foot = (
        f'<tfoot><tr><td colspan="{t.width}" rowspan="1"><div class="noteGroup"><ol class="'
        f'noteGroup">{foot}</ol></div></td></tr></tfoot>'
        if t.notes
        else ""
    )
    rows = (
        t.rows.replace("</thead>", f"</thead>{foot}", 1) if "</thead>" in t.rows else foot + t.rows
    )
    return (
        f'<div class="table" id="tbl{t.number}"><table class="topbotR"><caption><span class="'
        f'tTitle"><span class="label">{t.label.replace(" ", "&nbsp;")}.&nbsp;</span>'
        f"{t.flat_caption}</span></caption>{rows}</table></div>"
    )
