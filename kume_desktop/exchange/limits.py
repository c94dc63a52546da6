"""Limits of a process that reads what a stranger wrote: it ends itself where the file takes too long or too much.

Only the worker process runs under them: its end is reported to the window as a refusal, and the window goes on.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

SECONDS = 60.0
"""Of the processor's time: a slow or busy computer is given more of the clock's."""
PATIENCE = 10
"""How many times as long it may take by the clock."""
MEGABYTES = 1_000
"""Above what the process takes before it begins to read."""
TOO_LONG = 3
"""Exit code of a process that took too long."""
_LOOKS_EVERY = 0.25


@contextlib.contextmanager
def within(tell: Callable[[], None], seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Iterator[None]:
    """Carry out the body within time and memory, in a process of its own.

    After `seconds` of work, or `PATIENCE` times as long by the clock, the process calls `tell` and ends with exit code
    `TOO_LONG`. Memory beyond `megabytes` is a MemoryError; where the system has no such limit (Windows) the caps of
    the guard alone bound it.
    """
    done = threading.Event()
    threading.Thread(target=_watch, args=(done, tell, seconds), daemon=True).start()
    try:
        with _memory(megabytes):
            yield
    finally:
        done.set()


def _watch(done: threading.Event, tell: Callable[[], None], seconds: float) -> None:
    worked, at = time.process_time(), time.monotonic()
    while not done.wait(_LOOKS_EVERY):
        if time.process_time() - worked > seconds or time.monotonic() - at > seconds * PATIENCE:
            try:
                tell()
            finally:
                os._exit(TOO_LONG)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _memory(megabytes: int) -> Iterator[None]:  # noqa: ARG001 - the system has no such limit
        yield

else:

    @contextlib.contextmanager
    def _memory(megabytes: int) -> Iterator[None]:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _taken() + megabytes * 1_000_000
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def _taken() -> int:
        """Bytes of address space that the process has now; an estimate where the system does not tell."""
        import resource

        try:
            with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - a pseudo file
                return int(told.read().split()[0]) * resource.getpagesize()
        except OSError:
            return 2_000_000_000
