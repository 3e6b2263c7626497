"""A table at the head of a page, whose caption stands at the foot of the page before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from evidence.documents.base import Box
from evidence.documents.layout.caption_text import text_from
from evidence.documents.layout.captions import CaptionStart
from evidence.documents.layout.follow import ends_page
from evidence.documents.layout.grid import Draft, draft_table
from evidence.documents.layout.ruleless import spans_at
from evidence.documents.layout.sheet import Sheet, begins_page, meet, without_running_head
from evidence.documents.layout.uncaptioned import find_uncaptioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A caption that nothing follows on its page."""

    page: int
    label: str
    text: str
    turn: int


def waiting_caption(
    sheet: Sheet, captions: list[CaptionStart], read: Collection[str | None]
) -> Waiting | None:
    """The last caption of a page if it stands at the foot; ``read`` are the tables' labels."""
    open_ = [c for c in captions if c.label not in read and not c.under and not c.continued]
    for caption in open_:
        x0, x1 = spans_at(sheet, caption.segment)[0]
        text, box = text_from(sheet, caption, x0, x1)
        if ends_page(sheet, x0, x1, box[3]):
            return Waiting(page=sheet.number, label=caption.label, text=text, turn=sheet.ink.turn)
    return None


def table_overleaf(sheet: Sheet, caption: Waiting, taken: list[Box]) -> Draft | None:
    """The table at the page's head, outside ``taken``, that a caption before it names."""
    if caption.page != sheet.number - 1 or caption.turn != sheet.ink.turn:
        return None
    body = replace(sheet, lines=without_running_head(sheet.lines, sheet.ink.height))
    for found in find_uncaptioned(body):
        if any(meet(found.box, box) for box in taken) or not begins_page(sheet, found.box):
            continue
        draft = draft_table(replace(found, label=caption.label, caption=caption.text))
        if draft is not None and len(draft.columns) > 1:
            return draft
    return None
