"""The parts of the report page by themselves: contents, paper, editions, foot, places of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kume_desktop import texts
from kume_desktop.gui import dressing, theme
from kume_desktop.gui.reporting.edition import AUDIT, PUBLICATION, EditionChoice, PersonFields
from kume_desktop.gui.reporting.files import place_of, proposed
from kume_desktop.gui.reporting.form import ReportForm
from kume_desktop.gui.reporting.paper import Content, Paper
from kume_desktop.gui.reporting.preview import Foot
from kume_desktop.gui.reporting.save_bar import ALL, SHOWN, PictureBar
from kume_desktop.gui.reporting.sheet_list import Line, SheetList
from kume_desktop.gui.reporting.writing import Written
from kume_desktop.gui.routes import ReportRoute
from kume_desktop.services.report_preview import Column, Table
from tests.gui.shell.stage import bring, press, type_text

LONG = "Endüstriyel Havalandırma, İklimlendirme ve Soğutma"
LINES = (
    Line("cover", "Kapak", True),
    Line("scorecard", "Küme Karnesi", False),
    Line("areas", "Alanlar, tek tek", False),
    Line("needs", "İhtiyaç matrisi", False),
)


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


@pytest.fixture
def listed(qtbot) -> SheetList:
    sheets = SheetList()
    sheets.resize(300, 200)
    sheets.show_lines(LINES)
    bring(qtbot, sheets)
    sheets.setFocus()
    return sheets


def test_that_parts_are_numbered_and_one_that_is_off_keeps_its_place_without_a_number(listed: SheetList):
    assert [listed.number_of(line.key) for line in listed.lines] == ["1", "2", "3", "4"]
    press(listed, "Down")
    press(listed, "Space")
    assert [line.key for line in listed.lines] == ["cover", "scorecard", "areas", "needs"]
    assert [listed.number_of(line.key) for line in listed.lines] == ["1", "", "2", "3"]
    assert listed.written == ("cover", "areas", "needs")
    assert listed.sentence() == "Küme Karnesi, kapalı"
    press(listed, "Space")
    assert listed.sentence() == "bölüm 2, Küme Karnesi, açık"


def test_that_alt_and_the_arrows_move_a_sheet_and_stop_at_the_ends(listed: SheetList):
    press(listed, "End")
    press(listed, "Alt+Up")
    press(listed, "Alt+Up")
    assert [line.key for line in listed.lines] == ["cover", "needs", "scorecard", "areas"]
    assert listed.current is not None
    assert listed.current.key == "needs"
    press(listed, "Alt+Up")
    press(listed, "Alt+Up")
    assert listed.written[0] == "needs"
    press(listed, "Alt+Down")
    assert listed.written[0] == "cover"


def test_that_the_arrows_walk_and_tell_the_sheet(qtbot, listed: SheetList):
    walked: list[str] = []
    listed.walked.connect(walked.append)
    for key in ("Down", "Down", "Up", "End", "End", "Home"):
        press(listed, key)
    assert walked == ["scorecard", "areas", "scorecard", "needs", "cover"]


def test_that_a_sheet_that_others_rest_on_cannot_be_left_out(qtbot, listed: SheetList):
    with qtbot.waitSignal(listed.locked) as told:
        press(listed, "Space")
    assert told.args == ["Kapak"]
    assert "cover" in listed.written
    assert "her zaman yazılır" in listed.sentence()


def test_that_a_mouse_checks_a_box_and_drags_a_row_by_its_grip(listed: SheetList):
    QTest.mouseClick(listed, Qt.MouseButton.LeftButton, pos=QPoint(18, 48))
    assert "scorecard" not in listed.written
    grip = QPoint(listed.width() - 12, 48)
    QTest.mousePress(listed, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(listed, grip + QPoint(0, 32))
    QTest.mouseMove(listed, grip + QPoint(0, 64))
    QTest.mouseRelease(listed, Qt.MouseButton.LeftButton, pos=grip + QPoint(0, 64))
    assert [line.key for line in listed.lines] == ["cover", "areas", "needs", "scorecard"]


def test_that_long_titles_wrap_and_make_their_row_higher(qtbot):
    sheets = SheetList()
    qtbot.addWidget(sheets)
    sheets.resize(260, 100)
    sheets.show_lines([Line("a", LONG * 2, False), Line("b", "Kısa", False)])
    sheets.resize(260, 100)
    assert sheets.top_of_current()[1] > 60
    assert sheets.height() == sheets.top_of_current()[1] + 32


def paper_of(qtbot, content: Content, width: int = 700) -> Paper:
    paper = Paper()
    qtbot.addWidget(paper)
    paper.resize(width, 400)
    paper.show_content(content)
    paper.resize(width, paper.height())
    return paper


TABLE = Table(
    (Column("Faaliyet alanı", 4), Column("Endeks", 2, right=True), Column(LONG, 2, right=True), Column("Kategori", 3)),
    (
        (LONG, "85,0", "81–88", "1. Kategori – Olgun yoğunlaşma"),
        ("Kimya", "70,5", "64–77", "2. Kategori – Gelişmekte olan yoğunlaşma\nikinci satır"),
    ),
    "Kesme noktaları: 77,8, 55,6",
)


@pytest.mark.parametrize("width", [480, 640, 730, 1000])
def test_that_no_text_of_a_table_is_cut_and_none_lies_on_another(qtbot, width: int):
    content = Content("Endeks ve aralıklar", "129 / 807 firma · " * 6, LONG, "4", TABLE, mark="GÖSTERİM VERİSİ")
    paper = paper_of(qtbot, content, width)
    boxes: list[QRect] = []
    for cell in paper.cells:
        if not cell.text:
            continue
        room = QRect(0, 0, int(cell.place.width()), 10_000)
        needed = QFontMetrics(cell.font).boundingRect(room, cell.flags & ~int(Qt.AlignmentFlag.AlignVCenter), cell.text)
        assert needed.width() <= cell.place.width() + 1, cell.text
        assert needed.height() <= cell.place.height() + 1, cell.text
        assert cell.place.right() <= width
        boxes.append(cell.place.toRect())
    crossing = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if a.intersects(b)]
    assert crossing == []
    assert paper.height() >= max(box.bottom() for box in boxes)


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_that_the_paper_is_white_with_dark_text_in_both_themes(qtbot, qapp: QApplication, scheme: theme.Scheme):
    dressing.put_on(qapp, theme.Look(scheme=scheme, motion=False))
    shown = paper_of(qtbot, Content("Endeks", "", "", "4", TABLE)).grab().toImage()
    assert shown.pixelColor(5, 5) == QColor("#FFFFFF")
    ink = theme.colour(theme.Tone.TEXT, theme.Scheme.LIGHT)
    assert any(shown.pixelColor(x, y) == ink for x in range(30, 300) for y in range(20, 80))


def test_that_pictures_take_the_width_and_keep_their_shape(qtbot):
    pixmap = QPixmap(1536, 768)
    pixmap.fill(QColor("#24609F"))
    paper = paper_of(qtbot, Content("Karne", "", "", "2", pictures=(pixmap, pixmap)), 770)
    assert paper.height() > 2 * 384
    shown = paper.grab().toImage()
    assert shown.pixelColor(400, 200) == QColor("#24609F")
    assert shown.pixelColor(400, 6 + 384 + 2) == QColor("#FFFFFF")


def test_that_the_paper_says_its_rows_to_a_screen_reader(qtbot):
    paper = paper_of(qtbot, Content("Endeks", "129 firma", "", "4", TABLE))
    assert paper.accessibleName() == "Endeks"
    assert "Kimya, 70,5, 64–77" in paper.accessibleDescription()


def choice(qtbot, edition: str = PUBLICATION, reason: str = "", personal: bool = False) -> EditionChoice:
    made = EditionChoice(None, edition, reason, personal, "")
    qtbot.addWidget(made)
    bring(qtbot, made)
    return made


def test_that_the_audit_edition_asks_why_and_the_other_does_not(qtbot):
    made = choice(qtbot)
    assert not made.reason.isVisible()
    assert made.told == ""
    picked: list[str] = []
    made.picked.connect(picked.append)
    made.focus_box()
    press(made, "Down")
    assert picked == [AUDIT]
    press(made, "Tab")
    assert QApplication.focusWidget() is made.reason
    type_text(made.reason, "Komite")
    assert made.told == "Komite"


def test_that_person_fields_ask_a_reason_of_their_own_and_stay_off_in_the_edition_for_publication(qtbot):
    made = choice(qtbot, AUDIT, "Komite")
    made.name_persons(True)
    assert QApplication.focusWidget() is made.why_persons
    type_text(made.why_persons, "Arama için")
    assert made.told == "Komite · Kişi, firma, serbest metin: Arama için"
    made.choose(PUBLICATION)
    assert (made.personal, made.told, made.why_persons.isVisible()) == (False, "", False)


def test_that_person_fields_can_be_switched_only_where_they_may_be_written(qtbot):
    row = PersonFields()
    qtbot.addWidget(row)
    row.show_state(on=False, possible=False)
    assert (words_in(row), row.switch.isHidden()) == (["Kişi, firma, serbest metin", "kapalı"], True)
    row.show_state(on=False, possible=True)
    assert not row.switch.isHidden()
    with qtbot.waitSignal(row.asked) as asked:
        row.switch.click()
    assert asked.args == [True]


@pytest.mark.parametrize(
    ("typed", "file"),
    [("rapor", "/a/rapor.xlsx"), ("r.XLSX", "/a/r.XLSX"), ("/b/x.y", "/b/x.y.xlsx"), ("alt/r.xlsx", "/a/alt/r.xlsx")],
)
def test_that_a_typed_place_becomes_a_workbook(typed: str, file: str):
    assert place_of(typed, Path("/a")) == Path(file)


def test_that_the_proposed_place_is_free(tmp_path: Path):
    study = tmp_path / "Çalışma.kume"
    assert proposed(study).name == "Çalışma-rapor.xlsx"
    proposed(study).touch()
    assert proposed(study).name == "Çalışma-rapor-2.xlsx"
    texts.set_language("en")
    assert proposed(study).name == "Çalışma-report.xlsx"


def test_that_a_file_that_will_be_replaced_is_told_while_typing(qtbot, tmp_path: Path):
    form = ReportForm(None, ReportRoute(), str(tmp_path / "rapor.xlsx"))
    qtbot.addWidget(form)
    told = "Bu dosya var; yerine yenisi yazılır."
    assert told not in words_in(form)
    (tmp_path / "rapor.xlsx").touch()
    form.show_target(str(tmp_path / "rapor.xlsx"))
    assert told in words_in(form)


@pytest.mark.parametrize(("rows_out", "told"), [(4894, "satırlar tutuyor"), (4893, "satırlar tutmuyor")])
def test_that_the_foot_tells_rows_in_and_out_and_whether_they_agree(qtbot, tmp_path: Path, rows_out: int, told: str):
    foot = Foot()
    qtbot.addWidget(foot)
    answer = {
        "path": tmp_path / "r.xlsx", "rows_in": 4894, "rows_out": rows_out, "sheets": ["a", "b"], "formulas": 7,
        "hidden": 3,
    }  # fmt: skip
    foot.show_written(Written.of(answer))
    assert told in foot.words
    assert "giren satır 4.894" in foot.words
    assert "gizlenen hücre 3 · 2 sayfa" in foot.words
    assert "r.xlsx yazıldı." in words_in(foot)
    foot.show_nothing(3)
    assert foot.words.strip() == "Henüz yazılmadı · gizlenen hücre 3 · Gizlilik: 3'ten az firma."


def test_that_a_sheet_without_pictures_offers_all_pictures_only(qtbot):
    bar = PictureBar()
    qtbot.addWidget(bar)
    bar.offer_shown(False)
    assert (bar.which.current, bar.which.isHidden()) == (ALL, True)
    bar.offer_shown(True)
    assert (bar.which.current, bar.which.isHidden()) == (SHOWN, False)
