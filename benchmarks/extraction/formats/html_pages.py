"""The corpus' JATS tables set as pages of 22 structures of sites and programs.

Compared with what the JATS reader gives for the same table: tables, labels, captions, cells, notes.
"""

from __future__ import annotations

import html
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from corpus import jats_papers, letters
from page_styles import STYLES, Parts

from evidence.documents import read_document
from evidence.documents.base import Document, Grid
from evidence.documents.markup.runs import local
from evidence.documents.xml_safe import parse_xml

TAGS = {
    "italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "p": "p", "table": "table",
    "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "xref": "a",
    "title": "div",
}  # fmt: skip
PAGE = (
    "<!DOCTYPE html><html><head><title>x</title>"
    '<script>var t="<table><tr><td>1</td></tr></table>"</script></head><body>'
    "<header><table><tr><td>Home</td><td>Menu</td></tr></table></header>"
    "<table class=main><tr><td><div>sidebar</div></td><td><article><h1>T</h1>{body}</article>"
    "</td></tr></table><footer>f</footer></body></html>"
)


def as_html(element: Any) -> str:
    """The inside of a JATS element as HTML."""
    out = [html.escape(element.text or "")]
    for child in element:
        name = local(child)
        if name == "break":
            out.append("<br>")
        elif name in TAGS:
            spans = "".join(
                f' {key}="{child.get(key)}"' for key in ("rowspan", "colspan") if child.get(key)
            )
            if name == "xref":
                spans = f' href="https://x.invalid/a#{child.get("rid")}"'
            out.append(f"<{TAGS[name]}{spans}>{as_html(child)}</{TAGS[name]}>")
        elif name and name not in ("tex-math", "object-id", "label"):
            out.append(as_html(child))
        out.append(html.escape(child.tail or ""))
    return "".join(out)


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if local(child) == name), None)


def notes_of(wrap: Any) -> list[tuple[str, str]]:
    found = []
    for foot in wrap.iter():
        if local(foot) != "table-wrap-foot":
            continue
        for note in foot:
            if local(note):
                label = _child(note, "label")
                found.append(("" if label is None else "".join(label.itertext()), as_html(note)))
    return found


def parts_of(paper: Path) -> list[Parts]:
    root, _ = parse_xml(paper.read_text(encoding="utf-8"), paper)
    found = []
    for wrap in root.iter():
        table = next((e for e in wrap.iter() if local(e) == "table"), None)
        if local(wrap) != "table-wrap" or table is None:
            continue
        label, caption = _child(wrap, "label"), _child(wrap, "caption")
        found.append(
            Parts(
                number=len(found) + 1,
                label="" if label is None else "".join(label.itertext()).rstrip("."),
                caption="" if caption is None else as_html(caption),
                rows=as_html(table),
                notes=notes_of(wrap),
            )
        )
    return found


def plain_cells(grid: Grid) -> list[list[str]]:
    return [[cell.plain if cell else "" for cell in row] for row in grid.matrix()]


def compare(gold: tuple[Grid, ...], page: Document, score: Counter[str]) -> None:
    """Pair tables by label and cells, and count what agrees."""
    score["tables"] += len(gold)
    score["further tables"] += max(0, len(page.grids) - len(gold))
    for grid in gold:
        named = [g for g in page.grids if g.label == grid.label]
        same = [g for g in named if plain_cells(g) == plain_cells(grid)]
        if not named:
            continue
        match = (same or named)[0]
        score["found"] += 1
        score["captions"] += letters(match.caption) == letters(grid.caption)
        for ours, printed in zip(plain_cells(match), plain_cells(grid), strict=False):
            score["cells"] += len(printed)
            score["cells right"] += sum(a == b for a, b in zip(ours, printed, strict=False))
        notes = [(note.mark, letters(note.text)) for note in match.footnotes]
        score["notes"] += len(grid.footnotes)
        score["notes right"] += sum((n.mark, letters(n.text)) in notes for n in grid.footnotes)
        printed = "".join(text for _, text in notes)
        score["notes kept"] += sum(letters(n.text) in printed for n in grid.footnotes)


def main() -> None:
    papers = [(paper, read_document(paper).grids, parts_of(paper)) for paper in jats_papers()]
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or STYLES:
            score: Counter[str] = Counter()
            for paper, gold, parts in papers:
                body = "".join(
                    f"<p>{part.label} shows more.</p>{STYLES[name](part)}<p>The text goes on.</p>"
                    for part in parts
                )
                path = Path(folder) / "page.html"
                path.write_text(PAGE.format(body=body), encoding="utf-8")
                if len(gold) == len(parts):
                    compare(gold, read_document(path), score)
                else:
                    print("not compared:", paper.name)
            print(name, dict(score))


if __name__ == "__main__":
    main()
