"""Computers of a study: introduced, compared, enrolled, revoked; whom the log makes one believe."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from kume_desktop import paths
from kume_desktop.exchange.packages import introduction
from kume_desktop.exchange.packages.format import EventLine, Kind
from kume_desktop.exchange.packages.opening import open_sealed
from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, LAPTOP, REVOKED, DeviceSecrets, new_secrets
from kume_desktop.exchange.packages.seal import seal
from kume_desktop.exchange.packages.words import six_words
from kume_desktop.problems import Refused
from kume_desktop.services import access_log, devices, people, studies, unlocking
from kume_desktop.services.packages import making, outbox
from kume_desktop.services.studies import Study
from kume_desktop.store import device_keys, engine, keyfile, reading
from kume_desktop.store.device import Device, opening
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id, uuid7
from kume_desktop.store.log import StreamWriter, Told, parse
from tests.studies import AREAS, FACTS, PASSPHRASE

CAN = "Can Aydın"


@pytest.fixture
def agency(study: Study) -> Study:
    """The study on a computer of the agency, with an interviewer."""
    devices.adopt(study)
    people.add(study, CAN, people.INTERVIEWER, "canın parolası")
    return study


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Go on as another computer; returns its profile."""

    def move() -> Path:
        folder = tmp_path_factory.mktemp("laptop")
        monkeypatch.setenv("KUME_PROFILE", str(folder))
        return folder

    return move


@pytest.fixture
def introduced(agency: Study, elsewhere, monkeypatch, tmp_path) -> devices.Introduced:
    """An introduction that another computer wrote; the agency's is in force again."""
    home = str(paths.profile())
    elsewhere()
    made = devices.introduce("Dizüstü 07", CAN, PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
    monkeypatch.setenv("KUME_PROFILE", home)
    return made


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code


def _enrol(study: Study, made: devices.Introduced, **more) -> introduction.Introduction:
    return devices.enrol(study, made.path, **({"words_compared": True, "person_compared": CAN} | more))


def test_that_the_computer_that_made_a_study_is_its_first_of_the_agency_and_believes_itself(tmp_path):
    with studies.create_study(tmp_path / "a.kume", "A", FACTS, PASSPHRASE, "Elif", AREAS) as study:
        here = devices.this_computer(study)
        assert here.role == AGENCY and len(here.words) == 6
        (known,) = devices.trusted(study).values()
        assert (known.role, known.state, known.verify_key) == (AGENCY, ENROLLED, here.signing_public)
        before = len(reading.lines(study.database))
        devices.this_computer(study)
        devices.secrets(study)
        assert len(reading.lines(study.database)) == before, "it enrols itself once"
    with studies.open_study(tmp_path / "a.kume", PASSPHRASE) as study:
        assert devices.this_computer(study) == here


def test_that_a_study_that_was_moved_to_another_computer_is_adopted_there_by_staff(study):
    here = devices.this_computer(study)
    assert here.role == "" and devices.trusted(study) == {}
    study.role = people.INTERVIEWER
    assert code_of(lambda: devices.adopt(study)) == "study.only-staff"
    study.role = people.STAFF
    devices.adopt(study)
    assert devices.this_computer(study).role == AGENCY
    assert devices.trusted(study)[here.device_id].verify_key == here.signing_public
    devices.adopt(study)
    (own,) = (one for one in devices.computers(study) if one.is_this)
    assert (own.role, own.state, own.words) == (AGENCY, ENROLLED, here.words)


def test_that_the_secret_keys_lie_sealed_and_open_with_the_study_alone(agency):
    own = devices.secrets(agency)
    file = paths.profile() / "devices" / f"{agency.record.study_id}.json"
    raw = file.read_bytes()
    for secret in (own.signing, own.encryption):
        assert secret not in raw and secret.hex().encode() not in raw
    told = json.loads(raw)
    assert own.signing not in base64.b64decode(told["box"])
    stranger = keyfile.DataKey(agency.record.study_id, b"x" * 32, b"y" * 16)
    assert device_keys.load(agency.record.study_id, own.device_id, stranger) is None
    assert device_keys.load(agency.record.study_id, new_id(), agency.key) is None, "copied to another computer"
    kept = device_keys.load(agency.record.study_id, own.device_id, agency.key)
    assert (kept.secrets.signing, kept.secrets.encryption) == (own.signing, own.encryption)
    file.write_bytes(b"{broken")
    assert devices.secrets(agency).signing != own.signing, "keys that are lost are made anew, and are then unknown"


def test_that_of_two_processes_that_make_keys_at_once_one_pair_holds(study):
    identity, own = study.record.study_id, new_id()
    first, second = (device_keys.Kept(device_keys.Secrets(own, bytes([n]) * 32, bytes([n]) * 32)) for n in (1, 2))
    made: list[device_keys.Kept] = []

    def meanwhile(target: Path, told) -> None:
        write(target, told)
        if not made:
            made.append(first)
            device_keys.keep(identity, first, study.key)

    write = device_keys._write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(device_keys, "_write", meanwhile)
        held = device_keys.keep_first(identity, second, study.key)
    assert held.secrets.signing == first.secrets.signing
    assert device_keys.load(identity, own, study.key).secrets.signing == first.secrets.signing
    assert [one.name for one in (paths.profile() / "devices").iterdir()] == [f"{identity}.json"]


def test_that_two_people_compare_six_words_before_a_laptop_is_enrolled(agency, introduced):
    found = devices.look_at(agency, introduced.path)
    assert found.words == introduced.words and (found.name, found.person) == ("Dizüstü 07", CAN)
    assert found.device_id not in devices.trusted(agency)
    assert code_of(lambda: _enrol(agency, introduced, words_compared=False)) == "device.words-not-compared"
    assert code_of(lambda: _enrol(agency, introduced, person_compared="  ")) == "device.nobody-compared"
    assert code_of(lambda: _enrol(agency, introduced, person="Nobody")) == "device.person-unknown"
    assert found.device_id not in devices.trusted(agency), "a refusal changes nothing"
    _enrol(agency, introduced)
    known = devices.trusted(agency)[found.device_id]
    assert (known.role, known.state, known.person, known.name) == (LAPTOP, ENROLLED, CAN, "Dizüstü 07")
    assert (known.verify_key, known.encryption_key) == (found.signing_key, found.encryption_key)
    (listed,) = (one for one in devices.computers(agency) if one.device_id == found.device_id)
    assert (listed.compared_by, listed.author, listed.words) == (CAN, agency.person, introduced.words)
    assert code_of(lambda: _enrol(agency, introduced)) == "device.already-enrolled"
    assert any("Dizüstü 07" in one.what for one in access_log.entries(agency))


def test_that_only_staff_on_a_computer_of_the_agency_enrols_and_revokes(agency, introduced):
    agency.role = people.INTERVIEWER
    assert code_of(lambda: _enrol(agency, introduced)) == "study.only-staff"
    assert code_of(lambda: devices.revoke(agency, new_id(), "lost")) == "study.only-staff"


def test_that_a_computer_that_nobody_enrolled_enrols_nobody(study, elsewhere, monkeypatch, tmp_path):
    home = str(paths.profile())
    elsewhere()
    made = devices.introduce("Dizüstü", "Elif", PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
    monkeypatch.setenv("KUME_PROFILE", home)
    assert code_of(lambda: _enrol(study, made, person="Elif")) == "device.not-agency"
    assert devices.trusted(study) == {}


def test_that_a_revoked_laptop_is_named_as_such_and_can_be_enrolled_again(agency, introduced):
    found = _enrol(agency, introduced)
    assert code_of(lambda: devices.revoke(agency, found.device_id, "because")) == "device.reason-unknown"
    assert code_of(lambda: devices.revoke(agency, new_id(), "lost")) == "device.unknown"
    devices.revoke(agency, found.device_id, "lost")
    known = devices.trusted(agency)[found.device_id]
    assert (known.state, known.is_enrolled) == (REVOKED, False)
    (listed,) = (one for one in devices.computers(agency) if one.device_id == found.device_id)
    assert (listed.state, listed.reason) == (REVOKED, "lost")
    devices.revoke(agency, found.device_id, "lost")
    _enrol(agency, introduced)
    assert devices.trusted(agency)[found.device_id].is_enrolled, "it was found again"


def test_that_the_last_computer_of_the_agency_cannot_be_revoked(agency, introduced):
    own = devices.this_computer(agency).device_id
    assert code_of(lambda: devices.revoke(agency, own, "replaced")) == "device.last-agency"
    second = _enrol(agency, introduced, role=AGENCY)
    devices.revoke(agency, own, "replaced")
    assert not devices.trusted(agency)[own].is_enrolled
    assert devices.trusted(agency)[second.device_id].role == AGENCY
    assert code_of(lambda: devices.revoke(agency, second.device_id, "lost")) in {
        "device.not-agency", "device.last-agency",
    }  # fmt: skip


def test_that_a_computer_is_renamed_and_stays_trusted_by_the_same_keys(agency, introduced):
    found = _enrol(agency, introduced)
    devices.rename(agency, found.device_id, " Dizüstü 08 ")
    known = devices.trusted(agency)[found.device_id]
    assert (known.name, known.verify_key, known.is_enrolled) == ("Dizüstü 08", found.signing_key, True)
    assert code_of(lambda: devices.rename(agency, found.device_id, "  ")) == "device.no-name"
    assert code_of(lambda: devices.rename(agency, found.device_id, "a\u202eb")) == "device.name-wrong"
    devices.revoke(agency, found.device_id, "lost")
    assert code_of(lambda: devices.rename(agency, found.device_id, "x")) == "device.unknown"
    devices.reinstate(agency, found.device_id)
    assert devices.trusted(agency)[found.device_id].is_enrolled


def test_that_an_introduction_of_this_computer_itself_is_refused(agency, tmp_path):
    made = devices.introduce("Merkez", "Elif", PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
    assert code_of(lambda: _enrol(agency, made)) == "device.self"


@pytest.mark.parametrize(
    ("name", "person", "passphrase", "codes"),
    [
        ("", " ", "kısa", {"device.no-name", "device.no-person", "study.short-passphrase"}),
        ("a" * 81, "Can\u202egnp", PASSPHRASE, {"device.name-wrong"}),
        ("a\nb", "Can", PASSPHRASE, {"device.name-wrong"}),
    ],
)
def test_that_an_introduction_says_everything_that_is_wrong_with_it_at_once(tmp_path, name, person, passphrase, codes):
    with pytest.raises(Refused) as refused:
        devices.introduce(name, person, passphrase, tmp_path, cost=keyfile.CHEAP)
    assert {one.code for one in refused.value.problems} == codes
    assert devices.introductions() == () and list(tmp_path.iterdir()) == []


def test_that_an_introduction_without_its_folder_or_its_disk_keeps_nothing(tmp_path):
    nowhere = tmp_path / "usb"
    assert code_of(lambda: devices.introduce("A", "B", PASSPHRASE, nowhere)) == "package.folder-missing"
    assert devices.introductions() == ()


def test_that_an_introduction_waits_sealed_and_its_file_is_written_again_with_the_same_words(tmp_path):
    made = devices.introduce("Dizüstü 07", CAN, PASSPHRASE, tmp_path, cost=keyfile.CHEAP)
    (kept,) = devices.introductions()
    assert (kept.introduction_id, kept.words) == (made.introduction_id, made.words)
    wrong = device_keys.open_introduction(made.introduction_id, "yanlış parola")
    held = device_keys.open_introduction(made.introduction_id, PASSPHRASE)
    assert wrong is None and held is not None
    (file,) = (paths.profile() / "introductions").iterdir()
    assert held.signing not in file.read_bytes() and held.signing.hex().encode() not in file.read_bytes()
    made.path.unlink()
    assert (
        code_of(lambda: devices.write_again(made.introduction_id, "yanlış parola", tmp_path))
        == "study.wrong-passphrase"
    )
    again = introduction.read(devices.write_again(made.introduction_id, PASSPHRASE, tmp_path))
    assert again.words == made.words
    devices.withdraw(made.introduction_id)
    assert devices.introductions() == ()
    assert (
        code_of(lambda: devices.write_again(made.introduction_id, PASSPHRASE, tmp_path))
        == "device.introduction-missing"
    )


def test_that_the_recovery_key_reads_packages_and_is_no_computer(agency, introduced, tmp_path):
    laptop = _enrol(agency, introduced)
    assert devices.recovery_public(agency) is None
    printed = unlocking.renew_recovery_key(agency)
    public = devices.recovery_public(agency)
    reader = devices.recovery_secrets(printed)
    assert public == reader.encryption_public
    assert len(devices.computers(agency)) == len(devices.trusted(agency)) + 1 == 3, "the first one wrote unenrolled"
    made = making.assignment(agency, laptop.device_id)
    (file,) = outbox.copy_to(agency, made.package_id, tmp_path)
    found = open_sealed(file, devices.trusted(agency), reader, study=agency.record.study_id, read_event=parse)
    assert found.header.events > 0
    again = unlocking.renew_recovery_key(agency)
    assert devices.recovery_public(agency) == devices.recovery_secrets(again).encryption_public != public


def test_that_a_laptop_cannot_put_a_recovery_key_of_its_own_in_place(agency, introduced):
    laptop = _enrol(agency, introduced)
    unlocking.renew_recovery_key(agency)
    before = devices.recovery_public(agency)
    subject = device_keys.recovery_id(agency.record.study_id)
    head = reading.heads(agency.database, subject)["#trust"][-1].event_id
    Forger(agency, laptop.device_id).trusts(subject, device_keys.RECOVERY, supersedes=(head,))
    assert devices.recovery_public(agency) == before


# --- what counts as a word about trust ---


class Forger:
    """A computer that writes a stream of its own into the agency's log, as a package could bring it."""

    def __init__(self, study: Study, device_id: str) -> None:
        self.study, self.device_id, self.writer = study, device_id, StreamWriter(uuid7())
        told = opening(Device(device_id, "x"), self.writer.stream, "Kötü", "staff", study.record.created_at)
        study.database.import_events([self.writer.write(each).line for each in told])

    def trusts(self, device_id: str, role: str, state: str = ENROLLED, supersedes=(), keys=None) -> None:
        made = new_secrets(device_id)
        keys = keys or (made.signing_public, made.encryption_public)
        value = device_keys.trust_value("sahte", "Kötü", role, state, keys)
        told = Told(
            EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, UUID(device_id), "#trust", value, "Kötü", "staff",
            self.study.record.created_at, tuple(UUID(each) for each in supersedes),
        )  # fmt: skip
        self.study.database.import_events([self.writer.write(told).line])


def test_that_what_a_laptop_says_of_trust_never_counts(agency, introduced):
    laptop = _enrol(agency, introduced)
    before, victim = devices.trusted(agency), new_id()
    forger = Forger(agency, laptop.device_id)
    forger.trusts(victim, LAPTOP)
    forger.trusts(laptop.device_id, AGENCY)
    forger.trusts(victim, AGENCY)
    assert devices.trusted(agency) == before


def test_that_a_laptop_cannot_undo_its_revocation_by_naming_it(agency, introduced):
    laptop = _enrol(agency, introduced)
    devices.revoke(agency, laptop.device_id, "lost")
    head = reading.heads(agency.database, laptop.device_id)["#trust"][-1].event_id
    Forger(agency, laptop.device_id).trusts(
        laptop.device_id, LAPTOP, supersedes=(head,), keys=(laptop.signing_key, laptop.encryption_key)
    )
    assert not devices.trusted(agency)[laptop.device_id].is_enrolled


def test_that_a_stranger_s_word_counts_as_little_as_that_of_a_stream_that_names_the_agency(agency):
    own, victim = devices.this_computer(agency).device_id, new_id()
    Forger(agency, new_id()).trusts(victim, AGENCY)
    assert victim not in devices.trusted(agency)
    stream = StreamWriter(uuid7())
    value = device_keys.trust_value("sahte", "", AGENCY, ENROLLED, (b"a" * 32, b"b" * 32))
    at = agency.record.created_at
    lines = [
        stream.write(
            Told(EventKind.STREAM_OPENED, SubjectKind.DEVICE, UUID(own), f"stream:{uuid7()}", "open", "", "", at)
        ),
        stream.write(Told(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, UUID(victim), "#trust", value, "", "", at)),
    ]
    agency.database.import_events([one.line for one in lines])
    assert victim not in devices.trusted(agency)


def test_that_a_further_computer_of_the_agency_enrols_others_and_two_that_disagree_trust_nobody(agency, introduced):
    second = _enrol(agency, introduced, role=AGENCY)
    further = Forger(agency, second.device_id)
    third = new_id()
    further.trusts(third, LAPTOP)
    assert devices.trusted(agency)[third].role == LAPTOP
    further.trusts(third, LAPTOP)
    assert not devices.trusted(agency)[third].is_enrolled, "two pairs of keys for one computer: a person has to look"


def test_that_trust_is_the_same_in_whatever_order_its_events_arrive(agency, introduced, tmp_path):
    laptop = _enrol(agency, introduced)
    devices.revoke(agency, laptop.device_id, "left")
    pins = device_keys.load(agency.record.study_id, devices.this_computer(agency).device_id, agency.key).pins
    wanted = device_keys.known(agency.database, pins)
    about = [line for line in reading.lines(agency.database) if '"device_trusted"' in line]
    others = [line for line in reading.lines(agency.database) if line not in about]
    assert len(about) == 3
    for number, order in enumerate(itertools.permutations(about)):
        key = keyfile.DataKey(agency.record.study_id, bytes([number]) * 32, b"s" * 16)
        other = engine.create_database(tmp_path / f"{number}.kume", key)
        for line in (*order, *others):
            other.import_events([line])
        assert device_keys.known(other, pins) == wanted
        other.close()


# --- forgery and replay against the real keys of a study (R23) ---


def _package(study: Study, sender: DeviceSecrets, writer: StreamWriter, tmp_path: Path) -> Path:
    own = devices.this_computer(study)
    told = opening(Device(sender.device_id, "x"), writer.stream, CAN, "interviewer", study.record.created_at)
    first = writer.write(next(told))
    (content,) = seal(
        Kind.INTERVIEWS, study.record.study_id, new_id(),
        [EventLine(str(first.stream), first.seq, first.hash, first.line)],
        {own.device_id: own.encryption_public}, sender, owners={str(writer.stream): sender.device_id}, made_at="2026",
    )  # fmt: skip
    path = tmp_path / "package"
    path.write_bytes(content)
    return path


def test_that_packages_of_computers_that_are_not_enrolled_or_revoked_are_refused(agency, introduced, tmp_path):
    found = devices.look_at(agency, introduced.path)

    def read() -> object:
        return open_sealed(
            path, devices.trusted(agency), devices.secrets(agency), study=agency.record.study_id, read_event=parse,
            owners=devices.owners(agency),
        )  # fmt: skip

    sender = new_secrets(found.device_id)
    path = _package(agency, sender, StreamWriter(uuid7()), tmp_path)
    assert code_of(read) == "package.unknown-sender"
    keys = (sender.signing_public, sender.encryption_public)
    assert six_words(sender.device_id, *keys) != found.words, "other keys under the same name have other words"
    _enrol(agency, introduced)
    assert code_of(read) == "package.damaged", "signed by a key that was not compared"
    value = device_keys.trust_value("Dizüstü 07", CAN, LAPTOP, ENROLLED, keys)
    with agency.act() as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, found.device_id, "", value)
    assert read() == read(), "read as often as one likes; whether it is new is another question"
    devices.revoke(agency, found.device_id, "lost")
    assert code_of(read) == "package.revoked-sender", "an older package of it is refused as well"
