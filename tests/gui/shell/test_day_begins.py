"""The start page of real fieldwork: what is due, whose day it is, and the change of the person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import ListRow
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import DayPlanRoute, FieldRoute, InterviewRoute, SettingsRoute, StartRoute, UnlockRoute
from kume_desktop.services import assigning, backups, fieldwork, people, studies, tables
from kume_desktop.services.interviewing import open_interview
from tests.gui.shell.conftest import AREAS, FIRMS
from tests.gui.shell.stage import PASSPHRASE, press, shown_window, type_text

FACTS = studies.StudyFacts("", 2025, "6698 sayılı Kanun 5/2-e", " ", "iki yıl", "kvkk@example.org")
INTERVIEWER, HERS = "Ayşe Yılmaz", "ayşenin uzun parolası"
MISSING = "Aydınlatma metninde şu bilgiler eksik; yazılana dek yerlerinde “……” okunur: Kurum, Veriler kime aktarılır."


@pytest.fixture(scope="module")
def field_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study in the field: two people, one firm each that is assigned, facts of the notice that nobody wrote."""
    folder = tmp_path_factory.mktemp("field")
    with studies.create_study(
        folder / "a.kume", "Düzey Analizi 2026", FACTS, PASSPHRASE, "Elif Demirtaş", AREAS, instruments=["is_ihtiyac"]
    ) as study:
        for firm in FIRMS:
            fieldwork.add_firm(study, firm)
        people.add(study, INTERVIEWER, "interviewer", HERS)
        hers = next(firm for firm in fieldwork.firms(study) if firm.name == "İğdeli Soğutma")
        assigning.assign(study, [hers.unit_id], INTERVIEWER)
    return folder


@pytest.fixture
def file(field_template: Path, tmp_path: Path) -> Path:
    shutil.copytree(field_template, tmp_path / "study")
    return tmp_path / "study" / "a.kume"


@pytest.fixture
def staff(desk: Desk, file: Path) -> Iterator[Desk]:
    desk.open(studies.open_study(file, PASSPHRASE))
    yield desk
    desk.close()


@pytest.fixture
def interviewer(desk: Desk, file: Path) -> Iterator[Desk]:
    desk.open(studies.open_study(file, HERS))
    yield desk
    desk.close()


def words(window) -> set[str]:
    return {label.text() for label in window.page.findChildren(Label) if label.isVisible()}


def notes(window) -> list[str]:
    return [note.text for note in window.page.findChildren(ProblemNote) if note.isVisible()]


def act(window, word: str) -> Button:
    return next(each for each in window.page.findChildren(Button) if each.text() == word and each.isVisible())


def test_that_staff_are_told_which_facts_the_notice_lacks_and_led_there(staff, qtbot):
    with shown_window(staff) as window:
        qtbot.waitUntil(lambda: MISSING in notes(window))
        act(window, "Bilgileri yaz").click()
        assert isinstance(window.route, SettingsRoute)


def test_that_nothing_is_said_once_the_facts_are_written(staff, qtbot):
    staff.study.save_facts(replace(FACTS, agency="İZKA", recipients="kimseyle"))
    with shown_window(staff) as window:
        qtbot.waitUntil(lambda: notes(window) != [])
        assert not any("Aydınlatma" in note for note in notes(window))


def test_that_the_notice_shows_a_gap_where_a_fact_is_missing(staff):
    firm = fieldwork.firms(staff.study)[0]
    session = open_interview(staff.study, firm.unit_id, "is_ihtiyac")
    table = {row["ad"]: row["deger"] for row in tables.facts_table(staff.study.facts())}
    assert (table["kurum"], table["alicilar"], table["saklama_suresi"]) == ("……", "……", "iki yıl")
    assert session.interview.value(session.interview.path_of("kurum")) == "……"


def test_that_an_interviewer_sees_her_own_day_only(interviewer, qtbot):
    with shown_window(interviewer) as window:
        qtbot.waitUntil(lambda: any("Payınıza" in word for word in words(window)))
        assert {"Ayşe Yılmaz · Görüşmeci", "0 / 1"} <= words(window)
        assert "Günün planı" in {button.text() for button in window.page.findChildren(Button)}
        assert not any("Aydınlatma" in note for note in notes(window)), "she cannot write the facts"
        assert "10 firmadan az tamamlanan alanlar" not in words(window)


def test_that_enter_goes_on_with_the_interview_that_was_left(interviewer, qtbot):
    firm = next(one for one in fieldwork.firms(interviewer.study) if one.interviewer == INTERVIEWER)
    session = open_interview(interviewer.study, firm.unit_id, "is_ihtiyac")
    assert session.answer(session.interview.path_of("gorusme_bicimi"), "1").at is not None
    interviewer.tell_changed()
    with shown_window(interviewer) as window:
        qtbot.waitUntil(lambda: "İğdeli Soğutma" in words(window))
        assert "Süren görüşmeler" in words(window)
        rows = [row.accessibleName() for row in window.page.findChildren(ListRow)]
        assert any(row.startswith("İğdeli Soğutma, Konak") for row in rows)
        press(window, "Return")
        assert isinstance(window.route, InterviewRoute)
        assert (window.route.unit_id, window.route.instrument_id) == (firm.unit_id, "is_ihtiyac")


def test_that_appointments_to_come_are_listed_with_their_day(interviewer, qtbot):
    firm = next(one for one in fieldwork.firms(interviewer.study) if one.interviewer == INTERVIEWER)
    to_come = datetime.now().astimezone().replace(hour=10, minute=30) + timedelta(days=3)
    fieldwork.record_visit(interviewer.study, firm.unit_id, "3", "", to_come)
    interviewer.tell_changed()
    with shown_window(interviewer) as window:
        qtbot.waitUntil(lambda: "Sıradaki randevular" in words(window))
        row = next(row for row in window.page.findChildren(ListRow) if "10:30" in row.accessibleName())
        row.click()
        assert window.route == FieldRoute(firm.unit_id)


def test_that_an_interviewer_without_firms_is_told_what_to_do(desk, file, qtbot):
    with studies.open_study(file, PASSPHRASE) as study:
        people.add(study, "Can Er", "interviewer", "canın uzun parolası")
    desk.open(studies.open_study(file, "canın uzun parolası"))
    with shown_window(desk) as window:
        qtbot.waitUntil(lambda: "Henüz size firma atanmadı." in words(window))
        press(window, "Return")
        assert isinstance(window.route, FieldRoute)
    desk.close()


def test_that_the_day_plan_has_its_key(interviewer, qtbot):
    with shown_window(interviewer) as window:
        qtbot.waitUntil(lambda: any("Payınıza" in word for word in words(window)))
        press(window, "G")
        assert isinstance(window.route, DayPlanRoute)


@pytest.mark.change
def test_that_back_up_now_makes_a_backup_and_says_so(staff, qtbot):
    told = []
    with shown_window(staff) as window:
        window.page.toast.connect(told.append)
        qtbot.waitUntil(lambda: any("yedek" in note.lower() for note in notes(window)))
        act(window, "Şimdi yedekle").click()
        assert window.page.due.is_busy
        qtbot.waitUntil(lambda: bool(told), timeout=60_000)
        assert told[0].text.startswith("Yedek alındı: ")
        qtbot.waitUntil(lambda: not any("yedek" in note.lower() for note in notes(window)))
        assert isinstance(window.route, StartRoute)
        assert backups.overview(staff.study).last is not None
        # The line of the last backup is told anew.
        qtbot.waitUntil(lambda: any(word.startswith("bugün ") for word in words(window)), timeout=60_000)


def test_that_changing_the_person_closes_the_study_and_greets_the_next_one(staff, qtbot):
    path = staff.study.path
    with shown_window(staff) as window:
        qtbot.waitUntil(lambda: "Kişi değiştir" in {button.text() for button in window.page.findChildren(Button)})
        act(window, "Kişi değiştir").click()
        assert window.route == UnlockRoute(path)
        assert not staff.has_study
        type_text(window.page.findChild(type(window.page._field)), "yanlış bir parola")
        press(window, "Return")
        qtbot.waitUntil(lambda: bool(window.page._form.shown_problems))
        assert not staff.has_study, "the wrong passphrase opens nothing"
        window.page._field.clear()
        type_text(window.page._field, HERS)
        press(window, "Return")
        qtbot.waitUntil(lambda: staff.has_study and isinstance(window.route, StartRoute))
        qtbot.waitUntil(lambda: f"{INTERVIEWER} · Görüşmeci" in words(window))
        assert staff.head.person == INTERVIEWER
        assert any(word.endswith(" Ayşe") for word in words(window))


def test_that_the_palette_offers_the_change_of_the_person_and_the_backup(staff, qtbot):
    with shown_window(staff) as window:
        qtbot.waitUntil(lambda: notes(window) != [])
        assert {"person", "backup"} <= {each.name for each in window.page.actions_here()}
