"""What a firm answered in an earlier wave, and an interview that two computers moved to different versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import earlier_answers, installing, interviewing, versions, waves
from kume_desktop.services.studies import Study
from kume_desktop.store import device, log, reading, writing
from kume_desktop.store.device import Device
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import uuid7
from kume_desktop.store.log import Told
from tests.interview.scenario import workbook
from tests.services.installed import finished, install, interview, units

FORM = "dalgali"
SURVEY = """
| type           | name      | label   | earlier | personal |
| integer        | calisan   | Çalışan | yes     |          |
| select_one var | ihracat   | İhracat | yes     |          |
| text           | yetkili   | Yetkili | yes     | iletişim |
| text           | gizli     | Gizli   |         |          |
"""
CHOICES = """
| list_name | name | label |
| var       | 1    | Evet  |
| var       | 2    | Hayır |
"""
GIVEN = {"calisan": "1200", "ihracat": "2", "yetkili": "Ayşe", "gizli": "sır"}
NEXT = waves.NextWave("2031", date(2031, 3, 15), 2030)


@pytest.fixture
def firm(study: Study, tmp_path: Path) -> str:
    install(study, tmp_path, FORM, SURVEY, CHOICES)
    return units(study)[0]


def test_that_the_nearest_wave_is_shown_where_the_form_opens_the_question(study: Study, firm: str):
    finished(study, firm, FORM, **GIVEN)
    wave = study.wave.name
    waves.open_next(study, NEXT)
    session = interviewing.open_interview(study, firm, FORM)
    found = earlier_answers.earlier(study, session.record)
    told = {path.rpartition("/")[2]: (one.wave, one.shown, one.raw) for path, one in found.items()}
    assert told == {"calisan": (wave, "1200", "1200"), "ihracat": (wave, "Hayır", "2")}
    assert session.interview.value(session.interview.path_of("calisan")) == "", "nothing is taken over by itself"


def test_that_personal_answers_need_the_consent_of_their_wave(study: Study, firm: str):
    before = finished(study, firm, FORM, **GIVEN)
    with study.act() as act:
        writing.record_consent(act, before.interview_id, "iletişim", given=True, how="1", text_hash="")
    waves.open_next(study, NEXT)
    session = interviewing.open_interview(study, firm, FORM)
    found = earlier_answers.earlier(study, session.record)
    assert {path.rpartition("/")[2] for path in found} == {"calisan", "ihracat", "yetkili"}
    with study.act() as act:
        act.erase(SubjectKind.INTERVIEW, before.interview_id, "wish")
    assert "Ayşe" not in str(earlier_answers.earlier(study, session.record))


def test_that_the_first_wave_another_firm_and_a_form_without_the_column_show_nothing(study, firm, tmp_path):
    first = finished(study, firm, FORM, **GIVEN)
    assert earlier_answers.earlier(study, first.record) == {}
    waves.open_next(study, NEXT)
    other = interviewing.open_interview(study, units(study)[1], FORM)
    assert earlier_answers.earlier(study, other.record) == {}


def moved_elsewhere(study: Study, session: interviewing.Session, to: str) -> None:
    """Another computer moved the interview to `to`, not knowing what this one did."""
    stream = log.StreamWriter(uuid7())
    said = {"from": session.record.version_id, "to": to, "paths": {}, "kept": [], "guessed": [], "seen": {}}
    opening = device.opening(Device(str(uuid7()), "Öteki"), stream.stream, "Ayşe", "staff", session.started_at)
    told = Told(
        EventKind.INTERVIEW_MOVED, SubjectKind.INTERVIEW, uuid_of(session), "version", said, "Ayşe", "staff",
        session.started_at,
    )  # fmt: skip
    events = [stream.write(one) for one in (*opening, told)]
    study.database.import_events([event.line for event in events])


def uuid_of(session: interviewing.Session) -> UUID:
    return UUID(session.interview_id)


def test_that_a_person_decides_between_two_versions_and_the_log_keeps_both(study: Study, firm: str, tmp_path: Path):
    session = interview(study, firm, FORM, calisan="12")
    old = session.record.version_id
    folder = tmp_path / "two"
    folder.mkdir()
    made = {}
    for number in ("2", "3"):
        file = folder / f"{FORM}{number}.xlsx"
        about = f"| form_title | form_id | version | name |\n| {FORM} | {FORM} | {number} | data |"
        more = f"{SURVEY}| text | yeni{number} | Yeni | | |\n"
        file.write_bytes(workbook(settings=about, survey=more, choices=CHOICES))
        made[number] = versions.install(study, installing.prepare(file))
    versions.move(study, session.interview_id, made["2"])
    assert versions.rivals(study, session.interview_id) == ()
    moved_elsewhere(study, session, made["3"])
    again = interviewing.open_interview(study, firm, FORM)
    assert again.is_moved_apart
    found = versions.rivals(study, session.interview_id)
    assert {(one.number, one.moved_by) for one in found} == {("2", study.person), ("3", "Ayşe")}
    with pytest.raises(Refused):
        versions.choose(study, session.interview_id, old)
    events = reading.counts(study.database).events
    versions.choose(study, session.interview_id, made["3"])
    assert versions.rivals(study, session.interview_id) == ()
    settled = interviewing.open_interview(study, firm, FORM)
    assert settled.record.version_id == made["3"]
    assert settled.interview.value(settled.interview.path_of("calisan")) == "12"
    assert reading.counts(study.database).events == events + 1, "both moves stay in the log"
