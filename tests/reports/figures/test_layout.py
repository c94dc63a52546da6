"""Nothing overlaps, nothing is cut, everything can be read: measured on the drawn texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from kume_desktop.reports.figures import catalogue, palette
from kume_desktop.reports.figures.content import FigureContent
from kume_desktop.reports.figures.drawing import to_png
from kume_desktop.reports.figures.lettering import BODY, STRONG, width_of, wrapped
from kume_desktop.scoring.method import Method
from tests.reports.figures.scenes import LONG, answers, boxes, content_of, figure_of, firms, panel_of, scored, six_areas

EVERY = tuple((str(name), "") for name in catalogue.OF_ALL) + tuple((str(name), "a0") for name in catalogue.OF_AN_AREA)


def overlapping(found: list) -> list[tuple[str, str]]:
    """Pairs of texts whose extents share more than a hair."""
    return [
        (first, second)
        for (first, one), (second, other) in combinations(found, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.6 and min(one.y1, other.y1) - max(one.y0, other.y0) > 1.2
    ]


def require_neat(figure) -> None:
    found = boxes(figure)
    width, height = figure.get_size_inches() * 72
    cut = [text for text, box in found if box.x0 < 4 or box.y0 < 4 or box.x1 > width - 4 or box.y1 > height - 4]
    assert found
    assert cut == []
    assert overlapping(found) == []


@pytest.mark.parametrize("lang", ["tr", pytest.param("en", marks=pytest.mark.change)])
@pytest.mark.parametrize(("name", "area"), EVERY)
def test_that_no_text_is_cut_and_none_lies_on_another(method: Method, name: str, area: str, lang: str):
    require_neat(figure_of(six_areas(method), name, area, lang))


@pytest.mark.change
@pytest.mark.parametrize(("name", "area"), EVERY)
def test_that_a_panel_s_figures_are_as_neat(method: Method, name: str, area: str):
    require_neat(figure_of(panel_of(method), name, area))


@pytest.mark.change
@pytest.mark.parametrize(("name", "area"), EVERY)
def test_that_names_of_any_length_wrap_and_lose_no_letter(method: Method, name: str, area: str):
    long = "Çok uzun adlı bir faaliyet alanı: " + "şekercilikğüşöçı" * 9 + " ve $x^2$ & <b>ötesi</b>"
    made = scored(method, {long: firms(12), "Kısa": firms(14, 2)}, {long: answers(12)})
    content = content_of(method, made, "Bir çalışmanın adı da çok uzun olabilir, hem de pek çok " * 3)
    figure = figure_of(content, name, area)
    require_neat(figure)
    shown = "".join(text for text, _box in boxes(figure)).replace(" ", "")
    if name != catalogue.Name.RANKS:
        assert long.replace(" ", "") in shown


@pytest.mark.change
@pytest.mark.parametrize("size", [(8.0, 9.0), (11.0, 5.0), (5.0, 4.0), (6.0, 12.0)])
@pytest.mark.parametrize("name", ["scorecard", "profile", "needs", "need-answers", "waterfall"])
def test_that_a_size_that_is_asked_for_is_kept_and_nothing_is_cut(method: Method, name: str, size: tuple[float, float]):
    area = "" if name == "scorecard" else "a0"
    figure = catalogue.make(name, six_areas(method), "tr", area, size=size)
    assert tuple(figure.get_size_inches()) == pytest.approx(size)
    require_neat(figure)


def test_that_cuts_close_together_leave_their_labels_apart(method: Method):
    tight = replace(method, cuts=(0.5, 0.49))
    require_neat(figure_of(content_of(tight, scored(tight, {"Kimya": firms(20)})), "scorecard"))


@pytest.mark.change
def test_that_fifty_areas_stand_below_each_other(method: Method):
    many = content_of(method, scored(method, {f"Alan {place}": firms(10, place) for place in range(50)}))
    for name in catalogue.OF_ALL:
        require_neat(figure_of(many, str(name)))


@pytest.mark.change
def test_that_every_figure_is_eight_inches_wide_and_has_its_pixels(method: Method):
    content = six_areas(method)
    for one in catalogue.catalogue(content, "tr"):
        figure = figure_of(content, one.name, one.area)
        width, height = figure.get_size_inches()
        assert width == pytest.approx(8)
        data = to_png(figure, 100)
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(data[16:20]) == 800
        assert int.from_bytes(data[20:24]) == pytest.approx(height * 100, abs=1)


def test_that_text_is_wrapped_at_words_and_measured_with_turkish_letters():
    assert wrapped(LONG, 150, STRONG) == ("Endüstriyel Havalandırma,", "İklimlendirme ve Soğutma")
    assert "".join(wrapped("ğüşöçıİ" * 30, 60, BODY)) == "ğüşöçıİ" * 30
    assert all(width_of(line, BODY) <= 60 for line in wrapped("ğüşöçıİ" * 30, 60, BODY))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_that_text_and_marks_have_the_contrast_that_accessibility_asks():
    on_white = (palette.TEXT, palette.TEXT2, palette.TEXT3, palette.WARN)
    assert min(contrast(ink, palette.SURFACE) for ink in on_white) >= 4.5
    assert contrast(palette.WARN, palette.WARN_SOFT) >= 4.5
    for fill, ink in (*palette.ADEQUACY, *palette.SEQUENTIAL, *palette.CATEGORIES):
        assert contrast(fill, ink) >= 4.5
    for mark in (palette.ACCENT, palette.LINE_STRONG, palette.MORE, palette.LESS):
        assert contrast(mark, palette.SURFACE) >= 3


def test_that_a_narrowed_content_shows_only_its_areas(method: Method):
    whole = six_areas(method)
    narrowed = FigureContent(whole.study, whole.wave, whole.method, whole.results, ("a1",))
    texts = [text for text, _box in boxes(figure_of(narrowed, "scorecard"))]
    assert "Kimya" in texts
    assert "Sayım" not in texts
