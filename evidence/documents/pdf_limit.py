"""Limits around the reading of pages: time for one page, and no needless garbage collection."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class PageTimeout(Exception):
    """A page took longer than its limit."""


class _Stop(BaseException):
    """Raised by the timer; not an Exception, so that no library swallows it on the way."""


@contextmanager
def page_limit(seconds: float) -> Iterator[None]:
    """Raise PageTimeout in the block after ``seconds``.

    Uses an interval timer, which exists in the main thread of a process only; elsewhere the block
    runs without a limit and the caller's own (a worker process with a timeout) holds.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stop

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Stop as stopped:
        raise PageTimeout(f"not read within {seconds:g} s") from stopped
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
