"""The path of a value in a series file (``arms[0].responses[0].CR``): parse, look up, set."""

from __future__ import annotations

import re
from typing import Any

Step = str | int

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def parse_path(path: str) -> tuple[Step, ...]:
    """``arms[0].responses[1].CR`` → ``("arms", 0, "responses", 1, "CR")``."""
    return tuple(int(m[1]) if m[1] is not None else m[2] for m in _STEP.finditer(path))


def join_path(steps: tuple[Step, ...]) -> str:
    """``("arms", 0, "population", "SS")`` → ``arms[0].population.SS``."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def value_at(plain: Any, path: str | tuple[Step, ...]) -> Any:
    """The value at a path of plain dicts and lists, or of models; None where there is none."""
    steps = parse_path(path) if isinstance(path, str) else path
    for step in steps:
        if isinstance(step, int):
            if not isinstance(plain, list | tuple) or step >= len(plain):
                return None
            plain = plain[step]
        elif isinstance(plain, dict):
            plain = plain.get(step)
        else:
            plain = getattr(plain, step, None)
        if plain is None:
            return None
    return plain


def set_value(plain: Any, path: str | tuple[Step, ...], value: Any) -> bool:
    """Set the value at a path of plain dicts and lists; False where the way there is missing."""
    steps = parse_path(path) if isinstance(path, str) else path
    if not steps:
        return False
    parent = value_at(plain, steps[:-1]) if len(steps) > 1 else plain
    last = steps[-1]
    if isinstance(parent, dict) and isinstance(last, str):
        parent[last] = value
        return True
    if isinstance(parent, list) and isinstance(last, int) and last < len(parent):
        parent[last] = value
        return True
    return False


def differences(was: Any, now: Any, at: tuple[Step, ...] = ()) -> list[tuple[str, Any, Any]]:
    """Every (path, was, now) at which two plain structures differ, leaf by leaf."""
    if isinstance(was, dict) and isinstance(now, dict):
        keys = [*was, *(k for k in now if k not in was)]
        return [d for k in keys for d in differences(was.get(k), now.get(k), (*at, k))]
    if isinstance(was, list) and isinstance(now, list):
        found = []
        for i in range(max(len(was), len(now))):
            left = was[i] if i < len(was) else None
            right = now[i] if i < len(now) else None
            found += differences(left, right, (*at, i))
        return found
    return [] if was == now else [(join_path(at), was, now)]
