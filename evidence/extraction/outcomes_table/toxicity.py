"""Toxicity tables of one paper: terms as rows, arms and grades as columns."""

from __future__ import annotations

import re

from evidence.errors import Problem
from evidence.extraction.outcomes_table.categories import (
    ABSENT,
    PRESENT,
    split_cell,
    split_label,
)
from evidence.extraction.outcomes_table.columns import (
    group_columns,
    read_group,
    unread_problem,
)
from evidence.extraction.outcomes_table.found import Counted, ToxicCount
from evidence.extraction.outcomes_table.grid import Line, View
from evidence.extraction.outcomes_table.heads import Head, clean_head, is_count_head
from evidence.vocabulary import Vocabulary

_ABOUT = re.compile(r"toxicit|adverse|side.?effect|complication|safety|infection|\bAEs?\b", re.I)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_GRADE_WORD = re.compile(
    r"\b(?:grades?|gr\.?|CTC|CTCAE|NCI.CTC|WHO|G)\s*(?=[\s≥>0-9IV])", re.IGNORECASE
)
_GRADE = re.compile(
    r"(?P<ge>[≥>]=?|at least\s)?\s*(?P<low>[0-5]|IV|III|II|I|V)\b"
    r"(?:\s*(?:-|–|/|,|to|and|or|\+)\s*(?P<high>[1-5]|IV|III|II|I|V)\b)?"
    r"(?P<more>\s*(?:\+(?!\s*\d)|or (?:higher|more|greater|above|worse)|and above))?",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"\b(?:NCI|CTC(?:AE)?|WHO|RTOG)\b|\b(?:toxicity\s+)?grades?\b|"
    r"\bv(?:ersion)?\s?\d(?:\.\d)?\b",
    re.IGNORECASE,
)
"""Words of a grading scale, which name no arm."""
_NO_TERM = re.compile(
    r"\b(?:median|mean|average)\b|\b(?:duration|days? after|time to|increase/|decrease/|"
    r"classification|score|stay)|[<>≥≤].*/|^(?:I{1,3}|IV|V)[ab]$",
    re.IGNORECASE,
)
"""Rows of a safety table that measure something else than a complication."""
_MIXED = re.compile(
    r"\b(?:end ?points?|efficacy|responses?|characteristics|survival|secondary)\b", re.IGNORECASE
)
"""What a caption names where its table holds more than complications."""
_SCORED = re.compile(r"\b(?:mean|SD|SE|SEM|median|scores?)\b")
_ANY = re.compile(r"\b(?:all|any|total|overall)\b(?:\W*grades?)?", re.IGNORECASE)


def grade_of(text: str) -> tuple[str | None, str]:
    """(grade, the other words): ``Grade ≥3`` is ``>=3``; all grades are ``any``."""
    for marked in _GRADE_WORD.finditer(text):
        after = text[marked.end() :].lstrip()
        match = _GRADE.match(after)
        if match:
            before = text[: marked.start()].rstrip()
            rest = before.rstrip("≥>=") + " " + after[match.end() :]
            grade = _grade(match)
            at_least = before.endswith(("≥", ">", ">=")) and not grade.startswith(">=")
            return f">={grade}" if at_least else grade, rest.strip(" ,;:()")
    if (found := _ANY.search(text)) and (
        "grade" in text.lower() or found[0].strip() == text.strip()
    ):
        return "any", (text[: found.start()] + text[found.end() :]).strip(" ,;:()")
    bare = _GRADE.fullmatch(text.strip(" ()"))
    return (_grade(bare), "") if bare else (None, text)


def _grade(match: re.Match[str]) -> str:
    def one(name: str) -> str:
        return _ROMAN.get(match[name].lower(), match[name])

    if match["ge"] or match["more"]:
        return f">={one('low')}"
    return f"{one('low')}-{one('high')}" if match["high"] else one("low")


def read_toxicity(
    view: View, vocabulary: Vocabulary, *, document: str
) -> tuple[list[ToxicCount], list[Problem]]:
    """Counts by term, arm and grade; nothing where it is another kind of table."""
    terms = counted_terms(view, vocabulary)
    if not terms:
        return [], []
    caption_grade = (
        grade_of(view.grid.caption)[0] if _GRADE_WORD.search(view.grid.caption) else None
    )
    found: list[ToxicCount] = []
    problems: list[Problem] = []
    for line, label, row_grade in terms:
        term, categories = split_label(label)
        for members in group_columns(view):
            grade, levels = _head_grade(members[0], row_grade or caption_grade)
            cells, missed = _cell_counts(view, line, members, categories, vocabulary, document)
            problems += missed
            size, stated = view.size(line, members[0])
            for category, counted in cells:
                own = grade_of(category)[0] if category else grade
                found.append(
                    ToxicCount(label=" ".join(levels), levels=levels, about=view.grid.caption,
                               term=term, total=counted.count.total or size,
                               total_source=counted.source if counted.count.total else stated,
                               grade=None if own == "any" else own, counted=counted)
                )  # fmt: skip
    return found, problems


def _cell_counts(
    view: View, line: Line, members: list[Head], categories: list[str], vocabulary: Vocabulary,
    document: str,
) -> tuple[list[tuple[str | None, Counted]], list[Problem]]:  # fmt: skip
    """The counts of a cell by category; one count without category for an ordinary row."""
    head = members[0]
    text = line.text(head.index)
    if not categories:
        counted, problems = read_group(view, line, members, vocabulary, document)
        return ([] if counted is None else [(None, counted)]), problems
    split = split_cell(text, categories)
    if split is None:
        return [], [unread_problem(view, line, head, text, document)] if text else []
    source = view.source(line, head.index)
    return [(name, Counted(count=count, source=source)) for name, count in split], []


def row_terms(view: View) -> list[tuple[Line, str, str | None]]:
    """(row, term, grade); rows that are grades belong to the row or section above them."""
    found: list[tuple[Line, str, str | None]] = []
    above: str | None = None
    section: str | None = None
    for line in view.lines:
        if line.section != section:
            above, section = None, line.section
        labels = [t for c in range(view.labels) if (t := clean_head(line.text(c)))]
        if not labels or is_count_head(labels[-1]) or _NO_TERM.search(labels[-1]):
            continue
        if labels[-1].lower() in PRESENT | ABSENT:
            term = labels[-2] if len(labels) > 1 else section
            if term is not None and labels[-1].lower() in PRESENT:
                found.append((line, term, None))
            continue
        grade, rest = grade_of(labels[-1])
        if grade is not None and not rest:
            term = (labels[-2] if len(labels) > 1 else above or section) or labels[-1]
            if not _NO_TERM.search(term):
                found.append((line, term, grade))
            continue
        above = labels[-1]
        found.append((line, labels[-1], None))
    return found


def _head_grade(head: Head, caption: str | None) -> tuple[str | None, tuple[str, ...]]:
    grade: str | None = None
    words: list[str] = []
    for level in head.levels:
        found, rest = grade_of(level)
        grade = found or grade
        rest = _SCALE.sub(" ", rest).strip(" ,;:()-/")
        if rest and not is_count_head(rest):
            words.append(rest)
    return grade or caption, tuple(words)


def counted_terms(view: View, vocabulary: Vocabulary) -> list[tuple[Line, str, str | None]]:
    """The rows that count complications: every row of a table of toxicity, the known terms of a
    table that holds other outcomes too, and none of another kind of table."""
    heads = " ".join(h.text for h in view.heads)
    about = _ABOUT.search(view.grid.caption) or _ABOUT.search(heads)
    graded = any(_GRADE_WORD.search(words) for words in (heads, view.grid.caption))
    terms = row_terms(view)
    known = [row for row in terms if vocabulary.complication(row[1]) is not None]
    share = 1 if about and graded else 3 if about else 5
    scored = _SCORED.search(f"{view.grid.caption} {heads}") and not _holds_counts(view)
    mixed = _MIXED.search(view.grid.caption)
    if (about or graded) and not (scored or mixed) and len(known) * 10 >= share * len(terms) > 0:
        return terms
    named = any(_ABOUT.search(row[1]) or _ABOUT.search(row[0].section or "") for row in terms)
    told = known and (about or (named and len(known) >= 3))
    return known if told and _holds_counts(view) else []


def _holds_counts(view: View) -> bool:
    """Whether most cells are whole numbers, not means or scores."""
    groups = [head.index for head in view.heads[view.labels :]]
    texts = [t for line in view.lines for c in groups if re.match(r"\d", t := line.text(c))]
    whole = [t for t in texts if re.match(r"\d+(?!\d|\s*[.·,±]\s*\d)", t)]
    return bool(texts) and len(whole) * 10 >= 6 * len(texts)
