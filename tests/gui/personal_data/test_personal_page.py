"""The page of personal data: by keys, with the real companion and worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from kume_desktop import settings
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.personal_data.page import PersonalDataPage
from kume_desktop.gui.routes import PersonalDataRoute
from kume_desktop.gui.shell import places
from kume_desktop.services import access_log, backups, fieldwork
from kume_desktop.services.personal_data import finding
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading
from tests.gui.shell.stage import press, shown_window, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kume_desktop.services.studies import Study

WAIT_MS = 60_000
NAME = "Kanarya Bülbüloğlu"


@pytest.fixture
def desk(study: Study, qtbot: QtBot) -> Desk:
    fieldwork.add_firm(study, NewFirm(NAME, "kimya", "Bornova", "20.30", "1-9", "98765432109"))
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def notes(widget: QWidget) -> str:
    return "\n".join(note.text for note in widget.findChildren(ProblemNote) if not note.isHidden())


def looked_for(qtbot: QtBot, window: QWidget, page: PersonalDataPage, text: str) -> None:
    """Type a name into the field and press Enter."""
    page.found.search.setFocus()
    page.found.search.clear()
    type_text(page.found.search, text)
    press(window, "Return")
    qtbot.waitUntil(lambda: bool(page.found.told.text()), timeout=WAIT_MS)


def test_that_a_person_is_found_and_erased_by_keys_and_the_file_is_clean(desk: Desk, qtbot: QtBot):
    with shown_window(desk, PersonalDataRoute()) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        looked_for(qtbot, window, page, "kanarya")
        assert f"F0003 · {NAME}" in words(page)
        press(window, "Ctrl+D")
        assert "30 gün" in words(page)
        press(window, "Esc")
        assert not page.found.panel.is_asked_again
        press(window, "Ctrl+D")
        press(window, "Ctrl+D")
        qtbot.waitUntil(lambda: "Dosya temiz" in words(window.frame.toast), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: "geçmiyor" in page.found.told.text(), timeout=WAIT_MS)
        assert finding.find(desk.study, "kanarya") == ()
        assert access_log.Deed.ERASED in {one.deed for one in access_log.entries(desk.study)}


def test_that_a_fact_is_corrected_and_a_missing_reason_told(desk: Desk, qtbot: QtBot):
    with shown_window(desk, PersonalDataRoute()) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        looked_for(qtbot, window, page, "kanarya")
        panel = page.found.panel
        panel.fact.set_current("district")
        type_text(panel.value, "Konak")
        press(window, "Ctrl+E")
        assert "Gerekçe yok" in notes(page)
        type_text(panel.why, "taşındı")
        press(window, "Ctrl+E")
        assert notes(page) == ""
        unit = next(one for one in reading.units(desk.study.database) if one.name == NAME)
        assert unit.district == "Konak"


def test_that_everything_held_is_printed_with_a_reason(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "kisi.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    with shown_window(desk, PersonalDataRoute()) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        looked_for(qtbot, window, page, "98765432109")
        press(window, "Ctrl+P")
        assert "Gerekçe yok" in notes(page)
        type_text(page.found.panel.why, "başvuru")
        press(window, "Ctrl+P")
        qtbot.waitUntil(target.exists, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: "kisi.pdf" in words(window.frame.toast), timeout=WAIT_MS)


def test_that_the_parts_are_reached_by_keys_and_the_log_is_checked(desk: Desk, qtbot: QtBot):
    access_log.note(desk.study, access_log.Deed.FOUND, "F0003")
    with shown_window(desk, PersonalDataRoute()) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        for part in ("due", "log", "inventory", "lost", "find"):
            press(window, "Ctrl+PgDown")
            assert page.here(page_route()) == PersonalDataRoute(part)
        assert page.inventory.model.rows
        assert page.lost.model.rows
        press(window, "Ctrl+L")
        qtbot.waitUntil(lambda: "yazıldığı gibi" in page.log.told.text(), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: bool(page.log.model.rows), timeout=WAIT_MS)


def page_route() -> PersonalDataRoute:
    return PersonalDataRoute()


def test_that_a_period_is_set_and_a_wrong_one_told(desk: Desk):
    with shown_window(desk, PersonalDataRoute("due")) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        field = page.due.fields["iletişim"]
        field.setFocus()
        type_text(field, "9999")
        press(window, "Return")
        assert "0–600" in notes(page)
        field.clear()
        type_text(field, "24")
        press(window, "Return")
        assert notes(page) == ""
        assert field.text() == "24"


def test_that_backups_are_deleted_only_after_asking_and_a_new_one_is_made(desk: Desk):
    made = backups.make(desk.study).path
    old = made.rename(made.with_name(f"older-{made.name}"))
    with shown_window(desk, PersonalDataRoute("due")) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        page.due.thin.click()
        assert page.due.thin.text() == "Evet, geri gelmemek üzere sil"
        press(window, "Esc")
        assert page.due.thin.text() == "Eski yedekleri sil"
        assert old.exists()
        page.due.thin.click()
        page.due.thin.click()
        assert not old.exists()
        assert len(list(made.parent.iterdir())) == 1


def test_that_only_staff_see_the_page():
    routes = {role: [place.route for place in places.further(role)] for role in ("staff", "scorer", "interviewer")}
    assert [PersonalDataRoute() in routes[role] for role in routes] == [True, False, False]
