"""What a report rests on: the versions of the software, and the files by their hashes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evidence.review.folder import sha256_of
from evidence.version import __version__

if TYPE_CHECKING:
    from evidence.review.contents import Contents

SOFTWARE = ("numpy", "scipy", "statsmodels", "pandas", "pdfplumber", "jinja2")


def software_versions() -> dict[str, str]:
    """Versions of what computes and renders."""
    from importlib.metadata import PackageNotFoundError, version

    found = {
        "evidence": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    for name in SOFTWARE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def input_hashes(review: Contents) -> dict[str, str]:
    """Protocol, papers and series files with their sha256, by path in the review folder."""
    folder = review.folder
    paths = [folder.protocol] if folder.protocol.is_file() else []
    paths += folder.papers()
    paths += [item.path for item in review.stored]
    return {path.relative_to(folder.root).as_posix(): sha256_of(path) for path in paths}
