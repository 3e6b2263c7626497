"""Programs that turn a PDF into text, each as a function; one that is not installed is left out."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path


def _pdftotext(*flags: str) -> Callable[[Path], str]:
    def dump(path: Path) -> str:
        command = ["pdftotext", "-q", *flags, str(path), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return dump


def _pypdf(mode: str) -> Callable[[Path], str]:
    def dump(path: Path) -> str:
        import pypdf  # type: ignore[import-not-found]

        pages = pypdf.PdfReader(path).pages
        return "\f".join(page.extract_text(extraction_mode=mode) for page in pages)

    return dump


def _pdfplumber(layout: bool) -> Callable[[Path], str]:
    def dump(path: Path) -> str:
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            return "\f".join(page.extract_text(layout=layout) for page in pdf.pages)

    return dump


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def _pdfium(path: Path) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(path)
    return "\f".join(page.get_textpage().get_text_range() for page in pages)


def _mupdf(path: Path) -> str:
    import pymupdf  # type: ignore[import-not-found]

    with pymupdf.open(path) as pages:
        return "\f".join(page.get_text() for page in pages)


def _doubled(path: Path) -> str:
    """``pdftotext -raw`` with blanks doubled at random: gaps that mean nothing."""
    chance = random.Random(path.name)
    text = _pdftotext("-raw")(path)
    return "".join("  " if c == " " and chance.random() < 0.3 else c for c in text)


def _copied(path: Path) -> str:
    """What a browser copies of the page the PDF was printed from."""
    return path.with_suffix(".copied").read_text(encoding="utf-8")


_ALL: dict[str, tuple[str | None, Callable[[Path], str]]] = {
    "layout": (None, _pdftotext("-layout")),
    "pypdf-layout": ("pypdf", _pypdf("layout")),
    "pdfplumber-layout": (None, _pdfplumber(True)),
    "raw": (None, _pdftotext("-raw")),
    "plain": (None, _pdftotext()),
    "pypdf": ("pypdf", _pypdf("plain")),
    "pdfium": (None, _pdfium),
    "mupdf": ("pymupdf", _mupdf),
    "pdfplumber": (None, _pdfplumber(False)),
    "pdfminer": (None, _pdfminer),
    "doubled": (None, _doubled),
    "copied": (None, _copied),
}
"""Name → (package it needs beside the project's own, PDF → text)."""
PROGRAMS = {
    name: dump for name, (package, dump) in _ALL.items() if package is None or find_spec(package)
}
"""Those that are installed."""
