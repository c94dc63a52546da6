"""The log says where it failed and never what was answered."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kume_desktop import logs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "Ayşe Yılmaz 5551234567"


@pytest.fixture
def log_file() -> Iterator[Path]:
    logs.end()  # another test may have begun one in its own profile
    target = logs.begin()
    yield target
    logs.end()


def _fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def _fail_without_context() -> None:
    try:
        int(SECRET)
    except ValueError:
        raise KeyError(SECRET) from None


def test_that_messages_of_our_rooms_are_written(log_file: Path):
    logging.getLogger("kume_desktop.store").info("study opened")
    assert "INFO kume_desktop.store: study opened" in log_file.read_text(encoding="utf-8")


def test_that_a_failure_is_written_without_its_text(log_file: Path):
    try:
        _fail()
    except KeyError:
        logging.getLogger("kume_desktop.gui").exception("a task failed")
    written = log_file.read_text(encoding="utf-8")
    assert SECRET not in written
    assert "builtins.KeyError" in written
    assert "caused by builtins.ValueError" in written
    assert "in _fail" in written


def test_that_beginning_twice_writes_each_line_once(log_file: Path):
    logs.begin()
    logging.getLogger("kume_desktop").warning("once")
    assert log_file.read_text(encoding="utf-8").count("once") == 1


def test_that_the_logs_of_many_sessions_do_not_grow_without_end(own_profile: Path):
    logs.end()
    for session in range(7):
        target = logs.begin()
        logging.getLogger("kume_desktop").info("session %d %s", session, "x" * 1_100_000)
        logs.end()
    files = sorted(target.parent.glob("kume*.log"))
    assert [file.name for file in files] == ["kume.1.log", "kume.2.log", "kume.3.log", "kume.log"]
    assert [file.read_text(encoding="utf-8").partition("session ")[2][0] for file in files] == ["5", "4", "3", "6"]


def test_that_an_outline_leaves_out_a_context_that_was_cut_off():
    with pytest.raises(KeyError) as caught:
        _fail_without_context()
    assert "ValueError" not in logs.outline(caught.value)


@pytest.mark.change
def test_that_a_crash_leaves_its_stacks_in_the_profile(own_profile: Path):
    code = "import faulthandler; from kume_desktop import logs; logs.begin(); faulthandler._sigabrt()"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ended.returncode != 0
    assert "Fatal Python error" in (own_profile / "logs" / "crash.log").read_text(encoding="utf-8")
