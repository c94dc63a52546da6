"""A person's data found, corrected, taken back and erased, down to the bytes of the file."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from kume_desktop.interview import page
from kume_desktop.services import (
    access_log,
    backups,
    evidence,
    exports,
    fieldwork,
    interviewing,
    recomputing,
    studies,
)
from kume_desktop.services.personal_data import (
    consent,
    correcting,
    devices,
    erasing,
    finding,
    held,
    inventory,
    retention,
)
from kume_desktop.services.views import NewFirm
from kume_desktop.store import engine, frames, keyfile, reading, writing
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.rebuild import rebuild
from tests.services.field_studies import acting, refused
from tests.services.interviewed import GIVEN
from tests.studies import PASSPHRASE, copied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kume_desktop.services.studies import Study
    from kume_desktop.store.subject_keys import SubjectKey

NAME, NUMBER, PHONE, MAIL = "Kanarya Bülbüloğlu", "98765432109", "0532 777 66 55", "kanarya@serce.example"
CANARIES = ("Kanarya", "Bülbüloğlu", NUMBER, "777 66 55", "7776655", "serce.example", "SERÇEBELGE")
FORM = "is_ihtiyac"
ORDERS, MUTATIONS = 5, 20
CELLS = ("uretim_insan", "uretim_bilgi", "pazarlama_iliski")
PERSONAL = {
    "gorev": "3",
    "yan_ad": NAME,
    "yan_tel": PHONE,
    "yan_eposta": MAIL,
    "sonuc_notu": f"{NAME} çok yardımcı oldu",
}


@pytest.fixture(scope="module")
def told_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study in which a sole trader is named wherever a person can be."""
    path = copied(empty_template, tmp_path_factory.mktemp("told"))
    with studies.open_study(path, PASSPHRASE) as study:
        tell(study)
    return path


@pytest.fixture
def told(told_template: Path, tmp_path: Path) -> Iterator[Study]:
    with studies.open_study(copied(told_template, tmp_path), PASSPHRASE) as study:
        yield study


def tell(study: Study) -> None:
    """Name the person everywhere."""
    unit = fieldwork.add_firm(study, NewFirm(f"{NAME} Boya", "kimya", "Bornova", "20.30", "1-9", NUMBER))
    with study.act() as act:
        writing.add_frame(act, study.wave.wave_id, "Oda", "x", {unit: {"Yetkili": NAME, "Tel": PHONE}}, personal=True)
    fieldwork.record_visit(study, unit, "10", f"{NAME} yoktu, {PHONE} arandı")
    evidence.allow(study, "Deneme")
    session = interviewing.open_interview(study, unit, FORM)
    given = {**GIVEN, "hukuki_yapi": "1", "acik_riza": "1", **PERSONAL}
    for name, value in given.items():
        session.answer(session.interview.path_of(name), value)
    asked = session.interview.path_of("ana_urun")
    file = study.path.with_name("belge.txt")
    file.write_text(f"SERÇEBELGE {NAME}", "utf-8")
    evidence.attach(session, asked, evidence.read(file))
    file.unlink()
    assert session.complete({one.path: f"{NAME} yok" for one in page.open_problems(session.interview)}).at is not None
    with study.act() as act:
        of = (SubjectKind.INTERVIEW, session.interview_id)
        act.append(EventKind.COMMENT, *of, asked, f"{NAME} söyledi")
        act.append(EventKind.OVERRIDE, *of, asked, f"{NAME} onayladı")
        act.append(EventKind.GAP_REASON, *of, asked, f"{NAME} bilmiyor")
        value = {"who": NAME, "how": "1", "since": asked, "until": ""}
        act.append(EventKind.RESPONDENT, *of, "2", value)
        act.save_draft(session.interview_id, session.interview.path_of("uretim_acil"), f"{NAME} der ki")
        given_level = writing.RatingGiven(
            study.wave.wave_id, "unit", unit, "g1", 4, "Elif", reason=f"{NAME} gösterdi", members=NAME
        )
        writing.rate(act, given_level)


def unit_of(study: Study) -> str:
    return next(unit.unit_id for unit in reading.units(study.database) if unit.natural_person)


def interview_of(study: Study) -> str:
    return reading.interviews(study.database, unit_id=unit_of(study))[0].interview_id


def pages(study: Study) -> bytes:
    """Every byte of the file and its write-ahead log, opened with its key page by page."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = bytes.fromhex(study.key.hex)[:32]

    def opened(page: bytes, *, first: bool) -> bytes:
        begin = 16 if first else 0
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        return cipher.update(page[begin:-80]) + cipher.finalize()

    whole, found = study.path.read_bytes(), []
    found += [opened(whole[at : at + 4096], first=at == 0) for at in range(0, len(whole), 4096)]
    wal = study.path.with_name(f"{study.path.name}-wal")
    log = wal.read_bytes() if wal.exists() else b""
    for at in range(32, len(log), 4096 + 24):
        number = int.from_bytes(log[at : at + 4], "big")
        found.append(opened(log[at + 24 : at + 24 + 4096], first=number == 1))
    return b"".join(found)


def in_bytes(study: Study) -> list[str]:
    """The canaries that stand in the opened pages."""
    held = pages(study)
    return [one for one in CANARIES if one.encode() in held]


def dumped(study: Study, wanted: Sequence[str] = CANARIES) -> list[str]:
    """The canaries that stand in a dump of every table."""
    connection = connect_file(study.path, study.key)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [row for (table,) in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
        whole = "\n".join(
            cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for row in rows for cell in row
        )
    finally:
        connection.close()
    return [one for one in wanted if one in whole]


def test_that_the_bytes_of_the_file_are_read_as_they_are(told: Study):
    assert set(in_bytes(told)) >= {"Kanarya", NUMBER, "serce.example", "SERÇEBELGE"}


def test_that_an_erased_person_stands_nowhere_and_old_lines_in_any_order_bring_nothing_back(
    told: Study, tmp_path: Path
):
    lines, keys = reading.lines(told.database), told.database.subject_keys()
    unit, interview = unit_of(told), interview_of(told)
    before, hidden = reading.answers(told.database, interview), personal_paths(told, interview)
    counted, needs = reading.counts(told.database), needs_of(told)
    assert len(needs) == 1
    done = erasing.erase(told, unit, "request")
    erasing.compact(told)
    assert (done.interviews, done.files, done.is_legal_person) == (1, 1, False)
    assert in_bytes(told) == []
    assert dumped(told) == []
    assert reading.unit_record(told.database, unit).erased
    now = reading.answers(told.database, interview)
    assert now == {path: value for path, value in before.items() if path not in hidden}
    assert len(now) > 10
    assert len(hidden) >= 4
    assert reading.ratings(told.database, target_id=unit)[0].level == 4
    assert needs_of(told) == needs
    assert (reading.counts(told.database).interviews, reading.counts(told.database).visits) == (
        counted.interviews, counted.visits,
    )  # fmt: skip
    every = [*lines, *(line for line in reading.lines(told.database) if line not in set(lines))]
    for seed in range(ORDERS):
        again(told, tmp_path / f"order{seed}.kume", every, keys, seed)
    told.database.import_events(lines, keys)
    erasing.compact(told)
    assert in_bytes(told) == []
    assert dumped(told) == []


def needs_of(study: Study) -> list[list[int]]:
    """The answers that the scores rest on, firm by firm."""
    found = frames.needs(study.database, study.wave.wave_id, FORM, CELLS)
    return [list(map(int, row)) for row in found.answers]


def personal_paths(study: Study, interview_id: str) -> set[str]:
    heads = reading.heads(study.database, interview_id)
    return {path for path, rows in heads.items() if any(row.personal for row in rows) and "#" not in path}


def again(study: Study, place: Path, lines: list[str], keys: tuple[SubjectKey, ...], seed: int) -> None:
    """Take the lines in as packages of another computer, in an order of their own, and look for the person."""
    drawn = random.Random(seed)
    shuffled = drawn.sample(lines, len(lines))
    database = engine.create_database(place, study.key)
    try:
        while shuffled:
            some = drawn.randrange(1, len(shuffled) + 1)
            database.import_events(shuffled[:some], keys)
            shuffled = shuffled[some:]
    finally:
        database.close()
    erasing.compact(_as_study(study, place))
    assert in_bytes(_as_study(study, place)) == []
    assert dumped(_as_study(study, place)) == []


class _Other:
    """A file as `compact` and the reading of bytes take it."""

    def __init__(self, path: Path, key: keyfile.DataKey) -> None:
        self.path, self.key = path, key


def _as_study(study: Study, path: Path) -> Study:
    return _Other(path, study.key)  # type: ignore[return-value]


def test_that_what_is_worked_out_comes_back_without_the_person(told: Study):
    erasing.erase(told, unit_of(told), "request")
    assert recomputing.renew(told) == 1
    erasing.compact(told)
    assert dumped(told) == []
    assert needs_of(told)


def test_that_only_staff_erase_and_a_reason_is_one_of_the_list(told: Study):
    with acting(told, "Can"):
        assert refused(erasing.erase, told, unit_of(told), "request") == ["role.may-not"]
        assert refused(finding.find, told, NAME) == ["role.may-not"]
        assert refused(consent.withdraw, told, interview_of(told), "letter") == ["role.may-not"]
        assert refused(access_log.entries, told) == ["role.may-not"]
    assert refused(erasing.erase, told, unit_of(told), f"{NAME} istedi") == ["personal.no-reason"]
    assert in_bytes(told)


def test_that_an_interview_is_erased_alone_and_the_firm_keeps_its_name(told: Study):
    done = erasing.erase(told, interview_of(told), "mistake")
    assert done.interviews == 1
    assert reading.unit_record(told.database, unit_of(told)).name == f"{NAME} Boya"
    assert reading.comments(told.database, interview_of(told)) == {}


def test_that_the_file_is_cleaned_while_a_window_has_it_open_but_not_while_somebody_reads(told: Study):
    erasing.erase(told, unit_of(told), "request")
    reader = connect_file(told.path, told.key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    try:
        assert refused(erasing.compact, told) == ["personal.still-read"]
    finally:
        reader.close()
    erasing.compact(told)
    assert in_bytes(told) == []


def test_that_backups_hold_the_person_until_they_are_deleted_and_one_is_always_left(told: Study):
    made = backups.make(told)
    earlier = made.path.rename(made.path.with_name(f"older-{made.path.name}"))
    done = erasing.erase(told, unit_of(told), "request")
    assert done.backups == (earlier,)
    assert erasing.delete_backups(told, done.backups) == 1
    (left,) = erasing.holding(told)
    assert left != earlier


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (
            "kanarya BULBULOGLU",
            {"firm", "list", "answer", "comment", "reason", "respondent", "visit", "rating", "typed"},
        ),
        ("98765432109", {"firm"}),
        ("0532 777 6655", {"list", "answer", "visit"}),
        ("+90 532 7776655", {"list", "answer", "visit"}),
        ("KANARYA@serce", {"answer"}),
    ],
)
def test_that_a_person_is_found_wherever_they_stand(told: Study, wanted: str, places: set[str]):
    (firm,) = finding.find(told, wanted)
    assert firm.name == f"{NAME} Boya"
    assert {hit.place.value for hit in firm.hits} >= places


def test_that_people_of_the_study_are_found_and_short_words_refused(told: Study):
    assert finding.Place.PERSON in {hit.place for one in finding.find(told, "elif") for hit in one.hits}
    assert refused(finding.find, told, "ka") == ["personal.too-short"]
    erasing.erase(told, unit_of(told), "request")
    assert finding.find(told, NAME) == ()


def test_that_withdrawn_consent_blanks_contact_data_for_good_and_keeps_the_rest(told: Study):
    interview = interview_of(told)
    lines, keys = reading.lines(told.database), told.database.subject_keys()
    before = reading.answers(told.database, interview)
    contact = {path for path in before if path.rpartition("/")[2] in {"yan_ad", "yan_tel", "yan_eposta"}}
    assert len(contact) == 3
    done = consent.withdraw(told, interview, "letter")
    assert done.blanked == 3
    for _ in range(2):
        assert reading.answers(told.database, interview) == locked(before, contact)
        assert reading.comments(told.database, interview)
        (record,) = reading.consents(told.database, interview)
        assert (record.given, record.how, bool(record.text_hash)) == (False, "withdrawn-letter", True)
        assert reading.conflicts(told.database) == ()
        erasing.compact(told)
        assert b"serce.example" not in pages(told)
        told.database.import_events(lines, keys)
        rebuild(told.database)
    assert consent.still_held(told) == ()


def locked(before: Mapping[str, str], contact: set[str]) -> dict[str, str]:
    """The answers without contact data; consent is given no more."""
    return {p: "2" if p.endswith("/acik_riza") else v for p, v in before.items() if p not in contact}


def test_that_a_copy_from_before_a_withdrawal_is_told_until_it_is_blanked_again(told: Study):
    interview = interview_of(told)
    path = next(p for p in reading.answers(told.database, interview) if p.endswith("yan_tel"))
    consent.withdraw(told, interview, "phone")
    with told.act() as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, path, PHONE, personal=True)
    assert consent.still_held(told) == (interview,)
    (due,) = retention.due(told, date(2026, 1, 1))
    assert due.withdrawn
    retention.carry_out(told, [due])
    assert retention.due(told, date(2026, 1, 1)) == ()


def test_that_refused_consent_and_an_unknown_way_change_nothing(told: Study):
    assert refused(consent.withdraw, told, interview_of(told), "dove") == ["personal.no-channel"]
    assert refused(consent.withdraw, told, unit_of(told), "letter") == ["personal.no-interview"]
    erasing.erase(told, unit_of(told), "request")
    assert reading.consents(told.database, interview_of(told))[0].given


def test_that_a_fact_is_corrected_with_a_reason_and_sealed_for_a_person(told: Study):
    unit = unit_of(told)
    assert correcting.correct(told, unit, "tax_number", "11122233344", "yanlış yazılmış") == NUMBER
    correcting.correct(told, unit, "phone", "0212 000 00 00", "yeni numara")
    assert correcting.held(told, unit)["tax_number"] == "11122233344"
    assert correcting.held(told, unit)["phone"] == "0212 000 00 00"
    assert not any("11122233344" in line or "0212 000" in line for line in reading.lines(told.database))
    code = reading.unit_record(told.database, unit).code
    entry = access_log.entries(told)[0]
    assert (entry.deed, entry.what, entry.reason) == (access_log.Deed.CORRECTED, f"{code}: phone", "yeni numara")
    for given, said in (
        (("tax_number", "11122233344", "x"), "personal.same"),
        (("district", "Konak", " "), "personal.why"),
        (("name", "", "x"), "personal.no-name"),
        (("colour", "mavi", "x"), "personal.no-such-fact"),
    ):
        assert refused(correcting.correct, told, unit, *given) == [said]


def test_that_the_access_log_tells_who_did_what_and_opening_once_a_day(told: Study, tmp_path: Path):
    access_log.opened(told)
    access_log.opened(told)
    exports.export_csv(told, tmp_path / "csv", "tr", reason="rapor", personal=True)
    finding.remember(told, finding.find(told, NAME))
    consent.withdraw(told, interview_of(told), "person")
    erasing.erase(told, unit_of(told), "request")
    found = access_log.entries(told)
    assert [one.deed.value for one in found if one.deed is not access_log.Deed.ERASED] == [
        "withdrawn", "found", "exported", "opened", "imported",
    ]  # fmt: skip
    assert {one.reason for one in found if one.deed is access_log.Deed.ERASED} == {"request"}
    assert all(NAME not in one.what for one in found)
    erasing.compact(told)
    assert dumped(told) == []


def test_that_every_change_of_the_log_is_named_by_its_first_bad_line(told_template: Path, tmp_path: Path):
    key = keyfile.unlock(told_template, PASSPHRASE)
    drawn = random.Random(26)
    counted = {"edit": 0, "forge": 0, "delete": 0, "swap": 0}
    for number in range(MUTATIONS):
        place = tmp_path / str(number)
        place.mkdir()
        file = copied(told_template, place)
        how = list(counted)[number % 4]
        expected = mutate(file, key, how, drawn)
        with studies.open_with(file, key) as study:
            found = access_log.verify(study)
        assert [one.seq for one in found] == [expected], (how, found)
        counted[how] += 1
    assert set(counted.values()) == {MUTATIONS // 4}


def mutate(file: Path, key: keyfile.DataKey, how: str, drawn: random.Random) -> int:
    """Change the log as somebody with the key could; returns the number of the first line that is not as it was."""
    connection = connect_file(file, key)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        where = "WHERE stream = (SELECT stream FROM event GROUP BY stream ORDER BY count(*) DESC LIMIT 1)"
        rows = connection.execute(f"SELECT seq, line, hash, no FROM event {where} ORDER BY seq").fetchall()
        at = drawn.randrange(1, len(rows) - 3)
        seq, line, _digest, no = rows[at]
        if how in {"edit", "forge"}:
            other = line.replace('"author":"Elif"', '"author":"Elia"')
            assert other != line
            digest = hashlib.sha256(other.encode()).digest() if how == "forge" else rows[at][2]
            connection.execute("UPDATE event SET line = ?, hash = ? WHERE no = ?", (other, digest, no))
        elif how == "delete":
            connection.execute("DELETE FROM event WHERE no = ?", (no,))
        else:
            later = rows[drawn.randrange(at + 1, len(rows))]
            connection.execute("UPDATE event SET line = ?, hash = ? WHERE no = ?", (later[1], later[2], no))
            connection.execute("UPDATE event SET line = ?, hash = ? WHERE no = ?", (line, rows[at][2], later[3]))
    finally:
        connection.close()
    return int(seq)


def test_that_an_untouched_log_has_no_bad_line(told: Study):
    assert access_log.verify(told) == ()


def test_that_everything_held_is_one_readable_document(told: Study, tmp_path: Path):
    unit = unit_of(told)
    assert refused(held.print_all, told, unit, tmp_path / "kisi.pdf", " ", "tr") == ["personal.why"]
    assert refused(held.print_all, told, unit, tmp_path / "kisi.txt", "başvuru", "tr") == ["personal.not-pdf"]
    written = held.print_all(told, unit, tmp_path / "kisi.pdf", "başvuru", "tr")
    text = words(written.path)
    for one in (f"{NAME} Boya", NUMBER, PHONE, MAIL, f"{NAME} söyledi", f"{NAME} yoktu", "Oda", "iletişim", "K1",
                f"{NAME} gösterdi", "ajans çalışanları", "iki yıl", f"{NAME} der ki"):  # fmt: skip
        assert " ".join(one.split()) in text, one
    entry = access_log.entries(told)[0]
    assert (entry.deed, entry.reason) == (access_log.Deed.PRINTED, "başvuru")
    assert held.print_all(told, unit, tmp_path / "person.pdf", "request", "en").pages == written.pages


def words(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_that_the_inventory_has_a_line_for_each_category(told: Study, tmp_path: Path):
    lines = inventory.lines(told, "tr")
    assert {(one.category, one.purpose) for one in lines} >= {("Kimlik ve iletişim", "iletişim")}
    grounds = {one.key: one.ground for one in lines}
    assert (grounds["K1:iletişim"], grounds["K3:analiz"]) == ("geri alınabilen açık rıza", "m.5")
    assert grounds["people"] not in {"m.5", ""}
    inventory.save(told, "lists", "seçim", "5449 sayılı Kanun")
    (own,) = [one for one in inventory.lines(told, "tr") if one.key == "lists"]
    assert (own.purpose, own.ground, "Elif" in own.origin) == ("seçim", "5449 sayılı Kanun", True)
    inventory.save(told, "lists", "", "")
    assert {one.ground for one in inventory.lines(told, "tr") if one.key == "lists"} == {"m.5"}
    with acting(told, "Dilek", "data_officer"):
        assert refused(inventory.save, told, "lists", "x", "y") == ["study.only-staff"]
    assert "Kimlik ve iletişim" in inventory.write_csv(told, tmp_path / "envanter.csv", "tr").read_text("utf-8-sig")
    assert "Kimlik ve iletişim" in words(inventory.print_inventory(told, tmp_path / "envanter.pdf", "tr").path)


def test_that_what_is_past_its_time_is_due_and_erased(told: Study):
    today = datetime.now().astimezone().date()
    assert retention.due(told, today) == ()
    assert refused(retention.save, told, "iletişim", "iki") == ["personal.months"]
    assert refused(retention.save, told, "reklam", "2") == ["personal.no-purpose"]
    retention.save(told, "iletişim", "6")
    assert retention.due(told, today) == ()
    later = retention.later(today, 6)
    assert later is not None
    (contact,) = retention.due(told, later)
    assert (contact.contact_only, contact.firm) == (True, f"{NAME} Boya")
    retention.carry_out(told, [contact])
    assert retention.due(told, later) == ()
    for purpose in retention.purposes(told):
        retention.save(told, purpose, "12")
    (everything,) = retention.due(told, retention.later(today, 12) or today)
    assert not everything.contact_only
    assert retention.carry_out(told, [everything]) == 1
    assert reading.comments(told.database, interview_of(told)) == {}


def test_that_a_lost_computer_is_told_with_what_was_on_it(told: Study, tmp_path: Path):
    this = max(devices.devices(told), key=lambda one: len(one.interviews))
    assert (len(this.interviews), this.authors) == (1, ("Elif",))
    assert this.interviews[0].persons
    assert 0 < this.last_seq < len(reading.lines(told.database))
    assert "Kanarya" in words(devices.print_device(told, this.device_id, tmp_path / "kayip.pdf", "tr").path)
    assert refused(devices.print_device, told, "x", tmp_path / "kayip.pdf", "tr") == ["personal.no-device"]
