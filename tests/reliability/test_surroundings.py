"""R28: another window, a lock that was left, a share, a clock that was set back, a drive that is gone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from kume_desktop import paths, settings, texts
from kume_desktop.gui import app, instance
from kume_desktop.services import backups, fieldwork, interviewing, space, studies
from kume_desktop.services.studies import Study
from kume_desktop.store import connecting, drives, reading, rebuild
from tests.studies import PASSPHRASE, copied

pytestmark = pytest.mark.change
FORM = "is_ihtiyac"
FIVE_YEARS = 5 * 365 * 86_400
HOLDING = textwrap.dedent(
    """
    import sys
    from PySide6.QtCore import QLockFile
    lock = QLockFile(sys.argv[1])
    lock.setStaleLockTime(0)
    assert lock.tryLock(0)
    print("held", flush=True)
    sys.stdin.read()
    """
)
ANSWERING = textwrap.dedent(
    """
    import sys
    from datetime import datetime
    from pathlib import Path
    from kume_desktop.services import backups, fieldwork, interviewing, studies
    with studies.open_study(Path(sys.argv[1]), sys.argv[2]) as study:
        session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, "is_ihtiyac")
        for value in sys.argv[3]:
            assert session.answer(session.interview.path_of("gorusme_bicimi"), value).at is not None
        made = backups.make(study, backups.INTERVIEW)
        print(datetime.now().year, made.path.name, made.events, flush=True)
    """
)


@pytest.fixture
def lock(qapp: QApplication) -> QLockFile:
    return QLockFile(str(paths.profile() / "window.lock"))


def holder(path: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def answered_by(word: str, asked: list[str]) -> None:
    """Press a button of the question as soon as it is asked; boxes without that button are not the question."""

    def press() -> None:
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
        found = [(box, one) for box in boxes for one in box.buttons() if one.text() == texts._(word)]
        asked.extend(box.text() for box, _button in found)
        for _box, button in found:
            button.click()
        if not found:
            QTimer.singleShot(20, press)

    QTimer.singleShot(20, press)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_that_the_lock_of_a_killed_window_is_taken_over_without_a_question(lock: QLockFile):
    process = holder(lock.fileName())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert Path(lock.fileName()).exists()
    assert app.is_alone(lock, None)
    lock.unlock()


@pytest.mark.parametrize(("word", "opens"), [("Open it here", True), ("Do not open", False)])
def test_that_a_window_that_lives_and_does_not_answer_is_a_persons_to_judge(lock: QLockFile, word: str, opens: bool):
    process, asked = holder(lock.fileName()), []
    answered_by(word, asked)
    try:
        assert app.is_alone(lock, None) is opens
        assert len(asked) == 1
    finally:
        process.communicate()


@pytest.mark.parametrize(("word", "opens"), [("Open it here", True), ("Do not open", False)])
def test_that_the_lock_of_another_computer_is_never_taken_over_unasked(lock: QLockFile, word: str, opens: bool):
    file, asked = Path(lock.fileName()), []
    file.write_text("4711\nKumeDesktop\nbaska-bilgisayar\n\n\n", encoding="utf-8")
    os.utime(file, (0, 0))
    answered_by(word, asked)
    assert app.is_alone(lock, None) is opens
    assert ["baska-bilgisayar" in one for one in asked] == [True]
    assert instance.ask_other(None) is False
    assert opens or file.read_text(encoding="utf-8").startswith("4711")
    lock.unlock()


@pytest.fixture
def begun(empty_template: Path, tmp_path: Path) -> Path:
    return copied(empty_template, tmp_path)


def answer(study: Study, value: str) -> bool:
    session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
    return session.answer(session.interview.path_of("gorusme_bicimi"), value).at is not None


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="preloads a library")
@pytest.mark.parametrize("back", [FIVE_YEARS, -FIVE_YEARS])
def test_that_a_clock_set_wrong_by_five_years_loses_and_reorders_nothing(
    begun: Path, tmp_path: Path, back: int, counted: Callable[[str], None]
):
    shim = tmp_path / "clock.so"
    source = Path(__file__).with_name("clock.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"], check=True)
    with studies.open_study(begun, PASSPHRASE) as study:
        assert answer(study, "1")
        before = backups.make(study, backups.INTERVIEW)
    wrong = {**os.environ, "LD_PRELOAD": str(shim), "BACK": str(back)}
    command = [sys.executable, "-c", ANSWERING, str(begun), PASSPHRASE, "232"]
    done = subprocess.run(command, env=wrong, check=True, capture_output=True, text=True)
    year, name, events = done.stdout.split()
    assert int(year) == (datetime.now().astimezone() - timedelta(seconds=back)).year, "the clock was wrong"
    with studies.open_study(begun, PASSPHRASE) as study:
        session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
        assert session.interview.value(session.interview.path_of("gorusme_bicimi")) == "2"
        assert answer(study, "3")
        session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
        assert session.interview.value(session.interview.path_of("gorusme_bicimi")) == "3"
        assert rebuild.verify(study.database) == ()
        kept = {one.path.name: one.events for one in backups.overview(study).backups}
        assert kept[name] == int(events) > kept[before.path.name]
        assert backups.is_due(study)
    counted(f"R28 clock wrong by {-back // 86_400:+} days: 4 answers, none lost, the later one counts")


def test_that_a_study_whose_drive_is_gone_is_told_and_whole_when_it_is_back(begun: Path):
    with studies.open_study(begun, PASSPHRASE) as study:
        assert answer(study, "1")
        assert space.look(study) == ()
        place = begun.parent
        place.rename(place.with_name("cikarildi"))
        assert [one.code for one in space.look(study)] == ["study.gone"]
        place.with_name("cikarildi").rename(place)
        assert space.look(study) == ()
        assert answer(study, "2")
    with studies.open_study(begun, PASSPHRASE) as study:
        assert rebuild.verify(study.database) == ()
        session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
        assert session.interview.value(session.interview.path_of("gorusme_bicimi")) == "2"


def test_that_a_disk_that_fills_up_is_told_while_there_is_room(begun: Path, monkeypatch: pytest.MonkeyPatch):
    with studies.open_study(begun, PASSPHRASE) as study:
        monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1)
        assert space.look(study) == ()
        drives.free_reserve(study.path)
        monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1 << 62)
        assert [one.code for one in space.look(study)] == ["study.space-low"], "one drive is told once"
        assert not drives.reserve_of(study.path).exists()
        monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1)
        assert space.look(study) == ()
        assert drives.reserve_of(study.path).stat().st_size == drives.RESERVE_BYTES


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second drive here")
def test_that_a_full_drive_of_the_backups_is_told_by_its_own_name(
    begun: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    second = Path("/dev/shm")
    if second.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second drive here")
    settings.save(settings.Settings(backup_folder=str(second)))
    monkeypatch.setattr(drives, "LOW_SPACE_BYTES", 1 << 62)
    with studies.open_study(begun, PASSPHRASE) as study:
        assert [one.code for one in space.look(study)] == ["study.space-low", "backup.space-low"]


def test_that_a_study_of_a_newer_program_is_refused_and_its_bytes_stay(begun: Path):
    with studies.open_study(begun, PASSPHRASE) as study:
        key = study.key
    connection = connecting.connect_file(begun, key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = begun.read_bytes()
    with pytest.raises(studies.Refused) as refused:
        studies.open_study(begun, PASSPHRASE)
    assert refused.value.problems[0].code == "study.newer"
    assert begun.read_bytes() == before


def test_that_two_programs_that_write_in_turns_keep_one_sound_log(begun: Path):
    with studies.open_study(begun, PASSPHRASE) as one, studies.open_study(begun, PASSPHRASE) as other:
        assert answer(one, "1") and answer(other, "2") and answer(one, "3")
    with studies.open_study(begun, PASSPHRASE) as study:
        assert rebuild.verify(study.database) == ()
        assert len(reading.lines(study.database)) == len(set(reading.lines(study.database)))
