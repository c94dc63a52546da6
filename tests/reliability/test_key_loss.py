"""R22: the ways into a study are lost one after the other; one that is left opens it, and guessing is slow."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import keyring
import pytest

from kume_desktop import settings
from kume_desktop.problems import Refused
from kume_desktop.services import backups, people, studies, unlocking
from kume_desktop.services.studies import Study
from kume_desktop.store import keyfile, reading
from tests.services.test_unlocking import Absent, Held, code, ring
from tests.studies import PASSPHRASE

__all__ = ["ring"]


@pytest.fixture
def another_computer(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Go on as a computer that has never seen the study."""

    def change() -> None:
        monkeypatch.setenv("KUME_PROFILE", str(tmp_path_factory.mktemp("another")))
        keyring.set_keyring(Absent())

    return change


def opens(path: Path, passphrase: str = PASSPHRASE) -> int:
    with studies.open_study(path, passphrase) as again:
        return len(reading.lines(again.database))


def test_that_a_wiped_keyring_leaves_the_passphrase(study: Study, ring: Held):
    unlocking.remember(study)
    study.close()
    ring.kept.clear()
    assert unlocking.by_keyring(study.path) is None
    assert opens(study.path) > 0


def test_that_a_forgotten_passphrase_leaves_the_recovery_key(study: Study):
    told = unlocking.renew_recovery_key(study)
    study.close()
    assert unlocking.recover(study.path, told, "Elif", "yepyeni parola").person == "Elif"
    assert opens(study.path, "yepyeni parola") > 0


def test_that_another_person_opens_what_one_person_cannot(study: Study):
    people.add(study, "Can", people.INTERVIEWER, "canın parolası")
    study.close()
    assert code(lambda: studies.open_study(study.path, "unutulan parola")) == "study.wrong-passphrase"
    assert opens(study.path, "canın parolası") > 0


def test_that_a_replaced_laptop_needs_the_two_files_and_a_passphrase(
    study: Study, tmp_path: Path, ring: Held, another_computer: Callable[[], None]
):
    unlocking.remember(study)
    study.close()
    target = tmp_path / "yeni" / study.path.name
    target.parent.mkdir()
    shutil.copy(study.path, target)
    shutil.copy(keyfile.path_of(study.path), keyfile.path_of(target))
    another_computer()
    assert unlocking.by_keyring(target) is None
    assert opens(target) > 0


def test_that_a_lost_key_file_comes_back_from_the_profile(study: Study):
    people.add(study, "Can", people.INTERVIEWER, "canın parolası")
    study.close()
    keyfile.path_of(study.path).unlink()
    assert unlocking.key_is_lost(study.path)
    assert unlocking.bring_key_back(study.path)
    assert not unlocking.key_is_lost(study.path)
    assert opens(study.path) and opens(study.path, "canın parolası")


def test_that_a_lost_key_file_comes_back_from_a_backup_at_the_second_place(
    study: Study, tmp_path: Path, another_computer: Callable[[], None]
):
    stick = tmp_path / "usb"
    stick.mkdir()
    chosen = replace(settings.load(), backup_folder=str(stick))
    settings.save(chosen)
    assert backups.make(study).second is not None
    study.close()
    keyfile.path_of(study.path).write_bytes(b"bozuk")
    another_computer()
    assert not unlocking.bring_key_back(study.path), "this computer knows nothing of the second place"
    assert keyfile.path_of(study.path).read_bytes() == b"bozuk"
    settings.save(chosen)
    assert unlocking.bring_key_back(study.path)
    assert opens(study.path) > 0
    damaged = keyfile.path_of(study.path).with_name(f"{keyfile.path_of(study.path).name}.damaged")
    assert damaged.read_bytes() == b"bozuk", "what stood there is kept"


def test_that_a_key_of_another_study_is_never_put_in_its_place(study: Study, tmp_path: Path):
    other = tmp_path / "baska.kume"
    keyfile.create(other, PASSPHRASE, "Elif", keyfile.CHEAP)
    study.close()
    for copy in keyfile.copies():
        if keyfile.belongs(copy, study.path):
            copy.unlink()
    keyfile.path_of(study.path).unlink()
    assert not unlocking.bring_key_back(study.path)
    assert not keyfile.path_of(study.path).exists()


def test_that_wrong_tries_are_slowed_and_a_right_one_ends_the_waiting(
    study: Study, monkeypatch: pytest.MonkeyPatch, counted: Callable[[str], None]
):
    study.close()
    waits = []
    for _ in range(unlocking.FREE_TRIES):
        assert code(lambda: studies.open_study(study.path, "yanlış")) == "study.wrong-passphrase"
    for _ in range(12):
        with pytest.raises(Refused) as refused:
            studies.open_study(study.path, PASSPHRASE)
        assert refused.value.problems[0].code == "study.wait"
        waits.append(int(str(refused.value.problems[0].params["seconds"])))
    assert max(waits) >= 25
    monkeypatch.setattr(unlocking, "FIRST_WAIT", timedelta(0))
    assert opens(study.path) > 0
    told = f"{unlocking.FREE_TRIES} wrong tries free, {len(waits)} more made to wait"
    counted(f"R22 key loss: {told}, then opened by the right one")
