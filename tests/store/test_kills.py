"""Killed at random moments: what was acknowledged after its commit is there."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop.store import connecting, engine, keyfile, reading
from kume_desktop.store.identity import new_id
from kume_desktop.store.rebuild import verify

pytestmark = [pytest.mark.change, pytest.mark.skipif(os.name == "nt", reason="POSIX signals")]

WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from kume_desktop.store import engine, keyfile
    from kume_desktop.store.events import EventKind, SubjectKind
    from kume_desktop.store.records import StateRow
    database = engine.open_database(Path(sys.argv[1]), keyfile.DataKey.from_json(sys.stdin.readline()))
    start = int(sys.argv[3])
    for number in range(start, start + 100_000):
        with database.act("A", "interviewer", wait=False) as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, sys.argv[2], f"/data/q{number}", str(number))
            act.save_state(sys.argv[2], [StateRow(f"/data/q{number}")])
            act.save_position(sys.argv[2], f"/data/q{number}")
        print(number, flush=True)
    """
)


def test_that_no_acknowledged_answer_is_lost_in_twenty_kills(tmp_path: Path, counted: Callable[[str], None]):
    total = _killed(tmp_path, 20, seed=3)
    counted(f"R1 kill of the writer: 20 kills, {total} acknowledged answers, 0 lost, integrity ok")


@pytest.mark.long
def test_that_no_acknowledged_answer_is_lost_in_a_thousand_kills(tmp_path: Path, counted: Callable[[str], None]):
    total = 0
    for part in range(25):
        folder = tmp_path / str(part)
        folder.mkdir()
        total += _killed(folder, 40, seed=100 + part)
    counted(f"R1 kill of the writer, long: 1000 kills, {total} acknowledged answers, 0 lost, integrity ok")


def _killed(folder: Path, kills: int, seed: int) -> int:
    """Kill a process again and again while it acknowledges; how many answers were acknowledged, none of them lost."""
    path, interview, chance = folder / "a.kume", new_id(), random.Random(seed)
    key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
    engine.create_database(path, key).close()
    acknowledged = 0
    for _ in range(kills):
        acknowledged = _write_until_killed(path, key, interview, acknowledged, chance.randint(1, 60))
        database = engine.open_database(path, key)
        found = reading.answers(database, interview)
        position = reading.counts(database).events
        database.close()
        missing = [number for number in range(acknowledged) if found.get(f"/data/q{number}") != str(number)]
        assert missing == []
        assert position >= acknowledged
        acknowledged = len(found)
    database = engine.open_database(path, key)
    assert verify(database) == ()
    database.close()
    connection = connecting.connect_file(path, key)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    connection.close()
    return acknowledged


def _write_until_killed(path: Path, key: keyfile.DataKey, interview: str, start: int, more: int) -> int:
    """Let a process write from `start` on and kill it after `more` acknowledgements; the number acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), interview, str(start)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(key.to_json().encode() + b"\n")
        writer.stdin.flush()
        said = b""
        while said.count(b"\n") < more:
            select.select([writer.stdout], [], [], 60)
            part = os.read(writer.stdout.fileno(), 4096)
            assert part, "the writer ended by itself"
            said += part
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read()
    return start + said.count(b"\n")


def test_that_a_study_killed_while_it_is_made_leaves_nothing_that_looks_like_one(tmp_path: Path):
    path = tmp_path / "a.kume"
    key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from kume_desktop.store import engine, keyfile, upgrade
        upgrade._check = lambda *_: os.kill(os.getpid(), 9)
        engine.create_database(Path(sys.argv[1]), keyfile.DataKey.from_json(sys.argv[2]))
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(path), key.to_json()], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()
    engine.create_database(path, key).close()
    engine.open_database(path, key).close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.kume", "a.kume-key"]
