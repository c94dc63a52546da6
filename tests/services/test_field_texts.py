"""Texts of letters and scripts: defaults, words of the study, places, who may change them."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import field_texts, printing
from kume_desktop.services.studies import Study
from kume_desktop.store import reading


def test_that_every_text_has_a_default_in_both_languages_whose_places_are_filled():
    for key in field_texts.NAMES:
        for lang in ("tr", "en"):
            default, origin = field_texts._defaults()[key, lang]
            assert default.strip()
            assert origin == "Own"
            field_texts.check(default)
    assert set(field_texts.NAMES) == {key for keys in printing.TEXTS.values() for key in keys}


def test_that_a_text_of_the_study_takes_the_place_of_the_default_in_its_language_only(study: Study):
    field_texts.save(study, "card_note", "tr", "Birini söyleyin.")
    assert field_texts.text(study, "card_note", "tr") == "Birini söyleyin."
    assert field_texts.text(study, "card_note", "en").startswith("Give your answer")
    origins = {one.key: one.origin for one in field_texts.texts_of(study, "tr")}
    assert origins["card_note"] == "study"
    assert origins["letter_body"] == "Own"


@pytest.mark.parametrize("wanted", ["", "   \n"])
def test_that_a_blank_text_brings_the_default_back(study: Study, wanted: str):
    before = field_texts.text(study, "card_note", "tr")
    field_texts.save(study, "card_note", "tr", "Başka")
    field_texts.save(study, "card_note", "tr", wanted)
    assert field_texts.text(study, "card_note", "tr") == before


def test_that_saving_what_stands_there_writes_nothing(study: Study):
    field_texts.save(study, "card_note", "tr", field_texts.text(study, "card_note", "tr"))
    assert [
        name for name in reading.facts(study.database, study.record.study_id) if name.startswith("field_text")
    ] == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("Merhaba {ad}", "print.unknown-place"),
        ("Merhaba {}", "print.unknown-place"),
        ("Merhaba {kurum!r}", "print.unknown-place"),
        ("Merhaba {kurum:>9}", "print.unknown-place"),
        ("Merhaba {kurum", "print.broken-braces"),
        ("Merhaba } kurum", "print.broken-braces"),
        ("a" * 10_001, "print.text-too-long"),
    ],
)
def test_that_a_text_that_cannot_be_filled_is_refused_and_nothing_changes(study: Study, wanted: str, code: str):
    before = field_texts.text(study, "letter_body", "tr")
    with pytest.raises(Refused) as refusal:
        field_texts.save(study, "letter_body", "tr", wanted)
    assert refusal.value.problems[0].code == code
    assert field_texts.text(study, "letter_body", "tr") == before


def test_that_an_unknown_place_is_named_with_those_that_are_known(study: Study):
    with pytest.raises(Refused) as refusal:
        field_texts.save(study, "letter_body", "tr", "{firmaa}")
    params = refusal.value.problems[0].params
    assert params["place"] == "{firmaa}"
    assert "{firma}" in str(params["known"])


def test_that_only_staff_change_texts(study: Study):
    study.role = "interviewer"
    with pytest.raises(Refused, match=r"study\.only-staff"):
        field_texts.save(study, "card_note", "tr", "Başka")


def test_that_what_is_not_known_is_a_blank_and_braces_can_be_printed():
    assert field_texts.filled("{firma} – {kurum} {{x}}", {"kurum": "Ajans", "firma": ""}) == "……… – Ajans {x}"
