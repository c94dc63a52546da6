"""The real window: firms are listed, a visit is begun, an answer is being typed; something fails, then it crashes.

Run as a program: STUDY UNIT_ID WORD. A line tells in how many fields the word stood before the crash.
"""

from __future__ import annotations

import faulthandler
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from kume_desktop import logs, settings
from kume_desktop.gui import failing
from kume_desktop.gui.app import make_application
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, VisitRoute
from kume_desktop.gui.window import Window
from kume_desktop.instruments.model import Kind
from kume_desktop.services import studies
from tests.gui.shell.stage import type_text
from tests.reliability.test_confidentiality import PASSPHRASE

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)
FORM = "is_ihtiyac"


class Typist:
    """Types a word wherever it is let, one step after the other from the event loop."""

    def __init__(self, study: Path, unit_id: str, word: str) -> None:
        logs.begin()
        self.app = make_application()
        failing.Failures(self.app).begin()
        self.desk = Desk(settings.Settings(motion=False))
        self.desk.open(studies.open_study(study, PASSPHRASE))
        self.window = Window(self.desk, FieldRoute())
        self.window.show()
        self.unit_id, self.word, self.typed = unit_id, word, 0
        self.steps = [self.find, self.visit, self.interview, self.answer, self.fail, self.crash]
        self.timer = QTimer(self.window)
        self.timer.setInterval(300)
        self.timer.timeout.connect(self.next)
        self.timer.start()

    def next(self) -> None:
        self.steps.pop(0)()

    def type_into(self, field: QWidget) -> None:
        field.setFocus()
        type_text(field, self.word)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined]
        self.typed += self.word in text

    def find(self) -> None:
        """Look for the word in the palette."""
        QTest.keyClick(self.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        focus = QApplication.focusWidget()
        if isinstance(focus, FIELDS):
            self.type_into(focus)
            QTest.keyClick(focus, Qt.Key.Key_Escape)

    def visit(self) -> None:
        """Begin the note of a visit."""
        self.window.go(VisitRoute(self.unit_id))
        self._type_into_all()

    def interview(self) -> None:
        self.window.go(InterviewRoute(self.unit_id, FORM))

    def answer(self) -> None:
        """Type into a question that takes free text."""
        body = self.window.page.body  # type: ignore[attr-defined]
        interview = body.session.interview
        texts = [path for path, spot in interview.tree.spots.items() if spot.item.node.kind is Kind.TEXT]
        shown = next(path for path in texts if interview.is_relevant(path))
        body.guide.show_question(shown)
        self._type_into_all()

    def _type_into_all(self) -> None:
        for field in self.window.page.findChildren(QWidget):
            if isinstance(field, FIELDS) and field.isVisible() and field.isEnabled() and not field.isReadOnly():
                self.type_into(field)

    def fail(self) -> None:
        int(self.word)

    def crash(self) -> None:
        print(f"typed {self.typed}", flush=True)
        faulthandler._sigsegv()


if __name__ == "__main__":
    typist = Typist(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    raise SystemExit(typist.app.exec())
