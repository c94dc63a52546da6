"""The real window, brought by key presses into a state of the interview page; then it waits to be killed.

Run as a program: STUDY UNIT_ID STATE. Each line on standard output is JSON: what the screen says now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui.app import make_application
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.body import InterviewBody
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.interview.paper_entry import PaperEntryPage
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import InterviewRoute, PaperEntryRoute, Route
from kume_desktop.gui.window import Window
from kume_desktop.services import studies
from tests.gui.interview.conftest import PASSPHRASE

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FORM = "kucuk"
LONG = "Yazmayı hiç bırakmayan birinin uzun yanıtı " * 4
Steps = Iterator[None]


class Hands:
    """Types into a window; a step ends with `yield`, so that timers run as they do for people."""

    def __init__(self, window: Window) -> None:
        self.window = window

    @property
    def body(self) -> InterviewBody:
        page = self.window.page
        assert isinstance(page, InterviewPage) and page.body is not None
        return page.body

    def go_to(self, name: str) -> None:
        self.body.guide.show_question(self.body.session.interview.path_of(name))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> Steps:
        for sign in text:
            target = QApplication.focusWidget() or self.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
            yield

    def typing(self) -> Steps:
        self.go_to("metin")
        yield from self.type(LONG)

    def note(self) -> Steps:
        self.go_to("metin")
        self.press(Key.Key_M, CTRL)
        yield from self.type("yarım kalan not")

    def reason(self) -> Steps:
        yield from self.warned()
        self.press(Key.Key_F4)
        yield from self.type("nedeni yarım")

    def warned(self) -> Steps:
        self.go_to("sayi")
        yield from self.type("150")
        self.press(Key.Key_Return)
        self.go_to("sayi")
        yield

    def refused(self) -> Steps:
        self.go_to("sayi")
        yield from self.type("900")
        self.press(Key.Key_Return)
        yield

    def notice(self) -> Steps:
        self.go_to("bilgi")
        yield

    def battery(self) -> Steps:
        self.go_to("l1")
        yield from self.type("24")

    def row(self) -> Steps:
        self.go_to("ad")
        self.body.guide.add_row()
        yield from self.type("Ayşe")
        self.press(Key.Key_Return)
        yield

    def completion(self) -> Steps:
        self.press(Key.Key_Return, CTRL)
        reason = next(line.reason for line in self.body.content.completion._lines if line.reason is not None)
        reason.setFocus()
        yield from self.type("sorulmadı")

    def paper(self) -> Steps:
        page = self.window.page
        assert isinstance(page, PaperEntryPage)
        yield from self.type("01.02.2026")
        page.asked_by.setFocus()
        yield from self.type("Ayşe")

    def completed(self) -> Steps:
        self.go_to("metin")
        yield from self.type("kısa")
        self.press(Key.Key_Return)
        self.body.guide.finish()
        completion = self.body.content.completion
        if self.body.content.shows_completion:
            for line in completion._lines:
                if line.reason is not None:
                    line.reason.setText("deneme")
            completion.complete.click()
        yield


def main(study: str, unit_id: str, state: str) -> int:
    app = make_application()
    desk = Desk(settings.Settings(motion=False))
    desk.open(studies.open_study(Path(study), PASSPHRASE))
    route: Route = PaperEntryRoute(unit_id, FORM) if state == "paper" else InterviewRoute(unit_id, FORM)
    window = Window(desk, route)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    hands = Hands(window)
    steps: Steps = getattr(hands, state)()

    def tell(what: str) -> None:
        print(json.dumps({"what": what, **said(window)}), flush=True)

    walk(app, steps, tell)
    return int(app.exec())


def said(window: Window) -> dict[str, object]:
    """What the bottom bar says is safe, and what stands in the field."""
    page = window.page
    if not isinstance(page, InterviewPage) or page.body is None:
        return {"kind": "", "kept_at": "", "text": "", "at": ""}
    recorder, focus = page.body.course.recorder, QApplication.focusWidget()
    text = getattr(focus, "toPlainText", getattr(focus, "text", str))()
    safe = recorder.state.kind in {SaveKind.SAVED, SaveKind.DRAFTED} and not recorder.waiting
    kept_at = recorder.state.at.isoformat() if recorder.state.at is not None and safe else ""
    return {"kind": recorder.state.kind.value, "kept_at": kept_at, "text": text, "at": page.body.view.current}


def walk(app: QApplication, steps: Steps, tell: Callable[[str], None]) -> None:
    """One step every few milliseconds; at the end say so and stay."""
    timer = QTimer(app)
    timer.setInterval(15)

    def step() -> None:
        try:
            next(steps)
            tell("step")
        except StopIteration:
            timer.stop()
            QTimer.singleShot(450, lambda: tell("there"))

    timer.timeout.connect(step)
    timer.start()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
