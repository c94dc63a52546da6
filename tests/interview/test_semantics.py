# ruff: noqa: E501 - tables of expressions
"""Expressions inside a form: blank, typed, irrelevant and repeated nodes, lists and files, as the engine hands them over."""

from __future__ import annotations

from functools import cache

import pytest

from kume_desktop.interview.engine import Form
from tests.interview.scenario import Scenario, compiled

QUESTIONS = [
    "| text | a | A | | |",
    "| integer | b | B | | |",
    "| decimal | e | E | | |",
    "| date | d | D | | |",
    "| text | hidden | H | ${b} = 99 | |",
    "| select_one k | s | S | | |",
    "| select_multiple k | m | M | | |",
    "| begin repeat | r | R | | |",
    "| integer | v | V | | |",
    "| text | w | W | ${v} > 1 | |",
    "| end repeat | | | | |",
    "| begin group | g | G | ${b} = 5 | |",
    "| text | in | I | | |",
    "| end group | | | | |",
]
CHOICES = """
| list_name | name | label | missing | puan |
| k | 1 | Bir | | 10 |
| k | 2 | İki | | 20 |
| k | dk | Bilmiyor | dk | |
"""
TABLES = {
    "firmalar": [
        {"name": "f1", "label": "Bir", "il": "izmir", "n": "3"},
        {"name": "f2", "label": "İki", "il": "manisa", "n": "4"},
        {"name": "f3", "label": "Üç", "il": "izmir", "n": "5"},
    ]
}
EXPRESSIONS = [
    ("${a} = ''", "true"), ("${a} = 0", "false"), ("${a} != 5", "true"), ("${a} < 5", "false"), ("not(${a} > 5)", "true"),
    ("${a} + 1", ""), ("coalesce(${a} * 2, 0)", "0"), ("if(${a}, 'y', 'n')", "n"), ("boolean(${a})", "false"),
    ("${a} or false()", "false"), ("${b} = '5.0'", "true"), ("${b} + 1", "6"), ("${b} div 2", "2.5"), ("${e} * 2", "25"),
    ("${b} mod 3", "2"), ("string-length(${a})", "0"), ("concat(${b}, '-', ${e})", "5-12.5"), ("round(${e})", "13"),
    ("int(${e})", "12"), ("number(${e}) > ${b}", "true"), ("format-date(${d}, '%d.%m.%Y')", "29.02.2012"),
    ("date(${d} + 1)", "2012-03-01"), ("${d} > date('2012-02-01')", "true"), ("${d} + 1", "15400"),
    ("decimal-date-time(${d}) - decimal-date-time(date('2012-02-28'))", "1"),
    ("${hidden}", ""), ("${hidden} = ''", "true"), ("count(/data/hidden)", "0"), ("count(/data/a)", "1"),
    ("${s} >= 1", "true"), ("${s} >= 1 and ${s} <= 3", "true"), ("jr:choice-name(${s}, '${s}')", "İki"),
    ("instance('k')/root/item[name = ${s}]/puan", "20"), ("sum(instance('k')/root/item[selected(${m}, name)]/puan)", "30"),
    ("count-selected(${m})", "2"), ("selected(${m}, '1')", "true"), ("selected(${m}, 'dk')", "false"), ("selected-at(${m}, 1)", "2"),
    ("selected('na dk nr', ${s})", "false"), ("count(${r})", "3"), ("count(${v})", "3"), ("sum(${v})", "4"), ("min(${v})", "1"), ("max(${v})", "3"),
    ("sum(/data/r[v > 1]/v)", "3"), ("/data/r[position() = 3]/v", "3"), ("indexed-repeat(${v}, ${r}, 3)", "3"),
    ("indexed-repeat(${v}, ${r}, 0)", ""), ("indexed-repeat(${v}, ${r}, 9)", ""), ("/data/r/v = 3", "true"), ("join(', ', ${v})", "1, , 3"),
    ("count(/data/r/w)", "1"), ("join('+', ${w})", "son"), ("count(/data/g/in)", "1"), ("string(/data/g)", "iç"),
    ("pulldata('firmalar', 'il', 'name', 'f2')", "manisa"), ("pulldata('firmalar', 'il', 'name', 'yok')", ""),
    ("count(instance('firmalar')/root/item[il = 'izmir'])", "2"), ("sum(instance('firmalar')/root/item/n)", "12"),
    ("instance('firmalar')/root/item[n > 3][1]/name", "f2"), ("count(instance('firmalar')/root/item[il = 'izmir' and n > ${b} - 1])", "1"),
    ("regex(${d}, '^[0-9-]+$')", "true"), ("substr(${d}, 0, 4)", "2012"), ("translate('abc', 'b', ${b})", "a5c"),
    ("once(${b})", "99"), ("if(${b} = 5, if(${a} = '', 1, 2), 3)", "1"), ("1 div 0", "Infinity"), ("0 div 0", ""),
    ("property('username')", "g01"),
]  # fmt: skip


@cache
def form() -> Form:
    files = "| select_one_from_file firmalar.csv | f | F | | |"
    rows = [f"| calculate | x{n} | | | {text} |" for n, (text, _) in enumerate(EXPRESSIONS)]
    head = "| type | name | label | relevant | calculation |"
    # a bar inside a cell would end it; no expression here has one
    return compiled(survey="\n".join([head, *QUESTIONS, files, *rows]), choices=CHOICES)


@cache
def told() -> Scenario:
    talk = Scenario.begin(form(), TABLES)
    for name, raw in (
        ("b", "99"),
        ("hidden", "gizli"),
        ("b", "5"),
        ("e", "12,5"),
        ("d", "29.02.2012"),
        ("s", "2"),
        ("m", "2 1"),
    ):
        talk.answer(name, raw)
    talk.answer("in", "iç").add_row("/data/r").add_row("/data/r").answer("v[1]", "1").answer("v[3]", "3")
    return talk.answer("w[3]", "son")


@pytest.mark.parametrize("number", range(len(EXPRESSIONS)), ids=[text for text, _ in EXPRESSIONS])
def test_that_an_expression_sees_the_form_as_it_is(number: int):
    assert told().value(f"x{number}") == EXPRESSIONS[number][1]


def test_that_irrelevant_groups_are_not_there():
    talk = Scenario.begin(form(), TABLES).answer("b", "5").answer("in", "iç")
    counted, text = (
        next(n for n, (e, _) in enumerate(EXPRESSIONS) if e == wanted)
        for wanted in ("count(/data/g/in)", "string(/data/g)")
    )
    assert (talk.value(f"x{counted}"), talk.value(f"x{text}")) == ("1", "iç")
    talk.answer("b", "4")
    assert (talk.value(f"x{counted}"), talk.value(f"x{text}")) == ("0", "")


def test_that_nothing_answered_gives_blanks_zeros_and_falsehoods_but_no_error():
    talk = Scenario.begin(form(), TABLES)
    values = {text: talk.value(f"x{n}") for n, (text, _) in enumerate(EXPRESSIONS)}
    assert values["sum(${v})"] == "0"
    assert values["max(${v})"] == ""
    assert values["${b} + 1"] == ""
    assert values["count-selected(${m})"] == "0"
    assert values["format-date(${d}, '%d.%m.%Y')"] == ""
    assert "NaN" not in values.values()


def test_that_tables_that_are_missing_are_empty():
    talk = Scenario.begin(form(), {})
    values = {text: talk.value(f"x{n}") for n, (text, _) in enumerate(EXPRESSIONS)}
    assert values["sum(instance('firmalar')/root/item/n)"] == "0"
    assert values["pulldata('firmalar', 'il', 'name', 'f2')"] == ""
    assert talk.row("f").choices == ()


ROWS = """
| type | name | label | calculation | relevant |
| integer | n | N | | |
| begin repeat | r | R | | |
| integer | v | V | | |
| calculate | own | | ${v} + ${n} | |
| calculate | all | | sum(/data/r/v) | |
| calculate | here | | position(..) | |
| calculate | many | | count(${r}) | |
| calculate | before | | indexed-repeat(${v}, ${r}, position(..) - 1) | |
| text | t | T | | ${v} > ${n} |
| end repeat | | | | |
"""


def test_that_rows_see_their_own_values_and_those_of_all():
    talk = Scenario.of(ROWS).answer("n", "1").add_row("/data/r").add_row("/data/r")
    for place, value in enumerate(("5", "1", "7"), start=1):
        talk.answer(f"v[{place}]", value)
    rows = [
        [talk.value(f"{name}[{place}]") for name in ("own", "all", "here", "many", "before")] for place in (1, 2, 3)
    ]
    assert rows == [["6", "13", "1", "3", ""], ["2", "13", "2", "3", "5"], ["8", "13", "3", "3", "1"]]
    assert [talk.asks(f"t[{place}]") for place in (1, 2, 3)] == [True, False, True]
    talk.remove_row("r[2]")
    assert [talk.value(f"{name}[2]") for name in ("own", "all", "here", "many", "before")] == ["8", "12", "2", "2", "5"]


def test_that_one_answer_in_a_row_reaches_exactly_the_rows_it_concerns():
    talk = Scenario.of(ROWS).answer("n", "1").add_row("/data/r").answer("v[1]", "5").answer("v[2]", "6")
    talk.expect(**{"own[1]": "6", "own[2]": "7", "all[1]": "11", "all[2]": "11", "before[2]": "5"})
    talk.answer("v[1]", "8").expect(**{"own[1]": "9", "own[2]": "7", "all[2]": "14", "before[2]": "8"})
    talk.answer("n", "7").expect(**{"own[1]": "15", "own[2]": "13"})
    assert [talk.asks(f"t[{place}]") for place in (1, 2)] == [True, False]
