"""Options that several commands share."""

from __future__ import annotations

from evidence.errors import WrongUsage


def parse_where(conditions: list[str] | None) -> dict[str, str]:
    """``["route=SC"]`` as a mapping.

    Raises:
        WrongUsage: a condition has no equals sign or names a field twice.
    """
    where: dict[str, str] = {}
    for condition in conditions or []:
        name, sign, value = condition.partition("=")
        if not sign or not name.strip():
            raise WrongUsage(f"--where {condition}: expected FIELD=VALUE, such as route=SC.")
        if name.strip() in where:
            raise WrongUsage(f"--where names '{name.strip()}' twice.")
        where[name.strip()] = value.strip()
    return where
