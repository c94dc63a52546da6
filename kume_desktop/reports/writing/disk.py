"""Why a file could not be written, as a Problem."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from kume_desktop.problems import Problem, Refused, problem

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_READ_ONLY = frozenset({errno.EROFS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
_IN_USE = frozenset({errno.EBUSY, errno.ETXTBSY})
_LEFT_SECONDS = 600


def refusal(error: OSError, target: Path) -> Problem:
    """The problem that `error` is for somebody who wanted to write `target`.

    Windows denies the replacing of a file that Excel holds open; a denial in a folder that can be written is that.
    """
    reason = error.strerror or str(error)
    return problem(_code(error, target), file=target.name, folder=str(target.parent), reason=reason)


def _code(error: OSError, target: Path) -> str:
    if error.errno in _FULL:
        return "report.disk-full"
    if error.errno in _MISSING:
        return "report.folder-missing"
    if error.errno == errno.EISDIR or target.is_dir():
        return "report.target-is-a-folder"
    if error.errno in _IN_USE or (error.errno in _DENIED and target.exists() and os.access(target.parent, os.W_OK)):
        return "report.file-open"
    if error.errno in _DENIED or error.errno in _READ_ONLY:
        return "report.folder-read-only"
    return "report.not-written"


def to_disk(file: Path) -> None:
    """Make sure that a written file is on the disk before it takes the place of another."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


@contextmanager
def refusing(target: Path) -> Iterator[None]:
    """Turn what the disk says into a refusal of `target`."""
    try:
        yield
    except OSError as error:
        raise Refused(refusal(error, target)) from error


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Where a file is written before it takes its place; what is there at the end goes.

    What an earlier writing left there goes too, if it was killed and is over for a while: it holds answers.
    """
    for left in target.parent.glob(f".{escape(target.name)}.*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def made_folder(folder: Path) -> None:
    """Make a folder where it is not there; raises Refused where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(problem("report.folder-read-only", folder=str(folder))) from error
