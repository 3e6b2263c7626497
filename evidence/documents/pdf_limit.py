"""Limits around the reading of pages: time for one page, and no needless garbage collection."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class PageTimeout(Exception):
    """A page took longer than its limit."""


class _Stop(BaseException):
    """Raised by the timer; not an Exception, so that no library swallows it on the way."""


class page_limit:  # noqa: N801  (used as a function is)
    """Raise PageTimeout in the block after ``seconds``.

    Uses an interval timer, which exists in the main thread of a process only; elsewhere the block
    runs without a limit and the caller's own (a worker process with a timeout) holds.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.late = False
        self.before: Any = None
        self.armed = threading.current_thread() is threading.main_thread() and hasattr(
            signal, "setitimer"
        )

    def __enter__(self) -> None:
        if self.armed:
            self.before = signal.signal(signal.SIGALRM, self._stop)
            signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Stop the block; a signal that arrives as the block is left is only noted."""
        if frame is not None and frame.f_code is page_limit.__exit__.__code__:
            self.late = True
        else:
            raise _Stop

    def __exit__(self, kind: type[BaseException] | None, error: Any, trace: Any) -> None:
        if not self.armed:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)
        if self.late or kind is _Stop:
            raise PageTimeout(f"not read within {self.seconds:g} s") from error


@contextmanager
def few_collections() -> Iterator[None]:
    """Hold the garbage collector while many small objects without cycles are made.

    Saves a tenth of the time of a paper; call ``gc.collect`` now and then in long documents.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
