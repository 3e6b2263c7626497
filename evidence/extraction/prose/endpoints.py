"""Names of time endpoints in a sentence, alone or listed (``PFS and OS``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = (
    ("DOR", r"durations? of (?:the |an? |their )?(?:[a-z]+ ){0,2}?(?:responses?|remissions?|"
            r"control)|(?:response|remission|CR ?\+ ?PR)s? durations?|(?:responses?|remissions?) "
            r"(?:lasted|lasting|persisted|(?:was|were) (?:maintained|sustained))|"
            r"durations? of (?:CR|PR)s?\b|DOR\b|"
            r"duracion de (?:la )?(?:respuesta|remision)"),
    ("PFS", r"progression free(?= and overall survival)|progression free survival(?: time)?|PFS\b|"
            r"supervivencia libre de progresion"),
    ("TTP", r"time to (?:disease |tumou?r |clinical )?progression|TTP\b"),
    ("TTF", r"time to treatment failure|failure free survival|TTF\b"),
    ("TTNT", r"time to next (?:treatment|therapy)|TTNT\b"),
    ("TTR", r"time to (?:first |best |initial |onset of |clinical |objective )*"
            r"(?:response|remission)|TTR\b|(?:responses?|remissions?) (?:occurred|appeared|"
            r"(?:was|were) (?:seen|observed|noted|achieved|obtained|reached|documented|attained))"
            r"(?=[^.;]{0,60}? after an? (?:median|mean|average))"),
    ("DFS", r"(?:disease|relapse|recurrence) free survival|DFS\b|RFS\b"),
    ("EFS", r"event free survival|EFS\b"),
    ("OS", r"overall(?= and (?:progression|disease|event|relapse|failure) free survival)|"
           r"overall survival(?: time)?|survival time|OS\b|(?<=median )survival"
           r"(?! after| from (?!(?:the )?(?:start|treatment|study)))|"
           r"survival(?= ranged)|(?<=and )survival(?= (?:was|were|times?)\b)|"
           r"durations? of survival|supervivencia global"),
    ("follow-up", r"follow(?:ed)? ?up(?: time| period| duration| interval)?|followed(?= for)|"
                  r"observation (?:time|period)|seguimiento"),
    ("treatment", r"(?:duration|length|course) of (?:the )?(?:[a-z]+ ){0,2}?(?:treatment|therapy|"
                  r"administration|exposure)|time on (?:study )?(?:protocol )?(?:drug|treatment|"
                  r"therapy)|(?:treatment|therapy) (?:duration|period|time|length)|"
                  r"(?:treated|given|administered|continued)(?= for an? (?:median|mean|average))|"
                  r"duracion del tratamiento"),
    ("age", r"age\b"),
)  # fmt: skip
_ANY = re.compile(
    "|".join(rf"(?P<e{i}>\b(?:{form}))" for i, (_, form) in enumerate(_FORMS)), re.IGNORECASE
)
_LISTED = re.compile(
    r"\s*(?:[(\[][^)\]]*[)\]]\s*)?(?:,|/|&|and|or|y)(?:[\s,]|and|the|median|mean)*", re.IGNORECASE
)
_LAST = re.compile(r"/|&|\b(?:and|or|y)\b", re.IGNORECASE)
_CASED = frozenset(["DOR", "PFS", "TTP", "TTF", "TTNT", "TTR", "DFS", "RFS", "EFS", "OS"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint's name in a sentence."""

    name: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """The text with hyphens as spaces and without accents on vowels, character for character."""
    return text.replace("-", " ").translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU"))


def find_endpoints(text: str) -> list[list[Endpoint]]:
    """Endpoints from left to right; those named one after another in one list."""
    plain = plain_text(text)
    runs: list[list[Endpoint]] = []
    for match in _ANY.finditer(plain):
        if match[0].upper() in _CASED and not match[0][:2].isupper():
            continue
        name = next(name for i, (name, _) in enumerate(_FORMS) if match[f"e{i}"])
        found = Endpoint(name=name, start=match.start(), end=match.end())
        last = runs[-1][-1] if runs else None
        if last is not None and _same(plain, last, found):
            end = found.end + (plain[found.end : found.end + 1] in (")", "]"))
            runs[-1][-1] = Endpoint(name=last.name, start=last.start, end=end)
        elif last is not None and _LISTED.fullmatch(plain, last.end, found.start):
            runs[-1].append(found)
        else:
            runs.append([found])
    return [part for run in runs for part in _joined(plain, run)]


def _joined(plain: str, run: list[Endpoint]) -> list[list[Endpoint]]:
    """A run whose last name is not joined by *and* is no list but names that follow one another."""
    if len(run) < 2 or _LAST.search(plain, run[-2].end, run[-1].start):
        return [run]
    return [[endpoint] for endpoint in run]


def _same(plain: str, first: Endpoint, second: Endpoint) -> bool:
    """``progression-free survival (PFS)`` names one endpoint twice."""
    return first.name == second.name and not plain[first.end : second.start].strip(" ([")
