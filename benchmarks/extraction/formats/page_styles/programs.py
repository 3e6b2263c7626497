"""Pages that programs make of an article: a word processor, a converter, a reader's view."""

from __future__ import annotations

import re

from page_styles.parts import Parts, bare, dressed, raised

_FONT = "<span lang=EN-US style='font-size:9.0pt;font-family:\"Arial\",sans-serif'>"


def office(t: Parts) -> str:
    """No heads, every cell a paragraph of a style, lines of the file broken anywhere."""
    rows = dressed(
        t.rows,
        f"<p class=MsoNormal align=center style='text-align:center'>{_FONT}",
        "<o:p></o:p></span></p>",
        empty=f"<p class=MsoNormal>{_FONT}<o:p>&nbsp;</o:p></span></p>",
    )
    rows = re.sub(r"(</?)th\b", r"\1td", re.sub("</?(thead|tbody)>", "", rows))
    rows = rows.replace("<td", "<td width=85 valign=top style='padding:0cm 5.4pt'")
    foot = "".join(
        f"<p class=MsoNormal>{_FONT}{raised(mark)}{bare(words)}<o:p></o:p></span></p>"
        for mark, words in t.notes
    )
    number = "<!--[if supportFields]><span style='mso-element:field-begin'></span><![endif]-->"
    label = f"<b>{' '.join(t.label.split()[:-1])} {number}{t.label.split()[-1]}</b>"
    return (
        f"<p class=MsoCaption style='page-break-after:avoid'>{label}. {t.flat_caption}<o:p></o:p>"
        "</p>\n\n<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-"
        f"collapse:collapse;border:none'>\n{rows}\n</table>\n\n{foot}"
    )


def converted(t: Parts) -> str:
    """The title is the table's caption, its notes the paragraphs below it."""
    foot = "".join(f"<p>{raised(mark)}{bare(words)}</p>" for mark, words in t.notes)
    rows = t.rows.replace("<tr>", '<tr class="odd">').replace(
        "<td", '<td style="text-align: left;"'
    )
    return (
        f'<table style="width:100%;"><caption><p><strong>{t.label}.</strong> {t.flat_caption}</p>'
        f'</caption><colgroup><col style="width: 20%" /></colgroup>{rows}</table>{foot}'
    )


def reader(t: Parts) -> str:
    """Nothing but elements: what is left when a browser simplifies the page."""
    foot = "".join(f"<div><p>{raised(mark)}{bare(words)}</p></div>" for mark, words in t.notes)
    return (
        f"<div><h4>{t.label}.</h4><div><p>{t.flat_caption}</p></div><div><table>{t.rows}</table>"
        '</div><div><a href="https://x.invalid/t">Open in a new tab</a></div>'
        f"<div>{foot}</div></div>"
    )
