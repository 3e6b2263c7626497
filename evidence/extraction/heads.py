"""What the head of a column says: what its cells are, in which form, unit and grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.extraction.found import Value, value_of
from evidence.extraction.heads_times import (
    COUNTABLE,
    is_form,
    role_of_time,
    timed_head,
    unit_of_values,
    without_time_points,
)
from evidence.extraction.tokens import FOLD, Token, lex
from evidence.model.outcome import SUMS
from evidence.vocabulary import Vocabulary

_PERCENT_FORM = re.compile(r"%|\bpercent|\brate\b", re.IGNORECASE)
_COUNT_FORM = re.compile(r"(?:^|[\s,(\[/])(?:n|no\.?|number|nr)(?:$|[\s,)\]./(])", re.IGNORECASE)
_PERCENT_FIRST = re.compile(r"%\s*[(\[]\s*(?:n|no|number)\b", re.IGNORECASE)
_GRADE = re.compile(
    r"([≥>]?)\s*grades?\s*([≥>]?\s*[1-5IV]+(?:\s*[-–/]\s*[1-5IV]+)?)", re.IGNORECASE
)
_MEDIAN_OF = re.compile(r"\bm(?=[A-Z]\w*[A-Z]\b)")
"""``mPFS``, ``mDoR``: the median of a time."""
_PEOPLE = {"patient", "patients", "pt", "pts", "subject", "subjects", "case", "cases"}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadSays:
    """The role of a column by its head, what it counts, and the words that say so."""

    role: str | None = None
    name: str = ""
    words: str = ""


def read_head(parts: Sequence[str], vocabulary: Vocabulary) -> HeadSays:
    """What the words say, unless the head has a unit of time: then its column holds times."""
    says = _read_words(parts, vocabulary)
    head = " ".join(parts)
    timed = timed_head(head, vocabulary) if form_of(head) is None else None
    if timed is None or (says.role is not None and says.role not in COUNTABLE):
        return says
    role, name = role_of_time(timed, vocabulary) or (None, "")
    return HeadSays(role=role, name=name, words=timed.words)


def _read_words(parts: Sequence[str], vocabulary: Vocabulary) -> HeadSays:
    """The whole head, then each of its parts from the last up, then the phrases inside them."""
    own = [part for part in reversed(parts) if len(parts) == 1 or not is_form(part, vocabulary)]
    candidates = [" ".join(parts), *own] if parts else []
    for text in candidates:
        for form in _forms(text, vocabulary):
            read = _lookup(form, vocabulary)
            if read is not None:
                return HeadSays(role=read[0], name=read[1], words=form)
    for text in candidates:
        read = _phrase_inside(without_time_points(bare(text), vocabulary), vocabulary)
        if read is not None:
            said = next((p for p in reversed(parts) if _phrase_inside(p, vocabulary) == read), text)
            return HeadSays(role=read[0], name=read[1], words=_ungraded(bare(said)))
    return _drug_with_unit(" ".join(parts), vocabulary)


def _forms(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The text, without brackets, without its tail, without grade, without words of statistics."""
    seen: set[str] = set()
    short = bare(text)
    for form in (text, short, re.sub(r"\s*\(.*", "", text), _ungraded(short),
                 _without_statistics(short, vocabulary)):  # fmt: skip
        if form and form not in seen:
            seen.add(form)
            yield form


def bare(text: str) -> str:
    """The head without brackets, units and forms: ``CR, n (%)`` is ``CR``."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    text = re.sub(r"[,;/]?\s*\b(?:n|no\.|%)\s*/?\s*%?\s*$", "", " ".join(text.split()))
    return text.strip(" ,;:%*†‡§/").strip()


def _ungraded(text: str) -> str:
    found = _GRADE.search(text.translate(FOLD))
    kept = text if found is None else f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(kept.split()).strip(" ,;:")


def _without_statistics(text: str, vocabulary: Vocabulary) -> str:
    """``Median duration of response, months`` is a duration of response."""
    tokens = lex(_MEDIAN_OF.sub("", text), vocabulary, ("statistics", "time_days"))
    kept = [token.text for token in tokens if token.kind not in ("statistics", "time_days")]
    return re.sub(r"\s+,", ",", " ".join(kept)).strip(" ,;:").removesuffix(" in").strip(" ,;:")


def _lookup(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    if not text.strip():
        return None
    outcomes = [vocabulary.response(part.strip()) for part in re.split(r"/|:(?!\s)", text)]
    if len(outcomes) > 1 and all(outcomes):
        return "outcomes", "/".join(name for name in outcomes if name)
    parts = _with_part(text, vocabulary)
    if parts is not None:
        return "outcomes", parts
    role = vocabulary.column(text) or _two_sizes(text, vocabulary)
    if role is not None:
        return role, ""
    return _counted(text, vocabulary)


def _counted(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What a column counts, also as ``Responders/evaluable``: the counts with their totals."""
    first, over, size = text.partition("/")
    if over and vocabulary.column(size) in ("patients", "total"):
        text = first
    _, colon, last = text.rpartition(": ")
    for kind, name in (
        ("outcome", vocabulary.response(last if colon else text)),
        ("outcome", _together(text, vocabulary)),
        ("outcome", vocabulary.counted_status(text)),
        ("endpoint", vocabulary.endpoint(text)),
        ("disease_count", vocabulary.disease(text)),
        ("complication_count", vocabulary.lookup("complications", text)),
    ):
        if name is not None:
            return ("response_duration", "") if name == "DOR" else (kind, name)
    return None


def _with_part(text: str, vocabulary: Vocabulary) -> str | None:
    """``ORR (CR)``, ``% ORR (% CR)``: an outcome and, in brackets, one that it includes."""
    found = re.fullmatch(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]][,;\s]*(?:%|n|no\.?)?\s*", text)
    if found is None:
        return None
    whole, part = (vocabulary.response(name.strip(" ,%")) for name in found.groups())
    return f"{whole}/{part}" if part in SUMS.get(whole or "", ()) else None


def _together(text: str, vocabulary: Vocabulary) -> str | None:
    """``CR or PR``: responders, counted as one."""
    names = [vocabulary.response(part) for part in re.split(r"\s(?:or|and)\s", text)]
    if len(names) < 2 or None in names:
        return None
    return "ORR" if set(names) == {"CR", "PR"} else "/".join(name for name in names if name)


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
            if read is not None and not (size == 1 and _is_vague(words[start], read[0])):
                return read
    return None


def _is_vague(word: str, role: str) -> bool:
    """A letter says nothing; *duration* and *years* among other words may be of anything."""
    plural = role == "year" and word.rstrip(",;:").endswith("s")
    return len(word) < 2 or role == "treatment_duration" or plural


def _drug_with_unit(head: str, vocabulary: Vocabulary) -> HeadSays:
    """``Infliximab (mg/kg)``, ``Intralesional cidofovir``: doses of the one drug it names."""
    tokens = lex(head, vocabulary, ("drugs", "dose", "routes"))
    drugs = {token.name for token in tokens if token.kind == "drugs"}
    given = any(token.kind in ("dose", "routes") for token in tokens)
    return HeadSays(role="regimen") if len(drugs) == 1 and given else HeadSays()


def counts_things(head: str, vocabulary: Vocabulary) -> bool:
    """``CR (per lesion)``, ``Tumours treated``: the column counts lesions, not patients."""
    words = re.findall(r"[^\W\d_]+", head)
    things = any(vocabulary.lookup("things", word) is not None for word in words)
    return things and not any(word.lower() in _PEOPLE for word in words)


def names_several(head: str, vocabulary: Vocabulary) -> bool:
    """``Neutropenia Rash`` over two columns: nothing says which of the two a column counts."""
    tokens = lex(head, vocabulary, ("complications", "responses"))
    return len({token.name for token in tokens if token.kind != "word" and token.name}) > 1


def form_of(head: str) -> str | None:
    """``n`` ``percent`` ``n-percent`` ``percent-n``: what the head says bare numbers are."""
    if _PERCENT_FIRST.search(head):
        return "percent-n"
    percent, count = bool(_PERCENT_FORM.search(head)), bool(_COUNT_FORM.search(head))
    if percent and count:
        return "n-percent"
    return "percent" if percent else "n" if count else None


def grade_of(head: str) -> str | None:
    """``3-4``, ``>=3``: the grade a head states."""
    found = _GRADE.search(head.translate(FOLD))
    if not found:
        return None
    text = re.sub(r"\s+", "", found.group(1) + found.group(2))
    text = text.replace("≥", ">=").replace("/", "-").upper()
    return re.sub(r"[IV]+", lambda match: _ROMAN.get(match.group(), match.group()), text)


def time_unit_of(head: str, vocabulary: Vocabulary) -> str | None:
    """The unit of time in the head: of its values, or any in it that stands as a unit does."""
    own = unit_of_values(head, vocabulary)
    if own is not None:
        return own
    for part in re.findall(r"[(\[,]\s*([^)\],]+)|(\w+)\s*$|\bin\s+(\w+)", head):
        for word in re.findall(r"[^\W\d_]+", next(filter(None, part), "")):
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


def statistic_of(head: str, tokens: Sequence[Token]) -> str | None:
    """``median`` or ``mean``, as the head says of its numbers."""
    if _MEDIAN_OF.search(head):
        return "median"
    named = (token.name for token in tokens if token.kind == "statistics")
    return next((name for name in named if name in ("median", "mean")), None)


def drug_in(text: str, vocabulary: Vocabulary) -> Value[str] | None:
    """The one drug a text names."""
    drugs = [token for token in lex(text, vocabulary, ("drugs",)) if token.kind == "drugs"]
    if len({token.name for token in drugs}) != 1:
        return None
    return value_of(drugs[0].name, drugs[0])
