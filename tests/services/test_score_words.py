"""The scorecard in lines: the sentences of the method, each with its base, in both languages."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kume_desktop import texts
from kume_desktop.scoring.analysis import AreaUncertainty, RankBand
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import AreaScore, Results
from kume_desktop.services import committee, results, score_words
from kume_desktop.services.committee import Decision, Verdicts
from kume_desktop.services.studies import Study

LIMITS = Interval(69.6, 80.2, 0.95, "", "logit-t", corrected=True)
SURE = AreaUncertainty(
    "meyve_sebze",
    2.4,
    (0.254, 0.746, 0.0),
    (0.21, 0.789, 0.001),
    LIMITS,
    RankBand(2, 2),
    RankBand(1, 3),
    RankBand(1, 4),
)


@pytest.fixture(autouse=True)
def _turkish() -> Iterator[None]:
    texts.set_language("tr")
    yield
    texts.set_language("tr")


@pytest.fixture
def computed(scorecard: Study) -> Results:
    """The published scorecard with figures of a firm route put into one of its areas."""
    found = results.latest(scorecard)
    assert found is not None and found.analysis is not None
    areas = [replace(one, score=76.1, category=2, route="firma", n=22, interval=LIMITS) for one in found.areas]
    analysis = replace(
        found.analysis, uncertainty=(SURE,), skipped=(("eligible_n:kimya", "list-shorter-than-answers"),)
    )
    return replace(found, areas=tuple(areas[1:2]), analysis=analysis)


def lines(computed: Results, method: Method, *verdicts: Verdicts) -> list[str]:
    return [line.strip() for line in score_words.lines(computed, method, verdicts)]


def test_that_the_sentences_are_those_of_the_method(scorecard: Study, computed: Results) -> None:
    told = lines(computed, results.method(scorecard))
    assert (
        "Endeks 76,1. Alandaki listede bulunan bütün firmalarla görüşülseydi çıkacak değerin 70 ile 80 arasında olması "
        "beklenir (%95 güven)." in told
    )
    assert "Sınıra yakın – kategori kesin değil" in told and "Yuvarlama kategoriyi değiştiriyor" in told
    assert (
        "Bu oran yalnız firma seçiminden gelen belirsizliği gösterir; puanlayıcı farkını ve görüşmeyi kabul etmeyen "
        "firmaları kapsamaz." in told
    )
    two, one = "2. Kategori – Gelişmekte olan yoğunlaşma", "1. Kategori – Olgun yoğunlaşma"
    assert f"yalnız firma seçimi: {two} %75, {one} %25" in told
    assert any(line.endswith(f"{two} %79, {one} %21, 3. Kategori – Potansiyel yoğunlaşma <%1") for line in told)
    assert "sıra: yöntem bandı 2, firma seçimi bandı 1–3, ikisi birlikte 1–4" in told
    assert told[-1].startswith("hesaplanmadı: uygun firmalar (kimya): listedekinden çok firma yanıt verdi")


def test_that_a_sure_category_has_no_adjective(scorecard: Study, computed: Results) -> None:
    assert computed.analysis is not None
    sure = replace(computed.analysis, uncertainty=(replace(SURE, sampling=(0.0, 1.0, 0.0)),))
    told = lines(replace(computed, analysis=sure), results.method(scorecard))
    assert "Sınıra yakın – kategori kesin değil" not in told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"n": 7, "interval": Interval(None, None, 0.95, "few")}, "Yalnız 7 firma: tek tek yanıtlar gösterilir"),
        ({"interval": Interval(76.1, 76.1, 0.95, "", "census")}, "Listedeki bütün firmalarla görüşüldü"),
    ],
)
def test_that_few_firms_and_a_census_say_so(
    scorecard: Study, computed: Results, changes: dict[str, object], sentence: str
) -> None:
    area: AreaScore = replace(computed.areas[0], **changes)  # type: ignore[arg-type]
    told = lines(replace(computed, areas=(area,)), results.method(scorecard))
    assert any(line.startswith(sentence) for line in told)
    assert not any("arasında olması beklenir" in line for line in told)


def test_that_the_committee_s_decision_is_told_beside_the_computed_category(
    scorecard: Study, computed: Results
) -> None:
    committee.decide(scorecard, Decision("meyve_sebze", 1, date(2026, 3, 12), ("Uzman",)))
    told = lines(computed, results.method(scorecard), *committee.verdicts(scorecard, computed))
    assert "komite kararı, 12 Mart 2026: 1. Kategori – Olgun yoğunlaşma" in told
    contested = Verdicts("meyve_sebze", 2, 1, None, differs=False, in_conflict=True)
    assert "komite kararı: iki bilgisayarda farklı kararlar var" in lines(
        computed, results.method(scorecard), contested
    )


def test_that_english_says_the_same(scorecard: Study, computed: Results) -> None:
    texts.set_language("en")
    told = lines(computed, results.method(scorecard))
    assert any(line.startswith("Index 76.1. Had all firms of the area's list been interviewed") for line in told)
    assert any("Category 2 – Developing concentration 75%" in line for line in told)


def test_that_every_reason_for_skipping_a_part_has_words(scorecard: Study, study: Study) -> None:
    for opened in (scorecard, study):
        found = results.compute(opened, keep=False)
        assert found.analysis is not None
        for part, reason in found.analysis.skipped:
            assert score_words.part_name(part) != part and score_words.skipped_reason(reason) != reason


def test_that_the_examples_hold() -> None:
    found = doctest.testmod(score_words)
    assert found.attempted and not found.failed


def test_that_an_area_that_nobody_scored_has_no_dashes_for_an_index(study: Study) -> None:
    computed = results.compute(study)
    head = next(score_words.lines(computed, results.method(study), ()))
    assert "puanlanmış firma yok" in head
    assert "–" not in head
