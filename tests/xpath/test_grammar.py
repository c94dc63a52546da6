"""What is an expression, how tightly its operators bind, and where a wrong one goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import problem
from kume_desktop.texts import say
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import (
    Axis,
    Call,
    Chain,
    Expression,
    ExpressionError,
    Filter,
    Negate,
    Number,
    Path,
    Start,
    Step,
    Text,
    parse,
    walk,
)
from kume_desktop.xpath.showing import show
from tests.xpath.tree import Tree, context


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("1 or 2 and 3", "1 or (2 and 3)"),
        ("1 = 2 and 3 = 4", "(1 = 2) and (3 = 4)"),
        ("1 = 2 < 3", "1 = (2 < 3)"),
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("-a + b", "(-a) + b"),
        ("-a * b", "(-a) * b"),
        ("-a | b", "-(a | b)"),
        ("a div b mod c", "a div b mod c"),
        ("a and b or c and d", "(a and b) or (c and d)"),
    ],
)
def test_that_operators_bind_as_in_xpath(text: str, grouped: str):
    assert parse(text) == parse(grouped)


def test_that_operators_of_one_level_run_from_the_left():
    assert parse("a - b - c") == Chain(_name("a"), (("-", _name("b")), ("-", _name("c"))))
    assert parse("a - (b - c)") == Chain(_name("a"), (("-", Chain(_name("b"), (("-", _name("c")),))),))


def _name(name: str) -> Path:
    return Path(Start.HERE, (Step(Axis.CHILD, name),))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1and1", "1 and 1"),
        ("2div1", "2 div 1"),
        ("1or.5", "1 or 0.5"),
        ("\n  a\t+\u00a0b ", "a + b"),
        ("../x", "parent::node()/child::x"),
        ("//x", "/descendant-or-self::node()/child::x"),
        (".", "self::node()"),
        ("a//b", "a/descendant-or-self::node()/b"),
        ("@id", "attribute::id"),
        ("'a\"b'", "'a\"b'"),
        ('"it\'s"', '"it\'s"'),
        ("((a))", "a"),
        ("a[ 1 ]", "a[1]"),
        ("5.", "5"),
        ("processing-instruction('x')", "processing-instruction()[name() = 'x']"),
    ],
)
def test_that_two_ways_of_writing_mean_the_same(text: str, same: str):
    assert parse(text) == parse(same)


def test_that_operator_words_and_stars_are_names_where_an_operand_must_stand():
    assert parse("and and or") == Chain(_name("and"), (("and", _name("or")),))
    assert parse("* * *") == Chain(_name("*"), (("*", _name("*")),))
    assert parse("div div mod") == Chain(_name("div"), (("div", _name("mod")),))


def test_that_a_minus_inside_a_name_belongs_to_the_name():
    assert parse("a-b") == _name("a-b")
    assert parse("a -b") == Chain(_name("a"), (("-", _name("b")),))


def test_that_turkish_names_are_names():
    assert parse("/veri/görüşme") == Path(Start.ROOT, (Step(Axis.CHILD, "veri"), Step(Axis.CHILD, "görüşme")))


def test_that_functions_with_a_prefix_are_calls():
    assert parse("jr:itext('x')") == Call("jr:itext", (Text("x"),))
    assert parse("text()") == _name("text()")


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "empty", 1),
        ("   ", "empty", 1),
        ("1e3", "unexpected", 2),
        ("1 + + (", "unexpected", 5),
        ("1 +", "unexpected-end", 4),
        ("a b", "unexpected", 3),
        ("if(a, b", "unclosed-bracket", 8),
        ("(1", "unclosed-bracket", 3),
        ("a[1", "unclosed-bracket", 4),
        ("f(1 2)", "missing-symbol", 5),
        ("a[1)", "missing-symbol", 4),
        ("'abc", "unclosed-text", 1),
        ("a = “x”", "curly-quote", 5),
        ("${yas} > 5", "unresolved-name", 1),
        ("a = 5 # six", "strange-character", 7),
        ("a && b", "strange-character", 3),
        ("a == b", "unexpected", 4),
        ("sideways::a", "unknown-axis", 1),
        ("/a/", "unexpected-end", 4),
        ("a/5", "unexpected", 3),
        ("child::text", "", 0),
        ("child::f(1)", "unexpected", 9),
        (")", "unexpected", 1),
        ("f(,)", "unexpected", 3),
        ("(" * 400 + "1" + ")" * 400, "too-deep", 121),
    ],
)
def test_that_a_wrong_text_names_the_character(text: str, code: str, position: int):
    if not code:
        parse(text)
        return
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert (raised.value.code, raised.value.position) == (code, position)
    assert str(position) in str(raised.value)


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize(
    "text", ["", "1e3", "1 +", "(1", "f(1 2)", "'abc", "a = “x”", "${yas}", "#", "sideways::a", "(" * 400 + "1"]
)
def test_that_every_syntax_error_has_its_sentence(text: str, lang: str):
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    found = problem(f"form.expression-{raised.value.code}", **raised.value.params)
    assert found.code in SENTENCES
    assert "{" not in say(found, lang).replace("${yas}", "")


def test_that_a_hundred_nested_choices_still_work():
    text = "if(a = 1, 'x', " * 100 + "'last'" + ")" * 100
    assert compile_expression(text).text(context(Tree("<data/>"))) == "last"
    assert compile_expression(text).references("/data/q").paths == {"/data/q/a"}


def test_that_a_thousand_terms_still_work():
    assert compile_expression(" + ".join(["1"] * 1000)).number(context(Tree("<data/>"))) == 1000
    assert compile_expression(" or ".join(["a = 1"] * 1000)).test(context(Tree("<data/>"))) is False


def test_that_walking_visits_predicates_and_arguments():
    found = [node.value for node in walk(parse("f(1, a[2]/b[3 = 4], (c)[5], -6 + 7)")) if isinstance(node, Number)]
    assert found == [1, 2, 3, 4, 5, 6, 7]


# ---------------------------------------------------------------------------------------------- printed and parsed

_NAMES = st.sampled_from(["a", "b", "or", "div", "görev", "x-y", "p:q"])
_LEVELS = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"], ["|"]]
_LITERALS = st.one_of(
    st.integers(0, 10**9).map(lambda n: Number(float(n))),
    st.sampled_from([0.5, 2.25, 1e-7, 1e20]).map(Number),
    st.text(st.characters(exclude_characters="\"'", codec="utf-8"), max_size=5).map(Text),
    st.just(Text("it's")),
)


def _steps(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[tuple[Step, ...]]:
    tests = st.one_of(_NAMES, st.sampled_from(["*", "node()", "text()", "p:*"]))
    step = st.builds(Step, st.sampled_from(list(Axis)), tests, st.lists(inner, max_size=2).map(tuple))
    return st.lists(step, min_size=1, max_size=3).map(tuple)


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def chains(operators: list[str]) -> st.SearchStrategy[Expression]:
        rest = st.lists(st.tuples(st.sampled_from(operators), inner), min_size=1, max_size=3).map(tuple)
        return st.builds(Chain, inner, rest)

    heads = st.one_of(inner, st.sampled_from([Start.ROOT, Start.HERE]))
    return st.one_of(
        st.sampled_from(_LEVELS).flatmap(chains),
        st.builds(Negate, inner),
        st.builds(Call, st.sampled_from(["if", "jr:itext", "nosuch"]), st.lists(inner, max_size=3).map(tuple)),
        st.builds(Filter, inner.filter(lambda node: not isinstance(node, Filter)), st.tuples(inner)),
        st.builds(Path, heads, _steps(inner)),
    )


EXPRESSIONS = st.recursive(st.one_of(_LITERALS, st.just(Path(Start.ROOT, ()))), _larger, max_leaves=12)


@given(EXPRESSIONS)
def test_that_a_printed_expression_parses_to_itself(tree: Expression):
    assert parse(show(tree)) == tree


@given(st.text(st.sampled_from("ab1. /*[]()'\"=<>!|+-,:@$div or"), max_size=25))
def test_that_any_text_is_an_expression_or_is_refused_at_a_character(text: str):
    refused = _refusal(text)
    assert 1 <= refused <= len(text) + 1 or parse(show(parse(text))) == parse(text)


def _refusal(text: str) -> int:
    """The character at which a text is refused; 0 if it is an expression."""
    try:
        parse(text)
    except ExpressionError as error:
        return error.position
    return 0
