"""Long work in a process of its own: the client of `kume --worker`, with progress and cancel.

The worker reads one JSON request on its standard input and answers in JSON lines: `{"progress": [done, total, text]}`,
then `{"result": {...}}` or `{"problems": [...]}`. The window never waits for it.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from kume_desktop.gui.page import Progress
from kume_desktop.problems import Param, Problem, Severity, Where, problem

_log = logging.getLogger(__name__)
_PATIENCE_MS = 3000


def command() -> tuple[str, list[str]]:
    """Program and arguments that start a worker, from source and frozen."""
    if getattr(sys, "frozen", False):
        return sys.executable, ["--worker"]
    return sys.executable, ["-m", "kume_desktop", "--worker"]


def start_lightly(process: QProcess) -> None:
    """Where the system has it, start without copying the page tables of a large window (milliseconds instead of 50)."""
    flags = getattr(QProcess, "UnixProcessFlag", None)
    if flags is not None:
        process.setUnixProcessParameters(flags.UseVFork)


class Task(QObject):
    """One piece of long work; exactly one of `finished`, `refused` and `cancelled` comes at the end."""

    progressed = Signal(object)
    finished = Signal(object)
    refused = Signal(object)
    cancelled = Signal()

    def __init__(self, request: Mapping[str, object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = json.dumps(request, ensure_ascii=False, default=str)
        self._rest = b""
        self._answer: Mapping[str, object] | None = None
        self._cancelled = False
        self._ended = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._failed)

    @property
    def is_running(self) -> bool:
        """Whether the end has not come yet."""
        return not self._ended and self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, command_line: tuple[str, list[str]] | None = None) -> None:
        """Start the worker and hand it the request."""
        program, arguments = command_line or command()
        start_lightly(self._process)
        self._process.start(program, arguments)
        self._process.write(self._request.encode() + b"\n")
        self._process.closeWriteChannel()

    def cancel(self) -> None:
        """Stop the worker; what it staged is left aside by it, nothing stored is harmed."""
        if self.is_running:
            self._cancelled = True
            self._process.terminate()
            QTimer.singleShot(_PATIENCE_MS, self, self._process.kill)

    def _read(self) -> None:
        lines = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        for line in filter(None, lines):
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            _log.warning("the worker wrote a line that is not JSON")
            return
        if not isinstance(told, dict):
            return
        if "progress" in told:
            done, total, text = told["progress"]
            self.progressed.emit(Progress(int(done), int(total), str(text)))
        else:
            self._answer = told

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _end(self, *_how: object) -> None:
        if self._ended:
            return
        self._read()
        self._ended = True
        answer = self._answer or {}
        if "result" in answer:
            self.finished.emit(answer["result"])
        elif self._cancelled:
            self.cancelled.emit()
        else:
            self.refused.emit(problems_of(answer.get("problems")) or (self._crash(),))

    def _crash(self) -> Problem:
        _log.error("the worker ended without an answer, exit code %s", self._process.exitCode())
        return problem("window.worker-ended", code=self._process.exitCode())


def problems_of(given: object) -> tuple[Problem, ...]:
    """The problems that a worker told."""
    if not isinstance(given, list):
        return ()
    return tuple(_problem(entry) for entry in given if isinstance(entry, dict) and "code" in entry)


def _problem(entry: Mapping[str, object]) -> Problem:
    where, params = entry.get("where"), entry.get("params")
    place = Where(**where) if isinstance(where, dict) else Where()
    filled: dict[str, Param] = dict(params) if isinstance(params, dict) else {}
    return Problem(str(entry["code"]), filled, place, Severity(str(entry.get("severity", "error"))))
