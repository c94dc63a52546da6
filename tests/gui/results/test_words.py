"""The sentences of results, to the letter."""

from __future__ import annotations

import pytest

from kume_desktop import texts
from kume_desktop.gui.results import words
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from tests.gui.results.figures import need_of, score_of


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0'ı"), (1, "1'i"), (2, "2'si"), (6, "6'sı"), (8, "8'i"), (9, "9'u"), (10, "10'u"), (13, "13'ü"),
     (20, "20'si"), (22, "22'si"), (40, "40'ı"), (77, "77'si"), (90, "90'ı"), (100, "100'ü"), (160, "160'ı"),
     (200, "200'ü"), (1000, "1000'i"), (2305, "2305'i")],
)  # fmt: skip
def test_that_a_part_of_a_whole_takes_the_ending_of_its_last_word(number: int, said: str):
    assert words.possessed(number) == said


def test_that_english_numbers_take_no_ending():
    texts.set_language("en")
    assert words.possessed(22) == "22"


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


def test_that_a_critical_cell_says_so(method: Method):
    assert words.need_sentence(need_of(is_critical=True), method).endswith("Kritik ihtiyaç.")


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


def test_that_the_statistics_that_disagree_are_named(method: Method):
    told = words.sentences(score_of(), method)
    assert told[1] == "Yayın biçimi 83, 1. Kategoride; endeks 2. Kategoride. Kategori bu yüzden kesin sayılmaz."
    assert all("Kategoride" not in one for one in words.sentences(score_of(published_category=2), method))


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
