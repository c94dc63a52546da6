# ruff: noqa: E501 - tables of cases
"""Long lists and batteries whose choices show and play; texts that are very long; what the lists in front name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import settings
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.interview.likert import LikertHeads
from kume_desktop.gui.interview.media import MediaStrip
from tests.gui.interview.conftest import Desktop, at_desk, with_workbook
from tests.gui.interview.test_rows_more import png

Key = Qt.Key
FORM = "resimli"
LONG_LABEL = "Endüstriyel soğutma ve havalandırma donanımlarının imalatı, evde kullanılanlar ile taşıt klimaları hariç olmak üzere"
SURVEY = (
    ("type", "name", "label", "required", "appearance", "warn", "warn_message"),
    ("begin_group", "a", "Düzey", "", "field-list", "", ""),
    ("select_one olcek", "l1", "Birinci satır", "yes", "likert", "", ""),
    ("select_one olcek", "l2", "İkinci satır", "yes", "likert", "", ""),
    ("end_group", "", "", "", "", "", ""),
    ("begin_group", "b", "Liste", "", "field-list", "", ""),
    ("select_one mal", "mal", "Hangi mal?", "", "minimal", "", ""),
    ("text", "uzun", "Anlatın", "", "", "", ""),
    ("integer", "sayi", "Kaç kişi?", "", "", ". > 100", "Çok değil mi?"),
    ("end_group", "", "", "", "", "", ""),
)
CHOICES = (
    ("list_name", "name", "label", "media::image", "media::audio"),
    ("olcek", "1", "Çok yetersiz", "kotu.png", ""), ("olcek", "2", "Orta", "", ""), ("olcek", "3", "Çok yeterli", "", "ses.mp3"),
    ("mal", "m0", LONG_LABEL, "kotu.png", "ses.mp3"),
    *(("mal", f"m{at}", f"Mal {at}", "", "") for at in range(1, 20)),
)  # fmt: skip


@pytest.fixture(scope="module")
def with_form(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with a form whose choices have pictures and sounds."""
    folder, beside = tmp_path_factory.mktemp("pictures"), tmp_path_factory.mktemp("form")
    book = Workbook()
    book.remove(book.active)
    about = (("form_id", "form_title", "version", "default_language"), (FORM, "Resimli", "1", "tr"))
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", about)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(beside / "resimli.xlsx")
    (beside / "kotu.png").write_bytes(png("maroon"))
    (beside / "ses.mp3").write_bytes(b"ID3")
    return with_workbook(template, folder, beside / "resimli.xlsx")


@pytest.fixture
def rows(qtbot, with_form: Path, tmp_path: Path):
    """The interview on the form, just opened."""
    with at_desk(qtbot, with_form, tmp_path, FORM) as desktop:
        yield desktop


@pytest.fixture
def played(monkeypatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    return opened


def pictures(widget) -> list[QLabel]:
    return [label for label in widget.findChildren(QLabel) if not label.pixmap().isNull() and label.accessibleName()]


def test_that_the_columns_of_a_battery_show_the_pictures_of_their_choices_and_play_their_sounds(rows, played):
    rows.go_to("l1")
    (heads,) = rows.body.view.findChildren(LikertHeads)
    (shown,) = pictures(heads)
    assert shown.accessibleName().endswith("Çok yetersiz")
    assert shown.pixmap().height() <= 56 and shown.pixmap().width() <= shown.parentWidget().width()
    (sound,) = heads.findChildren(IconButton)
    assert "Çok yeterli" in sound.accessibleName()
    sound.click()
    assert [one.endswith("-ses.mp3") for one in played] == [True]
    rows.type("1")
    assert rows.value("l1") == "1"


def test_that_a_long_list_shows_pictures_and_the_chosen_one_plays_by_keys(rows, played, qtbot):
    rows.go_to("mal")
    found = rows.row("mal").input
    rows.press(Key.Key_Down)
    model = found._list.model()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole).width() <= 48
    assert model.data(model.index(1, 0), Qt.ItemDataRole.DecorationRole) is None
    rows.type("endüstriyel")
    rows.press(Key.Key_Return)
    assert rows.value("mal") == "m0"
    (strip,) = found.findChildren(MediaStrip)
    assert len(pictures(strip)) == 1
    rows.go_to("mal")
    qtbot.waitUntil(lambda: strip.isVisible() and strip.mapTo(found, strip.rect().topLeft()).y() > 40)
    rows.press(Key.Key_Tab)
    rows.press(Key.Key_Space)
    assert [one.endswith("-ses.mp3") for one in played] == [True]
    rows.go_to("mal")
    rows.type("Mal 7")
    rows.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not [one for one in found.findChildren(MediaStrip) if one.isVisible()])


def test_that_a_long_label_of_a_list_is_told_whole_on_several_lines(rows, qtbot):
    rows.desk.change_settings(replace(rows.desk.settings, text_scale=settings.TextScale.LARGER))
    rows.go_to("mal")
    rows.type("endüstriyel")
    popup = rows.row("mal").input._list
    qtbot.waitUntil(popup.isVisible)
    qtbot.waitUntil(lambda: popup.visualRect(popup.model().index(0, 0)).width() <= popup.viewport().width())
    line = popup.visualRect(popup.model().index(0, 0))
    assert line.height() > 1.5 * popup.fontMetrics().lineSpacing()
    assert popup.height() >= line.height(), "all of it is in sight"
    assert not popup.horizontalScrollBar().isVisible()


@pytest.mark.parametrize("scale", list(settings.TextScale))
def test_that_a_text_of_up_to_four_lines_has_no_scroll_bar(rows, qtbot, scale):
    rows.desk.change_settings(replace(rows.desk.settings, text_scale=scale))
    rows.go_to("uzun")
    field = rows.row("uzun").input.field
    heights = []
    for text in ("kısa", "\nikinci", "\nüçüncü", "\ndördüncü"):
        field.insertPlainText(text)
        qtbot.waitUntil(lambda: field.height() > 0)
        assert not field.verticalScrollBar().isVisible()
        heights.append(field.height())
    assert heights == sorted(heights) and heights[-1] > heights[0]
    field.insertPlainText("\nbeşinci")
    qtbot.waitUntil(field.verticalScrollBar().isVisible)
    assert field.height() == heights[-1]


def test_that_a_text_of_forty_thousand_letters_is_kept_whole(rows):
    text = ("Üretim hattı iki vardiya çalışıyor; ısıl işlem dışarıda. " * 800)[:40_000].strip()
    rows.go_to("uzun")
    QApplication.clipboard().setText(text)
    field = rows.row("uzun").input.field
    field.paste()
    rows.press(Key.Key_Return)
    assert rows.current == "sayi"
    assert rows.value("uzun") == text
    assert field.height() < 200
    stored = rows.session.study
    again = rows.page.body.session.interview
    assert again.value(rows.path("uzun")) == text and stored is rows.study


def test_that_a_reason_is_asked_for_until_it_is_written_or_left(rows, qtbot):
    rows.go_to("sayi")
    rows.enter("150")
    rows.press(Key.Key_F4)
    editor = rows.row("sayi").editor
    rows.press(Key.Key_Return)
    assert rows.row("sayi").editor is editor, "Enter in the empty field keeps it open"
    qtbot.waitUntil(editor._wanting.isVisible)
    assert editor.field.hasFocus()
    assert rows.session.interview.warnings == {rows.path("sayi"): ""}
    rows.press(Key.Key_Escape)
    assert rows.row("sayi").editor is None
    rows.press(Key.Key_F4)
    rows.enter("iki tesis")
    assert rows.session.interview.warnings == {rows.path("sayi"): "iki tesis"}


def hinted(rows: Desktop) -> set[str]:
    return {hint.key for hint in rows.page.key_hints()}


def test_that_the_keys_named_are_those_of_the_list_in_front(rows):
    told: list[set[str]] = []
    rows.page.hints_changed.connect(lambda: told.append(hinted(rows)))
    rows.go_to("l1")
    rows.press(Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert "Esc" in told[-1] and "Ctrl+M" not in told[-1]
    rows.press(Key.Key_Escape)
    assert "Ctrl+M" in told[-1]
    rows.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {"Tab", "Ctrl+Return", "Esc"} <= told[-1]
