"""The sentences of results, to the letter."""

from __future__ import annotations

import pytest

from kume_desktop import texts
from kume_desktop.gui.figures import words
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from tests.gui.results.figures import need_of, score_of


def test_that_the_published_form_is_explained_to_the_letter():
    assert words.published_sentence(score_of()) == (
        "Yayın biçimi: 83. Her gösterge 1, 2 ya da 3'e yuvarlanarak toplanır (25/30). Yuvarlanmamış endeks: 76,1."
    )


def test_that_a_cell_is_said_to_the_letter(method: Method):
    assert words.need_sentence(need_of(), method) == (
        "Ortalama 2,4 ('Yetersiz Düzeyde'); firmaların %58'i yetersiz, %18'i yeterli dedi "
        "(n = 21, 1 uygulanamaz, 1 bilmiyor)."
    )


@pytest.mark.parametrize(("mean", "band", "printed"), [(2.57, 2, "2,6"), (2.625, 3, "2,63"), (2.6, 2, "2,6")])
def test_that_the_printed_mean_agrees_with_its_label(method: Method, mean: float, band: int, printed: str):
    label = {2: "Yetersiz Düzeyde", 3: "Ne Yeterli / Ne Yetersiz Düzeyde"}[band]
    said = words.need_sentence(need_of(mean=mean, band=band), method)
    assert said.startswith(f"Ortalama {printed} ('{label}')")


@pytest.mark.parametrize(("sure", "told"), [(True, "Kesin kritik ihtiyaç."), (False, "Olası kritik ihtiyaç.")])
def test_that_a_critical_cell_says_how_sure_that_is(method: Method, sure: bool, told: str):
    assert words.need_sentence(need_of(is_critical=True, critical_sure=sure), method).endswith(told)


def test_that_a_cell_says_its_interval_and_that_its_place_hangs_on_the_measure(method: Method):
    need = need_of(interval=Interval(2.02, 2.81, 0.95, "", "logit-t"), order_changes=True)
    assert words.need_sentence(need, method).endswith(
        "Aralık 2,02–2,81 (%95). Hücreler arasındaki sırası ölçüye göre değişiyor (ortanca, baskınlık ya da 4–5 payı)."
    )


def test_that_reserve_answers_are_counted_apart_even_where_nobody_rated(method: Method):
    empty = need_of(n=0, mean=None, band=None, inadequate_share=None, adequate_share=None, in_conflict=2)
    assert words.need_sentence(empty, method) == "Bu hücreyi yanıtlayan yok. (1 uygulanamaz, 1 bilmiyor, 2 çelişkili)"


@pytest.mark.parametrize("n", [1, 2])
def test_that_a_cell_of_fewer_than_three_firms_is_not_said(method: Method, n: int):
    assert words.need_sentence(need_of(n=n), method) == "Gizlilik: 3'ten az firma."


def test_that_missing_indicators_are_told_with_their_number():
    assert words.few_indicators(score_of(scored=8), 10) == (
        "10 göstergenin 8'i puanlandı; endeks bu 8 göstergeyle hesaplandı."
    )
    assert words.few_indicators(score_of(scored=10), 10) == ""


def test_that_a_census_is_told_and_a_sample_gives_its_share():
    assert words.census(score_of(n=58)) == (
        "Listedeki bütün firmalarla görüşüldü: firma seçiminden gelen belirsizlik yok. Puanlama belirsizliği sürer."
    )
    assert (words.census(score_of()), words.coverage(score_of())) == ("", "Listedeki 58 firmadan 22'si (%38).")
    assert words.coverage(score_of(frame_n=None)) == words.census(score_of(frame_n=None)) == ""


def test_that_the_eligible_firms_are_the_base_where_they_are_known():
    known = score_of(eligible_n=50, eligible_basis="estimated")
    assert (words.base(known), words.coverage(known)) == ("22 / 50", "Listedeki 50 uygun firmadan 22'si (%44).")
    assert words.coverage(score_of(eligible_n=58, eligible_basis="frame")) == "Listedeki 58 firmadan 22'si (%38)."
    assert words.census(score_of(eligible_n=22, eligible_basis="entered"))


@pytest.mark.parametrize(("low", "high", "said"), [(70.7, 80.1, "71–80"), (70.6, 71.4, "70,6–71,4"), (None, None, "")])
def test_that_an_interval_is_printed_so_that_its_ends_differ(low: float, high: float, said: str):
    assert words.span(Interval(low, high, 0.95, "" if low else "few")) == said


@pytest.mark.parametrize(("value", "said"), [(1.55, "+1,6"), (-0.9, "−0,9"), (0.04, "0,0"), (-0.04, "0,0")])
def test_that_a_difference_has_its_sign(value: float, said: str):
    assert words.signed(value) == said


def test_that_a_panel_is_no_firm():
    panel = score_of(route=PANEL_ROUTE, n=1, frame_n=58)
    assert (words.base(panel), words.coverage(panel), words.is_suppressed(panel)) == ("panel", "", False)


@pytest.mark.parametrize(("n", "suppressed"), [(0, False), (1, True), (2, True), (3, False)])
def test_that_one_or_two_firms_are_not_shown(n: int, suppressed: bool):
    assert words.is_suppressed(score_of(n=n)) is suppressed


def test_that_nothing_is_said_about_what_was_not_computed(method: Method):
    said = " ".join(words.sentences(score_of(scored=8), method))
    assert "83" in said
    assert [word for word in ("aralık", "güven", "olasılık", "beklenir") if word in said] == []


def test_that_the_statistics_that_disagree_are_named():
    assert words.published_side(score_of()) == (
        "Yayın biçimi 83, 1. Kategoride; endeks 2. Kategoride. Kategori bu yüzden kesin sayılmaz."
    )
    assert words.published_side(score_of(published_category=2)) == ""


def test_that_a_category_is_never_its_bare_word(method: Method):
    assert [words.category(method, number) for number in (1, 2, 3, None)] == [
        "1. Kategori – Olgun yoğunlaşma",
        "2. Kategori – Gelişmekte olan yoğunlaşma",
        "3. Kategori – Potansiyel yoğunlaşma",
        "–",
    ]
    texts.set_language("en")
    assert words.category(method, 2) == "Category 2 – Developing concentration"


def test_that_the_distance_is_to_the_nearest_cut(method: Method):
    assert words.cut_distance(score_of(), method) == "en yakın kesme noktası 77,8 (uzaklık 1,7)"
    assert words.cut_distance(score_of(score=52.5), method) == "en yakın kesme noktası 55,6 (uzaklık 3,1)"
    assert words.cut_distance(score_of(score=None), method) == ""


def test_that_a_score_beside_a_cut_is_not_told_as_on_it(method: Method):
    cut = method.cut_points[0]
    assert words.cut_distance(score_of(score=cut - 0.02), method).endswith("(uzaklık <0,1)")
    assert words.cut_distance(score_of(score=cut), method).endswith("(uzaklık 0,0)")
