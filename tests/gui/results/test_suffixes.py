"""Turkish endings of numbers, by the word they end in."""

from __future__ import annotations

import pytest

from kume_desktop import texts
from kume_desktop.gui.figures import suffixes


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0'ı"), (1, "1'i"), (2, "2'si"), (3, "3'ü"), (4, "4'ü"), (5, "5'i"), (6, "6'sı"), (7, "7'si"), (8, "8'i"),
     (9, "9'u"), (10, "10'u"), (13, "13'ü"), (20, "20'si"), (22, "22'si"), (30, "30'u"), (40, "40'ı"), (50, "50'si"),
     (60, "60'ı"), (70, "70'i"), (77, "77'si"), (80, "80'i"), (90, "90'ı"), (100, "100'ü"), (160, "160'ı"),
     (200, "200'ü"), (1000, "1000'i"), (2305, "2305'i"), (40_000, "40000'i"), (3_000_000, "3000000'u")],
)  # fmt: skip
def test_that_a_part_of_a_whole_takes_the_ending_of_its_last_word(number: int, said: str):
    assert suffixes.possessed(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(61, "61'ini"), (22, "22'sini"), (30, "30'unu"), (36, "36'sını"), (100, "100'ünü"), (0, "0'ını"), (90, "90'ını")],
)
def test_that_an_object_takes_its_case(number: int, said: str):
    assert suffixes.possessed_object(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(77, "77'sinde"), (23, "23'ünde"), (68, "68'inde"), (30, "30'unda"), (40, "40'ında"), (100, "100'ünde"),
     (6, "6'sında"), (0, "0'ında"), (99, "99'unda")],
)  # fmt: skip
def test_that_a_place_takes_its_case(number: int, said: str):
    assert suffixes.possessed_place(number) == said


def test_that_per_cent_end_as_they_are_printed():
    assert suffixes.of_percent(0.575) == "%58'i"
    assert suffixes.of_percent_object(0.6149) == "%61'ini"


def test_that_english_numbers_take_no_ending():
    texts.set_language("en")
    told = (suffixes.possessed(22), suffixes.possessed_place(77), suffixes.possessed_object(61))
    assert told == ("22", "77", "61")
    assert (suffixes.of_percent(0.58), suffixes.of_percent_object(0.61)) == ("58%", "61%")
