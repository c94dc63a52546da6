# ruff: noqa: E501 - tables of cases
"""Pictures and sounds of labels, folded rows, reserve keys, typed dates and numbers, what a rubric asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import settings
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.interview.folded import FoldedRow
from kume_desktop.gui.interview.likert import LikertInput
from kume_desktop.gui.interview.listing import ListInput
from kume_desktop.gui.interview.media import MediaStrip
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.services import form_media, forms
from kume_desktop.services.interviewing import open_interview
from tests.gui.interview.conftest import TO_PRODUCTION, Desktop, at_desk, with_workbook

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FORM = "satirlar"
SURVEY = (
    ("type", "name", "label", "required", "relevant", "appearance", "constraint", "media::image", "media::audio", "warn"),
    ("begin_group", "a", "Resimler", "", "", "field-list", "", "", "", ""),
    ("select_one logo", "marka", "Hangi marka?", "yes", "", "", "", "marka.png", "ses.mp3", ""),
    ("select_one evet", "ihracat", "İhracat var mı?", "yes", "", "", "", "yok.png", "", ""),
    ("integer", "ulke", "Kaç ülke?", "yes", "${ihracat} = '1'", "", ". <= 200", "", "", ""),
    ("text", "pazar", "Hangi pazar?", "", "${ihracat} = '1'", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", "", "", ""),
    ("begin_group", "b", "Yazılanlar", "", "", "field-list", "", "", "", ""),
    ("date", "gun", "Ne zaman?", "", "", "", "", "", "", ""),
    ("time", "saat", "Saat kaçta?", "", "", "", "", "", "", ""),
    ("dateTime", "an", "Ne zaman ve saat kaçta?", "", "", "", "", "", "", ""),
    ("decimal", "oran", "Oran", "", "", "", "", "", "", ""),
    ("integer", "ciro", "Ciro (TL)", "", "", "", ". >= 0", "", "", ". > 5000000"),
    ("text", "uzun", "Açıklama", "", "", "multiline", "", "", "", ""),
    ("select_one il", "il", "İl", "yes", "", "minimal", "", "", "", ""),
    ("select_multiple evet", "hepsi", "Hangileri?", "", "", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip
CHOICES = (
    ("list_name", "name", "label", "missing", "media::image", "media::audio"),
    ("logo", "1", "Mavi", "", "mavi.png", ""), ("logo", "2", "Kırmızı", "", "", "ses.mp3"), ("logo", "dk", "Bilmiyor", "dk", "", ""),
    ("evet", "1", "Evet", "", "", ""), ("evet", "2", "Hayır", "", "", ""), ("evet", "nr", "Yanıt yok", "nr", "", ""),
    *(("il", f"il{at}", name, "", "", "") for at, name in enumerate(
        ("Iğdır", "Isparta", "İzmir", "İstanbul", "Şanlıurfa", "Siirt", "Sivas", "Çorum", "Ağrı", "Uşak", "Ünye", "Muş", "Muğla"))),
    ("il", "dk", "Bilmiyor", "dk", "", ""), ("il", "na", "Uygulanamaz", "na", "", ""),
)  # fmt: skip


def png(colour: str, width: int = 900) -> bytes:
    image = QImage(width, 600, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def workbook(folder: Path) -> Path:
    """The form with the files that its labels name, all but one."""
    book = Workbook()
    book.remove(book.active)
    about = (("form_id", "form_title", "version", "default_language"), (FORM, "Satırlar", "1", "tr"))
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", about)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = folder / "satirlar.xlsx"
    book.save(file)
    (folder / "marka.png").write_bytes(png("teal"))
    (folder / "media").mkdir()
    (folder / "media" / "mavi.png").write_bytes(png("navy", 300))
    (folder / "ses.mp3").write_bytes(b"ID3")
    return file


@pytest.fixture(scope="module")
def with_form(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with the form and its files in it."""
    folder = tmp_path_factory.mktemp("rows")
    return with_workbook(template, folder, workbook(tmp_path_factory.mktemp("form")))


@pytest.fixture
def rows(qtbot, with_form: Path, tmp_path: Path):
    """The interview on the form, just opened."""
    with at_desk(qtbot, with_form, tmp_path, FORM) as desktop:
        yield desktop


def reopened(rows: Desktop):
    return open_interview(rows.study, rows.unit_id, FORM)


def type_and_leave(rows: Desktop, name: str, text: str) -> None:
    rows.go_to(name)
    rows.type(text)
    rows.press(Key.Key_Return)


# Labels that show and play


def test_that_the_picture_of_a_question_is_shown_bounded_with_words_for_who_cannot_see_it(rows):
    strip = rows.row("marka").findChildren(MediaStrip)[0]
    shown = [label for label in strip.findChildren(QLabel) if not label.pixmap().isNull()]
    assert len(shown) == 1
    assert shown[0].pixmap().width() <= 420 and shown[0].pixmap().height() <= 220
    assert "Hangi marka?" in shown[0].accessibleName()


def test_that_a_missing_picture_is_said_in_words(rows):
    said = [label.text() for label in rows.row("ihracat").findChildren(Label)]
    assert any("yok.png" in text for text in said)


def test_that_a_sound_is_handed_to_the_systems_player_by_keys(rows, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    rows.go_to("marka")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    rows.press(Key.Key_Space)
    assert len(opened) == 1 and opened[0].endswith("ses.mp3")
    assert Path(opened[0]).read_bytes() == b"ID3"


def test_that_choices_show_their_pictures_and_play_their_sounds(rows):
    options = rows.row("marka").input._options
    assert options[0].picture is not None and options[0].picture.height() <= 72
    assert options[0].height() >= options[0].picture.height()
    assert options[1].picture is None
    strips = rows.row("marka").input.findChildren(MediaStrip)
    assert len(strips) == 1, "the sound of the second choice"


def test_that_files_of_a_form_are_kept_with_the_study(rows):
    shelf = form_media.Shelf(rows.study, rows.session.record.version_id)
    assert shelf.content("ses.mp3") == b"ID3"


def test_that_the_check_names_the_missing_file_once(tmp_path):
    found = [one for one in forms.check(workbook(tmp_path)) if one.code.startswith("form.media")]
    assert [(one.code, one.params["file"], one.where.row) for one in found] == [("form.media-missing", "yok.png", 4)]


# Rows that fold away


def folded(rows: Desktop) -> list[FoldedRow]:
    return rows.body.view.findChildren(FoldedRow)


def test_that_an_answered_row_that_folds_away_stays_in_grey_and_comes_back(rows, qtbot):
    rows.go_to("ihracat")
    rows.type("1")
    rows.type("12")
    rows.press(Key.Key_Return)
    rows.go_to("ihracat")
    rows.type("2")
    assert rows.body.view.row(rows.path("ulke")) is None
    assert [each.path for each in folded(rows)] == [rows.path("ulke")], "the empty one just folds"
    assert rows.value("ulke") == ""
    rows.go_to("ihracat")
    rows.press(Key.Key_Tab)
    assert QApplication.focusWidget() is folded(rows)[0].button, "Tab reaches it"
    rows.press(Key.Key_Space)
    assert (rows.value("ihracat"), rows.value("ulke")) == ("1", "12")
    assert rows.row("ulke").takes_focus
    qtbot.waitUntil(lambda: not folded(rows))
    rows.page.undo()
    assert rows.value("ihracat") == "2"


def test_that_grey_rows_are_gone_with_the_screen_and_count_nowhere(rows):
    rows.go_to("ihracat")
    rows.type("1")
    rows.type("12")
    rows.press(Key.Key_Return)
    rows.go_to("ihracat")
    rows.type("2")
    assert len(folded(rows)) == 1
    rows.go_to("gun")
    rows.go_to("ihracat")
    rows.qtbot.waitUntil(lambda: not folded(rows))
    assert reopened(rows).interview.values[rows.path("ulke")] == "12", "the study keeps the answer"


# What people type


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("gun", "12.3.2026", "2026-03-12"), ("gun", "12/03/26", "2026-03-12"), ("gun", "12 mart 2026", "2026-03-12"),
        ("gun", "1 Şub 2024", "2024-02-01"), ("gun", "29 şubat 2024", "2024-02-29"), ("gun", "12.3.98", "1998-03-12"),
        ("gun", "01022026", "2026-02-01"), ("oran", "12,5", "12.5"), ("oran", "12.5", "12.5"), ("oran", "1.234,5", "1234.5"),
        ("ciro", "1.250.000", "1250000"), ("ciro", "1 250 000", "1250000"), ("ciro", "−0", "0"),
    ],
)  # fmt: skip
def test_that_dates_and_numbers_are_taken_as_people_type_them(rows, name: str, typed: str, stored: str):
    type_and_leave(rows, name, typed)
    assert rows.value(name) == stored
    assert not rows.body.course.refusals


@pytest.mark.parametrize(("typed", "clock"), [("9.30", "09:30"), ("930", "09:30"), ("14:05", "14:05"), ("9", "09:00")])
def test_that_a_time_is_taken_as_people_type_it(rows, typed: str, clock: str):
    type_and_leave(rows, "saat", typed)
    assert rows.value("saat")[:5] == clock


def test_that_today_and_yesterday_are_dates(rows):
    today = rows.session.interview.setting.now().date()
    type_and_leave(rows, "gun", "bugün")
    assert rows.value("gun") == today.isoformat()
    type_and_leave(rows, "gun", "Dün")
    assert 0 < (today - today.fromisoformat(rows.value("gun"))).days <= 1
    type_and_leave(rows, "an", "dün 14.30")
    assert rows.value("an")[11:16] == "14:30"


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("ciro", "on iki", "not-a-number"), ("ciro", "1.250", "thousands"), ("ciro", "12,5", "not-whole"),
        ("ciro", "-5", "constraint"), ("ciro", "9" * 16, "number-too-long"), ("gun", "31.02.2026", "no-such-date"),
        ("gun", "31/02/26", "no-such-date"), ("gun", "yarın sabah", "not-a-date"), ("saat", "25.00", "not-a-time"),
        ("an", "12 mart", "not-a-moment"), ("oran", "1,2,3", "not-a-number"),
    ],
)  # fmt: skip
def test_that_wrong_input_is_refused_at_the_field_and_nothing_is_stored(rows, name: str, typed: str, code: str):
    type_and_leave(rows, name, typed)
    assert rows.body.course.refusals[rows.path(name)].code == f"interview.{code}"
    assert rows.value(name) == ""
    assert rows.current == name, "Enter stays at what was refused"
    rows.press(Key.Key_Return)
    assert rows.current != name, "pressed again it goes on"


def test_that_what_was_typed_stands_in_the_refusal(rows):
    type_and_leave(rows, "gun", "31/02/26")
    assert rows.body.course.refusals[rows.path("gun")].params["value"] == "31/02/26"


def test_that_a_pasted_newline_a_control_character_and_a_long_text_do_no_harm(rows):
    rows.go_to("ciro")
    QApplication.clipboard().setText("12\n34\x07")
    rows.press(Key.Key_V, CTRL)
    rows.press(Key.Key_Return)
    assert rows.value("ciro") == "" and rows.path("ciro") in rows.body.course.refusals
    rows.go_to("uzun")
    QApplication.clipboard().setText("ş" * 40_000 + "\x00\nson")
    rows.press(Key.Key_V, CTRL)
    rows.press(Key.Key_Return)
    assert rows.value("uzun") == "ş" * 40_000 + "\nson"
    assert reopened(rows).interview.value(rows.path("uzun")) == "ş" * 40_000 + "\nson"


def test_that_a_warning_is_let_stand_with_its_reason_by_keys(rows):
    type_and_leave(rows, "ciro", "6000000")
    assert rows.value("ciro") == "6000000"
    rows.go_to("ciro")
    rows.body.notebook.give_reason()
    rows.type("Beyanname görüldü")
    rows.press(Key.Key_Return)
    assert reopened(rows).interview.overrides[rows.path("ciro")] == "Beyanname görüldü"


# Reserve answers and long lists


def test_that_reserve_answers_of_a_list_are_one_key_away(rows):
    rows.go_to("il")
    asked = rows.row("il").input
    assert isinstance(asked, ListInput)
    rows.press(Key.Key_9)
    assert (rows.value("il"), rows.current) == ("dk", "hepsi")
    rows.go_to("il")
    rows.press(Key.Key_8, CTRL)
    assert rows.value("il") == "na"
    assert asked.field.text() == "" and asked.bar.shown == "na"


def test_that_reserve_answers_of_buttons_are_given_by_ctrl_too(rows):
    rows.go_to("ihracat")
    rows.press(Key.Key_0, CTRL)
    assert rows.value("ihracat") == "nr"


@pytest.mark.parametrize(
    ("typed", "found"), [("ıs", "il1"), ("IS", "il1"), ("sanli", "il4"), ("cor", "il7"), ("UN", "il10")]
)
def test_that_a_list_is_searched_in_turkish(rows, typed: str, found: str):
    rows.go_to("il")
    rows.type(typed)
    rows.press(Key.Key_Return)
    assert rows.value("il") == found


def test_that_several_are_ticked_by_digits_and_enter_goes_on(rows):
    rows.go_to("hepsi")
    rows.type("12")
    assert (rows.value("hepsi"), rows.current) == ("1 2", "hepsi")
    rows.type("1")
    assert rows.value("hepsi") == "2"
    rows.press(Key.Key_Return)
    assert QApplication.focusWidget() is rows.body.view.forward


# The letters of a battery


@pytest.fixture
def letters(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.desk.change_settings(replace(desktop.desk.settings, likert_keys=settings.LikertKeys.LETTERS))
    desktop.window.go(InterviewRoute(desktop.unit_id, "is_ihtiyac", desktop.path("uretim_insan")))
    qtbot.waitUntil(lambda: desktop.current == "uretim_insan")
    return desktop


def test_that_letters_of_the_home_row_answer_a_battery_and_digits_still_do(letters):
    letters.type("s")
    letters.type("5")
    letters.type("D")
    letters.type("b")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    given = [letters.value(f"uretim_{cell}") for cell in ("insan", "finansman", "duran_varlik", "bilgi", "iliski")]
    assert given == ["2", "5", "3", "dk", "4"]
    battery = letters.row("uretim_insan").input
    assert isinstance(battery, LikertInput)
    assert battery.span == "A–G"
    assert [button.text() for button in battery._buttons.values()][:2] == ["1 A", "2 S"]


# Earlier waves


@pytest.fixture
def before(desktop, qtbot):
    """The interview with an answer of an earlier wave at two questions."""
    from kume_desktop.services import earlier_answers
    from kume_desktop.services.earlier_answers import EarlierAnswer

    answers = {
        desktop.path("uretim_insan"): EarlierAnswer("2025", "Yeterli Düzeyde", "3"),
        desktop.path("ana_urun"): EarlierAnswer("2025", "Soğutma\ngrupları", "Soğutma\ngrupları"),
    }
    desktop.give(**{**TO_PRODUCTION, "ana_urun": "Kompresör"})
    return desktop, answers, earlier_answers


def show_earlier(before, monkeypatch) -> Desktop:
    desktop, answers, module = before
    monkeypatch.setattr(module, "earlier", lambda _study, _record: answers)
    for path in answers:
        node = desktop.session.interview.tree.spots[path].item.node
        monkeypatch.setattr(desktop.session.interview.tree.spots[path].item, "node", replace(node, earlier=True))
    desktop.window.go(InterviewRoute(desktop.unit_id, "is_ihtiyac", desktop.path("uretim_insan")))
    desktop.qtbot.waitUntil(lambda: desktop.current == "uretim_insan")
    return desktop


def test_that_last_waves_answer_is_shown_never_filled_in_and_taken_over_by_its_key(before, monkeypatch):
    desktop = show_earlier(before, monkeypatch)
    said = [label.text() for label in desktop.row("uretim_insan").findChildren(Label)]
    assert "2025: 3 Yeterli Düzeyde" in said
    assert desktop.value("uretim_insan") == ""
    desktop.press(Key.Key_Return)
    assert desktop.value("uretim_insan") == "", "Enter takes nothing over"
    desktop.go_to("uretim_insan")
    desktop.press(Key.Key_F7)
    assert desktop.value("uretim_insan") == "3"
    assert desktop.stored().interview.value(desktop.path("uretim_insan")) == "3"
    desktop.page.undo()
    assert desktop.value("uretim_insan") == ""


def test_that_taking_over_replaces_what_is_typed_and_not_stored_at_the_second_press_only(before, monkeypatch):
    desktop = show_earlier(before, monkeypatch)
    desktop.go_to("ana_urun")
    desktop.type("yarım")
    desktop.press(Key.Key_F7)
    assert desktop.value("ana_urun") == "Kompresör"
    said = [label.text() for label in desktop.row("ana_urun").findChildren(Label)]
    assert any("yarım" in each and "F7’ye yeniden basın: Soğutma grupları" in each for each in said)
    assert ("F7", "Yerine koy") in [(hint.key, hint.word) for hint in desktop.page.key_hints()]
    desktop.press(Key.Key_F7)
    assert desktop.value("ana_urun") == "Soğutma\ngrupları"
    desktop.press(Key.Key_Return)
    assert desktop.value("ana_urun") == "Soğutma\ngrupları"
    desktop.page.undo()
    assert desktop.value("ana_urun") == "Kompresör"


@pytest.mark.parametrize("leaving", [Key.Key_Escape, Key.Key_Down, Key.Key_2])
def test_that_any_other_key_lets_the_answer_stand_that_f7_would_replace(before, monkeypatch, leaving):
    desktop = show_earlier(before, monkeypatch)
    desktop.press(Key.Key_1)
    desktop.go_to("uretim_insan")
    desktop.press(Key.Key_F7)
    row = desktop.row("uretim_insan")
    assert row.asks_to_replace
    assert desktop.value("uretim_insan") == "1"
    desktop.press(leaving)
    assert not row.asks_to_replace
    assert desktop.value("uretim_insan") == ("2" if leaving == Key.Key_2 else "1")
    desktop.go_to("uretim_insan")
    desktop.press(Key.Key_F7)
    assert desktop.value("uretim_insan") != "3", "it asks again"


def test_that_f7_held_down_replaces_nothing(before, monkeypatch):
    desktop = show_earlier(before, monkeypatch)
    desktop.press(Key.Key_1)
    desktop.go_to("uretim_insan")
    desktop.press(Key.Key_F7)
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_F7, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(QApplication.focusWidget(), held)
    assert desktop.value("uretim_insan") == "1"
