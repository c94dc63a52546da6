"""A whole campaign: laptops that never meet, packages late, twice or never; one laptop that was copied (R18)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import reading
from kume_desktop.store.intake import gaps
from kume_desktop.store.log import StreamWriter
from tests.store.laptops import Laptop, Said, heads, oracle, stored_heads

if TYPE_CHECKING:
    from collections.abc import Callable

    from kume_desktop.store.engine import Database
    from kume_desktop.store.log import Event

LAPTOPS, ROUNDS = 5, 3
REPEATED, LATE, MISSING = 0.30, 0.10, 0.05
WAVE, VERSION = UUID(int=4), UUID(int=9)


@dataclass
class Package:
    """What one laptop wrote in one round."""

    computer: str
    round: int
    events: list[Event]


@dataclass
class Campaign:
    """Everybody's packages in the order in which they come, and those that never do."""

    seed: int
    interviews: int
    questions: int
    packages: list[Package] = field(default_factory=list)
    missing: list[Package] = field(default_factory=list)
    clone: UUID | None = None

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        made = self._work()
        self._deal(made)

    def _work(self) -> list[Package]:
        laptops = [Laptop(timedelta(days=self.chance.randint(-900, 900))) for _ in range(LAPTOPS)]
        copied = laptops[0]
        self.clone = copied.writer.stream
        made: list[Package] = []
        sent = dict.fromkeys(range(LAPTOPS + 1), 0)
        for turn in range(ROUNDS):
            for place, laptop in enumerate(laptops):
                self._interview(laptop, place, turn)
            if turn == 1:
                # The disk of the first laptop is copied; both go on from here.
                twin = Laptop(timedelta())
                twin.seen = dict(copied.seen)
                twin.writer = StreamWriter(copied.writer.stream, copied.writer.seq, copied.writer.hash)
                laptops.append(twin)
            for place, laptop in enumerate(laptops):
                stream = laptop.writer.stream
                own = sorted((e for e in laptop.seen.values() if e.stream == stream), key=lambda e: e.seq)
                begin = sent[place] if place < LAPTOPS or turn > 1 else sent[0]
                made.append(Package(f"laptop {place}", turn, own[begin:]))
                sent[place] = len(own)
        return [one for one in made if one.events]

    def _interview(self, laptop: Laptop, place: int, turn: int) -> None:
        """A round of a laptop: interviews of its own, and some answers in those of its neighbour, unknowingly."""
        count = self.interviews // ROUNDS
        for number in range(turn * count, (turn + 1) * count):
            interview = self._id(place % LAPTOPS, number)
            opened = {"unit": str(self._id(9, number)), "wave": str(WAVE), "instrument_version": str(VERSION)}
            laptop.say(Said("interview_opened", "interview", interview, "", opened))
            for question in range(self.questions):
                laptop.say(self._answer(interview, question))
            if self.chance.random() < 0.8:
                laptop.say(Said("interview_completed", "interview", interview, "#state", "completed"))
            if self.chance.random() < 0.2:
                other = self._id((place + 1) % LAPTOPS, number)
                laptop.say(self._answer(other, self.chance.randrange(self.questions)), blind=True)

    def _answer(self, interview: UUID, question: int) -> Said:
        return Said("answer", "interview", interview, f"/data/q{question}", str(self.chance.randint(1, 5)))

    @staticmethod
    def _id(place: int, number: int) -> UUID:
        return UUID(int=(place + 1) * 10**6 + number)

    def _deal(self, made: list[Package]) -> None:
        order, late = self.chance.sample(made, len(made)), []
        for one in order:
            dice = self.chance.random()
            if dice < MISSING:
                self.missing.append(one)
            elif dice < MISSING + LATE:
                late.append(one)
            else:
                self.packages.append(one)
        if not self.missing:
            self.missing.append(self.packages.pop(self.chance.randrange(len(self.packages))))
        again = [one for one in self.packages if self.chance.random() < REPEATED]
        for one in again:
            self.packages.insert(self.chance.randint(0, len(self.packages)), one)
        self.packages += late


@dataclass
class Office:
    """The oracle: what an office that is never wrong would hold after these packages."""

    held: dict[tuple[UUID, int], Event] = field(default_factory=dict)
    refused: list[Package] = field(default_factory=list)

    def take(self, package: Package) -> None:
        if any(self._contradicts(event) for event in package.events):
            self.refused.append(package)
        else:
            self.held.update({(event.stream, event.seq): event for event in package.events})

    def _contradicts(self, event: Event) -> bool:
        here = self.held.get((event.stream, event.seq))
        before, after = self.held.get((event.stream, event.seq - 1)), self.held.get((event.stream, event.seq + 1))
        return (
            (here is not None and here.hash != event.hash)
            or (before is not None and before.hash.hex() != event.prev)
            or (after is not None and after.prev != event.hash.hex())
        )

    def conflicts(self) -> set[tuple[str, str]]:
        events = list(self.held.values())
        places: dict[tuple[UUID, str], list[Event]] = {}
        for event in events:
            places.setdefault((event.subject, event.path), []).append(event)
        return {
            (str(subject), path)
            for (subject, path), found in places.items()
            if len({str(each.value) for each in heads(found, subject, path)}) > 1
        }

    def gaps(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for stream in {stream for stream, _seq in self.held}:
            numbers = [seq for name, seq in self.held if name == stream]
            if max(numbers) > len(numbers):
                found[str(stream)] = max(numbers) - len(numbers)
        return found


def run(database: Database, campaign: Campaign, told: Callable[[str], None]) -> None:
    office, alarms = Office(), []
    for package in campaign.packages:
        office.take(package)
        try:
            database.import_events([event.line for event in package.events])
        except Refused as refusal:
            alarms.append((package, refusal.problems[0]))
    events = list(office.held.values())
    assert [package for package, _ in alarms] == office.refused
    assert {problem.params["stream"] for _, problem in alarms} <= {str(campaign.clone)}
    assert set(reading.lines(database)) == {event.line for event in events}
    assert {(one.subject_id, one.path) for one in reading.conflicts(database)} == office.conflicts()
    by_place: dict[tuple[UUID, str], list[Event]] = {}
    for event in events:
        by_place.setdefault((event.subject, event.path), []).append(event)
    expected = set().union(*(oracle(found, ()) for found in by_place.values()))
    assert stored_heads(database) == expected
    with database.transaction() as (ledger, _):
        assert {one.stream_id: one.missing for one in gaps(ledger)} == office.gaps()
    opened = {event.subject for event in events if event.kind == "interview_opened"}
    assert reading.counts(database).interviews == len(opened)
    told(
        f"R18 campaign {campaign.seed}: {len(events)} entries, {len(campaign.packages)} packages,"
        f" {len(campaign.missing)} missing, {len(alarms)} refused of the copy,"
        f" {len(office.conflicts())} conflicts, 0 lost"
    )


@pytest.mark.parametrize("seed", [0, 2, 4])
def test_that_a_campaign_ends_as_the_oracle_says(database: Database, counted: Callable[[str], None], seed: int):
    campaign = Campaign(seed, interviews=60, questions=6)
    assert campaign.packages
    run(database, campaign, counted)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(50))
def test_that_fifty_whole_campaigns_end_as_the_oracle_says(database: Database, counted, seed: int):
    run(database, Campaign(100 + seed, interviews=200, questions=12), counted)


def test_that_the_copy_is_noticed_in_the_campaigns(database: Database):
    alarms = 0
    for package in Campaign(1, interviews=12, questions=2).packages:
        try:
            database.import_events([event.line for event in package.events])
        except Refused as refusal:
            alarms += refusal.problems[0].code in {"study.stream-forked", "study.chain-broken"}
    assert alarms
