"""Several at once on one study: every acknowledged answer is kept, every reader sees a whole study."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import openpyxl
import pytest

from kume_desktop.services import fieldwork, interviewing, studies
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, rebuild
from tests.studies import PASSPHRASE

pytestmark = pytest.mark.change
ANSWERING = """
    import sys
    from pathlib import Path
    from kume_desktop.services import fieldwork, interviewing, studies
    with studies.open_study(Path(sys.argv[1]), sys.argv[2]) as study:
        unit = next(row.unit_id for row in fieldwork.firms(study) if row.name == sys.argv[3])
        session = interviewing.open_interview(study, unit, "is_ihtiyac")
        question = session.interview.path_of("gorusme_bicimi")
        print("ready", flush=True)
        sys.stdin.readline()
        saved = 0
        for number in range(int(sys.argv[4])):
            value = str(number % 3 + 1)
            told = session.answer(question, value)
            while told.at is None:
                assert [one.code for one in told.problems] == ["study.busy"], told.problems
                told = session.answer(question, value)
            saved += 1
        print(session.interview_id, saved, value, flush=True)
        if len(sys.argv) > 5:
            sys.stdin.readline()
"""


def answering(path: Path, firm: str, times: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(ANSWERING), str(path), PASSPHRASE, firm, str(times), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def line(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None and process.stderr is not None
    told = process.stdout.readline().split()
    assert told, process.stderr.read()
    return told


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def kume(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kume_desktop", *map(str, words)],
        env={**os.environ, "KUME_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_that_two_processes_that_answer_at_once_lose_nothing(study: Study) -> None:
    path = study.path
    study.close()
    both = [answering(path, firm, 60) for firm in ("Şişli Kimya", "Iğdır Nakliyat")]
    for process in both:
        assert line(process) == ["ready"]
    for process in both:
        go_on(process)
    told = [line(process) for process in both]
    assert [process.wait(60) for process in both] == [0, 0]
    for process in both:
        process.communicate()
    with studies.open_study(path, PASSPHRASE) as again:
        for interview_id, saved, last in told:
            assert saved == "60"
            found = [head for rows in reading.heads(again.database, interview_id).values() for head in rows]
            assert last in {head.value for head in found}
        assert rebuild.verify(again.database) == ()


def test_that_report_and_scores_are_written_while_an_interview_is_answered(study: Study, tmp_path: Path) -> None:
    path, target = study.path, tmp_path / "rapor.xlsx"
    study.close()
    process = answering(path, "Şişli Kimya", 1500, "stay")
    assert line(process) == ["ready"]
    go_on(process)
    written, scored = kume("report", path, "--out", target), kume("score", path, "--json")
    _interview, saved, last = line(process)
    assert (written.returncode, scored.returncode, saved) == (0, 0, "1500"), written.stderr + scored.stderr
    assert len(json.loads(scored.stdout)["areas"]) == 2
    assert "Karne" in openpyxl.load_workbook(target, read_only=True).sheetnames
    go_on(process)
    process.communicate(timeout=60)
    with studies.open_study(path, PASSPHRASE) as again:
        unit = next(row.unit_id for row in fieldwork.firms(again) if row.name == "Şişli Kimya")
        session = interviewing.open_interview(again, unit, "is_ihtiyac")
        assert session.interview.value(session.interview.path_of("gorusme_bicimi")) == last


def test_that_a_killed_process_leaves_a_study_that_opens_with_its_last_answer(study: Study) -> None:
    path = study.path
    study.close()
    process = answering(path, "Şişli Kimya", 40, "stay")
    assert line(process) == ["ready"]
    go_on(process)
    interview_id, _saved, last = line(process)
    process.kill()
    process.communicate()
    with studies.open_study(path, PASSPHRASE) as again:
        unit = next(row.unit_id for row in fieldwork.firms(again) if row.name == "Şişli Kimya")
        session = interviewing.open_interview(again, unit, "is_ihtiyac")
        assert session.interview_id == interview_id
        assert session.interview.value(session.interview.path_of("gorusme_bicimi")) == last
        assert rebuild.verify(again.database) == ()
