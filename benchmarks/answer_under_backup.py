"""One answer on the interview page, from the key press until it is durably committed, while backups are being made.

Measured: a digit key sent to the row that has the focus, in the real window on the needs form, until the bar says that
the answer is saved, while the program's worker makes one backup after the other of the same study (40 MB of attached
files in it, so that a backup takes its time). The reference is the same without a backup, in blocks that alternate with
the others. The figure is the 95th percentile of each; the gate is their ratio, the goal for the figure itself is 20 ms.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.answer import NEEDS, _battery, _let_timers_run, make_study
from benchmarks.measure import Measurement, milliseconds, percentile, tell

if TYPE_CHECKING:
    from kume_desktop.gui.interview.body import InterviewBody
    from kume_desktop.services.studies import Study

ROUNDS = 300
BLOCK = 50
GATE = 3.0
GOAL_MS = 20
ATTACHED, PIECE = 40, 1_000_000
PATIENCE_SECONDS = 120


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
    _fill(study)
    desk = Desk(settings.Settings())
    desk.open(study)
    window = Window(desk, InterviewRoute(unit, NEEDS))
    window.show()
    page = window.page
    if not isinstance(page, InterviewPage) or page.body is None:
        raise RuntimeError("the interview did not open")
    app.processEvents()
    act = _until_saved(page.body)
    alone, beside, made = _measure(act, study, rounds)
    for name, times in (("alone", alone), ("while a backup is made", beside)):
        tell(f"  {name}: " + ", ".join(f"p{at} {percentile(times, at):.1f} ms" for at in (50, 95, 99)))
    tell(f"  {len(beside)} answers beside {made} backups; the goal is p95 below {GOAL_MS} ms")
    window.close()
    desk.close()
    return Measurement(
        "answer-under-backup",
        percentile(beside, 95),
        "ms",
        "the same key presses while no backup is made (p95)",
        percentile(alone, 95),
        p95=percentile(beside, 95),
        p99=percentile(beside, 99),
        gate=GATE,
    )


def _fill(study: Study) -> None:
    for _ in range(ATTACHED):
        with study.database.act("Ölçen", "staff") as act:
            act.put_blob(os.urandom(PIECE), "application/octet-stream")


def _until_saved(body: InterviewBody) -> Callable[[], float]:
    """An act that answers the next Likert row by key and gives the milliseconds until that is committed."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    paths, recorder = _battery(body), body.course.recorder
    digits = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    count = [0]

    def timed() -> float:
        turn, place = divmod(count[0], len(paths))
        count[0] += 1
        path, digit = paths[place], (turn + place) % 5
        body.view.focus_row(path)
        focus = QApplication.focusWidget()
        if focus is None:
            raise RuntimeError("no row has the focus")
        begun = time.perf_counter()
        QTest.keyClick(focus, digits[digit])
        while recorder.waiting or body.course.interview.value(path) != str(digit + 1):
            QCoreApplication.processEvents()
        return (time.perf_counter() - begun) * 1000

    return timed


def _measure(act: Callable[[], float], study: Study, rounds: int) -> tuple[list[float], list[float], int]:
    """The times alone and beside backups, in blocks by turns; and how many backups were made meanwhile."""
    alone: list[float] = []
    beside: list[float] = []
    made = 0
    for _ in range(10):
        act()
    while len(beside) < rounds:
        block = min(BLOCK, rounds - len(beside))
        alone += _block(act, block)
        with _backups(study) as count:
            beside += _block(act, block)
        made += count()
    return alone, beside, made


def _block(act: Callable[[], float], count: int) -> list[float]:
    times = []
    for _ in range(count):
        _let_timers_run()
        times.append(milliseconds(act))
    return times


@contextlib.contextmanager
def _backups(study: Study) -> Iterator[Callable[[], int]]:
    """Let the program's worker make one backup after the other, the first of them under way."""
    from kume_desktop.services import worker

    request = json.dumps(worker.request(study, "backup", reason="asked"), ensure_ascii=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "kume_desktop", "--worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    begun, ending, made = threading.Event(), threading.Event(), [0]

    def feed() -> None:
        if process.stdin is None or process.stdout is None:
            return
        while not ending.is_set():
            process.stdin.write(request + "\n")
            process.stdin.flush()
            for line in process.stdout:
                begun.set()
                if "progress" not in line:
                    made[0] += "result" in line
                    break
        process.stdin.close()

    thread = threading.Thread(target=feed)
    thread.start()
    if not begun.wait(PATIENCE_SECONDS):
        process.kill()
        raise RuntimeError("no backup was begun")
    try:
        yield lambda: made[0]
    finally:
        ending.set()
        thread.join()
        process.wait()
