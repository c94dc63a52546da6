"""After a failure the next start offers its report: read in full, copied, saved, deleted; nothing leaves by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import logs, settings, texts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.failures.page import FailuresPage
from kume_desktop.gui.routes import FailuresRoute, SettingsRoute, StartRoute, UnlockRoute, WelcomeRoute
from kume_desktop.gui.space_watch import SpaceWatch
from kume_desktop.gui.start.unlock import UnlockPage
from kume_desktop.services import crash_reports, studies
from kume_desktop.services.crash_reports import Where
from kume_desktop.services.studies import Study
from kume_desktop.store import drives, keyfile
from tests.gui.shell.stage import press, shown_window
from tests.studies import PASSPHRASE

CANARY = "Kanarya Yılmaz"
NOTE = "The program failed when it was used last. What it had shown as saved is saved."


@pytest.fixture
def failed() -> str:
    """The text of a report that waits."""
    with pytest.raises(ValueError, match=CANARY) as caught:
        int(CANARY)
    crash_reports.note(caught.value, Where.WINDOW)
    return crash_reports.waiting()[0].text


@pytest.fixture
def desk() -> Desk:
    return Desk(settings.Settings(motion=False))


def notes(window) -> list[ProblemNote]:
    return [one for one in window.page.findChildren(ProblemNote) if one.text == texts._(NOTE)]


def test_that_nothing_is_offered_where_nothing_failed(desk: Desk, qapp: QApplication):
    with shown_window(desk, WelcomeRoute()) as window:
        assert notes(window) == []


@pytest.mark.parametrize("first", [WelcomeRoute(), UnlockRoute(Path("yok.kume"))])
def test_that_the_first_page_leads_to_the_report_in_full(desk: Desk, failed: str, first):
    with shown_window(desk, first) as window:
        (note,) = notes(window)
        note.findChildren(Button)[0].click()
        assert isinstance(window.page, FailuresPage)
        assert window.page.text.toPlainText() == failed
        assert CANARY not in failed and str(Path.home()) not in failed


def test_that_a_report_is_copied_saved_and_deleted_by_keys(desk: Desk, failed: str, tmp_path: Path):
    with shown_window(desk, FailuresRoute()) as window:
        page = window.page
        assert isinstance(page, FailuresPage)
        press(page.text, "Ctrl+Shift+C")
        assert QApplication.clipboard().text() == failed
        page.save_to(tmp_path / "rapor.txt")
        assert (tmp_path / "rapor.txt").read_text(encoding="utf-8") == failed
        page.save_to(tmp_path / "yok" / "rapor.txt")
        assert [one.text for one in page.findChildren(ProblemNote)]
        press(page.text, "Ctrl+Delete")
        assert crash_reports.waiting() == ()
        assert page.text.isHidden()
    with shown_window(desk, WelcomeRoute()) as window:
        assert notes(window) == []


def test_that_what_a_crash_left_is_offered_too(desk: Desk):
    (logs.folder() / "crash.log").write_text("Fatal Python error: Aborted\n", encoding="utf-8")
    with shown_window(desk, WelcomeRoute()) as window:
        assert len(notes(window)) == 1


def marks(window) -> list[str]:
    labels = window.frame.bar.findChildren(QLabel)
    return [one.text() for one in labels if one.objectName() == "mark" and one.isVisible()]


def test_that_a_drive_that_fills_up_stands_on_every_page_until_there_is_room(desk: Desk, study: Study, qtbot):
    watch = SpaceWatch(desk)
    desk.open(study)
    with shown_window(desk, StartRoute()) as window:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drives, "LOW_SPACE_BYTES", 1 << 62)
            watch.look()
            qtbot.waitUntil(lambda: marks(window) == ["Disk dolmak üzere"], timeout=20_000)
            window.go(SettingsRoute())
            assert marks(window) == ["Disk dolmak üzere"]
            assert "MB boş" in window.frame.bar._alarm.toolTip()
        watch.look()
        qtbot.waitUntil(lambda: marks(window) == [], timeout=20_000)
    desk.close()


def test_that_a_lost_key_file_is_told_before_a_passphrase_is_typed_and_comes_back_by_one_key(
    desk: Desk, study: Study, qtbot
):
    study.close()
    studies.open_study(study.path, PASSPHRASE).close()
    keyfile.path_of(study.path).unlink()
    with shown_window(desk, UnlockRoute(study.path)) as window:
        page = window.page
        assert isinstance(page, UnlockPage)
        assert page._key.isVisible() and page._key.hasFocus()
        assert page._form.shown_problems
        press(page._key, "Space")
        qtbot.waitUntil(page._field.hasFocus)
        assert page._form.shown_problems == () and not page._key.isVisible()
        page._field.setText(PASSPHRASE)
        page.open_study()
        qtbot.waitUntil(lambda: desk.has_study, timeout=20_000)
    desk.close()


def test_that_without_any_copy_of_the_key_file_a_backup_is_offered(desk: Desk, study: Study):
    study.close()
    keyfile.path_of(study.path).unlink()
    for copy in keyfile.copies():
        copy.unlink()
    with shown_window(desk, UnlockRoute(study.path)) as window:
        page = window.page
        assert isinstance(page, UnlockPage)
        page.bring_key_back()
        assert page._rescue.isVisible()
        assert not keyfile.path_of(study.path).exists()
