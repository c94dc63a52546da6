"""What goes wrong while an expression runs is told once, and never blames the answer for the form."""

from __future__ import annotations

import pytest

from kume_desktop.interview import engine, page
from kume_desktop.interview.page_model import OpenKind
from kume_desktop.xpath import functions_text
from tests.interview.scenario import Scenario

SLOW = "(a+)+b(c|c)*(a|aa)+$"
HARD = "a" * 40 + "!"
DATES = """
| type | name | label | calculation | relevant |
| text | a | A | | |
| calculate | b | | format-date(date(${a}), '%Y') | |
| calculate | c | | concat(format-date(date(${a}), '%Y'), format-date(date(${a}), '%m')) | |
| text | z | Z | | |
"""
PATTERNS = """
| type | name | label | constraint | warn | relevant |
| text | p | Desen | | | |
| text | q | Yanıt | regex(., ${p}) | | ${p} != 'yok' |
| text | r | Başka | string-length(.) > 2 and regex(., ${p}) | . = 'uzun' | |
"""


@pytest.fixture
def no_time(monkeypatch):
    """Every pattern takes longer than there is time for."""

    class Endless:
        def fullmatch(self, _text: str, timeout: float) -> None:
            raise TimeoutError(timeout)

    monkeypatch.setattr(functions_text, "compiled_pattern", lambda _pattern: Endless())
    monkeypatch.setattr(functions_text, "_SLOW", type(functions_text._SLOW)())


def codes(outcome: engine.Outcome) -> list[tuple[str, str | None]]:
    return [(each.code, each.where.question) for each in outcome.problems]


def test_that_a_date_that_is_none_is_told_once_for_each_question_and_blocks_nothing():
    talk = Scenario.of(DATES)
    outcome = engine.answer(talk.interview, "/data/a", "dün")
    assert outcome.accepted
    assert sorted(codes(outcome)) == [("form.expression-no-date", "b"), ("form.expression-no-date", "c")]
    assert outcome.problems[0].params["found"] == "dün"
    assert outcome.interview.values["/data/a"] == "dün"


def test_that_the_next_act_does_not_tell_it_again_but_opening_the_interview_does():
    talk = Scenario.of(DATES).answer("a", "dün")
    later = engine.answer(talk.interview, "/data/z", "x")
    assert later.accepted
    assert not later.problems
    assert not later.interview.told
    reopened = talk.record.restored(talk.form, talk.setting)
    assert [each.code for each in reopened.told] == ["form.expression-no-date"] * 2


def test_that_a_pattern_without_time_does_not_refuse_the_answer_but_leaves_a_warning(no_time):
    talk = Scenario.of(PATTERNS).answer("p", SLOW)
    outcome = engine.answer(talk.interview, "/data/q", HARD)
    assert outcome.accepted
    assert codes(outcome) == [("form.expression-pattern-too-slow", "q")]
    after = outcome.interview
    assert not after.failing
    assert after.warnings == {"/data/q": ""}
    (left,) = [each for each in page.open_problems(after) if each.path == "/data/q"]
    assert (left.kind, left.problem.code) == (OpenKind.WARNING, "interview.unchecked")
    settled = engine.override(after, "/data/q", "elle bakıldı")
    assert settled.accepted
    assert settled.interview.warnings == {"/data/q": "elle bakıldı"}


def test_that_a_pattern_that_is_wrong_does_not_refuse_the_answer_either():
    talk = Scenario.of(PATTERNS).answer("p", "(")
    outcome = engine.answer(talk.interview, "/data/q", "x")
    assert outcome.accepted
    assert codes(outcome) == [("form.expression-pattern-wrong", "q")]
    assert outcome.interview.unchecked == {"/data/q"}


def test_that_what_could_not_be_checked_is_checked_again_when_the_pattern_changes():
    talk = Scenario.of(PATTERNS).answer("p", "(").answer("q", "x")
    assert talk.interview.unchecked == {"/data/q"}
    assert not talk.answer("p", "[xy]").interview.warned
    assert talk.answer("p", "[ab]").interview.failing == {"/data/q"}
    assert talk.answer("p", "(").interview.unchecked == {"/data/q"}
    assert not talk.answer("p", "yok").interview.warned


def test_that_a_constraint_that_fails_without_its_pattern_still_refuses_and_other_warnings_stay():
    talk = Scenario.of(PATTERNS).answer("p", "(")
    assert not engine.answer(talk.interview, "/data/r", "x").accepted
    talk.answer("r", "uzun")
    assert talk.interview.unchecked == {"/data/r"}
    assert talk.interview.unlikely == {"/data/r"}
    assert talk.answer("p", "uzun").interview.warned == {"/data/r"}
