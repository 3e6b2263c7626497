"""A series as YAML 1.2: fixed key order, comments kept, and only the changed lines changed."""

from __future__ import annotations

import io
import re
from typing import Any

from evidence.errors import WrongUsage
from evidence.model.series import Series
from evidence.store.files import parse_series

WIDTH = 140
HEADER = "yaml-language-server: $schema=../series.schema.json"
BLOCK_KEYS = {"cells", "readings", "arms", "risk_of_bias"}
"""Mappings and lists that always go one entry per line."""

_YAML_11_WORD = re.compile(r"(?i)^(y|n|yes|no|on|off|true|false|null|~|[-+]?[\d_]+(:[\d_]+)+)$")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_PLAIN_START = re.compile(r"[^\W_]|[(<>≤≥]")
"""What may begin a word without quotes; signs may mean something to one reader or another."""


def series_yaml(series: Series, *, existing: str | None = None) -> str:
    """The text of a series file.

    With ``existing``, the text of the file as it is now, only what differs is changed there:
    comments, spelling and order of everything else stay. Raises WrongUsage when ``existing`` is
    not a valid series file (a person's work is not thrown away).
    """
    now = _tidy(series.to_plain())
    if existing is None or not existing.strip():
        return _dump(_fresh(now))
    was, problems = parse_series(existing.encode(), name=series.series)
    if was is None:
        raise WrongUsage(*problems)
    if was == series:
        return existing
    document = _yaml().load(existing)
    _update(document, was.to_plain(), now, tuple(Series.model_fields), ())
    return _dump(document)


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width = 10_000
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(document: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def _tidy(plain: Any) -> Any:
    """Boxes to a tenth of a point."""
    if isinstance(plain, dict):
        return {
            k: [round(x, 1) for x in v] if k == "box" and v else _tidy(v) for k, v in plain.items()
        }
    return [_tidy(v) for v in plain] if isinstance(plain, list) else plain


def _fresh(plain: dict[str, Any]) -> Any:
    document = _node(plain, indent=0, block=True)
    document.yaml_set_start_comment(HEADER)
    return document


def _node(value: Any, *, indent: int, block: bool = False) -> Any:
    """Plain data as ruamel nodes: what fits on a line goes on one line, unless ``block``."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, str):
        return _word(value)
    if isinstance(value, dict):
        fits = not block and indent + len(_one_line(value)) <= WIDTH
        mapping = CommentedMap(
            (_word(k), _node(v, indent=indent + 2, block=not fits and k in BLOCK_KEYS))
            for k, v in value.items()
        )
        (mapping.fa.set_flow_style if fits and value else mapping.fa.set_block_style)()
        return mapping
    if isinstance(value, list):
        scalars = all(not isinstance(item, dict | list) for item in value)
        sequence = CommentedSeq(
            _node(item, indent=indent + 4, block=block and isinstance(item, dict)) for item in value
        )
        (sequence.fa.set_flow_style if scalars else sequence.fa.set_block_style)()
        return sequence
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _word(text: str) -> Any:
    """Text in the quotes it needs, for this reader and for those of YAML 1.1."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

    if _UNSEEN.search(text):
        return DoubleQuotedScalarString(text)
    if _YAML_11_WORD.match(text) or not _PLAIN_START.match(text):
        return SingleQuotedScalarString(text)
    return text


def _one_line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_one_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_one_line(v) for v in value) + "]"
    return (
        repr(value) if isinstance(value, str) and re.search(r"[,:#{}\[\]]", value) else str(value)
    )


def _update(node: Any, was: Any, now: Any, order: tuple[str, ...], at: tuple[Any, ...]) -> None:
    """Bring ``node`` (which means ``was``) to mean ``now``, touching only what differs."""
    for key in [k for k in was if k not in now and k in node]:
        del node[key]
    for key, value in now.items():
        if key in was and was[key] == value:
            continue
        here = node.get(key)
        if isinstance(value, dict) and isinstance(here, dict) and isinstance(was.get(key), dict):
            _update(here, was[key], value, tuple(value), (*at, key))
        elif isinstance(value, list) and isinstance(here, list) and isinstance(was.get(key), list):
            _update_list(here, was[key], value, (*at, key))
        elif key in node:
            node[key] = _node(value, indent=2 * len(at), block=key in BLOCK_KEYS)
        else:
            _insert(node, key, value, list(now), order, at)


def _insert(
    node: Any, key: str, value: Any, now: list[str], order: tuple[str, ...], at: tuple[Any, ...]
) -> None:
    """Put a new key after the last of those that come before it in the fixed order."""
    names = order if key in order else tuple(now)
    before = set(names[: names.index(key)])
    position = max((i + 1 for i, k in enumerate(node) if k in before), default=0)
    flow = bool(node.fa.flow_style())
    node.insert(
        position, key, _node(value, indent=2 * len(at), block=key in BLOCK_KEYS and not flow)
    )


def _update_list(node: Any, was: list[Any], now: list[Any], at: tuple[Any, ...]) -> None:
    if len(node) != len(was):
        node[:] = [_node(v, indent=2 * len(at)) for v in now]
        return
    for i, value in enumerate(now[: len(was)]):
        if value == was[i]:
            continue
        if isinstance(value, dict) and isinstance(node[i], dict) and isinstance(was[i], dict):
            _update(node[i], was[i], value, tuple(value), (*at, i))
        elif isinstance(value, list) and isinstance(node[i], list) and isinstance(was[i], list):
            _update_list(node[i], was[i], value, (*at, i))
        else:
            node[i] = _node(value, indent=2 * len(at) + 2)
    for _ in range(len(was) - len(now)):
        del node[len(now)]
    if len(now) > len(was) and not was:
        node.fa.set_block_style()
    for value in now[len(was) :]:
        node.append(_node(value, indent=2 * len(at) + 2))
