"""The invariants of the log: union, idempotent, order-free, nothing lost unnamed, no clock decides, erasure wins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.problems import Refused
from kume_desktop.store import reading, settling, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.log import StreamWriter
from kume_desktop.store.rebuild import rebuild, verify
from kume_desktop.store.settling import Spot
from tests.store.laptops import (
    CLOCKS,
    STEP,
    STORIES,
    SUBJECTS,
    Laptop,
    Said,
    Story,
    empty,
    oracle,
    projection,
    sayings,
    stored_heads,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kume_desktop.store.engine import Database
    from tests.store.worlds import Places, World

OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def pair(places: Places) -> Iterator[tuple[Database, Database]]:
    return places.fresh(), places.fresh()


@OFTEN
@given(story=STORIES, data=st.data())
def test_that_heads_are_those_of_the_definition_whatever_the_order_and_the_packages(pair, story: Story, data):
    database = empty(pair[0])
    packages = data.draw(st.lists(st.permutations(story.events), min_size=1, max_size=2))
    cut = data.draw(st.integers(0, len(story.events)))
    order = [packages[0][:cut], packages[-1], packages[0][cut:], packages[0][:cut]]
    keys_with = data.draw(st.integers(0, 3))
    for place, package in enumerate(order):
        database.import_events([event.line for event in package], story.keys if place == keys_with else ())
    assert stored_heads(database) == oracle(story.events, story.keys, story.gone())
    assert set(reading.lines(database)) == {event.line for event in story.events}


@OFTEN
@given(story=STORIES, data=st.data())
def test_that_two_orders_give_the_same_rows_and_a_rebuild_gives_them_again(pair, story: Story, data):
    one, two = (empty(database) for database in pair)
    one.import_events([event.line for event in story.events], story.keys)
    for event in data.draw(st.permutations(story.events)):
        two.import_events([event.line, event.line])
    two.import_events([], story.keys)
    expected = projection(one)
    assert projection(two) == expected
    assert rebuild(two).events == len(story.events)
    assert projection(two) == expected


@OFTEN
@given(story=STORIES)
def test_that_importing_again_changes_nothing(pair, story: Story):
    database = empty(pair[0])
    lines = [event.line for event in story.events]
    assert database.import_events(lines, story.keys).added == len(lines)
    before = projection(database)
    again = database.import_events(lines, story.keys)
    assert (again.added, again.known) == (0, len(lines))
    assert projection(database) == before


@OFTEN
@given(steps=st.lists(STEP, min_size=1, max_size=20), one=CLOCKS, other=CLOCKS)
def test_that_clocks_do_not_decide_which_values_hold(pair, steps, one, other):
    values = []
    for database, clocks in zip(pair, (one, other), strict=True):
        story = Story(clocks, steps)
        empty(database).import_events([event.line for event in story.events], story.keys)
        found = [
            (subject, path, str(value)) for subject, path, _, value in stored_heads(database) if subject in SUBJECTS
        ]
        values.append(sorted(found))
    assert values[0] == values[1]


def test_that_a_resolution_is_not_undone_by_a_late_old_package(world: World):
    database, other = world.database, Laptop(timedelta(days=900))
    late = other.say(Said("answer", "interview", UUID(world.interview), "/data/q1", "2"))
    newer = other.say(Said("answer", "interview", UUID(world.interview), "/data/q1", "3"))
    with database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, "/data/q1", "5")
    lines = [event.line for event in other.seen.values() if event.id != late.id]
    assert database.import_events(lines).gaps[0].missing == 1
    conflict = reading.conflicts(database)[0]
    assert {row.value for row in conflict.heads} == {"5", "3"}
    assert reading.answers(database, world.interview) == {}
    with database.act("Ayşe", "staff") as act:
        writing.resolve(act, SubjectKind.INTERVIEW, world.interview, conflict.path, "5")
    assert database.import_events([late.line]).gaps == ()
    assert reading.conflicts(database) == ()
    assert reading.answers(database, world.interview) == {"/data/q1": "5"}
    assert newer.id in {event_id for e in reading.events(database) for event_id in map(UUID, e.supersedes)}


def test_that_equal_answers_of_two_laptops_are_no_conflict(world: World):
    other = Laptop(timedelta())
    other.say(Said("answer", "interview", UUID(world.interview), "/data/q1", "5"))
    with world.database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, "/data/q1", "5")
    world.database.import_events([event.line for event in other.seen.values()])
    assert reading.conflicts(world.database) == ()
    assert reading.answers(world.database, world.interview) == {"/data/q1": "5"}
    assert len(reading.heads(world.database, world.interview)["/data/q1"]) == 2


def test_that_resolving_a_conflict_of_comments_stays_sealed(world: World):
    other = Laptop(timedelta())
    interview = UUID(world.interview)
    other.say(Said("comment", "interview", interview, "/data/q1#comment", "biri", interview))
    with world.database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.COMMENT, SubjectKind.INTERVIEW, world.interview, "/data/q1", "öteki")
    world.database.import_events([e.line for e in other.seen.values()], list(other.keys.values()))
    found = reading.conflicts(world.database)[0]
    assert {row.value for row in found.heads} == {"biri", "öteki"}
    with world.database.act("Ayşe", "staff") as act:
        writing.resolve(act, SubjectKind.INTERVIEW, world.interview, found.path, "üçüncüsü")
    assert reading.comments(world.database, world.interview) == {"/data/q1": "üçüncüsü"}
    assert not any("üçüncüsü" in line for line in reading.lines(world.database))


def test_that_a_contested_level_is_empty_and_a_contested_name_too(world: World):
    other = Laptop(timedelta())
    other.say(Said("fact", "unit", UUID(world.units[0]), "name", "Başka"))
    with world.database.act("Ayşe", "staff") as act:
        writing.set_fact(act, SubjectKind.UNIT, world.units[0], "name", "Zümrüt A.Ş.")
        rating = writing.rate(act, writing.RatingGiven(world.wave, "unit", world.units[0], "g1", 4, "Ayşe"))
    value = {
        "target_kind": "unit",
        "target": world.units[0],
        "indicator": "g1",
        "rater": "Ayşe",
        "round": 1,
        "level": 2,
    }
    other.say(Said("rating", "rating", UUID(rating), "", {**value, "wave": world.wave, "basis": "rating"}))
    world.database.import_events([event.line for event in other.seen.values()])
    assert reading.unit_record(world.database, world.units[0]).name == ""
    found = reading.ratings(world.database, world.wave)[0]
    assert (found.level, found.contested) == (None, True)


@pytest.mark.parametrize("what", ["number", "id"])
def test_that_a_forked_stream_is_refused_whole(world: World, what: str):
    one = Laptop(timedelta())
    clone = Laptop(timedelta(), writer=StreamWriter(one.writer.stream, one.writer.seq, one.writer.hash))
    clone.writer = StreamWriter(one.writer.stream, one.writer.seq, one.writer.hash)
    first = one.say(Said("answer", "interview", uuid4(), "/data/q", "1"))
    second = clone.say(Said("answer", "interview", uuid4(), "/data/q", "2"))
    forged = second.line if what == "number" else first.line.replace('"value":"1"', '"value":"9"')
    world.database.import_events([event.line for event in one.seen.values()])
    before = projection(world.database)
    with pytest.raises(Refused) as refused:
        world.database.import_events([Laptop(timedelta()).say(sayings("a")[0]).line, forged])
    assert refused.value.problems[0].code == "study.stream-forked"
    assert projection(world.database) == before


def test_that_an_event_that_does_not_follow_its_stream_is_refused(world: World):
    one = Laptop(timedelta())
    stranger = StreamWriter(one.writer.stream, one.writer.seq, b"x" * 32)
    one.writer = stranger
    one.say(Said("answer", "interview", uuid4(), "/data/q", "1"))
    for lines in (list(one.seen.values()), list(reversed(one.seen.values()))):
        with pytest.raises(Refused) as refused:
            world.database.import_events([event.line for event in lines])
        assert refused.value.problems[0].code == "study.chain-broken"


def test_that_a_structured_value_nobody_can_read_refuses_the_package_and_nothing_else(world: World):
    other = Laptop(timedelta())
    other.say(Said("visit", "visit", uuid4(), "", {"unit": "no uuid", "at": "gestern"}))
    before = projection(world.database)
    with pytest.raises(Refused) as refused:
        world.database.import_events([event.line for event in other.seen.values()])
    assert refused.value.problems[0].code == "study.line-unreadable"
    assert projection(world.database) == before


def test_that_an_unknown_kind_is_kept_and_harms_nothing(world: World):
    other = Laptop(timedelta())
    future = other.say(Said("from_the_future", "interview", UUID(world.interview), "/data/q1", "9"))
    world.database.import_events([event.line for event in other.seen.values()])
    assert future.line in reading.lines(world.database)
    assert reading.answers(world.database, world.interview) == {}


def test_that_verifying_names_an_altered_line_and_rebuilding_refuses_it(world: World):
    assert verify(world.database) == ()
    with world.database.transaction() as (ledger, _):
        ledger.run("UPDATE event SET line = replace(line, 'Kümeler 2026', 'Kümeler 2027') WHERE seq = 3", ())
    assert [(p.code, p.params["seq"]) for p in verify(world.database)] == [("study.event-altered", 3)]
    with pytest.raises(Refused):
        rebuild(world.database)


def test_that_verifying_names_a_missing_event(world: World):
    other = Laptop(timedelta())
    for value in "123":
        other.say(Said("answer", "interview", uuid4(), "/data/q", value))
    events = [event.line for event in other.seen.values()]
    world.database.import_events([*events[:3], *events[4:]])
    found = verify(world.database)
    assert [(p.code, p.params["missing"], p.is_error) for p in found] == [("study.stream-gap", 1, False)]


def _last_import_wins(spot: Spot) -> Any:
    return [], spot.arrived[-1:]


def _last_write_wins(spot: Spot) -> Any:
    return [], [max(spot.arrived, key=lambda one: one.event.at)]


def _everything_stays(spot: Spot) -> Any:
    return spot.standing, spot.arrived


@pytest.mark.parametrize("wrong", [_last_import_wins, _last_write_wins, _everything_stays])
def test_that_the_oracle_catches_a_wrong_merge(database: Database, monkeypatch: pytest.MonkeyPatch, wrong):
    steps = [("say", 0, 0, "a", False), ("meet", 1, 0), ("say", 1, 0, "b", False), ("say", 2, 0, "a", True)]
    story = Story((0, -900, 900), steps)
    monkeypatch.setattr(settling, "heads_of", wrong)
    database.import_events([event.line for event in story.events])
    assert stored_heads(database) != oracle(story.events, story.keys)
