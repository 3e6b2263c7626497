"""The text of a reference file, whatever program wrote it."""

from __future__ import annotations

import codecs
from pathlib import Path

from evidence.errors import Place, Problem, Severity, UnreadableDocument

MARKS_OF_ORDER = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """UTF-8 or UTF-16 text; older Windows text with a warning, for its accents may be wrong.

    Raises UnreadableDocument for a file that cannot be opened or is no text.
    """
    try:
        raw = path.read_bytes()
        if raw.startswith(MARKS_OF_ORDER):
            return raw.decode("utf-16"), []
        if b"\0" in raw:
            raise UnicodeError("it holds bytes that no text has")
    except (OSError, UnicodeError) as error:
        raise UnreadableDocument(
            Problem(
                code="unreadable-references",
                severity=Severity.ERROR,
                message=f"{path.name} cannot be read as text: {error}",
                remedy="export it again as RIS, BibTeX or PubMed (nbib) in UTF-8",
            )
        ) from error
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        guessed = Problem(
            code="references-encoding",
            message="this is not UTF-8; it was read as Windows-1252",
            remedy="check the accents of names and titles, or export the file again in UTF-8",
            source=Place(document=path.name),
        )
        return raw.decode("cp1252", errors="replace"), [guessed]
