"""The page of firms with 20,000 of them: the longest time the window cannot answer, per act, against a bare QTableView.

Measured: the longest gap between two beats of a timer without interval while the page, in the real window on a real
study, is read for the first time, opened again, searched as one types, filtered by tab and picker, sorted, walked by
letter and by page, chosen as a whole, and shown again after a visit was stored. The reference shows the same rows as
a list of tuples in a bare QTableView and does the same to them in plain Python, without a database and without
Turkish letters. Told per act on stderr, with the longest turn in CPU time of the window's thread; the figure is the
longest of all acts of each.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from benchmarks.field_study import FIRMS, make
from benchmarks.measure import Measurement, tell

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.fieldwork.page import FieldPage
    from kume_desktop.gui.window import Window

ROUNDS = 5
_REST_MS, _LETTER_MS = 250, 40
_PATIENCE_MS = 120_000
_QUICK = 2
_NONE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
Act = Callable[[], object]
_Turn = tuple[float, float]
"""Milliseconds by the clock and of the processor's time in the window's thread."""


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop import settings
    from kume_desktop.gui.app import make_application
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.window import Window

    app = make_application()
    firms = 2_000 if rounds <= _QUICK else FIRMS
    desk = Desk(settings.Settings(motion=False))
    desk.open(make(folder, firms))
    window = Window(desk)
    window.show()
    window.activateWindow()
    _rest(_REST_MS)
    worst: dict[str, list[_Turn]] = {}
    for _round in range(rounds):
        desk.held.forget()
        for name, act in _ours(desk, window):
            worst.setdefault(name, []).append(_longest_turn(act))
    rows = [(row.name, row.area_name_tr, row.district, row.state.value, str(row.attempts)) for row in desk.firms()]
    bare = {name: [_longest_turn(act)[0] for _round in range(rounds)] for name, act in _bare(rows)}
    for name, found in worst.items():
        wall, processor = zip(*found, strict=True)
        beside = f", bare {median(bare[name]):.1f}" if name in bare else ""
        told = f"{median(wall):.1f} ms, {max(wall):.1f} at worst{beside}"
        tell(f"  {name}: {told}; CPU {median(processor):.1f}, {max(processor):.1f} at worst")
    tell(f"  {len(rows)} firms, {rounds} rounds, platform {app.platformName()}")
    window.close()
    desk.close()
    ours = max(median(wall for wall, _processor in found) for found in worst.values())
    reference = max(map(median, bare.values()))
    told = "longest turn of a bare QTableView on tuples: show, filter, sort, walk, choose"
    return Measurement("firms-20000", ours, "ms", told, reference)


def _ours(desk: Desk, window: Window) -> Iterator[tuple[str, Act]]:
    from kume_desktop.gui.fieldwork.page import FieldPage
    from kume_desktop.gui.routes import FieldRoute, HelpRoute, VisitRoute

    def read() -> None:
        window.go(FieldRoute())
        _until(lambda: desk.held.is_there)

    yield "first reading", read
    page = window.page
    if not isinstance(page, FieldPage):
        raise TypeError(page)
    yield from _filters(page)
    window.go(VisitRoute(page.firms.model.rows[100].unit_id))
    _rest(_REST_MS)
    yield "storing an attempt and back", lambda: _write(window)
    window.go(HelpRoute())
    _rest(_REST_MS)
    yield "opening again", lambda: window.go(FieldRoute())


def _filters(page: FieldPage) -> Iterator[tuple[str, Act]]:
    firms, table = page.firms, page.firms.table

    def pick() -> None:
        firms.area.set_current("alan03")
        firms.area.picked.emit("alan03")

    yield "search as one types", lambda: _type(firms.search, "kemalpasa boya")
    yield "clear the search", firms.clear_filter
    yield "tab", lambda: firms.tabs.chosen.emit("waiting")
    yield "picker", pick
    yield "clear the filter", firms.clear_filter
    for column in range(1, len(firms.model.columns)):
        yield "sort", partial(table.horizontalHeader().sectionClicked.emit, column)
    yield "sort by name", lambda: table.horizontalHeader().sectionClicked.emit(0)
    yield "first letter", lambda: table.keyboardSearch("ü")
    yield "walk", lambda: _walk(table)
    yield "choose all", table.selectAll


def _write(window: Window) -> None:
    """Store an attempt as its page does; the list is shown again then."""
    from kume_desktop.gui.fieldwork.visit import VisitPage

    page = window.page
    if not isinstance(page, VisitPage):
        raise TypeError(page)
    page.outcome.choose("10")
    page.save()


class _Tuples(QAbstractTableModel):
    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self.all = self.rows = list(rows)

    def rowCount(self, parent: _Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 5

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def put(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


def _bare(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, Act]]:
    model = _Tuples(rows)
    view = QTableView()
    view.setModel(model)
    view.resize(800, 600)
    view.show()
    _rest(_REST_MS)
    yield "opening again", lambda: model.put(rows)
    yield "search as one types", lambda: model.put([row for row in rows if any("boya" in cell.lower() for cell in row)])
    yield "clear the search", lambda: model.put(rows)
    yield "tab", lambda: model.put([row for row in rows if row[3] == "waiting"])
    yield "picker", lambda: model.put([row for row in rows if row[1] == "Faaliyet alanı 4"])
    yield "sort", lambda: model.put(sorted(rows, key=lambda row: row[2]))
    yield "walk", lambda: _walk(view)
    yield "choose all", view.selectAll
    view.close()


def _type(field: QWidget, text: str) -> None:
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        _rest(_LETTER_MS)


def _walk(view: QTableView) -> None:
    for key in [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_End] + [Qt.Key.Key_Up] * 20 + [Qt.Key.Key_Home]:
        QTest.keyClick(view, key)
        QCoreApplication.processEvents()


def _longest_turn(act: Act) -> _Turn:
    """The longest gap between two beats of the loop during an act and what it puts off."""
    gc.collect()
    with _beating() as gaps:
        QTimer.singleShot(0, act)
        _rest(_REST_MS)
    return max(wall for wall, _processor in gaps), max(processor for _wall, processor in gaps)


@contextmanager
def _beating() -> Iterator[list[_Turn]]:
    gaps: list[_Turn] = [(0.0, 0.0)]
    clock, beat, spent = QElapsedTimer(), QTimer(), [time.thread_time()]
    clock.start()

    def tick() -> None:
        now = time.thread_time()
        gaps.append((clock.nsecsElapsed() / 1e6, (now - spent[0]) * 1000))
        spent[0] = now
        clock.restart()

    beat.timeout.connect(tick)
    beat.start(0)
    yield gaps
    beat.stop()


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_MS / 1000
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the firms were not read")
        _rest(20)
