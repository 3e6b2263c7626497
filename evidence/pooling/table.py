"""A small table of results: rows as plain dicts, shown as text, HTML or a data frame."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from evidence.errors import Problem
from evidence.pooling.as_json import plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with the same keys each; ``None`` where a value does not exist."""

    title: str
    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[Any]:
        """One column's values in row order."""
        return [row[name] for row in self.rows]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a data frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: title, rows, problems; None for what does not exist."""
        return {
            "title": self.title,
            "rows": [{name: plain(value) for name, value in row.items()} for row in self.rows],
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        if not self.rows:
            lines = [self.title]
        else:
            heads = list(self.rows[0])
            cells = [[_shown(row[name]) for name in heads] for row in self.rows]
            widths = [
                max(len(name), *(len(row[at]) for row in cells)) for at, name in enumerate(heads)
            ]
            lines = [self.title, "  ".join(n.ljust(w) for n, w in zip(heads, widths, strict=True))]
            lines += ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in cells]
        return "\n".join(
            [*(line.rstrip() for line in lines), *(f"! {p.code}: {p}" for p in self.problems)]
        )

    def _repr_html_(self) -> str:
        heads = list(self.rows[0]) if self.rows else []
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_shown(row[name]))}</td>" for name in heads) + "</tr>"
            for row in self.rows
        )
        notes = "".join(f"<li>{escape(str(problem))}</li>" for problem in self.problems)
        return (
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table><ul>{notes}</ul>"
        )


def _shown(value: Any) -> str:
    if value is None:
        return "n/a"
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value)
