"""Pages of archives and of small sites."""

from __future__ import annotations

from page_styles.parts import Parts, bare, dressed, raised


def archive(t: Parts) -> str:
    foot = "".join(
        f'<div class="fn" id="t{t.number}-note-{at}"> {raised(mark)}'
        f'<p class="{"display-inline" if mark else ""}">{bare(words)}</p> </div> '
        for at, (mark, words) in enumerate(t.notes)
    )
    rows = t.rows.replace("<td>", '<td align="left" colspan="1" rowspan="1">')
    return (
        f'<section class="tw xbox font-sm" id="t{t.number}" lang="en"><h4 class="obj_head">'
        f'{t.label}.</h4> <div class="caption p"><p>{t.caption}</p></div> <div class="tbl-box p" '
        f'tabindex="0"><table class="content" frame="hsides" rules="groups"> <col span="1"/>'
        f'{rows}</table></div> <div class="p text-right font-secondary"><a class="usa-link" '
        f'href="table/t{t.number}/" target="_blank">Open in a new tab</a></div> '
        f'<div class="tw-foot p"> {foot}</div></section>'
    )


def older_archive(t: Parts) -> str:
    foot = "".join(
        f'<div id="__tfn{at}">{raised(mark)}{words}</div>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<div class="table-wrap anchored whole_rhythm" id="T{t.number}"><!--table-wrap mode="'
        f'anchored"--><h3>{t.label}</h3><!--caption a7--><div class="caption"><p>{t.caption}</p>'
        f'</div><div data-largeobj="" class="xtable"><table frame="hsides" rules="groups" '
        f'class="rendered small default_table">{t.rows}</table></div><div class="largeobj-link '
        f'align_right" id="largeobj_id{t.number}"><a target="object" href="/table/T{t.number}/">'
        f'Open in a separate window</a></div><div class="tblwrap-foot">{foot}</div></div>'
    )


def regional_archive(t: Parts) -> str:
    """A link in the text opens a pop-up that holds the table; styles alone raise a mark."""
    foot = "".join(
        f'<li><sup class="xref big">{mark}</sup><div>{bare(words)}</div></li>'
        if mark
        else f"<li><div>{bare(words)}</div></li>"
        for mark, words in t.notes
    )
    title = f"<strong>{t.label}</strong>"
    return (
        f'<div class="row table" id="t{t.number}"><a name="t{t.number}"></a>'
        '<div class="col-md-4 col-sm-4"><a data-bs-toggle="modal" data-bs-target="#ModalTable">'
        '<div class="thumbOff">Thumbnail<div class="zoom"><span class="sci-ico-zoom"></span></div>'
        f'</div></a></div><div class="col-md-8 col-sm-8">{title}<br>{t.flat_caption}</div></div>'
        '<div class="modal fade ModalTables" tabindex="-1" role="dialog" aria-hidden="true">'
        '<div class="modal-dialog modal-lg"><div class="modal-content"><div class="modal-header">'
        '<h5 class="modal-title"><span class="material-icons-outlined">table_chart</span> '
        f'{title} {t.flat_caption}</h5><button class="btn-close"><span aria-hidden="true">×</span>'
        '</button></div><div class="modal-body"><div class="table table-hover"><table>'
        f'{t.rows}</table></div></div><div class="modal-footer"><div class="ref-list">'
        f'<ul class="refList footnote">{foot}</ul></div></div></div></div></div>'
    )


def preprint(t: Parts) -> str:
    """Every row and cell has a class of its own; the caption stands below."""
    foot = "".join(
        f'<p class="ltx_p ltx_centering">{raised(mark)}{bare(words)}</p>' for mark, words in t.notes
    )
    rows = dressed(t.rows, '<span class="ltx_text">', "</span>")
    rows = rows.replace("<td", '<td class="ltx_td ltx_align_left"')
    return (
        f'<figure class="ltx_table" id="S3.T{t.number}"><table class="ltx_tabular '
        f'ltx_guessed_headers ltx_align_middle">{rows}</table>{foot}<figcaption class="ltx_caption '
        f'ltx_centering"><span class="ltx_tag ltx_tag_table">{t.label}: </span>{t.flat_caption}'
        "</figcaption></figure>"
    )


def article_of_articles(t: Parts) -> str:
    """The table has a number of its own, printed with it."""
    foot = "".join(
        f'<div class="fn" id="table-{t.number}fn-{at}">'
        + (f'<span class="fn-label">{raised(mark)}</span>' if mark else "")
        + f'<p class="fn-p">{bare(words)}</p></div>'
        for at, (mark, words) in enumerate(t.notes)
    )
    return (
        f'<figure id="table-{t.number}" class="table-wrap tab" itemscope><div class="table-'
        'container"><table class="table table-bordered table-condensed"><caption>'
        f'<div class="article-label-container">{t.label}:</div><div class="caption"><div '
        f'class="title">{t.flat_caption}</div></div></caption>{t.rows}</table></div>'
        f'<div class="table-wrap-foot">{foot}</div><div class="object-id">DOI: <a href="https://'
        f'doi.invalid/10.9999/x.1/table-{t.number}">10.9999/x.1/table-{t.number}</a></div></figure>'
    )


def loose_paragraphs(t: Parts) -> str:
    foot = "".join(f"<p>{raised(mark)}{bare(words)}</p>" for mark, words in t.notes)
    return f"<p><b>{t.label}.</b> {t.flat_caption}</p><table border=1>{t.rows}</table>{foot}"
