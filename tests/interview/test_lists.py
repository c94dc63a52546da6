"""Long lists: nodes are made of what is asked for, and each is one node however it is found."""

from __future__ import annotations

import sys

from kume_desktop.interview import engine, page
from kume_desktop.interview.lists import Lists
from tests.interview.scenario import Scenario, compiled

SURVEY = """
| type | name | label | choice_filter |
| text | il | İl | |
| select_one_from_file f.csv | s | S | il=${il} |
| select_multiple_from_file f.csv | m | M | |
"""
ROWS = [{"name": f"n{n}", "label": f"Firma {n}", "il": f"i{n % 500}"} for n in range(20_000)]


def lists() -> Lists:
    return Lists(compiled(survey=SURVEY).instrument, {"f": ROWS})


def test_that_a_node_is_the_same_however_it_is_found():
    found = lists()
    root = found.root("f")
    (first, second, *_rest) = found.lookup("f", "il", "i7")
    assert (first.fields["name"], second.fields["name"]) == ("n7", "n507")
    assert root.children("item")[7] is first
    assert list(root.children(None))[507] is second
    assert (first.place, second.place, len(root.children("item"))) == (8, 508, 20_000)
    assert root.children("item")[-1].fields["name"] == "n19999"
    assert [each.place for each in root.children("item")[2:5]] == [3, 4, 5]
    assert first.cell("label").parent is first
    assert root.children("other") == ()


def test_that_only_what_is_asked_for_becomes_a_node():
    found = lists()
    found.lookup("f", "il", "i7")
    made = sum(1 for _ in found.root("f").items._made)
    assert made == 40
    assert sys.getsizeof(found.root("f").items._made) < 10_000


def test_that_a_filtered_long_list_is_chosen_from():
    asked = Scenario.of(SURVEY, tables={"f": ROWS}).answer("il", "i3").answer("s", "n503")
    asked.refuse("s", "n504", "interview.no-such-choice")
    asked.answer("m", "n19999 n4 n4 n700")
    assert asked.interview.value("/data/m") == "n4 n700 n19999"
    assert asked.answer("il", "i4").interview.unlisted == {"/data/s"}


def test_that_a_list_that_is_not_there_is_empty():
    found = Lists(compiled(survey=SURVEY).instrument, {})
    assert found.lookup("f", "il", "x") == ()
    assert list(found.root("f").children("item")) == []
    assert found.root("g") is None
    assert found.lookup("g", "il", "x") == ()


def test_that_a_page_makes_views_only_of_the_choices_that_it_shows():
    asked = Scenario.of("| type | name | label |\n| select_multiple_from_file f.csv | m | M |", tables={"f": ROWS})
    (screen,) = page.screens(asked.interview)
    assert [(row.name, row.long_list, row.choices) for row in screen.rows] == [("m", True, ())]
    items = asked.interview.lists.root("f").items
    assert len(items._made) == 0
    assert [choice.label for choice in page.choices(asked.interview, "/data/m", limit=2)] == ["Firma 0", "Firma 1"]
    found = page.choices(asked.interview, "/data/m", "firma 1999", limit=3)
    assert [choice.label for choice in found] == ["Firma 1999", "Firma 19990", "Firma 19991"]
    assert len(items._made) == 5


def test_that_a_kept_list_follows_the_language():
    rows = [{"name": "1", "label": "Bir", "label_en": "One"}, {"name": "dk", "label": "Bilmiyor", "missing": "dk"}]
    survey = "| type | name | label::Türkçe (tr) | label::English (en) |\n| select_one_from_file f.csv | s | S | S |"
    asked = Scenario.of(survey, tables={"f": [rows[1], rows[0]]})
    shown = page.row(asked.interview, "/data/s").choices
    assert [(choice.label, choice.key) for choice in shown] == [("Bir", "1"), ("Bilmiyor", "9")]
    english = page.row(engine.set_language(asked.interview, "en"), "/data/s").choices
    assert [choice.label for choice in english] == ["One", "Bilmiyor"]
