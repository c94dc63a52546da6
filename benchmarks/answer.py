"""One answer on the interview page, from the key press until it is committed and painted, against bare ones.

Measured: a digit key sent to the row that has the focus, in the real window on the needs form; until the event loop has
nothing left to do the engine has recomputed, the log has one more committed event, the row is painted with its mark and
the next row has the focus. The reference runs two prepared statements (append an event, replace a value) and COMMIT on
an encrypted database with the same settings, then repaints one such row. The list of sections follows by timer and
is part of neither figure. The figure is the median; p95 and p99 stand beside it, the gate is the ratio of the medians.
Then 2,000 answers follow without references between them, while a timer of 5 ms beats: their p95 and p99, and the
longest gap between two beats, which is how long the window could not answer, are told on stderr.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import Measurement, in_turn, percentile, tell

if TYPE_CHECKING:
    from kume_desktop.gui.interview.body import InterviewBody
    from kume_desktop.gui.interview.rows import QuestionRow
    from kume_desktop.services.studies import Study

ROUNDS = 300
RUNNING, FEWER = 2_000, 20
BEAT_MS, BLOCKED_MS = 5, 50
GATE = 3.0
SETTLE_MS = 60
NEEDS = "is_ihtiyac"
GATES = ("/data/a_baslangic/gorusme_bicimi", "/data/b_aydinlatma/aydinlatma_okundu", "/data/b_aydinlatma/katilim")


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop import settings
    from kume_desktop.gui.app import make_application
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.interview.page import InterviewPage
    from kume_desktop.gui.routes import InterviewRoute
    from kume_desktop.gui.window import Window

    app = make_application()
    study, unit = make_study(folder)
    desk = Desk(settings.Settings())
    desk.open(study)
    window = Window(desk, InterviewRoute(unit, NEEDS))
    window.show()
    page = window.page
    if not isinstance(page, InterviewPage) or page.body is None:
        raise RuntimeError("the interview did not open")
    app.processEvents()
    gc.freeze()  # as the program does once it has loaded what it needs
    answer = _answering(page.body)
    bare_act = _bare(folder, study, page.body.view.rows[0])
    ours, bare = in_turn(answer, bare_act, rounds, warm_up=10, settle=_let_timers_run)
    tell(f"  {rounds} answers on a screen of {len(page.body.view.rows)} rows, platform {app.platformName()}")
    for name, times in (("answer", ours), ("bare", bare)):
        tell(f"  {name}: median {median(times):.1f} ms, " + ", ".join(_slow(times)))
    _tell_running(*_running(answer, RUNNING if rounds >= ROUNDS else FEWER))
    window.close()
    desk.close()
    return Measurement(
        "answer",
        median(ours),
        "ms",
        "two statements + COMMIT on SQLCipher with the same settings + repaint",
        median(bare),
        p95=percentile(ours, 95),
        p99=percentile(ours, 99),
        gate=GATE,
    )


def _slow(times: list[float]) -> list[str]:
    return [f"p{percent} {percentile(times, percent):.1f}" for percent in (95, 99)]


def _running(answer: Callable[[], None], count: int) -> tuple[list[float], list[tuple[float, float]]]:
    """The milliseconds of each answer; of each gap between two beats, and of the processor in it."""
    from PySide6.QtCore import Qt, QTimer

    times: list[float] = []
    gaps: list[tuple[float, float]] = []
    last = [time.perf_counter(), time.thread_time()]

    def note() -> None:
        now = [time.perf_counter(), time.thread_time()]
        gaps.append(((now[0] - last[0]) * 1000, (now[1] - last[1]) * 1000))
        last[:] = now

    beat = QTimer()
    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.setInterval(BEAT_MS)
    beat.timeout.connect(note)
    beat.start()
    for _ in range(count):
        begun = time.perf_counter()
        answer()
        times.append((time.perf_counter() - begun) * 1000)
        _let_timers_run()
    beat.stop()
    return times, gaps


def _tell_running(times: list[float], gaps: list[tuple[float, float]]) -> None:
    tell(f"  {len(times)} one after the other: median {median(times):.1f} ms, " + ", ".join(_slow(times)))
    wall, processor = max(gaps)
    longer = sum(gap > BLOCKED_MS for gap, _processor in gaps)
    tell(
        f"  longest gap of a {BEAT_MS} ms timer {wall:.1f} ms ({processor:.1f} ms of the processor), "
        f"{longer} of {len(gaps)} over {BLOCKED_MS} ms"
    )


def _let_timers_run() -> None:
    """Give the page time for what it puts off after an answer (the section list)."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


def make_study(folder: Path) -> tuple[Study, str]:
    """A study with one firm whose interview has come past notice and consent to take part."""
    from kume_desktop.services import fieldwork, interviewing, studies
    from kume_desktop.services.views import Area, NewFirm, StudyFacts

    facts = StudyFacts("Ajans", 2025, "6698", "ajans", "iki yıl", "kvkk@ajans.example")
    area = Area("A1", "Mobilya", "Furniture", "31", "2", 40)
    study = studies.create_study(folder / "a.kume", "Ölçüm", facts, "parola-1234", "Ölçen", [area])
    unit = fieldwork.add_firm(study, NewFirm("Örnek Ltd.", "A1", "Bornova"))
    session = interviewing.open_interview(study, unit, NEEDS)
    for path in GATES:
        session.answer(path, "1")
    return study, unit


def _answering(body: InterviewBody) -> Callable[[], None]:
    """An act that answers the next Likert row by key; it checks that the answer is stored and painted."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    paths = _battery(body)
    digits = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    count = [0]

    def answer() -> None:
        turn, place = divmod(count[0], len(paths))
        count[0] += 1
        path, digit = paths[place], (turn + place) % 5
        focus = QApplication.focusWidget()
        if focus is None:
            raise RuntimeError("no row has the focus")
        QTest.keyClick(focus, digits[digit])
        QCoreApplication.processEvents()
        if body.course.interview.value(path) != str(digit + 1):
            raise RuntimeError(f"{path} was not answered")
        if place == len(paths) - 1:
            body.view.focus_row(paths[0])

    body.view.focus_row(paths[0])
    return answer


def _battery(body: InterviewBody) -> list[str]:
    """Show the first screen of Likert rows and give their paths."""
    from kume_desktop.interview.page import screens

    screen = next(one for one in screens(body.course.interview) if one.likert is not None)
    body.guide.show_question(screen.rows[0].path)
    return [row.path for row in screen.rows if row.likert]


def _bare(folder: Path, study: Study, row: QuestionRow) -> Callable[[], None]:
    """An act that does nothing but write, commit and paint."""
    from PySide6.QtCore import QCoreApplication

    from kume_desktop.store.connecting import connect_file

    connection = connect_file(folder / "bare.db", study.key)
    connection.execute("CREATE TABLE event (no INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT")
    connection.execute("CREATE TABLE head (path TEXT PRIMARY KEY, value TEXT NOT NULL, event INTEGER NOT NULL) STRICT")
    line = "x" * 420  # what an event of the log takes

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        number = connection.execute("INSERT INTO event (line) VALUES (?)", (line,)).lastrowid
        connection.execute("INSERT OR REPLACE INTO head VALUES (?, ?, ?)", (f"/data/{number % 10}", "3", number))
        connection.execute("COMMIT")
        row.repaint()
        QCoreApplication.processEvents()

    return write
