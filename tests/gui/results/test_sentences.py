"""What is said of an index and its uncertainty, to the letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.gui.figures import sentences
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.scoring.analysis import AreaUncertainty, RankBand
from kume_desktop.scoring.hundredths import of_hundred
from kume_desktop.scoring.limits import NOT_COMPUTED, Interval
from kume_desktop.scoring.method import Method
from tests.gui.results.example import analysis
from tests.gui.results.figures import score_of

LIMITS = Interval(70.7, 80.1, 0.95, "", "logit-t", corrected=True)
FOUND = AreaUncertainty(
    "meyve", 2.3, (0.2312, 0.7688, 0.0), (0.319, 0.681, 0.0), LIMITS, RankBand(1, 3), RankBand(2, 2), RankBand(1, 3)
)


def test_that_the_interval_is_said_of_the_firms_on_the_list():
    assert sentences.estimate(score_of(interval=LIMITS)) == (
        "Endeks 76,1. Alandaki listede bulunan bütün firmalarla görüşülseydi çıkacak değerin 71 ile 80 arasında olması "
        "beklenir (%95 güven)."
    )


def test_that_an_index_without_an_interval_says_why():
    few = score_of(n=7, interval=Interval(None, None, 0.95, "few"))
    assert sentences.estimate(few) == "Yalnız 7 firma: tek tek yanıtlar gösterilir, aralık hesaplanmaz."
    assert sentences.estimate(score_of(score=None)) == "Bu alanda puanlanmış firma yok."
    whole = score_of(interval=Interval(76.1, 76.1, 0.95, "", "census"))
    assert sentences.estimate(whole) == (
        "Listedeki bütün firmalarla görüşüldü: firma seçiminden gelen belirsizlik yok. Puanlama belirsizliği sürer."
    )
    assert "panel" in sentences.estimate(score_of(interval=Interval(None, None, 0.95, "panel")))


def test_that_the_choice_of_firms_is_said_with_what_it_leaves_out():
    told, caveat = sentences.sampling(FOUND)
    assert told == (
        "Aynı yöntemle başka firmalar seçilseydi, yaklaşık 100 seçimin 77'sinde 2. Kategori, 23'ünde 1. Kategori "
        "çıkardı."
    )
    assert caveat == (
        "Bu oran yalnız firma seçiminden gelen belirsizliği gösterir; puanlayıcı farkını ve görüşmeyi kabul etmeyen "
        "firmaları kapsamaz."
    )
    assert sentences.sampling(None) == sentences.sampling(replace(FOUND, sampling=())) == ()


def test_that_the_joint_run_is_said_with_what_was_varied():
    assert sentences.joint(FOUND) == (
        "Firma seçimi ile birlikte ağırlık, toplama kuralı ve eksik veri seçenekleri de değiştirildiğinde: 100 sonucun "
        "68'inde 2. Kategori, 32'sinde 1. Kategori."
    )
    assert sentences.joint_range(LIMITS) == "Endeks o zaman 71 ile 80 arasında (sonuçların en az %95'i)."
    assert sentences.joint(None) == sentences.joint_range(NOT_COMPUTED) == ""


def test_that_places_are_bands_with_names():
    assert sentences.place_sentence(FOUND.by_both) == "Sırası 1 ile 3 arasında; verilerle daha kesin söylenemez."
    assert sentences.place_sentence(RankBand(2, 2)) == "Sırası 2; verilere göre başka bir sırası olamaz."
    assert sentences.bands(FOUND) == (
        ("yöntem bandı", "1–3"), ("firma seçimi bandı", "2"), ("ikisi birlikte", "1–3"),
    )  # fmt: skip
    assert sentences.place_sentence(None) == ""
    assert sentences.bands(None) == ()


def test_that_response_and_employment_are_said_to_the_letter(method: Method):
    response = replace(analysis(method).response[1], employment_share=0.612, one_lower=73.31, one_higher=78.04)
    assert sentences.employment(response) == "Bu firmalar, listedeki çalışanların %61'ini istihdam ediyor."
    assert sentences.non_response(response) == (
        "Yanıt vermeyenler her göstergede bir düzey düşük olsaydı endeks 73,3 olurdu."
    )
    assert sentences.one_higher(response) == "Bir düzey yüksek olsaydı: 78,0."
    assert sentences.agreed(48, 21, 0.4375) == (
        "Ulaşılan uygun 48 firmadan 21'i görüşmeyi kabul etti (yanıt oranı %44)."
    )
    assert sentences.employment(None) == sentences.non_response(None) == sentences.one_higher(None) == ""


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=5))
def test_that_hundredths_sum_to_a_hundred_and_stay_within_one_of_the_share(raw: list[float]):
    shares = [one / sum(raw) for one in raw]
    counts = of_hundred(shares)
    assert sum(counts) == 100
    assert all(abs(count - 100 * share) < 1 for count, share in zip(counts, shares, strict=True))


@pytest.mark.parametrize("code", ["few", "one-rater", "list-shorter-than-answers", "unanimous"])
def test_that_a_reason_is_a_sentence(code: str):
    assert code not in reason(code)


def test_that_a_reason_without_a_sentence_is_named():
    assert reason("never-heard-of") == "Hesaplanmadı (never-heard-of)."
