"""Pages written here after the structure in which publishers' sites set one and the same table."""

from __future__ import annotations

import json

HEAD = (
    '<thead><tr><th rowspan="2">Dose<sup>a</sup></th><th colspan="2">Response</th></tr>'
    "<tr><th>CR</th><th>PR</th></tr></thead>"
)
BODY = (
    "<tbody><tr><td>10&nbsp;mg</td><td>4<sup>*</sup></td><td>10<sup>9</sup></td></tr>"
    "<tr><td>30 mg</td><td>NR</td><td></td></tr></tbody>"
)
CELLS = [
    ["Dose", "Response", "Response"],
    ["Dose", "CR", "PR"],
    ["10 mg", "4", "10⁹"],
    ["30 mg", "NR", ""],
]
NOTES = [("a", "Weekly."), ("*", "One after surgery.")]
TITLE = ("1", "Responses by dose")

_SILVERCHAIR = (
    '<div class="table-wrap table-wide standard-table"><div class="table-wrap-title" id="t1">'
    '<span class="label">Table 1.</span><div class="caption"><p class="chapter-para">Responses '
    f'by dose</p></div></div><div class="table-overflow"><table role="table">{HEAD}{BODY}</table>'
    f'</div><div class="table-modal"><table>{HEAD}{BODY}</table></div><div class="table-wrap-foot">'
    '<span id="fn-1"></span><div class="footnote"><span class="fn"><div class="fn-label"><sup>a'
    '</sup></div><p class="chapter-para">Weekly.</p></span></div><div class="footnote">'
    '<span class="fn"><div class="fn-label"><sup>*</sup></div><p class="chapter-para">One after '
    'surgery.</p></span></div></div><div class="graphic-wrap"><a class="fig-view-orig" '
    'href="/view-large/1">Open in new tab</a></div></div>'
)
SILVERCHAIR = (
    f'<div class="table-modal table-full-width-wrap">{_SILVERCHAIR}</div>'
    f'<div class="table-full-width-wrap">{_SILVERCHAIR}</div>'
)
"""Four copies: wide and enlarged, each of them in a pop-up and in the text."""

ATYPON = (
    '<div class="figure-wrap"><button aria-label="Open Table 1 in Viewer"><span>Open in Viewer'
    '</span></button><figure id="t001" class="table"><figcaption><span class="heading">Table 1'
    f'</span> Responses by dose</figcaption><div class="table-wrap"><table>{HEAD}{BODY}</table>'
    '</div><div class="notes"><p role="doc-footnote"><sup>a</sup>Weekly.</p><p role="doc-footnote">'
    "<sup>*</sup>One after surgery.</p></div></figure></div>"
)
FOOT_FIRST = (
    '<div class="table" id="tbl1"><table class="topbotR"><caption><span class="tTitle">'
    '<span class="label">Table&nbsp;1.&nbsp;</span>Responses by dose</span></caption>'
    f'{HEAD}<tfoot><tr><td colspan="3" rowspan="1"><div class="noteGroup"><ol class="noteGroup">'
    '<li id="n1"><span class="bullet"><sup>a</sup></span><div class="text"><p>Weekly.</p></div>'
    '</li><li id="n2"><span class="bullet"><sup>*</sup></span><div class="text"><p>One after '
    f"surgery.</p></div></li></ol></div></td></tr></tfoot>{BODY}</table></div>"
)
_VIEWER = {
    "table-index-map": {"T0001": 0},
    "tables": [
        {
            "settings": {"hasCsvFormat": True},
            "id": "T0001",
            "content": '<div id="table-content-T0001"><table class="topbot"><caption>'
            '<div class="paragraph"><b>Table 1. Responses by dose</b></div></caption>\n'
            f'{HEAD}{BODY}</table><div class="NLM_table-wrap-foot"><div class="footnote">'
            '<p><sup>a</sup>Weekly.</p></div><div class="footnote"><p><sup>*</sup>One after '
            "surgery.</p></div></div></div>",
        }
    ],
}
SCRIPT = (
    '<div class="tableView" id="T0001"><div class="tableCaption"><div class="short-legend">'
    '<p class="captionText"><span class="captionLabel">Table 1. </span>Responses by dose</p></div>'
    '</div><div class="tableDownloadOption"><a class="downloadButton">CSV</a>'
    '<a class="displayTable">Display Table</a></div></div>'
    f"<script>viewer.data={json.dumps(_VIEWER)};viewer.start();</script>"
)
"""The page shows the title; the table waits as text in a script."""

SIDE_PANEL = (
    '<div class="tables frame-topbot rowsep-0 colsep-0" id="t0005"><span class="captions text-s">'
    '<span><p><span class="label">Table 1</span>. Responses by dose</p></span></span>'
    '<div class="groups"><table><thead><tr class="valign-top"><th class="rowsep-1" rowspan="2" '
    'scope="col">Dose<a class="anchor anchor-primary" href="#t0005fn1" name="bt0005fn1">'
    '<span class="anchor-text-container"><span class="anchor-text"><sup>a</sup></span></span></a>'
    '</th><th colspan="2" scope="col">Response</th></tr><tr><th scope="col">CR</th>'
    '<th scope="col">PR</th></tr></thead><tbody><tr><th class="align-left" scope="row">10&nbsp;mg'
    '</th><td>4<a href="#t0005fn2"><span class="anchor-text"><sup>*</sup></span></a></td>'
    '<td>10<sup>9</sup></td></tr><tr><th scope="row">30 mg</th><td>NR</td><td>'
    '<span class="screen-reader-only">Empty Cell</span></td></tr></tbody></table></div>'
    '<dl class="footnotes"><dt id="t0005fn1">a</dt><dd><p>Weekly.</p></dd>'
    '<dt id="t0005fn2">*</dt><dd><p>One after surgery.</p></dd></dl></div>'
)
MODAL = (
    '<div class="row table" id="t1"><a name="t1"></a><div class="col-md-4 col-sm-4">'
    '<a data-toggle="modal" data-target="#ModalTablet1"><div class="thumbOff">Thumbnail'
    '<div class="zoom"></div></div></a></div><div class="col-md-8 col-sm-8">'
    "<strong>Table 1</strong><br>Responses by dose</div></div><p>The text goes on.</p>"
    '<div class="modal fade ModalTables" id="ModalTablet1" role="dialog" aria-hidden="true">'
    '<div class="modal-dialog modal-lg"><div class="modal-content"><div class="modal-header">'
    '<button type="button" class="close"><span aria-hidden="true">×</span><span class="sr-only">'
    'Close</span></button><h4 class="modal-title"><span class="sci-ico-fileTable"></span>'
    '<strong>Table 1</strong> Responses by dose</h4></div><div class="modal-body">'
    f'<div class="table table-hover"><table>{HEAD}'
    '<tbody><tr><td>10&nbsp;mg</td><td>4<span class="ref"><sup class="xref">*</sup>'
    '<span class="refCtt closed">Doe J. A paper. 2001.</span></span></td><td>10<sup>9</sup></td>'
    "</tr><tr><td>30 mg</td><td>NR</td><td></td></tr></tbody></table></div></div>"
    '<div class="modal-footer"><div class="ref-list"><ul class="refList footnote"><li>'
    '<sup class="xref big">a</sup><div>Weekly.</div></li><li><sup class="xref big">*</sup>'
    "<div>One after surgery.</div></li></ul></div></div></div></div></div>"
)
EXPANDED = (
    '<div id="T1" class="table pos-float"><div class="table-inline table-callout-links">'
    '<div class="callout"><span>View this table:</span><ul class="callout-links">'
    '<li><a href="##" class="table-expand-inline">View inline</a></li>'
    '<li><a href="/expansion.html">View popup</a></li></ul></div></div>'
    '<div class="table-caption"><span class="table-label">Table 1.</span> '
    '<p class="first-child">Responses by dose</p><div class="sb-div caption-clear"></div></div>'
    f'<div class="table-expand"><table id="table-1">{HEAD}{BODY}</table>'
    '<ul class="table-footnotes"><li class="fn" id="fn-1"><p><sup>a</sup>Weekly.</p></li>'
    '<li class="fn" id="fn-2"><p><sup>*</sup>One after surgery.</p></li></ul></div></div>'
)
OWN_PAGE = (
    '<h1 class="c-article-table-title" id="table-1-title">Table 1 Responses by dose</h1>'
    '<p>From: <a href="/articles/1">A trial in two diseases</a></p>'
    '<div class="c-article-table-container"><div class="c-table-scroll-wrapper">'
    f'<table class="data last-table">{HEAD}{BODY}</table></div>'
    '<div class="c-article-table-footer"><ul><li><sup>a</sup>Weekly.</li>'
    "<li><sup>*</sup>One after surgery.</li></ul></div></div>"
)
"""A page that a publisher gives to one table."""

TITLE_ROW = (
    '<div class="holder"><table><tr><td colspan="3"><b>TABLE 1. - Responses by dose</b></td></tr>'
    f'{HEAD.replace("thead", "tbody")}{BODY}<tr><td colspan="3"><sup>a</sup>Weekly.</td></tr>'
    '<tr><td colspan="3">*One after surgery.</td></tr></table></div>'
)
LOOSE = (
    f"<p><strong>Table 1</strong><br>Responses by dose</p><table>{HEAD}{BODY}</table>"
    '<p class="small"><sup>a</sup> Weekly.</p><p>* One after surgery.</p>'
)
STYLED = (
    '<div class="multimedia" id="tbl0005"><p class="styleCaption"><span class="styleLabel">Table 1.'
    '</span> Responses by dose</p><table border="0" frame="\n\t\tvoid\n\t" class="">'
    '<thead title="thead"><tr title="table-row"><th class="td" title="table-head  " rowspan="2" '
    'scope="col">Dose<span class="styleSup">a</span>&nbsp;\t\t\n</th><th class="td" colspan="2">'
    "Response&nbsp;\t\n</th></tr><tr><th>CR&nbsp;</th><th>PR&nbsp;</th></tr></thead>"
    '<tbody title="tbody"><tr title="table-row"><td class="td" title="table-entry  ">10 mg&nbsp;'
    '</td><td class="td">4<a class="styleCrossRef" href="#tblfn0010"><span class="styleSup">*'
    '</span></a>&nbsp;\t\n</td><td>10<span class="styleSup">9</span>&nbsp;</td></tr>'
    "<tr><td>30 mg&nbsp;</td><td>NR&nbsp;</td><td>&nbsp;</td></tr></tbody></table>"
    '<p class="styleNotepara"><span class="styleSup">a</span> Weekly.</p>'
    '<p class="styleNotepara"><span class="styleSup">*</span> One after surgery.</p></div>'
)
"""Levels by the name of a style alone; cells padded with spaces and tabs."""

PUBLISHERS = {
    "styled": STYLED,
    "four copies": SILVERCHAIR,
    "figure": ATYPON,
    "foot before body": FOOT_FIRST,
    "in a script": SCRIPT,
    "side panel": SIDE_PANEL,
    "modal": MODAL,
    "expanded": EXPANDED,
    "own page": OWN_PAGE,
    "title row": TITLE_ROW,
    "loose": LOOSE,
}
LAYOUT_TABLES = (
    '<table class="sectionHeading" width="100%"><tbody><tr><th align="left">RESULTS</th>'
    "<td>Section:</td><td><form><select><option>Choose</option></select></form></td></tr></tbody>"
    '</table><center><table id="F1"><tbody><tr><td><table><tbody><tr><td><a><img src="f.gif"></a>'
    '</td><td><div class="short-legend"><b>Figure 1.</b> Doses.</div></td></tr></tbody></table>'
    "</td></tr></tbody></table></center>"
)
THUMBNAIL = (
    '<center><table id="T1"><tbody><tr><td><table><tbody><tr><td><a class="ref" '
    'href="javascript:pop()"><img src="thumb.gif" alt="Data table"></a></td><td>'
    '<div class="short-legend"><span class="title"><b>Table 1.</b> Responses by dose</span></div>'
    "</td></tr></tbody></table></td></tr></tbody></table></center>"
)
FURNITURE = {
    "layout": LAYOUT_TABLES,
    "cookies": '<div id="onetrust-pc-sdk"><table><thead><tr><th>Cookie</th><th>Lasts</th></tr>'
    "</thead><tbody><tr><td>sid</td><td>1 day</td></tr></tbody></table></div>",
    "metrics": '<section class="article-metrics"><table><tr><th>Views</th><td>1,204</td></tr>'
    "<tr><th>Citations</th><td>3</td></tr></table></section>",
    "references": '<ol class="ref-list"><li><table><tr><td>1.</td><td>Doe J. A paper.</td></tr>'
    "<tr><td>2.</td><td>Roe R. A paper.</td></tr></table></li></ol>",
    "authors": '<div class="affiliations"><table><tr><td>1</td><td>A hospital</td></tr>'
    "<tr><td>2</td><td>A clinic</td></tr></table></div>",
    "menu": "<table><tr><td><a href=#>Home</a></td><td><a href=#>Issues</a></td></tr>"
    "<tr><td><a href=#>About</a></td><td><a href=#>Login</a></td></tr></table>",
}
PICTURED = {
    "thumbnail": THUMBNAIL,
    "figure box": '<div class="figure" data-doi="10.9999/x.t001"><div class="img-box"><a>'
    '<img src="t.png" alt="thumbnail"></a></div><div class="figcaption"><span>Table 1.  </span>'
    "Responses by dose.</div></div>",
    "view large": '<div class="table-wrap figure-table"><div class="figure-table-label">Table 1. '
    'Responses by dose</div><a class="figure-table-link"><img src="t.png"></a>'
    "<a>View Large</a><a>Download</a></div>",
}
ELSEWHERE = {
    "full size": '<div class="c-article-table" id="table-1"><figure><figcaption><b id="Tab1">Table '
    '1 Responses by dose</b></figcaption><div><a href="/tables/1"><span>Full size table</span></a>'
    "</div></figure></div>",
    "callout": EXPANDED[: EXPANDED.index('<div class="table-expand">')] + "</div>",
}
