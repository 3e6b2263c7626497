"""References of series as RIS and BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.export.bibtex import protect
from evidence.model.authors import split_authors
from evidence.model.series import Series

RIS_TAGS = (
    ("authors", "AU"),
    ("year", "PY"),
    ("title", "TI"),
    ("journal", "JO"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("doi", "DO"),
    ("pmid", "AN"),
    ("pmcid", "C2"),
)


def to_ris(series: Iterable[Series]) -> str:
    """All references as RIS (one ``JOUR`` each), in the order given; UTF-8, CRLF-free."""
    return "".join(_ris_entry(one) for one in series)


def _ris_entry(series: Series) -> str:
    citation = series.citation
    lines = ["TY  - JOUR", f"ID  - {series.series}"]
    for author in split_authors(citation.authors):
        lines.append(f"AU  - {author}")
    for name, tag in RIS_TAGS[1:]:
        value = getattr(citation, name)
        if value is not None:
            lines.append(f"{tag}  - {_flat(str(value))}")
    if citation.pages:
        first, _, last = citation.pages.partition("-")
        lines.append(f"SP  - {_flat(first)}")
        lines += [f"EP  - {_flat(last)}"] if last else []
    return "\n".join([*lines, "ER  - ", "", ""])


def to_bibtex(series: Iterable[Series]) -> str:
    """All references as BibTeX ``@article`` entries keyed by the series' id."""
    return "".join(_bibtex_entry(one) for one in series)


def _bibtex_entry(series: Series) -> str:
    citation = series.citation
    values = {
        "author": " and ".join(_bib_author(a) for a in split_authors(citation.authors)),
        "year": citation.year,
        "title": citation.title,
        "journal": citation.journal,
        "volume": citation.volume,
        "number": citation.issue,
        "pages": citation.pages.replace("-", "--") if citation.pages else None,
        "doi": citation.doi,
        "pmid": citation.pmid,
        "pmcid": citation.pmcid,
    }
    body = "".join(
        f"  {name} = {{{protect(_flat(str(value)))}}},\n"
        for name, value in values.items()
        if value is not None
    )
    return f"@article{{{series.series},\n{body}}}\n\n"


def _bib_author(name: str) -> str:
    return "others" if name == "et al." else name


def _flat(text: str) -> str:
    return " ".join(text.split())
