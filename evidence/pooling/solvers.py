"""Two small one-dimensional solvers, so that the default road needs no ``scipy.optimize``."""

from __future__ import annotations

from collections.abc import Callable


def find_root(
    function: Callable[[float], float],
    low: float,
    high: float,
    *,
    tolerance: float = 1e-12,
    steps: int = 200,
) -> float:
    """Root of ``function`` between ``low`` and ``high``, where its sign differs (Illinois).

    Raises ValueError where the ends have the same sign.
    """
    at_low, at_high = function(low), function(high)
    if at_low == 0.0:
        return low
    if at_high == 0.0:
        return high
    if (at_low > 0) == (at_high > 0):
        raise ValueError("no change of sign between the ends")
    for step in range(steps):
        guess = (low * at_high - high * at_low) / (at_high - at_low)
        if step % 3 == 2:
            guess = (low + high) / 2
        if abs(high - low) <= tolerance * (1 + abs(guess)):
            break
        value = function(guess)
        if value == 0.0:
            return guess
        if (value > 0) == (at_high > 0):
            high, at_high, at_low = guess, value, at_low / 2
        else:
            low, at_low, at_high = guess, value, at_high / 2
    return (low * at_high - high * at_low) / (at_high - at_low)


def bracket_upward(
    function: Callable[[float], float], start: float, *, factor: float = 2.0, limit: float = 1e8
) -> float | None:
    """First value above ``start``, growing by ``factor``, where ``function`` is below zero."""
    value = start
    while value <= limit:
        if function(value) < 0:
            return value
        value *= factor
    return None
