"""What is seen in one expression alone: where other programs disagree, and what is wrong in branches never taken."""

from __future__ import annotations

import pytest

from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Severity
from kume_desktop.xpath.compiler import compile_expression
from tests.xpath.tree import Tree, context


def found(expression: str) -> list[tuple[str, int]]:
    return [(finding.code, finding.position) for finding in compile_expression(expression).findings()]


@pytest.mark.parametrize(
    ("expression", "code", "position"),
    [
        ("if(/data/a, 1, 2)", "bare-condition", 4),
        ("not(../a)", "bare-condition", 5),
        ("boolean(/data/a)", "bare-condition", 9),
        ("/data/b > 1 and /data/a", "bare-condition", 17),
        ("today() + 7", "days-as-number", 1),
        ("coalesce(/data/a, date('2012-02-29') - 30)", "days-as-number", 19),
        ("base64-decode(.)", "not-in-enketo", 1),
        ("geofence(., '0 0;0 1;1 1;0 0')", "not-in-enketo", 1),
        ("lang('tr')", "not-in-collect", 1),
        ("count(id('a'))", "not-in-collect", 7),
        ("regex(., '^a|b$')", "pattern-without-anchors", 10),
        ("regex(., '^a\\$')", "pattern-without-anchors", 10),
    ],
)
def test_that_a_place_where_programs_disagree_is_a_warning(expression: str, code: str, position: int):
    assert found(expression) == [(code, position)]
    (finding,) = compile_expression(expression).findings()
    assert finding.severity is Severity.WARNING
    assert f"form.expression-{code}" in SENTENCES
    assert set(finding.params) >= {"position"}


@pytest.mark.parametrize(
    "expression",
    [
        "if(/data/a != '', 1, 2)",
        "not(selected(/data/a, 'b'))",
        "if(true(), /data/a, /data/b)",
        "date(today() + 7)",
        "format-date(today() - 30, '%d')",
        "today() - /data/born",
        "/data/born > today() - 30",
        "int(today() - 1)",
        "regex(., '^(a|b)$')",
        "regex(., '^[a|b]$')",
        "regex(., '^a\\|b$')",
    ],
)
def test_that_what_all_programs_see_alike_is_no_finding(expression: str):
    assert found(expression) == []


@pytest.mark.parametrize(
    ("expression", "code", "position"),
    [
        ("if(true(), 1, nosuch())", "unknown-function", 15),
        ("if(false(), pow(1), 2)", "wrong-arity", 13),
        ("1 = 1 or if(1)", "wrong-arity", 10),
        ("false() and count(5)", "nodes-expected", 19),
        ("/data/r[if(1, 2)]", "wrong-arity", 9),
    ],
)
def test_that_a_mistake_in_a_branch_never_taken_is_an_error_before_anything_runs(
    expression: str, code: str, position: int
):
    errors = [each for each in compile_expression(expression).findings() if each.severity is Severity.ERROR]
    assert [(each.code, each.position) for each in errors] == [(code, position)]
    compile_expression(expression).evaluate(context(Tree("<data/>")))


def test_that_elements_by_their_id_may_be_anywhere():
    references = compile_expression("id(/data/a)/b").references("/data/c")
    assert references.subtrees == {"/"}
    assert "/data/a" in {reach.path for reach in references.reaches}
