"""What an expression reads and what is wrong with it, told without running it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given

from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Problem, Severity
from kume_desktop.texts import _, say
from kume_desktop.xpath.analysis import Reach, find_references
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import Expression
from kume_desktop.xpath.findings import find_problems
from tests.xpath.test_grammar import EXPRESSIONS

BASE = "/data/r/x"


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("1 + 1", set()),
        (".", {"/data/r/x"}),
        ("../v", {"/data/r/v"}),
        ("./../v/.", {"/data/r/v"}),
        ("/data/a = /data/g/b", {"/data/a", "/data/g/b"}),
        ("../../a", {"/data/a"}),
        ("v", {"/data/r/x/v"}),
        ("if(../a, ../b, concat(../c, ../d))", {"/data/r/a", "/data/r/b", "/data/r/c", "/data/r/d"}),
        ("- ../a", {"/data/r/a"}),
        ("/data/r[../a = ./b]/v", {"/data/r/v", "/data/a", "/data/r/b"}),
        ("/data/r[position() = 2]/v", {"/data/r/v"}),
        ("/data/r[n = current()/../n]/v", {"/data/r/v", "/data/r/n"}),
        ("/data/s[k = current()]/v", {"/data/s/v", "/data/s/k", "/data/r/x"}),
        ("(/data/r)[n = 1]/v", {"/data/r", "/data/r/n", "/data/r/v"}),
        ("(../a | ../b)/c", {"/data/r/a", "/data/r/b", "/data/r/a/c", "/data/r/b/c"}),
        ("../following-sibling::r/v", {"/data/r/v"}),
        ("../preceding-sibling::q", {"/data/q"}),
        ("../a/@id", {"/data/r/a/@id"}),
        ("string-length()", {"/data/r/x"}),
        ("/data/s[string-length() > 2]", {"/data/s"}),
        ("once(random())", set()),
        ("once(../a)", {"/data/r/a"}),
        ("position(..)", {"/data/r"}),
        ("indexed-repeat(/data/r/v, /data/r, ../pos - 1)", {"/data/r/v", "/data/r", "/data/r/pos"}),
        ("jr:choice-name( /data/s , ' /data/s ')", {"/data/s"}),
        ("jr:choice-name(../s, ' ../s ')", {"/data/r/s"}),
        ("jr:choice-name('x', '/data/t')", {"/data/t"}),
        ("instance('l')/root/item[k = /data/a and m = ../n]/label", {"/data/a"}),
        ("instance('l')/root/item[k = current()/../a]/label", {"/data/r/a"}),
        ("pulldata('l', 'ad', 'kod', ../a)", {"/data/r/a"}),
        ("randomize(/data/r, /data/seed)/v", {"/data/r", "/data/r/v", "/data/seed"}),
        ("nosuch(../a)", {"/data/r/a"}),
        ("/", {"/"}),
    ],
)
def test_that_references_are_generic_paths(expression: str, paths: set[str]):
    assert compile_expression(expression).references(BASE).paths == paths


@pytest.mark.parametrize(
    ("expression", "subtrees", "paths"),
    [
        ("//v", {"/"}, set()),
        ("/data/g//v", {"/data/g"}, set()),
        ("/data/g/*", {"/data/g"}, set()),
        ("/data/g/*/v[. = ../../../a]", {"/data/g", "/"}, set()),
        ("../*", {"/data/r"}, set()),
        ("ancestor::r/v", {"/"}, set()),
        ("following::v", {"/"}, set()),
        ("../following-sibling::*", {"/data"}, set()),
        ("sum(../descendant::v)", {"/data/r"}, set()),
        ("/data/g/*[k = /data/b]", {"/data/g"}, {"/data/b"}),
    ],
)
def test_that_wild_paths_read_subtrees(expression: str, subtrees: set[str], paths: set[str]):
    found = compile_expression(expression).references(BASE)
    assert (found.subtrees, found.paths) == (subtrees, paths)


@pytest.mark.parametrize(
    ("expression", "reaches"),
    [
        ("../v", {("/data/r/v", "/data/r")}),
        ("/data/r/v", {("/data/r/v", "/")}),
        ("../../r/v", {("/data/r/v", "/data")}),
        (".", {("/data/r/x", "/data/r/x")}),
        ("../g/s", {("/data/r/g/s", "/data/r")}),
        ("position(..)", {("/data/r", "/data/r"), ("/data/r", "/data")}),
        ("../s[1]/v", {("/data/r/s/v", "/data/r")}),
        ("..[n = 1]/v", {("/data/r/v", "/data"), ("/data/r/n", "/data")}),
        ("../following-sibling::r/v", {("/data/r/v", "/data")}),
        ("current()/../v", {("/data/r/v", "/data/r")}),
    ],
)
def test_that_a_reference_says_from_how_far_up_it_reads(expression: str, reaches: set[tuple[str, str]]):
    found = compile_expression(expression).references(BASE).reaches
    assert found == {Reach(path, anchor) for path, anchor in reaches}


@pytest.mark.parametrize(
    ("expression", "instances", "outside"),
    [
        ("instance('l')/root/item[a = 1]/b", {"l"}, ""),
        ("pulldata('firmalar', 'ad', 'kod', '1')", {"firmalar"}, ""),
        ("count(instance('a')/root/item) + count(instance('b')/root/item)", {"a", "b"}, ""),
        ("instance(/data/a)/root/item", set(), ""),
        ("today()", set(), "clock"),
        ("format-date(now(), '%d.%m')", set(), "clock"),
        ("format-date(../a, '%d %b')", set(), "language"),
        ("format-date(../a, ../form)", set(), "language"),
        ("jr:itext('k')", set(), "language"),
        ("jr:choice-name(., '/data/r/x')", set(), "language"),
        ("random()", set(), "chance"),
        ("once(uuid())", set(), "chance"),
        ("randomize(/data/r)", set(), "chance"),
        ("randomize(/data/r, 1)", set(), ""),
        ("randomize(/data/r, random())", set(), "chance"),
        ("if(../a, today(), random())", set(), "clock chance"),
        ("pow(1)", set(), ""),
    ],
)
def test_that_what_lies_outside_the_form_is_named(expression: str, instances: set[str], outside: str):
    found = compile_expression(expression).references(BASE)
    assert found.instances == instances
    seen = {name for name in ("clock", "chance", "language") if getattr(found, name)}
    assert seen == set(outside.split())


@given(EXPRESSIONS)
def test_that_every_expression_can_be_analysed(tree: Expression):
    found = find_references(tree, BASE)
    assert all(path.startswith("/") for path in found.paths | found.subtrees)
    assert all(finding.position >= 0 for finding in find_problems(tree))


# ------------------------------------------------------------------------------------------------ findings


@pytest.mark.parametrize(
    ("expression", "code", "position"),
    [
        ("1 + nosuchfunction(2)", "unknown-function", 5),
        ("concatt(1)", "unknown-function-near", 1),
        ("pow(1)", "wrong-arity", 1),
        ("if(1, 2)", "wrong-arity", 1),
        ("today(1)", "wrong-arity", 1),
        ("regex(., 'a', 'b')", "wrong-arity", 1),
        ("weighted-checklist(1, 2, 3)", "wrong-arity", 1),
        ("indexed-repeat(/data/r/v, /data/r, 1, /data/s)", "wrong-arity", 1),
        ("true() or pow(1)", "wrong-arity", 11),
        ("count(5)", "nodes-expected", 7),
        ("sum('1')", "nodes-expected", 5),
        ("count(1 + 1)", "nodes-expected", 9),
        ("position('x')", "nodes-expected", 10),
        ("indexed-repeat('v', /data/r, 1)", "nodes-expected", 16),
        ("format-date(., '%d %Q')", "bad-date-format", 1),
        ("format-date(., '%')", "bad-date-format", 1),
        ("regex(., '^(a$')", "bad-pattern", 10),
        ("jr:choice-name(., /data/s)", "path-in-quotes-expected", 19),
    ],
)
def test_that_errors_are_found_before_anything_runs(expression: str, code: str, position: int):
    found = compile_expression(expression).findings()
    assert (code, position, Severity.ERROR) in [(f.code, f.position, f.severity) for f in found]


@pytest.mark.parametrize(
    ("expression", "code", "position"),
    [
        ("regex(., '[0-9]+')", "pattern-without-anchors", 10),
        ("regex(., '^[0-9]+')", "pattern-without-anchors", 10),
        ("not(/data/a > 5)", "negated-comparison", 1),
        ("not(. <= 5)", "negated-comparison", 1),
        ("/data/d > '2012-02-01'", "date-literal", 11),
        ("'2012-02-01' <= .", "date-literal", 1),
        ("/data/r[3]/v", "positional-predicate", 9),
        ("sum(../r[1]/v)", "positional-predicate", 10),
        ("/data/a > 'b'", "ordered-text", 11),
        ("/data/a >= '5'", "ordered-text", 12),
        ("number('1,5')", "decimal-comma", 8),
        (". = '1,5'", "decimal-comma", 5),
        ("'1,5' + 1", "decimal-comma", 1),
        ("date('2012-02-30')", "invalid-date", 1),
        ("sum(../v)", "sum-of-one-row", 1),
        ("floor(1.5)", "not-in-collect", 1),
    ],
)
def test_that_probable_mistakes_are_warnings(expression: str, code: str, position: int):
    found = compile_expression(expression).findings()
    assert (code, position, Severity.WARNING) in [(f.code, f.position, f.severity) for f in found]


@pytest.mark.parametrize(
    "expression",
    [
        "regex(., '^[0-9]+$')",
        "not(/data/a = 5)",
        "not(selected(., 'a'))",
        "/data/d > date('2012-02-01')",
        "/data/d = '2012-02-01'",
        "instance('l')/root/item[3]/b",
        "/data/r[position() = 3]/v",
        "sum(/data/r/v)",
        "sum(../r/v)",
        "count( /data/r )",
        "count(../a | ../b)",
        "date(../a)",
        "date('15000')",
        "format-date-time(now(), '%Y-%m-%d %H:%M:%S.%3 %a %b %e %n %y %h %%')",
        "concat('1,5', 'x')",
        "/data/a = 'a,b'",
        "if(. >= 0 and . <= 100, 1, 0)",
        "indexed-repeat(/data/r/v, /data/r, position(..) - 1)",
        "randomize(instance('l')/root/item[a = 1], 3)",
    ],
)
def test_that_good_expressions_have_no_findings(expression: str):
    assert compile_expression(expression).findings() == ()


def test_that_findings_come_in_the_order_of_the_text_and_once_each():
    found = compile_expression("zzz() + pow(1) + regex(., 'a') + format-date(., '%q %k')").findings()
    assert found[3].params["escape"] == "%q %k"
    assert [f.code for f in found] == ["unknown-function", "wrong-arity", "pattern-without-anchors", "bad-date-format"]


def test_that_the_right_number_of_arguments_is_told():
    shown = {name: _expected(name) for name in ("pow(1)", "round()", "concat(", "substr(1)", "checklist(1)")}
    assert shown == {"pow(1)": "2", "round()": "1–2", "concat(": "", "substr(1)": "2–3", "checklist(1)": "2+"}
    assert _expected("indexed-repeat(.)") == "3, 5, 7, …"


def _expected(call: str) -> str:
    if not call.endswith(")"):
        return ""
    return str(compile_expression(call).findings()[0].params["expected"])


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize(
    "expression",
    [
        "nosuchfunction()",
        "concatt()",
        "pow(1)",
        "count(5)",
        "format-date(., '%q')",
        "regex(., '(')",
        "jr:choice-name(., .)",
        "regex(., 'a{2}')",
        "not(. > 5)",
        ". > '2012-02-01'",
        "/r[3]",
        ". > 'b'",
        ". = '1,5'",
        "date('x')",
        "sum(../v)",
        "floor(1)",
    ],
)
def test_that_every_finding_has_its_sentence_with_all_places_filled(expression: str, lang: str):
    finding = compile_expression(expression).findings()[0]
    sentence = say(Problem(f"form.expression-{finding.code}", finding.params), lang)
    assert str(finding.params.get("name", finding.position)) in sentence


def test_that_every_sentence_of_this_room_is_translated_with_the_same_places():
    for code, english in SENTENCES.items():
        if code.startswith("form.expression-"):
            turkish = _(english, "tr")
            assert turkish != english
            assert _places(turkish) == _places(english), code


def _places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
