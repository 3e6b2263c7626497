"""What kind of word stands in a text dump: count, dose, duration, response, name ...

Where a dump lost its columns, the words' types carry them. Only shapes and the word lists decide;
the classifier knows no paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from evidence.vocabulary import Vocabulary, load_vocabulary

PAREN_COUNT = re.compile(r"^\(\d{1,3}\)[.,;:]?$")
_YEAR = re.compile(r"^[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[.,;:]?$")
NUMBER = re.compile(r"^[<>≤≥~≈=±+]*\d[\d.,·’']*(?:[-–—−~]\d[\d.,·]*)?\+?[*†‡]?[.,;:]?$")
_PERCENT = re.compile(r"^[<>≤≥~≈(]*\d[\d.,·]*(?:[-–—]\d[\d.,·]*)?%\)?[.,;:]?$")
_FRACTION = re.compile(r"^\(?\d{1,4}/\d{1,4}\)?[.,;:]?$")
_GLUED = re.compile(r"^[<>≤≥~(]*\d[\d.,]*(?:[-–—]\d[\d.,]*)?([A-Za-zµμ]+(?:/[\w²]+)*)\)?[.,;:]?$")
_EVERY = re.compile(r"^q\d*[-–]?\d*(?:d|w|wk|m|h|weeks?|days?)$", re.I)
_TIMES = re.compile(
    r"^(?:\d+(?:\.\d+)?)?(?:d|days?|doses?|times|x|×)/(?:wk|week|w|mo|month|d|day)$", re.I
)
_AUTHOR = re.compile(r"^(?:et|al)\b|^al\.|^(?:and|&)$", re.I)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*$")
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z]*[A-Z0-9][\w+-]*$|^[A-Z]{2,}$")
_WIDE_GAPS = 0.6
"""Share of wider gaps up to which they part cells."""
_EDGE = " .,;:()[]*†‡§"
_SMALL = {"of", "and", "with", "in", "on", "for", "to", "the", "a", "an", "or", "by", "at", "from"}
_SMALL |= {
    "due",
    "after",
    "per",
    "than",
    "&",
    "+",
    "then",
    "as",
    "was",
    "were",
    "but",
    "no.",
    "+/-",
}
_COMPARE = {
    "less",
    "more",
    "over",
    "under",
    "about",
    "median",
    "mean",
    "range",
    "up",
    "at",
    "least",
}
_BRIDGES = {"and", "to", "or", "-", "–", "±", ",", "up", "≥", "<", ">", "≤"}
_PEOPLE = {"patients", "patient", "pts", "pts.", "cases", "subjects", "participants", "evaluable"}
_GRADES = {"grade", "grades", "stage", "stages", "phase", "type", "class", "level"}
_SEXES = {"F", "M"}
_DASHES = {"-", "–", "—", "−", "..", "...", "…"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a dump with its place and type."""

    text: str
    line: int
    """1-based line of the file."""
    start: int = 0
    """Character of the line it begins at."""
    first: bool = False
    """It opens its line."""
    blank: bool = False
    """It opens its line, and the line before is blank."""
    gap: bool = False
    """Two blanks part it from the word before, where one is usual."""
    inside: bool = False
    """It stands inside brackets that an earlier word opened."""
    tag: str = "other"
    inner: bool = False
    """It continues a phrase or a number with its unit; no cell begins here."""

    @property
    def core(self) -> str:
        """Without punctuation and brackets at the edges."""
        return self.text.strip(_EDGE)


def split_words(lines: Sequence[tuple[int, str]]) -> list[Word]:
    """(line number, text) pairs → words; brackets opened on one line may close on a later one."""
    wide = _gaps_part_cells([text for _, text in lines])
    words: list[Word] = []
    depth, blank = 0, False
    for number, text in lines:
        if not text.strip():
            blank = True
            continue
        for index, match in enumerate(re.finditer(r"\S+", text)):
            token, inside, first = match.group(0), depth > 0, index == 0
            opened = token.count("(") + token.count("[")
            closed = token.count(")") + token.count("]")
            depth = min(3, max(0, depth + opened - closed))
            word = Word(text=token, line=number, start=match.start(), first=first, inside=inside)
            gap = wide and not first and text[: match.start()].endswith("  ")
            words.append(replace(word, blank=first and blank, gap=gap))
        blank = False
    return words


def _gaps_part_cells(lines: Sequence[str]) -> bool:
    """Whether two blanks part what one does not; some dumps print two between any words."""
    gaps = [gap for line in lines for gap in re.findall(r"(?<=\S) +(?=\S)", line)]
    wide = sum(len(gap) > 1 for gap in gaps)
    return 0 < wide <= _WIDE_GAPS * len(gaps)


def tag_words(words: Sequence[Word], vocabulary: Vocabulary | None = None) -> list[Word]:
    """The words with their types."""
    lists = vocabulary or load_vocabulary()
    cores = [word.core for word in words]
    tags: list[str] = ["other"] * len(words)
    inner = [False] * len(words)
    index = 0
    while index < len(words):
        tag, size = _phrase(words[index], cores, index, lists)
        for step in range(size):
            tags[index + step], inner[index + step] = tag, step > 0
        index += size
    _tag_numbers(words, tags, inner)
    return [
        replace(word, tag=tag, inner=within)
        for word, tag, within in zip(words, tags, inner, strict=True)
    ]


def _phrase(word: Word, cores: Sequence[str], index: int, lists: Vocabulary) -> tuple[str, int]:
    """(type, how many words it takes) of the phrase that begins here."""
    shape = _shape(word.text)
    if shape is not None:
        return shape, 1
    window = tuple(cores[index : index + 6])
    found = _listed(window, lists)
    graded = index > 0 and cores[index - 1].lower() in _GRADES
    if found is not None and not (graded and found[0] == "route"):
        return found
    return _plain(word, lists), 1


@lru_cache(maxsize=4096)
def _shape(text: str) -> str | None:
    """The type that the characters alone tell."""
    if PAREN_COUNT.match(text):
        return "paren-count"
    if _YEAR.match(text):
        return "year"
    if _FRACTION.match(text):
        return "fraction"
    if _PERCENT.match(text):
        return "percent"
    if NUMBER.match(text):
        return "number"
    if _EVERY.match(text.strip(_EDGE)) or _TIMES.match(text.strip(_EDGE)):
        return "frequency"
    if text in _SEXES | {"Male", "Female"}:
        return "sex"
    if text in _DASHES:
        return "status"
    return None


def _listed(window: tuple[str, ...], lists: Vocabulary) -> tuple[str, int] | None:
    """The longest phrase of any word list; a tie goes to the earlier list."""
    best: tuple[str, int] | None = None
    for name in (
        "own",
        "responses",
        "routes",
        "schedules",
        "diseases",
        "statuses",
        "complications",
    ):
        hit = lists.longest(name, window)
        if hit is not None and (best is None or hit.words > best[1]):
            best = "status" if hit.value == "no response" else _TAG_OF[name], hit.words
    if best == ("response", 1) and not window[0][:2].isupper():
        return "response-word", 1
    return best


_TAG_OF = {
    "own": "author",
    "responses": "response",
    "routes": "route",
    "schedules": "frequency",
    "diseases": "disease",
    "statuses": "status",
    "complications": "complication",
}


def _plain(word: Word, lists: Vocabulary) -> str:
    core = word.core
    parts = [part for part in core.split("/") if part]
    if len(parts) > 1 and any(lists.disease(part) for part in parts):
        return "disease"
    if _AUTHOR.match(word.text) and word.text.lower() not in {"and", "&"}:
        return "author"
    if core.lower() in _SMALL:
        return "small"
    if core.lower() in _PEOPLE:
        return "people"
    if _glued(word.text, lists):
        return _glued(word.text, lists) or "other"
    if lists.drug(core):
        return "drug"
    if _ABBREVIATION.match(core):
        return "abbreviation"
    if _NAME.match(core) or (len(core) == 1 and core.isupper()):
        return "name"
    return "word" if core[:1].islower() else "other"


def _glued(text: str, lists: Vocabulary) -> str | None:
    """A number with its unit in one word: ``30mg``, ``6wk``."""
    match = _GLUED.match(text)
    if match is None:
        return None
    unit = match.group(1).split("/")[0]
    if lists.unit(unit):
        return "dose"
    return "duration" if lists.time_unit(unit) else None


def unit_kind(core: str, lists: Vocabulary) -> str | None:
    """Whether a word after a number is a unit of dose or of time."""
    if _TIMES.match(core):
        return "frequency"
    head = core.split("/")[0]
    if head in _SEXES:
        return None
    if "/" in core and lists.time_unit(head):
        return "frequency"
    if lists.unit(head):
        return "dose"
    return "duration" if lists.time_unit(core) else None


def _tag_numbers(words: Sequence[Word], tags: list[str], inner: list[bool]) -> None:
    """Give each number the type of what it counts: the unit or word after it."""
    lists = load_vocabulary()
    for index in range(len(words)):
        if tags[index] not in {"number", "percent"} and words[index].core.lower() not in _COMPARE:
            continue
        end = _after_numbers(words, tags, index)
        if end >= len(words):
            continue
        role = _role(words, tags, end, lists)
        if role == "duration" and index and words[index - 1].core.lower() == "every":
            role = tags[index - 1] = "frequency"
            inner[index] = True
        if tags[index] == "percent":
            near = role == "response" or (index > 0 and tags[index - 1] == "response")
            tags[index] = "response" if near else "percent"
        elif role is not None and (tags[index] == "number" or end > index + 1):
            _assign(tags, inner, index, end, role, lists, words)


def _after_numbers(words: Sequence[Word], tags: Sequence[str], index: int) -> int:
    """The first word after a run of numbers and the words that join them."""
    end = index + 1
    while end < len(words) and end - index < 7:
        bridge = words[end].text.strip(",").lower() in _BRIDGES | {"than"}
        before = words[end - 1].text
        joined = before.endswith(",") or before.strip(",").lower() in _BRIDGES | _COMPARE | {"than"}
        if not bridge and not (tags[end] == "number" and joined):
            break
        end += 1
    return end


def _role(words: Sequence[Word], tags: Sequence[str], end: int, lists: Vocabulary) -> str | None:
    kind = unit_kind(words[end].core, lists)
    if kind is not None and not words[end].text.startswith("("):
        return kind
    for ahead in range(end, min(end + 4, len(words))):
        if tags[ahead] in {"disease", "people", "response", "frequency"}:
            return "response" if tags[ahead] == "response" else tags[ahead]
        if tags[ahead] == "response-word" and ahead == end:
            return "response"
        if tags[ahead] not in {"word", "abbreviation", "name"} or words[ahead].first:
            break
    return None


def _assign(
    tags: list[str],
    inner: list[bool],
    index: int,
    end: int,
    role: str,
    lists: Vocabulary,
    words: Sequence[Word],
) -> None:
    is_unit = unit_kind(words[end].core, lists) is not None
    for step in range(index, end):
        tags[step] = role
        inner[step] = inner[step] or step > index
    if is_unit:
        tags[end] = role
        inner[end] = True
