"""Consent and notice: what is asked, locked, cleared, read out again, and what the proof says later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kume_desktop.interview import page
from kume_desktop.services import fieldwork, interviewing, notices, studies
from kume_desktop.services.interviewing import Session
from kume_desktop.services.personal_data import consent, correcting, erasing
from kume_desktop.services.studies import Study
from kume_desktop.store import engine, reading, tombstones, withdrawals, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.rebuild import rebuild
from tests.services.field_studies import acting
from tests.services.interviewed import GIVEN
from tests.services.test_personal_data import dumped
from tests.studies import PASSPHRASE, copied

pytestmark = pytest.mark.cases("R25 consent")

FORM, NAME, PHONE = "is_ihtiyac", "Turna Kırlangıç", "0533 111 22 33"
CONTACT = {"yan_ad": NAME, "yan_tel": PHONE}
BEGUN = {name: value for name, value in GIVEN.items() if name != "acik_riza"}


@pytest.fixture(scope="module")
def begun_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study in which an interview was begun, up to the consent."""
    path = copied(empty_template, tmp_path_factory.mktemp("begun"))
    with studies.open_study(path, PASSPHRASE) as study:
        session = interviewing.open_interview(study, unit_of(study), FORM)
        for name, value in BEGUN.items():
            give(session, name, value)
    return path


@pytest.fixture
def begun(begun_template: Path, tmp_path: Path) -> Iterator[Study]:
    with studies.open_study(copied(begun_template, tmp_path), PASSPHRASE) as study:
        yield study


def unit_of(study: Study) -> str:
    return next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")


def again(study: Study) -> Session:
    return interviewing.open_interview(study, unit_of(study), FORM)


def give(session: Session, name: str, value: str) -> None:
    assert session.answer(session.interview.path_of(name), value).at is not None, name


def consented(study: Study) -> Session:
    session = again(study)
    for name, value in {"acik_riza": "1", **CONTACT}.items():
        give(session, name, value)
    return session


def held(study: Study, session: Session) -> dict[str, str]:
    answers = reading.answers(study.database, session.interview_id)
    return {path.rpartition("/")[2]: value for path, value in answers.items() if value}


def told(study: Study, session: Session) -> list[notices.Proof]:
    return list(notices.proofs(study, session.interview_id))


def is_asked(session: Session, name: str) -> bool:
    return session.interview.is_relevant(session.interview.path_of(name))


def test_that_the_notice_leaves_a_complete_proof_with_the_words_that_were_shown(begun: Study):
    (proof,) = told(begun, again(begun))
    assert (proof.what, proof.version, proof.how, proof.by) == ("notice", "AYD-2026-1", "1", "Elif")
    assert len(proof.text_hash) == 64
    assert timedelta(0) <= reading.interviews(begun.database)[0].opened_at - proof.at + timedelta(hours=1)
    assert "Deneme Ajansı" in proof.words
    assert "iki yıl" in proof.words


def test_that_who_refuses_is_asked_for_no_contact_data(begun: Study):
    session = again(begun)
    give(session, "acik_riza", "2")
    assert not any(is_asked(session, name) for name in CONTACT)
    assert session.answer(session.interview.path_of("yan_tel"), PHONE).at is None
    proof = told(begun, session)[-1]
    assert (proof.what, proof.given, proof.version, proof.how) == ("consent", False, "AYD-2026-1", "1")
    assert "açık rıza" in proof.words
    assert CONTACT.keys().isdisjoint(held(begun, session))


def test_that_who_consents_is_asked_and_the_data_are_sealed(begun: Study):
    session = consented(begun)
    assert {name: held(begun, session)[name] for name in CONTACT} == CONTACT
    assert not any(PHONE in line or NAME in line for line in reading.lines(begun.database))
    assert told(begun, session)[-1].given


def test_that_taking_consent_back_in_the_interview_clears_contact_data_and_nothing_else(begun: Study):
    session = consented(begun)
    before = held(begun, session)
    session.draft(session.interview.path_of("yan_eposta"), "turna@")
    give(session, "acik_riza", "2")
    assert held(begun, session) == {**{n: v for n, v in before.items() if n not in CONTACT}, "acik_riza": "2"}
    opened = again(begun)
    assert not any(is_asked(opened, name) or opened.interview.value(opened.interview.path_of(name)) for name in CONTACT)
    assert [(one.given, one.by) for one in told(begun, session) if one.what == "consent"] == [
        (True, "Elif"), (False, "Elif"),
    ]  # fmt: skip
    give(opened, "acik_riza", "1")
    assert not any(opened.interview.value(opened.interview.path_of(name)) for name in CONTACT)


def test_that_a_slip_of_the_finger_is_taken_back(begun: Study):
    session = consented(begun)
    give(session, "acik_riza", "2")
    undone = session.undo()
    assert undone is not None and undone.at is not None
    assert {name: held(begun, session).get(name) for name in CONTACT} == CONTACT


def test_that_consent_withdrawn_at_the_office_locks_and_blanks(begun: Study):
    session = consented(begun)
    before = held(begun, session)
    consent.withdraw_all(begun, unit_of(begun), "letter")
    opened = again(begun)
    assert held(begun, opened) == {**{n: v for n, v in before.items() if n not in CONTACT}, "acik_riza": "2"}
    assert not any(is_asked(opened, name) for name in CONTACT)
    proof = told(begun, session)[-1]
    assert (proof.given, proof.how, proof.version, proof.by) == (False, "withdrawn-letter", "AYD-2026-1", "Elif")
    erasing.compact(begun)
    assert [one for one in dumped(begun, (NAME, PHONE)) if one] == []
    rebuild(begun.database)
    assert CONTACT.keys().isdisjoint(held(begun, opened))


def test_that_a_firm_loses_its_contact_person_too_and_keeps_what_is_its_own(begun: Study):
    unit = unit_of(begun)
    correcting.correct(begun, unit, "contact", NAME, "yeni")
    correcting.correct(begun, unit, "phone", PHONE, "yeni")
    correcting.correct(begun, unit, "address", "Sanayi Cad. 5", "yeni")
    with begun.act() as act:
        writing.add_frame(
            act, begun.wave.wave_id, "Oda", "x", {unit: {"Ünvan": "Şişli", "Yetkili": NAME, "Tel": PHONE}}
        )
    fieldwork.record_visit(begun, unit, "10", "kapı kapalı")
    consented(begun)
    consent.withdraw_all(begun, unit, "phone")
    assert correcting.held(begun, unit)["address"] == "Sanayi Cad. 5"
    assert not {"contact", "phone"} & correcting.held(begun, unit).keys()
    assert reading.visits(begun.database, unit)[0].note == "kapı kapalı"
    erasing.compact(begun)
    assert dumped(begun, (NAME, PHONE)) == []
    rebuild(begun.database)
    assert correcting.held(begun, unit)["address"] == "Sanayi Cad. 5"
    assert reading.conflicts(begun.database) == ()
    correcting.correct(begun, unit, "phone", "0232 000 00 00", "firmanın santrali")
    assert tombstones.settle(begun.database) == 0
    assert correcting.held(begun, unit)["phone"] == "0232 000 00 00"


def test_that_a_new_notice_is_read_out_again_and_what_was_shown_stays(begun: Study):
    (before,) = told(begun, again(begun))
    begun.save_facts(replace(begun.facts(), retention="beş yıl"))
    session = again(begun)
    asked = session.interview.path_of("aydinlatma_okundu")
    assert session.interview.value(asked) == ""
    assert session.position == asked
    assert notices.asked_again(begun, session.interview_id, session.interview) == (asked,)
    assert session.read_again == {asked}
    assert asked in {one.path for one in page.open_problems(session.interview)}
    give(session, "aydinlatma_okundu", "2")
    old, new = told(begun, session)
    assert old == before
    assert ("iki yıl" in old.words, "beş yıl" in old.words) == (True, False)
    assert ("iki yıl" in new.words, "beş yıl" in new.words, new.how) == (False, True, "2")
    assert old.text_hash != new.text_hash
    assert again(begun).interview.value(asked) == "2"


def test_that_a_finished_interview_keeps_its_notice_whatever_changes(begun: Study):
    session = again(begun)
    give(session, "acik_riza", "2")
    gaps = {one.path: "Deneme" for one in page.open_problems(session.interview)}
    assert session.complete(gaps).at is not None
    before = told(begun, session)
    begun.save_facts(replace(begun.facts(), agency="Öteki Ajans"))
    assert again(begun).interview.value(session.interview.path_of("aydinlatma_okundu")) == "1"
    assert told(begun, session) == before
    assert "Deneme Ajansı" in before[0].words


def test_that_nobody_else_who_looks_takes_the_notice_back(begun: Study):
    begun.save_facts(replace(begun.facts(), retention="beş yıl"))
    with acting(begun, "Can"):
        session = again(begun)
        assert session.interview.value(session.interview.path_of("aydinlatma_okundu")) == "1"
    assert len(told(begun, session)) == 1


def test_that_another_language_is_no_other_notice(begun: Study):
    session = again(begun)
    session.set_language("en")
    assert notices.changed(session.interview, reading.heads(begun.database, session.interview_id)) == ()


def test_that_other_words_of_consent_lock_contact_data_until_it_is_given_again(begun: Study):
    session = consented(begun)
    with begun.act() as act:
        writing.record_consent(
            act, session.interview_id, "iletişim", given=True, how="1", text_hash="0" * 64, version="AYD-2025-9"
        )
    opened = again(begun)
    assert opened.interview.value(opened.interview.path_of("acik_riza")) == ""
    assert not any(is_asked(opened, name) for name in CONTACT)
    give(opened, "acik_riza", "1")
    assert {name: opened.interview.value(opened.interview.path_of(name)) for name in CONTACT} == CONTACT
    assert [one.version for one in told(begun, opened) if one.what == "consent"][-2:] == ["AYD-2025-9", "AYD-2026-1"]


def test_that_consent_given_again_after_a_withdrawal_holds(begun: Study):
    session = consented(begun)
    consent.withdraw(begun, session.interview_id, "person")
    opened = consented(begun)
    assert {name: held(begun, opened)[name] for name in CONTACT} == CONTACT
    assert tombstones.settle(begun.database) == 0
    assert {name: held(begun, opened)[name] for name in CONTACT} == CONTACT
    assert consent.still_held(begun) == ()


# --- a copy from before a withdrawal ---


def test_that_a_backup_from_before_a_withdrawal_does_not_bring_contact_data_back(begun: Study, tmp_path: Path):
    session = consented(begun)
    correcting.correct(begun, unit_of(begun), "contact", NAME, "yeni")
    begun.database.close()
    older = begun.path.read_bytes()
    with studies.open_study(begun.path, PASSPHRASE) as study:
        before = held(study, session)
        consent.withdraw_all(study, unit_of(study), "letter")
    begun.path.write_bytes(older)
    for _ in range(2):
        with studies.open_study(begun.path, PASSPHRASE) as study:
            assert held(study, session) == {n: v for n, v in before.items() if n not in CONTACT}
            assert "contact" not in correcting.held(study, unit_of(study))
            erasing.compact(study)
            assert dumped(study, (NAME, PHONE)) == []
            rebuild(study.database)
    told = tombstones.path_of(begun.path).read_text("utf-8")
    assert NAME not in told
    assert PHONE not in told
    assert len(tombstones.read_withdrawals(begun.path)) == 2
    assert tombstones.read(begun.path) == ()


def test_that_another_computer_that_hears_of_a_withdrawal_carries_it_out(begun: Study, tmp_path: Path):
    session = consented(begun)
    lines, keys = reading.lines(begun.database), begun.database.subject_keys()
    laptop = engine.create_database(tmp_path / "laptop.kume", begun.key)
    try:
        laptop.import_events(lines, keys)
        consent.withdraw(begun, session.interview_id, "phone")
        laptop.import_events(reading.lines(begun.database), begun.database.subject_keys())
        assert tombstones.settle(laptop) == 1
        assert tombstones.settle(laptop) == 0
        now = {path.rpartition("/")[2] for path in reading.answers(laptop, session.interview_id)}
        assert now.isdisjoint(CONTACT)
        assert reading.conflicts(laptop) == ()
        assert len(withdrawals.of_source(laptop)) == 1
        laptop.import_events(lines, keys)
        rebuild(laptop)
        assert {path.rpartition("/")[2] for path in reading.answers(laptop, session.interview_id)} == now
        assert not any(row.value for row in heads_of(laptop, session, "yan_tel"))
    finally:
        laptop.close()


def heads_of(database: engine.Database, session: Session, name: str) -> list[reading.records.HeadRow]:
    heads = reading.heads(database, session.interview_id)
    return [row for path, rows in heads.items() if path.endswith(name) for row in rows]


# --- by what a person is reached, also in a legal person's firm ---


def test_that_contact_data_of_a_legal_person_s_firm_are_sealed_in_every_event(study: Study):
    with study.act() as act:
        unit = writing.add_unit(
            act,
            {"code": "F0090", "name": "Turaç A.Ş.", "area": "kimya", "district": "Konak", "tax_number": "1234567890",
             "contact": NAME, "phone": PHONE, "email": "turna@turac.example", "address": "Sanayi Cad. 5"},
        )  # fmt: skip
        writing.set_fact(act, SubjectKind.UNIT, unit, "note", f"{NAME} ile konuş")
        writing.add_frame(act, study.wave.wave_id, "Oda", "x", {unit: {"Yetkili": NAME, "Tel": PHONE}})
    lines = "\n".join(reading.lines(study.database))
    assert [one for one in (NAME, PHONE, "turna@", "Sanayi Cad.") if one in lines] == []
    assert all(one in lines for one in ("Turaç A.Ş.", "1234567890", "Konak"))
    assert correcting.held(study, unit)["phone"] == PHONE
    assert correcting.correct(study, unit, "phone", "0258 123 98 76", "yeni") == PHONE
    erasing.erase(study, unit, "request")
    erasing.compact(study)
    assert dumped(study, (NAME, PHONE, "turna@", "Sanayi Cad.", "0258 123")) == []
    assert reading.unit_record(study.database, unit).name == "Turaç A.Ş."


def test_that_a_study_of_an_older_program_goes_on_with_what_it_wrote_in_clear(study: Study):
    unit = unit_of(study)
    with study.act() as act:
        act.append(EventKind.FACT, SubjectKind.UNIT, unit, "phone", PHONE)
        rows = {unit: {"Yetkili": NAME, "Ünvan": "Ş"}}
        frame = writing.add_frame(act, study.wave.wave_id, "Oda", "x", rows, personal=False)
    assert correcting.held(study, unit)["phone"] == PHONE
    consent.withdraw_all(study, unit, "letter")
    assert "phone" not in correcting.held(study, unit)
    cells = [row.value for row in reading.heads(study.database, unit)[f"frame:{frame}"]]
    assert cells == ['{"Ünvan": "Ş"}']
