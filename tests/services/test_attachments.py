"""Files as answers: kept inside the study, read back whole, gone when the interview is erased."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kume_desktop.instruments.model import Kind
from kume_desktop.problems import Refused
from kume_desktop.services import access_log, attachments, evidence, interviewing, studies
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.store.events import SubjectKind
from tests.services.installed import install, interview, units
from tests.studies import PASSPHRASE

SURVEY = """
| type | name | label | relevant |
| image | foto | Fotoğraf | |
| audio | ses | Ses | |
| file | belge | Belge | |
| text | t | T | |
| image | gizli | G | ${t} = 'x' |
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"ekran" * 5000


@pytest.fixture
def session(study: Study, tmp_path: Path) -> Session:
    install(study, tmp_path, "dosyali", SURVEY)
    return interview(study, units(study)[0], "dosyali")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "Ön Yüz.PNG"
    file.write_bytes(PICTURE)
    return file


def blobs(study: Study) -> int:
    from sqlalchemy import select

    from kume_desktop.store.tables import blob

    return len(study.database.rows(select(blob.c.hash).where(blob.c.media_type.startswith("attachment:"))))


def refused(session: Session, path: str, file: Path) -> list[str]:
    before = blobs(session.study)
    saved = attachments.attach(session, path, file)
    assert saved.at is None
    assert (session.interview.value(path), blobs(session.study)) == ("", before)
    return [one.code for one in saved.problems]


def test_that_a_picture_is_kept_and_read_back_whole(session: Session, picture: Path):
    saved = attachments.attach(session, "/data/foto", picture)
    assert saved.at is not None, saved.problems
    name = session.interview.value("/data/foto")
    assert name == hashlib.sha256(PICTURE).hexdigest()[:16] + ".png"
    picture.unlink()
    study = session.study
    study.close()
    with studies.open_study(study.path, PASSPHRASE) as again:
        reopened = interviewing.open_interview(again, session.record.unit_id, "dosyali")
        assert reopened.interview.value("/data/foto") == name
        assert attachments.content(again, name) == PICTURE
    assert PICTURE[:40] not in study.path.read_bytes()


def test_that_the_same_file_is_kept_once(session: Session, picture: Path):
    attachments.attach(session, "/data/foto", picture)
    attachments.attach(session, "/data/belge", picture)
    assert session.interview.value("/data/foto") == session.interview.value("/data/belge")
    assert blobs(session.study) == 1


def test_that_a_copy_of_a_file_is_saved_wholly_or_not_at_all_and_the_access_log_says_so(
    session: Session, picture: Path, tmp_path: Path
):
    attachments.attach(session, "/data/foto", picture)
    name = session.interview.value("/data/foto")
    attachments.save_copy(session.study, name, tmp_path / "kopya.png")
    assert (tmp_path / "kopya.png").read_bytes() == PICTURE
    assert access_log.entries(session.study)[0].what == f"file {name}"
    refused = {
        tmp_path / "yok" / "kopya.png": "study.read-only",
        session.study.path: "interview.file-is-the-study",
        session.study.path.with_name(session.study.path.name + "-key"): "interview.file-is-the-study",
    }
    for target, code in refused.items():
        with pytest.raises(Refused) as found:
            attachments.save_copy(session.study, name, target)
        assert found.value.problems[0].code == code
    assert not list(tmp_path.glob(".*.part"))


def test_that_an_answer_taken_back_finds_its_bytes_though_the_same_evidence_was_removed(
    session: Session, picture: Path
):
    evidence.allow(session.study, "belgeler")
    attachments.attach(session, "/data/foto", picture)
    name = session.interview.value("/data/foto")
    evidence.attach(session, "/data/t", evidence.again(session, name))
    assert session.answer("/data/foto", "").at is not None
    assert evidence.remove(session, "/data/t", name).at is not None
    assert blobs(session.study) == 0
    assert session.undo() is not None
    assert session.interview.value("/data/foto") == name
    assert attachments.content(session.study, name) == PICTURE


def test_that_an_attached_file_can_be_taken_back(session: Session, picture: Path):
    attachments.attach(session, "/data/foto", picture)
    assert session.undo() is not None
    assert session.interview.value("/data/foto") == ""


def test_that_files_that_do_not_fit_are_refused_and_leave_nothing(
    session: Session, picture: Path, tmp_path, monkeypatch
):
    assert refused(session, "/data/ses", picture) == ["interview.file-kind"]
    assert refused(session, "/data/foto", tmp_path / "yok.png") == ["interview.file-unreadable"]
    assert refused(session, "/data/foto", tmp_path) == ["interview.file-kind"]
    (tmp_path / "boş.png").write_bytes(b"")
    assert refused(session, "/data/foto", tmp_path / "boş.png") == ["interview.file-empty"]
    (tmp_path / "adsız").write_bytes(b"x")
    assert refused(session, "/data/belge", tmp_path / "adsız") == ["interview.file-kind"]
    assert refused(session, "/data/gizli", picture) == ["interview.not-asked"]
    assert refused(session, "/data/t", picture) == ["interview.not-asked"]
    monkeypatch.setattr(attachments, "MAX_BYTES", 100)
    assert refused(session, "/data/foto", picture) == ["interview.file-too-large"]


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "tiff"])
def test_that_a_file_that_is_not_what_its_ending_says_is_refused(session: Session, tmp_path, ending: str):
    (tmp_path / f"foto.{ending}").write_bytes(b"MZ this is a program")
    assert refused(session, "/data/foto", tmp_path / f"foto.{ending}") == ["interview.file-disguised"]


def test_that_documents_are_known_by_how_they_begin_also_with_a_password(tmp_path):
    for name, content in (
        ("a.docx", b"PK\x03\x04.."), ("a.xlsx", b"\xd0\xcf\x11\xe0.."), ("a.pdf", b"\n%PDF-1.7"), ("a.txt", b"MZ"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        assert attachments.read(Kind.FILE, tmp_path / name).content == content
    (tmp_path / "b.pdf").write_bytes(b"PK\x03\x04")
    with pytest.raises(Refused):
        attachments.read(Kind.FILE, tmp_path / "b.pdf")


def test_that_a_completed_interview_takes_no_file(session: Session, picture: Path):
    assert session.complete().at is not None
    assert refused(session, "/data/foto", picture) == ["interview.completed"]


def test_that_a_name_without_bytes_is_told(session: Session):
    assert session.answer("/data/foto", "0123456789abcdef.png").at is not None
    assert not attachments.is_here(session.study, "0123456789abcdef.png")
    with pytest.raises(Refused) as missing:
        attachments.content(session.study, "0123456789abcdef.png")
    assert missing.value.problems[0].code == "interview.file-missing"


def test_that_a_file_that_is_also_a_form_of_the_study_is_read_back(session: Session, tmp_path: Path):
    form = tmp_path / "dosyali.xlsx"
    assert attachments.attach(session, "/data/belge", form).at is not None
    assert attachments.content(session.study, session.interview.value("/data/belge")) == form.read_bytes()


def test_that_the_start_of_a_hash_finds_no_form(session: Session):
    with pytest.raises(Refused):
        attachments.content(session.study, ".png")
    with pytest.raises(Refused):
        attachments.content(session.study, "0123.png")


def test_that_erasing_an_interview_takes_its_files_with_it(session: Session, picture: Path, tmp_path: Path):
    study = session.study
    other = interview(study, units(study)[1], "dosyali")
    shared = tmp_path / "ortak.png"
    shared.write_bytes(b"\x89PNG ortak")
    attachments.attach(session, "/data/foto", picture)
    attachments.attach(session, "/data/belge", shared)
    attachments.attach(other, "/data/foto", shared)
    own, kept = session.interview.value("/data/foto"), session.interview.value("/data/belge")
    with study.act() as act:
        act.erase(SubjectKind.INTERVIEW, session.interview_id, "wish")
    assert not attachments.is_here(study, own)
    assert attachments.content(study, kept) == b"\x89PNG ortak"
