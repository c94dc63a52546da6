# ruff: noqa: E501 - tables of forms
"""What each type of question takes, how it is stored, and what it refuses."""

from __future__ import annotations

import pytest

from kume_desktop.instruments.model import Kind
from kume_desktop.interview import engine
from kume_desktop.interview.choices import options
from kume_desktop.interview.coerce import coerce
from kume_desktop.interview.view import ground_of
from kume_desktop.problems import Problem
from tests.interview.scenario import IZMIR, Scenario

CHOICES = "| list_name | name | label | x |\n| k | a | Elma | 1 |\n| k | b | Armut | 1 |\n| k | c | Ayva | 2 |"

PLACES = {
    (Kind.GEOPOINT, "38.4237 27.1428"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "38.4237, 27.1428"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "38.4237,27.1428"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "38,4237 27,1428"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "38,4237; 27,1428"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "38.4237° 27.1428°"): "38.4237 27.1428 0 0",
    (Kind.GEOPOINT, "−33.9 18.4 12.5 4"): "-33.9 18.4 12.5 4",
    (Kind.GEOPOINT, "38 27"): "38 27 0 0",
    (Kind.GEOTRACE, "38 27; 39 28"): "38 27 0 0;39 28 0 0",
    (Kind.GEOTRACE, "38,1 27,2\n39,1 28,2"): "38.1 27.2 0 0;39.1 28.2 0 0",
    (Kind.GEOSHAPE, "0 0;0 1;1 1"): "0 0 0 0;0 1 0 0;1 1 0 0;0 0 0 0",
    (Kind.GEOSHAPE, "0 0;0 1;1 1;0 0;"): "0 0 0 0;0 1 0 0;1 1 0 0;0 0 0 0",
    (Kind.GEOPOINT, ""): "",
}
NO_PLACES = {
    (Kind.GEOPOINT, "38"): "interview.not-a-place",
    (Kind.GEOPOINT, "38,4237,27,1428"): "interview.not-a-place",
    (Kind.GEOPOINT, "38,27"): "interview.not-a-place",
    (Kind.GEOPOINT, "kuzey doğu"): "interview.not-a-place",
    (Kind.GEOPOINT, "1 2 3 4 5"): "interview.not-a-place",
    (Kind.GEOPOINT, "1 2 3 -4"): "interview.not-a-place",
    (Kind.GEOPOINT, "nan inf"): "interview.not-a-place",
    (Kind.GEOPOINT, "91 27"): "interview.latitude",
    (Kind.GEOPOINT, "38 181"): "interview.longitude",
    (Kind.GEOTRACE, "38 27"): "interview.too-few-points",
    (Kind.GEOTRACE, "38 27; x"): "interview.not-a-place",
    (Kind.GEOSHAPE, "0 0;0 1"): "interview.too-few-points",
    (Kind.GEOSHAPE, "0 0;0 1;0 0"): "interview.too-few-points",
    (Kind.GEOTRACE, ";".join(["1 1"] * 10_001)): "interview.too-many-points",
}
FILES = ("0123456789abcdef.jpg", "aaaaaaaaaaaaaaaa.m4a")
NO_FILES = (
    "foto.jpg",
    "../0123456789abcdef.jpg",
    "0123456789ABCDEF.jpg",
    "0123456789abcdef",
    "0123456789abcdef.jpg.exe",
)


@pytest.mark.parametrize(("kind", "typed"), PLACES)
def test_that_coordinates_are_taken_as_people_write_them(kind: Kind, typed: str):
    assert coerce(kind, typed, IZMIR) == PLACES[kind, typed]


@pytest.mark.parametrize(("kind", "typed"), [pytest.param(*case, id=f"{case[0]} {case[1][:20]}") for case in NO_PLACES])
def test_that_what_is_no_place_is_told(kind: Kind, typed: str):
    found = coerce(kind, typed, IZMIR)
    assert isinstance(found, Problem)
    assert found.code == NO_PLACES[kind, typed]


@pytest.mark.parametrize("kind", [Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE])
def test_that_an_attachment_stores_only_names_of_files_of_the_study(kind: Kind):
    assert [coerce(kind, name, None) for name in FILES] == list(FILES)
    refused = [coerce(kind, name, None) for name in NO_FILES]
    assert {found.code for found in refused if isinstance(found, Problem)} == {"interview.not-a-file"}
    assert len(refused) == len(NO_FILES)


def test_that_a_stored_place_is_taken_again_unchanged():
    for (kind, _typed), stored in PLACES.items():
        assert coerce(kind, stored, None) == stored


def test_that_what_is_acknowledged_stores_ok():
    asked = Scenario.of("| type | name | label |\n| acknowledge | a | A |").answer("a", "ok")
    assert asked.interview.value("/data/a") == "OK"
    asked.refuse("a", "evet", "interview.not-acknowledged").answer("a", "")
    assert asked.interview.value("/data/a") == ""


RANGES = """
| type | name | label | parameters |
| range | puan | P | start=0 end=10 step=0.5 |
| range | adim | A | start=1 end=10 step=3 |
| range | ters | T | start=5 end=-5 step=1 |
"""


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [("puan", "2,5", "2.5"), ("puan", "10", "10"), ("puan", "0", "0"), ("adim", "7", "7"), ("ters", "-3", "-3")],
)
def test_that_a_range_takes_the_steps_of_its_scale(name: str, typed: str, stored: str):
    assert Scenario.of(RANGES).answer(name, typed).interview.value(f"/data/{name}") == stored


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [("puan", "2,3", "interview.off-grid"), ("puan", "10,5", "interview.out-of-range"), ("puan", "-0,5", "interview.out-of-range"),
     ("adim", "2", "interview.off-grid"), ("adim", "1,5", "interview.not-whole"), ("ters", "6", "interview.out-of-range"), ("puan", "x", "interview.not-a-number")],
)  # fmt: skip
def test_that_a_range_refuses_what_is_beside_its_scale(name: str, typed: str, code: str):
    Scenario.of(RANGES).refuse(name, typed, code)


def test_that_a_rank_holds_every_choice_once_in_the_order_given():
    asked = Scenario.of("| type | name | label |\n| rank k | r | R |", CHOICES).answer("r", "c a b")
    assert asked.interview.value("/data/r") == "c a b"
    asked.refuse("r", "a b", "interview.rank-incomplete")
    asked.refuse("r", "a b b", "interview.rank-incomplete")
    asked.refuse("r", "a b c d", "interview.no-such-choice")
    asked.answer("r", "")


def test_that_a_filtered_rank_holds_what_the_filter_leaves():
    survey = "| type | name | label | choice_filter |\n| text | t | T | |\n| rank k | r | R | x=${t} |"
    asked = Scenario.of(survey, CHOICES).answer("t", "1").answer("r", "b a")
    asked.refuse("r", "b a c", "interview.no-such-choice")
    assert asked.answer("t", "2").interview.unlisted == {"/data/r"}


DATES = "| type | name | label | appearance |\n| date | ay | A | month-year |\n| date | yil | Y | year |\n| date | gun | G | |\n| integer | ciro | C | thousands-sep |\n| integer | sayi | S | |\n| decimal | tutar | T | thousands-sep |"


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [("ay", "11.2026", "2026-11-01"), ("ay", "2026-11", "2026-11-01"), ("ay", "3/2020", "2020-03-01"), ("ay", "2026-11-22", "2026-11-22"),
     ("yil", "2026", "2026-01-01"), ("yil", "11.2026", "2026-11-01"), ("gun", "22.11.2026", "2026-11-22"), ("ciro", "1.234.567", "1234567"), ("sayi", "1.234.567", "1234567"), ("sayi", "1 234", "1234"), ("ciro", "1 234", "1234"), ("ciro", "12", "12"),
     ("tutar", "1.234.567,5", "1234567.5"), ("tutar", "1,234,567.5", "1234567.5"), ("tutar", "1.234.567", "1234567"), ("tutar", "1 234", "1234"), ("tutar", "12,5", "12.5"), ("tutar", "1.234,5", "1234.5")],
)  # fmt: skip
def test_that_the_appearance_says_how_a_value_may_be_written(name: str, typed: str, stored: str):
    assert Scenario.of(DATES).answer(name, typed).interview.value(f"/data/{name}") == stored


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [("ay", "13.2026", "interview.not-a-month"), ("yil", "24", "interview.not-a-year"), ("gun", "11.2026", "interview.not-a-date"), ("ay", "2026", "interview.not-a-month"), ("sayi", "1.234", "interview.thousands"), ("tutar", "1.234", "interview.thousands"), ("ciro", "1.234,5", "interview.not-whole"), ("ciro", "1,234,5", "interview.not-whole"), ("tutar", "1,234,5", "interview.thousands")],
)  # fmt: skip
def test_that_other_writings_are_refused_as_ever(name: str, typed: str, code: str):
    Scenario.of(DATES).refuse(name, typed, code)


def test_that_every_type_may_have_a_default():
    survey = """
| type | name | label | default | parameters |
| integer | i | I | 5 | |
| decimal | d | D | 2.5 | |
| date | g | G | 2020-01-31 | |
| select_one k | s | S | b | |
| select_multiple k | m | M | a c | |
| range | r | R | 3 | start=1 end=5 step=1 |
| geopoint | p | P | 38 27 0 0 | |
| hidden | h | | gizli | |
| dateTime | z | Z | now() | |
| text | t | T | concat(${h}, '!') | |
"""
    interview = Scenario.of(survey, CHOICES).interview
    assert [interview.value(f"/data/{name}") for name in "idgsmrph"] == [
        "5", "2.5", "2020-01-31", "b", "a c", "3", "38 27 0 0", "gizli",
    ]  # fmt: skip
    assert interview.value("/data/z") == "2026-11-24T10:00:00.000+03:00"
    assert interview.value("/data/t") == "gizli!"


def test_that_another_answer_is_asked_for_in_words():
    asked = Scenario.of(
        "| type | name | label |\n| select_one k or_other | s | S |\n| select_multiple k or_other | m | M |", CHOICES
    )
    assert not asked.interview.is_relevant("/data/s_other")
    asked.answer("s", "other").answer("s_other", "Nar").answer("m", "a other").answer("m_other", "İncir")
    assert (asked.interview.value("/data/s_other"), asked.interview.value("/data/m_other")) == ("Nar", "İncir")


def test_that_what_a_telephone_would_know_stays_blank_and_is_not_asked():
    asked = Scenario.of(
        "| type | name | label |\n| email | e | |\n| start-geopoint | g | |\n| text | t | T |\n| audit | audit | |"
    )
    assert [asked.interview.value(f"/data/{name}") for name in "eg"] == ["", ""]
    outcome = engine.answer(asked.interview, "/data/g", "38 27")
    assert [one.code for one in outcome.problems] == ["interview.not-asked"]


def shown(asked: Scenario, name: str) -> list[tuple[str, str]]:
    return [(each.name, each.label) for each in options(ground_of(asked.interview), asked.spot(name))]


def test_that_a_list_from_a_file_has_labels_in_the_language_of_the_interview():
    survey = "| type | name | label::Türkçe (tr) | label::English (en) | parameters |\n| select_one_from_file f.csv | s | S | S | value=kod label=ad |"
    rows = [
        {"kod": "1", "ad": "Kimya", "ad_en": "Chemicals"},
        {"kod": "2", "ad": "Deri", "ad_en": ""},
        {"kod": "3", "ad": "", "ad_en": ""},
    ]
    asked = Scenario.of(survey, tables={"f": rows})
    assert shown(asked, "s") == [("1", "Kimya"), ("2", "Deri"), ("3", "3")]
    assert shown(asked.speak("en"), "s") == [("1", "Chemicals"), ("2", "Deri"), ("3", "3")]


def test_that_a_list_of_places_and_one_of_xml_are_chosen_from():
    survey = "| type | name | label | choice_filter |\n| select_one_from_file yerler.geojson | g | G | |\n| text | il | İ | |\n| select_one_from_file iller.xml | x | X | il=${il} |\n| calculate | yer | | |"
    survey = survey.replace("| calculate | yer | | |", "")
    tables = {
        "yerler": [{"id": "p1", "title": "Liman", "geometry": "38 27 0 0"}],
        "iller": [{"name": "35", "label": "İzmir", "il": "a"}, {"name": "34", "label": "İstanbul", "il": "b"}],
    }
    asked = Scenario.of(survey, tables=tables).answer("g", "p1").answer("il", "b")
    assert shown(asked, "g") == [("p1", "Liman")]
    assert shown(asked, "x") == [("34", "İstanbul")]
    asked.refuse("x", "35", "interview.no-such-choice")


def test_that_a_shuffled_list_stays_as_it_is_during_an_interview_and_follows_its_seed():
    choices = "\n".join(["| list_name | name | label |", *(f"| k | c{n} | C{n} |" for n in range(12))])
    survey = "| type | name | label | parameters |\n| select_one k | a | A | randomize=true |\n| select_one k | b | B | randomize=true seed=42 |\n| text | t | T | |"
    asked = Scenario.of(survey, choices)
    before = shown(asked, "a"), shown(asked, "b")
    asked.answer("t", "x").answer("a", "c3")
    assert (shown(asked, "a"), shown(asked, "b")) == before
    assert sorted(before[0]) == sorted(before[1])
    assert before[1] == shown(Scenario.of(survey, choices), "b") != sorted(before[1])


def test_that_rows_of_a_repeat_are_chosen_from():
    survey = "| type | name | label | choice_filter |\n| begin repeat | r | R | |\n| text | ad | Ad | |\n| end repeat | | | |\n| select_one ${ad} | s | S | ${ad} != '' |"
    asked = Scenario.of(survey).answer("ad", "Ayşe").add_row("/data/r").add_row("/data/r").answer("ad[3]", "Can")
    assert shown(asked, "s") == [("Ayşe", "Ayşe"), ("Can", "Can")]
    asked.answer("s", "Can").answer("ad[3]", "Cem")
    assert asked.interview.unlisted == {"/data/s"}


LAST = "| type | name | label | default |\n| text | il | İl | ${last-saved#il} |\n| begin group | g | G | |\n| integer | n | N | ${last-saved#n} + 1 |\n| end group | | | |"


def test_that_the_interview_before_gives_its_values():
    from dataclasses import replace

    fresh = Scenario.of(LAST)
    assert (fresh.interview.value("/data/il"), fresh.interview.value("/data/g/n")) == ("", "")
    setting = replace(fresh.setting, last_saved={"/data/il": "İzmir", "/data/g/n": "4"})
    begun = engine.begin(fresh.form, setting)
    assert (begun.interview.value("/data/il"), begun.interview.value("/data/g/n")) == ("İzmir", "5")
    assert {change.path for change in begun.changes if change.recorded} >= {"/data/il", "/data/g/n"}


def test_that_a_soft_check_may_look_at_the_interview_before():
    from dataclasses import replace

    survey = "| type | name | label | warn |\n| integer | n | N | . < ${last-saved#n} |"
    asked = Scenario.of(survey)
    setting = replace(asked.setting, last_saved={"/data/n": "10"})
    begun = engine.begin(asked.form, setting).interview
    assert engine.answer(begun, "/data/n", "9").interview.warned == {"/data/n"}
    assert not engine.answer(begun, "/data/n", "11").interview.warned
