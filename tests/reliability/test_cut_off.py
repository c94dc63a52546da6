"""A real file system is cut off at random while answers are acknowledged: those that were read before are there."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from kume_desktop.store import engine, keyfile, reading
from kume_desktop.store.rebuild import verify

pytest.importorskip("fcntl", reason="ext4 is mounted on Linux alone")

from tests.reliability.mounted import Volume, what_is_missing
from tests.reliability.test_power_loss import _NUMBER
from tests.store.worlds import World

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing()),
]
PARTS, CUTS = 10, 30
MOST_ANSWERS = 200  # more than one checkpoint of the write-ahead log
MOST_LOOKS = 3_000  # some milliseconds: the cut falls anywhere in a commit
CONTROL_CUTS = 20


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Volume]:
    with ExitStack() as stack:
        try:
            place = stack.enter_context(Volume(tmp_path))
        except OSError as error:
            pytest.skip(f"this machine mounts no file system on a loop device: {error}")
        yield place


@dataclass
class Course:
    """A study on a volume, and what its writers acknowledged in time."""

    volume: Volume
    path: Path
    key: keyfile.DataKey
    chance: random.Random
    acknowledged: set[int]
    next_number: int = 0

    @classmethod
    def begun(cls, volume: Volume, seed: int) -> Course:
        path = volume.place / "kumeler.kume"
        key = keyfile.create(path, "gizli-kelime", "Ayşe", keyfile.CHEAP)
        database = engine.create_database(path, key)
        World(database)
        database.close()
        return cls(volume, path, key, random.Random(seed), set())

    def cut(self, how: str) -> int:
        """Answer, cut off, bring back; how many acknowledged answers are missing then. The log is sound in any case."""
        first = self.next_number
        now = self._answered_until_cut(how)
        self.volume.unmount()
        self.volume.mount()
        database = engine.open_database(self.path, self.key)
        found = {int(match.group(1)) for line in reading.lines(database) if (match := _NUMBER.search(line))}
        assert verify(database) == ()
        database.close()
        lost = len((self.acknowledged | now) - found)
        assert now and min(now) == first
        self.acknowledged = (self.acknowledged | now) & found
        self.next_number = max(found | now) + 1
        return lost

    def _answered_until_cut(self, how: str) -> set[int]:
        """The answers whose acknowledgement was read before the cut; a later one promises nothing."""
        numbers = [str(self.next_number), str(self.next_number + 100_000)]
        command = [sys.executable, "-m", "tests.reliability.writing", str(self.path), *numbers, how, "piped"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
            try:
                assert writer.stdin is not None and writer.stdout is not None
                writer.stdin.write(self.key.to_json().encode() + b"\n")
                writer.stdin.flush()
                said = _read(writer.stdout.fileno(), self.chance.randint(1, MOST_ANSWERS))
                for _ in range(self.chance.randint(1, MOST_LOOKS)):
                    said += _there(writer.stdout.fileno())
                self.volume.cut()
            finally:
                writer.kill()
        return {int(number) for number in said.rpartition(b" ")[0].split()}


def _read(pipe: int, count: int) -> bytes:
    said = b""
    while said.count(b" ") < count:
        assert select.select([pipe], [], [], 120)[0], "the writer acknowledges nothing"
        part = os.read(pipe, 4096)
        assert part, "the writer ended by itself"
        said += part
    return said


def _there(pipe: int) -> bytes:
    """What waits in the pipe at this moment."""
    return os.read(pipe, 65_536) if select.select([pipe], [], [], 0)[0] else b""


@pytest.mark.parametrize("part", range(PARTS))
def test_that_nothing_acknowledged_before_the_file_system_is_cut_off_is_lost(
    volume: Volume, part: int, counted: Callable[[str], None]
):
    course = Course.begun(volume, 300 + part)
    lost = sum(course.cut("synced") for _ in range(CUTS))
    told = f"{CUTS} cuts, {len(course.acknowledged)} acknowledged answers, {lost} lost, log sound"
    counted(f"R3 file system cut off, long {part + 1} of {PARTS}: {told}")
    assert lost == 0


def test_that_without_syncing_each_commit_the_same_cuts_lose_answers(volume: Volume, counted: Callable[[str], None]):
    course = Course.begun(volume, 1)
    losses = [course.cut("not-synced") for _ in range(CONTROL_CUTS)]
    lossy = sum(lost > 0 for lost in losses)
    counted(f"R3 control, commits not synced: {CONTROL_CUTS} cuts, {lossy} of them lost {sum(losses)} (must lose)")
    assert lossy


def test_that_a_volume_is_taken_off_after_a_failure_too(tmp_path: Path, volume: Volume):
    folder = tmp_path / "second"
    folder.mkdir()
    with pytest.raises(KeyError):
        _fail_on(folder)
    assert not (folder / "volume").is_mount()
    attached = [file.read_text().strip() for file in Path("/sys/block").glob("loop*/loop/backing_file")]
    assert not [one for one in attached if one.startswith(str(folder))]


def _fail_on(folder: Path) -> None:
    with Volume(folder) as volume:
        assert volume.place.is_mount()
        raise KeyError
