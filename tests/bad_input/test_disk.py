"""A disk that is full or may not be written, under a real interview and under a report."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, interviewing, reporting, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import drives, reading
from tests.studies import AREAS, FACTS, PASSPHRASE, copied

pytestmark = [
    pytest.mark.change,
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"),
        reason="mounting a small or read-only volume needs root",
    ),
]
VOLUME_MB = 24
LONG = "Boya ve tiner üretimi, " * 400


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """A volume of its own at a folder; skips where the machine lets nobody mount."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *how, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no mounts here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A volume of 24 MB."""
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", f"size={VOLUME_MB}m", "tmpfs") as volume:
        yield volume


@pytest.fixture
def read_only(empty_template: Path, tmp_path: Path) -> Iterator[Path]:
    """A study in a folder that not even root can write to."""
    folder = tmp_path / "fixed"
    folder.mkdir()
    path = copied(empty_template, folder)
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield path


def fill(volume: Path) -> Path:
    """Leave not a byte free."""
    ballast = volume / "ballast"
    with ballast.open("wb", buffering=0) as out:
        for size in (65_536, 4096, 1):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue
    return ballast


def begun(study: Study) -> interviewing.Session:
    unit = next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")
    session = interviewing.open_interview(study, unit, "is_ihtiyac")
    for name, value in {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1"}.items():
        assert session.answer(session.interview.path_of(name), value).at is not None
    return session


def test_that_answers_given_on_a_full_disk_are_refused_kept_out_and_accepted_after_room_is_made(
    empty_template: Path, small: Path
) -> None:
    with studies.open_study(copied(empty_template, small), PASSPHRASE) as study:
        session = begun(study)
        question = session.interview.path_of("ana_urun")
        ballast = fill(small)
        acknowledged, codes = "", []
        for number in range(400):
            text = f"{number} {LONG}"
            saved = session.answer(question, text)
            if saved.at is None:
                codes.append(saved.problems[0].code)
                assert session.interview.value(question) == acknowledged
                if len(codes) > 1:
                    break
                ballast.write_bytes(b"")
                fill(small)  # the reserve that was given back is full again as well
            else:
                acknowledged = text.strip()
        assert codes == ["study.disk-full"] * 2
        ballast.unlink()
        assert session.answer(question, "Boya").at is not None
        heads = reading.heads(study.database, session.interview_id)[question]
        assert [row.value for row in heads] == ["Boya"]
        assert session.interview.value(session.interview.path_of("katilim")) == "1"


def test_that_the_reserve_lets_work_go_on_at_once_after_the_disk_was_full(empty_template: Path, small: Path) -> None:
    with studies.open_study(copied(empty_template, small), PASSPHRASE) as study:
        session = begun(study)
        question = session.interview.path_of("ana_urun")
        fill(small)
        refused = next(saved for n in range(400) if (saved := session.answer(question, f"{n} {LONG}")).at is None)
        assert [one.code for one in refused.problems] == ["study.disk-full"]
        assert not drives.reserve_of(study.path).exists()
        assert session.answer(question, "Boya").at is not None


def test_that_after_a_full_disk_and_an_abrupt_end_every_acknowledged_answer_is_there(
    empty_template: Path, small: Path
) -> None:
    study = studies.open_study(copied(empty_template, small), PASSPHRASE)
    session = begun(study)
    question = session.interview.path_of("ana_urun")
    fill(small)
    kept = ""
    for number in range(400):
        saved = session.answer(question, f"{number} {LONG}")
        if saved.at is None:
            break
        kept = f"{number} {LONG}".strip()
    saved_as = small.parent / "after"
    saved_as.mkdir()
    for file in small.glob("deneme.kume*"):  # what a pulled plug leaves: database and write-ahead log as they are
        if not file.name.endswith("-shm"):
            shutil.copy(file, saved_as / file.name)
    with studies.open_study(saved_as / "deneme.kume", PASSPHRASE) as again:
        reopened = interviewing.open_interview(again, session.record.unit_id, "is_ihtiyac")
        assert reopened.interview.value(question) == kept
    (small / "ballast").unlink()
    study.close()


def test_that_a_study_made_on_a_full_disk_leaves_nothing_behind(small: Path) -> None:
    ballast = fill(small)
    with pytest.raises(Refused) as caught:
        studies.create_study(small / "yeni.kume", "Yeni", FACTS, PASSPHRASE, "Elif", AREAS)
    assert caught.value.problems[0].code == "study.disk-full"
    ballast.unlink()
    assert not [file.name for file in small.glob("yeni*") if file.suffix in {".kume", ".kume-key"}]
    assert studies.create_study(small / "yeni.kume", "Yeni", FACTS, PASSPHRASE, "Elif", AREAS).close() is None


def test_that_a_report_on_a_full_disk_leaves_the_old_one(study: Study, small: Path) -> None:
    target = small / "rapor.xlsx"
    target.write_bytes(b"eski rapor")
    fill(small)
    with pytest.raises(Refused) as caught:
        reporting.write_report(study, target, "tr")
    assert [one.code for one in caught.value.problems] == ["report.disk-full"]
    del caught
    gc.collect()
    assert target.read_bytes() == b"eski rapor"
    assert sorted(file.name for file in small.iterdir()) == ["ballast", "rapor.xlsx"]


def test_that_a_study_in_a_read_only_folder_is_refused_and_untouched(read_only: Path) -> None:
    before = read_only.read_bytes()
    with pytest.raises(Refused) as caught:
        studies.open_study(read_only, PASSPHRASE)
    assert [one.code for one in caught.value.problems] == ["study.read-only"]
    assert read_only.read_bytes() == before


def test_that_no_report_is_made_in_a_read_only_folder(read_only: Path, study: Study) -> None:
    with pytest.raises(Refused) as caught:
        reporting.write_report(study, read_only.with_name("rapor.xlsx"), "tr")
    assert [one.code for one in caught.value.problems] == ["report.folder-read-only"]


def test_that_a_folder_that_turns_read_only_under_an_open_study_refuses_and_recovers(
    empty_template: Path, small: Path
) -> None:
    with studies.open_study(copied(empty_template, small), PASSPHRASE) as study:
        session = begun(study)
        study.database.engine.dispose()
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=False, capture_output=True)
        try:
            fieldwork.add_firm(study, NewFirm("Yeni", "kimya", "Konak"))
            stored = True
        except Refused:
            stored = False
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(small)], check=False, capture_output=True)
        assert ("Yeni" in {row.name for row in fieldwork.firms(study)}) is stored
        assert session.answer(session.interview.path_of("gorusme_bicimi"), "2").at is not None
