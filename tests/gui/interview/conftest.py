"""A real study with one firm, opened in the real window, worked by keys only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kume_desktop import settings
from kume_desktop.gui import fonts
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.body import InterviewBody
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.interview.rows import QuestionRow
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import fieldwork, installing, studies, versions
from kume_desktop.services.interviewing import Session, open_interview
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm, StudyFacts

FORM = "is_ihtiyac"
PASSPHRASE = "gizli parola"
FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "İzmir Kalkınma Ajansı", "iki yıl", "kvkk@example.org")
AREA = Area("havalandirma", "Endüstriyel Havalandırma, İklimlendirme ve Soğutma", "HVAC", "28.25", "NACE Rev. 2", 40)
TO_PRODUCTION = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "3", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Sanayi tipi soğutma", "alan_uygun": "1", "kurulus_yili": "1998",
    "calisan_sayisi": "42", "ihracat_var": "1",
}  # fmt: skip


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a study with one area and one firm, made once."""
    folder = tmp_path_factory.mktemp("template")
    made = studies.create_study(
        folder / "a.kume", "Deneme", FACTS, PASSPHRASE, "Elif Demir", [AREA], demonstration=True, instruments=[FORM]
    )
    fieldwork.add_firm(made, NewFirm("Gümüşkavak Soğutma", AREA.code, "Kemalpaşa", "28.25", "2"))
    made.close()
    return folder


@dataclass(repr=False)
class Desktop:
    """The window with an interview in front, and hands that only type."""

    study: Study
    desk: Desk
    window: Window
    unit_id: str
    qtbot: QtBot

    @property
    def page(self) -> InterviewPage:
        assert isinstance(self.window.page, InterviewPage)
        return self.window.page

    @property
    def body(self) -> InterviewBody:
        assert self.page.body is not None
        return self.page.body

    @property
    def session(self) -> Session:
        return self.body.session

    def path(self, name: str) -> str:
        return self.session.interview.path_of(name)

    def value(self, name: str) -> str:
        return self.session.interview.value(self.path(name))

    def row(self, name: str) -> QuestionRow:
        row = self.body.view.row(self.path(name))
        assert row is not None, name
        return row

    @property
    def current(self) -> str:
        return self.body.view.current.rpartition("/")[2]

    def go_to(self, name: str) -> None:
        self.body.guide.show_question(self.path(name))

    def give(self, **answers: str) -> None:
        """Answer as an earlier sitting did, past the widgets."""
        for name, raw in answers.items():
            assert self.session.answer(self.path(name), raw).at is not None, name
        self.body.refresh_list()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type letters one by one (keyClicks would abort on a Turkish letter)."""
        for sign in text:
            target = QApplication.focusWidget() or self.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))

    def enter(self, text: str = "") -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def stored(self) -> Session:
        """The interview as a second computer start would find it."""
        return open_interview(self.study, self.unit_id, FORM)


def with_workbook(template: Path, folder: Path, form: Path) -> Path:
    """The files of the study in another folder, with one more questionnaire."""
    for file in template.iterdir():
        shutil.copy(file, folder)
    with studies.open_study(folder / "a.kume", PASSPHRASE) as study:
        versions.install(study, installing.prepare(form))
    return folder


@contextmanager
def at_desk(qtbot: QtBot, files: Path, folder: Path, form: str) -> Iterator[Desktop]:
    """The interview of the first firm on a form, just opened from a copy of these files: 1366 x 768, light."""
    fonts.load()
    for file in files.iterdir():
        shutil.copy(file, folder)
    study = studies.open_study(folder / "a.kume", PASSPHRASE)
    desk = Desk(replace(settings.Settings(), theme=settings.Theme.LIGHT, motion=False))
    desk.open(study)
    unit_id = fieldwork.firms(study)[0].unit_id
    window = Window(desk, InterviewRoute(unit_id, form), QSize(1366, 768))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Desktop(study, desk, window, unit_id, qtbot)
    window.close()


@pytest.fixture
def desktop(qtbot, template: Path, tmp_path: Path):
    """An interview just opened, 1366 x 768, light."""
    with at_desk(qtbot, template, tmp_path, FORM) as desktop:
        yield desktop
