"""Power cuts at any moment: what was acknowledged is there when the power comes back; weaker settings lose it."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import backups, engine, keyfile, soundness
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import database_errors
from tests.reliability import power
from tests.reliability.power import Cut, Disk
from tests.store.worlds import World

pytestmark = [
    pytest.mark.change,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="preloads a library as Linux does it"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler"),
]
ANSWERS = 300
_NUMBER = re.compile(r'"<(\d+)>')


@dataclass(frozen=True)
class Recorded:
    """A study before, and everything a process did to its folder."""

    path: Path
    key: keyfile.DataKey
    before: dict[str, bytes]
    calls: list[power.Call]


def record(folder: Path, how: str) -> Recorded:
    """Let a process answer an interview and write down what it does to the disk."""
    path = folder / "is" / "kumeler.kume"
    path.parent.mkdir()
    key = keyfile.create(path, "gizli-kelime", "Ayşe", keyfile.CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyfile.DataKey, "hex", property(_hex(how)))
        database = engine.create_database(path, key)
        World(database)
        database.close()
    before = {str(file): file.read_bytes() for file in path.parent.iterdir()}
    recorder, target = power.compile_recorder(folder), folder / "record"
    command = [sys.executable, "-m", "tests.reliability.writing", str(path), "0", str(ANSWERS), how]
    environment = power.preloaded(recorder, path.parent, target)
    subprocess.run(command, input=key.to_json() + "\n", text=True, env=environment, check=True)
    return Recorded(path, key, before, power.read(target))


def _hex(how: str):  # type: ignore[no-untyped-def]
    return (lambda key: key.key.hex()) if how == "salt-in-file" else (lambda key: (key.key + key.salt).hex())


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return record(tmp_path_factory.mktemp("sound"), "sound")


def lost(recorded: Recorded, disk: Disk, content: dict[str, bytes], folder: Path) -> list[str] | None:
    """The acknowledged answers that are not there after a cut; None where the study does not open at all."""
    for name, raw in content.items():
        target = folder / Path(name).relative_to(recorded.path.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not name.endswith("-shm"):
            target.write_bytes(raw)
    path = folder / recorded.path.name
    try:
        soundness.check_file(path, recorded.key, whole=True)
        connection = connect_file(path, recorded.key)
        try:
            lines = [line for (line,) in connection.execute("SELECT line FROM event")]
        finally:
            connection.close()
    except (Refused, *database_errors()):
        return None
    found = {match.group(1) for line in lines if (match := _NUMBER.search(line))}
    return [one for one in disk.acknowledged if one not in found]


def states(recorded: Recorded, count: int, cuts: tuple[Cut, ...], folder: Path, seed: int) -> tuple[int, int]:
    """Cut the power at random moments; how often something was lost, how often the study did not open."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(1, len(recorded.calls)) for _ in range(count))
    disk, at, losses, broken = Disk(recorded.before), 0, 0, 0
    for number, moment in enumerate(moments):
        while at < moment:
            disk.carry_out(recorded.calls[at])
            at += 1
        place = folder / str(number)
        place.mkdir()
        missing = lost(recorded, disk, disk.after_cut(cuts[number % len(cuts)], chance), place)
        losses += bool(missing)
        broken += missing is None
        shutil.rmtree(place)
    return losses, broken


def test_that_the_record_tells_what_is_on_the_disk(sound: Recorded):
    disk = Disk(sound.before)
    for call in sound.calls:
        disk.carry_out(call)
    now = {str(file): file.read_bytes() for file in sound.path.parent.rglob("*") if file.is_file()}
    told = disk.after_cut(Cut.ALL, random.Random(1))
    files = {name for name in now if not name.endswith(("-shm", power.ACKS))}
    assert {name for name in told if not name.endswith("-shm")} == files
    assert all(told[name] == now[name] for name in files)
    assert len(disk.acknowledged) == ANSWERS


def test_that_no_acknowledged_answer_is_lost_and_no_study_broken_by_power_cuts(
    sound: Recorded, tmp_path: Path, counted: Callable[[str], None]
):
    losses, broken = states(sound, 500, tuple(Cut), tmp_path, 2026)
    counted(f"R2 power loss: 500 states of {len(sound.calls)} calls, {losses} lost, {broken} corrupt")
    assert (losses, broken) == (0, 0)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_that_none_of_twenty_thousand_power_cuts_loses_anything(
    sound: Recorded, tmp_path: Path, part: int, counted: Callable[[str], None]
):
    losses, broken = states(sound, 2_000, tuple(Cut), tmp_path, 7 + part)
    told = f"2000 states of {len(sound.calls)} calls, {losses} lost, {broken} corrupt"
    counted(f"R2 power loss, long {part + 1} of 10: {told}")
    assert (losses, broken) == (0, 0)


def test_that_a_backup_whose_name_is_there_after_a_cut_is_whole(
    sound: Recorded, tmp_path: Path, counted: Callable[[str], None]
):
    chance, disk, whole = random.Random(5), Disk(sound.before), 0
    for number, call in enumerate(sound.calls):
        disk.carry_out(call)
        if backups.SUFFIX not in call.path:
            continue
        content = disk.after_cut(tuple(Cut)[number % len(Cut)], chance)
        for name, raw in content.items():
            if name.endswith(backups.SUFFIX) and not Path(name).name.startswith("."):
                target = tmp_path / Path(name).name
                target.write_bytes(raw)
                assert backups.verify(target).events > 0
                whole += 1
    counted(f"R2 power loss while a backup is made: {whole} states in which it has its name, 0 of them not whole")
    assert whole


def test_that_without_syncing_each_commit_the_same_cuts_lose_answers(tmp_path: Path, counted: Callable[[str], None]):
    weak = record(tmp_path, "not-synced")
    place = tmp_path / "states"
    place.mkdir()
    losses, _broken = states(weak, 60, (Cut.NONE, Cut.PREFIX), place, 3)
    counted(f"R2 control, commits not synced: 60 states, {losses} lost (must lose)")
    assert losses > 10


def test_that_with_the_salt_in_the_file_alone_a_garbled_first_sector_loses_the_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Callable[[str], None]
):
    weak = record(tmp_path, "salt-in-file")
    monkeypatch.setattr(keyfile.DataKey, "hex", property(_hex("salt-in-file")))
    counted("R2 control, salt in the file alone: every garbled first sector loses the study (must lose)")
    assert _opened_with_a_garbled_first_sector(weak, tmp_path) == 0


def test_that_with_the_salt_beside_the_key_a_garbled_first_sector_loses_nothing(sound: Recorded, tmp_path: Path):
    assert _opened_with_a_garbled_first_sector(sound, tmp_path) > 0


def _opened_with_a_garbled_first_sector(recorded: Recorded, folder: Path) -> int:
    """Of the moments in which the first page is being written by a checkpoint, how many are survived whole."""
    chance, disk, survived, tried = random.Random(11), Disk(recorded.before), 0, 0
    for call in recorded.calls:
        disk.carry_out(call)
        if call.kind != "W" or call.path != str(recorded.path) or call.number != 0:
            continue
        content = disk.after_cut(Cut.ALL, chance)
        raw = content[str(recorded.path)]
        content[str(recorded.path)] = chance.randbytes(power.SECTOR) + raw[power.SECTOR :]
        place = folder / f"garbled{tried}"
        place.mkdir()
        survived += lost(recorded, disk, content, place) == []
        tried += 1
    assert tried
    return survived
