"""The log files of the profile: what the program did and where it failed, never what people answered.

The text of an exception may hold an answer (`could not convert 'Ayşe'`), so a failure is written as its type and the
places it passed through.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from kume_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_FULL_BYTES = 1_000_000
_KEPT_FILES = 3
_NO_ERROR_REPORT = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX."""
_crash_file: list[TextIO] = []


def folder() -> Path:
    """Where the log files lie; shown to a person who reports a failure."""
    place = paths.profile() / "logs"
    place.mkdir(parents=True, exist_ok=True)
    return place


def begin() -> Path:
    """Write the log of this process to `kume.log` and the stacks of a crash to `crash.log`; calling again is harmless.

    Returns:
        The log file.

    Raises:
        OSError: the profile cannot be written.
    """
    target = folder() / "kume.log"
    logger = logging.getLogger("kume_desktop")
    if not any(isinstance(handler, _LogFile) for handler in logger.handlers):
        _turn_over(target)
        handler = _LogFile(target, encoding="utf-8")
        handler.setFormatter(_Discreet("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    if not _crash_file:
        _crash_file.append((folder() / "crash.log").open("a", encoding="utf-8"))
        faulthandler.enable(_crash_file[0])
        _keep_memory()
    return target


def _keep_memory() -> None:
    """Let the system write no image of this process's memory when it crashes: answers and keys stand in it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_REPORT)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _turn_over(target: Path) -> None:
    """Put a log that has grown large aside; where another process holds it open (Windows), it grows on for now."""
    if not target.is_file() or target.stat().st_size < _FULL_BYTES:
        return
    older = [target, *(target.with_name(f"kume.{number}.log") for number in range(1, _KEPT_FILES + 1))]
    with suppress(PermissionError):
        for newer, place in zip(older[-2::-1], older[:0:-1], strict=True):
            if newer.is_file():
                newer.replace(place)


def end() -> None:
    """Close the files that `begin` opened."""
    logger = logging.getLogger("kume_desktop")
    for handler in [h for h in logger.handlers if isinstance(h, _LogFile)]:
        logger.removeHandler(handler)
        handler.close()
    if _crash_file:
        faulthandler.disable()
        _crash_file.pop().close()


def outline(error: BaseException) -> str:
    """The type of `error`, of what caused it, and the places they passed through, without their texts."""
    lines = [f"{type(error).__module__}.{type(error).__qualname__}\n"]
    places = traceback.extract_tb(error.__traceback__)
    lines += [f"  {place.filename}:{place.lineno} in {place.name}\n" for place in places]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += ["caused by ", outline(cause)]
    return "".join(lines)


class _LogFile(logging.FileHandler):
    """The handler that `begin` adds and `end` takes away."""


class _Discreet(logging.Formatter):
    """Formats a failure without the text of the exception."""

    def formatException(  # noqa: N802 - the standard library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Give the outline of the failure that a record carries."""
        return outline(ei[1]) if ei[1] is not None else ""
