"""The rating page in the real window, worked by keys, on a study with real interviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kume_desktop import settings
from kume_desktop.gui import dressing, fonts, theme
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.rating.body import RatingBody
from kume_desktop.gui.rating.page import RatingPage
from kume_desktop.gui.rating.pane import AskPane
from kume_desktop.gui.routes import RatingRoute
from kume_desktop.gui.window import Window
from kume_desktop.interview.form import Form
from kume_desktop.interview.state import Tables
from kume_desktop.services.studies import Study
from tests.gui.shell.stage import press, shown_window, type_text
from tests.services.rating_studies import firm_of, rated, rating_template

__all__ = ("rated", "rating_template")
FIRM = "Çınaraltı Konserve"


@dataclass(repr=False)
class Hands:
    """The window with the rating page in front, and hands that only type."""

    study: Study
    window: Window

    @property
    def page(self) -> RatingPage:
        assert isinstance(self.window.page, RatingPage)
        return self.window.page

    @property
    def body(self) -> RatingBody:
        assert self.page.body is not None
        return self.page.body

    @property
    def pane(self) -> AskPane:
        return self.body.pane

    @property
    def code(self) -> str:
        return self.body.code

    def press(self, *keys: str) -> None:
        for key in keys:
            press(self.window, key)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        type_text(focused, text)

    def suggested(self, code: str = "") -> int | None:
        assert self.body.row is not None
        return self.body.desk.material(self.body.row.target_id).suggested[code or self.code]

    @property
    def given(self) -> str:
        assert self.pane.ask is not None
        return self.pane.ask.given.answer


def labels(page: QWidget) -> list[str]:
    """What can be read on a page; widgets new in a layout are shown by the next turn of the event loop only."""
    return [one.text() for one in page.findChildren(QLabel) if one.text() and is_meant_to_show(one, page)]


def is_meant_to_show(widget: QWidget, page: QWidget) -> bool:
    """Whether neither a widget nor what holds it was hidden on purpose."""
    walk: QWidget | None = widget
    while walk is not None and walk is not page:
        if walk.isHidden() and walk.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return False
        walk = walk.parentWidget()
    return True


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, Inter and the light, roomy look; taken back after each test."""
    qapp.setStyle("Fusion")
    fonts.load()
    plain = theme.Look(motion=False)
    if theme.look() != plain or not qapp.styleSheet():
        dressing.put_on(qapp, plain)
    yield
    if theme.look() != plain:
        dressing.put_on(qapp, plain)


@pytest.fixture(scope="session")
def forms(rating_template: Path) -> dict[str, tuple[Form, Tables]]:
    """The forms of the study, compiled once; filled by the first test that needs them."""
    return {}


def lend(study: Study, forms: dict[str, tuple[Form, Tables]]) -> None:
    """Give a study the compiled forms, so that its pages read at once."""
    for one in study.instruments():
        if one.version_id not in forms:
            forms[one.version_id] = study.form(one.version_id), study.attached_tables(one.version_id)
        study.keep_form(one.version_id, *forms[one.version_id])


@pytest.fixture
def desk(rated: Study, forms: dict[str, tuple[Form, Tables]]) -> Desk:
    """The study is at hand, its forms are compiled: what is there when the page was opened before."""
    lend(rated, forms)
    made = Desk(settings.Settings(motion=False, theme=settings.Theme.LIGHT))
    made.open(rated)
    return made


@pytest.fixture
def hands(rated: Study, desk: Desk) -> Iterator[Hands]:
    """The first firm of the list is in front."""
    with shown_window(desk, RatingRoute(firm_of(rated, FIRM))) as window:
        yield Hands(rated, window)
