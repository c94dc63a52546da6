"""R29: whatever fails in the program is told, loses nothing that was saved, and leaves a report that names nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kume_desktop import logs
from kume_desktop.services import crash_reports, fieldwork, interviewing, studies
from kume_desktop.services.crash_reports import Where
from kume_desktop.store import rebuild
from tests.studies import PASSPHRASE, copied

CANARY = "Kanarya Yılmaz 5551234567"
FORM = "is_ihtiyac"
PROGRAM = Path(__file__).with_name("failing.py")
PLACES = ("slot", "timer", "override", "nested", "qt-thread", "thread", "worker", "companion")
KINDS = ("value", "key", "memory", "recursion", "caused")
CRASHES = ("slot", "timer", "qt-thread", "thread", "worker", "companion")


def fails(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise KeyError(text) from error


@pytest.fixture
def failure() -> KeyError:
    with pytest.raises(KeyError) as caught:
        fails(CANARY)
    return caught.value


@pytest.fixture
def no_log_of_others() -> Iterator[None]:
    logs.end()
    yield
    logs.end()


def names_nobody(text: str) -> bool:
    told = (CANARY, "Kanarya", "5551234567", str(Path.home()), str(Path(__file__).parents[2]), "/tmp", "Users")
    return not any(one in text for one in told if len(one) > 1)


def test_that_a_report_names_the_failure_and_its_places_and_nobody(failure: KeyError):
    path = crash_reports.note(failure, Where.WINDOW)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "builtins.KeyError" in text and "caused by builtins.ValueError" in text
    assert "tests/reliability/test_failures.py" in text and "in fails" in text
    assert names_nobody(text)


def test_that_the_same_failure_is_kept_once_and_reports_do_not_grow_without_end(failure: KeyError):
    first = crash_reports.note(failure, Where.WINDOW)
    assert crash_reports.note(failure, Where.WINDOW) == first
    assert len(crash_reports.waiting()) == 1
    for number in range(crash_reports.KEPT + 5):
        kind = type(f"Failure{number}", (Exception,), {})
        assert crash_reports.note(kind(CANARY), Where.WORKER) is not None
    assert len(crash_reports.waiting()) == crash_reports.KEPT


def test_that_a_report_is_saved_as_it_was_shown_and_deleted(failure: KeyError, tmp_path: Path):
    crash_reports.note(failure, Where.THREAD)
    (report,) = crash_reports.waiting()
    crash_reports.save(report, tmp_path / "rapor.txt")
    assert (tmp_path / "rapor.txt").read_text(encoding="utf-8") == report.text
    with pytest.raises(studies.Refused) as refused:
        crash_reports.save(report, tmp_path / "yok" / "rapor.txt")
    assert refused.value.problems[0].code == "crash.not-saved"
    crash_reports.delete(report)
    assert crash_reports.waiting() == ()


def test_that_a_disk_that_refuses_the_report_is_no_second_failure(failure: KeyError, own_profile: Path):
    (own_profile / "crashes").write_text("a file where the folder should be")
    assert crash_reports.note(failure, Where.WINDOW) is None


def test_that_only_lines_of_known_shape_leave_a_crash_log(no_log_of_others: None):
    home = Path.home() / CANARY
    told = (
        f"Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f [{CANARY}] (most recent call first):\n"
        f'  File "{home}/kod.py", line 3 in sor\n  File "{logs.__file__}", line 12 in begin\n{CANARY}\n'
        f'  File "{logs.__file__}", line 12 in {CANARY}\nThread 0x1 (most recent call first):\n'
    )
    (logs.folder() / "crash.log").write_text(told, encoding="utf-8")
    (report,) = crash_reports.waiting()
    assert names_nobody(report.text) and "kod.py" not in report.text
    assert "Fatal Python error: Segmentation fault" in report.text
    assert "kume_desktop/logs.py:12 in begin" in report.text
    assert "  ?:3 in sor" in report.text
    assert (logs.folder() / "crash.log").read_bytes() == b""
    assert crash_reports.waiting() == (report,)


def test_that_a_refusal_of_windows_that_qt_survives_is_no_report(no_log_of_others: None):
    stack = 'Thread 0x1 (most recent call first):\n  File "a", line 1 in b\n'
    told = f"Windows fatal exception: code 0x8001010d\n\n{stack}"
    (logs.folder() / "crash.log").write_text(told, encoding="utf-8")
    assert crash_reports.waiting() == ()


@pytest.fixture
def begun(empty_template: Path, tmp_path: Path) -> tuple[Path, str]:
    """A study whose first firm has an interview that was begun, and the firm's id."""
    path = copied(empty_template, tmp_path)
    with studies.open_study(path, PASSPHRASE) as study:
        return path, fieldwork.firms(study)[0].unit_id


def injected(begun: tuple[Path, str], place: str, *kinds: str) -> tuple[int, dict]:
    """Let the program fail at a place while an interview is open; its exit code, and what it told before its end."""
    command = [sys.executable, str(PROGRAM), str(begun[0]), begun[1], place, ",".join(kinds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env={**os.environ})
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr[-2000:]
    assert CANARY not in done.stderr
    return done.returncode, lines[-1]


def check(begun: tuple[Path, str], told: dict, failures: int) -> None:
    """The answers are there, the log is sound, and every byte of logs and reports names nobody."""
    with studies.open_study(begun[0], PASSPHRASE) as study:
        session = interviewing.open_interview(study, begun[1], FORM)
        for path, value in told["saved"].items():
            assert session.interview.value(path) == value
        assert rebuild.verify(study.database) == ()
    reports = crash_reports.waiting()
    assert len(reports) == failures
    assert all(names_nobody(one.text) for one in reports)
    log = (logs.folder() / "kume.log").read_text(encoding="utf-8")
    assert CANARY not in log


@pytest.mark.change
@pytest.mark.parametrize("place", PLACES)
def test_that_an_exception_anywhere_is_told_and_costs_nothing(
    begun: tuple[Path, str], place: str, counted: Callable[[str], None]
):
    code, told = injected(begun, place, *KINDS)
    assert code == 0 and told["alive"]
    assert len(told["said"]) == len(KINDS) and all(told["said"])
    check(begun, told, len(KINDS))
    counted(f"R29 exceptions in {place}: {len(KINDS)} injected, all told, 0 answers lost, 0 names in reports")


@pytest.mark.change
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("kind", ["segfault", pytest.param("abort", marks=pytest.mark.long)])
@pytest.mark.parametrize("place", CRASHES)
def test_that_a_crash_anywhere_leaves_a_report_and_costs_nothing(
    begun: tuple[Path, str], place: str, kind: str, counted: Callable[[str], None]
):
    code, told = injected(begun, place, kind)
    if place in {"worker", "companion"}:
        assert code == 0 and told["alive"] and told["said"], "the window outlives its processes"
    else:
        assert code < 0
    check(begun, told, 1)
    counted(f"R29 crash ({kind}) in {place}: report at the next start, 0 answers lost, 0 names in it")
