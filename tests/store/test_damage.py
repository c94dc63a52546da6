"""A study file that was damaged: told apart, never deleted, brought back from the newest backup and what it tells."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import backups, connecting, engine, keyfile, reading, recovery, salvage
from kume_desktop.store.backups import Reason
from kume_desktop.store.events import EventKind, SubjectKind
from tests.store.worlds import World

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOLD = {"study.damaged", "study.not-a-study", "study.key-mismatch"}
PAGE = 4096


class Sound:
    """A whole study of some hundred events, its backup from half-way, and every line of its log."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "kumeler.kume"
        self.key = keyfile.create(self.path, "gizli-kelime", "Ayşe", keyfile.CHEAP)
        database = engine.create_database(self.path, self.key)
        World(database)
        interview = reading.interviews(database)[0].interview_id
        for number in range(300):
            with database.act("Ayşe", "interviewer") as act:
                path = f"/data/g/soru{number % 40}"
                act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, path, f"yanıt {number} " + "x" * 200)
                act.save_draft(interview, path, "yarım")
            if number == 150:
                self.backup = backups.make(self.path, self.key, folder / "yedek", Reason.INTERVIEW, NOW)
        self.lines = set(reading.lines(database))
        database.close()
        connection = connecting.connect_file(self.path, self.key)
        self.roots = {root for (root,) in connection.execute("SELECT rootpage FROM sqlite_master")}
        connection.close()
        self.bytes = self.path.read_bytes()

    def spoiled(self, folder: Path, content: bytes) -> Path:
        """The study with other bytes, in a folder of its own."""
        path = folder / self.path.name
        path.write_bytes(content)
        shutil.copy(keyfile.path_of(self.path), keyfile.path_of(path))
        return path

    def flipped(self, chance: random.Random) -> bytes:
        raw = bytearray(self.bytes)
        raw[chance.randrange(16, len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return Sound(tmp_path_factory.mktemp("sound"))


def told(path: Path, key: DataKey) -> str:
    with pytest.raises(Refused) as refused:
        engine.open_database(path, key).close()
    return refused.value.problems[0].code


def lines(path: Path, key: DataKey) -> set[str]:
    database = engine.open_database(path, key)
    try:
        return set(reading.lines(database))
    finally:
        database.close()


def bring_back(sound: Sound, path: Path) -> recovery.Restored:
    return recovery.restore(path, sound.key, sound.backup.path, "Ayşe", "staff", NOW)


def check_brought_back(sound: Sound, path: Path, spoiled: bytes) -> None:
    """The backup's events are there, what the damaged file told too, and that file still lies beside it."""
    done = bring_back(sound, path)
    assert done.aside is not None
    assert done.aside.read_bytes() == spoiled
    found = lines(path, sound.key) & sound.lines
    assert len(found) == done.from_backup + done.salvaged
    # One broken page takes at most the events that stand on it; each of them is several hundred bytes long.
    assert len(sound.lines) - len(found) <= PAGE // 200 or done.salvaged == 0


@pytest.mark.parametrize("seed", range(20))
def test_that_one_changed_bit_is_told_and_costs_at_most_the_page_it_stands_on(sound: Sound, tmp_path: Path, seed: int):
    spoiled = sound.flipped(random.Random(seed))
    path = sound.spoiled(tmp_path, spoiled)
    assert told(path, sound.key) == "study.damaged"
    assert path.read_bytes() == spoiled
    check_brought_back(sound, path, spoiled)


@pytest.mark.long
def test_that_none_of_four_hundred_damages_goes_unnoticed_or_unmended(
    sound: Sound, tmp_path: Path, counted: Callable[[str], None]
):
    chance = random.Random(2026)
    flips = [sound.flipped(chance) for _ in range(300)]
    cuts = [sound.bytes[: chance.randrange(1, len(sound.bytes))] for _ in range(50)]
    foreign = [chance.randbytes(chance.randrange(1, 40_000)) for _ in range(50)]
    for number, spoiled in enumerate((*flips, *cuts, *foreign)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = sound.spoiled(folder, spoiled)
        assert told(path, sound.key) in TOLD
        done = bring_back(sound, path)
        found = lines(path, sound.key)
        assert len(found & sound.lines) == done.from_backup + done.salvaged
        shutil.rmtree(folder)
    told_all = f"{len(flips)} bits, {len(cuts)} cuts, {len(foreign)} foreign files"
    counted(f"R11 damage, long: {told_all}: 400 told apart, 400 brought back, 0 deleted")


@pytest.mark.parametrize("share", [0.0001, 0.3, 0.7, 0.98])
def test_that_a_file_that_was_cut_is_told_and_brought_back(sound: Sound, tmp_path: Path, share: float):
    path = sound.spoiled(tmp_path, sound.bytes[: int(len(sound.bytes) * share)])
    assert told(path, sound.key) in TOLD
    done = bring_back(sound, path)
    assert done.from_backup <= len(lines(path, sound.key))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" * 4000, b"%PDF-1.7" + b" " * 9000, b"SQLite format 3\0" * 600])
def test_that_a_foreign_file_is_told_and_the_backup_takes_its_place(sound: Sound, tmp_path: Path, content: bytes):
    path = sound.spoiled(tmp_path, content)
    assert told(path, sound.key) == "study.not-a-study"
    done = bring_back(sound, path)
    assert done.salvaged == 0
    assert len(lines(path, sound.key) & sound.lines) == done.from_backup


def test_that_a_wrong_key_and_a_wrong_salt_are_told_from_damage(sound: Sound, tmp_path: Path):
    path = sound.spoiled(tmp_path, sound.bytes)
    other = keyfile.DataKey(sound.key.study_id, secrets.token_bytes(32), sound.key.salt)
    assert told(path, keyfile.DataKey(sound.key.study_id, other.key, secrets.token_bytes(16))) == "study.key-mismatch"
    assert path.read_bytes() == sound.bytes


def test_that_a_burst_of_broken_pages_leaves_the_others_readable(sound: Sound, tmp_path: Path):
    raw = bytearray(sound.bytes)
    pages = len(raw) // PAGE
    # Without the root of a table nothing of it is found: what is broken here are its leaves.
    for page in (one for one in range(pages // 3, pages, 7) if one + 1 not in sound.roots):
        raw[page * PAGE : (page + 1) * PAGE] = secrets.token_bytes(PAGE)
    path = sound.spoiled(tmp_path, bytes(raw))
    found = salvage.salvage(path, sound.key)
    assert set(found.lines) < sound.lines
    assert len(found.lines) > len(sound.lines) // 3
    assert path.read_bytes() == bytes(raw)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_that_what_was_being_typed_is_brought_back_as_a_draft(sound: Sound, tmp_path: Path):
    spoiled = sound.flipped(random.Random(3))
    path = sound.spoiled(tmp_path, spoiled)
    bring_back(sound, path)
    database = engine.open_database(path, sound.key)
    interview = reading.interviews(database)[0].interview_id
    drafts = {draft.path: draft.text for draft in reading.drafts(database, interview)}
    database.close()
    assert set(drafts.values()) == {"yarım"}
