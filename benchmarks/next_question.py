"""The next question of a long interview drawn, against a bare page with as many native widgets.

Measured: the act behind the key for the next screen in the real window, in a form of 600 questions and in one with a
repeat of 200 rows of 20 questions, until the window has been painted; questions below the sight follow in the next turn
of the loop, whose CPU time is told on stderr. The slower form is the figure. The reference builds a plain widget with
as many QLabel, QPushButton, QLineEdit and QWidget as the page has, in a grid of rows, and paints it in such a window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject

from benchmarks.long_interview import LONG, REPEATS, body_of, make, shown
from benchmarks.measure import Measurement, in_turn, percentile, tell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kume_desktop.gui.window import Window

ROUNDS = 48  # the long form has sixty screens


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop.gui.app import make_application

    app = make_application()
    found: dict[str, tuple[list[float], list[float]]] = {}
    for instrument in (LONG, REPEATS):
        here = folder / instrument
        here.mkdir()
        study, unit = make(here)
        window = shown(study, unit, instrument)
        _rest()
        processor: list[float] = []
        forward = _forward(window, processor)
        forward()
        found[instrument] = ours, bare = in_turn(forward, _bare(window.page), rounds, warm_up=5, settle=_rest)
        cpu, below = processor[-2 * rounds :: 2], processor[1 - 2 * rounds :: 2]
        tell(f"  {instrument}: {median(ours):.1f} ms, bare {median(bare):.1f} ms")
        tell(f"  {instrument}: CPU {median(cpu):.1f} ms, {max(cpu):.1f} at worst; what follows {median(below):.1f} ms")
        window.close()
        app.processEvents()
    ours, bare = max(found.values(), key=lambda one: median(one[0]))
    about = "a bare QWidget page with as many native widgets"
    p95, p99 = percentile(ours, 95), percentile(ours, 99)
    return Measurement("next-question", median(ours), "ms", about, median(bare), p95=p95, p99=p99)


class _Painted(QObject):
    """Runs the loop until a watched widget has been painted with its window, and what else was due then."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._loop = QEventLoop()
        self.at = self.processor = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's signature
        """The event that paints has been handled when the one posted here arrives."""
        if event.type() is QEvent.Type.Paint and not self.at:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def event(self, event: QEvent) -> bool:
        """Note the time: the loop still does what is due in the same turn."""
        if event.type() is QEvent.Type.User and not self.at:
            self.at, self.processor = time.perf_counter(), time.thread_time()
            self._loop.quit()
        return super().event(event)

    def milliseconds(self, change: Callable[[], object]) -> float:
        """From the change until the window has been painted."""
        self.at = 0.0
        begun = time.perf_counter()
        change()
        self._loop.exec()
        return (self.at - begun) * 1000


def _rest() -> None:
    """Let the page do what it puts off."""
    from benchmarks.answer import _let_timers_run

    _let_timers_run()


def _forward(window: Window, processor: list[float]) -> Callable[[], float]:
    """The act; what of the processor's time it took until the picture, and in the turn after it, is noted."""
    painted = _Painted(window)
    rows = body_of(window).view.rows[0].parentWidget()
    if rows is None:
        raise RuntimeError("no rows are shown")
    rows.installEventFilter(painted)

    def act() -> float:
        body = body_of(window)
        before = body.view.screen_path
        begun = time.thread_time()
        taken = painted.milliseconds(body.guide.forward)
        QCoreApplication.processEvents()
        processor.extend(((painted.processor - begun) * 1000, (time.thread_time() - painted.processor) * 1000))
        if body.view.screen_path == before:
            raise RuntimeError("the screen did not change")
        return taken

    return act


def _bare(page: QWidget) -> Callable[[], float]:
    """An act that builds, shows and paints as many plain widgets as the page shows."""
    from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget

    kinds = (QLabel, QAbstractButton, QLineEdit)
    counts = [len([one for one in page.findChildren(kind) if one.isVisible()]) for kind in kinds]
    rest = len([one for one in page.findChildren(QWidget) if one.isVisible()]) - sum(counts)
    tell(f"  {sum(counts) + rest} widgets: {counts[0]} labels, {counts[1]} buttons, {counts[2]} fields, {rest} others")
    window = QMainWindow()
    window.resize(page.window().size())
    window.show()
    painted = _Painted(window)
    makers: tuple[Callable[[], QWidget], ...] = (
        lambda: QLabel("Soru: kaç kişi?"), lambda: QPushButton("Seçenek"), QLineEdit, QWidget,
    )  # fmt: skip

    def show_plain() -> None:
        inner = QWidget()
        inner.installEventFilter(painted)
        grid = QGridLayout(inner)
        place = 0
        for make_one, count in zip(makers, (*counts, rest), strict=True):
            for _ in range(count):
                grid.addWidget(make_one(), place // 6, place % 6)
                place += 1
        window.setCentralWidget(inner)

    return lambda: painted.milliseconds(show_plain)
