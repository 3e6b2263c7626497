"""References in any citation style, through pandoc where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from evidence.errors import Problem, Severity, WrongUsage
from evidence.model.authors import split_authors
from evidence.model.series import Citation

_ENTRY = re.compile(r'<div id="ref-([a-z0-9-]+)"[^>]*>(.*?)\n</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def to_csl_json(citations: Mapping[str, Citation]) -> list[dict[str, Any]]:
    """CSL-JSON items by series id, with whatever is known of each citation."""
    return [_item(name, citation) for name, citation in citations.items()]


def _item(name: str, citation: Citation) -> dict[str, Any]:
    fields = {
        "title": citation.title,
        "container-title": citation.journal,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.pages,
        "DOI": citation.doi,
        "PMID": citation.pmid,
    }
    item: dict[str, Any] = {"id": name, "type": "article-journal"}
    item |= {key: value for key, value in fields.items() if value}
    item["author"] = [{"literal": author} for author in split_authors(citation.authors)]
    if citation.year:
        item["issued"] = {"date-parts": [[citation.year]]}
    return item


def find_pandoc() -> str | None:
    """Path of pandoc: on the PATH, or the one that comes with the extra ``docx``."""
    found = shutil.which("pandoc")
    if found:
        return found
    try:
        import pypandoc
    except ImportError:
        return None
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return None


def cite(citations: Mapping[str, Citation], style: Path) -> dict[str, str]:
    """Each citation as text in the style of a CSL file.

    Raises:
        WrongUsage: the style does not exist, pandoc is not installed or refuses the style.
    """
    pandoc = find_pandoc()
    if not style.is_file():
        raise _refusal(f"the citation style {style.name} does not exist.", "check [report] csl")
    if pandoc is None:
        raise _refusal(
            f"the citation style {style.name} needs pandoc, which is not installed.",
            "install pandoc or 'evidence[docx]', or leave [report] csl out for Vancouver",
        )
    with tempfile.TemporaryDirectory() as folder:
        items = Path(folder, "items.json")
        items.write_text(json.dumps(to_csl_json(citations)), encoding="utf-8")
        command = [pandoc, "--citeproc", "--from=markdown", "--to=html", "--wrap=none"]
        command += [f"--csl={style}", f"--bibliography={items}"]
        done = subprocess.run(
            command,
            input="---\nnocite: '@*'\n---\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    if done.returncode:
        raise _refusal(f"pandoc refused {style.name}: {done.stderr.strip()}", "check the CSL file")
    return {
        name: " ".join(unescape(_TAG.sub(" ", entry)).split())
        for name, entry in _ENTRY.findall(done.stdout)
    }


def _refusal(message: str, remedy: str) -> WrongUsage:
    return WrongUsage(
        Problem(code="citation-style", severity=Severity.ERROR, message=message, remedy=remedy)
    )
