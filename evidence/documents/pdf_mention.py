"""Which pages may hold a table: what a caption looks like in the text pdfium gives."""

from __future__ import annotations

import re

from evidence.documents.layout.captions import NAMES

NUMBERED = r"(?:(?:[A-Z]{1,2}[-.]?)?\d|[IVX])"
MENTION = re.compile(
    rf"(?im:^\W*{NAMES}\s*{NUMBERED})"
    rf"|(?i:\b{NAMES})\s*{NUMBERED}[\w.-]*\s*[.:|]?\s+[A-Z(]"
    rf"|(?i:\b{NAMES}\s*\w+\W+cont)"
    rf"|(?<=\w)T(?:ab\.|(?i:able(?:au)?|abla|abelle|abella|abela))\s*{NUMBERED}"
)
"""Print that may be a table's caption, wherever pdfium's text breaks its lines.

It breaks none on pages turned sideways: there the caption may be glued to the word before.
"""
