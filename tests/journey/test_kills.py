"""The promise: an answer whose "kaydedildi" was shown is there after the program was killed, at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, interviewing, studies
from kume_desktop.store import reading, rebuild
from tests.studies import PASSPHRASE, copied

FORM = "is_ihtiyac"
ANSWERS_BEFORE = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "2", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Boya", "alan_uygun": "1", "kurulus_yili": "1998", "calisan_sayisi": "20",
    "ihracat_var": "4",
}  # fmt: skip
PROGRAM = Path(__file__).with_name("answering.py")


@pytest.fixture
def begun(empty_template: Path, tmp_path: Path) -> tuple[Path, str]:
    """A study whose first firm has answered up to the battery, and the firm's id."""
    path = copied(empty_template, tmp_path)
    with studies.open_study(path, PASSPHRASE) as study:
        unit_id = fieldwork.firms(study)[0].unit_id
        session = interviewing.open_interview(study, unit_id, FORM)
        for name, value in ANSWERS_BEFORE.items():
            assert session.answer(session.interview.path_of(name), value).at is not None, name
    return path, unit_id


def killed_run(path: Path, unit_id: str, seed: int) -> tuple[dict[str, str], int]:
    """Answer until a random acknowledgement, kill; the last acknowledged answers and how many there were."""
    after = random.Random(seed).randint(1, 60)
    program = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(path), unit_id, str(seed)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    told: list[str] = []
    for line in program.stdout:
        told.append(line)
        if len(told) >= after:
            break
    os.kill(program.pid, signal.SIGKILL)
    told.extend(line for line in program.stdout if line.endswith("\n"))
    program.wait()
    assert program.returncode == -signal.SIGKILL
    return json.loads(told[-1]), len(told)


def check_nothing_lost(path: Path, unit_id: str, acknowledged: dict[str, str]) -> None:
    with studies.open_study(path, PASSPHRASE) as study:
        session = interviewing.open_interview(study, unit_id, FORM)
        stored = {question: session.interview.value(question) for question in acknowledged}
        later = {question for question in acknowledged if stored[question] != acknowledged[question]}
        assert len(later) <= 1, "at most the answer that was being given may be newer than what was acknowledged"
        for question in later:
            values = [
                event.value for event in reading.events(study.database, session.interview_id) if event.path == question
            ]
            assert acknowledged[question] in ("", *values)
            assert values[-1] == stored[question]
        assert rebuild.verify(study.database) == ()


@pytest.mark.change
@pytest.mark.parametrize("part", range(5))
def test_that_no_acknowledged_answer_is_lost_when_the_program_is_killed(
    begun: tuple[Path, str], part: int, counted: Callable[[str], None]
) -> None:
    path, unit_id = begun
    total = 0
    for turn in range(10):
        acknowledged, count = killed_run(path, unit_id, seed=part * 10 + turn)
        check_nothing_lost(path, unit_id, acknowledged)
        total += count
    counted(f"R1 kill of the program, part {part + 1} of 5: 10 kills, {total} acknowledged answers, 0 lost")


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_that_nothing_is_lost_in_a_thousand_kills(
    begun: tuple[Path, str], part: int, counted: Callable[[str], None]
) -> None:
    path, unit_id = begun
    total = 0
    for turn in range(100):
        acknowledged, count = killed_run(path, unit_id, seed=1000 + part * 100 + turn)
        check_nothing_lost(path, unit_id, acknowledged)
        total += count
    counted(f"R1 kill of the program, long {part + 1} of 10: 100 kills, {total} acknowledged answers, 0 lost")
