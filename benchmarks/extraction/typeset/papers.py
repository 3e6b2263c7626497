"""Gold tables to be typeset: those of the corpus' XML, and reviews of trials that never were."""

from __future__ import annotations

import html
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
sys.path.insert(0, str(SHARED / "corpus"))
import score_tables as scorer  # type: ignore[import-not-found]  # noqa: E402
from jats_gold import celltext, parse, tables  # type: ignore[import-not-found]  # noqa: E402
from lxml import etree  # noqa: E402

KEPT = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "table": "table", "thead": "thead",
        "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "break": "br"}  # fmt: skip
SPANS = ("rowspan", "colspan")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTable:
    """One table as HTML with its caption and notes, and the XML element that is its gold."""

    element: Any
    caption: str
    notes: str

    @property
    def size(self) -> tuple[int, int, int]:
        """Rows, columns, and letters of the longest cell."""
        grid, cells, _ = scorer.gold_cells(self.element)
        return len(grid), len(grid[0]) if grid else 0, max((len(c[2]) for c in cells), default=0)

    def gold(self, label: str) -> dict[str, Any] | None:
        """What the corpus' scorer compares with; None for a table it would leave out."""
        grid, cells, heads = scorer.gold_cells(self.element)
        texts = [cell[2] for cell in cells]
        filled = [text for text in texts if text]
        if not grid or len(grid[0]) < 2 or len(filled) < 6:
            return None
        rows = []
        for r in range(heads, len(grid)):
            row = [
                texts[i]
                for c, i in enumerate(grid[r])
                if i >= 0 and cells[i][0] == r and (c == 0 or grid[r][c - 1] != i) and texts[i]
            ]
            if len(row) >= 2:
                rows.append(tuple(row))
        return {
            "label": label, "nr": len(grid), "nc": len(grid[0]), "rows": rows, "cap": self.caption,
            "rel": scorer.rel_from(grid, texts), "cells": scorer.Counter(filled),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPaper:
    """A paper's tables and the paragraphs to be set around them."""

    name: str
    title: str
    paragraphs: list[str]
    tables: list[GoldTable]


def as_html(element: Any) -> str:
    """A JATS element as HTML: what carries structure or stands high or low, and the words."""
    tag = KEPT.get(scorer.ln(element))
    if scorer.ln(element) in ("graphic", "inline-graphic", "object-id", "label"):
        return html.escape(element.tail or "")
    inside = html.escape(element.text or "") + "".join(as_html(child) for child in element)
    if tag:
        spans = "".join(f' {s}="{element.get(s)}"' for s in SPANS if element.get(s))
        inside = "<br>" if tag == "br" else f"<{tag}{spans}>{inside}</{tag}>"
    elif scorer.ln(element) in ("p", "title", "list-item"):
        inside += " "
    return inside + html.escape(element.tail or "") if isinstance(element.tag, str) else ""


def corpus_papers() -> Iterator[GoldPaper]:
    """Every paper of the corpus that has tables with text in their cells."""
    folder = SHARED / "corpus"
    for path in sorted(folder.glob("jats_only/*.nxml")) + sorted(folder.glob("pdf_jats/*/*.xml")):
        root = parse(str(path))
        found = []
        for _, caption, grids, wrap in tables(root):
            foot = "".join(as_html(e) for e in wrap if scorer.ln(e) == "table-wrap-foot")
            found += [
                GoldTable(element=grid, caption=html.escape(caption), notes=foot)
                for grid in grids[:1]
            ]
        body = next((e for e in root.iter() if scorer.ln(e) == "body"), root)
        words = [celltext(p) for p in body.iter() if scorer.ln(p) == "p" and _in_text(p)]
        paragraphs = [html.escape(p) for p in words if len(p) > 250]
        title = next((celltext(e) for e in root.iter() if scorer.ln(e) == "article-title"), "")
        name = path.parent.name if path.name == "paper.xml" else path.stem
        yield GoldPaper(
            name=name, title=html.escape(title), paragraphs=paragraphs, tables=_whole(found)
        )


def _in_text(paragraph: Any) -> bool:
    around = {scorer.ln(e) for e in (*paragraph.iterancestors(), *paragraph.iter())}
    return not around & {"table-wrap", "fig", "boxed-text", "table"}


def _whole(found: list[GoldTable]) -> list[GoldTable]:
    """Tables without pictures in their cells, none of them longer than a few pages."""
    return [
        t
        for t in found
        if not any("graphic" in scorer.ln(e) or scorer.ln(e) == "math" for e in t.element.iter())
        and t.gold("") is not None
        and t.size[0] <= 70
    ]


NAMES = (
    "Aalto Berglund Castellanos Delacroix Eriksen Fujimoto Grünwald Hoekstra Iwasaki Janssen "
    "Kowalczyk Lindqvist Moreau-Petit O’Sullivan Papadakis Rossi Szabó Tanaka Vandenberghe Wu"
)
DRUGS = ["tebrafusp", "ocrelinast", "mirvotansine", "interferon gamma-1b", "5-azaproline"]
EFFECTS = [
    "fatigue", "nausea", "injection-site reactions", "neutropenia", "flu-like symptoms",
    "raised transaminases", "cytokine release syndrome", "herpes zoster", "none", "NR",
]  # fmt: skip
DESIGNS = ["Prospective, phase II", "Retrospective", "Phase I/II", "Case series", "Randomised"]


def invented_papers(count: int, paragraphs: list[str]) -> Iterator[GoldPaper]:
    """Reviews of series under invented drugs: studies, outcomes by group, toxicity by grade."""
    for number in range(count):
        rng = random.Random(number)
        drug = rng.choice(DRUGS)
        made = [_studies(rng, drug), _outcomes(rng), _toxicity(rng)]
        yield GoldPaper(
            name=f"invented-{number}",
            title=f"{drug.capitalize()} in rare tumours: a review",
            paragraphs=rng.sample(paragraphs, min(24, len(paragraphs))),
            tables=made,
        )


def _table(head: list[str], body: list[str], caption: str, notes: str) -> GoldTable:
    xml = f"<table><thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table>"
    return GoldTable(element=etree.fromstring(xml), caption=caption, notes=notes)


def _row(cells: list[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{c}</{tag}>" for c in cells) + "</tr>"


def _studies(rng: random.Random, drug: str) -> GoldTable:
    head = ["Study", "Design", "N", "Dose and route", "Responses, n (%)", "Duration, months",
            "Adverse events"]  # fmt: skip
    body = []
    for year, name in enumerate(rng.sample(NAMES.split(), rng.randint(6, 14)), 1996):
        n = rng.randint(3, 48)
        cr, pr = rng.randint(0, n // 3), rng.randint(0, n // 3)
        dose = rng.choice(["3 × 10<sup>6</sup> IU SC tiw", "30 mg IV, days 1, 8, 15; q28d",
                           "0·5–2 mg/m<sup>2</sup> weekly", "10 mg IL (per lesion)"])  # fmt: skip
        answer = rng.choice([
            f"CR {cr} ({100 * cr / n:.0f}), PR {pr} ({100 * pr / n:.0f})",
            f"{cr + pr}/{n} ({100 * (cr + pr) / n:.1f}%)", f"ORR {100 * (cr + pr) / n:.0f}%; SD 2",
        ])  # fmt: skip
        months = rng.choice(["NR", "–", f"{rng.randint(2, 20)}·{rng.randint(0, 9)} (1–&gt;36)",
                             f"median {rng.randint(3, 30)}"])  # fmt: skip
        effects = ", ".join(
            f"{e} ({rng.randint(1, n)})" for e in rng.sample(EFFECTS, rng.randint(1, 4))
        )
        mark = f"<sup>{year - 1980}</sup>" + rng.choice(["", "", "<sup>,a</sup>"])
        body.append(_row([f"{name} et al. ({year}){mark}", rng.choice(DESIGNS), str(n), dose,
                          answer, months, effects.capitalize()]))  # fmt: skip
    notes = "<sup>a</sup>Abstract only. CR complete response; ORR overall response rate; NR not " \
        "reported."  # fmt: skip
    return _table([_row(head, "th")], body, f"Published studies of {drug}", notes)


def _outcomes(rng: random.Random) -> GoldTable:
    groups = rng.sample(["Low dose", "High dose", "Skin only", "Blood involved", "All"], 3)
    heads = "".join(f'<th colspan="2">{g} (n = {rng.randint(5, 60)})</th>' for g in groups)
    first = f'<tr><th rowspan="2">Outcome</th>{heads}</tr>'
    body = []
    for section in ("Week 12", "Week 24"):
        body.append(f'<tr><td colspan="7">{section}</td></tr>')
        for outcome in ("Complete response", "Partial response", "Stable disease",
                        "Progressive disease, or death from any cause"):  # fmt: skip
            cells = [f"{rng.randint(0, 20)}", f"{rng.uniform(0, 60):.1f}"]
            body.append(_row([outcome] + [c for _ in groups for c in rng.sample(cells, 2)]))
    change = [f"−{rng.uniform(0, 9):.1f} (−{rng.uniform(9, 15):.1f} to {rng.uniform(0, 3):.1f})"
              for _ in groups]  # fmt: skip
    body.append("<tr><td>Change in score<sup>†</sup></td>" + "".join(
        f'<td colspan="2">{c}</td>' for c in change) + "</tr>")  # fmt: skip
    return _table([first, _row(["n", "%"] * 3, "th")], body, "Outcomes by group",
                  "<sup>†</sup>Least-squares mean, 95% confidence interval.")  # fmt: skip


def _toxicity(rng: random.Random) -> GoldTable:
    body = []
    for organ in ("Blood", "Skin and subcutaneous tissue", "General"):
        terms = rng.sample(EFFECTS[:-2], 3)
        for k, term in enumerate(terms):
            start = f'<td rowspan="3">{organ}</td>' if k == 0 else ""
            cells = [rng.choice(["0", "–", str(rng.randint(1, 30))]) for _ in range(4)]
            body.append(f"<tr>{start}" + "".join(f"<td>{c}</td>" for c in [term, *cells]) + "</tr>")
    head = ["System", "Event", "Grade 1", "Grade 2", "Grade 3", "Grade ≥ 4"]
    return _table([_row(head, "th")], body, "Adverse events by grade", "")
