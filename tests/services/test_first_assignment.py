"""The first package of a study on a laptop: compared, taken whole or not at all, and nothing in clear on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kume_desktop import paths
from kume_desktop.problems import Refused
from kume_desktop.services import devices, fieldwork, first_assignment, people, studies
from kume_desktop.services.packages import making, merging
from kume_desktop.store import keyfile, reading
from tests.merging import offices
from tests.studies import PASSPHRASE

CAN = "Can Aydın"


@pytest.fixture
def prepared(empty_template, tmp_path) -> tuple[Path, offices.Office, offices.Office, tuple[str, ...]]:
    """A first package, the laptop it is for, the agency, and the words of the agency's computer."""
    office, laptop = offices.agency(empty_template, tmp_path / "agency"), offices.Office(tmp_path / "laptop")
    with laptop.at_work():
        told = devices.introduce("Dizüstü 07", CAN, PASSPHRASE, laptop.folder, cost=keyfile.CHEAP)
    with office.open() as study:
        people.add(study, CAN, people.INTERVIEWER, "canın parolası")
        found = devices.enrol(study, told.path, words_compared=True, person_compared=CAN)
        sent = offices.send(study, making.assignment(study, found.device_id), laptop.folder)
        return sent, laptop, office, devices.this_computer(study).words


def code_of(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code


def _accept(sent: Path, target: Path, **more):
    found = first_assignment.examine(sent, PASSPHRASE)
    return first_assignment.accept(found, target, PASSPHRASE, cost=keyfile.CHEAP, **({"words_compared": True} | more))


def test_that_a_laptop_gets_a_file_of_its_own_with_its_own_key_and_the_same_study(prepared):
    sent, laptop, office, words = prepared
    with laptop.at_work():
        found = first_assignment.examine(sent, PASSPHRASE)
        assert (found.study_name, found.person, found.claimed.words) == ("Deneme", CAN, words)
        with _accept(sent, laptop.file) as study:
            own, key, identity = devices.this_computer(study), study.key, study.record.study_id
            assert (study.person, study.role, own.role, own.name) == (CAN, people.INTERVIEWER, "laptop", "Dizüstü 07")
            assert devices.introductions() == ()
            assert [one.role for one in devices.trusted(study).values()].count("agency") == 1
        with studies.open_study(laptop.file, PASSPHRASE) as again:
            assert devices.this_computer(again) == own
    with office.open() as study:
        assert study.record.study_id == identity and study.key.key != key.key


def test_that_nothing_is_made_before_the_words_were_compared_or_where_a_study_is(prepared):
    sent, laptop, _office, _words = prepared
    with laptop.at_work():
        assert code_of(lambda: _accept(sent, laptop.file, words_compared=False)) == "device.words-not-compared"
        assert not laptop.file.exists()
        laptop.file.write_bytes(b"mine")
        assert code_of(lambda: _accept(sent, laptop.file)) == "study.exists"
        assert laptop.file.read_bytes() == b"mine" and devices.introductions() != ()


def test_that_a_failure_half_way_leaves_nothing_behind_and_it_goes_well_the_next_time(prepared):
    sent, laptop, _office, _words = prepared
    with laptop.at_work():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "take_opened", lambda *_how: (_ for _ in ()).throw(OSError("gone")))
            with pytest.raises(OSError, match="gone"):
                _accept(sent, laptop.file)
        assert not laptop.file.exists() and not keyfile.path_of(laptop.file).exists()
        assert devices.introductions() != ()
        _accept(sent, laptop.file).close()
        assert laptop.file.exists()


def test_that_a_wrong_passphrase_another_file_and_another_computer_are_told_apart(prepared, tmp_path, monkeypatch):
    sent, laptop, office, _words = prepared
    with laptop.at_work():
        assert code_of(lambda: first_assignment.examine(sent, "yanlış parola")) == "study.wrong-passphrase"
        introduction = next(laptop.folder.glob("*tanitim*"))
        assert code_of(lambda: first_assignment.examine(introduction, PASSPHRASE)) == "device.no-introduction"
        damaged = tmp_path / "damaged"
        damaged.write_bytes(sent.read_bytes()[:-70] + b"x" * 70)
        assert code_of(lambda: first_assignment.examine(damaged, PASSPHRASE)) == "package.damaged"
        devices.withdraw(devices.introductions()[0].introduction_id)
        devices.introduce("Dizüstü 07", CAN, PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
        assert code_of(lambda: first_assignment.examine(sent, PASSPHRASE)) == "package.not-for-us", "other keys now"
    with office.at_work():
        assert not first_assignment.is_first(sent)
        assert code_of(lambda: first_assignment.examine(sent, PASSPHRASE)) == "device.no-introduction"


def test_that_neither_names_nor_firms_nor_keys_stand_in_clear_on_the_disk_of_a_laptop(prepared):
    sent, laptop, office, _words = prepared
    with office.open() as study:
        canaries = [one.name for one in fieldwork.firms(study)] + [study.record.name]
    with laptop.at_work():
        with _accept(sent, laptop.file) as study:
            own = devices.secrets(study)
            canaries += [line[:60] for line in reading.lines(study.database)[:5]]
        secrets = [own.signing, own.encryption, own.signing.hex().encode(), own.encryption.hex().encode()]
        files = [one for folder in (paths.profile(), laptop.folder) for one in folder.rglob("*") if one.is_file()]
        assert len(files) > 5
        # The list of studies opened last says their names to whoever sits at the computer; that is what it is for.
        kept = [one for one in files if one.name != "recent.json"]
        for file in kept:
            raw = file.read_bytes()
            found = [text for text in canaries if text.encode() in raw] + [each for each in secrets if each in raw]
            assert found == [], file


def test_that_the_package_of_a_computer_that_only_pretends_to_be_the_agency_shows_other_words(prepared, tmp_path):
    sent, laptop, office, words = prepared
    pretender = offices.Office(tmp_path / "pretender")
    shutil.copy(office.file, pretender.folder / "deneme.kume")
    shutil.copy(keyfile.path_of(office.file), pretender.folder / "deneme.kume-key")
    with pretender.open() as study:
        devices.adopt(study)
        device = next(one.device_id for one in devices.computers(study) if one.role == "laptop")
        forged = offices.send(study, making.assignment(study, device), tmp_path)
    with laptop.at_work():
        found = first_assignment.examine(forged, PASSPHRASE)
        assert found.claimed.words != words, "two people who compare them notice it"
        _accept(sent, laptop.file).close()
        with studies.open_study(laptop.file, PASSPHRASE) as study:
            assert code_of(lambda: offices.take(study, forged)) == "package.unknown-sender"
            assert code_of(lambda: devices.pin(study, forged, words_compared=False)) == "device.words-not-compared"
