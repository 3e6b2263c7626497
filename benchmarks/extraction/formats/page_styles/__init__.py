"""How sites and programs set a table with its label, caption and notes: one function a style."""

from __future__ import annotations

from collections.abc import Callable

from page_styles.archives import (
    archive,
    article_of_articles,
    loose_paragraphs,
    older_archive,
    preprint,
    regional_archive,
)
from page_styles.parts import Parts
from page_styles.platforms import (
    copies,
    expanded,
    figure,
    foot_rows,
    notes_list,
    older_figure,
    older_list,
    older_wrap,
    popup,
    script,
    side_panel,
    title_row,
    viewer,
)
from page_styles.programs import converted, office, reader

__all__ = ["STYLES", "Parts"]

STYLES: dict[str, Callable[[Parts], str]] = {
    "archive": archive,
    "older archive": older_archive,
    "regional archive": regional_archive,
    "preprint": preprint,
    "article of articles": article_of_articles,
    "loose paragraphs": loose_paragraphs,
    "side panel": side_panel,
    "older list": older_list,
    "notes list": notes_list,
    "figure": figure,
    "older figure": older_figure,
    "older wrap": older_wrap,
    "copies": copies,
    "expanded": expanded,
    "popup": popup,
    "script": script,
    "viewer": viewer,
    "title row": title_row,
    "foot rows": foot_rows,
    "office": office,
    "converted": converted,
    "reader": reader,
}
