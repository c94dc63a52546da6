"""A disk that is full or fails at one call: nothing is said to be stored that is not, and work goes on afterwards."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop.store import engine, keyfile, reading
from kume_desktop.store.rebuild import verify
from tests.reliability import power
from tests.reliability.test_power_loss import _NUMBER
from tests.store.worlds import World

pytestmark = [
    pytest.mark.change,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="preloads a library as Linux does it"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler"),
]
ANSWERS = 40
ERRORS = {"full": errno.ENOSPC, "failing": errno.EIO}
NUMBERS = {"full": "R5 disk full", "failing": "R6 input/output error"}


class Bench:
    """A study to be answered in a process whose n-th call to the disk fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "sound" / "kumeler.kume"
        self._path.parent.mkdir()
        self.key = keyfile.create(self._path, "gizli-kelime", "Ayşe", keyfile.CHEAP)
        database = engine.create_database(self._path, self.key)
        World(database)
        database.close()
        self._recorder = power.compile_recorder(folder)
        self.calls = self._count()

    def answered(self, place: Path, fail_at: int, error: int) -> tuple[Path, int, bool]:
        """Answer; the study, how many answers were acknowledged, and whether the process lived to its end."""
        place.mkdir()
        for file in self._path.parent.iterdir():
            shutil.copy(file, place / file.name)
        path = place / self._path.name
        environment = power.preloaded(self._recorder, place, place.with_suffix(".record"))
        environment |= {"FAIL_AT": str(fail_at), "FAIL_WITH": str(error)}
        command = [sys.executable, "-m", "tests.reliability.writing", str(path), "0", str(ANSWERS), "failing"]
        done = subprocess.run(
            command, input=self.key.to_json() + "\n", text=True, env=environment, check=False, capture_output=True
        )
        acks = path.with_name(power.ACKS)
        return path, len(acks.read_text().split()) if acks.exists() else 0, done.returncode == 0

    def _count(self) -> int:
        """How many calls to the disk answering takes."""
        place = self._folder / "counted"
        self.answered(place, 0, 0)
        return sum(one.kind in "WTF" for one in power.read(place.with_suffix(".record")))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


def check(bench: Bench, path: Path, acknowledged: int) -> None:
    """Every acknowledged answer is there, the log is sound, and the study can be written."""
    database = engine.open_database(path, bench.key)
    found = {int(match.group(1)) for line in reading.lines(database) if (match := _NUMBER.search(line))}
    assert set(range(acknowledged)) <= found
    assert verify(database) == ()
    database.close()


@pytest.mark.parametrize("what", ERRORS)
def test_that_a_disk_that_refuses_one_call_loses_nothing_that_was_acknowledged(
    bench: Bench, tmp_path: Path, what: str, counted: Callable[[str], None]
):
    points, survived = range(3, bench.calls, max(1, bench.calls // 20)), 0
    for point in points:
        path, acknowledged, lived = bench.answered(tmp_path / f"{what}{point}", point, ERRORS[what])
        check(bench, path, acknowledged)
        survived += lived and acknowledged == ANSWERS
    counted(f"{NUMBERS[what]}: {len(points)} of {bench.calls} calls refused, 0 lost, {survived} went on to the end")
    assert survived >= len(points) // 2


@pytest.mark.long
@pytest.mark.parametrize("what", ERRORS)
def test_that_no_call_to_the_disk_may_fail_with_a_loss(
    bench: Bench, tmp_path: Path, what: str, counted: Callable[[str], None]
):
    for point in range(1, bench.calls + 1):
        path, acknowledged, _lived = bench.answered(tmp_path / f"{what}{point}", point, ERRORS[what])
        check(bench, path, acknowledged)
        shutil.rmtree(path.parent)
        path.parent.with_suffix(".record").unlink(missing_ok=True)
    counted(f"{NUMBERS[what]}, long: each of {bench.calls} calls refused in turn, 0 lost, log sound")
