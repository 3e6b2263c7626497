"""A new review folder with a commented protocol."""

from __future__ import annotations

from pathlib import Path

from evidence.errors import WrongUsage
from evidence.review.folder import Folder

PROTOCOL = """\
# The protocol of this review. Every key is described in docs/file-format.md of evidence.

[review]
title = "Untitled review"
question = ""
version = "1"
# data_date = "2026-01-31"      # literature searched up to this day; printed in the report

[drug]
name = ""
synonyms = []

[population]
# Diseases whose patients count, as the papers abbreviate them. Empty: every disease.
include = []

[groups]
by = ["route", "dose", "disease"]

# Dose bands, from `above` (exclusive) up to `up_to` (inclusive). Without bands each dose is one.
# [[groups.dose]]
# label = "up to 15 mg"
# up_to = 15

[model]
method = "glmm"
transform = "logit"
test = "t"
level = 0.95

# One entry per source, the most preferred first (an original paper before a review).
# [[source]]
# name = "smith-2015"
# document = "smith-2015.pdf"
# kind = "original"
# may_show = false
"""

IGNORE = ".evidence/\n"


def start_review(root: Path) -> list[Path]:
    """Make what is missing of a review folder; returns the paths made.

    Raises:
        WrongUsage: the path is a file.
    """
    if root.exists() and not root.is_dir():
        raise WrongUsage(f"{root} is a file; expected a folder to set up.")
    folder = Folder(root=root)
    made = []
    for path in (folder.sources, folder.extracted, folder.reports):
        if not path.is_dir():
            path.mkdir(parents=True)
            made.append(path)
    for path, text in ((folder.protocol, PROTOCOL), (root / ".gitignore", IGNORE)):
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            made.append(path)
    return made
