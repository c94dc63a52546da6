"""Rules of a form in words: what an expression asks, said in two languages."""

from __future__ import annotations

import pytest

from kume_desktop.reports.paper.conditions import (
    NO,
    YES,
    Both,
    Either,
    Holds,
    Test,
    Unclear,
    opposite,
    paths_of,
    verdict,
)
from kume_desktop.reports.paper.rules import Reading, read
from kume_desktop.reports.paper.skips import Names, Speaker, run_of

NUMBERS = {"/d/a": "2.1", "/d/b": "3.4", "/d/c": "3.5", "/d/n": "4.2", "/d/r": "6"}
LABELS = {
    "/d/a": {"1": "Evet", "2": "Hayır", "3": "Kısmen"},
    "/d/c": {"x": "Pazar", "y": "Para"},
}
CALCULATIONS = {
    "/d/toplam": "/d/b + /d/n",
    "/d/grup": "if(/d/a = '1', 'ihracat', 'iç pazar')",
    "/d/liste": "pulldata('firmalar', 'alan', 'name', /d/firma)",
    "/d/karisik": "substr(/d/c, 0, 2)",
}
KNOWN = {"/d/yil": "2026"}
NAMES = Names(
    lambda path: NUMBERS.get(path, ""),
    lambda path: path.rpartition("/")[2],
    lambda path, value: LABELS.get(path, {}).get(value, ""),
)
READING = Reading(lambda path: CALCULATIONS.get(path, ""), KNOWN.get, lambda path: path == "/d/c")


def said(expression: str, lang: str = "tr") -> str:
    """Who is asked, in words."""
    return Speaker(NAMES, lang, "/d/own").only_if(read(expression, "/d/own", READING))


@pytest.mark.parametrize(
    ("expression", "turkish", "english"),
    [
        ("/d/a = '1'", "Yalnız 2.1 “Evet” ise sorun.", "Ask only if 2.1 is “Evet”."),
        ("'1' = /d/a", "Yalnız 2.1 “Evet” ise sorun.", "Ask only if 2.1 is “Evet”."),
        ("/d/a != '2'", "Yalnız 2.1 “Hayır” değilse sorun.", "Ask only if 2.1 is not “Hayır”."),
        ("not(/d/a = '2')", "Yalnız 2.1 “Hayır” değilse sorun.", "Ask only if 2.1 is not “Hayır”."),
        (
            "/d/a = '1' or /d/a = '3'",
            "Yalnız 2.1 “Evet” ya da “Kısmen” ise sorun.",
            "Ask only if 2.1 is “Evet” or “Kısmen”.",
        ),
        (
            "/d/a = '1' and /d/b > 10",
            "Yalnız 2.1 “Evet” ise ve 3.4 yanıtı 10 üzerinde ise sorun.",
            "Ask only if 2.1 is “Evet” and if answer 3.4 is above 10.",
        ),
        (
            "/d/a = '1' and /d/a != '2'",
            "Yalnız 2.1 “Evet” ise ve 2.1 “Hayır” değilse sorun.",
            "Ask only if 2.1 is “Evet” and if 2.1 is not “Hayır”.",
        ),
        ("/d/b >= 2.5", "Yalnız 3.4 yanıtı en az 2,5 ise sorun.", "Ask only if answer 3.4 is at least 2.5."),
        ("10 > /d/b", "Yalnız 3.4 yanıtı 10 altında ise sorun.", "Ask only if answer 3.4 is below 10."),
        ("/d/b <= -3", "Yalnız 3.4 yanıtı en çok -3 ise sorun.", "Ask only if answer 3.4 is at most -3."),
        (
            "/d/b >= 1 and /d/b <= 3",
            "Yalnız 3.4 yanıtı 1 ile 3 arasında ise sorun.",
            "Ask only if answer 3.4 is between 1 and 3.",
        ),
        (
            "selected(/d/c, 'x')",
            "Yalnız 3.5 sorusunda “Pazar” işaretli ise sorun.",
            "Ask only if “Pazar” is marked in 3.5.",
        ),
        ("selected(/d/a, '1')", "Yalnız 2.1 “Evet” ise sorun.", "Ask only if 2.1 is “Evet”."),
        (
            "selected(/d/c, 'x') or selected(/d/c, 'y')",
            "Yalnız 3.5 sorusunda “Pazar” ya da “Para” işaretli ise sorun.",
            "Ask only if “Pazar” or “Para” is marked in 3.5.",
        ),
        (
            "not(selected(/d/c, 'x') or selected(/d/c, 'y'))",
            "Yalnız 3.5 sorusunda “Pazar” ya da “Para” işaretli değilse sorun.",
            "Ask only if “Pazar” or “Para” is not marked in 3.5.",
        ),
        (
            "selected('1 3', /d/a)",
            "Yalnız 2.1 “Evet” ya da “Kısmen” ise sorun.",
            "Ask only if 2.1 is “Evet” or “Kısmen”.",
        ),
        (
            "count-selected(/d/c) >= 2",
            "Yalnız 3.5 sorusunda işaretlenen seçenek sayısı en az 2 ise sorun.",
            "Ask only if the number of choices marked in 3.5 is at least 2.",
        ),
        ("/d/b = ''", "Yalnız 3.4 boş ise sorun.", "Ask only if 3.4 is blank."),
        ("/d/b", "Yalnız 3.4 yanıtlanmış ise sorun.", "Ask only if 3.4 is answered."),
        (
            "(/d/a = '1' or /d/b > 5) and /d/n = 0",
            "Yalnız (2.1 “Evet” ise ya da 3.4 yanıtı 5 üzerinde ise) ve 4.2 yanıtı 0 ise sorun.",
            "Ask only (if 2.1 is “Evet” or if answer 3.4 is above 5) and if answer 4.2 is 0.",
        ),
        (
            "/d/b + /d/n * 2 > 100",
            "Yalnız (3.4 yanıtı + (4.2 yanıtı × 2)) 100 üzerinde ise sorun.",
            "Ask only if (answer 3.4 + (answer 4.2 × 2)) is above 100.",
        ),
        (
            "/d/toplam > 100",
            "Yalnız (3.4 yanıtı + 4.2 yanıtı) 100 üzerinde ise sorun.",
            "Ask only if (answer 3.4 + answer 4.2) is above 100.",
        ),
        ("/d/grup = 'ihracat'", "Yalnız 2.1 “Evet” ise sorun.", "Ask only if 2.1 is “Evet”."),
        ("/d/grup != 'ihracat'", "Yalnız 2.1 “Evet” değilse sorun.", "Ask only if 2.1 is not “Evet”."),
        ("/d/liste = 'kimya'", "Yalnız “liste” “kimya” ise sorun.", "Ask only if “liste” is “kimya”."),
        ("/d/b >= /d/yil - 3", "Yalnız 3.4 yanıtı en az 2023 ise sorun.", "Ask only if answer 3.4 is at least 2023."),
        (
            "string-length(/d/n) > 3",
            "Yalnız 4.2 yanıtının harf sayısı 3 üzerinde ise sorun.",
            "Ask only if the number of letters in 4.2 is above 3.",
        ),
        (
            "count(/d/r) > 1",
            "Yalnız 6 satır sayısı 1 üzerinde ise sorun.",
            "Ask only if the number of rows in 6 is above 1.",
        ),
        (
            "/d/n <= today()",
            "Yalnız 4.2 yanıtı görüşme günü ya da öncesi ise sorun.",
            "Ask only if answer 4.2 is the day of the interview or earlier.",
        ),
        (
            "/d/b = /d/n",
            "Yalnız 3.4 yanıtı ile 4.2 yanıtı aynı ise sorun.",
            "Ask only if answer 3.4 is the same as answer 4.2.",
        ),
        (
            "/d/n > '2026-03-09'",
            "Yalnız 4.2 yanıtı 09.03.2026 sonrası ise sorun.",
            "Ask only if answer 4.2 is after 2026-03-09.",
        ),
        ("true()", "", ""),
        ("", "", ""),
        ("false()", "Bu çalışmada sorulmuyor.", "Not asked in this study."),
        ("/d/yil = 2025", "Bu çalışmada sorulmuyor.", "Not asked in this study."),
    ],
)
def test_that_a_rule_is_said_as_people_say_it(expression: str, turkish: str, english: str):
    assert said(expression) == turkish
    assert said(expression, "en") == english


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("regex(/d/b, '^1') and /d/a = '1'", ("3.4", "2.1")),
        ("substr(/d/c, 1, 2) = 'ab'", ("3.5",)),
        ("sum(/d/r/x[y > 3]) > 5 or pow(/d/n, 2) > /d/b", ("4.2", "3.4")),
        ("/d/karisik = 'ab'", ("karisik",)),
        ("coalesce(/d/b, /d/n) = '1'", ("3.4", "4.2")),
    ],
)
def test_that_a_rule_without_words_still_names_what_it_looks_at(expression: str, named: tuple[str, ...]):
    for lang in ("tr", "en"):
        assert [one for one in named if one not in said(expression, lang)] == []


@pytest.mark.parametrize("expression", ["((((", "1 +", "'abc", "a b c"])
def test_that_a_text_that_is_no_expression_is_no_accident(expression: str):
    assert said(expression) == "Yalnız formun programda denetlenen kuralı uygun ise sorun."


def test_that_an_endless_rule_names_its_questions_only():
    told = said(" or ".join(f"/d/a = '{value}' and /d/b = {value}" for value in range(100)))
    assert "2.1" in told
    assert "3.4" in told
    assert len(told) < 200


def test_that_a_calculation_that_looks_at_itself_comes_to_an_end():
    circle = Reading(lambda path: "/d/y" if path == "/d/x" else "/d/x")
    assert isinstance(read("/d/x = '1'", "/d/own", circle), Test)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (". >= 0 and . <= 100", "Koşul: yanıt 0 ile 100 arasında olmalı."),
        (". != 3", "Koşul: yanıt 3 olmamalı."),
        ("string-length(.) <= 11", "Koşul: harf sayısı en çok 11 olmalı."),
        ("count-selected(.) <= 3", "Koşul: işaretlenen seçenek sayısı en çok 3 olmalı."),
        (". <= /d/b", "Koşul: yanıt en çok 3.4 yanıtı olmalı."),
        ("regex(., '^[0-9]+$')", ""),
    ],
)
def test_that_what_an_answer_has_to_be_is_said(expression: str, told: str):
    assert Speaker(NAMES, "tr", "/d/own").must_be(read(expression, "/d/own", READING)) == told


@pytest.mark.parametrize(
    ("expression", "answers", "expected"),
    [
        ("/d/a = '1'", {"/d/a": "1"}, True),
        ("/d/a = '1'", {"/d/a": "2"}, False),
        ("/d/a = '1'", {}, None),
        ("/d/a != ''", {"/d/a": ""}, False),
        ("/d/a = '1' and /d/b = '2'", {"/d/a": "2"}, False),
        ("/d/a = '1' and /d/b = '2'", {"/d/a": "1"}, None),
        ("/d/a = '1' or /d/b = '2'", {"/d/a": "1"}, True),
        ("/d/a >= 1 and /d/a <= 3", {"/d/a": "dk"}, False),
        ("/d/a >= 1 and /d/a <= 3", {"/d/a": "3"}, True),
        ("selected(/d/c, 'x')", {"/d/c": "y x"}, True),
        ("regex(/d/a, '1')", {"/d/a": "1"}, None),
    ],
)
def test_that_a_condition_is_decided_only_by_what_is_known(
    expression: str, answers: dict[str, str], expected: bool | None
):
    assert verdict(read(expression, "/d/own", READING), answers) is expected


def test_that_the_opposite_of_the_opposite_is_the_condition():
    told = read("/d/a = '1' and (/d/b > 3 or /d/c = '')", "/d/own", READING)
    assert opposite(opposite(told)) == told
    assert isinstance(opposite(told), Either)


def test_that_simple_truths_vanish():
    assert read("true() and /d/a = '1'", "/d/own", READING) == read("/d/a = '1'", "/d/own", READING)
    assert read("false() or not(true())", "/d/own", READING) == NO
    assert read("1 = 1 or /d/a = '1'", "/d/own", READING) == YES
    assert isinstance(read("/d/a = '1' and /d/b = '2'", "/d/own", READING), Both)
    assert read("'a' = 'b'", "/d/own") == Holds(False)
    assert isinstance(read("regex(/d/a, 'x')", "/d/own"), Unclear)


def test_that_relative_paths_are_those_of_the_question():
    assert paths_of(read("../a = '1' and ../../e = '2'", "/d/g/own")) == {"/d/g/a", "/d/e"}
    assert paths_of(read("current()/../a = '1'", "/d/g/own")) == {"/d/g/a"}


def test_that_questions_in_a_row_are_named_by_their_ends():
    assert run_of(["3.1", "", "3.2", "3.2a"]) == "3.1–3.2a"
    assert run_of([""]) == ""
