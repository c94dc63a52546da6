"""The graph: everything in an order in which it can be worked out, nothing worked out that nothing touched."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.interview import engine
from kume_desktop.interview.form import Rule
from kume_desktop.interview.work import Work
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario, compiled

FORM = """
| type | name | label | calculation | relevant | constraint | required |
| integer | a | A | | | | |
| calculate | b | | ${a} + 1 | | | |
| calculate | c | | ${b} > 5 | | | |
| calculate | d | | if(${c} = 'true', 'çok', 'az') | | | |
| begin group | g | G | | ${d} = 'çok' | | |
| integer | e | E | | | . > ${a} | ${b} > 7 |
| calculate | f | | ${e} * ${a} | | | |
| end group | | | | | | |
| text | z | Z | | | | |
| calculate | y | | string-length(${z}) | | | |
"""


@pytest.fixture
def run(monkeypatch):
    """How often each rule ran since the last look."""
    ran: Counter[str] = Counter()

    def counting(name):
        method = getattr(Work, name)

        def counted(self, vertex, spot):
            ran[f"{vertex.item.name}.{vertex.rule}"] += 1
            return method(self, vertex, spot)

        monkeypatch.setattr(Work, name, counted)

    for name in ("_relevance", "_calculation", "_check"):
        counting(name)
    return ran


def test_that_an_answer_runs_only_what_depends_on_it(run):
    talk = Scenario.of(FORM)
    before = talk.interview
    run.clear()
    engine.answer(before, "/data/z", "abc")
    assert run == {"y.calculate": 1}


def test_that_a_result_that_stays_the_same_stops_the_wave(run):
    talk = Scenario.of(FORM).answer("a", "1")
    run.clear()
    engine.answer(talk.interview, "/data/a", "2")
    assert "c.calculate" in run
    assert "d.calculate" not in run
    assert "g.relevant" not in run


def test_that_each_rule_runs_at_most_once_for_an_answer(run):
    talk = Scenario.of(FORM).answer("a", "6").answer("e", "9")
    run.clear()
    outcome = engine.answer(talk.interview, "/data/a", "8")
    assert outcome.accepted
    assert max(run.values()) == 1
    assert {"b.calculate", "c.calculate", "e.required", "e.constraint", "f.calculate"} <= set(run)


def test_that_hidden_rules_do_not_run_until_they_are_seen(run):
    talk = Scenario.of(FORM).answer("a", "1")
    run.clear()
    engine.answer(talk.interview, "/data/a", "2")
    assert "f.calculate" not in run
    run.clear()
    engine.answer(talk.interview, "/data/a", "9")
    assert {"g.relevant", "f.calculate", "e.required"} <= set(run)


def test_that_ranks_follow_what_refers_to_what():
    form = compiled(survey=FORM)
    rank = {f"{vertex.item.name}.{vertex.rule}": vertex.rank for vertex in form.vertices}
    assert rank["b.calculate"] < rank["c.calculate"] < rank["d.calculate"] < rank["g.relevant"] < rank["f.calculate"]
    leaves = [vertex.rank for vertex in form.vertices if vertex.rule in {Rule.CONSTRAINT, Rule.REQUIRED}]
    others = [vertex.rank for vertex in form.vertices if vertex.rule in {Rule.CALCULATE, Rule.RELEVANT}]
    assert min(leaves) > max(others)
    assert sorted(rank.values()) == list(range(len(form.vertices)))


def test_that_a_rule_stays_within_its_row_unless_it_looks_at_other_rows():
    survey = """
    | type | name | label | calculation |
    | integer | n | N | |
    | begin repeat | r | R | |
    | integer | v | V | |
    | calculate | own | | ${v} + ${n} |
    | calculate | all | | sum(/data/r/v) |
    | calculate | sibling | | count(../../r) |
    | end repeat | | | |
    """
    form = compiled(survey=survey)
    within = {vertex.item.name: vertex.within for vertex in form.vertices if vertex.item.repeats}
    assert within == {"own": 1, "all": 0, "sibling": 0}


@pytest.mark.parametrize(
    ("rows", "chain"),
    [
        (["| calculate | a | | ${a} + 1 | |"], "a → a"),
        (["| calculate | a | | ${b} | |", "| calculate | b | | ${a} | |"], "a → b → a"),
        (["| text | a | A | | ${b} = 1 |", "| calculate | b | | ${a} | |"], "a → b → a"),
        (["| text | a | A | | ${a} = 1 |"], "a → a"),
        (
            [
                "| begin group | g | G | | ${b} = 1 |",
                "| text | a | A | | |",
                "| end group | | | | |",
                "| calculate | b | | ${a} | |",
            ],
            "g → b → g",
        ),
        (["| begin repeat | r | R | | ${v} = 1 |", "| text | v | V | | |", "| end repeat | | | | |"], "r → r"),
    ],
    ids=["itself", "two", "rule and value", "own rule", "group", "repeat"],
)
def test_that_every_kind_of_cycle_is_found(rows: list[str], chain: str):
    with pytest.raises(Refused) as refused:
        compiled(survey="\n".join(["| type | name | label | calculation | relevant |", *rows]))
    (found,) = refused.value.problems
    assert (found.code, found.params["chain"]) == ("form.cycle", chain)


@pytest.mark.parametrize(
    "rows",
    [
        ["| calculate | a | | once(random()) | |"],
        ["| integer | a | A | | |", "| integer | b | B | | ${a} > 1 |", "| calculate | c | | ${b} | ${b} > 2 |"],
        [
            "| begin group | g | G | | |",
            "| text | a | A | | |",
            "| text | b | B | | ${a} = 1 |",
            "| end group | | | | |",
        ],
        [
            "| text | a | A | | |",
            "| begin group | g | G | | ${a} = 1 |",
            "| calculate | b | | ${a} | |",
            "| end group | | | | |",
            "| text | c | C | | ${b} = 1 |",
        ],
        ["| text | a | A | | ${b} = 1 |", "| text | b | B | | ${a} = 1 |"],
        ["| text | a | A | | ${b} = '' |", "| text | b | B | | ${c} = '' |", "| text | c | C | | ${a} = '' |"],
    ],
    ids=["once", "chain", "inside a group", "through a group", "either or", "one of three"],
)
def test_that_what_only_looks_like_a_cycle_is_none(rows: list[str]):
    assert compiled(survey="\n".join(["| type | name | label | calculation | relevant |", *rows])).vertices


def test_that_questions_may_rule_each_other_out():
    survey = """
    | type | name | label | relevant |
    | text | a | A | ${b} = '' |
    | text | b | B | ${a} = '' |
    """
    talk = Scenario.of(survey).answer("a", "x")
    assert (talk.asks("a"), talk.asks("b")) == (True, False)
    talk.answer("a", "").answer("b", "y").reload()
    assert (talk.asks("a"), talk.asks("b")) == (False, True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=16))
def test_that_random_sums_equal_those_worked_out_by_hand(edges: list[tuple[int, int]]):
    """Twelve nodes; node j adds up the nodes i < j that an edge names; node 0 to 2 are answered."""
    terms: dict[int, set[int]] = {}
    for one, other in edges:
        if one != other and max(one, other) > 2:
            terms.setdefault(max(one, other), set()).add(min(one, other))
    rows = [f"| integer | q{n} | Q | |" for n in range(3)]
    rows += [
        f"| calculate | q{n} | | {' + '.join(['1', *(f'${{q{i}}}' for i in sorted(terms.get(n, ())))])} |"
        for n in range(3, 12)
    ]
    # written last to first, so that the order of the sheet is no help
    talk = Scenario.of("\n".join(["| type | name | label | calculation |", *reversed(rows)]))
    for n, raw in ((0, "1"), (1, "2"), (2, "3"), (0, "7")):
        talk.answer(f"q{n}", raw)
    by_hand = {0: 7, 1: 2, 2: 3}
    for n in range(3, 12):
        by_hand[n] = 1 + sum(by_hand[i] for i in terms.get(n, ()))
    assert {n: int(talk.value(f"q{n}")) for n in range(12)} == by_hand


ONE_OF_THREE = """
| type | name | label | relevant |
| text | a | A | ${b} = '' and ${c} = '' |
| text | b | B | ${a} = '' and ${c} = '' |
| text | c | C | ${a} = '' and ${b} = '' |
"""


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"a": "1", "b": "2"}, "a"),
        ({"b": "2", "a": "1", "c": "3"}, "a"),
        ({"c": "3", "b": "2"}, "b"),
        ({"c": "3"}, "c"),
        ({}, "abc"),
    ],
)
def test_that_the_first_of_questions_that_rule_each_other_out_is_asked(given, asked):
    talk = Scenario.of(ONE_OF_THREE)
    begun = engine.begin(talk.form, talk.setting, given).interview
    assert "".join(name for name in "abc" if begun.is_relevant(f"/data/{name}")) == asked
    for name in asked[:1] if given else "":
        after = engine.answer(begun, f"/data/{name}", "").interview
        left = sorted(set(given) - {name})
        assert "".join(n for n in "abc" if after.is_relevant(f"/data/{n}")) == ("".join(left[:1]) or "abc")


def test_that_an_answer_opens_and_closes_those_it_rules_out():
    talk = Scenario.of(ONE_OF_THREE).answer("b", "x")
    assert talk.interview.hidden == {"/data/a", "/data/c"}
    assert not talk.answer("b", "").interview.hidden
    assert talk.answer("c", "x").interview.hidden == {"/data/a", "/data/b"}
