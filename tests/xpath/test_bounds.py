"""Hostile expressions are refused or stay small; whatever goes wrong while one runs is told."""

from __future__ import annotations

import threading

import pytest

from kume_desktop.problem_texts import SENTENCES
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import ExpressionError, walk
from kume_desktop.xpath.source import Context, Trouble
from tests.xpath.tree import Tree, context

MANY = 100_000


def listening(xml: str = "<data><a>5</a></data>") -> tuple[Context, list[Trouble]]:
    troubles: list[Trouble] = []
    return context(Tree(xml), troubles=troubles), troubles


@pytest.mark.parametrize(
    "text",
    [
        "(" * MANY + "1" + ")" * MANY,
        "-" * MANY + "1",
        "not(" * MANY + "1" + ")" * MANY,
        "a[" * MANY + "1" + "]" * MANY,
        "if(1," * MANY + "1" + ", 2)" * MANY,
        "/a" * MANY,
        "a" + "//a" * MANY,
        "(" * MANY,
        ".." + "/.." * MANY,
    ],
    ids=["brackets", "signs", "calls", "predicates", "branches", "names", "deep-steps", "open", "parents"],
)
def test_that_nesting_without_end_is_refused_as_too_deep(text: str):
    with pytest.raises(ExpressionError) as refusal:
        compile_expression(text)
    assert refusal.value.code == "too-deep"


def test_that_a_text_longer_than_any_cell_is_refused():
    with pytest.raises(ExpressionError) as refusal:
        compile_expression("1" + " + 1" * 300_000)
    assert refusal.value.code == "too-long"


def test_that_the_deepest_expression_is_accepted_far_down_a_stack():
    text = "if(1, " * 100 + "1" + ", 2)" * 100
    results: list[object] = []

    def down(levels: int) -> None:
        if levels:
            down(levels - 1)
        else:
            compiled = compile_expression(text)
            here, _ = listening()
            results.append((compiled.number(here), compiled.findings(), compiled.references("/data/a").paths))

    worker = threading.Thread(target=down, args=(150,))
    worker.start()
    worker.join()
    assert results == [(1.0, (), frozenset())]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("+", 10_005.0), ("-", -9_995.0), ("*", float("inf")), ("div", 0.0), ("mod", 0.0)],
)
def test_that_a_long_chain_is_worked_out_in_a_loop(operator: str, expected: float):
    here, _ = listening()
    compiled = compile_expression("/data/a" + f" {operator} /data/a" * 2_000)
    assert compiled.number(here) == pytest.approx(expected)
    assert sum(1 for _ in walk(compiled.tree)) == 2_002
    assert compiled.references("/data/b").paths == {"/data/a"}


@pytest.mark.parametrize("operator", ["=", "!=", "<", ">="])
def test_that_a_long_chain_of_comparisons_gives_what_a_short_one_of_the_same_parity_gives(operator: str):
    here, _ = listening()
    for length in (17, 18):
        short = f"/data/a {operator} /data/a" + f" {operator} /data/a" * (length % 2 + 2)
        long = f"/data/a {operator} /data/a" + f" {operator} /data/a" * (length % 2 + 30)
        assert compile_expression(long).evaluate(here) is compile_expression(short).evaluate(here)


def test_that_long_chains_of_conditions_and_unions_are_no_trouble():
    here, _ = listening()
    assert compile_expression("/data/a" + " and /data/a" * 2_000).test(here)
    assert not compile_expression("false()" + " or /data/nosuch" * 2_000).test(here)
    assert len(compile_expression("/data/a" + " | /data/a" * 2_000).nodes(here)) == 1


def test_that_a_pattern_which_backtracks_for_ever_is_given_up_and_told():
    here, troubles = listening()
    compiled = compile_expression("regex('" + "a" * 60 + "!', '^(a|a|aa)+$')")
    assert not compiled.test(here)
    assert [trouble.code for trouble in troubles] == ["pattern-too-slow"]
    assert not compiled.test(here)
    assert len(troubles) == 2


@pytest.mark.parametrize(
    ("expression", "expected", "code"),
    [
        ("regex('a', /data/p)", "false", "pattern-wrong"),
        ("date('2012-02-30')", "", "no-date"),
        ("date(/data/p)", "", "no-date"),
        ("date-time('foo')", "", "no-date"),
        ("join(join(',', /data/v), /data/v)", "", "result-too-long"),
        ("string-length(concat(join('-', /data/v), join('-', /data/v)))", "0", "result-too-long"),
        ("count(/data/v[date(../p) = ''])", "900", "no-date"),
    ],
)
def test_that_what_goes_wrong_is_blank_and_told(expression: str, expected: str, code: str):
    here, troubles = listening("<data><p>(</p>" + f"<v>{'x' * 1000}</v>" * 900 + "</data>")
    assert compile_expression(expression).text(here) == expected
    assert troubles[0].code == code
    assert f"form.expression-{code}" in SENTENCES


@pytest.mark.parametrize("expression", ["date('')", "date(/data/nosuch)", "date('2012-02-29')", "regex('a', '^a$')"])
def test_that_blanks_and_right_values_are_no_trouble(expression: str):
    here, troubles = listening()
    compile_expression(expression).text(here)
    assert troubles == []


def test_that_nobody_needs_to_listen():
    assert compile_expression("date('foo')").text(context(Tree("<data/>"))) == ""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count(/data/a[1 div 0])", "0"),
        ("count(/data/a[0 div 0])", "0"),
        ("string-length(uuid(1000000000))", "0"),
        ("round(1.5, 1000000000)", ""),
        ("pow(10, 1000000)", "Infinity"),
    ],
)
def test_that_huge_orders_give_little(expression: str, expected: str):
    here, _ = listening()
    assert compile_expression(expression).text(here) == expected
