# ruff: noqa: E501 - forms are wide tables
"""What must hold after any answers in any order: restoring, order, irrelevance."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.instruments.model import Kind
from kume_desktop.interview import engine, page
from kume_desktop.interview.choices import options
from kume_desktop.interview.page_rows import Sheet
from tests.interview.scenario import Scenario, compiled, snapshot

FORM = """
| type              | name  | label | relevant        | constraint | warn    | required    | calculation | choice_filter | repeat_count | default | read_only |
| integer           | n     | N     |                 | . < 5      | . = 4   |             |             |               |              | 1       |           |
| select_one k      | a     | A     |                 |            |         | yes         |             |               |              |         |           |
| select_multiple k | m     | M     |                 | count-selected(.) < 4 | | ${a} = 'x'  |             | name != ${a}  |              |         | ${n} = 3  |
| begin group       | g     | G     | ${a} != 'y'     |            |         |             |             |               |              |         |           |
| integer           | i     | I     | selected(${m}, 'y') or ${n} > 2 | . >= ${n} | . > 8 | ${n} > 1 |   |               |              |         |           |
| calculate         | c     |       |                 |            |         |             | ${i} + ${n} |               |              |         |           |
| calculate         | z     |       |                 |            |         |             | if(${i} != '', once(now()), '') | |         |         |           |
| text              | t     | T     | ${c} > 4        |            | string-length(.) < 2 | |            |               |              | evet    |           |
| end group         |       |       |                 |            |         |             |             |               |              |         |           |
| begin repeat      | r     | R     | ${a} != 'x'     |            |         |             |             |               | ${n}         |         |           |
| integer           | v     | V     |                 |            |         | position(..) = 2 |        |               |              |         |           |
| calculate         | w     |       |                 |            |         |             | ${v} + ${c} + count(${r}) |  |               |         |           |
| text              | u     | U     | ${v} > 3        |            |         |             |             |               |              | yeni    |           |
| end repeat        |       |       |                 |            |         |             |             |               |              |         |           |
| begin repeat      | s     | S     | ${t} != 'x'     |            |         |             |             |               |              |         |           |
| integer           | p     | P     |                 |            |         |             |             |               |              |         |           |
| calculate         | q     |       |                 |            |         |             | position(..) + ${p} + sum(../../s/p) | |     |         |           |
| end repeat        |       |       |                 |            |         |             |             |               |              |         |           |
| calculate         | all   |       |                 |            |         |             | sum(${w}) + sum(${q}) + ${c} | |            |         |           |
| calculate         | seen  |       |                 |            |         |             | count(/data/g/t) + count(/data/g/i) |  |      |         |           |
| calculate         | first |       |                 |            |         |             | once(${n})  |               |              |         |           |
"""
CHOICES = """
| list_name | name | label |
| k         | x    | X     |
| k         | y    | Y     |
| k         | z    | Z     |
"""
NAMES = ["n", "a", "m", "i", "t", "v", "u", "p"]
RAW = ["", "0", "1", "2", "3", "4", "9", "x", "y", "z", "x y", "y z x"]
acts = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(NAMES), st.integers(0, 3), st.sampled_from(RAW)),
    st.tuples(st.just("override"), st.sampled_from(["n", "i", "t"]), st.just(0), st.sampled_from(["", "öyle"])),
    st.tuples(st.sampled_from(["add", "remove"]), st.just("s"), st.integers(0, 2), st.just("")),
    st.tuples(st.just("later"), st.just(""), st.just(0), st.just("")),
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def perform(talk: Scenario, verb: str, name: str, place: int, raw: str) -> None:
    """Do one act; what is refused changes nothing (checked by keeping the old interview)."""
    if verb == "later":
        talk.later(minutes=7)
        return
    spots = talk.interview.tree.all(talk.form.by_name[name])
    if verb == "add":
        outcome = engine.add_row(talk.interview, "/data/s")
    elif not spots:
        return
    else:
        path = spots[place % len(spots)].path
        outcome = {
            "answer": lambda: engine.answer(talk.interview, path, raw),
            "override": lambda: engine.override(talk.interview, path, raw),
            "remove": lambda: engine.remove_row(talk.interview, path),
        }[verb]()
    if outcome.accepted:
        talk.keep(outcome)
    else:
        assert outcome.interview is talk.interview


@QUICK
@given(st.lists(acts, max_size=14))
def test_that_what_is_stored_restores_the_interview_after_any_acts(done):
    """The restored state comes from a full pass, so the change-driven one is never stale either."""
    talk = Scenario.begin(compiled(survey=FORM, choices=CHOICES))
    for act in done:
        perform(talk, *act)


@QUICK
@given(st.lists(acts, max_size=10))
def test_that_relevance_follows_the_rules_of_everything_above(done):
    talk = Scenario.begin(compiled(survey=FORM, choices=CHOICES))
    for act in done:
        perform(talk, *act)
    for path, spot in talk.interview.tree.spots.items():
        shown = talk.interview.is_relevant(path)
        assert shown == all(above not in talk.interview.own_false for above in _line(spot))
        assert shown or not (path in talk.interview.required_now or path in talk.interview.warned)


def _line(spot):
    while spot is not None:
        yield spot.path
        spot = spot.parent


@QUICK
@given(st.permutations([("i", "9"), ("p", "4"), ("v", "2"), ("m", "y x")]))
def test_that_the_order_of_independent_answers_does_not_matter(order):
    first = Scenario.begin(compiled(survey=FORM, choices=CHOICES)).answer("a", "z").answer("n", "2").answer("m", "x y")
    talk = Scenario.begin(compiled(survey=FORM, choices=CHOICES)).answer("a", "z").answer("n", "2").answer("m", "x y")
    for name, raw in [("i", "9"), ("p", "4"), ("v", "2"), ("m", "y x")]:
        first.answer(name, raw)
    for name, raw in order:
        talk.answer(name, raw)
    assert snapshot(talk.interview) == snapshot(first.interview)


@QUICK
@given(st.sampled_from(["x", "z"]), st.integers(1, 2), st.sampled_from(["5", "9"]))
def test_that_an_irrelevant_value_is_kept_and_returns(a, n, i):
    talk = Scenario.begin(compiled(survey=FORM, choices=CHOICES)).answer("a", a).answer("n", str(n))
    talk.answer("m", "y").answer("i", i).answer("t", "kalır")
    before = snapshot(talk.interview)
    talk.answer("a", "y").expect(i="", t="", c="")
    assert talk.interview.values["/data/g/i"] == i
    assert snapshot(talk.answer("a", a).interview) == before


@QUICK
@given(st.data())
def test_that_walking_the_pages_reaches_an_end_with_nothing_open(data):
    """Answering whatever is first open, with any choice or number that is taken, ends in a complete interview."""
    talk = Scenario.begin(compiled(survey=FORM, choices=CHOICES))
    for _ in range(40):
        found = page.open_problems(talk.interview)
        if not found:
            return
        spot = talk.interview.tree.spots[found[0].path]
        raws = ["5", "2", "1"]
        if spot.item.node.kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
            raws = [each.name for each in options(Sheet(talk.interview).ground, spot)]
        outcome = engine.answer(talk.interview, spot.path, data.draw(st.sampled_from(raws)))
        if outcome.accepted:
            talk.keep(outcome)
    raise AssertionError(page.open_problems(talk.interview))
