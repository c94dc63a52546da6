"""An agency's window and a laptop's pass real files to each other, by keys, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from kume_desktop import settings, texts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.packages.page import PackagesPage
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, PackagesRoute
from kume_desktop.services import studies
from kume_desktop.services.packages import making
from kume_desktop.store import reading
from kume_desktop.store.events import EventKind
from tests.gui.shell.stage import press, shown_window
from tests.merging.offices import Office, send, take
from tests.services.interviewed import interview
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kume_desktop.gui.window import Window

pytestmark = pytest.mark.change
WAIT_MS = 90_000


def words(widget: QWidget) -> str:
    """Every label in sight."""
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


@contextmanager
def at(office: Office, qtbot: QtBot, language: str, file: Path | None = None) -> Iterator[tuple[Window, PackagesPage]]:
    """The page of packages in the window of a computer."""
    with office.at_work():
        desk = Desk(settings.Settings(motion=False, language=settings.Language(language)))
        texts.set_language(language)
        desk.open(studies.open_study(office.file, PASSPHRASE))
        try:
            with shown_window(desk, PackagesRoute("" if file is None else str(file))) as window:
                page = window.page
                assert isinstance(page, PackagesPage)
                qtbot.waitUntil(lambda: page._overview is not None, timeout=WAIT_MS)
                yield window, page
        finally:
            desk.close()


def copied(page: PackagesPage, window: Window, qtbot: QtBot, folder: Path) -> Path:
    """Press the key that copies, and wait for the copy."""
    before = set(folder.iterdir())
    press(window, "Ctrl+U")
    qtbot.waitUntil(lambda: page.sent.rows[0].state == "moved", timeout=WAIT_MS)
    (file,) = set(folder.iterdir()) - before
    return file


@pytest.mark.parametrize("language", ["tr", "en"])
def test_that_a_package_and_its_receipt_go_from_window_to_window(
    pair, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
):
    office, field = pair
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    with field.open() as study:
        interview(study, reading.units(study.database)[0].unit_id)
    with at(field, qtbot, language) as (window, page):
        press(window, "Ctrl+Shift+O")
        qtbot.waitUntil(lambda: len(page.sent.rows) == 1, timeout=WAIT_MS)
        assert page.sent.rows[0].state == "ready"
        file = copied(page, window, qtbot, stick)
    with at(office, qtbot, language, file) as (window, page):
        qtbot.waitUntil(lambda: page.report.primary is not None, timeout=WAIT_MS)
        trial = {"tr": "Deneme okuması", "en": "Trial reading"}[language]
        qtbot.waitUntil(lambda: trial in words(page.report), timeout=WAIT_MS)
        assert reading.interviews(page.desk.study.database) == ()
        assert page.report.primary is not None
        qtbot.waitUntil(lambda: page.report.primary is not None and page.report.primary.hasFocus())
        press(window, "Return")
        qtbot.waitUntil(lambda: len(page.came.rows) == 1, timeout=WAIT_MS)
        assert len(reading.interviews(page.desk.study.database)) == 1
        press(window, "Ctrl+Shift+O")
        assert page.making.kinds is not None
        press(window, "Down")
        press(window, "Space")
        press(window, "Return")
        qtbot.waitUntil(lambda: page.sent.rows and page.sent.rows[0].kind == "receipt", timeout=WAIT_MS)
        back = copied(page, window, qtbot, stick)
    with at(field, qtbot, language, back) as (window, page):
        qtbot.waitUntil(lambda: page.report.primary is not None and page.report.primary.hasFocus(), timeout=WAIT_MS)
        press(window, "Return")
        qtbot.waitUntil(lambda: page.sent.rows[0].state == "received", timeout=WAIT_MS)
        qtbot.waitUntil(lambda: page._overview is not None and page._overview.deletable == 1, timeout=WAIT_MS)


def test_that_what_a_receipt_covers_is_deleted_by_a_button_that_stands_under_the_receipts(
    pair, qtbot: QtBot, tmp_path: Path
):
    office, field = pair
    with field.open() as study:
        interview(study, reading.units(study.database)[0].unit_id)
        sent = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, sent)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with at(office, qtbot, "tr") as (window, page):
        assert page.lists.held.rows and page.lists.delete.isHidden(), "the agency keeps"
    with field.open() as study:
        take(study, back)
    with at(field, qtbot, "tr") as (window, page):
        button = page.lists.delete
        qtbot.waitUntil(button.isVisible)
        assert page.held_table.geometry().bottom() < button.geometry().top()
        button.click()
        qtbot.waitUntil(lambda: "Şişli Kimya" in words(page.report))  # it lists what goes
        press(window, "Escape")
        assert page.isVisible() and "Şişli Kimya" not in words(page.report)
        assert len(reading.interviews(page.desk.study.database)) == 1
        button.click()
        qtbot.waitUntil(lambda: page.report.primary is not None and page.report.primary.hasFocus())
        press(window, "Return")
        qtbot.waitUntil(lambda: page.lists.held.rows[0].deleted == 1, timeout=WAIT_MS)
        assert reading.interviews(page.desk.study.database) == ()
        assert button.isHidden() and "delete" not in {one.name for one in page.actions_here()}
        page.held_table.setFocus()
        page.held_table.select(lambda _row: True)
        page._show_row(page.held_table)
        qtbot.waitUntil(lambda: "buradan silinen: 1" in words(page.report))


def test_that_leaving_the_page_ends_the_taking_so_that_none_runs_beside_an_interview(
    pair, qtbot: QtBot, tmp_path: Path
):
    office, field = pair
    with field.open() as study:
        interview(study, reading.units(study.database)[0].unit_id)
        file = send(study, making.interviews(study), tmp_path)
    with at(office, qtbot, "tr", file) as (window, page):
        database = page.desk.study.database
        other = next(one.unit_id for one in reading.units(database) if one.name == "Iğdır Nakliyat")
        qtbot.waitUntil(lambda: page.report.primary is not None and page.report.primary.hasFocus(), timeout=WAIT_MS)
        before = frozenset(reading.lines(database))
        press(window, "Return")
        task = page.worker._task
        assert task is not None
        assert task.is_running
        window.go(InterviewRoute(other, "is_ihtiyac"))
        qtbot.waitUntil(lambda: not isValid(task), timeout=WAIT_MS)
        assert window.page.in_interview
        assert "sayfadan" in words(window.frame.toast).lower(), "it is said"
        new = [one for one in reading.events(database) if one.line not in before]
        with window.desk.study.act(wait=False) as act:
            assert act.at, "nobody else writes: an answer would be stored at once"
        assert not [one for one in new if one.kind == EventKind.INTERVIEW_COMPLETED], "all or nothing: it had not begun"


def drop(target: QWidget, file: Path) -> None:
    """Drag a file over a widget, as the desktop tells of it, and let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    held, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, held, none)
    QApplication.sendEvent(target, over)
    assert over.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, held, none))


def test_that_a_package_dropped_on_another_page_opens_on_this_one(pair, qtbot: QtBot, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        file = send(study, making.interviews(study), tmp_path)
    with at(office, qtbot, "tr") as (window, _page):
        window.go(FieldRoute())
        drop(window, file)
        qtbot.waitUntil(lambda: isinstance(window.page, PackagesPage), timeout=WAIT_MS)
        page = window.page
        assert isinstance(page, PackagesPage)
        qtbot.waitUntil(lambda: page.report.primary is not None, timeout=WAIT_MS)
        press(window, "Escape")
        assert page._examined is None
        assert window.page is page


def test_that_a_dropped_file_that_is_no_package_is_refused_in_words_and_escape_puts_it_away(
    pair, qtbot: QtBot, tmp_path: Path
):
    office, _field = pair
    wrong = tmp_path / "rapor.xlsx"
    wrong.write_bytes(b"PK\x03\x04 no package")
    with at(office, qtbot, "tr") as (window, page):
        drop(page, wrong)
        qtbot.waitUntil(lambda: "rapor.xlsx" in words(page.report), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: len(page.came.rows) == 1, timeout=WAIT_MS)
        assert page.came.rows[0].state == "refused"
        assert window.route == PackagesRoute()
