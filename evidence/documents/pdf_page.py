"""One page from its ink: tables, the rest of a table of the page before, and printed lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evidence.documents.base import CellLine, Grid, Page
from evidence.documents.layout.blocks import PagePrint
from evidence.documents.layout.first_part import rows_at_foot, same_columns
from evidence.documents.layout.follow import at_foot, rest_overleaf
from evidence.documents.layout.frames import split_frames
from evidence.documents.layout.grid import Draft, draft_table, make_grid
from evidence.documents.layout.ink import Ink, RawPage
from evidence.documents.layout.line_numbers import without_line_numbers
from evidence.documents.layout.overleaf import Waiting, table_overleaf
from evidence.documents.layout.reading import reading_lines
from evidence.documents.layout.runs import tabular_runs
from evidence.documents.layout.words import read_lines
from evidence.documents.pdf_tables import PageTables, areas_of, read_frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to read of a page, and what the paper tells of it."""

    body_size: float
    """The paper's usual font size in points."""
    words: frozenset[str] = frozenset()
    """The paper's words in lower case."""
    tables: bool = True
    lines: bool = True
    before: Draft | None = None
    """The last table of the pages before."""
    after: Draft | None = None
    """The first table of the page after, where it may begin on this page."""
    caption: Waiting | None = None
    """A caption at the foot of the page before, whose table may stand on this page."""


@dataclass(slots=True)
class PageRead:
    """What was read of one page."""

    page: Page
    prints: list[PagePrint] = field(default_factory=list)
    """Lines outside tables, once per writing direction."""
    grids: list[Grid] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    """The labels of the captions on the page."""
    begun: bool | None = None
    """Whether rows at the foot, if any, stand in the columns of the table ``Wanted.after``."""
    waiting: Waiting | None = None
    """A caption at the page's foot, whose table may stand overleaf."""
    tabular: bool = False
    """Whether lines in the page's main writing direction fall into columns."""


def read_page(raw: RawPage, wanted: Wanted) -> PageRead:
    """The tables and lines of a page of characters and rules."""
    frames = split_frames(raw)
    turn = frames[0].turn if frames else 0
    page = Page(number=raw.number, width_pt=raw.width, height_pt=raw.height, rotation=turn)
    result = PageRead(page)
    shown: list[CellLine] = []
    for ink in frames:
        shown += _read_ink(ink, wanted, result, first=ink is frames[0])
    result.page = replace(page, lines=tuple(shown))
    return result


def _read_ink(ink: Ink, wanted: Wanted, result: PageRead, *, first: bool) -> list[CellLine]:
    """Add what one writing direction holds to ``result``; returns its lines in reading order."""
    free = lines = without_line_numbers(read_lines(ink.glyphs), ink)
    if wanted.tables:
        found = read_frame(ink, wanted.body_size, lines=lines, words=wanted.words)
        result.named += found.named
        result.waiting = result.waiting or found.waiting
        if wanted.caption is not None and wanted.caption.label not in found.named:
            _add_named(found, wanted.caption)
        if wanted.before is not None:
            _add_rest(found, wanted.before)
        if wanted.after is not None and result.begun is None:
            result.begun = _add_first(found, wanted.after)
        result.grids += found.grids
        result.drafts += found.drafts
        free = found.free_lines()
    result.tabular |= first and bool(tabular_runs(lines, wanted.body_size))
    if not wanted.lines:
        return []
    printed = reading_lines(lines, ink)
    running = printed if free is lines else reading_lines(free, ink)
    result.prints.append(PagePrint(ink.number, ink.height, running))
    return [CellLine(text=p.text, page=ink.number, box_pt=p.shown) for p in printed]


def may_go_on(before: Draft | None, number: int) -> bool:
    """Whether a table reached the foot of the page before page ``number``."""
    return before is not None and before.region.sheet.number == number - 1 and at_foot(before)


def _add_rest(found: PageTables, before: Draft) -> None:
    """Put the rest of a table of the page before in front of the tables of this page."""
    if not may_go_on(before, found.sheet.number):
        return
    tops = [min(area[1] for area in areas_of(draft)) for draft in found.drafts]
    ceiling = min(tops, default=found.sheet.ink.height)
    rest = rest_overleaf(found.sheet, before, ceiling)
    draft = rest and draft_table(rest)
    if draft:
        found.drafts.insert(0, draft)
        found.grids.insert(0, make_grid(draft))


def _add_named(found: PageTables, caption: Waiting) -> None:
    """Put the table that a caption of the page before names in front of those of this page."""
    taken = [area for draft in found.drafts for area in areas_of(draft)]
    draft = table_overleaf(found.sheet, caption, taken)
    if draft:
        found.drafts.insert(0, draft)
        found.grids.insert(0, make_grid(draft))


def _add_first(found: PageTables, after: Draft) -> bool | None:
    """Put the first part of a table of the page after behind the tables of this page.

    False for rows that stand in other columns, None where there are no rows at the foot.
    """
    taken = [area for draft in found.drafts for area in areas_of(draft)]
    draft = rows_at_foot(found.sheet, after, taken)
    if draft is None:
        return None
    if same_columns(draft, after):
        found.drafts.append(draft)
        found.grids.append(make_grid(draft))
        return True
    return False
