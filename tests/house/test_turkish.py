"""Turkish letters where Python, SQLite and Qt without a locale go wrong."""

from __future__ import annotations

import doctest
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop import turkish

LETTERS = "abcçdefgğhıijklmnoöprsştuüvyz"


def test_that_the_examples_of_the_module_hold():
    assert doctest.testmod(turkish).failed == 0


@pytest.mark.parametrize(("given_text", "lowered"), [("ISPARTA", "ısparta"), ("İZMİR", "izmir"), ("Çeşme", "çeşme")])
def test_that_lower_case_is_turkish(given_text: str, lowered: str):
    assert turkish.lower(given_text) == lowered


@given(st.text(LETTERS))
def test_that_upper_and_lower_case_undo_each_other(text: str):
    assert turkish.lower(turkish.upper(text)) == text


def test_that_the_alphabet_is_in_order():
    shuffled = Random(2026).sample(LETTERS, len(LETTERS))
    assert sorted(shuffled, key=turkish.sort_key) == list(LETTERS)
    assert sorted(turkish.upper(LETTERS), key=turkish.sort_key) == list(turkish.upper(LETTERS))


def test_that_letters_with_a_hat_stand_with_their_base_letter():
    assert sorted(["kal", "kâğıt", "kab"], key=turkish.sort_key) == ["kab", "kâğıt", "kal"]


def test_that_composed_and_decomposed_letters_are_the_same():
    assert turkish.fold("Çig\u0306dem") == turkish.fold("Çiğdem")
    assert turkish.sort_key("S\u0327irin") == turkish.sort_key("Şirin")


@given(st.text())
def test_that_folding_twice_is_folding_once(text: str):
    assert turkish.fold(turkish.fold(text)) == turkish.fold(text)
