"""The real window with an interview in front; an answer is saved, something fails, another answer is saved.

Run as a program: STUDY UNIT_ID PLACE KIND,KIND... One line of JSON before the failures and one at the end: whether the
window lives, what it said to the person after each, and the answers it had shown as saved.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from kume_desktop import logs, settings, texts
from kume_desktop.gui import failing, tasks
from kume_desktop.gui.app import make_application
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import studies, worker
from tests.studies import PASSPHRASE

CANARY = "Kanarya Yılmaz 5551234567"
FORM = "is_ihtiyac"
FIRST, SECOND = "gorusme_bicimi", "aydinlatma_okundu"
PATIENCE_MS = 180_000
BROKEN = """
import sys
from kume_desktop.services import about, companion
from tests.reliability import failing
fails = failing.act(sys.argv[1])
about.told = lambda: fails()
companion.VERBS = {**companion.VERBS, companion.HASHES: lambda *_asked: fails()}
sys.argv = ["kume", "--worker"]
import kume_desktop.__main__ as entry
raise SystemExit(entry.main())
"""


def _caused() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        raise RuntimeError(CANARY) from error


def _deep(text: str) -> int:
    return _deep(text) + 1


def _no_memory() -> None:
    raise MemoryError(CANARY)


def act(kind: str) -> Callable[[], object]:
    """What fails, and how."""
    return {
        "value": lambda: int(CANARY),
        "key": lambda: {}[CANARY],
        "memory": _no_memory,
        "recursion": lambda: _deep(CANARY),
        "caused": _caused,
        "segfault": faulthandler._sigsegv,
        "abort": faulthandler._sigabrt,
    }[kind]


class Failing(QObject):
    """Fails in a slot."""

    asked = Signal()

    def __init__(self, fail: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.asked.connect(fail)


class Overriding(QWidget):
    """Fails in an override of Qt's."""

    def __init__(self, fail: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._fail = fail

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: ARG002 - it fails before it looks
        self._fail()


class Running(QRunnable):
    """Fails in one of Qt's threads."""

    def __init__(self, fail: Callable[[], object]) -> None:
        super().__init__()
        self._fail = fail

    def run(self) -> None:
        self._fail()


def _key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "1")


class Program:
    """The window, and what it said."""

    def __init__(self, study: str, unit_id: str) -> None:
        logs.begin()
        self.app = make_application()
        failing.Failures(self.app).begin()
        self.desk = Desk(settings.Settings(motion=False))
        self.desk.open(studies.open_study(Path(study), PASSPHRASE))
        self.window = Window(self.desk, InterviewRoute(unit_id, FORM))
        self.window.show()
        self.said: list[str] = []
        self.saved: dict[str, str] = {}

    def answer(self, name: str, then: Callable[[], None]) -> None:
        """Press a key at a question; go on once the bar calls the answer saved, and note it."""
        page = self.window.page
        assert isinstance(page, InterviewPage) and page.body is not None
        body = page.body
        path = body.session.interview.path_of(name)
        body.guide.show_question(path)
        QApplication.sendEvent(QApplication.focusWidget() or self.window, _key())
        timer = QTimer(self.window)
        timer.setInterval(20)

        def look() -> None:
            # A backup that is just being made may hold an answer up.
            if body.course.recorder.state.kind is SaveKind.SAVED and not body.course.recorder.waiting:
                timer.stop()
                self.saved[path] = body.session.interview.value(path)
                then()

        timer.timeout.connect(look)
        timer.start()

    def fail(self, place: str, kind: str) -> None:
        """Let something fail at a place."""
        fail = act(kind)
        if place == "slot":
            Failing(fail, self.window).asked.emit()
        elif place == "timer":
            QTimer.singleShot(0, self.window, partial(fail))
        elif place == "override":
            QApplication.postEvent(Overriding(fail, self.window), _key())
        elif place == "nested":
            # Not from the event loop, as keys come, but with Python above it on the stack.
            QApplication.sendEvent(Overriding(fail, self.window), _key())
        elif place == "qt-thread":
            self._run = Running(fail)
            self._run.setAutoDelete(False)
            QThreadPool.globalInstance().start(self._run)
        elif place == "thread":
            threading.Thread(target=fail).start()
        else:
            self._fail_beside(place, kind)

    def _fail_beside(self, place: str, kind: str) -> None:
        tasks.command = lambda: (sys.executable, ["-c", BROKEN, kind])
        if place == "worker":
            task = tasks.Task(worker.request(self.desk.study, "about"), self.window)
            task.refused.connect(self._told)
            task.start()
        else:
            self.desk.companion.end()
            question = self.desk.companion.ask(self.window, "hashes")
            question.refused.connect(self._told)

    def _told(self, problems: object) -> None:
        self.said.append("; ".join(texts.say(one) for one in problems))  # type: ignore[attr-defined]

    def fail_in_turn(self, place: str, kinds: list[str], then: Callable[[], None]) -> None:
        """Let one thing after the other fail, each after the person was told of the one before."""
        done = 0
        timer = QTimer(self.window)
        timer.setInterval(20)

        def look() -> None:
            nonlocal done
            for box in QApplication.topLevelWidgets():
                if isinstance(box, QMessageBox) and box.isVisible():
                    self.said.append(box.text())
                    assert CANARY not in box.detailedText()
                    box.done(0)
            if len(self.said) < done:
                return
            if done == len(kinds):
                timer.stop()
                then()
            else:
                done += 1
                self.fail(place, kinds[done - 1])

        timer.timeout.connect(look)
        timer.start()
        QTimer.singleShot(PATIENCE_MS, self.window, partial(self.app.exit, 9))

    def tell(self, *, alive: bool) -> None:
        print(json.dumps({"alive": alive, "said": self.said, "saved": self.saved}), flush=True)

    def end(self) -> None:
        """One more answer, and the end."""

        def close() -> None:
            self.tell(alive=len(self.saved) == 2)
            self.window.close()
            self.desk.close()
            self.app.exit(0)

        self.answer(SECOND, close)


def main(study: str, unit_id: str, place: str, kinds: str) -> int:
    program = Program(study, unit_id)

    def fail() -> None:
        program.tell(alive=False)
        program.fail_in_turn(place, kinds.split(","), program.end)

    QTimer.singleShot(50, program.window, partial(program.answer, FIRST, fail))
    return int(program.app.exec())


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
