"""The suggested levels of the rubric, from facts that stand at the anchors, at their limits, and that are missing."""

from __future__ import annotations

import pytest

from tests.forms.books import CLUSTERING
from tests.forms.conversation import IDENTITY, Conversation, begin

MARKET = {"il_sayisi": "60", "musteri_pay": "1", "marka_pay": "4", "yurtici_yon": "3", "pazar_sira": "2"}
EXPORT = {"ihracat_yol": "1", "ihracat_pay": "60", "ihracat_ulke": "25", "ihracat_yil": "3", "yurtdisi_varlik": "0"}
UNITS = {"birim": "1 2 3 4 5 6 7 8", "sema": "1", "gorev_tanimi": "1", "yillik_butce": "1", "profesyonel": "1"}
DESIGN = {
    "arge_kisi": "5",
    "yeni_urun": "4",
    "arge_pay": "3",
    "arge_destek": "0",
    "tescil": "1",
    "arge_merkez": "0",
}  # fmt: skip
STAFF = {"calisan_once": "40", "nitelikli": "30"}
UNIVERSITY = {"uni_iliski": "1 7", "uni_sozlesme": "1"}
MEMBER = {"uyelik": "1 2", "etkinlik": "8", "orgut_gorev": "2"}
WILL = {"isbirligi_bugun": "1", "isbirligi_konu": "3 7", "isbirligi_taahhut": "5"}


def with_facts(*groups: dict[str, str], **changed: str) -> Conversation:
    talk = begin(CLUSTERING).answer(IDENTITY)
    for group in groups:
        talk.answer(group)
    return talk.answer(changed)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"pazar_sira": "3"}, 4),
        ({"yurtici_yon": "2"}, 4),
        ({"pazar_sira": "dk"}, 4),
        ({"il_sayisi": "20"}, 5),
        ({"il_sayisi": "19"}, 3),
        ({"marka_pay": "2"}, 3),
        ({"marka_pay": "na"}, 3),
        ({"il_sayisi": "5"}, 3),
        ({"il_sayisi": "4"}, 2),
        ({"il_sayisi": "1"}, 1),
        ({"musteri_pay": "4"}, 1),
        ({"musteri_pay": "nr"}, None),
    ],
)
def test_that_the_domestic_market_climbs_its_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(MARKET, changed).level("g1") == level


def test_that_a_firm_that_exports_nearly_everything_gets_no_domestic_suggestion() -> None:
    talk = with_facts(EXPORT, MARKET, ihracat_pay="97")
    assert talk.level("g1") is None
    assert talk.answer({"ihracat_pay": "94"}).level("g1") == 5


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"ihracat_pay": "50"}, 4),
        ({"ihracat_pay": "50", "yurtdisi_varlik": "2"}, 5),
        ({"ihracat_pay": "25", "ihracat_ulke": "8"}, 4),
        ({"ihracat_pay": "24"}, 3),
        ({"ihracat_ulke": "7"}, 3),
        ({"ihracat_ulke": "2"}, 2),
        ({"ihracat_pay": "9"}, 2),
        ({"ihracat_yil": "2"}, 2),
        ({"ihracat_yol": "2"}, 2),
        ({"ihracat_yol": "3"}, 5),
        ({"ihracat_yol": "4"}, 1),
        ({"ihracat_yol": "dk"}, None),
        ({"ihracat_yil": "nr"}, None),
        ({"ihracat_pay": ""}, None),
    ],
)
def test_that_the_foreign_market_climbs_its_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(EXPORT, changed).level("g2") == level


@pytest.mark.parametrize(
    ("certificates", "audits", "level"),
    [
        ("1 5 10", "1", 5),
        ("1 5 10", "0", 4),
        ("1 5 10", "", 4),
        ("10 9", "2", 5),
        ("10", "2", 4),
        ("2 14", "2", 4),
        ("1 5", "2", 4),
        ("4", "2", 3),
        ("14", "2", 2),
        ("9", "2", 2),
        ("96", "2", None),
        ("dk", "2", None),
    ],
)
def test_that_certificates_climb_their_ladder(certificates: str, audits: str, level: int | None) -> None:
    assert with_facts({"belge": certificates, "dis_denetim": audits}).level("g3") == level


@pytest.mark.parametrize(("stage", "level"), [("1", 1), ("2", 2), ("3", 2), ("dk", None), ("nr", None)])
def test_that_without_certificates_the_stage_decides(stage: str, level: int | None) -> None:
    assert with_facts({"belge": "0", "belge_surec": stage}).level("g3") == level


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"profesyonel": "2"}, 4),
        ({"yillik_butce": "nr"}, 4),
        ({"birim": "1 2 3 4 5 6"}, 4),
        ({"gorev_tanimi": "2"}, 3),
        ({"birim": "1 2 3 4"}, 3),
        ({"birim": "1 2 3"}, 2),
        ({"sema": "dk"}, 2),
        ({"birim": "6"}, 1),
        ({"birim": "0"}, 1),
        ({"birim": "dk"}, None),
    ],
)
def test_that_departments_climb_their_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(UNITS, changed).level("g4") == level


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"tescil": "2"}, 4),
        ({"arge_pay": "dk", "tescil": "0", "arge_destek": "4"}, 4),
        ({"arge_pay": "2", "arge_kisi": "1"}, 3),
        ({"tescil": "0"}, 3),
        ({"tescil": "dk", "arge_destek": "96"}, 3),
        ({"tescil": "0", "arge_kisi": "0"}, 2),
        ({"tescil": "0", "yeni_urun": "0"}, 2),
        ({"tescil": "0", "arge_kisi": "0", "yeni_urun": "0"}, 1),
        ({"tescil": "0", "arge_merkez": "2"}, 5),
        ({"arge_kisi": ""}, None),
    ],
)
def test_that_research_and_design_climb_their_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(DESIGN, changed).level("g5") == level


@pytest.mark.parametrize(
    ("before", "skilled", "level"),
    [
        ("64", "11", 1),
        ("60", "11", 2),
        ("63", "12", 3),
        ("53", "12", 3),
        ("52", "12", 4),
        ("53", "21", 4),
        ("52", "21", 5),
    ],
)
def test_that_employment_adds_trend_and_skill(before: str, skilled: str, level: int) -> None:
    assert with_facts({"calisan_once": before, "nitelikli": skilled}).level("g6") == level


@pytest.mark.parametrize(
    ("name", "raw"), [("calisan_once", ""), ("calisan_once", "0"), ("nitelikli", ""), ("calisan_sayisi", "")]
)
def test_that_employment_needs_all_three_head_counts(name: str, raw: str) -> None:
    talk = with_facts(STAFF)
    assert talk.level("g6") == 5
    assert talk.answer({name: raw}).level("g6") is None


def test_that_a_firm_founded_two_years_ago_has_no_trend() -> None:
    talk = with_facts(STAFF, kurulus_yili="2023")
    assert not talk.asks("calisan_once")
    assert not talk.asks("calisan_once_neden")
    assert talk.level("g6") is None
    assert talk.answer({"kurulus_yili": "2022"}).level("g6") == 5


@pytest.mark.parametrize(
    ("staff", "level"),
    [("0", 1), ("9", 1), ("10", 2), ("24", 2), ("25", 3), ("49", 3), ("50", 4), ("249", 4), ("250", 5), ("", None)],
)
def test_that_size_follows_from_the_head_count(staff: str, level: int | None) -> None:
    assert with_facts(calisan_sayisi=staff).level("g7") == level


@pytest.mark.parametrize(
    ("work", "contract", "level"),
    [
        ("7", "1", 5),
        ("9 1", "1", 5),
        ("8", "2", 4),
        ("8", "dk", 4),
        ("5", "1", 4),
        ("6", "2", 4),
        ("1 4", "1", 3),
        ("2", "2", 3),
        ("1", "2", 2),
        ("96", "2", None),
    ],
)
def test_that_university_relations_climb_their_ladder(work: str, contract: str, level: int | None) -> None:
    assert with_facts({"uni_iliski": work, "uni_sozlesme": contract}).level("g8") == level


def test_that_no_university_relation_is_level_one_and_not_knowing_is_none() -> None:
    talk = with_facts(UNIVERSITY)
    assert talk.answer({"uni_iliski": "0"}).level("g8") == 1
    assert not talk.asks("uni_sozlesme")
    assert talk.answer({"uni_iliski": "nr"}).level("g8") is None


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"orgut_gorev": "3"}, 5),
        ({"orgut_gorev": "1"}, 4),
        ({"uyelik": "1 4"}, 4),
        ({"orgut_gorev": "0"}, 3),
        ({"orgut_gorev": "0", "etkinlik": "2"}, 3),
        ({"orgut_gorev": "0", "etkinlik": "1"}, 2),
        ({"orgut_gorev": "dk", "etkinlik": ""}, None),
        ({"uyelik": "0"}, 1),
        ({"uyelik": "dk"}, None),
    ],
)
def test_that_sectoral_organisation_climbs_its_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(MEMBER, changed).level("g9") == level


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, 5),
        ({"isbirligi_taahhut": "4"}, 4),
        ({"isbirligi_taahhut": "3"}, 3),
        ({"isbirligi_taahhut": "2"}, 2),
        ({"isbirligi_taahhut": "1"}, 1),
        ({"isbirligi_taahhut": "dk"}, None),
        ({"isbirligi_konu": "0"}, 1),
        ({"isbirligi_konu": "nr"}, None),
    ],
)
def test_that_willingness_climbs_its_ladder(changed: dict[str, str], level: int | None) -> None:
    assert with_facts(WILL, changed).level("g10") == level


def test_that_nothing_is_suggested_before_anything_was_asked() -> None:
    talk = begin(CLUSTERING)
    assert [talk.level(f"g{number}") for number in range(1, 11)] == [None] * 10
