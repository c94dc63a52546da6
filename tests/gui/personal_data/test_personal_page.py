"""The page of personal data: by keys, with the real companion and worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from kume_desktop import settings
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.personal_data.page import PersonalDataPage
from kume_desktop.gui.routes import PersonalDataRoute
from kume_desktop.gui.shell import places
from kume_desktop.services import access_log, backups, fieldwork, interviewing, people, studies
from kume_desktop.services.personal_data import consent, finding, retention
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading
from kume_desktop.store.events import EventKind, SubjectKind
from tests.gui.shell.stage import press, shown_window, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kume_desktop.services.personal_data.inventory import Line
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord

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
        qtbot.waitUntil(lambda: "Gerekçe yok" in notes(page), timeout=WAIT_MS)
        type_text(panel.why, "taşındı")
        press(window, "Ctrl+E")
        qtbot.waitUntil(lambda: the_firm(desk).district == "Konak", timeout=WAIT_MS)
        assert notes(page) == ""


def the_firm(desk: Desk) -> UnitRecord:
    return next(one for one in reading.units(desk.study.database) if one.name == NAME)


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
        qtbot.waitUntil(lambda: bool(page.inventory.model.rows and page.lost.model.rows), timeout=WAIT_MS)
        press(window, "Ctrl+L")
        qtbot.waitUntil(lambda: "yazıldığı gibi" in page.log.told.text(), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: bool(page.log.model.rows), timeout=WAIT_MS)


def page_route() -> PersonalDataRoute:
    return PersonalDataRoute()


def test_that_a_period_is_set_and_a_wrong_one_told(desk: Desk, qtbot: QtBot):
    with shown_window(desk, PersonalDataRoute("due")) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        qtbot.waitUntil(lambda: "iletişim" in page.due.fields, timeout=WAIT_MS)
        field = page.due.fields["iletişim"]
        field.setFocus()
        type_text(field, "9999")
        press(window, "Return")
        qtbot.waitUntil(lambda: "0–600" in notes(page), timeout=WAIT_MS)
        field.clear()
        type_text(field, "24")
        press(window, "Return")
        qtbot.waitUntil(lambda: retention.periods(desk.study).get("iletişim") == 24, timeout=WAIT_MS)
        assert notes(page) == ""
        assert field.text() == "24"


def test_that_several_due_interviews_are_erased_with_one_confirmation(desk: Desk, qtbot: QtBot):
    units = [unit.unit_id for unit in reading.units(desk.study.database)]
    for unit_id in units:
        session = interviewing.open_interview(desk.study, unit_id, "is_ihtiyac")
        consent.withdraw(desk.study, session.interview_id, "phone")
        of = (SubjectKind.INTERVIEW, session.interview_id, session.interview.path_of("yan_tel"))
        with desk.study.act() as act:
            act.append(EventKind.ANSWER, *of, "0532 000 00 00", session.record.version_id, personal=True)
    with shown_window(desk, PersonalDataRoute("due")) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        qtbot.waitUntil(lambda: len(page.due.model.rows) == len(units), timeout=WAIT_MS)
        page.due.table.setFocus()
        press(window, "Ctrl+A")
        page.due.erase.click()
        assert f"{len(units)} görüşmeyi" in page.due.erase.text()
        page.due.erase.click()
        qtbot.waitUntil(lambda: "Dosya temiz" in words(window.frame.toast), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not page.due.model.rows, timeout=WAIT_MS)
        found = [one for one in access_log.entries(desk.study) if one.deed is access_log.Deed.ERASED]
        assert len(found) == len(units)


def test_that_a_line_of_the_inventory_is_written_in_the_agency_s_words(desk: Desk, qtbot: QtBot):
    with shown_window(desk, PersonalDataRoute("inventory")) as window:
        page = window.page
        assert isinstance(page, PersonalDataPage)
        qtbot.waitUntil(lambda: bool(page.inventory.model.rows), timeout=WAIT_MS)
        page.inventory.table.select(lambda line: line.key == "lists")
        page.inventory.ground.setFocus()
        page.inventory.ground.clear()
        type_text(page.inventory.ground, "5449 sayılı Kanun m.5")
        press(window, "Return")
        qtbot.waitUntil(lambda: line_of(page, "lists").ground == "5449 sayılı Kanun m.5", timeout=WAIT_MS)
        assert "Elif" in line_of(page, "lists").origin
        assert line_of(page, "visits").origin == "Kendi kuralı"


def line_of(page: PersonalDataPage, key: str) -> Line:
    return next(line for line in page.inventory.model.rows if line.key == key)


def test_that_backups_are_deleted_only_after_asking_and_a_new_one_is_made(desk: Desk, qtbot: QtBot):
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
        qtbot.waitUntil(lambda: not old.exists(), timeout=WAIT_MS)
        assert len(list(made.parent.iterdir())) == 1


def test_that_only_staff_see_the_page():
    routes = {role: [place.route for place in places.further(role)] for role in ("staff", "scorer", "interviewer")}
    assert [PersonalDataRoute() in routes[role] for role in routes] == [True, False, False]


def test_that_the_data_officer_reads_the_log_and_sees_personal_data_alone(study: Study, qtbot: QtBot):
    people.add(study, "Derya Ak", "data_officer", "derya parolası")
    access_log.note(study, access_log.Deed.FOUND, "F0003")
    study.close()
    desk = Desk(settings.Settings(motion=False))
    desk.open(studies.open_study(study.path, "derya parolası"))
    with shown_window(desk) as window:
        assert [item.place.name for item in window.frame.rail.items] == [
            "Başlangıç", "Kişisel veri", "Yardım", "Ayarlar",
        ]  # fmt: skip
        qtbot.waitUntil(lambda: "Kişisel verileri aç" in [button.text() for button in window.page.findChildren(Button)])
        press(window, "Alt+2")
        page = window.page
        assert isinstance(page, PersonalDataPage)
        press(window, "Ctrl+PgDown")
        press(window, "Ctrl+PgDown")
        qtbot.waitUntil(lambda: bool(page.log.model.rows), timeout=WAIT_MS)
        press(window, "Ctrl+L")
        qtbot.waitUntil(lambda: "yazıldığı gibi" in page.log.told.text(), timeout=WAIT_MS)
        assert notes(page) == ""
    desk.close()
