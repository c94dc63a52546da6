"""Study files: how they are opened, and every way in which one can be wrong, each told by its own name."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, Row, text

from kume_desktop.problems import Refused
from kume_desktop.store import connecting, drives, engine, keyfile, reading, tables, writing
from kume_desktop.store.dialect import APPLICATION_ID
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id

INTERVIEW = new_id()


@pytest.fixture
def study(tmp_path: Path) -> tuple[Path, keyfile.DataKey]:
    """A closed study with some answers, and its key."""
    path = tmp_path / "çalışma.kume"
    key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
    database = engine.create_database(path, key)
    with database.act("Ayşe", "staff") as act:
        writing.create_study(act, key.study_id, "Kümeler", "İZKA")
        for number in range(200):
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, f"/data/q{number}", "3")
    database.close()
    return path, key


def refusal(path: Path, key: keyfile.DataKey) -> str:
    with pytest.raises(Refused) as refused:
        engine.open_database(path, key).close()
    return refused.value.problems[0].code


def answers(path: Path, key: keyfile.DataKey) -> int:
    database = engine.open_database(path, key)
    try:
        return len(reading.answers(database, INTERVIEW))
    finally:
        database.close()


def test_that_a_closed_study_is_one_file_and_its_key(study):
    path, key = study
    assert sorted(each.name for each in path.parent.iterdir()) == ["çalışma.kume", "çalışma.kume-key"]
    assert answers(path, key) == 200


def test_that_every_connection_has_the_settings_that_the_promises_rest_on(study):
    connection = connecting.connect_file(*study)
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1, "foreign_keys": 1,
        "trusted_schema": 0, "cell_size_check": 1, "secure_delete": 1, "application_id": APPLICATION_ID,
        "user_version": tables.SCHEMA_NUMBER,
    }  # fmt: skip
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    ours = (
        "SELECT strict FROM pragma_table_list WHERE type = 'table' AND name NOT IN ('alembic_version', 'sqlite_schema')"
    )
    strict = {row[0] for row in connection.execute(f"{ours} AND schema = 'main'")}
    connection.close()
    assert found == wanted
    assert strict == {1}


def test_that_nothing_stands_in_clear_in_the_file_or_its_wal(tmp_path: Path):
    path = tmp_path / "a.kume"
    database = engine.create_database(path, keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP))
    with database.act("Ayşe", "staff") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, "/data/q", "KANARYA" * 50)
    content = b"".join(
        each.read_bytes() for each in tmp_path.iterdir() if each.is_file() and "reserve" not in each.name
    )
    database.close()
    assert b"KANARYA" not in content
    assert b"CREATE TABLE" not in content


def test_that_bit_flips_are_named_damage_and_change_nothing(study):
    path, key = study
    whole, chance = path.read_bytes(), random.Random(11)
    for _ in range(40):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        if broken[:16] != whole[:16]:  # the salt is given with the key, so its place in the file does not matter
            assert answers(path, key) == 200
        else:
            assert refusal(path, key) == "study.damaged"
            assert path.read_bytes() == bytes(broken)
    path.write_bytes(whole)
    assert answers(path, key) == 200


@pytest.mark.parametrize("part", [0.999, 0.6, 0.3])
def test_that_a_truncated_study_is_named_damaged(study, part: float):
    path, key = study
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert refusal(path, key) == "study.damaged"


def test_that_a_garbled_first_page_is_named_damage_not_a_wrong_key(study):
    path, key = study
    whole = path.read_bytes()
    path.write_bytes(os.urandom(4096) + whole[4096:])
    assert refusal(path, key) == "study.damaged"


FOREIGN = {
    "empty": b"",
    "text": "Bu bir çalışma değil.\n".encode() * 400,
    "zip": b"PK\x03\x04" + b"x" * 9000,
    "pdf": b"%PDF-1.7" + os.urandom(8184),
    "noise of an odd size": os.urandom(10_001),
    "zeros": b"\0" * 8192,
}


@pytest.mark.parametrize("what", FOREIGN)
def test_that_a_foreign_file_is_said_to_be_no_study(study, what: str):
    path, key = study
    path.write_bytes(FOREIGN[what])
    assert refusal(path, key) == "study.not-a-study"
    assert path.read_bytes() == FOREIGN[what]


def test_that_a_plain_sqlite_file_is_said_to_be_no_study(study):
    path, key = study
    path.unlink()
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE study (id)")
    plain.close()
    assert refusal(path, key) == "study.not-a-study"


def test_that_an_encrypted_database_of_another_program_is_said_to_be_no_study(tmp_path: Path):
    path = tmp_path / "a.kume"
    key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
    connection = connecting.connect_file(path, key)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert refusal(path, key) == "study.not-a-study"


def test_that_the_key_of_another_study_is_told_apart_from_damage(study, tmp_path: Path):
    path, _ = study
    other = keyfile.create(tmp_path / "b.kume", "demo", "Ayşe", keyfile.CHEAP)
    assert refusal(path, other) == "study.key-mismatch"


def test_that_a_right_key_with_a_wrong_salt_is_a_mismatch(study):
    path, key = study
    wrong = keyfile.DataKey(key.study_id, key.key, bytes(16))
    assert refusal(path, wrong) == "study.key-mismatch"


@pytest.mark.parametrize("first", [b"{", b"<"])
def test_that_a_wrong_key_is_told_whatever_sign_a_study_begins_with(tmp_path, first):
    given = keyfile.DataKey(new_id(), os.urandom(32), first + bytes(range(15)))
    path = tmp_path / "çalışma.kume"
    engine.create_database(path, given).close()
    assert path.read_bytes().startswith(first)
    assert refusal(path, keyfile.DataKey(given.study_id, given.key, bytes(16))) == "study.key-mismatch"


def test_that_a_newer_study_is_refused_untouched(study):
    path, key = study
    connection = connecting.connect_file(path, key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    assert refusal(path, key) == "study.newer"
    assert path.read_bytes() == before


def test_that_an_existing_file_is_never_overwritten(study):
    path, key = study
    with pytest.raises(Refused) as refused:
        engine.create_database(path, key)
    assert refused.value.problems[0].code == "study.exists"
    assert answers(path, key) == 200


def test_that_a_study_that_is_not_there_is_said_to_be_missing(study, tmp_path: Path):
    assert refusal(tmp_path / "yok.kume", study[1]) == "study.not-found"
    with pytest.raises(Refused) as refused:
        engine.create_database(tmp_path / "yok" / "a.kume", study[1])
    assert refused.value.problems[0].code == "study.folder-missing"


def test_that_an_old_library_is_refused(study, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "OLDEST_SQLITE", (99, 0, 0))
    assert refusal(*study) == "study.sqlite-too-old"


def test_that_what_another_connection_is_writing_refuses_at_once_on_the_answer_path(study):
    path, key = study
    database = engine.open_database(path, key)
    other = connecting.connect_file(path, key)
    other.execute("BEGIN IMMEDIATE")

    def answer() -> None:
        with database.act("Ayşe", "interviewer", wait=False) as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, "/data/q0", "5")

    with pytest.raises(Refused) as refused:
        answer()
    assert refused.value.problems[0].code == "study.busy"
    other.execute("ROLLBACK")
    other.close()
    answer()
    assert reading.answers(database, INTERVIEW)["/data/q0"] == "5"
    database.close()


def test_that_network_and_removable_drives_are_told_from_the_mounts(tmp_path: Path):
    blocks, folder = tmp_path / "block", tmp_path / "a b"
    folder.mkdir()
    for name, flag in (("sdz", "1"), ("sda", "0")):
        (blocks / name / f"{name}1").mkdir(parents=True)
        (blocks / name / "removable").write_text(flag + "\n")
        (blocks / f"{name}1").symlink_to(blocks / name / f"{name}1")
    where = str(folder).replace(" ", "\\040")

    def told(device: str, kind: str) -> str:
        return drives.linux_refusal(
            folder, f"/dev/sda1 / ext4 rw 0 0\nbroken\n{device} {where} {kind} rw 0 0\n", blocks
        )

    assert told("server:/x", "nfs4") == "study.network-drive"
    assert told("//server/x", "cifs") == "study.network-drive"
    assert told("/dev/sdz1", "vfat") == "study.removable-drive"
    assert told("/dev/sda1", "ext4") == ""
    assert told("overlay", "overlay") == ""
    assert drives.linux_refusal(folder, "/dev/sda1 / ext4 rw 0 0\n", blocks) == ""


def test_that_low_space_is_a_warning_and_enough_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1)
    assert drives.space_warning(tmp_path) is None
    monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1 << 62)
    found = drives.space_warning(tmp_path)
    assert found is not None
    assert (found.code, found.is_error) == ("study.space-low", False)


def test_that_the_reserve_is_kept_while_a_study_is_open(study):
    path, key = study
    database = engine.open_database(path, key)
    assert drives.reserve_of(path).stat().st_size == drives.RESERVE_BYTES
    database.close()
    assert not drives.reserve_of(path).exists()


def _run(script: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.change
@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_that_a_full_disk_refuses_keeps_what_was_acknowledged_and_goes_on_after_room_is_made(study):
    path, key = study
    said = _run(
        """
        import resource, sys
        from pathlib import Path
        from kume_desktop.problems import Refused
        from kume_desktop.store import engine, keyfile, reading
        from kume_desktop.store.events import EventKind, SubjectKind
        path, key = Path(sys.argv[1]), keyfile.DataKey.from_json(sys.argv[2])
        database = engine.open_database(path, key)
        wal = path.with_name(path.name + "-wal")
        room = max(path.stat().st_size, wal.stat().st_size) + 40_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        saved = 0
        try:
            for number in range(5000):
                with database.act("A", "interviewer", wait=False) as act:
                    act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, sys.argv[3], f"/data/n{number}", "x" * 200)
                saved += 1
        except Refused as refused:
            print(refused.problems[0].code)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        with database.act("A", "interviewer") as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, sys.argv[3], "/data/after", "x")
        print(saved, len([p for p in reading.answers(database, sys.argv[3]) if p.startswith("/data/n")]))
        database.close()
        """,
        path, key.to_json(), INTERVIEW,
    ).split()  # fmt: skip
    assert said[0] in {"study.disk-full", "study.disk-error"}
    assert said[1] == said[2]
    assert 0 < int(said[1]) < 5000
    assert answers(path, key) == 200 + int(said[1]) + 1


@pytest.mark.change
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="needs root")
def test_that_a_full_volume_frees_the_reserve_and_the_next_answer_is_saved(tmp_path: Path):
    volume = tmp_path / "volume"
    volume.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(volume)], check=False)
    if mounted.returncode:
        pytest.skip("no mounts here")
    try:
        path = volume / "a.kume"
        key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
        database = engine.create_database(path, key)
        saved, codes = 0, []
        for number in range(20_000):
            try:
                with database.act("A", "interviewer") as act:
                    act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, f"/data/{number}", "x" * 30_000)
                saved += 1
            except Refused as refused:
                codes.append(refused.problems[0].code)
                break
        assert codes == ["study.disk-full"]
        assert not drives.reserve_of(path).exists()
        with database.act("A", "interviewer") as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, "/data/after", "x")
        assert len(reading.answers(database, INTERVIEW)) == saved + 1
        database.close()
    finally:
        subprocess.run(["umount", "-l", str(volume)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_that_a_read_only_folder_is_named(study):
    path, key = study
    path.parent.chmod(0o555)
    try:
        assert refusal(path, key) == "study.read-only"
    finally:
        path.parent.chmod(0o755)


@pytest.mark.change
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become nobody")
def test_that_somebody_who_may_not_write_is_told_so_and_the_study_stays(study, tmp_path_factory):
    path, key = study
    for folder in path.parents[: len(path.parents) - 1]:
        if "pytest" in str(folder) or folder.is_relative_to(tmp_path_factory.getbasetemp()):
            folder.chmod(0o755)
    path.chmod(0o644)
    before = path.read_bytes()
    said = _run(
        """
        import os, sys
        from pathlib import Path
        from kume_desktop.problems import Refused
        from kume_desktop.store import engine, keyfile
        key = keyfile.DataKey.from_json(sys.argv[2])
        os.seteuid(65534)
        for act in (engine.open_database, lambda p, k: engine.create_database(p.with_name("b.kume"), k)):
            try:
                act(Path(sys.argv[1]), key)
            except Refused as refused:
                print(refused.problems[0].code)
        """,
        path, key.to_json(),
    )  # fmt: skip
    assert said.split() == ["study.read-only", "study.read-only"]
    assert path.read_bytes() == before


class Asked:
    """A source that only notes what it was asked."""

    def rows(self, statement: Executable) -> list[Row[Any]]:
        self.statement = statement
        return []


def test_that_the_list_of_conflicts_is_served_by_its_index(study):
    database, asked = engine.open_database(*study), Asked()
    reading.conflicts(asked)
    said = asked.statement.compile(database.engine, compile_kwargs={"literal_binds": True})
    plan = database.rows(text(f"EXPLAIN QUERY PLAN {said}"))
    database.close()
    assert any("ix_head_contested" in str(tuple(row)) for row in plan)


def test_that_the_reserve_stays_while_another_process_has_the_study_open(study):
    path, key = study
    first, second = engine.open_database(path, key), engine.open_database(path, key)
    second.close()
    assert drives.reserve_of(path).exists()
    first.close()
    assert not drives.reserve_of(path).exists()
