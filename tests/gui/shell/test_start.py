"""Before a study is open, and its start page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.components.area_lines import read_areas, write_areas
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import ListRow
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.routes import (
    ConflictsRoute,
    FieldRoute,
    InterviewRoute,
    NewStudyRoute,
    ReviewRoute,
    StartRoute,
    UnlockRoute,
    WelcomeRoute,
)
from kume_desktop.gui.shell.rail import _StudyButton
from kume_desktop.gui.start.parts import greeting, when
from kume_desktop.gui.start.waiting import WaitingWork
from kume_desktop.problems import Refused
from kume_desktop.services import assigning, fieldwork, people, recent
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.review.waiting import Returned, Work
from tests.gui.shell.stage import PASSPHRASE, press, shown_window, type_text

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - only differences of days matter


def words(window) -> set[str]:
    return {label.text() for label in window.page.findChildren(Label) if label.isVisible()}


def test_that_the_first_start_offers_the_demonstration(desk):
    with shown_window(desk) as window:
        assert QApplication.focusWidget().text() == "Dene"
        assert "Örnek veriyle dene" in words(window)


def test_that_the_study_opened_last_is_in_front(desk, tmp_path):
    for name in ("eski", "yeni"):
        (tmp_path / f"{name}.kume").touch()
        recent.remember(tmp_path / f"{name}.kume", name, demonstration=False)
    with shown_window(desk) as window:
        assert "yeni" in words(window)
        assert [row.accessibleName().split(",")[0] for row in window.page.findChildren(ListRow)] == ["eski"]
        press(window, "Return")
        assert window.route == UnlockRoute(tmp_path / "yeni.kume")


def test_that_a_study_that_is_not_there_says_so(desk, tmp_path):
    recent.remember(tmp_path / "gitti.kume", "gitti", demonstration=False)
    (tmp_path / "burada.kume").touch()
    recent.remember(tmp_path / "burada.kume", "burada", demonstration=False)
    with shown_window(desk) as window:
        row = window.page.findChild(ListRow)
        assert row.accessibleDescription().endswith("şu an yerinde değil")


def test_that_a_passphrase_opens_the_study(desk, study_file, qtbot):
    with shown_window(desk, UnlockRoute(study_file)) as window:
        type_text(QApplication.focusWidget(), PASSPHRASE)
        press(window, "Return")
        qtbot.waitUntil(lambda: isinstance(window.route, StartRoute))
        assert desk.head.name == "Düzey Analizi 2026"


def test_that_a_wrong_passphrase_keeps_the_page_and_says_so(desk, study_file, qtbot):
    with shown_window(desk, UnlockRoute(study_file)) as window:
        type_text(QApplication.focusWidget(), "yanlış parola")
        press(window, "Return")
        qtbot.waitUntil(lambda: bool(window.page._form.shown_problems))
        assert not desk.has_study
        assert window.page._field.property("refused")
        assert window.page._field.hasFocus()


def test_that_a_file_that_is_no_study_is_refused_in_words(desk, tmp_path, qtbot):
    stray = tmp_path / "not.kume"
    stray.write_text("merhaba", encoding="utf-8")
    with shown_window(desk, UnlockRoute(stray)) as window:
        press(window, "Return")
        qtbot.waitUntil(lambda: bool(window.page._form.shown_problems))


def test_that_a_new_study_says_everything_that_is_missing_at_once(desk):
    with shown_window(desk, NewStudyRoute()) as window:
        window.page.passphrase.setText("bir parola")
        window.page.areas.setPlainText("kimya; Kimya\nkimya; Yine Kimya")
        press(window, "Ctrl+Return")
        said = window.page._form.shown_problems
        assert len(said) == 5
        assert "İki parola birbirini tutmuyor. Hiçbir şey kurulmadı. Aynı parolayı iki kez yazın." in said


@pytest.mark.change
def test_that_a_new_study_is_made_in_the_worker_and_opened(desk, tmp_path, qtbot):
    with shown_window(desk, NewStudyRoute()) as window:
        page = window.page
        page.name.setText("Şehir Analizi")
        page.place.setText(str(tmp_path / "şehir"))
        page.person.setText("Elif Demirtaş")
        page.passphrase.setText(PASSPHRASE)
        page.again.setText(PASSPHRASE)
        page.agency.setText("İZKA")
        page.areas.setPlainText("kimya; Kimya; Chemicals; 20; 35")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: desk.has_study, timeout=60_000)
        assert [area.frame_n for area in desk.study.areas()] == [35]
        assert desk.study.path == tmp_path / "şehir.kume"
        desk.close()


def test_that_the_name_suggests_a_place(desk):
    with shown_window(desk, NewStudyRoute()) as window:
        type_text(window.page.name, "Düzey: 2026")
        assert window.page.place.text() == str(Path.home() / "Düzey 2026.kume")


def test_that_areas_are_read_from_lines_and_written_back():
    text = "kimya; Kimya; Chemicals; 20; 35\nhava; Havalandırma; HVAC; 28.25; "
    areas = read_areas(text)
    assert [(area.code, area.name_en, area.nace, area.frame_n) for area in areas] == [
        ("kimya", "Chemicals", "20", 35),
        ("hava", "HVAC", "28.25", None),
    ]
    assert read_areas(write_areas(areas)) == areas


@pytest.mark.parametrize("line", ["kimya;", "a; b; c; d; otuz", "a; b; c; d; 3; fazla", "; ; x"])
def test_that_a_line_that_is_no_area_is_refused_with_its_number(line):
    with pytest.raises(Refused) as refused:
        read_areas(f"Gıda\n{line}")
    assert [(problem.code, problem.params["line"]) for problem in refused.value.problems] == [("window.area-line", 2)]


def test_that_codes_of_areas_are_plain_ascii():
    assert [area.code for area in read_areas("Gelinlik ve Abiye Kıyafet\nİşlenmiş Meyve - Sebze")] == [
        "gelinlik_ve_abiye_kiyafet",
        "islenmis_meyve_sebze",
    ]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW.replace(hour=8, minute=5), "bugün 08:05"),
        (NOW - timedelta(days=1), "dün 09:00"),
        (NOW - timedelta(days=3), "Cuma 09:00"),
        (NOW - timedelta(days=30), "24 Eki 09:00"),
    ],
)
def test_that_moments_are_said_as_people_say_them(moment, said):
    assert when(moment, NOW) == said


@pytest.mark.parametrize(("hour", "said"), [(7, "Günaydın"), (13, "İyi günler"), (21, "İyi akşamlar")])
def test_that_the_greeting_follows_the_hour(hour, said):
    assert greeting(hour) == said


def test_that_the_start_page_of_a_fresh_study_leads_to_its_firms(open_desk):
    with shown_window(open_desk) as window:
        assert "Süren görüşme yok" in words(window)
        press(window, "Return")
        assert isinstance(window.route, FieldRoute)


def test_that_appointments_of_today_are_listed(open_desk):
    firm = open_desk.firms()[0]
    today = datetime.now().astimezone().replace(hour=23, minute=50)
    fieldwork.record_visit(open_desk.study, firm.unit_id, "3", "", today)
    open_desk.tell_changed()
    with shown_window(open_desk) as window:
        rows = [row.accessibleName() for row in window.page.findChildren(ListRow)]
        assert "23:50, Çınaraltı Kimya, Bergama, Randevulu" in rows
        assert any("bugün 1 randevunuz var" in text for text in words(window))


def test_that_areas_with_too_few_firms_are_named_for_staff(open_desk):
    with shown_window(open_desk) as window:
        assert "10 firmadan az tamamlanan alanlar" in words(window)
        assert {"0 / 4", "0 / 2"} <= words(window)


def test_that_the_list_of_studies_stays_reachable_from_an_open_study(open_desk):
    with shown_window(open_desk) as window:
        window.frame.rail.study_clicked.emit()
        assert isinstance(window.route, WelcomeRoute)
        assert window.page.findChild(Button) is not None


def test_that_tab_goes_from_the_last_field_to_the_primary(desk):
    with shown_window(desk, NewStudyRoute()) as window:
        page = window.page
        page.areas.setFocus()
        press(window, "Tab")
        assert QApplication.focusWidget() is page._form.primary
        page.name.setFocus()
        press(window, "Tab")
        assert QApplication.focusWidget() is page.place


def test_that_a_refusal_stands_at_its_field_and_the_first_one_comes_into_sight(desk, qtbot):
    with shown_window(desk, NewStudyRoute()) as window:
        page = window.page
        page.name.setText("Deneme")
        page.person.setText("Elif")
        page.year.setText("²")
        page.areas.setPlainText("; ; x")
        page.areas.setFocus()
        press(window, "Ctrl+Return")
        qtbot.waitUntil(page.year.hasFocus)
        assert not page.year.visibleRegion().isEmpty()
        assert [page.year.property("refused"), page.areas.property("refused")] == [True, True]
        assert not page.name.property("refused")
        below = [note.text for note in page.year.parentWidget().findChildren(ProblemNote)]
        assert below == ["“²” bir yıl değil. Dört rakamla yazın."]
        page.year.setText("2025")
        page.areas.setPlainText("Kimya; a; b; c; ²")
        press(window, "Ctrl+Return")
        assert (page.year.property("refused"), page.areas.property("refused")) == (False, True)


@pytest.mark.parametrize(("typed", "year"), [("2025", 2025), ("²", 0), ("25", 0), ("20255", 0), ("", 0)])
def test_that_a_year_has_four_digits(desk, typed, year):
    with shown_window(desk, NewStudyRoute()) as window:
        window.page.year.setText(typed)
        assert window.page.facts().reference_year == year


def test_that_a_file_that_is_not_there_is_told_before_a_passphrase_is_asked_for(desk, tmp_path):
    with shown_window(desk, UnlockRoute(tmp_path / "gitti.kume")) as window:
        assert any("gitti.kume" in text for text in window.page._form.shown_problems)
        assert not window.page._field.isVisible()
        press(window, "Return")
        assert isinstance(window.route, WelcomeRoute)


def test_that_all_interviews_under_way_can_be_reached(open_desk):
    firms = open_desk.firms()
    for firm in firms:
        open_desk.held.index.renew(replace(firm, state=FirmState.IN_PROGRESS))
    further = [replace(firm, unit_id=f"{firm.unit_id}-2", state=FirmState.IN_PROGRESS) for firm in firms]
    open_desk.held.index.add(further, [""] * len(further))
    with shown_window(open_desk) as window:
        buttons = window.page.findChildren(Button)
        next(button for button in buttons if button.text() == "Süren görüşmelerin tümünü göster").click()
        assert window.page.firms.sieve.state is FirmState.IN_PROGRESS
        assert window.route.state == "in_progress"


def test_that_what_waits_is_said_with_the_way_to_it(open_desk, qtbot):
    with shown_window(open_desk, StartRoute()) as window:
        qtbot.waitUntil(lambda: bool(window.page.findChildren(WaitingWork)), timeout=60_000)
        (shown,) = window.page.findChildren(WaitingWork)
        assert shown.isHidden()
        firm = fieldwork.firms(open_desk.study)[0]
        shown.show_work(Work(1200, 1, (Returned(firm.unit_id, "is_ihtiyac"),)))
        qtbot.waitUntil(shown.isVisible)
        rows = {row.accessibleName(): row for row in shown.findChildren(ListRow)}
        assert list(rows) == ["1.200 görüşme inceleme bekliyor", "1 çelişki karar bekliyor", firm.name]
        routes = []
        window.page.navigate.disconnect()
        window.page.navigate.connect(routes.append)
        for row in rows.values():
            row.click()
        assert routes == [ReviewRoute(), ConflictsRoute(), InterviewRoute(firm.unit_id, "is_ihtiyac")]


def test_that_an_interviewer_reads_their_own_count_in_the_rail(open_desk):
    study = open_desk.study
    units = [row.unit_id for row in fieldwork.firms(study)]
    people.add(study, "Deniz", people.INTERVIEWER, "deniz parolası")
    assigning.assign(study, units[:3], "Deniz")
    study.person, study.role = "Deniz", "interviewer"
    head = study.head()
    assert (head.own_firms, head.firms) == (3, 4)
    open_desk.tell_changed()
    with shown_window(open_desk, StartRoute()) as window:
        assert f"Sizin: {head.own_areas} alan, 3 firma" in window.frame.rail.findChild(_StudyButton).accessibleName()
