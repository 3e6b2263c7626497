"""One series, one YAML file: read, checked, written whole, and never over a person's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.store.by_hand import skeleton as skeleton
    from evidence.store.files import StoredSeries as StoredSeries
    from evidence.store.files import parse_series as parse_series
    from evidence.store.files import read_folder as read_folder
    from evidence.store.files import read_series as read_series
    from evidence.store.merge import merge_reread as merge_reread
    from evidence.store.protocol import read_protocol as read_protocol
    from evidence.store.schema import json_schema as json_schema
    from evidence.store.schema import write_schema as write_schema
    from evidence.store.serialize import series_yaml as series_yaml
    from evidence.store.write import ABSENT as ABSENT
    from evidence.store.write import write_atomic as write_atomic
    from evidence.store.write import write_series as write_series

_HOME = {
    "ABSENT": "write",
    "StoredSeries": "files",
    "json_schema": "schema",
    "merge_reread": "merge",
    "parse_series": "files",
    "read_folder": "files",
    "read_protocol": "protocol",
    "read_series": "files",
    "series_yaml": "serialize",
    "skeleton": "by_hand",
    "write_atomic": "write",
    "write_schema": "schema",
    "write_series": "write",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Import each part only when it is asked for."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"evidence.store.{_HOME[name]}"), name)
    raise AttributeError(f"module 'evidence.store' has no attribute '{name}'")
