"""Backups: a committed state whoever writes meanwhile, verified, thinned out, brought back into a new stream."""

from __future__ import annotations

import json
import os
import shutil
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import backups, engine, keyfile, reading, recovery, tombstones, writing
from kume_desktop.store.backups import Backup, Contents, Reason
from kume_desktop.store.events import EventKind, SubjectKind
from tests.store.worlds import World

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import DataKey

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSPHRASE = "gizli-kelime"


@pytest.fixture
def study(tmp_path: Path) -> tuple[Path, DataKey]:
    """A study file with its key file and a small world in it, closed."""
    path = tmp_path / "is" / "kumeler.kume"
    path.parent.mkdir()
    key = keyfile.create(path, PASSPHRASE, "Ayşe", keyfile.CHEAP)
    database = engine.create_database(path, key)
    World(database)
    database.close()
    return path, key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "yedek"


def say(database: Database, text: str) -> str:
    """Give an answer in the world's interview."""
    interview = reading.interviews(database)[0].interview_id
    with database.act("Ayşe", "interviewer") as act:
        return act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/q1", text)


def lines(path: Path, key: DataKey) -> set[str]:
    database = engine.open_database(path, key)
    try:
        return set(reading.lines(database))
    finally:
        database.close()


def restored(study: tuple[Path, DataKey], made: Backup, at: datetime = NOW) -> recovery.Restored:
    return recovery.restore(*study, made.path, "Ayşe", "staff", at)


def test_that_a_backup_tells_what_is_in_it_and_names_nobody(study: tuple[Path, DataKey], folder: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    assert made.contents is not None
    assert made.contents.events == len(lines(*study))
    assert made.contents.interviews == 1
    assert backups.verify(made.path) == made.contents
    assert [path.name for path in folder.iterdir()] == [made.path.name]
    raw = made.path.read_bytes()
    assert b"SQLite format" not in raw
    assert "Ayşe".encode() not in zipfile.ZipFile(made.path).read("backup.json")


def test_that_a_backup_made_while_somebody_writes_is_a_committed_state(
    study: tuple[Path, DataKey], folder: Path, counted: Callable[[str], None]
):
    database = engine.open_database(*study)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(say(database, f"yanıt {len(written)}"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backups.make(*study, folder, Reason.INTERVIEW, NOW + timedelta(seconds=n)) for n in range(5)]
    finally:
        stop.set()
        writer.join()
        database.close()
    assert len(written) > 5
    counted(f"R9 backups while writing: 5 made and read back, {len(written)} answers meanwhile, each a committed state")
    whole = lines(*study)
    for place, one in enumerate(made):
        target = folder / f"geri{place}.kume"
        backups.extract(one.path, target)
        found = lines(target, study[1])
        assert found < whole
        assert one.contents is not None
        assert len(found) == one.contents.events


@pytest.mark.long
def test_that_a_hundred_backups_made_while_somebody_writes_come_back(
    study: tuple[Path, DataKey], folder: Path, counted: Callable[[str], None]
):
    database = engine.open_database(*study)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(say(database, f"yanıt {len(written)}"))
            stop.wait(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backups.make(*study, folder, Reason.INTERVIEW, NOW + timedelta(seconds=n)) for n in range(100)]
    finally:
        stop.set()
        writer.join()
        database.close()
    whole, stream_ids = lines(*study), set()
    for one in made:
        done = restored(study, one)
        assert one.contents is not None and done.from_backup == one.contents.events
        assert whole <= lines(*study)
        stream_ids.add(len(lines(*study)))
    assert len(stream_ids) == 100, "each restoring is told by an event of its own stream"
    counted(f"R9 backups while writing, long: 100 made, 100 brought back, {len(written)} answers, 0 lost")


def test_that_a_restored_study_holds_the_backup_and_what_came_after_it(study: tuple[Path, DataKey], folder: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    database = engine.open_database(*study)
    later = say(database, "sonra")
    database.close()
    before = lines(*study)
    done = restored(study, made)
    assert (done.salvaged, done.refused, done.gaps) == (1, 0, ())
    assert len(done.interviews) == 1
    assert done.aside is not None
    assert done.aside.exists()
    after = lines(*study)
    assert before < after
    assert any(later in line for line in after)


def test_that_a_restoring_that_is_killed_leaves_the_old_file_its_write_ahead_log(
    study: tuple[Path, DataKey], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, key = study
    made = backups.make(path, key, folder, Reason.ASKED, NOW)
    database = engine.open_database(path, key)
    later = say(database, "yalnız günlükte")
    kept = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    database.close()
    for end, content in kept.items():
        path.with_name(path.name + end).write_bytes(content)
    monkeypatch.setattr(recovery, "_is_open", lambda *_asked: False)
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if self == path:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            restored(study, made)
    recovery.finish_interrupted(path)
    assert any(later in line for line in lines(path, key))


def test_that_a_restored_study_never_reads_the_write_ahead_log_of_the_one_before(
    study: tuple[Path, DataKey], folder: Path
):
    path, key = study
    made = backups.make(path, key, folder, Reason.ASKED, NOW)
    before = lines(path, key)
    ready, log = path.with_name(f".{path.stem}.restored{path.suffix}"), path.with_name(f"{path.name}-wal")
    backups.extract(made.path, ready)
    database = engine.open_database(path, key)
    say(database, "sonra")
    left = log.read_bytes()
    database.close()
    path.unlink()
    log.write_bytes(left)
    recovery.finish_interrupted(path)
    assert not log.exists()
    assert lines(path, key) == before


def test_that_two_programs_back_up_at_once_and_neither_clears_the_work_of_the_other(
    study: tuple[Path, DataKey], folder: Path
):
    folder.mkdir()
    name = f"{study[0].stem}-{NOW:%Y%m%d-%H%M%S}-{Reason.ASKED}{backups.SUFFIX}"
    young, old = folder / f".{name}.1.copy", folder / f".eski{backups.SUFFIX}.1.making"
    for half in (young, old):
        half.write_bytes(b"yarim")
    os.utime(old, (NOW.timestamp() - 10**6, NOW.timestamp() - 10**6))
    backups.make(*study, folder, Reason.ASKED, NOW)
    assert young.read_bytes() == b"yarim"
    assert not old.exists()


def test_that_a_restored_study_goes_on_in_a_stream_of_its_own(study: tuple[Path, DataKey], folder: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    before = {json.loads(line)["stream"] for line in lines(*study)}
    restored(study, made)
    database = engine.open_database(*study)
    say(database, "yeni")
    database.close()
    assert len({json.loads(line)["stream"] for line in lines(*study)} - before) == 1


def test_that_a_copy_put_in_place_by_hand_goes_on_in_a_stream_of_its_own(study: tuple[Path, DataKey], tmp_path: Path):
    copy = tmp_path / "elle.kume"
    shutil.copy(study[0], copy)
    database = engine.open_database(*study)
    said = [say(database, "bir"), say(database, "iki")]
    database.close()
    newer = lines(*study)
    shutil.copy(copy, study[0])
    database = engine.open_database(*study)
    say(database, "üç")
    # What was written before the copy came back can still be taken in: no number stands for two events.
    database.import_events(sorted(newer, key=lambda line: json.loads(line)["seq"]))
    found = set(reading.lines(database))
    database.close()
    assert newer < found
    assert all(any(one in line for line in found) for one in said)


def test_that_an_erasure_outlives_the_restoring_of_a_backup_from_before(study: tuple[Path, DataKey], folder: Path):
    database = engine.open_database(*study)
    with database.act("Ayşe", "staff") as act:
        firm = {"code": "F9", "name": "Kanarya Kuyumculuk", "area": "A1", "tax_number": "12345678901"}
        unit = writing.add_unit(act, firm, natural_person=True)
    database.close()
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    database = engine.open_database(*study)
    with database.act("Ayşe", "staff") as act:
        act.erase(SubjectKind.UNIT, unit, "request")
    database.close()
    study[0].write_bytes(b"x" * 8192)
    restored(study, made)
    database = engine.open_database(*study)
    assert reading.unit_record(database, unit).erased
    assert "Kanarya" not in reading.unit_record(database, unit).name
    assert [one.subject_id for one in tombstones.of_database(database)] == [unit]
    database.close()


def test_that_an_erasure_outlives_a_file_put_in_place_by_hand(study: tuple[Path, DataKey], tmp_path: Path):
    database = engine.open_database(*study)
    interview = reading.interviews(database)[0].interview_id
    with database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/ad", "Kanarya", personal=True)
    database.close()
    shutil.copy(study[0], tmp_path / "önce.kume")
    database = engine.open_database(*study)
    with database.act("Ayşe", "staff") as act:
        act.erase(SubjectKind.INTERVIEW, interview, "request")
    database.close()
    shutil.copy(tmp_path / "önce.kume", study[0])
    database = engine.open_database(*study)
    heads = reading.heads(database, interview)
    database.close()
    assert [row.value for row in heads["/data/ad"]] == [None]


def test_that_a_list_of_erasures_that_cannot_be_read_keeps_the_study_closed(study: tuple[Path, DataKey]):
    tombstones.path_of(study[0]).write_text('{"subject": 1\n', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        engine.open_database(*study)
    assert refused.value.problems[0].code == "study.erased-unreadable"


def test_that_a_restoring_killed_before_its_last_step_is_finished_or_undone(study: tuple[Path, DataKey], folder: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    ready = study[0].with_name(f".{study[0].stem}.restored.kume")
    backups.extract(made.path, ready)
    keyfile.path_of(ready).unlink()
    study[0].rename(study[0].with_suffix(".aside"))
    recovery.finish_interrupted(study[0])
    assert lines(*study)
    shutil.copy(study[0], ready)
    recovery.finish_interrupted(study[0])
    assert not ready.exists()
    assert lines(*study)


def test_that_an_open_study_and_another_study_are_not_replaced(
    study: tuple[Path, DataKey], folder: Path, tmp_path: Path
):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    database = engine.open_database(*study)
    assert reading.interviews(database)
    with pytest.raises(Refused) as refused:
        restored(study, made)
    database.close()
    assert refused.value.problems[0].code == "study.in-use"
    other = tmp_path / "baska.kume"
    key = keyfile.create(other, PASSPHRASE, "Can", keyfile.CHEAP)
    engine.create_database(other, key).close()
    before = other.read_bytes()
    with pytest.raises(Refused) as refused:
        recovery.restore(other, key, made.path, "Can", "staff", NOW)
    assert refused.value.problems[0].code == "backup.other-study"
    assert other.read_bytes() == before


def test_that_a_lost_key_file_comes_back_with_the_backup(study: tuple[Path, DataKey], folder: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    keyfile.path_of(study[0]).unlink()
    restored(study, made)
    assert keyfile.unlock(study[0], PASSPHRASE) == study[1]


@pytest.mark.parametrize("change", ["byte", "cut", "list", "member", "empty", "text", "newer", "more"])
def test_that_a_damaged_or_foreign_archive_is_refused_and_nothing_is_touched(
    study: tuple[Path, DataKey], folder: Path, change: str
):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    _spoil(made.path, change)
    before = study[0].read_bytes()
    with pytest.raises(Refused) as refused:
        restored(study, made)
    assert refused.value.problems[0].code in {"backup.damaged", "backup.foreign", "backup.newer"}
    assert study[0].read_bytes() == before
    if change != "byte":
        assert backups.listed(folder)[0].problem is not None


def _spoil(path: Path, change: str) -> None:
    raw = bytearray(path.read_bytes())
    match change:
        case "byte":
            raw[len(raw) // 2] ^= 1
            path.write_bytes(raw)
        case "cut":
            path.write_bytes(raw[: len(raw) // 2])
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("merhaba", encoding="utf-8")
        case _:
            with zipfile.ZipFile(path) as old:
                held = {name: old.read(name) for name in old.namelist()}
            told = json.loads(held["backup.json"])
            told |= {"format": 99} if change == "newer" else {"tips": 3} if change == "list" else {}
            held["backup.json"] = json.dumps(told).encode()
            held |= {"more": b"x"} if change == "more" else {}
            if change == "member":
                del held["study.kume-key"]
            with zipfile.ZipFile(path, "w") as new:
                for name, content in held.items():
                    new.writestr(name, content)


def test_that_a_damaged_study_gives_no_backup(study: tuple[Path, DataKey], folder: Path):
    raw = bytearray(study[0].read_bytes())
    raw[20000] ^= 1
    study[0].write_bytes(raw)
    with pytest.raises(Refused) as refused:
        backups.make(*study, folder, Reason.ASKED, NOW)
    assert refused.value.problems[0].code == "backup.source-damaged"
    assert list(folder.iterdir()) == []


def test_that_a_copy_at_a_second_place_is_read_back(study: tuple[Path, DataKey], folder: Path, tmp_path: Path):
    made = backups.make(*study, folder, Reason.ASKED, NOW)
    copy = backups.copy_to(made, tmp_path / "usb")
    assert copy.contents == made.contents
    (tmp_path / "dosya").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        backups.copy_to(made, tmp_path / "dosya")
    assert refused.value.problems[0].code == "backup.folder"


def card(at: datetime, size: int = 1) -> Backup:
    contents = Contents(str(uuid4()), at, "asked", "1", 1, 1, 1, (), {})
    return Backup(Path(f"{at:%Y%m%d%H%M}"), size, contents)


def test_that_the_newest_ten_stay_and_the_newest_of_each_of_thirty_days():
    many = [card(NOW - timedelta(hours=6 * n)) for n in range(4 * 60)]
    gone = backups.superfluous(many, NOW.astimezone().date())
    kept = [one for one in many if one not in gone]
    assert kept[:10] == many[:10]
    days = {one.contents.made_at.astimezone().date() for one in kept if one.contents}
    assert days == {NOW.astimezone().date() - timedelta(days=n) for n in range(31)}
    assert len(kept) == 10 + len(days) - len({o.contents.made_at.astimezone().date() for o in many[:10] if o.contents})


def test_that_a_budget_thins_out_the_oldest_but_never_the_last_three():
    many = [card(NOW - timedelta(days=n), size=100) for n in range(20)]
    assert [one for one in many if one not in backups.superfluous(many, NOW.date(), 650)] == many[:6]
    assert [one for one in many if one not in backups.superfluous(many, NOW.date(), 50)] == many[:3]


def test_that_thinning_out_never_touches_what_it_cannot_read(study: tuple[Path, DataKey], folder: Path):
    backups.make(*study, folder, Reason.ASKED, NOW)
    strange = folder / f"x{backups.SUFFIX}"
    strange.write_text("x", encoding="utf-8")
    assert backups.thin_out(folder, date(2030, 1, 1), budget=0) == ()
    assert strange.exists()
