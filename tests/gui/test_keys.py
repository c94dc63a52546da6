"""Passphrase, keyring, recovery key and the lock, by keys in the real window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import keyring
import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import idle_lock
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import PassphraseField, TextField
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.keys.page import KeysPage
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, KeysRoute, RecoverRoute, StartRoute, UnlockRoute
from kume_desktop.gui.start.recover import RecoverPage
from kume_desktop.gui.start.unlock import UnlockPage
from kume_desktop.services import fieldwork, interviewing, people, studies, unlocking
from kume_desktop.services.studies import Study
from tests.gui.shell.stage import press, shown_window, type_text
from tests.services.test_unlocking import Absent, Held
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

FORM = "is_ihtiyac"


@pytest.fixture
def desk(study: Study, qtbot: QtBot) -> Desk:
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


@pytest.fixture
def ring() -> Iterator[Held]:
    before, held = keyring.get_keyring(), Held()
    keyring.set_keyring(held)
    yield held
    keyring.set_keyring(before)


def fill(page: QWidget, *texts: str) -> None:
    """Type into the passphrase fields of a page, in their order, and press Enter in the last."""
    fields = page.findChildren(PassphraseField)
    for field, text in zip(fields, texts, strict=True):
        field.setFocus()
        field.clear()
        type_text(field, text)
    press(fields[-1], "Return")


def notes(window: QWidget) -> str:
    return "\n".join(note.text for note in window.findChildren(ProblemNote) if not note.isHidden())


def test_that_the_passphrase_is_changed_by_keys_and_wrong_ones_are_told(desk: Desk, study: Study, qtbot: QtBot):
    with shown_window(desk, KeysRoute()) as window:
        page = window.page
        fill(page, PASSPHRASE, "elifin yeni parolası", "başka")
        assert "birbirinden farklı" in notes(window)
        fill(page, "yanlış", "elifin yeni parolası", "elifin yeni parolası")
        assert notes(window) == ""
        qtbot.waitUntil(lambda: "Parola yanlış" in notes(window), timeout=60_000)
        fill(page, PASSPHRASE, "elifin yeni parolası", "elifin yeni parolası")
        fields = page.findChildren(PassphraseField)
        qtbot.waitUntil(lambda: all(not field.text() for field in fields), timeout=60_000)
        assert notes(window) == ""
    assert studies.open_study(study.path, "elifin yeni parolası").person == "Elif"


def test_that_a_recovery_key_is_shown_once_and_only_to_staff(desk: Desk, study: Study):
    with shown_window(desk, KeysRoute()) as window:
        page = window.page
        assert isinstance(page, KeysPage)
        page.renew_recovery_key()
        told = page._shown.text()
        assert len(told.replace(" ", "")) == 48
        window.go(StartRoute())
        window.go(KeysRoute())
        assert isinstance(window.page, KeysPage)
        assert window.page._shown.text() == ""
        study.role = people.INTERVIEWER
        desk.tell_changed()
        window.go(StartRoute())
        window.go(KeysRoute())
        assert "Yeni kurtarma anahtarı yap" not in [one.text() for one in window.page.findChildren(Button)]


def test_that_a_forgotten_passphrase_is_solved_in_the_window(desk: Desk, study: Study, qtbot: QtBot):
    told = unlocking.renew_recovery_key(study)
    desk.close()
    with shown_window(desk, UnlockRoute(study.path)) as window:
        next(one for one in window.page.findChildren(Button) if one.text() == "Parolamı unuttum…").click()
        page = window.page
        assert isinstance(page, RecoverPage)
        field = next(one for one in page.findChildren(TextField) if one.accessibleName() == "Kurtarma anahtarı")
        wrong = told[:-1] + str((int(told[-1]) + 1) % 10)
        type_text(field, wrong)
        fill(page, "yepyeni parola", "yepyeni parola")
        qtbot.waitUntil(lambda: "8. grubu yanlış" in notes(window), timeout=10_000)
        field.clear()
        type_text(field, told)
        fill(page, "yepyeni parola", "yepyeni parola")
        qtbot.waitUntil(lambda: desk.has_study, timeout=20_000)
        assert desk.study.person == "Elif"


def test_that_a_study_without_a_recovery_key_says_so(desk: Desk, study: Study, qtbot: QtBot):
    desk.close()
    with shown_window(desk, RecoverRoute(study.path)) as window:
        qtbot.waitUntil(lambda: "kurtarma anahtarı yok" in notes(window))


def test_that_the_keyring_opens_by_one_key_and_an_absent_one_is_told(
    desk: Desk, study: Study, ring: Held, qtbot: QtBot
):
    with shown_window(desk, KeysRoute()) as window:
        page = window.page
        assert isinstance(page, KeysPage)
        page.turn_remembering()
        assert ring.kept
        desk.close()
        window.go(UnlockRoute(study.path))
        unlock = window.page
        assert isinstance(unlock, UnlockPage)
        assert isinstance(QApplication.focusWidget(), Button)
        press(window, "Space")
        assert desk.has_study
        assert desk.study.person == "Elif"
        keyring.set_keyring(Absent())
        window.go(KeysRoute())
        assert isinstance(window.page, KeysPage)
        window.page.turn_remembering()
        qtbot.waitUntil(lambda: "anahtarlık yok" in notes(window))


def test_that_locking_in_an_interview_keeps_what_is_typed_and_comes_back_to_the_question(
    desk: Desk, study: Study, qtbot: QtBot
):
    unit = fieldwork.firms(study)[0].unit_id
    session = interviewing.open_interview(study, unit, FORM)
    answers = {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "1", "unvan_dogru": "1"}
    for name, value in answers.items():
        assert session.answer(session.interview.path_of(name), value).at is not None
    question = session.interview.path_of("ana_urun")
    with shown_window(desk, InterviewRoute(unit, FORM, question)) as window:
        page = window.page
        assert isinstance(page, InterviewPage)
        assert page.body is not None
        qtbot.waitUntil(lambda: page.body is not None and page.body.view.current == question)
        type_text(QApplication.focusWidget(), "şeftali")
        press(window, "Ctrl+Alt+L")
        assert not desk.has_study
        assert isinstance(window.page, UnlockPage)
        fill(window.page, PASSPHRASE)
        qtbot.waitUntil(lambda: desk.has_study, timeout=20_000)
        assert isinstance(window.page, InterviewPage)
        assert window.page.body is not None
        assert window.page.body.view.current == question
        assert window.page.body.session.interview.value(question) == "şeftali"


def test_that_another_person_does_not_come_to_the_place_of_the_one_who_locked(desk: Desk, study: Study, qtbot: QtBot):
    people.add(study, "Can", people.INTERVIEWER, "canın parolası")
    with shown_window(desk, FieldRoute()) as window:
        window.lock()
        fill(window.page, "canın parolası")
        qtbot.waitUntil(lambda: desk.has_study, timeout=20_000)
        assert isinstance(window.route, StartRoute)


def test_that_nobody_touching_the_window_locks_it_and_a_key_keeps_it_open(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(idle_lock, "_LOOK_EVERY_MS", 20)
    monkeypatch.setattr(idle_lock, "_MINUTE_MS", 400)
    desk.change_settings(replace(desk.settings, lock_minutes=0))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with shown_window(desk, FieldRoute()) as window:
        lock = idle_lock.IdleLock(app, window)
        with qtbot.waitSignal(lock.looked), qtbot.waitSignal(lock.looked):
            pass
        assert desk.has_study
        desk.change_settings(replace(desk.settings, lock_minutes=1))
        qtbot.waitUntil(lambda: not desk.has_study, timeout=10_000)
        assert isinstance(window.page, UnlockPage)
