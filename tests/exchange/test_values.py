"""Numbers, codes, places, names and sizes as lists write them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop import turkish
from kume_desktop.exchange.sample_lists import nace, numbers, places
from kume_desktop.exchange.sample_lists.names import name_key
from kume_desktop.exchange.sample_lists.size import class_of, size_class
from tests.exchange.lists import company_number

SEEDS = st.integers(0, 10**6)


@given(SEEDS)
def test_that_one_wrong_digit_of_a_tax_number_is_always_seen_but_for_nine_and_zero(seed: int):
    chance = random.Random(seed)
    right = company_number(chance)
    assert numbers.read_tax_number(right) == numbers.TaxNumber(right)
    last = str((int(right[9]) + chance.randint(1, 9)) % 10)
    assert numbers.read_tax_number(right[:9] + last).wrong == "list.tax-check"


@given(SEEDS)
def test_that_lost_zeros_come_back_only_where_the_check_digit_proves_it(seed: int):
    chance = random.Random(seed)
    right = next(one for one in iter(lambda: company_number(chance), "") if one[0] == "0" and one[1] != "0")
    found = numbers.read_tax_number(right[1:])
    assert (found.number, found.restored) == (right, True)
    wrong = numbers.read_tax_number(right[1:9] + str((int(right[9]) + 1) % 10))
    assert (wrong.number, wrong.wrong) == ("", "list.tax-length")


@pytest.mark.parametrize(
    ("cell", "number", "wrong"),
    [
        ("VKN: 123 456 78 90", "1234567890", ""),
        ("1234567890.0", "1234567890", ""),
        ("01234567890", "1234567890", ""),
        ("10000000146", "10000000146", ""),
        ("00000000000", "", ""),
        ("-", "", ""),
        ("1,23457E+09", "", "list.tax-spoilt"),
        ("1234567", "", "list.tax-length"),
        ("123456789012", "", "list.tax-length"),
        ("yok", "", "list.tax-not-digits"),
        ("١٢٣٤٥٦٧٨٩٠", "", "list.tax-not-digits"),
    ],
)
def test_that_tax_numbers_are_read_as_lists_write_them(cell: str, number: str, wrong: str):
    found = numbers.read_tax_number(cell)
    assert (found.number, found.wrong) == (number, wrong)


def test_that_eleven_digits_are_a_person_also_where_they_are_wrong():
    assert numbers.read_tax_number("10000000147") == numbers.TaxNumber("", is_person=True, wrong="list.tax-check")


@pytest.mark.parametrize(
    ("cell", "code", "wrong", "doubtful"),
    [
        ("10.39.01", "10.39.01", "", ""),
        ("10.39.01 - Meyve ve sebze", "10.39.01", "", ""),
        ("C.10.39", "10.39", "", ""),
        ("NACE: 103901", "10.39.01", "", ""),
        ("1039", "10.39", "", ""),
        ("11301", "01.13.01", "", ""),
        ("10.3", "10.3", "", "list.nace-short"),
        ("1.13", "01.13", "", ""),
        ("2005-12-10", "10.12.05", "", "list.nace-was-date"),
        ("34.10", "", "list.nace-division", ""),
        ("meyve", "", "list.nace-shape", ""),
        ("1234567", "", "list.nace-shape", ""),
        ("", "", "", ""),
    ],
)
def test_that_nace_codes_are_read_in_every_form(cell: str, code: str, wrong: str, doubtful: str):
    assert nace.read_nace(cell) == nace.Nace(code, wrong, doubtful)


def test_that_each_revision_has_its_own_divisions():
    assert nace.read_nace("34.10", "1.1").code == "34.10"
    assert nace.read_nace("45.20", "2").code == "45.20"
    assert nace.read_nace("45.20", "2.1").wrong == "list.nace-division"
    assert (len(nace.divisions("2")), len(nace.divisions("2.1")), len(nace.divisions("1.1"))) == (88, 87, 62)


def test_that_the_country_has_its_81_provinces_and_973_districts():
    known = places.gazetteer()
    assert len(known.districts) == 81 == len(known.plates)
    assert sum(len(set(own.values())) for own in known.districts.values()) == 973
    assert len(set(known.districts["İzmir"].values())) == 30


@pytest.mark.parametrize(
    ("province", "district", "found"),
    [
        ("İZMİR", "KEMALPAŞA", ("İzmir", "Kemalpaşa", "")),
        ("IZMIR", "Kemalpasa ilçesi", ("İzmir", "Kemalpaşa", "")),
        ("35", "Bornova", ("İzmir", "Bornova", "")),
        ("Afyon", "Merkez", ("Afyonkarahisar", "Merkez", "")),
        ("Ankara", "Kazan", ("Ankara", "Kahramankazan", "")),
        ("", "Karşıyaka / İZMİR", ("İzmir", "Karşıyaka", "")),
        ("İzmir", "Bornva", ("İzmir", "Bornova", "")),
        ("İzmir", "Çankaya", ("İzmir", "", "list.district-elsewhere")),
        ("İzmir", "Uzayüssü", ("İzmir", "", "list.district-unknown")),
        ("Atlantis", "Konak", ("", "", "list.province-unknown")),
        ("İzmir", "", ("İzmir", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_that_places_get_their_official_names(province: str, district: str, found: tuple[str, str, str]):
    read = places.read_place(province, district)
    assert (read.province, read.district, read.wrong) == found


def test_that_a_list_without_provinces_lies_where_most_of_its_districts_do():
    home = places.home_of(["Kemalpaşa", "Bornova", "Buca", "Torbalı", "Konak"])
    assert home == "İzmir"
    assert places.read_place("", "kemalpasa", home) == places.Place("İzmir", "Kemalpaşa")
    assert places.read_place("", "Çankaya", home).province == "Ankara"


@given(st.sampled_from(sorted(places.gazetteer().districts)), st.data())
def test_that_case_and_turkish_marks_of_a_place_do_not_matter(province: str, data: st.DataObject):
    district = data.draw(st.sampled_from(sorted(set(places.gazetteer().districts[province].values()))))
    for spelled in (turkish.upper, turkish.lower, turkish.fold):
        read = places.read_place(spelled(province), spelled(district))
        assert (read.province, read.district) == (province, district)


@pytest.mark.parametrize(
    "name",
    [
        "Ege Kimya Sanayi ve Ticaret Limited Şirketi", "EGE KİMYA SAN. VE TİC. LTD. ŞTİ.", "Ege Kimya San.Tic.Ltd.Şti",
        "ege kimya ltd şti", "Ege  Kimya A.Ş.", "EGE KIMYA",
    ],
)  # fmt: skip
def test_that_legal_forms_and_case_do_not_tell_firms_apart(name: str):
    assert name_key(name) == "ege kimya"


@given(st.integers(0, 5000))
def test_that_every_number_of_employees_has_one_class(staff: int):
    assert size_class(str(staff)) == class_of(staff)


def test_that_spans_over_a_limit_are_no_class():
    assert [size_class(cell) for cell in ("5-30", "1 – 5", "250 ve üzeri", "on")] == [None, "1-9", None, None]
