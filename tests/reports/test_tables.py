"""Answers of a form as tables: columns from the form, rows from the interviews."""

from __future__ import annotations

from kume_desktop.instruments.model import Part
from kume_desktop.reports.tables import Answered, instrument_facts, plain
from tests.reports.making import needs_form


def one(answers: dict[str, tuple[str, ...]]) -> Answered:
    return Answered("F001", "i1", "completed", True, answers)


def test_that_columns_are_there_without_any_answer():
    facts = instrument_facts(needs_form(), [])
    main, repeat = facts.tables
    assert [column.name for column in main.columns][-3:] == ["oran", "gun", "belge"]
    assert (main.repeat, repeat.repeat) == ("", "/data/g/ilis")
    assert (main.rows, repeat.rows) == ((), ())
    assert facts.interviews_in == 0


def test_that_rows_of_a_repeat_keep_their_uuid():
    answers = {
        "/data/g/ilis[aa-1]/kurum": ("Oda",),
        "/data/g/ilis[bb-2]/kurum": ("Banka",),
        "/data/g/ana_urun": ("un",),
    }
    main, repeat = instrument_facts(needs_form(), [one(answers)]).tables
    assert [(row.row, row.values["/data/g/ilis/kurum"]) for row in repeat.rows] == [
        ("aa-1", ("Oda",)),
        ("bb-2", ("Banka",)),
    ]
    assert [dict(row.values) for row in main.rows] == [{"/data/g/ana_urun": ("un",)}]


def test_that_an_answer_the_form_does_not_have_is_named():
    facts = instrument_facts(needs_form(), [one({"/data/g/eski[x]/soru": ("1",)})])
    assert facts.unknown == ("/data/g/eski/soru",)


def test_that_an_interview_without_answers_has_its_row():
    main, repeat = instrument_facts(needs_form(), [one({})]).tables
    assert len(main.rows) == 1
    assert repeat.rows == ()


def test_that_labels_lose_their_marks_and_name_what_they_print():
    label = {"tr": (Part("Firmanız **için** "), Part(expression=" /data/g/ana_urun "), Part(" nedir?"))}
    assert plain(label).tr == "Firmanız için {ana_urun} nedir?"
    assert plain(label).en == ""
