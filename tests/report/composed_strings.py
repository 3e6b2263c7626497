"""The sentences that lower floors compose, found in their source: what the catalogue must know.

``python tests/report/composed_strings.py`` prints those that the Spanish catalogue lacks, as
entries of ``composed.po`` ready to be translated (``{}`` is a value).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from evidence.report.composed import NAMES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "table",
    "pooling",
    "review/analysis.py",
    "review/counts_file.py",
    "review/deepening.py",
    "review/diagnostics.py",
    "review/regression.py",
    "review/within.py",
)
NOT_SHOWN = {
    "frame.py": "columns of a frame",
    "regression_result.py": "text of the command line",
    "text.py": "text of the command line",
    "table.py": "tables of notebooks",
    "power.py": "planning, not in the report",
    "priors.py": "sensitivity to priors, not in the report",
    "durations.py": "summaries of medians, not in the report",
    "survival.py": "curves of the Python API; the report has its own",
    "many.py": "many fits at once, not in the report",
    "settings.py": "refusals of settings",
    "solvers.py": "errors inside an algorithm",
    "sensitivity_table.py": "the table of the Python API; the report has its own",
    "topics.py": "classes of words to look for",
}
"""Modules whose strings never reach the report, and why."""
SILENT = {"compile", "unknown_name", "WrongUsage", "ValueError", "AttributeError", "TypeError"}
"""Calls whose strings are patterns, or stop a run."""
SILENT_ARGUMENTS = {"title"}
COMMAND_LINE = ("  trim and fill ({}): {} series on the {}", "{}: influence")
"""Lines that only the command line prints."""


def collect() -> dict[str, str]:
    """Every message, ``{}`` for each value, with the place where it is composed."""
    found: dict[str, str] = {}
    for room in ROOMS:
        path = ROOT / "evidence" / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for text, line in _strings(file) if file.name not in NOT_SHOWN else ():
                if is_message(text):
                    found.setdefault(text, f"{file.relative_to(ROOT).as_posix()}:{line}")
    return found


def is_message(text: str) -> bool:
    """Words for a person: not a name, a path of a field, a pattern, markup or a bare unit."""
    words = set(re.findall(r"(?<![^\W_])[a-z]{2,}", text.replace("{}", " "))) - NAMES
    return bool(words) and " " in text.strip() and not re.search(r"[\\<|]", text)


def _strings(path: Path) -> Iterator[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node) for node in _silent(tree)}
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if id(node) in silent:
            continue
        text = _template(node)
        if text is not None:
            yield text, getattr(node, "lineno", 0)
        stack += [child for child in _below(node) if text is None or _template(child) is None]


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SILENT:
                yield node
            yield from (k.value for k in node.keywords if k.arg in SILENT_ARGUMENTS)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        yield from (v.value for v in node.values if isinstance(v, ast.FormattedValue))
    else:
        yield from ast.iter_child_nodes(node)


def _template(node: ast.AST) -> str | None:
    """A string with ``{}`` for what is not written out; None for what is no string."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [_template(node.left), _template(node.right)]
        if sides != [None, None]:
            return "".join("{}" if side is None else side for side in sides)
    return None


def missing(known: set[str]) -> dict[str, str]:
    """Messages that the catalogue lacks; a part of one may stand inside another."""
    return {
        text: place
        for text, place in collect().items()
        if text not in (*known, *COMMAND_LINE) and not _part_of(text, known)
    }


def _part_of(text: str, known: set[str]) -> bool:
    part = text != text.strip() or text.startswith((";", ",", ":"))
    return part and any(text.strip() in other for other in known)


if __name__ == "__main__":
    from evidence.report.words import words

    for message, place in missing(set(words("es").composed.messages)).items():
        escaped = message.replace("%", "%%")
        print(f'#: {place}\nmsgid "{escaped}"\nmsgstr ""\n')
