"""A worker that stays beside the window: questions that read a whole study are answered without holding a page up.

One process for the open study, one question after the other. It is started by the first question, ends by itself after
a while without one, and goes with the study. It only reads: stopping it harms nothing.
"""

from __future__ import annotations

import atexit
import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from shiboken6 import isValid

from kume_desktop.gui import tasks
from kume_desktop.problems import Problem, problem

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

_log = logging.getLogger(__name__)
_IDLE_MS = 600_000
_GOING_MS = 1000
_running: set[Companion] = set()


class Question(QObject):
    """One question; `answered` carries the worker's record, `refused` problems. Neither comes after `drop`."""

    answered = Signal(object)
    refused = Signal(object)

    def __init__(self, verb: str, params: Mapping[str, object], parent: QObject) -> None:
        super().__init__(parent)
        self.verb, self.params = verb, params
        self._is_dropped = False

    @property
    def is_wanted(self) -> bool:
        """Whether anybody still waits."""
        return not self._is_dropped

    def drop(self) -> None:
        """Nobody waits any more."""
        self._is_dropped = True


class Companion(QObject):
    """Answers in the order of the questions; a question that nobody waits for any more is not asked."""

    def __init__(self, study: Study, parent: QObject) -> None:
        super().__init__(parent)
        self._study = study
        self._process: QProcess | None = None
        self._rest = b""
        self._asked: Question | None = None
        self._waiting: list[Question] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.end)

    @property
    def is_running(self) -> bool:
        """Whether its process is there."""
        return self._process is not None

    def ask(self, owner: QObject, verb: str, **params: object) -> Question:
        """Ask a verb of `services.companion`; the question belongs to `owner` and goes with it."""
        question = Question(verb, params, owner)
        self._waiting.append(question)
        self._idle.stop()
        # Whoever asks connects first.
        QTimer.singleShot(0, self, self._next)
        return question

    def end(self) -> None:
        """Stop the process; questions that wait get no answer."""
        self._waiting = []
        self._idle.stop()
        process, self._process, self._asked, self._rest = self._process, None, None, b""
        _running.discard(self)
        if process is not None:
            process.readyReadStandardOutput.disconnect()
            process.finished.disconnect()
            process.errorOccurred.disconnect()
            process.kill()
            process.waitForFinished(_GOING_MS)
            process.deleteLater()

    def _next(self) -> None:
        if self._asked is not None:
            return
        self._waiting = [one for one in self._waiting if isValid(one) and one.is_wanted]
        if not self._waiting:
            self._idle.start()
            return
        from kume_desktop.services import worker

        self._asked = question = self._waiting.pop(0)
        request = worker.request(self._study, question.verb, **question.params)
        self._started().write(json.dumps(request, ensure_ascii=False, default=str).encode() + b"\n")

    def _started(self) -> QProcess:
        if self._process is None:
            process = self._process = QProcess(self)
            process.readyReadStandardOutput.connect(self._read)
            process.finished.connect(self._ended)
            process.errorOccurred.connect(self._failed)
            # Nobody reads it here, and a full pipe would hold the process up; the log file has what matters.
            process.setStandardErrorFile(QProcess.nullDevice())
            tasks.start_lightly(process)
            program, arguments = tasks.command()
            process.start(program, arguments)
            _running.add(self)
        return self._process

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        lines = (self._rest + bytes(process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        for line in filter(None, lines):
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            told: Any = json.loads(line)
        except ValueError:
            _log.warning("the companion wrote a line that is not JSON")
            return
        if not isinstance(told, dict):
            return
        if "result" in told:
            self._answer(told["result"], ())
        elif "problems" in told:
            self._answer(None, tasks.problems_of(told["problems"]))

    def _answer(self, result: object, problems: tuple[Problem, ...]) -> None:
        question, self._asked = self._asked, None
        QTimer.singleShot(0, self, self._next)
        if question is None or not isValid(question) or not question.is_wanted:
            return
        if problems:
            question.refused.emit(problems)
        else:
            question.answered.emit(result)
        if isValid(question):
            question.deleteLater()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self, *_how: object) -> None:
        """The process is gone before it was asked to go: the next question starts another one."""
        self._read()
        process, self._process, self._rest = self._process, None, b""
        _running.discard(self)
        code = process.exitCode() if process is not None else 0
        if process is not None:
            process.deleteLater()
        if self._asked is not None:
            _log.error("the companion ended without an answer, exit code %s", code)
            self._answer(None, (problem("window.worker-ended", code=code),))


def _end_all() -> None:
    """A process must not outlive the program, and Qt must not find it running while the program is taken down."""
    for companion in tuple(_running):
        if isValid(companion):
            companion.end()


atexit.register(_end_all)
