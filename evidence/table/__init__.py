"""All series as one evidence table, and its audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.table.build import build_rows as build_rows
    from evidence.table.select import Selection as Selection

_HOME = {
    "Selection": "evidence.table.select:Selection",
    "build_rows": "evidence.table.build:build_rows",
}

__all__ = ["Selection", "build_rows"]


def __getattr__(name: str) -> Any:
    """Import each part only when it is asked for."""
    if name in _HOME:
        from importlib import import_module

        module, attribute = _HOME[name].split(":")
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'evidence.table' has no attribute '{name}'")
