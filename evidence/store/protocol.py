"""Read ``review.toml`` into a Protocol, with the line of every fault."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import Problem
from evidence.model.protocol import Protocol
from evidence.store.faults import explain_all, fault_in

if TYPE_CHECKING:
    from evidence.model.paths import Step

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_.-]+))\s*=")


def read_protocol(path: Path | str) -> tuple[Protocol, list[Problem]]:
    """The protocol of a review; the defaults, with problems, where the file breaks the format."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = error.strerror or "cannot be read"
        return Protocol(), [
            fault_in(path.name, "no-protocol", f"{what}.", "evidence init makes a review folder")
        ]
    except UnicodeDecodeError:
        return Protocol(), [
            fault_in(path.name, "not-utf8", "this is not UTF-8 text.", "save it as UTF-8")
        ]
    return parse_protocol(text, name=path.name)


def parse_protocol(text: str, *, name: str = "review.toml") -> tuple[Protocol, list[Problem]]:
    """The text of a ``review.toml`` → a Protocol and every fault in it."""
    from pydantic import ValidationError

    from evidence.store.plain import PlainYaml

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        return Protocol(), [
            fault_in(
                name,
                "not-toml",
                f"this is not TOML: {what[:1].lower()}{what[1:]}.",
                "check quotes, brackets and repeated names at this line",
                int(line[1]) if line else None,
            )
        ]
    try:
        protocol = Protocol.model_validate(data)
        return protocol, _word_lists(protocol, text, name)
    except ValidationError as error:
        plain = PlainYaml(data=data, lines=toml_lines(text))
        return Protocol(), explain_all(error, plain, Protocol, name=name)


def _word_lists(protocol: Protocol, text: str, name: str) -> list[Problem]:
    """Faults of ``[vocabulary.LIST]`` tables whose list does not exist."""
    if not protocol.vocabulary:
        return []
    from evidence.errors import WrongUsage
    from evidence.vocabulary import load_vocabulary

    lines = toml_lines(text)
    faults = []
    for words in protocol.vocabulary:
        try:
            load_vocabulary({words: {}})
        except WrongUsage as error:
            line = lines.get(("vocabulary", words))
            what = str(error)
            faults.append(fault_in(name, "unknown-field", what, "correct its name", line))
    return faults


def toml_lines(text: str) -> dict[tuple[Step, ...], int]:
    """The line (from 1) of every table and key that stands at the beginning of a line."""
    lines: dict[tuple[Step, ...], int] = {(): 1}
    table: tuple[Step, ...] = ()
    counted: dict[tuple[Step, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE.match(line):
            table = tuple(part.strip(" \"'") for part in head[2].split("."))
            if head[1] == "[[":
                index = counted.get(table, 0)
                counted[table] = index + 1
                table = (*table, index)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = next(g for g in key.groups() if g is not None)
            lines.setdefault((*table, *name.split(".")), number)
    return lines
