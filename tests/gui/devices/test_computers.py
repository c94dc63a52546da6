"""Computers in the real window, by keys alone: introduce, compare, enrol, take the study, revoke; in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from kume_desktop import paths, settings, texts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.device_routes import (
    DevicesRoute,
    EnrolRoute,
    FirstPackageRoute,
    IntroduceRoute,
    KnowAgencyRoute,
)
from kume_desktop.gui.devices.enrol import EnrolPage
from kume_desktop.gui.devices.first_package import FirstPackagePage
from kume_desktop.gui.devices.introduce import IntroducePage
from kume_desktop.gui.devices.page import DevicesPage
from kume_desktop.gui.devices.words import SixWords
from kume_desktop.gui.packages.page import PackagesPage
from kume_desktop.gui.routes import PackagesRoute, StartRoute, WelcomeRoute
from kume_desktop.services import devices, people
from kume_desktop.services.packages import making
from kume_desktop.store import keyfile
from tests.gui.shell.stage import LAPTOP_125, WIDE, press, shown_window, type_text
from tests.merging import offices
from tests.merging.test_windows import drop
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kume_desktop.services.studies import Study

CAN = "Can Aydın"
SLOW = 30_000


@pytest.fixture
def desk(study: Study, qtbot: QtBot) -> Desk:
    """A computer of the agency with an interviewer in the study."""
    devices.adopt(study)
    people.add(study, CAN, people.INTERVIEWER, "canın parolası")
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


@pytest.fixture
def elsewhere(tmp_path_factory, monkeypatch) -> Callable[[], str]:
    """Go on as another computer; returns the profile of the one before."""

    def move() -> str:
        before = str(paths.profile())
        monkeypatch.setenv("KUME_PROFILE", str(tmp_path_factory.mktemp("laptop")))
        return before

    return move


@pytest.fixture
def introduction(elsewhere, monkeypatch, tmp_path) -> Path:
    """The introduction of a laptop of Can; the agency's computer is in force again."""
    home = elsewhere()
    made = devices.introduce("Dizüstü 07", CAN, PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
    monkeypatch.setenv("KUME_PROFILE", home)
    assert made.path is not None
    return made.path


def notes(window: QWidget) -> str:
    return "\n".join(note.text for note in window.findChildren(ProblemNote) if not note.isHidden())


def words_on(window: QWidget) -> str:
    return window.page.findChild(SixWords).accessibleName()


def has_focus(button: QWidget | None) -> bool:
    return button is not None and button.hasFocus()


def fill(field: QWidget, text: str) -> None:
    field.setFocus()
    field.clear()
    type_text(field, text)


def test_that_a_computer_is_enrolled_by_keys_only_after_its_words_were_compared(desk, study, introduction, qtbot):
    words = " ".join(devices.look_at(study, introduction).words)
    with shown_window(desk, EnrolRoute(introduction)) as window:
        assert words in words_on(window) and window.page.person.current == CAN
        press(window, "Ctrl+Return")
        assert "karşılaştırılmadı" in notes(window) and len(devices.trusted(study)) == 1
        press(window, "Right")
        press(window, "Space")
        press(window, "Ctrl+Return")
        assert "altı sözcüğü değil" in notes(window) and len(devices.trusted(study)) == 1
        press(window, "Left")
        press(window, "Return")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.page, DevicesPage))
        chosen = window.page.chosen()
    assert (chosen.name, chosen.person, chosen.state) == ("Dizüstü 07", CAN, "enrolled")


def test_that_an_introduction_is_chosen_from_the_list_and_a_broken_one_is_told(desk, introduction, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_how: (str(introduction), ""))
    with shown_window(desk, DevicesRoute()) as window:
        press(window, "Ctrl+O")
        qtbot.waitUntil(lambda: isinstance(window.page, EnrolPage))
        introduction.write_bytes(introduction.read_bytes()[:-5])
        window.go(EnrolRoute(introduction))
        assert "bozuk" in notes(window)
        assert not [one for one in window.page.actions_here() if one.name == "enrol"], "there is nothing to enrol"


def test_that_a_computer_is_revoked_with_a_reason_by_keys_and_the_toast_takes_it_back(desk, study, introduction, qtbot):
    found = devices.enrol(study, introduction, words_compared=True, person_compared=CAN)
    with shown_window(desk, DevicesRoute(found.device_id)) as window:
        page = window.page
        assert page.chosen().device_id == found.device_id
        press(window, "Return")
        press(window, "Down")
        press(window, "Space")
        press(window, "Tab")
        while QApplication.focusWidget() is not page.panel.act:
            press(window, "Tab")
        press(window, "Space")
        qtbot.waitUntil(lambda: page.chosen().state == "revoked")
        assert page.chosen().reason == "replaced"
        press(window, "Ctrl+Z")
        qtbot.waitUntil(lambda: page.chosen().state == "enrolled")
    assert devices.trusted(study)[found.device_id].is_enrolled


def test_that_a_lost_computer_leads_to_its_revocation_with_the_reason_chosen(desk, study, introduction, qtbot):
    found = devices.enrol(study, introduction, words_compared=True, person_compared=CAN)
    with shown_window(desk, DevicesRoute(found.device_id, "lost")) as window:
        page = window.page
        assert page.panel.reasons.current == "lost"
        qtbot.waitUntil(lambda: QApplication.focusWidget() is page.panel.act)
        press(window, "Space")
        qtbot.waitUntil(lambda: page.chosen().state == "revoked")
    assert not devices.trusted(study)[found.device_id].is_enrolled


def test_that_a_study_that_was_moved_here_is_made_one_of_the_agency_s_by_a_key(study, qtbot):
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    with shown_window(desk, DevicesRoute()) as window:
        assert "taşınmış" in notes(window) and window.page.open.isHidden()
        press(window, "Ctrl+J")
        qtbot.waitUntil(lambda: not window.page.open.isHidden())
        assert notes(window) == ""
    assert devices.this_computer(study).role == "agency"


def test_that_a_laptop_introduces_itself_from_the_welcome_page_by_keys(elsewhere, tmp_path, qtbot, monkeypatch):
    elsewhere()
    monkeypatch.setattr(keyfile.Cost, "__init__", _cheap)
    desk = Desk(settings.Settings(motion=False))
    with shown_window(desk, WelcomeRoute()) as window:
        press(window, "Ctrl+I")
        qtbot.waitUntil(lambda: isinstance(window.page, IntroducePage))
        page = window.page
        fill(page.name, "Dizüstü 07")
        fill(page.person, CAN)
        fill(page.folder, str(tmp_path))
        fill(page.passphrase, PASSPHRASE)
        fill(page.again, "başka bir parola")
        press(window, "Ctrl+Return")
        assert devices.introductions() == () and "parola" in notes(window).lower()
        fill(page.again, PASSPHRASE)
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: devices.introductions() != () and page.findChild(SixWords) is not None, timeout=SLOW)
        (kept,) = devices.introductions()
        assert " ".join(kept.words) in words_on(window)
        assert page.passphrase.text() == "", "nothing secret stays in a field"
        (file,) = tmp_path.glob("*.kume-package")
        assert file.name.startswith("Dizustu-07-tanitim-")
        # Now the primary is another one, and Ctrl+Return with it; the file is written again by its own key.
        asked = []
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *how: (asked.append(how[1]), ("", ""))[1])
        file.unlink()
        press(window, "Ctrl+Return")
        assert asked == [page._form.primary.text()] == ["İlk paketi aç"]
        assert window.page.key_hints()[0].word == "İlk paketi aç" and not file.exists()
        fill(page.passphrase, PASSPHRASE)
        press(window, "Ctrl+I")
        qtbot.waitUntil(file.is_file, timeout=SLOW)


def _cheap(self, memory_kib: int = 64, passes: int = 1, lanes: int = 1) -> None:
    for name, value in (("memory_kib", memory_kib), ("passes", passes), ("lanes", lanes)):
        object.__setattr__(self, name, value)


@pytest.fixture
def first_package(empty_template, tmp_path) -> tuple[Path, offices.Office, tuple[str, ...]]:
    """A first package for a laptop that waits for it, the laptop, and the words of the agency's computer."""
    office, laptop = offices.agency(empty_template, tmp_path / "agency"), offices.Office(tmp_path / "laptop")
    with laptop.at_work():
        told = devices.introduce("Dizüstü 07", CAN, PASSPHRASE, laptop.folder, cost=keyfile.CHEAP)
    with office.open() as study:
        people.add(study, CAN, people.INTERVIEWER, "canın parolası")
        found = devices.enrol(study, told.path, words_compared=True, person_compared=CAN)
        sent = offices.send(study, making.assignment(study, found.device_id), laptop.folder)
        return sent, laptop, devices.this_computer(study).words


def test_that_a_laptop_takes_its_study_by_keys_after_comparing_the_agency_s_words(first_package, qtbot):
    sent, laptop, words = first_package
    with laptop.at_work():
        desk = Desk(settings.Settings(motion=False))
        with shown_window(desk, WelcomeRoute()) as window:
            photo = sent.with_name("foto.kume-package")
            photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
            drop(window, photo)
            assert "paketi değil" in notes(window) and not window.page.passphrase.isVisible(), "told before one types"
            drop(window, sent)
            assert window.route == FirstPackageRoute(sent)
            page = window.page
            fill(page.passphrase, "yanlış bir parola")
            press(window, "Return")
            qtbot.waitUntil(lambda: "parola" in notes(window).lower(), timeout=SLOW)
            fill(page.passphrase, PASSPHRASE)
            press(window, "Return")
            qtbot.waitUntil(lambda: page.findChild(SixWords) is not None, timeout=SLOW)
            assert " ".join(words) in words_on(window)
            fill(page.place, str(laptop.file))
            press(window, "Ctrl+Return")
            assert "karşılaştırılmadı" in notes(window) and not laptop.file.exists()
            page._comparing.answer.focus_choice()
            press(window, "Space")
            press(window, "Ctrl+Return")
            qtbot.waitUntil(lambda: desk.has_study, timeout=SLOW)
            study = desk.study
            assert (study.person, study.role) == (CAN, people.INTERVIEWER)
            assert devices.this_computer(study).role == "laptop"
            assert devices.introductions() == ()
            assert not isinstance(window.page, FirstPackagePage)
        desk.close()


def test_that_a_laptop_comes_to_believe_another_computer_of_the_agency(first_package, tmp_path, qtbot):
    from kume_desktop.services import first_assignment, studies

    sent, laptop, _words = first_package
    with laptop.at_work():
        study = first_assignment.accept(
            first_assignment.examine(sent, PASSPHRASE), laptop.file, PASSPHRASE, words_compared=True, cost=keyfile.CHEAP
        )
        own = devices.this_computer(study)
        study.close()
    other = offices.agency(tmp_path / "agency" / "deneme.kume", tmp_path / "second")
    with other.open() as moved:
        assert own.device_id in devices.trusted(moved), "what the first computer said still counts"
        package = offices.send(moved, making.assignment(moved, own.device_id), tmp_path)
        words = devices.this_computer(moved).words
    with laptop.at_work(), studies.open_study(laptop.file, PASSPHRASE) as study:
        desk = Desk(settings.Settings(motion=False))
        desk.open(study)
        with shown_window(desk, PackagesRoute(str(package))) as window:
            qtbot.waitUntil(lambda: has_focus(window.page.report.primary), timeout=SLOW)
            press(window, "Return")
            assert window.route == KnowAgencyRoute(package)
            assert " ".join(words) in words_on(window)
            press(window, "Space")
            press(window, "Ctrl+Return")
            page = window.page
            assert isinstance(page, PackagesPage)
            qtbot.waitUntil(lambda: page._examined is not None, timeout=SLOW)
    with laptop.open() as study:
        offices.take(study, package)


@pytest.mark.change
def test_that_an_introduction_among_the_packages_leads_to_its_enrolment(desk, introduction, qtbot):
    with shown_window(desk, PackagesRoute(str(introduction))) as window:
        qtbot.waitUntil(lambda: has_focus(window.page.report.primary), timeout=SLOW)
        assert "tanıtıyor" in notes(window)
        press(window, "Return")
        assert window.route == EnrolRoute(introduction, (CAN, CAN, "laptop"))


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("size", [WIDE, LAPTOP_125])
def test_that_every_page_about_computers_is_there_in_both_languages_and_sizes(desk, introduction, lang, size):
    texts.set_language(lang)
    with shown_window(desk, StartRoute(), size) as window:
        for route in (DevicesRoute(), EnrolRoute(introduction), IntroduceRoute(), FirstPackageRoute(introduction)):
            window.go(route)
            page = window.page
            assert page.title and page.key_hints()
            assert type(page.here(route)) is type(route)
        window.go(PackagesRoute())


def test_that_a_file_that_is_no_introduction_is_followed_by_another_one_by_keys(
    desk, introduction, tmp_path, qtbot, monkeypatch
):
    photo = tmp_path / "foto.kume-package"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_how: (str(introduction), ""))
    with shown_window(desk, EnrolRoute(photo)) as window:
        assert "paketi değil" in notes(window)
        primary = window.page._form.primary
        qtbot.waitUntil(primary.hasFocus)
        press(window, "Return")
        qtbot.waitUntil(lambda: getattr(window.route, "file", None) == introduction)
        assert window.page.key_hints()[0].key == "Ctrl+Return"


def test_that_where_nobody_can_be_written_to_the_page_of_packages_leads_to_the_computers(desk, introduction, qtbot):
    with shown_window(desk, PackagesRoute()) as window:
        page = window.page
        qtbot.waitUntil(lambda: page._overview is not None, timeout=SLOW)
        press(window, "Ctrl+Shift+O")
        qtbot.waitUntil(lambda: has_focus(page.report.primary))
        press(window, "Escape")
        assert page.report.primary is None and window.page is page
        # An introduction that is opened here leads on, and stands in no list of what was refused.
        page.look(introduction)
        qtbot.waitUntil(lambda: has_focus(page.report.primary), timeout=SLOW)
        assert not page.came.rows
        page.give_up()
        press(window, "Ctrl+Shift+O")
        qtbot.waitUntil(lambda: has_focus(page.report.primary))
        press(window, "Return")
        qtbot.waitUntil(lambda: isinstance(window.route, DevicesRoute))
