"""Reads every import of the package: the floors of docs/architecture.md, and no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "evidence"
FLOORS = {
    "errors": 0,
    "version": 0,
    "model": 1,
    "vocabulary": 1,
    "documents": 2,
    "store": 2,
    "pooling": 2,
    "batch": 2,
    "extraction": 3,
    "table": 3,
    "report": 4,
    "export": 4,
    "review": 5,
    "commands": 6,
    "cli": 6,
    "web": 6,
}
DOORS = {
    "pdfplumber": {"documents"},
    "pdfminer": {"documents"},
    "jinja2": {"report"},
    "typer": {"cli", "commands"},
    "dask": {"batch"},
}


def room(path: Path) -> str:
    """Top-level module or package a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Absolute names of the modules a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "evidence":
                yield from (f"evidence.{alias.name}" for alias in node.names)


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_only_lower_floors_or_own_room(path: Path) -> None:
    mine = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "evidence" and len(parts) > 1:
            theirs = parts[1]
            if theirs == mine:
                continue
            assert theirs in FLOORS, f"{theirs} has no floor"
            lower = FLOORS[theirs] < FLOORS[mine]
            same_top_floor = FLOORS[theirs] == FLOORS[mine] == 6
            assert lower or same_top_floor, f"{mine} imports {name}"
        elif parts[0] in DOORS:
            assert mine in DOORS[parts[0]], f"{parts[0]} is imported outside its door"


def module(path: Path) -> str:
    """Dotted name of a file."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def names_taken(path: Path) -> Iterator[str]:
    """What a file imports, and each name it takes, as both may be modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
    yield from imports(path)


def test_no_file_imports_itself_through_others() -> None:
    """Wherever in the file, for types too; a package's ``__init__.py`` hands names on, no more."""
    files = {module(path): path for path in FILES if path.name != "__init__.py"}
    graph = {name: set(names_taken(path)) & files.keys() for name, path in files.items()}
    TopologicalSorter(graph).prepare()
