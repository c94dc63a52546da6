"""The page Yazdırma, driven by keys: choose, save, see what was written; texts that staff edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kume_desktop import settings, texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.printing.page import PrintPage
from kume_desktop.gui.routes import FieldRoute, PrintRoute
from kume_desktop.gui.shell.places import further
from kume_desktop.gui.window import Window
from kume_desktop.services import field_texts, fieldwork
from kume_desktop.services.studies import Study
from tests.gui.shell.stage import press, shown_window, type_text

LONG = 60_000


@pytest.fixture
def window(qtbot: QtBot, study: Study) -> Iterator[Window]:
    """A window with the page in front, in Turkish."""
    fonts.load()
    desk = Desk(replace(settings.Settings(), theme=settings.Theme.LIGHT, motion=False))
    desk.open(study)
    with shown_window(desk, PrintRoute()) as shown:
        yield shown


def page_of(window: Window) -> PrintPage:
    """The page in front."""
    assert isinstance(window.page, PrintPage)
    return window.page


def notes(page: PrintPage) -> list[str]:
    """The sentences of the notes in sight."""
    return [note.text for note in page.findChildren(ProblemNote) if note.isVisible()]


def to_matter(qtbot: QtBot, window: Window, steps: int) -> PrintPage:
    """Go down so many kinds and choose, by keys alone."""
    page = page_of(window)
    page.matters.focus_choice()
    for _step in range(steps):
        press(page, "Down")
    press(page, "Space")
    wanted = list(page.matters._buttons)[steps]
    qtbot.waitUntil(lambda: page.matter == wanted)
    return page


def saved(qtbot: QtBot, page: PrintPage) -> Path:
    """Save by the key and wait for the worker."""
    press(page, "Ctrl+P")
    qtbot.waitUntil(lambda: page.written.isVisible() or bool(notes(page)), timeout=LONG)
    assert notes(page) == []
    assert page.written.path is not None
    return page.written.path


def test_that_a_letter_is_chosen_and_saved_by_keys_alone(qtbot: QtBot, window: Window, study: Study):
    page = to_matter(qtbot, window, 1)
    assert page.matter == "letter"
    page.firms.setFocus()
    type_text(page.firms, " ".join(row.code for row in fieldwork.firms(study)))
    path = saved(qtbot, page)
    assert path.parent == study.path.parent
    assert "tanitim-mektubu" in path.name
    reader = PdfReader(path)
    assert len(reader.pages) == 2
    assert "Şişli Kimya" in reader.pages[1].extract_text()
    assert page.written.told.text() == f"{path.name}: 2 sayfa"


def test_that_the_contents_of_a_form_are_listed_with_their_pages(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 5)
    assert page.matter == "paper-form"
    saved(qtbot, page)
    rows = [
        row.accessibleName() for row in page.written.findChildren(QWidget) if row.accessibleName().startswith("1. ")
    ]
    assert rows == ["1. Başlangıç, sayfa 1"]


def test_that_the_file_is_opened_where_it_is_asked_for(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = to_matter(qtbot, window, 3)
    press(page, "Ctrl+Shift+O")
    assert opened == [], "nothing was written yet"
    path = saved(qtbot, page)
    press(page, "Ctrl+Shift+O")
    assert opened == [str(path)]


def test_that_what_is_wrong_stands_on_the_page(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 6)
    press(page, "Ctrl+P")
    qtbot.waitUntil(lambda: bool(notes(page)), timeout=LONG)
    assert notes(page) == ["Hangi firma için basılacağını seçin."]
    page.firms.setFocus()
    type_text(page.firms, "YOK")
    press(page, "Ctrl+P")
    qtbot.waitUntil(lambda: notes(page) == ["Çalışmada YOK kodlu firma yok."], timeout=LONG)


def test_that_a_day_that_is_none_is_refused_before_anything_is_written(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 0)
    page.day.setText("31.2.2027")
    press(page, "Ctrl+P")
    assert len(notes(page)) == 1
    assert "31.2.2027" in notes(page)[0]


def test_that_only_what_a_matter_asks_for_is_shown(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 0)
    assert page.day.isVisible()
    assert not page.firms.isVisible()
    assert not page.form.isVisible()
    page = to_matter(qtbot, window, 5)
    assert page.firms.isVisible()
    assert page.form.isVisible()
    assert not page.day.isVisible()


def test_that_a_text_is_kept_when_its_field_is_left(qtbot: QtBot, window: Window, study: Study):
    page = to_matter(qtbot, window, 3)
    (entry,) = page.texts_part.entries
    assert "Own" in entry.origin.text()
    entry.field.setFocus()
    entry.field.selectAll()
    type_text(entry.field, "Şunlardan birini söyleyin.")
    press(page, "Tab")
    assert field_texts.text(study, "card_note", "tr") == "Şunlardan birini söyleyin."
    assert entry.origin.text() == "Bu çalışmanın sözleri"
    assert entry.back.isVisible()
    entry.back.click()
    assert field_texts.text(study, "card_note", "tr") == "Yanıtınızı bu seçeneklerden biriyle söyleyin."
    assert entry.field.toPlainText() == "Yanıtınızı bu seçeneklerden biriyle söyleyin."


def test_that_a_text_with_an_unknown_place_is_refused_at_its_field(qtbot: QtBot, window: Window, study: Study):
    page = to_matter(qtbot, window, 3)
    (entry,) = page.texts_part.entries
    entry.field.setFocus()
    type_text(entry.field, "{adres}")
    press(page, "Tab")
    (told,) = notes(page)
    assert "{adres}" in told
    assert "{kurum}" in told
    assert field_texts.text(study, "card_note", "tr") == "Yanıtınızı bu seçeneklerden biriyle söyleyin."
    assert "{adres}" in entry.field.toPlainText(), "what was typed stays"


def test_that_the_page_comes_back_as_it_was_left(qtbot: QtBot, window: Window, study: Study):
    page = to_matter(qtbot, window, 2)
    page.firms.setText("F0001")
    page.language.set_current("en")
    here = page.here(PrintRoute())
    assert here == PrintRoute("call-script", "", page.form.current, "F0001", page.day.text(), "en", "")
    window.go(FieldRoute())
    window.go(here)
    again = page_of(window)
    assert (again.matter, again.firms.text(), again.language.current) == ("call-script", "F0001", "en")
    assert "{firma}" in again.texts_part.entries[0].field.toPlainText()


def test_that_a_firm_of_the_route_is_filled_in(qtbot: QtBot, window: Window, study: Study):
    row = fieldwork.firms(study)[0]
    window.go(PrintRoute("letter", row.unit_id))
    assert page_of(window).firms.text() == row.code


def test_that_an_interviewer_finds_no_back_check_and_no_texts(qtbot: QtBot, study: Study):
    fonts.load()
    study.role = "interviewer"
    desk = Desk(replace(settings.Settings(), theme=settings.Theme.LIGHT, motion=False))
    desk.open(study)
    with shown_window(desk, PrintRoute("back-check")) as shown:
        page = page_of(shown)
        assert page.matter == "day-list"
        to_matter(qtbot, shown, 1)
        assert page.texts_part.entries == []
        assert not page.texts_part.isVisible()
    assert any(isinstance(place.route, PrintRoute) for place in further("interviewer"))


def test_that_every_field_has_a_name_and_the_bar_shows_the_keys(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 5)
    for widget in (page.matters, page.firms, page.day, page.target, *page.texts_part.entries):
        named = widget.accessibleName() or getattr(widget, "field", widget).accessibleName()
        assert named
    assert page.form.accessibleName() or page.form.text()
    assert [hint.key for hint in page.key_hints()][:2] == ["Ctrl+P", "Ctrl+Shift+O"]


def test_that_leaving_stops_the_worker(qtbot: QtBot, window: Window):
    page = to_matter(qtbot, window, 5)
    press(page, "Ctrl+P")
    assert page._task is not None
    window.go(FieldRoute())
    qtbot.waitUntil(lambda: not QApplication.instance().findChildren(PrintPage), timeout=LONG)


def test_that_the_page_speaks_english(qtbot: QtBot, study: Study):
    fonts.load()
    texts.set_language("en")
    desk = Desk(replace(settings.Settings(), language=settings.Language.ENGLISH, motion=False))
    desk.open(study)
    with shown_window(desk, PrintRoute("letter")) as shown:
        page = page_of(shown)
        assert page.title == "Printing"
        assert page.save.text() == "Save as PDF"
        assert "introduction-letter" in page.target.text()
