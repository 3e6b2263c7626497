"""A PDF's first page (authors, journal, year, DOI) against the same paper's XML.

A field is right if it says the same; a journal may be abbreviated on the page.
"""

from __future__ import annotations

import re
from collections import Counter

from corpus import CORPUS, letters, manifest

from evidence.documents import read_document


def words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower()))


def abbreviates(short: str, long: str) -> bool:
    """Whether every word of one name begins a word of the other."""
    full = re.findall(r"[a-z]+", long.lower())
    return all(
        any(w.startswith(part) for w in full) for part in re.findall(r"[a-z]+", short.lower())
    )


def main() -> None:
    score: Counter[str] = Counter()
    for name in manifest():
        folder = CORPUS / "pdf_jats" / name
        page, front = (read_document(folder / f"paper.{kind}").info for kind in ("pdf", "xml"))
        right = {
            "authors": {words(a) for a in page.authors} == {words(a) for a in front.authors},
            "journal": abbreviates(page.journal or "?", front.journal or ""),
            "year": page.year == front.year,
            "doi": page.doi == front.doi,
            "title": letters(page.title or "") == letters(front.title or ""),
        }
        for field, same in right.items():
            given = bool(getattr(page, field))
            score.update({f"{field}: given": given, f"{field}: right": given and same})
            if given and not same:
                print(name, field, getattr(page, field), "|", getattr(front, field))
    print(len(manifest()), "papers", dict(score))


if __name__ == "__main__":
    main()
