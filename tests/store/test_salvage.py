"""What a study file tells whose trees are broken at their root, inside, or before the first of them."""

from __future__ import annotations

import errno
import random
import secrets
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kume_desktop.store import connecting, engine, keyfile, pages, reading, recovery, salvage
from kume_desktop.store.cells import cells
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.pages import PAGE_BYTES, Pages
from tests.store.test_damage import Sound

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TABLES = ("event", "subject_key", "tombstone", "blob", "draft", "subject", "path")
LOST_WITH = {"subject_key": "keys", "tombstone": "erased", "blob": "blobs", "draft": "drafts"}
"""What stands on the one page of a small table, and is lost with it."""
LONG = "uzun yanıt " * 4000


class Telling(Sound):
    """A whole study that holds something of everything that can be salvaged, and what it tells while it is whole."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        database = engine.open_database(self.path, self.key)
        interview = reading.interviews(database)[0].interview_id
        unit = next(one.unit_id for one in reading.units(database) if one.code == "F3")
        with database.act("Ayşe", "interviewer") as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/g/uzun", LONG)
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/g/ad", "Ayşe Yılmaz", personal=True)
            act.put_blob(random.Random(1).randbytes(30_000), "image/png")
            act.erase(SubjectKind.UNIT, unit, "request")
            act.save_draft(interview, "/data/g/soru1", "yarım")
        self.lines = set(reading.lines(database))
        database.close()
        connection = connecting.connect_file(self.path, self.key)
        self.root_of = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
        connection.close()
        self.bytes = self.path.read_bytes()
        self.told = salvage.salvage(self.path, self.key)

    def without(self, folder: Path, broken: Iterable[int]) -> Path:
        """The study with some of its pages overwritten."""
        raw = bytearray(self.bytes)
        for number in broken:
            raw[(number - 1) * PAGE_BYTES : number * PAGE_BYTES] = secrets.token_bytes(PAGE_BYTES)
        return self.spoiled(folder, bytes(raw))

    def inner(self) -> list[int]:
        """The inner pages of all trees, roots among them."""
        with Pages(self.path, self.key) as read:
            found = ((number, read.page(number)) for number in range(2, read.count + 1))
            return [number for number, page in found if page is not None and page[0] in {0x02, 0x05}]


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Telling:
    return Telling(tmp_path_factory.mktemp("telling"))


def test_that_pages_read_one_by_one_tell_what_the_database_tells(telling: Telling):
    found = salvage._told(salvage._gathered(telling.path, telling.key))
    assert set(found.lines) == set(telling.told.lines) == telling.lines
    for part in LOST_WITH.values():
        assert set(getattr(found, part)) == set(getattr(telling.told, part)) != set(), part


@pytest.mark.parametrize("table", TABLES)
def test_that_a_broken_root_costs_no_more_than_what_stands_on_it(telling: Telling, tmp_path: Path, table: str):
    path = telling.without(tmp_path, [telling.root_of[table]])
    spoiled = path.read_bytes()
    found = salvage.salvage(path, telling.key)
    assert set(found.lines) == telling.lines
    for part in LOST_WITH.values():
        if LOST_WITH.get(table) != part:
            assert set(getattr(found, part)) == set(getattr(telling.told, part)), part
    assert path.read_bytes() == spoiled
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_that_broken_inner_pages_and_a_broken_first_page_cost_no_line(telling: Telling, tmp_path: Path):
    inner = telling.inner()
    assert telling.root_of["event"] in inner
    path = telling.without(tmp_path, [1, *inner])
    assert set(salvage.salvage(path, telling.key).lines) == telling.lines


def test_that_what_was_written_since_the_backup_comes_back_when_the_log_has_lost_its_root(
    telling: Telling, tmp_path: Path
):
    path = telling.without(tmp_path, [1, telling.root_of["event"]])
    done = recovery.restore(path, telling.key, telling.backup.path, "Ayşe", "staff", NOW)
    assert (done.refused, done.gaps) == (0, ())
    assert done.from_backup + done.salvaged == len(telling.lines)
    database = engine.open_database(path, telling.key)
    try:
        assert telling.lines <= set(reading.lines(database))
        (told,) = (one for one in reading.interviews(database) if one.interview_id in done.interviews)
        answers = reading.answers(database, told.interview_id)
        assert (answers["/data/g/uzun"], answers["/data/g/ad"]) == (LONG, "Ayşe Yılmaz")
    finally:
        database.close()


def test_that_ten_garbled_pages_at_the_beginning_are_told_by_count(telling: Telling, tmp_path: Path):
    path = telling.without(tmp_path, range(1, 11))
    found = set(salvage.salvage(path, telling.key).lines)
    assert found < telling.lines or found == telling.lines
    assert len(telling.lines - found) <= 10 * PAGE_BYTES // 200
    done = recovery.restore(path, telling.key, telling.backup.path, "Ayşe", "staff", NOW)
    database = engine.open_database(path, telling.key)
    missing = telling.lines - set(reading.lines(database))
    database.close()
    assert sum(gap.missing for gap in done.gaps) == len(missing)


@pytest.mark.parametrize("seed", range(3))
def test_that_every_line_of_a_whole_page_is_found_whatever_else_is_broken(telling: Telling, tmp_path: Path, seed: int):
    drawn = random.Random(seed)
    count = len(telling.bytes) // PAGE_BYTES
    broken = {1, telling.root_of["event"], *drawn.sample(range(2, count + 1), count // 3)}
    found = set(salvage.salvage(telling.without(tmp_path, broken), telling.key).lines)
    assert found == lines_outside(telling, broken)
    assert set() < found < telling.lines


def lines_outside(telling: Telling, broken: set[int]) -> set[str]:
    """The lines of which no byte stands on a broken page."""
    with Pages(telling.path, telling.key) as read:

        def whole(number: int) -> bytes | None:
            return None if number in broken else read.page(number)

        told = [
            cell.values(whole)
            for number in range(1, read.count + 1)
            if (page := whole(number)) is not None
            for cell in cells(page, number)
            if cell.is_table and len(cell.shape) == 13
        ]
    return {str(values[-1]) for values in told if values is not None} & telling.lines


def killed(telling: Telling, folder: Path) -> tuple[Path, set[str]]:
    """The study as a kill leaves it, with a write-ahead log that holds more; and every line of its log."""
    whole = folder / "whole"
    whole.mkdir()
    path = telling.spoiled(whole, telling.bytes)
    database = engine.open_database(path, telling.key)
    try:
        interview = reading.interviews(database)[0].interview_id
        for number in range(40):
            with database.act("Ayşe", "interviewer") as act:
                act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, f"/data/g/yeni{number}", "yeni" * 300)
        left = telling.spoiled(folder, path.read_bytes())
        shutil.copy(path.with_name(f"{path.name}-wal"), left.with_name(f"{left.name}-wal"))
        return left, set(reading.lines(database))
    finally:
        database.close()


def spoil(file: Path, spans: Iterable[tuple[int, int]]) -> None:
    raw = bytearray(file.read_bytes())
    for begin, end in spans:
        raw[begin:end] = secrets.token_bytes(end - begin)
    file.write_bytes(raw)


def test_that_the_write_ahead_log_is_read_beside_a_file_without_its_first_pages(telling: Telling, tmp_path: Path):
    path, lines = killed(telling, tmp_path)
    root = telling.root_of["event"]
    spoil(path, [(0, PAGE_BYTES), ((root - 1) * PAGE_BYTES, root * PAGE_BYTES)])
    assert set(salvage.salvage(path, telling.key).lines) == lines
    done = recovery.restore(path, telling.key, telling.backup.path, "Ayşe", "staff", NOW)
    assert done.from_backup + done.salvaged == len(lines)
    assert done.aside is not None
    assert set(salvage.salvage(done.aside, telling.key).lines) == lines


def test_that_a_log_is_believed_up_to_its_first_broken_place(telling: Telling, tmp_path: Path):
    path, lines = killed(telling, tmp_path)
    wal = path.with_name(f"{path.name}-wal")
    middle = wal.stat().st_size // 2
    spoil(path, [(0, PAGE_BYTES)])
    spoil(wal, [(middle, middle + 100)])
    found = set(salvage.salvage(path, telling.key).lines)
    assert telling.lines < found < lines
    wal.write_bytes(secrets.token_bytes(50_000))
    assert set(salvage.salvage(path, telling.key).lines) == telling.lines


def test_that_a_place_of_the_disk_that_cannot_be_read_is_one_broken_page(
    telling: Telling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = telling.without(tmp_path, [])

    def failing(_source: Path, _target: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(salvage.shutil, "copyfile", failing)
    monkeypatch.setattr(pages, "_read", unreadable(pages._read, 10 * PAGE_BYTES))
    found = set(salvage.salvage(path, telling.key).lines)
    assert telling.lines - found == telling.lines - lines_outside(telling, {11})


def unreadable(read: Callable[..., bytes], place: int) -> Callable[..., bytes]:
    return lambda file, at: b"" if at == place else read(file, at)


def test_that_a_file_of_another_key_tells_nothing(telling: Telling, tmp_path: Path):
    path = telling.without(tmp_path, [])
    other = keyfile.DataKey(telling.key.study_id, secrets.token_bytes(32), telling.key.salt)
    assert salvage.salvage(path, other) == salvage.Salvaged()
