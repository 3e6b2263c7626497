"""The ``evidence`` command: finds the subcommand by name and runs it.

Each subcommand lives in its own module under ``evidence/commands/`` and is imported only when it
is called, so that ``evidence --help`` stays instant.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

    from evidence.errors import EvidenceError

COMMANDS: dict[str, str] = {
    "init": "a new review folder",
    "add": "read papers into extracted/, print what was found and what is in doubt",
    "extract": "what `add` would write, written nowhere",
    "tables": "every table of a paper as grids with page and boxes",
    "table": "the evidence table (text, csv, json, markdown)",
    "audit": "every inconsistency, with arithmetic and place; exit 1 if any is open",
    "pool": "pooled proportions, heterogeneity, contrasts, warnings",
    "power": "what one more series would tell, and how many patients a contrast needs",
    "report": "render reports/ from the evidence as it stands",
    "plot": "one figure (svg, png, pdf)",
    "diff": "which rows and which pooled numbers changed since then, and why",
    "export": "the evidence for other programs: xlsx, sqlite, parquet, R, references",
    "run": "the main job: add what is new in sources/, audit, pool, report",
    "status": "where the review stands, and the next step",
}

STOPPED = 130
"""Exit code of a command stopped from the keyboard."""

COLLECT_AFTER = 100_000
"""New objects between two garbage collections: most commands end before the first."""

USAGE = """\
Usage: evidence COMMAND [OPTIONS]

Literature evidence synthesis of single-arm clinical series: every number with its source.

Commands:
{commands}

`evidence COMMAND --help` shows a command's options and an example.
Exit codes: 0 clean, 1 findings in the data, 2 wrong usage, 3 a file that cannot be read.
"""


def overview() -> str:
    """The help text of the whole command."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {line}" for name, line in COMMANDS.items()]
    return USAGE.format(commands="\n".join(lines))


def make_app(name: str) -> typer.Typer:
    """A typer application holding the one subcommand."""
    from importlib import import_module

    import typer

    command = import_module(f"evidence.commands.{name}").command
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name)(command)
    return app


def report_error(error: EvidenceError, *, as_json: bool) -> int:
    """Print every problem of an error, sorted by place; returns its exit code."""
    from evidence.errors import sort_problems

    problems = sort_problems(error.problems)
    if as_json:
        import json

        print(json.dumps({"problems": [p.to_dict() for p in problems]}, ensure_ascii=False))
    else:
        from evidence.commands.printing import wrapped

        for problem in problems:
            told = str(problem)
            print(wrapped(told) if sys.stderr.isatty() else told, file=sys.stderr)
    return error.exit_code


def unknown_command(name: str) -> int:
    """Say which command was meant, or which there are; returns exit code 2."""
    from evidence.errors import unknown_name

    return report_error(unknown_name("command", name, list(COMMANDS)), as_json=False)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(overview(), end="")
        return 0
    if arguments[0] in ("--version", "-V"):
        from evidence.version import __version__

        print(f"evidence {__version__}")
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        return unknown_command(name)
    from evidence.errors import EvidenceError

    app = make_app(name)
    try:
        result: Any = app(rest, prog_name=f"evidence {name}", standalone_mode=True)
    except EvidenceError as error:
        return report_error(error, as_json="--json" in rest)
    except BrokenPipeError:
        raise
    except OSError as error:
        return report_error(_refused(error), as_json="--json" in rest)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return int(result or 0)


def _refused(error: OSError) -> EvidenceError:
    """What the system refused: a read-only folder, a full disk."""
    from pathlib import Path

    from evidence.errors import Place, Problem, Severity, UnreadableDocument

    path = Path(str(error.filename)) if error.filename else Path.cwd()
    place = path.parent if path.name.endswith(".tmp") else path
    return UnreadableDocument(
        Problem(
            code="system-refused",
            severity=Severity.ERROR,
            message=f"cannot be opened or written: {(error.strerror or str(error)).lower()}.",
            remedy="check the rights and the free space of the folder, then run the command again",
            source=Place(document=str(place)),
        )
    )


def main() -> None:
    """Entry point of the ``evidence`` script."""
    gc.set_threshold(COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    if code == STOPPED:
        print(
            "Stopped. Every file written so far is whole; run the command again to go on.",
            file=sys.stderr,
        )
    gc.freeze()  # the process ends: nothing is worth a last collection
    sys.exit(code)


if __name__ == "__main__":
    main()
