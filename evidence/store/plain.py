"""Read YAML 1.2 into plain data with the line of every value: the reading door to ruamel.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from evidence.model.paths import Step

_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_BOOL = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"


@dataclass(slots=True)
class PlainYaml:
    """Plain data; ``lines`` and ``words`` hold the line (from 1) and printed text by path."""

    data: Any = None
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)
    words: dict[tuple[Step, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: tuple[Step, ...]) -> int | None:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_plain(text: str, *, name: str) -> PlainYaml:
    """Parse YAML 1.2: ``No`` stays a word, ``012`` is 12, a duplicate key is a Problem.

    Anchors are followed; nothing but null, numbers, truth values, words, lists and mappings is
    made. A text that is no YAML at all gives one Problem with its line and data None.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    result = PlainYaml()
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        result.problems.append(_not_yaml(error, name, mark.line + 1 if mark else None))
        return result
    if root is not None:
        result.data = _construct(root, (), result, name, set())
    return result


def _not_yaml(error: Exception, name: str, line: int | None) -> Problem:
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(
        code="not-yaml",
        severity=Severity.ERROR,
        message=f"this is not YAML: {what}.",
        remedy="indent with blanks, not with tabs"
        if "'\\t'" in what
        else "check indentation, quotes and brackets at this line",
        source=Place(document=name, line=line),
    )


def _construct(
    node: Any, path: tuple[Step, ...], result: PlainYaml, name: str, above: set[int]
) -> Any:
    result.lines[path] = node.start_mark.line + 1
    if node.id == "scalar":
        result.words[path] = node.value
        return _scalar(node)
    if id(node) in above:
        result.problems.append(
            Problem(
                code="endless-anchor",
                severity=Severity.ERROR,
                message="an alias points at something that contains it.",
                remedy="write the value out",
                source=Place(document=name, line=node.start_mark.line + 1),
            )
        )
        return None
    above = above | {id(node)}
    if node.id == "sequence":
        return [
            _construct(item, (*path, i), result, name, above) for i, item in enumerate(node.value)
        ]
    return _mapping(node, path, result, name, above)


def _mapping(
    node: Any, path: tuple[Step, ...], result: PlainYaml, name: str, above: set[int]
) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if key_node.id == "scalar" else "?"
        if key in plain:
            first = result.lines[(*path, key)]
            result.problems.append(
                Problem(
                    code="duplicate-key",
                    severity=Severity.ERROR,
                    message=f"'{key}' is given twice: on line {first} and on line "
                    f"{key_node.start_mark.line + 1}; expected once.",
                    remedy="keep the right one and delete the other",
                    source=Place(document=name, line=key_node.start_mark.line + 1),
                )
            )
            continue
        plain[key] = _construct(value_node, (*path, key), result, name, above)
        result.lines[(*path, key)] = key_node.start_mark.line + 1
    return plain


def _scalar(node: Any) -> Any:
    word: str = node.value
    tag = str(node.tag)
    try:
        if tag == _NULL:
            return None
        if tag == _BOOL:
            return word.lower() == "true"
        if tag == _INT:
            return _integer(word.replace("_", ""))
        if tag == _FLOAT:
            return _floating(word.replace("_", "").lower())
    except ValueError:
        return word
    return word


def _integer(word: str) -> int:
    return int(word, 0) if word.lstrip("+-")[:2].lower() in {"0x", "0o"} else int(word)


def _floating(word: str) -> float:
    return float(word.replace(".inf", "inf").replace(".nan", "nan"))
