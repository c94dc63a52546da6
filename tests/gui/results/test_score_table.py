"""The scorecard: order, badges, doubts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.results.score_table import ScoreTable, by_index, doubt, is_certain
from kume_desktop.scoring.method import Method
from tests.gui.results.figures import score_of
from tests.gui.shell.stage import bring, press

HIGH = score_of(code="hava", name_tr="Endüstriyel Havalandırma, İklimlendirme ve Soğutma", score=85.0, category=1)
FRUIT = score_of()
FEW = score_of(code="az", name_tr="Az", score=60.0, published_category=2, scored=7, few_indicators=True)
TWO = score_of(code="iki", name_tr="İki Firma", n=2, score=99.0, category=1)
NONE = score_of(code="hic", name_tr="Hiç", n=0, scored=0, score=None, category=None, published_category=None)


def inks(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_that_areas_stand_by_index_and_what_is_not_shown_stands_last():
    order = [area.code for area in by_index([NONE, TWO, FEW, FRUIT, HIGH])]
    assert order == ["hava", "meyve", "az", "hic", "iki"]


def test_that_a_badge_is_certain_only_where_both_statistics_agree_on_enough_indicators(method: Method):
    assert [is_certain(area) for area in (HIGH, FRUIT, FEW)] == [True, False, False]
    assert [doubt(area, method) for area in (HIGH, FRUIT, FEW)] == [
        "", "Yuvarlama kategoriyi değiştiriyor", "7/10 gösterge",
    ]  # fmt: skip


def test_that_a_row_is_said_with_every_figure(qtbot, method: Method):
    table = ScoreTable([FRUIT, TWO, NONE], method)
    qtbot.addWidget(table)
    assert table.sentence(FRUIT) == (
        "İşlenmiş Meyve - Sebze: endeks 76,1, n / N 22 / 58, yayın 83, 2. Kategori – Gelişmekte olan yoğunlaşma, "
        "Yuvarlama kategoriyi değiştiriyor"
    )
    assert table.sentence(TWO) == "İki Firma: Gizlilik: 3'ten az firma."
    assert table.sentence(NONE) == "Hiç: Bu alanda puanlanmış firma yok."


def test_that_the_keys_walk_the_areas_and_enter_opens_one(qtbot, method: Method):
    table = ScoreTable([FRUIT, HIGH, FEW], method)
    table.resize(1094, 400)
    bring(qtbot, table)
    table.setFocus()
    walked = []
    table.area_changed.connect(lambda area: walked.append(area.code))
    for key in ("Down", "Down", "Down", "Up", "Home", "End"):
        press(table, key)
    assert walked == ["meyve", "az", "az", "meyve", "hava", "az"]
    with qtbot.waitSignal(table.area_opened) as opened:
        press(table, "Return")
    assert opened.args[0].code == "az"


def test_that_a_certain_badge_is_filled_and_an_uncertain_one_is_not(qtbot, method: Method):
    fill = theme.category(2)[0].name()
    certain = ScoreTable([score_of(published_category=2)], method)
    uncertain = ScoreTable([score_of()], method)
    for table in (certain, uncertain):
        qtbot.addWidget(table)
        table.resize(1094, table.height())
    assert fill in inks(certain)
    assert fill not in inks(uncertain)
    assert theme.code(theme.Tone.WARN).lower() in inks(uncertain)


def test_that_an_area_of_two_firms_has_neither_dot_nor_badge(qtbot, method: Method):
    shown, hidden = ScoreTable([HIGH, HIGH], method), ScoreTable([HIGH, TWO], method)
    for table in (shown, hidden):
        qtbot.addWidget(table)
        table.resize(1094, table.height())
    accent = theme.code(theme.Tone.ACCENT).lower()
    second = [
        sum(
            picture.pixelColor(x, y).name() == accent
            for x in range(600, 1094)
            for y in range(picture.height() // 2, picture.height() - 30)
        )
        for picture in (table.grab().toImage() for table in (shown, hidden))
    ]
    assert second[0] > 500
    assert second[1] == 0


@pytest.mark.parametrize("width", [760, 900, 1094])
def test_that_the_longest_name_gets_the_lines_it_needs(qtbot, method: Method, width: int):
    short, long = ScoreTable([FRUIT], method), ScoreTable([HIGH], method)
    for table in (short, long):
        qtbot.addWidget(table)
        table.resize(width, table.height())
    assert long.height() > short.height() or width == 1094
