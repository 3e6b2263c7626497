"""What pdfminer says while it reads a page: kept where print may be lost, and never printed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

LOST = re.compile(
    r"^Data-loss|^Cannot render|^Cannot concatenate|^Could not set (?:\w+ )*"
    r"(?:spacing|scaling|leading|font|rise|matrix)\b"
)
"""Messages after which characters are missing or stand elsewhere; others concern colours."""


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message that tells of lost print."""
        message = record.getMessage()
        if LOST.match(message):
            self.messages.append(message)


@contextmanager
def kept_messages() -> Iterator[list[str]]:
    """The messages of pdfminer in the block that tell of lost print."""
    logger = logging.getLogger("pdfminer")
    keeper, before = _Keeper(), (logger.propagate, logger.level)
    logger.addHandler(keeper)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield keeper.messages
    finally:
        logger.removeHandler(keeper)
        logger.propagate, level = before
        logger.setLevel(level)
