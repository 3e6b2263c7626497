"""Tables set in the width of a terminal: nothing is lost, whatever the cells hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidence.commands.printing import lay_out

CELL = st.text(alphabet="ab -", max_size=30)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4), st.integers(1, 60))
def test_every_word_is_printed_in_the_width_where_it_fits(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    lines = lay_out(rows[0], rows[1:], width=width)
    kept = "".join("".join(line.split()) for line in lines if set(line) - {"-", " "})
    for row in rows:
        for cell in row:
            assert all(sign in kept for sign in set(cell) - {" ", "-"})
    longest = [
        max(min(16, len(w)) for row in rows for w in (row[c].split() or [" "])) for c in (0, 1, 2)
    ]
    assert max(map(len, lines)) <= max(width, sum(longest) + 4)


def test_a_table_of_many_columns_is_laid_out_at_once() -> None:
    heads = [""] * 20_000
    assert len(lay_out(heads, [["some words of a cell"] * 20_000], width=100)) >= 3
