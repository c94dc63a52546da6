"""What the figures say: names, numbers with their base, and what they keep to themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.reports.figures import catalogue
from kume_desktop.reports.figures.content import FigureContent, FigureName, Name
from kume_desktop.reports.figures.view import View
from kume_desktop.reports.figures.waterfall import Steps, steps_of
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import Results
from tests.reports.figures.scenes import (
    answers,
    content_of,
    figure_of,
    firms,
    panel_of,
    said,
    scored,
    six_areas,
    with_bands,
    words_of,
)

HIGH: list[list[float | None]] = [[5.0, 5, 5, 4, 5, 4, 5, 3, 5, 4]] * 12
LOW: list[list[float | None]] = [[2.0, 1, 3, 1, 2, 3, 1, 1, 2, 1]] * 12


def number(results: Results, code: str) -> str:
    return f"{results.areas[int(code[1:])].score:.1f}".replace(".", ",")


def alt_text(name: str, content: FigureContent, lang: str, area: str = "") -> str:
    return str(figure_of(content, name, area, lang).get_label())


def test_that_the_scorecard_says_index_limits_published_form_category_and_probability(method: Method):
    content = six_areas(method)
    area = next(one for one in content.results.areas if one.code == "a1")
    words = words_of(figure_of(content, "scorecard"))
    assert area.interval.low is not None
    assert area.interval.high is not None
    assert number(content.results, "a1") in words
    assert f"{area.interval.low:.0f}–{area.interval.high:.0f}" in words
    assert "21 / 96" in words
    assert str(area.published_index) in words
    assert any(word.startswith("%64 · Sınıra yakın") for word in words)
    assert "Bu oran yalnız firma seçiminden gelen belirsizliği gösterir;" in " ".join(words)


def test_that_the_areas_stand_in_the_order_of_their_index_and_those_without_one_last(method: Method):
    made = scored(method, {"Zayıf": LOW, "Boş": [], "Güçlü": HIGH, "Saklı": HIGH[:2]})
    words = words_of(figure_of(content_of(method, made), "scorecard"))
    assert [word for word in words if word in ("Zayıf", "Boş", "Güçlü", "Saklı")] == ["Güçlü", "Zayıf", "Boş", "Saklı"]


def test_that_rounding_into_another_category_is_said_beside_the_badge(method: Method):
    rows: list[list[float | None]] = [
        [3.0, 4, 4, 4, 3, 3, 4, 3, 4, 3], [3.0, 4, 4, 4, 3, 3, 4, 3, 4, 3], [2.0, 3, 3, 3, 2, 3, 3, 3, 3, 3],
    ]  # fmt: skip
    made = scored(method, {"Kimya": rows})
    assert made.areas[0].rounding_decides
    assert "Yuvarlama kategoriyi" in said(figure_of(content_of(method, made), "scorecard"))
    assert "Yuvarlama kategoriyi değiştiriyor" in alt_text("scorecard", content_of(method, made), "tr")


def test_that_numbers_and_words_follow_the_language(method: Method):
    content = content_of(method, scored(method, {"Kimya": HIGH}))
    turkish, english = said(figure_of(content, "profile", "a0")), said(figure_of(content, "profile", "a0", "en"))
    assert "3,00" in turkish
    assert "İç pazarda etkinlik düzeyi" in turkish
    assert "18 Aralık 2026" in turkish
    assert "3.00" in english
    assert "firm route" in english
    assert "3,00" not in english


def test_that_every_figure_carries_study_n_method_version_route_and_date(method: Method):
    content = six_areas(method)
    for one in catalogue.catalogue(content, "tr"):
        foot = " ".join(words_of(figure_of(content, one.name, one.area)))
        for part in ("Düzey Analizi 2026", "İZKA-2010 (3 düzey), sürüm 1", "firma yolu", "18 Aralık 2026", " firma ·"):
            assert part in foot, (one, part)
        assert "GÖSTERİM" not in foot


def test_that_demonstration_figures_carry_their_mark_in_both_languages(method: Method):
    made = replace(scored(method, {"Kimya": HIGH}), demonstration=True)
    content = content_of(method, made)
    for one in catalogue.catalogue(content, "en"):
        assert "GÖSTERİM VERİSİ / DEMONSTRATION DATA" in words_of(figure_of(content, one.name, one.area, "en"))


def test_that_an_area_of_two_firms_shows_no_number_anywhere(method: Method):
    content = six_areas(method)
    hidden = next(area for area in content.results.areas if area.name_tr == "Saklı")
    assert hidden.score is not None
    for one in (*catalogue.OF_ALL, *catalogue.OF_AN_AREA):
        area = "a3" if one in catalogue.OF_AN_AREA else ""
        narrowed = FigureContent(content.study, content.wave, method, content.results, ("a3",))
        told = said(figure_of(narrowed, str(one), area)) + alt_text(str(one), narrowed, "tr", area)
        assert f"{hidden.score:.1f}".replace(".", ",") not in told, one
        assert "3'ten az firma" in told or "n < 3" in told or one in (Name.RANKS, Name.PROBABILITIES), one


def test_that_the_mean_of_the_areas_leaves_out_those_of_two_firms(method: Method):
    made = scored(method, {"Bir": HIGH, "İki": HIGH, "Saklı": LOW[:2]})
    assert View(content_of(method, made), "tr").overall("g1") == 3.0


def test_that_one_indicator_of_two_firms_takes_another_along(method: Method):
    rows: list[list[float | None]] = [[4.0] * 10 for _firm in range(12)]
    for row in rows[2:]:
        row[4] = None
    rows[0][6] = None
    content = content_of(method, scored(method, {"Kimya": rows, "Öteki": HIGH}))
    view = View(content, "tr")
    assert view.hidden_indicators(content.results.areas[0]) == {"g5", "g7"}
    told = alt_text("profile", content, "tr", "a0")
    assert "AR-GE ve tasarım düzeyi: n < 3." in told
    assert "Firma büyüklüğü düzeyi: n < 3." in told
    assert words_of(figure_of(content, "profile", "a0")).count("n < 3") == 2
    assert "Gizlilik" in str(steps_of(view, content.results.areas[0], None))
    assert "Gizlilik" in str(steps_of(view, content.results.areas[1], None))


def test_that_a_need_cell_of_two_firms_and_its_margins_are_not_shown(method: Method):
    rows = [[5] * 10, [5] * 10, *([0, *[3] * 9] for _firm in range(4))]
    made = scored(method, {"Kimya": firms(6)}, {"Kimya": rows})
    words = words_of(figure_of(content_of(method, made), "needs", "a0"))
    assert "n < 3" in words
    assert "5,00" not in words
    assert words.count("–") == 3
    spread = words_of(figure_of(content_of(method, made), "need-answers", "a0"))
    assert "n < 3" in spread
    assert "%100" not in spread


def test_that_the_heat_map_says_mean_share_limits_and_flags_what_is_critical(method: Method):
    rows = [[1 + (firm + cell) % 2 for cell in range(10)] for firm in range(12)]
    made = scored(method, {"Kimya": firms(12)}, {"Kimya": rows})
    words = words_of(figure_of(content_of(method, made), "needs", "a0"))
    assert words.count("1,50") == 10 + 8
    assert words.count("%100 yetersiz") == 10
    assert alt_text("needs", content_of(method, made), "tr", "a0").count("kritik") == 10


def test_that_seven_firms_have_no_interval_and_say_why(method: Method):
    content = content_of(method, scored(method, {"Yedi": firms(7)}))
    assert "n < 10:" in said(figure_of(content, "scorecard"))
    assert "n < 10: aralık yok" in alt_text("scorecard", content, "tr")


def test_that_a_census_is_named(method: Method):
    content = content_of(method, scored(method, {"Sayım": firms(12)}, frame={"Sayım": 12}))
    assert "tam sayım" in said(figure_of(content, "scorecard"))


def test_that_a_panel_has_no_probabilities_and_no_bands(method: Method):
    content = panel_of(method)
    for name in ("probabilities", "ranks"):
        assert "Panel yolu: firma seçimi yok" in said(figure_of(content, name))


@pytest.mark.parametrize("name", [str(name) for name in (*catalogue.OF_ALL, *catalogue.OF_AN_AREA)])
def test_that_a_figure_without_data_says_so_in_words(method: Method, name: str):
    content = content_of(method, scored(method, {"Boş": []}))
    told = figure_of(content, name, "a0" if Name(name) in catalogue.OF_AN_AREA else "")
    expected = {
        "scorecard": "Hiçbir alanın endeksi yok", "probabilities": "Olasılık hesaplanmadı",
        "ranks": "Sıra bandı hesaplanmadı", "needs": "yanıtlamış firma yok", "need-answers": "yanıtlamış firma yok",
    }.get(name, "puanlanmış firma yok")  # fmt: skip
    assert expected in said(told)


def test_that_the_bands_are_named_and_told_as_places(method: Method):
    content = content_of(method, with_bands(scored(method, {"Bir": HIGH, "İki": LOW, "Üç": firms(12)})))
    words = words_of(figure_of(content, "ranks"))
    assert [words.count(word) for word in ("1", "1–2", "1–3")] == [4, 3, 3]
    assert {"yöntem bandı", "ikisi birlikte"} <= set(words)
    assert "yöntem bandı 1, firma seçimi bandı 1–2, ikisi birlikte 1–3" in alt_text("ranks", content, "tr")


def test_that_the_parts_of_a_difference_sum_to_it_and_stand_by_size(method: Method):
    content = content_of(method, scored(method, {"Bir": HIGH, "İki": LOW, "Üç": firms(13)}))
    first, second, _third = content.results.areas
    view = View(content, "tr")
    for other in (second, None):
        steps = steps_of(view, first, other)
        assert isinstance(steps, Steps)
        points = [points for _code, points in steps.parts]
        assert points == sorted(points, reverse=True)
        assert steps.start + sum(points) == pytest.approx(steps.goal, abs=1e-9)
    assert steps_of(view, first, None).start == pytest.approx(  # type: ignore[union-attr]
        sum(area.score or 0.0 for area in content.results.areas) / 3
    )


def test_that_a_difference_seen_from_the_other_side_turns_its_limits_round(method: Method):
    content = content_of(method, scored(method, {"Bir": HIGH[:11] + LOW[:3], "İki": LOW[:11] + HIGH[:2]}))
    first, second = content.results.areas
    view = View(content, "tr")
    one, other = steps_of(view, first, second), steps_of(view, second, first)
    assert isinstance(one, Steps)
    assert isinstance(other, Steps)
    assert one.interval is not None
    assert other.interval is not None
    assert isinstance(one.interval, Interval)
    assert one.interval.low is not None
    assert other.interval.high == -one.interval.low
    assert "Farkı ne yapıyor: Bir ile İki" in said(figure_of(content, "difference", "a0", against="a1"))


def test_that_the_answers_diverge_around_neither(method: Method):
    rows = [[1 + firm % 5] * 10 for firm in range(10)]
    content = content_of(method, scored(method, {"Kimya": firms(10)}, {"Kimya": rows}))
    words = words_of(figure_of(content, "need-answers", "a0"))
    assert words.count("%20") == 50
    assert words.count("%40") == 20
    assert "n 10, 1: %20, 2: %20, 3: %20, 4: %20, 5: %20" in alt_text("need-answers", content, "tr", "a0")


def test_that_the_catalogue_names_every_figure_once_and_files_get_safe_names(method: Method):
    content = six_areas(method)
    found = catalogue.catalogue(content, "tr")
    assert len(found) == len(set(found)) == 3 + 6 * 5
    assert found[0] == FigureName("scorecard", "", "Küme Karnesi")
    names = [catalogue.file_name(one.name, one.area) for one in found]
    assert len(set(names)) == len(names)
    assert catalogue.file_name("profile", "../a b") == "profile-.._a_b"


def test_that_a_method_without_need_cells_offers_no_figures_of_needs(method: Method):
    without = replace(method, needs=replace(method.needs, cells=()))
    found = catalogue.catalogue(content_of(without, scored(method, {"Kimya": HIGH})), "tr")
    assert {one.name for one in found} & {"needs", "need-answers"} == set()


@pytest.mark.parametrize(("name", "area"), [("nothing", ""), ("profile", ""), ("profile", "yok")])
def test_that_an_unknown_figure_or_area_is_an_error(method: Method, name: str, area: str):
    with pytest.raises(KeyError):
        figure_of(six_areas(method), name, area)


def test_that_every_figure_has_a_text_for_those_who_cannot_see_it(method: Method):
    content = six_areas(method)
    for one in catalogue.catalogue(content, "tr"):
        figure = figure_of(content, one.name, one.area)
        assert str(figure.get_label()).startswith(one.title)


def test_that_answers_of_the_scenes_reach_all_bands():
    assert {answer for row in answers(30) for answer in row} == {1, 2, 3, 4, 5}
