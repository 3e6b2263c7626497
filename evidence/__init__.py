"""Literature evidence synthesis of single-arm clinical series: every number with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.version import __version__

if TYPE_CHECKING:
    from evidence.pooling import pool as pool
    from evidence.review import Review as Review

_LAZY = {"pool": "evidence.pooling", "Review": "evidence.review"}

__all__ = ["Review", "__version__", "pool"]


def _draw_forest(result: Any) -> Any:
    """The forest plot of a pooled result; drawing is loaded when it is asked for."""
    from evidence.report.gallery import forest_of

    return forest_of(result.pooled)


def __dir__() -> list[str]:
    """What completion offers, loaded or not."""
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    """Import the heavy parts only when they are asked for."""
    if name in _LAZY:
        from importlib import import_module

        from evidence.pooling import FOREST_RENDERER

        FOREST_RENDERER.setdefault("forest", _draw_forest)
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'evidence' has no attribute '{name}'")
