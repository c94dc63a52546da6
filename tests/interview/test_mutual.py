"""Questions that look at each other's answers to know whether they are asked: the state never flickers."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.interview import engine
from tests.interview.scenario import Scenario, compiled, snapshot

NAMES = "abcde"
CONDITIONS = ("${%s} = ''", "${%s} != ''", "${%s} = 'x'", "not(${%s} = 'x')")
rules = st.lists(
    st.lists(st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, len(CONDITIONS) - 1)), max_size=2),
    min_size=2,
    max_size=len(NAMES),
)
answers = st.lists(st.tuples(st.integers(0, len(NAMES) - 1), st.sampled_from(["x", "y", ""])), max_size=12)


def survey(found: list[list[tuple[int, int]]]) -> str:
    """Text questions, each asked by what the others say; none looks at itself."""
    lines = ["| type | name | label | relevant |"]
    for place, terms in enumerate(found):
        told = [CONDITIONS[kind] % NAMES[other] for other, kind in terms if other < len(found) and other != place]
        lines.append(f"| text | {NAMES[place]} | {NAMES[place]} | {' and '.join(told)} |")
    return "\n".join(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rules, answers)
def test_that_what_is_stored_always_gives_the_same_state(found, done):
    talk = Scenario.begin(compiled.__wrapped__(survey=survey(found)))
    for place, raw in done:
        if place < len(found) and talk.asks(NAMES[place]):
            talk.answer(NAMES[place], raw)
    again = engine.set_language(talk.interview, talk.interview.language)
    assert snapshot(again) == snapshot(talk.interview)


def test_that_one_of_three_is_asked_and_a_cleared_answer_frees_the_others():
    talk = Scenario.of("""
    | type | name | label | relevant |
    | text | a | A | ${b} = '' and ${c} = '' |
    | text | b | B | ${a} = '' and ${c} = '' |
    | text | c | C | ${a} = '' and ${b} = '' |
    """)
    assert [talk.asks(name) for name in "abc"] == [True, True, True]
    talk.answer("b", "x")
    assert [talk.asks(name) for name in "abc"] == [False, True, False]
    talk.answer("b", "").answer("c", "y")
    assert [talk.asks(name) for name in "abc"] == [False, False, True]
