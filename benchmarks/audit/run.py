"""Recall and false alarms of the audit: single errors, and as many sets without any.

    python benchmarks/audit/run.py [--errors 500] [--seed 1] [--in table|rows|text]
                                   [--seed-table ../shared]

``--in`` chooses where the errors stand: in the table of series, in its totals and patient rows, or
in the text. With ``--seed-table`` the errors of the table are planted into the transcribed table of
the 2015 review, whose own mistakes are known: only what is said beyond them counts.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from clean_set import PROTOCOL, clean_set
from errors import ERRORS, Plain
from prose import CLAIMS, true_text, with_own
from row_errors import ROW_ERRORS

from evidence.model.prose import ProseSentence
from evidence.model.protocol import Protocol
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows

KINDS = {"table": list(ERRORS), "rows": list(ROW_ERRORS), "text": list(CLAIMS)}
Key = tuple[str, str | None, str | None, str, str]


def findings(series: list[Series], protocol: Protocol, text: Iterable[str] = ()) -> set[Key]:
    """What the audit says, as comparable keys."""
    rows, _ = build_rows(series, protocol)
    sentences = [ProseSentence(document="review.pdf", text=t) for t in text]
    return {
        (f.code, f.series, f.field, f.stated, f.computed)
        for f in audit(series, rows, protocol, sentences=sentences)
    }


def plant(rng: random.Random, clean: list[Series], kind: str) -> tuple[list[Series], bool] | None:
    """A copy of the set with one error, and whether arithmetic can reveal it."""
    plain: Plain = [s.model_dump(mode="json", exclude_none=True) for s in clean]
    revealable = (ERRORS | ROW_ERRORS)[kind](rng, plain)
    if revealable is None:
        return None
    try:
        return [Series.model_validate(s) for s in plain], revealable
    except ValueError:  # the file format itself refuses it (a count above its total)
        return None


def trial(
    rng: random.Random, kind: str, fixed: tuple[list[Series], Protocol] | None
) -> tuple[set[Key], set[Key], bool] | None:
    """What is said of a set, what is newly said of its copy, and whether it can be revealed."""
    clean, protocol = fixed or (clean_set(rng.randrange(10**9)), PROTOCOL)
    if kind in CLAIMS:
        clean = with_own(clean)
        pair = CLAIMS[kind](rng, clean)
        if pair is None:
            return None
        before = findings(clean, protocol, [*true_text(rng, clean), pair[0]])
        return before, findings(clean, protocol, [pair[1]]) - before, True
    copy = plant(rng, clean, kind)
    if copy is None:
        return None
    before = findings(clean, protocol)
    return before, findings(copy[0], protocol) - before, copy[1]


def seed_table(shared: Path) -> tuple[list[Series], Protocol]:
    """The transcribed table of the 2015 review, as the tests build it."""
    sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "table"))
    import seed_series

    return seed_series.read_table4(shared), seed_series.PROTOCOL


def measure(
    errors: int, seed: int, kinds: list[str], shared: Path | None
) -> tuple[Counter[str], Counter[str], Counter[str], list[Key]]:
    """(planted, revealable, found) by kind, and every finding on the untouched twins."""
    rng = random.Random(seed)
    planted, revealable, found = Counter[str](), Counter[str](), Counter[str]()
    alarms: list[Key] = []
    fixed = seed_table(shared) if shared else None
    while planted.total() < errors:
        kind = kinds[planted.total() % len(kinds)]
        tried = trial(rng, kind, fixed)
        if tried is None:
            continue
        before, new, can_reveal = tried
        alarms += [] if fixed else sorted(before, key=str)
        planted[kind] += 1
        revealable[kind] += can_reveal
        found[kind] += can_reveal and bool(new)
    return planted, revealable, found, alarms


def main() -> int:
    """Print the table of the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in", dest="where", choices=KINDS, default="table")
    parser.add_argument("--seed-table", type=Path)
    options = parser.parse_args()
    start = time.perf_counter()
    kinds = KINDS[options.where]
    planted, revealable, found, alarms = measure(
        options.errors, options.seed, kinds, options.seed_table
    )
    print("| error | planted | arithmetic can reveal | found | share |")
    print("|---|---:|---:|---:|---:|")
    for kind in kinds:
        share = f"{found[kind] / revealable[kind]:.1%}" if revealable[kind] else "-"
        print(f"| {kind} | {planted[kind]} | {revealable[kind]} | {found[kind]} | {share} |")
    total, caught = sum(revealable.values()), sum(found.values())
    print(f"| all | {sum(planted.values())} | {total} | {caught} | {caught / total:.1%} |")
    if options.seed_table is None:
        print(f"\nFalse alarms on {options.errors} untouched twins: {len(alarms)}")
    for alarm, times in Counter(a[0] for a in alarms).most_common():
        print(f"  {alarm}: {times}, such as {next(a for a in alarms if a[0] == alarm)}")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
