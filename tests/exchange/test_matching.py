"""Which two are one firm: surely, perhaps, or not; and what is compared at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.exchange.sample_lists import matching
from kume_desktop.exchange.sample_lists.matching import Alike, Identity, Why, identity

EGE, EGE_LTD, EGE_AS = "Ege Kimya", "Ege Kimya San. Tic. Ltd. Şti.", "Ege Kimya San. A.Ş."


def of(name: str, district: str = "Konak", tax: str = "", address: str = "", register: str = "") -> Identity:
    return identity([name], district, tax, address, register)


@pytest.mark.parametrize(
    ("one", "other", "alike", "why"),
    [
        (of(EGE, tax="1"), of("Başka Ad", tax="1"), Alike.SAME, Why.TAX),
        (of(EGE, tax="1"), of(EGE, "Buca", tax="1"), Alike.UNSURE, Why.BRANCH),
        (of(EGE, tax="1"), of(EGE, tax="2"), Alike.OTHER, Why.TAX),
        (of(EGE), of(EGE_LTD), Alike.SAME, Why.NAME),
        (of(EGE, tax="1"), of(EGE_LTD), Alike.SAME, Why.NAME),
        (of(EGE_AS), of(EGE_LTD), Alike.UNSURE, Why.FORM),
        (of(EGE), of(EGE, "Buca"), Alike.OTHER, Why.NAME),
        (of(EGE), of(EGE, ""), Alike.UNSURE, Why.NO_DISTRICT),
        (of(EGE, ""), of(EGE, ""), Alike.SAME, Why.NAME),
        (of(EGE, address="Liman Cad. 5"), of(EGE, address="Sanayi Sk. 12"), Alike.UNSURE, Why.ADDRESS),
        (of(EGE, address="Liman Cad. No:5"), of(EGE, address="LİMAN CADDESİ NO 5"), Alike.SAME, Why.NAME),
        (of(EGE, register="1"), of(EGE, register="2"), Alike.UNSURE, Why.ADDRESS),
        (of(EGE, register="7", address="a"), of(EGE, register="7", address="b"), Alike.SAME, Why.NAME),
        (of("Çınaroğlu Plastik"), of("Çınaroglu Plastık"), Alike.SAME, Why.NAME),
        (of("Çınaroğlu Plastik"), of("Çınarolu Plastik"), Alike.UNSURE, Why.SPELLING),
        (of("Depo 1 Lojistik"), of("Depo 2 Lojistik"), Alike.OTHER, Why.SPELLING),
        (of("Ege Gıda"), of("Ege Kimya"), Alike.OTHER, Why.SPELLING),
    ],
)  # fmt: skip
def test_that_two_are_compared_by_number_name_and_place(one: Identity, other: Identity, alike: Alike, why: Why):
    assert matching.compare(one, other)[:2] == (alike, why)
    assert matching.compare(other, one)[:2] == (alike, why)


def test_that_alike_names_meet_without_comparing_all_with_all():
    chance = random.Random(3)
    parts = [chr(97 + place % 26) * 2 + "ori" + chr(97 + place // 26) * 2 for place in range(400)]
    many = [of(f"{chance.choice(parts)} {chance.choice(parts)} {place}", f"İlçe {place % 9}") for place in range(4000)]
    pair = [of("Bakırçay Seramik", "Bergama"), of("Bakırcay Seramık", "Bergama"), of("Bakrçay Seramik", "Bergama")]
    found = [one for one in matching.matches([*many, *pair]) if one.one >= len(many)]
    assert {(one.one - 4000, one.other - 4000, one.alike) for one in found} >= {
        (0, 1, Alike.SAME),
        (0, 2, Alike.UNSURE),
    }
    compared = sum(1 for _ in matching._candidates([*many, *pair], 4003))
    assert compared < 400_000


def test_that_firms_of_the_study_are_not_compared_with_each_other():
    found = list(matching.matches([of(EGE), of(EGE), of(EGE)], known=2))
    assert {(one.one, one.other) for one in found} == {(0, 1), (0, 2)}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12), st.randoms())
def test_that_groups_do_not_depend_on_the_order_of_what_is_equal(equal: list[tuple[int, int]], chance: random.Random):
    mixed = [(other, one) for one, other in equal]
    chance.shuffle(mixed)
    assert matching.groups(10, equal) == matching.groups(10, mixed)
    assert sorted(place for group in matching.groups(10, equal) for place in group) == list(range(10))
