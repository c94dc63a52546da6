"""The window: going about, keys, language and look without a restart, and what holds on every page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.routes import (
    AddFirmRoute,
    FieldRoute,
    NewStudyRoute,
    Route,
    SettingsRoute,
    StartRoute,
    UnlockRoute,
    VisitRoute,
    WelcomeRoute,
)
from kume_desktop.gui.shell.looks import look_for
from kume_desktop.gui.shell.places import HELP, SETTINGS, belongs, key_of, places
from kume_desktop.gui.shell.rail import RailMode
from kume_desktop.gui.window import Window
from kume_desktop.settings import Density, Language, Settings, TextScale, Theme
from tests.gui.shell.stage import LAPTOP_125, WIDE, TopLevels, press, shown_window

OUTSIDE: tuple[Route, ...] = (WelcomeRoute(), NewStudyRoute(), SettingsRoute())
INSIDE: tuple[Route, ...] = (StartRoute(), FieldRoute(), AddFirmRoute(), VisitRoute(""), SettingsRoute())


def front(window: Window) -> str:
    return type(window.page).__name__


def test_that_the_window_opens_on_the_studies_when_none_is_open(desk):
    with shown_window(desk) as window:
        assert (front(window), window.windowTitle()) == ("WelcomePage", "Çalışmalar – Küme Desktop")


def test_that_a_page_that_needs_a_study_leads_to_the_studies(desk):
    with shown_window(desk) as window:
        window.go(FieldRoute())
        assert front(window) == "WelcomePage"


def test_that_an_open_study_starts_on_its_start_page(open_desk):
    with shown_window(open_desk) as window:
        assert (front(window), window.windowTitle()) == ("StartPage", "Başlangıç – Düzey Analizi 2026")


def test_that_back_goes_to_the_same_firm(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        firm = open_desk.firms()[2]
        window.go(FieldRoute(firm.unit_id))
        window.go(SettingsRoute())
        window.back()
        assert window.route == FieldRoute(firm.unit_id)


def test_that_opening_a_study_puts_its_start_page_in_front(desk, study_file):
    from kume_desktop.services import studies
    from tests.gui.shell.stage import PASSPHRASE

    with shown_window(desk) as window:
        desk.open(studies.open_study(study_file, PASSPHRASE))
        assert (front(window), window.frame.rail.items[1].place.name) == ("StartPage", "Saha")


def test_that_alt_and_a_digit_go_to_the_page_of_the_rail(open_desk):
    with shown_window(open_desk) as window:
        press(window, "Alt+2")
        assert front(window) == "FieldPage"
        press(window, "Ctrl+,")
        assert front(window) == "SettingsPage"
        press(window, "Alt+Left")
        assert front(window) == "FieldPage"


def test_that_escape_goes_back(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "Ctrl+N")
        assert front(window) == "AddFirmPage"
        press(window, "Esc")
        assert front(window) == "FieldPage"


def test_that_f6_goes_round_rail_content_and_panel(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        panel = window.page.side_panel()
        seen = []
        for _step in range(3):
            press(window, "F6")
            focused = QApplication.focusWidget()
            assert focused is not None
            in_panel = panel is not None and panel.isAncestorOf(focused)
            seen.append("panel" if in_panel else "rail" if window.frame.rail.isAncestorOf(focused) else "content")
        assert seen == ["panel", "rail", "content"]


def test_that_f1_lists_the_keys_and_gives_the_focus_back(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        before = QApplication.focusWidget()
        press(window, "F1")
        assert window.frame.keys is not None
        words = {label.text() for label in window.frame.keys.findChildren(Label)}
        assert {"Deneme yaz", "Bul ya da yap", "Firma ekle"} <= words
        press(window, "Esc")
        assert window.frame.keys is None
        assert QApplication.focusWidget() is before


def test_that_the_language_changes_without_a_restart_on_the_same_page(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        firm = open_desk.firms()[1]
        window.go(FieldRoute(firm.unit_id))
        open_desk.change_settings(replace(open_desk.settings, language=Language.ENGLISH))
        assert (window.page.title, window.route) == ("Fieldwork", FieldRoute(firm.unit_id))
        assert (texts.language(), QLocale().decimalPoint()) == ("en", ".")
        open_desk.change_settings(replace(open_desk.settings, language=Language.TURKISH))
        assert (window.page.title, QLocale().decimalPoint()) == ("Saha", ",")


def test_that_qts_own_words_are_turkish(desk):
    with shown_window(desk):
        assert QApplication.translate("QPlatformTheme", "Cancel") == "İptal"


def test_that_the_theme_changes_at_once(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        open_desk.change_settings(replace(open_desk.settings, theme=Theme.DARK))
        assert theme.look().scheme is theme.Scheme.DARK
        corner = window.grab().toImage().pixelColor(400, 700)
        assert corner == theme.colour(theme.Tone.SURFACE, theme.Scheme.DARK)


def test_that_the_text_size_changes_at_once(open_desk):
    with shown_window(open_desk) as window:
        before = window.page.findChild(Label).font().pixelSize()
        open_desk.change_settings(replace(open_desk.settings, text_scale=TextScale.LARGER))
        assert window.page.findChild(Label).font().pixelSize() == round(before * 1.3)


@pytest.mark.parametrize(
    ("size", "density", "wanted"),
    [
        (WIDE, Density.AUTO, theme.Density.COMFORTABLE),
        (LAPTOP_125, Density.AUTO, theme.Density.COMPACT),
        (QSize(1366, 600), Density.AUTO, theme.Density.COMPACT),
        (WIDE, Density.COMPACT, theme.Density.COMPACT),
        (LAPTOP_125, Density.COMFORTABLE, theme.Density.COMFORTABLE),
    ],
)
def test_that_the_density_follows_the_window_unless_it_is_forced(size, density, wanted):
    assert look_for(Settings(density=density), size).density is wanted


def test_that_a_window_made_small_becomes_compact(open_desk, qtbot):
    with shown_window(open_desk) as window:
        assert window.frame.mode is RailMode.WIDE
        window.resize(LAPTOP_125)
        qtbot.waitUntil(lambda: window.frame.mode is RailMode.ICONS)
        assert theme.is_compact()


def test_that_the_rail_shows_only_what_a_role_may_use():
    assert [place.name for place in places(None)] == ["Çalışmalar"]
    assert [place.name for place in places("interviewer")] == ["Başlangıç", "Saha", "Paketler"]
    assert [place.name for place in places("staff")] == [
        "Başlangıç", "Saha", "Paketler", "İnceleme", "Çelişkiler", "Puanlama", "Sonuçlar", "Küme Karnesi", "Rapor",
        "Faaliyet alanları",
    ]  # fmt: skip
    assert [place.name for place in places("data_officer")] == ["Başlangıç", "Kişisel veri"]


def test_that_the_pages_of_every_day_have_digits_and_help_and_settings_the_same_keys_for_everybody():
    staff = places("staff")
    assert [key_of(place, number) for number, place in enumerate(staff, start=1)] == [
        *(f"Alt+{number}" for number in range(1, 10)), "",
    ]  # fmt: skip
    for role in (None, "interviewer", "staff", "data_officer"):
        assert key_of(HELP, len(places(role)) + 1) == "Alt+0"
        assert key_of(SETTINGS, 0) == "Ctrl+,"


def test_that_pages_below_a_page_mark_it_in_the_rail():
    field = places("staff")[1]
    assert belongs(VisitRoute("x"), field)
    assert belongs(AddFirmRoute(), field)
    assert not belongs(StartRoute(), field)


@pytest.mark.parametrize("route", INSIDE)
def test_that_invented_data_are_marked_on_every_page(open_desk, route):
    with shown_window(open_desk, route) as window:
        marks = [label for label in window.findChildren(QLabel) if label.objectName() == "mark" and label.isVisible()]
        assert [mark.text() for mark in marks] == ["Gösterim verisi"]


def nameless(page: QWidget) -> list[str]:
    """The visible controls without a name for a screen reader."""
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [
        type(control).__name__
        for control in controls
        if control.isVisible() and not control.accessibleName() and not getattr(control, "text", str)()
    ]


def cut_labels(page: QWidget) -> list[str]:
    """The one-line labels and worded buttons that are narrower than their words."""
    worded = [label for label in page.findChildren(Label) if not label.wordWrap()] + page.findChildren(Button)
    return [
        part.text()
        for part in worded
        if part.isVisible() and part.fontMetrics().horizontalAdvance(part.text()) > part.width() + 1
    ]


@pytest.mark.parametrize(
    ("size", "language"),
    [(WIDE, Language.TURKISH), (LAPTOP_125, Language.ENGLISH), (QSize(1024, 540), Language.TURKISH)],
)
@pytest.mark.parametrize("route", INSIDE)
def test_that_every_page_has_names_hints_and_uncut_words(open_desk, route, size, language):
    open_desk.change_settings(replace(open_desk.settings, language=language))
    with shown_window(open_desk, route, size) as window:
        page = window.page
        assert nameless(window) == []
        assert cut_labels(window) == []
        assert page.title
        assert page.key_hints()
        primaries = [b for b in page.findChildren(Button) if b.property("kind") == Kind.PRIMARY and b.isVisible()]
        assert len(primaries) <= 1
        assert QApplication.focusWidget() is not None


@pytest.mark.parametrize("route", [*OUTSIDE, UnlockRoute(Path("Düzey Analizi.kume"))])
def test_that_pages_outside_a_study_hold_too(desk, route):
    with shown_window(desk, route, LAPTOP_125) as window:
        assert (nameless(window), cut_labels(window)) == ([], [])
        assert QApplication.focusWidget() is not None


@pytest.mark.parametrize("scale", TextScale)
def test_that_larger_text_is_not_cut(open_desk, scale):
    open_desk.change_settings(replace(open_desk.settings, text_scale=scale))
    with shown_window(open_desk, FieldRoute()) as window:
        assert cut_labels(window) == []


def test_that_nothing_flashes_up_as_a_window_of_its_own(open_desk, qapp):
    with TopLevels(qapp) as shown, shown_window(open_desk) as window:
        for route in INSIDE:
            window.go(route)
        window.keys.palette()
        window.keys.escape()
        window.keys.key_list()
    assert set(shown.seen) <= {"Window", "QWindow"}


def test_that_every_page_is_walked_by_tab_with_the_ring_around_each_control(open_desk):
    with shown_window(open_desk, AddFirmRoute()) as window:
        seen = []
        for _step in range(20):
            focused = QApplication.focusWidget()
            assert focused is not None
            assert window.ring.target is focused or focused.property("own_ring")
            seen.append(focused.accessibleName() or getattr(focused, "text", str)())
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert {"Firmanın adı", "İlçe", "Firmayı ekle", "Geri"} <= set(seen)
