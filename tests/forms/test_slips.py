"""`form check` knows what people bring along from Excel and from Turkish, and says what it is called here."""

from __future__ import annotations

import pytest

from kume_desktop import texts
from kume_desktop.instruments.check import check
from kume_desktop.problems import Problem
from tests.interview.scenario import workbook

HEAD = ("type", "name", "label::Türkçe (tr)", "label::English (en)", "relevant")


def told(relevant: str) -> Problem:
    """The only problem of a form with this condition on its third question."""
    rows = [
        HEAD,
        ("integer", "n", "Kaç?", "How many?", ""),
        ("select_one durum", "d", "Durum?", "State?", ""),
        ("text", "t", "Neden?", "Why?", relevant),
    ]
    choices = (
        "| list_name | name | label::Türkçe (tr) | label::English (en) |\n"
        "| durum | iyi | İyi | Good |\n| durum | kotu | Kötü | Bad |"
    )
    (found,) = check("form.xlsx", workbook(survey=rows, choices=choices))
    assert (found.where.row, found.where.column) == (4, "relevant")
    return found


@pytest.mark.parametrize(
    ("relevant", "position", "written", "instead"),
    [
        ("${n} > 1 && ${n} < 5", 10, "&&", "and"),
        ("${n} > 1 AND ${n} < 5", 10, "AND", "and"),
        ("${n} > 1 ve ${n} < 5", 10, "ve", "and"),
        ("(${n} = 1 veya ${n} = 5)", 11, "veya", "or"),
        ("${d} = 'iyi' || ${n} = 5", 14, "||", "or"),
        ("${d} == 'iyi'", 6, "==", "="),
        ("${d} <> 'iyi'", 6, "<>", "!="),
        ("${n} => 5", 6, "=>", ">="),
        ("${n} ≥ 5", 6, "≥", ">="),
        ("if(${n} > 5; true(); false())", 12, ";", ","),
    ],
)
def test_that_an_operator_of_another_language_is_named_with_what_to_write(
    relevant: str, position: int, written: str, instead: str
) -> None:
    found = told(relevant)
    assert found.code == "form.expression-other-operator"
    assert dict(found.params) == {"position": position, "found": written, "write": instead}
    assert f"“{instead}”" in texts.say(found, "tr")


@pytest.mark.parametrize(
    ("relevant", "code", "said"),
    [
        ("${n} > 1000,5", "form.expression-decimal-comma", "1000,5"),
        ("${n} > 1.000.000", "form.expression-grouped-number", "1.000.000"),
        ("${n} >= 0 and <= 80", "form.expression-missing-side", "<="),
        ("TOPLA(${n}) > 3", "form.expression-unknown-function-near", "sum"),
        ("${n} > today", "form.bare-function", "today()"),
        ("${d} = kotu", "form.bare-word", "'kotu'"),
    ],
)
def test_that_a_slip_is_told_with_its_way_out(relevant: str, code: str, said: str) -> None:
    found = told(relevant)
    assert found.code == code
    for language in texts.LANGUAGES:
        assert said in texts.say(found, language)


def test_that_a_name_in_other_letters_is_the_similar_one() -> None:
    rows = [HEAD, ("integer", "guc", "Güç?", "Power?", ""), ("integer", "gun", "Gün?", "Day?", "${Güç} > 1")]
    (found,) = [one for one in check("form.xlsx", workbook(survey=rows)) if one.code == "form.unknown-name-near"]
    assert found.params["near"] == "guc"


def test_that_two_spellings_of_a_language_and_a_misspelt_translated_column_are_told() -> None:
    rows = [
        (
            *HEAD,
            "hint::Englisch (en)",
            "constraint",
            "constraint_mesage::Türkçe (tr)",
            "constraint_message::English (en)",
        ),
        ("integer", "n", "Kaç?", "How many?", "", "all", ". > 0", "Artı olmalı", "Positive"),
    ]
    found = {one.code: one for one in check("form.xlsx", workbook(survey=rows))}
    assert found["form.language-spelt-twice"].params == {"language": "Englisch (en)", "other": "English (en)"}
    assert found["form.language-spelt-twice"].where.column == "hint::Englisch (en)"
    assert found["form.column-near"].params["near"] == "constraint_message"
