"""What each column of a table holds, from its head and from its cells together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import looks_like_label, slug
from evidence.extraction.tokens import FOLD, lex
from evidence.vocabulary import Vocabulary

TIMES = ("treatment_duration", "response_duration", "endpoint", "follow_up")
_PERCENT_FORM = re.compile(r"%|\bpercent|\brate\b", re.IGNORECASE)
_COUNT_FORM = re.compile(r"(?:^|[\s,(/])(?:n|no\.?|number|nr)(?:$|[\s,)./(])", re.IGNORECASE)
_GRADE = re.compile(
    r"([≥>]?)\s*grades?\s*([≥>]?\s*[1-5IV]+(?:\s*[-–/]\s*[1-5IV]+)?)", re.IGNORECASE
)
_RATE = re.compile(
    r"\brates?\b|%(?!\s*CI)|\bn\b|\d\s*-?\s*(?:y|yr|year|mo|month|week)s?\b|\bprobabilit",
    re.IGNORECASE,
)
"""Words of a head that make survival a share: ``2-yr OS``, ``PFS rate, %``."""
_QUALIFIERS = ("median", "mean", "no. of", "number of", "clinical", "serious", "treatment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its role and what its head adds to every cell."""

    index: int
    head: str
    role: str | None
    """A name from the list of column heads, ``spanned`` (the column before reaches into it),
    ``landmark`` (survival at a time, kept as words), or ``outcome`` ``outcomes`` ``endpoint``
    ``disease_count`` ``complication_count``; None when nothing says what it is."""
    name: str = ""
    """The outcome, endpoint, disease or complication the column counts."""
    form: str | None = None
    """``n`` ``percent`` ``n-percent``: what bare numbers are."""
    unit: str | None = None
    dose_unit: str | None = None
    dose_per: str = ""
    """What the head says the dose is per (`` per lesion``)."""
    statistic: str | None = None
    intervals: bool = False
    """Brackets hold confidence intervals, not ranges."""
    names: tuple[str, ...] = ()
    """The outcomes of a head such as ``CR/PR/SD/PD``, in order."""
    grade: str | None = None

    @property
    def key(self) -> str:
        """Name of the column's cells in a series file."""
        if self.role in ("outcome", "endpoint", "disease_count", "outcomes"):
            return slug(self.name).replace("-", "_") or "outcome"
        return self.role or (slug(self.head).replace("-", "_") or f"column_{self.index + 1}")


def head_texts(grid: Grid, header_rows: int) -> list[list[str]]:
    """Per column the texts of its heads from the top down, each once."""
    matrix = grid.matrix()
    width = len(matrix[0]) if matrix else 0
    heads: list[list[str]] = [[] for _ in range(width)]
    for row in matrix[:header_rows]:
        for at, cell in enumerate(row):
            text = " ".join(cell.plain.split()) if cell else ""
            if text and text not in heads[at]:
                heads[at].append(text)
    return heads


def type_columns(grid: Grid, header_rows: int, vocabulary: Vocabulary) -> list[Column]:
    """Every column of the grid with its role."""
    matrix = grid.matrix()
    heads = head_texts(grid, header_rows)
    columns = []
    for at, parts in enumerate(heads):
        cells = [row[at] for row in matrix[header_rows:]]
        if at and all(row[at] is row[at - 1] for row in matrix[header_rows:]):
            columns.append(Column(index=at, head=" ".join(parts), role="spanned"))
            continue
        columns.append(_typed(at, parts, cells, vocabulary))
    columns = [_with_form(column, grid, matrix[header_rows:]) for column in columns]
    return _settled(columns, matrix[header_rows:])


def _typed(
    at: int, parts: Sequence[str], cells: Sequence[Cell | None], vocabulary: Vocabulary
) -> Column:
    head = " ".join(parts)
    role, name = _role_of_head(parts, vocabulary)
    texts = [cell.plain for cell in cells if cell is not None and cell.plain.strip()]
    content = _role_of_content(texts, vocabulary)
    if role == "series" and content != "series" and not _are_names(texts):
        role = "reference" if _share(texts, _is_bare_number) >= 0.6 else None
    if role is None or (role == "series" and content != "series" and content is not None):
        role = content if content is not None else role
    if role in ("comments", "period", "year") and content == "series":
        role = content
    if role in TIMES and content == "complications":
        role, name = content, ""
    if role in ("outcome", "outcomes") and _counts_things(head, vocabulary):
        role, name = None, ""
    if role in ("endpoint", "response_duration") and _is_rate(head, texts):
        role = "landmark"
    tokens = lex(head, vocabulary, ("time_days", "statistics", "dose", "per"))
    return Column(
        index=at,
        head=head,
        role=role,
        name=name,
        form=_form(head),
        unit=_head_unit(head, vocabulary),
        dose_unit=dose_unit_of(head, vocabulary),
        statistic=next(
            (t.name for t in tokens if t.kind == "statistics" and t.name in ("median", "mean")),
            None,
        ),
        grade=_grade(head),
        dose_per=next((token.name for token in tokens if token.kind == "per"), ""),
        intervals=any(token.kind == "statistics" and token.name == "ci" for token in tokens),
        names=tuple(name.split("/")) if role == "outcomes" else (),
    )


def _counts_things(head: str, vocabulary: Vocabulary) -> bool:
    """``CR (per lesion)``: the column counts lesions, not patients."""
    words = re.findall(r"[^\W\d_]+", head)
    return any(vocabulary.lookup("things", word) is not None for word in words)


def _is_rate(head: str, texts: Sequence[str]) -> bool:
    """Whether a column of an endpoint holds shares of patients at a time, not times."""
    shares = _share(texts, lambda text: bool(re.search(r"%|\d\s*/\s*\d|\bof\b", text)))
    return bool(_RATE.search(head)) or shares > 0.5


def _with_form(column: Column, grid: Grid, rows: Sequence[Sequence[Cell | None]]) -> Column:
    """Where the head is silent, the caption or the cells say what bare numbers are."""
    if column.form is not None or column.role not in ("outcome", "complication_count"):
        return column
    texts = [cell.plain.strip() for row in rows if (cell := row[column.index])]
    if any(re.fullmatch(r"\d+[.·]\d+", text) for text in texts):
        return replace(column, form="percent")
    said = re.search(r"\((?:n|no\.?|number(?: of patients)?)\)|\(%\)", grid.caption)
    if said:
        return replace(column, form="percent" if "%" in said.group() else "n")
    return column


def _is_bare_number(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\d{1,4}\W*", text))


def _are_names(texts: Sequence[str]) -> bool:
    """Whether most cells begin with a capital letter, as names do."""
    return _share(texts, lambda text: bool(re.match(r"\W*[^\W\d_]", text))) >= 0.6


def _form(head: str) -> str | None:
    percent, count = bool(_PERCENT_FORM.search(head)), bool(_COUNT_FORM.search(head))
    if percent and count:
        return "n-percent"
    return "percent" if percent else "n" if count else None


def _grade(head: str) -> str | None:
    found = _GRADE.search(head.translate(FOLD))
    if not found:
        return None
    roman = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
    text = re.sub(r"\s+", "", found.group(1) + found.group(2))
    text = text.replace("≥", ">=").replace("/", "-").upper()
    return re.sub(r"[IV]+", lambda match: roman.get(match.group(), match.group()), text)


def _head_unit(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time in the head: after a comma, in brackets, or at the end."""
    for part in re.findall(r"[(\[,]\s*([^)\],]+)|(\w+)\s*$", head):
        for word in re.findall(r"[^\W\d_]+", part[0] or part[1]):
            unit = vocabulary.time_unit(word)
            if unit is not None and len(word) < 8:
                return unit
    return None


def dose_unit_of(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of dose a head states (``Dose (mg/kg)``)."""
    tokens = lex(head, vocabulary, ("per", "dose"))
    for at, token in enumerate(tokens):
        if token.kind == "dose":
            per = "".join(t.name for t in tokens[at + 1 : at + 3] if t.kind == "per")
            return token.name + per
    return None


def _bare(text: str) -> str:
    """The head without brackets, units and forms: ``CR, n (%)`` is ``CR``."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    text = re.sub(r"[,;/]?\s*\b(?:n|no\.|%)\s*/?\s*%?\s*$", "", " ".join(text.split()))
    return text.strip(" ,;:%*†‡§/").strip()


def _role_of_head(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[str | None, str]:
    """(role, what it counts): the whole head, then its last part, then phrases inside it."""
    candidates = [" ".join(parts), *reversed(parts)] if parts else []
    for text in candidates:
        for form in dict.fromkeys((text, _bare(text), re.sub(r"\s*\(.*", "", text))):
            read = _lookup(form, vocabulary)
            if read is not None:
                return read
    for text in candidates:
        read = _phrase_inside(_bare(text), vocabulary)
        if read is not None:
            return read
    return None, ""


def _lookup(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    if not text.strip():
        return None
    several = [vocabulary.response(part.strip()) for part in re.split(r"[/:]", text)]
    if len(several) > 1 and all(several):
        return "outcomes", "/".join(name for name in several if name)
    role = vocabulary.column(text) or _two_sizes(text, vocabulary)
    if role is not None:
        return role, ""
    for kind, name in (
        ("outcome", vocabulary.response(text)),
        ("outcome", vocabulary.counted_status(text)),
        ("endpoint", vocabulary.endpoint(text)),
        ("disease_count", vocabulary.disease(text)),
        ("complication_count", vocabulary.lookup("complications", text)),
    ):
        if name is not None:
            return ("response_duration", "") if name == "DOR" else (kind, name)
    return None


def _two_sizes(text: str, vocabulary: Vocabulary) -> str | None:
    """``Evaluable/enrolled``, ``Treated (evaluable)``: two numbers of patients."""
    parts = [part for part in re.split(r"[/()\[\]]", text) if part.strip()]
    roles = {vocabulary.column(part) for part in parts}
    return "patients" if len(parts) == 2 and roles == {"patients", "total"} else None


def _phrase_inside(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The longest known phrase inside a head; of equals, the last."""
    words = text.split()
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            read = _lookup(" ".join(words[start : start + size]), vocabulary)
            if read is not None and not (size == 1 and len(words[start]) < 2):
                return read
    return None


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def _role_of_content(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """What the cells alone say."""
    if not texts:
        return None
    if _share(texts, looks_like_label) >= 0.5:
        return "series"
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("response", lambda t: _has(t, vocabulary, "responses") and bool(re.search(r"\d", t))),
        ("regimen", lambda t: _has(t, vocabulary, "dose") and bool(re.search(r"\d", t))),
        ("patients", lambda t: _has(t, vocabulary, "diseases") and bool(re.search(r"\d", t))),
        ("complications", lambda t: _has(t, vocabulary, "complications")),
        ("disease", lambda t: vocabulary.disease(t) is not None),
        ("year", lambda t: bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", t))),
    ]
    for role, test in tests:
        if _share(texts, test) >= 0.6:
            return role
    return None


def _has(text: str, vocabulary: Vocabulary, name: str) -> bool:
    return any(token.kind == name for token in lex(text, vocabulary, (name,)))


def _settled(columns: list[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    """Only one column names the series: the one whose cells look most like labels."""
    named = [column for column in columns if column.role == "series"]
    if len(named) < 2:
        return columns

    def score(column: Column) -> float:
        texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
        return _share(texts, looks_like_label) - column.index / 1000

    best = max(named, key=score)
    return [
        _as_reference(column, rows) if column.role == "series" and column is not best else column
        for column in columns
    ]


def _as_reference(column: Column, rows: Sequence[Sequence[Cell | None]]) -> Column:
    texts = [cell.plain for row in rows if (cell := row[column.index]) and cell.plain.strip()]
    numeric = _share(texts, lambda text: bool(re.fullmatch(r"[\[(]?\d{1,3}[\])]?", text.strip())))
    role = "reference" if numeric >= 0.5 else None
    return Column(index=column.index, head=column.head, role=role)
