"""The page of the backups, bringing one back, and the keeper that makes them: by keys, with the real worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kume_desktop import settings
from kume_desktop.gui import backup_keeper
from kume_desktop.gui.backups.page import BackupsPage
from kume_desktop.gui.backups.rescue import RescuePage
from kume_desktop.gui.components.fields import PassphraseField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import BackupsRoute, RescueRoute, StartRoute, UnlockRoute
from kume_desktop.services import backups, fieldwork, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from tests.gui.shell.stage import press, shown_window, type_text
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.change
WAIT_MS = 60_000


@pytest.fixture
def desk(study: Study, qtbot: QtBot) -> Desk:
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


def words(widget: QWidget) -> str:
    """Every label in sight."""
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def test_that_a_backup_is_made_by_a_key_and_stands_in_the_list(desk: Desk, qtbot: QtBot):
    with shown_window(desk, BackupsRoute()) as window:
        page = window.page
        assert isinstance(page, BackupsPage)
        assert "Henüz yedek yok" in words(window)
        press(window, "Ctrl+B")
        qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=WAIT_MS)
        assert "Son sağlam yedek" in words(window)
        assert "o zamandan beri bir şey yazılmadı" in words(window)
        assert "Yedek alındı" in words(window.frame.toast)


def test_that_enter_looks_inside_and_changes_nothing(desk: Desk, qtbot: QtBot):
    backups.make(desk.study)
    fieldwork.add_firm(desk.study, NewFirm("Sonradan Gelen", "kimya", "Bornova"))
    with shown_window(desk, BackupsRoute()) as window:
        page = window.page
        assert isinstance(page, BackupsPage)
        page.table.setFocus()
        press(window, "Home")
        press(page.table, "Return")
        qtbot.waitUntil(lambda: "2 firma · 0 görüşme" in words(page.inside), timeout=WAIT_MS)
        assert "bu yedekte olmayan" in words(page.inside)


def test_that_a_backup_is_brought_back_by_keys_and_the_study_opens_again(desk: Desk, qtbot: QtBot, study: Study):
    made = backups.make(study)
    fieldwork.add_firm(study, NewFirm("Sonradan Gelen", "kimya", "Bornova"))
    with shown_window(desk, BackupsRoute(str(made.path))) as window:
        press(window, "Ctrl+R")
        page = window.page
        assert isinstance(page, RescuePage)
        assert not desk.has_study
        _give(qtbot, window, "yanlış parola")
        assert "parola yanlış" in _notes(window).lower()
        _give(qtbot, window, PASSPHRASE)
        qtbot.waitUntil(lambda: "Bu yedeği geri yükle" in page.key_hints()[0].word, timeout=WAIT_MS)
        page.act()
        qtbot.waitUntil(lambda: "yedeğinden" in words(page), timeout=WAIT_MS)
        assert "Eski dosya saklandı" in words(page)
        page.act()
        assert isinstance(window.route, UnlockRoute)
    with studies.open_study(study.path, PASSPHRASE) as again:
        assert len(fieldwork.firms(again)) == 3


def _give(qtbot: QtBot, window: QWidget, text: str) -> None:
    field = window.findChild(PassphraseField)
    assert field is not None
    field.setFocus()
    field.clear()
    type_text(field, text)
    press(field, "Return")


def _notes(window: QWidget) -> str:
    from kume_desktop.gui.components.problem_note import ProblemNote

    return "\n".join(note.text for note in window.findChildren(ProblemNote) if not note.isHidden())


def test_that_a_study_that_does_not_open_leads_to_its_backups(desk: Desk, qtbot: QtBot, study: Study):
    backups.make(study)
    desk.close()
    raw = bytearray(study.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    study.path.write_bytes(raw)
    with shown_window(desk, UnlockRoute(study.path)) as window:
        _give(qtbot, window, PASSPHRASE)
        qtbot.waitUntil(lambda: "bozulmuş" in _notes(window), timeout=WAIT_MS)
        from kume_desktop.gui.components.buttons import Button

        rescue = next(one for one in window.findChildren(Button) if one.text() == "Yedeği geri yükle…")
        assert rescue.isVisible()
        rescue.click()
        assert window.route == RescueRoute(study.path)


def test_that_a_second_place_is_used_and_taken_back(desk: Desk, tmp_path: Path):
    with shown_window(desk, BackupsRoute()) as window:
        page = window.page
        assert isinstance(page, BackupsPage)
        page.use_second(str(tmp_path))
        assert settings.load().backup_folder == str(tmp_path)
        assert str(tmp_path) in words(window)
        window.frame.toast.take_back()
        assert settings.load().backup_folder == ""


def test_that_the_keeper_backs_up_after_opening_and_after_an_interview_and_only_what_is_new(
    desk: Desk, qtbot: QtBot, study: Study, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backup_keeper, "AFTER_OPENING_MS", 1)
    monkeypatch.setattr(backup_keeper, "AFTER_INTERVIEW_MS", 1)
    keeper = backup_keeper.BackupKeeper(desk)
    folder = backups.place(study.key.study_id)
    with shown_window(desk, StartRoute()) as window:
        window.interview_left.connect(keeper.interview_left)
        desk.study_changed.emit()
        qtbot.waitUntil(lambda: len(list(folder.glob("*-opened.kume-backup"))) == 1, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not keeper.is_busy, timeout=WAIT_MS)
        fieldwork.add_firm(study, NewFirm("Sonradan Gelen", "kimya", "Bornova"))
        keeper.interview_left()
        qtbot.waitUntil(lambda: len(list(folder.glob("*-interview.kume-backup"))) == 1, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not keeper.is_busy, timeout=WAIT_MS)
        keeper.interview_left()
        qtbot.waitUntil(lambda: keeper.is_busy, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not keeper.is_busy, timeout=WAIT_MS)
        assert len(list(folder.glob("*.kume-backup"))) == 2
