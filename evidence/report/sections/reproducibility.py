"""Reproducibility: hashes, versions, settings and the seed."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.numbers import words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReproducibilityContext:
    """What another person needs to get the same bytes."""

    sentences: tuple[Sentence, ...]
    software: Table | None
    hashes: Table | None


def build(ctx: ReportContext) -> ReproducibilityContext:
    """Tables of versions and hashes; what was not recorded is said."""
    w = words_of(ctx)
    sentences = [
        w.say("This report holds no clock time: the same files and versions give the same bytes.")
    ]
    if ctx.seed is not None:
        sentences.append(w.say("Random seed: {seed}.", seed=str(ctx.seed)))
    elif ctx.gosh or any(line.p_permutation is not None for line in ctx.regressions or ()):
        sentences.append(
            w.say("What is drawn at random (subsets, permutations) starts from fixed seeds.")
        )
    else:
        sentences.append(w.say("No random numbers were used."))
    if not ctx.hashes:
        sentences.append(w.say("No file hashes were recorded."))
    if not ctx.software:
        sentences.append(w.say("The versions of the software were not recorded."))
    return ReproducibilityContext(
        sentences=tuple(sentences),
        software=_pairs(
            "table-software", w("Software"), (w("Package"), w("Version")), dict(ctx.software)
        ),
        hashes=_pairs("table-hashes", w("Files"), (w("File"), "SHA-256"), dict(ctx.hashes)),
    )


def _pairs(ident: str, caption: str, heads: tuple[str, str], items: dict[str, str]) -> Table | None:
    if not items:
        return None
    return Table(
        ident=ident,
        caption=caption,
        columns=columns(*heads),
        lines=tuple(Line(cells=(name, value)) for name, value in sorted(items.items())),
    )
