"""The page of an area in the window: keys only, both themes, every size."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kume_desktop import settings
from kume_desktop.gui.areas.page import AreaPage
from kume_desktop.gui.areas.verdicts import Verdicts
from kume_desktop.gui.components.badge import CategoryBadge
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.routes import (
    AreaRoute,
    CompareRoute,
    DecisionRoute,
    FieldRoute,
    RatingRoute,
    ReportRoute,
    ResponseRoute,
    Route,
)
from kume_desktop.gui.window import Window
from kume_desktop.services import results
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.figures import kept
from tests.gui.results.sight import buttons_on, cut_texts, words_on
from tests.gui.shell.stage import LAPTOP_125, WIDE, press

SMALL = QSize(1024, 540)
pytestmark = pytest.mark.usefixtures("made")


def area_page(window: Window) -> AreaPage:
    assert isinstance(window.page, AreaPage)
    return window.page


@pytest.mark.parametrize("size", [WIDE, LAPTOP_125, SMALL])
@pytest.mark.parametrize("language", list(settings.Language))
@pytest.mark.parametrize("route", [AreaRoute("meyve"), AreaRoute("hava"), CompareRoute("hava", "meyve")])
def test_that_nothing_is_cut(
    show: Show, example_study: Study, size: QSize, language: settings.Language, route: AreaRoute
):
    with show(example_study, route, size, language=language) as window:
        assert cut_texts(window.page) == []


@pytest.mark.parametrize("scale", [settings.TextScale.LARGE, settings.TextScale.LARGER])
@pytest.mark.parametrize("route", [AreaRoute("hava"), CompareRoute("hava", "meyve"), DecisionRoute("hava")])
def test_that_nothing_is_cut_in_larger_letters(
    show: Show, example_study: Study, scale: settings.TextScale, route: AreaRoute
):
    with show(example_study, route, scale=scale) as window:
        assert cut_texts(window.page) == []


@pytest.mark.parametrize("scheme", [settings.Theme.LIGHT, settings.Theme.DARK])
@pytest.mark.parametrize("route", [AreaRoute("meyve"), CompareRoute("hava", "meyve"), DecisionRoute("meyve")])
def test_that_a_page_has_at_most_one_primary_and_a_name_for_everything(
    show: Show, example_study: Study, scheme: settings.Theme, route: AreaRoute
):
    with show(example_study, route, scheme=scheme) as window:
        buttons = window.page.findChildren(QPushButton)
        assert sum(button.isVisible() and button.property("kind") == "primary" for button in buttons) <= 1
        reached = [w for w in window.page.findChildren(QWidget) if w.focusPolicy().value and w.isVisible()]
        named = [w.accessibleName() or (w.text() if isinstance(w, QPushButton) else "") for w in reached]
        assert len(named) > 1
        assert all(named)


def test_that_the_three_verdicts_stand_beside_each_other(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        verdicts = page.findChildren(Verdicts)[0]
        badge = verdicts.findChildren(CategoryBadge)[0]
        assert badge.accessibleName() == "2. Kategori – Gelişmekte olan yoğunlaşma, %77"
        said = words_on(verdicts)
        assert "76,1 | 71–80" in said
        assert "83 | 25/30 | 1. Kategori – Olgun yoğunlaşma" in said
        assert "Komite henüz karar vermedi." in said
        assert "Yuvarlama kategoriyi değiştiriyor" in words_on(page)
        assert "yaklaşık 100 seçimin 77'sinde 2. Kategori, 23'ünde 1. Kategori çıkardı." in words_on(page)


def test_that_the_identity_line_says_codes_base_method_and_route(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        assert "NACE 10.31 · 37 / 41 firma · İZKA-2010 (3 düzey), sürüm 1 · firma yolu · 18 Aralık 2026" in words_on(
            window.page
        )


def test_that_left_and_right_walk_the_areas_by_index(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        walked = []
        for key in ("Right", "Right", "Left", "Ctrl+PgDown", "Ctrl+PgUp", "Left", "Left"):
            press(page, key)
            walked.append(page.area.code if page.area else "")
        assert walked == ["kimya", "arac", "kimya", "arac", "kimya", "meyve", "hava"]
        assert page.title.startswith("Endüstriyel")
        press(page, "Left")
        assert page.here(AreaRoute()) == AreaRoute("gelinlik")


def test_that_the_arrows_stay_in_the_needs_where_they_have_the_focus(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        assert page.reading is not None
        strip = page.reading.needs
        assert strip is not None
        strip.setFocus()
        press(page, "Right")
        assert page.area is not None
        assert page.area.code == "meyve"
        assert strip.current is not None
        assert (strip.current.function, strip.current.resource) == ("pazarlama", "insan")
        press(page, "Down")
        assert strip.current.cell == "pazarlama_finansman"


@pytest.mark.parametrize(
    ("key", "route"),
    [
        ("K", DecisionRoute("meyve")), ("C", CompareRoute("meyve", "hava")), ("Y", ResponseRoute("meyve")),
        ("Ctrl+E", ReportRoute()),
    ],
)  # fmt: skip
def test_that_every_way_from_the_area_has_a_key(show: Show, example_study: Study, key: str, route: Route):
    with show(example_study, AreaRoute("meyve")) as window:
        asked: list[Route] = []
        page = area_page(window)
        page.navigate.disconnect()
        page.navigate.connect(asked.append)
        press(page, key)
        assert asked == [route]


def test_that_enter_shows_the_levels_behind_and_esc_closes_them(qtbot, show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        press(page, "Down")
        press(page, "Return")
        panel = page.behind.evidence
        qtbot.waitUntil(panel.isVisible, timeout=30_000)
        assert "Dış pazarda etkinlik düzeyi" in words_on(panel)
        press(page, "Escape")
        assert panel.isHidden()
        assert page.reading is not None
        assert QApplication.focusWidget() is page.reading.indicators


def test_that_the_parts_below_stand_in_their_order_and_links_lead_there(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        assert page.reading is not None
        titles = [section.title for section in page.reading.sections]
        assert titles[:4] == [
            "Güçlü ve zayıf yanlar", "Alanlar arasındaki sırası", "Bir üst kategoriye ne taşır", "Biri çıkarılırsa",
        ]  # fmt: skip
        assert titles[-1] == "Firmalar"
        assert set(titles) <= set(buttons_on(page))


def test_that_what_lies_below_the_fold_is_built_at_the_next_turns(qtbot, show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        before = page.reading
        page.step(1)
        assert page.reading is not None
        assert page.reading is not before
        assert not page.reading.is_whole
        qtbot.waitUntil(lambda: page.reading.is_whole)
        assert "Ölçek olarak başlıklar" in [button.text() for button in page.reading.findChildren(QPushButton)]


def test_that_a_link_scrolls_to_its_part(qtbot, show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        bar = page.content.verticalScrollBar()
        link = next(b for b in page.findChildren(QPushButton) if b.text() == "Ölçek olarak başlıklar")
        link.click()
        qtbot.waitUntil(lambda: bar.value() > 300, timeout=5000)


def test_that_few_firms_are_told_and_their_parts_say_why_they_are_missing(show: Show, example_study: Study):
    with show(example_study, AreaRoute("gelinlik")) as window:
        said = words_on(window.page)
        assert "Yalnız 7 firma: tek tek yanıtlar gösterilir, aralık hesaplanmaz." in said
        assert "n < 10, olasılık hesaplanmaz" in said
        assert "10’dan az firma: aralık ve olasılık hesaplanmaz." in said


def test_that_every_figure_of_the_page_can_be_walked_and_speaks(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        figures = page.findChildren(Figure)
        assert len(figures) > 8
        for figure in figures:
            figure.setFocus()
            press(page, "Down")
            assert figure.spoken()
            assert figure.accessibleName()


def test_that_the_first_area_by_index_is_shown_where_the_route_names_none(show: Show, example_study: Study):
    with show(example_study, AreaRoute()) as window:
        page = area_page(window)
        assert page.area is not None
        assert page.area.code == "hava"


def test_that_a_firm_with_a_careless_signal_opens_in_the_fieldwork(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        assert page.reading is not None
        asked: list[Route] = []
        page.navigate.disconnect()
        page.navigate.connect(asked.append)
        page.reading.firm_asked.emit("f-low")
        assert asked == [FieldRoute("f-low")]


def test_that_d_shows_what_the_figures_rest_on(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        press(page, "D")
        assert page.behind.basis.isVisible()
        assert dict(page.behind.basis.facts)["Girdilerin özeti"] == "b" * 64
        press(page, "D")
        assert page.behind.basis.isHidden()


def test_that_ctrl_c_copies_picture_and_numbers(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        press(page, "Ctrl+C")
        held = QApplication.clipboard().mimeData()
        assert held.hasImage()
        lines = held.text().splitlines()
        assert lines[0] == "Göstergeler"
        assert lines[1].startswith("1 İç pazarda etkinlik düzeyi: ortalama 2,54, aralık 2,34–2,72, n 37")
        assert len(lines) == 11


def test_that_every_figure_tells_all_its_numbers(show: Show, example_study: Study):
    with show(example_study, AreaRoute("meyve")) as window:
        for figure in window.page.findChildren(Figure):
            assert len(figure.told().splitlines()) > 1, figure.accessibleName()


def test_that_an_area_without_levels_says_so_and_leads_to_the_rating(show: Show, example_study: Study):
    made = results.latest(example_study)
    assert made is not None
    bare = replace(made.areas[1], n=0, scored=0, score=None, category=None, published_category=None)
    kept(example_study, replace(made, areas=(made.areas[0], bare, *made.areas[2:])))
    with show(example_study, AreaRoute("meyve")) as window:
        page = area_page(window)
        assert "Bu alanda puanlanmış firma yok." in words_on(page)
        assert "Kim yanıtladı" in words_on(page)
        asked: list[Route] = []
        page.navigate.disconnect()
        page.navigate.connect(asked.append)
        next(button for button in page.findChildren(QPushButton) if button.text() == "Firmaları puanla").click()
        assert asked == [RatingRoute("")]


def test_that_two_firms_keep_their_figures(show: Show, example_study: Study):
    made = results.latest(example_study)
    assert made is not None
    kept(example_study, replace(made, areas=(made.areas[0], replace(made.areas[1], n=2), *made.areas[2:])))
    with show(example_study, AreaRoute("meyve")) as window:
        said = words_on(window.page)
        assert "Gizlilik: 3'ten az firma." in said
        assert "76,1" not in said
        assert "2,54" not in said
