"""What must hold of merging whatever was written, in whatever order and pieces it arrives (I1 to I10)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kume_desktop.problems import Refused
from kume_desktop.store import frames, intake, reading, settling
from kume_desktop.store.intake import gaps
from kume_desktop.store.ledger import is_interpreted
from kume_desktop.store.log import StreamWriter, value_text
from kume_desktop.store.rebuild import rebuild
from tests.store.laptops import (
    CLOCKS,
    STEP,
    STORIES,
    SUBJECTS,
    WAVE,
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
    from kume_desktop.store.intake import Intake
    from kume_desktop.store.ledger import Ledger
    from kume_desktop.store.log import Event
    from kume_desktop.store.settling import Spot
    from tests.store.worlds import Places

CHANCE = st.randoms(use_true_random=False)
NO_CHECKS = list(HealthCheck)
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=NO_CHECKS)
LONG = settings(max_examples=10_000, deadline=None, suppress_health_check=NO_CHECKS)


class Seen(Exception):  # noqa: N818 - what a wrong merge is caught by
    """An invariant does not hold."""


@pytest.fixture
def pair(places: Places) -> Iterator[tuple[Database, Database]]:
    return places.fresh(), places.fresh()


def deal(events: list[Event], chance: Random) -> list[list[str]]:
    """Packages of these events: shuffled, split, some of them twice."""
    order = chance.sample(events, len(events))
    cuts = sorted(chance.randint(0, len(order)) for _ in range(chance.randint(0, 3)))
    parts = [order[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    again = chance.choices(parts, k=chance.randint(0, 2))
    return [[event.line for event in part] for part in (*parts, *again)]


def hold(pair: tuple[Database, Database], story: Story, packages: list[list[str]], keys_with: int) -> None:
    """I1 to I5, I7 to I9 of one story, however it is dealt."""
    one, two = (empty(database) for database in pair)
    one.import_events([event.line for event in story.events], story.keys)
    for place, lines in enumerate(packages):
        two.import_events(lines, story.keys if place == keys_with % len(packages) else ())
    see("I1 union", set(reading.lines(two)) == {event.line for event in story.events})
    see("I3 order-free", projection(one) == projection(two))
    see("I4 nothing disappears unnamed, I5, I9", stored_heads(two) == oracle(story.events, story.keys, story.gone()))
    before = projection(two)
    again = two.import_events(packages[0], story.keys)
    see("I2 idempotent", again.added == 0 and projection(two) == before)
    see("I7 rebuilt", rebuild(two).events == len(story.events) and projection(two) == before)
    see("I10 what is counted", totals(one) == totals(two))


def see(what: str, holds: bool) -> None:
    if not holds:
        raise Seen(what)


def totals(database: Database) -> Any:
    """What results rest on."""
    counts = reading.counts(database)
    levels = frames.levels(database, str(WAVE), "firma", ("g1",))
    return counts, levels.targets, repr(levels.levels.tolist()), reading.conflicts(database)


def hold_often(pair: tuple[Database, Database], often: settings) -> str:
    """Any story in any order, as often as `often` says; what was counted."""
    stories = entries = dealt = 0

    @often
    @given(story=STORIES, chance=CHANCE, keys_with=st.integers(0, 9))
    def holds(story: Story, chance: Random, keys_with: int) -> None:
        nonlocal stories, entries, dealt
        packages = deal(story.events, chance)
        hold(pair, story, packages, keys_with)
        stories, entries, dealt = stories + 1, entries + len(story.events), dealt + len(packages)

    holds()
    name = pair[0].dialect.value
    return f"R17 merging on {name}: {stories} stories, {entries} entries in {dealt} packages, 0 lost"


def test_that_merging_keeps_everything_in_any_order_and_as_often_as_one_likes(pair, counted):
    counted(hold_often(pair, QUICK))


@pytest.mark.long
def test_that_merging_keeps_everything_in_ten_thousand_stories(pair, counted):
    counted(hold_often(pair, LONG))


@settings(QUICK, max_examples=100)
@given(steps=st.lists(STEP, min_size=1, max_size=20), one=CLOCKS, other=CLOCKS)
def test_that_no_clock_decides_what_holds(pair, steps, one, other):
    values = []
    for database, clocks in zip(pair, (one, other), strict=True):
        story = Story(clocks, steps)
        empty(database).import_events([event.line for event in story.events], story.keys)
        values.append(
            sorted(
                (subject, path, str(value)) for subject, path, _, value in stored_heads(database) if subject in SUBJECTS
            )
        )
    assert values[0] == values[1]


@settings(QUICK, max_examples=100)
@given(story=STORIES, chance=CHANCE)
def test_that_every_missing_entry_is_counted(pair, story: Story, chance):
    database = empty(pair[0])
    kept = chance.sample(story.events, chance.randint(1, len(story.events)))
    database.import_events([event.line for event in kept], story.keys)
    highest: dict[str, int] = {}
    for event in kept:
        highest[str(event.stream)] = max(event.seq, highest.get(str(event.stream), 0))
    expected = {
        stream: seq - sum(1 for event in kept if str(event.stream) == stream) for stream, seq in highest.items()
    }
    with database.transaction() as (ledger, _):
        found = {gap.stream_id: gap.missing for gap in gaps(ledger)}
    assert found == {stream: missing for stream, missing in expected.items() if missing}


@settings(QUICK, max_examples=100)
@given(story=STORIES, data=st.data())
def test_that_a_computer_that_was_copied_is_refused_wherever_the_copies_part(pair, story: Story, data):
    database = empty(pair[0])
    copied = story.laptops[0]
    own = [event for event in copied.seen.values() if event.stream == copied.writer.stream]
    place = data.draw(st.integers(1, len(own)))
    clone = StreamWriter(copied.writer.stream, place, own[place - 1].hash)
    copied.writer = clone
    apart = copied.say(Said("answer", "interview", sayings("a")[0].subject, "/data/q9", "clone"))
    lines = [event.line for event in story.events]
    database.import_events(lines, story.keys)
    before = projection(database)
    if place == len(own):
        assert database.import_events([apart.line]).added == 1
        return
    with pytest.raises(Refused) as refused:
        database.import_events([apart.line])
    assert refused.value.problems[0].code == "study.stream-forked"
    assert projection(database) == before


def _last_import_wins(spot: Spot) -> Any:
    return [], spot.arrived[-1:]


def _last_write_wins(spot: Spot) -> Any:
    return [], [max(spot.arrived, key=lambda one: one.event.at)]


def _not_idempotent(ledger: Ledger, projector: Any, told: Any, keys: Any = ()) -> Intake:
    """What comes again is written again, as if nobody had said anything since."""
    done = _REAL(ledger, projector, told, keys)
    new = {event.id for event in done.new}
    for event in told:
        if event.id not in new and is_interpreted(event):
            subject, path = ledger.subject_no(event.subject_kind, event.subject), ledger.path_no(event.path)
            number = ledger.run("SELECT no FROM event WHERE id = ?", (ledger.dialect.uuid(event.id),)).fetchone()[0]
            ledger.run(
                "INSERT INTO head (subject, path, event, value, personal, contested) VALUES (?, ?, ?, ?, FALSE, FALSE)"
                " ON CONFLICT DO NOTHING",
                (subject, path, number, value_text(event.value)),
            )
            ledger.dirty.add((event.subject_kind, event.subject))
    return done


_REAL = intake.take_in_events
WRONG = {
    "last import wins": (settling, "heads_of", _last_import_wins),
    "last write wins": (settling, "heads_of", _last_write_wins),
    "not idempotent": (intake, "take_in_events", _not_idempotent),
}


@pytest.mark.parametrize("name", WRONG)
def test_that_the_invariants_catch_a_wrong_merge(pair, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(*WRONG[name])

    @settings(QUICK, database=None, derandomize=True, phases=[Phase.generate])
    @given(story=STORIES, chance=CHANCE, keys_with=st.integers(0, 9))
    def hunt(story: Story, chance: Random, keys_with: int) -> None:
        hold(pair, story, deal(story.events, chance), keys_with)

    with pytest.raises(Seen):
        hunt()
