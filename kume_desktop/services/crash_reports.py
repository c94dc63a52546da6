"""Reports of failures of the program itself: where it failed, for whoever mends it; a person reads one first.

A report is a text file in the profile. It names versions, the kind of the failure and the places in the program that
it passed through, nothing that was typed: the text of an exception may hold an answer, a path the name of a person, so
both are left out. A crash that takes the process away leaves Python's stacks in `crash.log`; the next start makes a
report of the lines in it whose shape is known. Nothing is ever sent.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType

import kume_desktop
from kume_desktop import logs, paths
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_, tr

KEPT = 20
SUFFIX = ".txt"
_LONGEST = 200_000
"""Bytes of `crash.log` that are read: a process that crashes again and again writes no more of use."""
_ELSEWHERE = "?"
# Not compiled here: the start of the window imports this, and hardly ever reads a crash.
_HEAD = r"(Fatal Python error|Windows fatal exception): [\w ,()'-]{1,120}"
_THREAD = r"(Current thread|Thread) 0x[0-9a-fA-F]+.*\(most recent call first\):"
_PLACE = r'  File "(?P<file>.*)", line (?P<line>\d+|\?\?\?) in (?P<name>[\w<>.]+|\?\?\?)'
_HARMLESS = r"Windows fatal exception: code 0x8001010d"
"""COM refuses a call while a message is being handled; Qt goes on, and so does the program."""


class Where(StrEnum):
    """Which part of the program failed."""

    WINDOW = "window"
    THREAD = "thread"
    WORKER = "worker"
    COMMAND = "command"
    CRASH = "crash"


_WORDS = {
    Where.WINDOW: N_("the window"),
    Where.THREAD: N_("a thread beside the window"),
    Where.WORKER: N_("a process beside the window"),
    Where.COMMAND: N_("the command line"),
    Where.CRASH: N_("a process that ended at once"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it lies in the profile."""

    path: Path
    at: datetime
    text: str


def folder() -> Path:
    """Where the reports lie until a person deletes them."""
    return paths.profile() / "crashes"


def text_of(error: BaseException, where: Where, at: datetime | None = None) -> str:
    """The report of an exception: what a person reads, saves and hands on."""
    return _text(where, at or datetime.now().astimezone(), _outline(error))


def note(error: BaseException, where: Where) -> Path | None:
    """Keep a report of an exception, or the one of the same failure that waits; None where the disk refuses it."""
    outline = _outline(error)
    return _keep(outline, _text(where, datetime.now().astimezone(), outline))


def waiting() -> tuple[Report, ...]:
    """The reports that nobody has deleted, newest first; what a crash has left is made a report now."""
    _take_crash_log()
    found = []
    for path in folder().glob(f"*{SUFFIX}") if folder().is_dir() else ():
        with suppress(OSError, UnicodeDecodeError):
            at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            found.append(Report(path, at, path.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def delete(report: Report) -> None:
    """Delete a report."""
    report.path.unlink(missing_ok=True)


def save(report: Report, target: Path) -> None:
    """Write a report to a file that a person chose.

    Raises:
        Refused: `crash.not-saved`.
    """
    try:
        target.write_text(report.text, encoding="utf-8")
    except OSError as error:
        raise Refused(problem("crash.not-saved", file=target.name, reason=error.strerror or "")) from error


def watch(where: Where) -> None:
    """Keep a report of every exception that nobody catches in this process, and write its outline to the log."""

    def take(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _tell(error, where)

    def take_of_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            _tell(told.exc_value, where)

    sys.excepthook, threading.excepthook = take, take_of_thread


def _tell(error: BaseException, where: Where) -> None:
    import logging

    logging.getLogger(__name__).critical("unexpected failure", exc_info=(type(error), error, error.__traceback__))
    note(error, where)
    with suppress(OSError, ValueError):
        sys.stderr.write(text_of(error, where))


def _keep(outline: str, text: str) -> Path | None:
    digest = hashlib.sha256(outline.encode()).hexdigest()[:8]
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        for same in place.glob(f"*-{digest}{SUFFIX}"):
            return same
        older = sorted(place.glob(f"*{SUFFIX}"), reverse=True)
        for superfluous in older[KEPT - 1 :]:
            superfluous.unlink(missing_ok=True)
        target = place / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{digest}{SUFFIX}"
        target.write_text(text, encoding="utf-8")
    except OSError:
        # The disk may be what failed; the log and the box in the window have told it.
        return None
    return target


def _text(where: Where, at: datetime, outline: str) -> str:
    import platform

    lines = [
        tr(N_("Küme Desktop {version}: report of a failure"), version=kume_desktop.__version__),
        f"{at:%Y-%m-%d %H:%M}",
        f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}{_qt()}",
        tr(N_("It failed in: {place}"), place=tr(_WORDS[where])),
        "",
    ]
    return "\n".join(lines) + "\n" + outline


def _qt() -> str:
    core = sys.modules.get("PySide6.QtCore")
    return f", Qt {core.qVersion()}" if core is not None else ""


def _outline(error: BaseException) -> str:
    """The outline of the log with the folders of this computer taken out of its places."""
    return "".join(f"{_shortened(line)}\n" for line in logs.outline(error).splitlines())


def _shortened(line: str) -> str:
    found = re.fullmatch(r"  (?P<file>.+):(?P<line>\d+) in (?P<name>.+)", line)
    return line if found is None else f"  {_place(found['file'])}:{found['line']} in {found['name']}"


def _place(file: str) -> str:
    """A file of the program or its libraries without what stands before it; any other is not named."""
    if not Path(file).is_absolute():
        return file if file.startswith(("kume_desktop", "<frozen ")) else _ELSEWHERE
    for root in _roots():
        with suppress(ValueError):
            return Path(file).relative_to(root).as_posix()
    return _ELSEWHERE


def _roots() -> Iterator[Path]:
    import sysconfig

    for name in ("purelib", "platlib", "stdlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(kume_desktop.__file__).parent.parent


def _take_crash_log() -> None:
    """Make a report of what a crash has written, and empty the file."""
    source = logs.folder() / "crash.log"
    try:
        if not source.stat().st_size:
            return
        at = datetime.fromtimestamp(source.stat().st_mtime).astimezone()
        with source.open("rb") as file:
            told = file.read(_LONGEST).decode("utf-8", "replace")
        outline = "".join(_known(told))
        if outline and _keep(outline, _text(Where.CRASH, at, outline)) is None:
            return
        os.truncate(source, 0)
    except OSError:
        # It is asked for again at the next start.
        return


def _known(told: str) -> Iterator[str]:
    """The lines of a crash whose shape is known, without folders; every other line is left out."""
    is_wanted = True
    for line in told.splitlines():
        if re.fullmatch(_HEAD, line):
            is_wanted = re.fullmatch(_HARMLESS, line) is None
            head = line
        elif re.fullmatch(_THREAD, line):
            head = "Current thread:" if line.startswith("Current") else "Thread:"
        elif (found := re.fullmatch(_PLACE, line)) is not None:
            head = f"  {_place(found['file'])}:{found['line']} in {found['name']}"
        else:
            continue
        if is_wanted:
            yield head + "\n"
