"""The real window, answering by key presses until somebody kills it; each "kaydedildi" is told on standard output.

Run as a program: STUDY UNIT_ID SEED. A line is written only after the bottom bar was told that the answer is stored.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui.app import make_application
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import studies
from tests.studies import PASSPHRASE

FORM = "is_ihtiyac"
CELLS = ("uretim_insan", "uretim_finansman", "uretim_duran_varlik", "uretim_bilgi", "uretim_iliski")


def main(study: str, unit_id: str, seed: str) -> int:
    app = make_application()
    desk = Desk(settings.Settings(motion=False))
    desk.open(studies.open_study(Path(study), PASSPHRASE))
    window = Window(desk, InterviewRoute(unit_id, FORM))
    page = window.page
    assert isinstance(page, InterviewPage) and page.body is not None
    session = page.body.session
    paths = [session.interview.path_of(name) for name in CELLS]

    recorder = page.body.course.recorder

    def tell() -> None:
        """What the bottom bar says now: nothing waits, and the last act is stored."""
        if recorder.state.kind is SaveKind.SAVED and not recorder.waiting:
            print(json.dumps({path: session.interview.value(path) for path in paths}), flush=True)

    window.show()
    page.body.guide.show_question(paths[0])
    chance = random.Random(int(seed))

    def press() -> None:
        here = page.body.view.current if page.body is not None else ""
        if here == paths[-1]:
            page.body.guide.show_question(paths[0])
        target = QApplication.focusWidget() or window
        digit = chance.choice("12345")
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, digit))
        tell()

    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(press)
    timer.start()
    return int(app.exec())


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
