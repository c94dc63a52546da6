"""R20: two processes take packages into one study at the same time; none is lost, and neither waits for ever."""

from __future__ import annotations

import json
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, visits
from kume_desktop.services.packages import making
from kume_desktop.services.studies import Study
from kume_desktop.store import connecting, reading, rebuild
from tests.merging.conftest import pair_template  # noqa: F401 - a fixture
from tests.merging.offices import Office, bad_lines, send, take
from tests.services.interviewed import interview

pytestmark = [pytest.mark.change, pytest.mark.skipif(sys.platform == "win32", reason="waits for pipes with select")]
PATIENCE = 30.0
"""A busy database is waited for five seconds; whoever needs longer than this hangs."""
RUNS, PARTS, RUNS_OF_PART, VISITS = 3, 10, 10, 40


@dataclass(frozen=True)
class Sent:
    """An agency before it took two packages of a laptop, the packages, and every line of its log with both."""

    office: Office
    files: tuple[Path, Path]
    lines: frozenset[str]


def lines_of(study: Study) -> frozenset[str]:
    """The log, but for what a computer notes of its own opening and taking."""
    return frozenset(line for line in reading.lines(study.database) if json.loads(line)["kind"] != "note")


@pytest.fixture(scope="module")
def sent(pair_template: tuple[Office, Office], tmp_path_factory: pytest.TempPathFactory) -> Sent:  # noqa: F811
    folder = tmp_path_factory.mktemp("sent")
    office, field = (copied(one, folder / one.folder.name) for one in pair_template)
    with field.open() as study:
        (unit,) = reading.units(study.database)
        interview(study, unit.unit_id)
        first = send(study, making.interviews(study), folder)
        for number in range(VISITS):
            visits.record(study, unit.unit_id, "10", f"{number}. deneme")
        second = send(study, making.interviews(study), folder)
    whole = copied(office, folder / "whole")
    with whole.open() as study:
        for file in (second, first):
            take(study, file)
        assert len(fieldwork.firms(study)) == 2
        return Sent(office, (first, second), lines_of(study))


def copied(office: Office, folder: Path) -> Office:
    shutil.copytree(office.folder, folder)
    made = Office(folder)
    made.device_id = office.device_id
    return made


class Importer:
    """A process that takes packages in."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.reliability.importing"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """The next line; whoever says nothing for so long hangs."""
        assert self.process.stdout is not None
        heard, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert heard, "neither done nor refused"
        return self.process.stdout.readline().strip()


@contextmanager
def importers() -> Iterator[tuple[Importer, Importer]]:
    both = Importer(), Importer()
    try:
        yield both
    finally:
        for one in both:
            one.process.kill()
            one.process.communicate()


def run(both: tuple[Importer, Importer], sent: Sent, folder: Path, *, is_crossed: bool) -> int:
    """Let both take both packages; how many takings were refused because the other one was writing."""
    office = copied(sent.office, folder)
    asked = {"study": str(office.file), "profile": str(office.folder / "profile")}
    orders = (sent.files, sent.files[::-1] if is_crossed else sent.files)
    for one, files in zip(both, orders, strict=True):
        one.say(json.dumps(asked | {"files": [str(file) for file in files]}))
        assert one.hear() == "ready"
    for one in both:
        one.say("go")
    told: list[int | str] = [each for one in both for each in json.loads(one.hear())]
    assert {each for each in told if isinstance(each, str)} <= {"study.busy"}
    with office.open() as study:
        before = lines_of(study)
        again = [take(study, file).new for file in sent.files]
        assert lines_of(study) == sent.lines
        assert sum(again) == len(sent.lines - before)
        if "study.busy" not in told:
            assert (sum(again), before) == (0, sent.lines)
        assert rebuild.verify(study.database) == bad_lines(study) == ()
        assert reading.conflicts(study.database) == ()
        key = study.key
    connection = connecting.connect_file(office.file, key)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    shutil.rmtree(folder)
    return told.count("study.busy")


def run_often(sent: Sent, folder: Path, runs: int) -> str:
    with importers() as both:
        refused = sum(run(both, sent, folder / "office", is_crossed=bool(number % 2)) for number in range(runs))
    return f"{runs} runs of 2 x 2 packages, {refused} refused as busy, 0 lost, 0 hangs"


def test_that_two_processes_take_the_same_packages_at_once_and_none_is_lost(
    sent: Sent, tmp_path: Path, counted: Callable[[str], None]
):
    counted(f"R20 two importers: {run_often(sent, tmp_path, RUNS)}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_that_two_processes_take_packages_at_once_a_hundred_times(
    sent: Sent, tmp_path: Path, part: int, counted: Callable[[str], None]
):
    counted(f"R20 two importers, long {part + 1} of {PARTS}: {run_often(sent, tmp_path, RUNS_OF_PART)}")
