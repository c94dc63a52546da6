"""Workbooks as their authors save them, a real study, the real window, and hands that only press keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kume_desktop import settings
from kume_desktop.gui import fonts
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import Route
from kume_desktop.gui.window import Window
from kume_desktop.services import fieldwork, installing, interviewing, people, studies, versions
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from tests.gui.shell.stage import WIDE, press

PASSPHRASE, INTERVIEWER = "gizli parola", "görüşmeci parolası"
FACTS = StudyFacts("Ajans", 2025, "kanun", "kimse", "iki yıl", "kvkk@example.org")
AREA = Area("kimya", "Kimya", "Chemistry", "20", "NACE Rev. 2", 40)
FORM = "kisa"
LONG_MS = 60_000
Rows = Sequence[Sequence[str]]
SURVEY: Rows = (
    ("type", "name", "label", "required", "relevant", "constraint", "constraint_message"),
    ("text", "urun", "En çok sattığınız ürün ya da hizmet nedir?", "yes", "", "", ""),
    ("integer", "yil", "Kuruluş yılı", "", "", ". > 1800", "1800’den sonra olmalı."),
    ("select_one evet", "ihracat", "İhracat yapıyor musunuz?", "", "", "", ""),
)
CHOICES: Rows = (("list_name", "name", "label"), ("evet", "e", "Evet"), ("evet", "h", "Hayır"), ("evet", "b", "Bazen"))
TESTS: Rows = (
    ("case", "verb", "target", "value"),
    ("kısa yol", "begin", "", ""),
    ("kısa yol", "answer", "urun", "boya"),
    ("kısa yol", "expect_value", "urun", "boya"),
    ("yanlış", "begin", "", ""),
    ("yanlış", "answer", "urun", "boya"),
    ("yanlış", "expect_value", "urun", "vernik"),
)


def workbook(file: Path, version: str = "1", survey: Rows = SURVEY, choices: Rows = CHOICES) -> Path:
    """A questionnaire as its author would save it."""
    book = Workbook()
    book.remove(book.active)
    named = [[survey[1][1] if cell == "urun" else cell for cell in row] for row in TESTS]
    about = (("form_id", "form_title", "version", "default_language"), (FORM, "Kısa form", version, "tr"))
    for title, rows in (("survey", survey), ("choices", choices), ("settings", about), ("tests", named)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def changed(**cells: tuple[int, str]) -> Rows:
    """The survey with cells changed: question -> (column, text)."""
    return [
        [text if row[1] in cells and cells[row[1]][0] == place else cell for place, cell in enumerate(row)]
        for row in SURVEY
        for text in [cells.get(row[1], (0, ""))[1]]
    ]


SECOND_SURVEY = changed(yil=(0, "text"), urun=(1, "ana_urun"))
SECOND_CHOICES = CHOICES[:-1]


@pytest.fixture(scope="session")
def forms_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a short questionnaire, three firms, two drafts and one finished interview."""
    folder = tmp_path_factory.mktemp("forms")
    path = folder / "a.kume"
    study = studies.create_study(path, "Deneme", FACTS, PASSPHRASE, "Elif", [AREA], demonstration=True, instruments=[])
    for name in ("Çınar Boya", "İdeal Kimya", "Şişli Kimya"):
        fieldwork.add_firm(study, NewFirm(name, AREA.code, "Kemalpaşa", "20", "2"))
    versions.install(study, installing.prepare(workbook(folder / "kisa_1.xlsx")))
    people.add(study, "Gül", "interviewer", INTERVIEWER)
    for row, done in zip(fieldwork.firms(study), (False, False, True), strict=True):
        session = interviewing.open_interview(study, row.unit_id, FORM)
        for name, value in (("urun", "boya"), ("yil", "1998"), ("ihracat", "b")):
            assert session.answer(session.interview.path_of(name), value).at is not None
        assert not done or session.complete().at is not None
    study.close()
    return folder


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> installing.Prepared:
    """The second version: another type, another name of a question, a choice less."""
    folder = tmp_path_factory.mktemp("second")
    return installing.prepare(workbook(folder / "kisa_2.xlsx", "2", SECOND_SURVEY, SECOND_CHOICES))


@dataclass(repr=False)
class Hands:
    """The window, and hands that press keys."""

    study: Study
    desk: Desk
    window: Window
    qtbot: QtBot
    folder: Path

    def page(self, kind: type) -> object:
        assert isinstance(self.window.page, kind), type(self.window.page).__name__
        return self.window.page

    def press(self, *keys: str) -> None:
        for key in keys:
            press(QApplication.focusWidget() or self.window, key)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=LONG_MS)

    @property
    def toast(self) -> str:
        return "" if self.window.frame.toast.isHidden() else self.window.frame.toast.findChild(QLabel).text()


Opened = Callable[..., Hands]


@pytest.fixture
def opened(qtbot: QtBot, forms_template: Path, tmp_path: Path) -> Iterator[Opened]:
    """Opens the window on a page of a copy of the study."""
    fonts.load()
    windows: list[Window] = []
    for file in forms_template.iterdir():
        shutil.copy(file, tmp_path)

    def open_window(
        route: Route, *prepared: installing.Prepared, passphrase: str = PASSPHRASE, size: QSize = WIDE
    ) -> Hands:
        study = studies.open_study(tmp_path / "a.kume", passphrase)
        for one in prepared:
            versions.install(study, one)
        desk = Desk(replace(settings.Settings(), theme=settings.Theme.LIGHT, motion=False))
        desk.open(study)
        window = Window(desk, route, size)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return Hands(study, desk, window, qtbot, tmp_path)

    yield open_window
    for window in windows:
        window.close()


@contextmanager
def choosing(monkeypatch: pytest.MonkeyPatch, **answers: object) -> Iterator[None]:
    """What a person chooses in the dialogs of the system, which no test can press keys in."""
    from kume_desktop.gui.forms import files

    with monkeypatch.context() as patched:
        for name, answer in answers.items():
            patched.setattr(files, name, lambda *_asked, given=answer: given)
        yield
