"""An import killed at a random moment: all of the package is there or nothing, and once more makes it whole (R19)."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kume_desktop.store import connecting, engine, keyfile, reading
from kume_desktop.store.rebuild import verify
from tests.store.laptops import Laptop, Said, projection

pytestmark = [pytest.mark.change, pytest.mark.skipif(os.name == "nt", reason="POSIX signals")]

TAKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from kume_desktop.store import engine, keyfile
    database = engine.open_database(Path(sys.argv[1]), keyfile.DataKey.from_json(sys.stdin.readline()))
    lines = Path(sys.argv[2]).read_text("utf-8").splitlines()
    print("begin", flush=True)
    database.import_events(lines)
    print("done", flush=True)
    database.close()
    """
)
KEY = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)
PARTS = 20


def test_that_an_import_killed_at_random_is_all_or_nothing(tmp_path: Path, counted: Callable[[str], None]):
    counted(f"R19 killed imports: {_killed(tmp_path, 20, seed=5)}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_that_five_hundred_killed_imports_are_all_or_nothing(tmp_path: Path, part: int, counted: Callable[[str], None]):
    counted(f"R19 killed imports, long {part + 1} of {PARTS}: {_killed(tmp_path, 25, seed=50 + part)}")


def _killed(folder: Path, kills: int, seed: int) -> str:
    chance, path, whole = random.Random(seed), folder / "a.kume", folder / "b.kume"
    for each in (path, whole):
        engine.create_database(each, KEY).close()
    nothing = before = 0
    for number in range(kills):
        lines = _package(chance)
        file = folder / f"{number}.lines"
        file.write_text("\n".join(lines), "utf-8")
        _take_until_killed(path, file, chance.random() * 0.25)
        database = engine.open_database(path, KEY)
        found = len(reading.lines(database)) - before
        assert found in {0, len(lines)}
        nothing += found == 0
        assert database.import_events(lines).added == len(lines) - found
        before += len(lines)
        database.close()
        other = engine.open_database(whole, KEY)
        other.import_events(lines)
        other.close()
    return f"{kills} kills, {nothing} undone, {kills - nothing} whole, {_check(path, whole)} entries"


def _check(path: Path, whole: Path) -> int:
    """After all kills the study is that in which nothing was killed."""
    database, other = engine.open_database(path, KEY), engine.open_database(whole, KEY)
    assert projection(database) == projection(other)
    assert verify(database) == ()
    held = reading.counts(database).events
    database.close()
    other.close()
    connection = connecting.connect_file(path, KEY)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return held


def _package(chance: random.Random) -> list[str]:
    laptop = Laptop(timedelta(days=chance.randint(-300, 300)))
    for _ in range(8):
        interview = uuid4()
        opened = {"unit": str(uuid4()), "wave": str(uuid4())}
        laptop.say(Said("interview_opened", "interview", interview, "", opened))
        for question in range(80):
            laptop.say(Said("answer", "interview", interview, f"/data/q{question}", "1"), blind=True)
    return [event.line for event in laptop.seen.values()]


def _take_until_killed(path: Path, file: Path, seconds: float) -> None:
    """Let a process import and kill it so many seconds after it began, or when it is done."""
    with subprocess.Popen(
        [sys.executable, "-c", TAKER, str(path), str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as taker:
        assert taker.stdin is not None
        assert taker.stdout is not None
        taker.stdin.write(KEY.to_json().encode() + b"\n")
        taker.stdin.flush()
        assert taker.stdout.readline() == b"begin\n"
        select.select([taker.stdout], [], [], seconds)
        taker.send_signal(signal.SIGKILL)
