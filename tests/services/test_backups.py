"""Backups as a person uses them: made, looked into, brought back, copied to a second place."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kume_desktop import settings
from kume_desktop.problems import Refused
from kume_desktop.services import backups, fieldwork, interviewing, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import engine
from kume_desktop.store.events import SubjectKind
from tests.studies import PASSPHRASE

FORM = "is_ihtiyac"


def use_second_place(folder: Path) -> None:
    settings.save(replace(settings.load(), backup_folder=str(folder)))


def begun(study: Study, answer: str = "1") -> str:
    """Open an interview of the first firm and answer its first question; the interview's id."""
    session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
    assert session.answer(session.interview.path_of("gorusme_bicimi"), answer).at is not None
    return session.interview_id


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_that_a_backup_is_due_only_after_something_was_written(study: Study):
    assert backups.is_due(study)
    made = backups.make(study)
    assert made.events > 0
    assert not backups.is_due(study)
    begun(study)
    assert backups.is_due(study)
    assert backups.overview(study).behind > 0


def test_that_the_overview_warns_of_no_backup_and_of_an_old_one(study: Study, monkeypatch: pytest.MonkeyPatch):
    assert [one.code for one in backups.overview(study).advice] == ["backup.never"]
    backups.make(study)
    assert backups.overview(study).advice == ()
    begun(study)
    monkeypatch.setattr(backups, "WARN_AFTER", timedelta(seconds=-1))
    assert [one.code for one in backups.overview(study).advice] == ["backup.old"]


def test_that_a_second_place_gets_a_copy_and_its_absence_is_told_not_fatal(study: Study, tmp_path: Path):
    stick = tmp_path / "usb"
    stick.mkdir()
    use_second_place(stick)
    made = backups.make(study)
    assert made.second is not None
    assert made.second.read_bytes() == made.path.read_bytes()
    assert [card.is_second for card in backups.overview(study).backups] == [False, True]
    use_second_place(tmp_path / "cekildi")
    made = backups.make(study)
    assert (made.second, [one.code for one in made.problems]) == (None, ["backup.second-missing"])
    assert made.path.exists()


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_that_a_second_place_that_cannot_be_written_is_told(study: Study, tmp_path: Path):
    tmp_path.joinpath("usb").mkdir(mode=0o500)
    use_second_place(tmp_path / "usb")
    assert [one.code for one in backups.make(study).problems] == ["backup.folder"]


def test_that_one_can_look_inside_a_backup_and_neither_file_changes(study: Study):
    begun(study)
    made = backups.make(study)
    fieldwork.add_firm(study, NewFirm("Sonradan Gelen", "kimya", "Bornova"))
    before = made.path.read_bytes()
    found = backups.look(study, made.path)
    assert found.firms == 2
    assert [(one.firm, one.instrument_id, one.state) for one in found.interviews] == [
        (fieldwork.firms(study)[0].name, FORM, "open")
    ]
    assert found.missing > 0
    assert made.path.read_bytes() == before
    assert len(fieldwork.firms(study)) == 3


def test_that_bringing_back_keeps_every_answer_that_the_file_still_tells(study: Study):
    first = begun(study)
    made = backups.make(study)
    session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
    path = session.interview.path_of("gorusme_bicimi")
    assert session.answer(path, "2").at is not None
    study.close()
    done = backups.bring_back(study.path, PASSPHRASE, made.path)
    assert (done.missing, done.refused, done.interviews) == (0, 0, 1)
    assert done.salvaged > 0
    with studies.open_study(study.path, PASSPHRASE) as again:
        session = interviewing.open_interview(again, fieldwork.firms(again)[0].unit_id, FORM)
        assert session.interview_id == first
        assert session.interview.value(path) == "2"


def test_that_a_study_of_which_nothing_is_left_comes_back_from_its_backup(study: Study):
    begun(study)
    made = backups.make(study)
    study.close()
    study.path.write_bytes(b"")
    assert [card.path for card in backups.of_file(study.path, PASSPHRASE)] == [made.path]
    done = backups.bring_back(study.path, PASSPHRASE, made.path)
    assert (done.from_backup, done.salvaged) == (made.events, 0)
    with studies.open_study(study.path, PASSPHRASE) as again:
        assert len(fieldwork.firms(again)) == 2


def test_that_the_counts_of_an_interview_that_was_read_out_of_a_damaged_file_are_worked_out_anew(study: Study):
    made = backups.make(study)
    begun(study)
    study.close()
    backups.bring_back(study.path, PASSPHRASE, made.path)
    with studies.open_study(study.path, PASSPHRASE) as again:
        row = fieldwork.firms(again)[0]
        interviewing.open_interview(again, row.unit_id, FORM)
        assert fieldwork.firm_row(again, row.unit_id).answered >= 1


def test_that_a_wrong_passphrase_brings_nothing_back(study: Study):
    made = backups.make(study)
    study.close()
    before = study.path.read_bytes()
    with pytest.raises(Refused) as refused:
        backups.bring_back(study.path, "yanlış parola", made.path)
    assert codes(refused) == ["study.wrong-passphrase"]
    assert study.path.read_bytes() == before


def test_that_an_open_study_is_not_replaced(study: Study):
    made = backups.make(study)
    assert study.head().firms == 2
    with pytest.raises(Refused) as refused:
        backups.bring_back(study.path, PASSPHRASE, made.path)
    assert codes(refused) == ["study.in-use"]


def test_that_the_last_backup_is_the_newest_whole_one(study: Study):
    whole = backups.make(study)
    spoiled = whole.path.with_name(f"{study.path.stem}-99991231-000000-asked.kume-backup")
    spoiled.write_bytes(whole.path.read_bytes()[:1000])
    found = backups.overview(study)
    assert found.last is not None
    assert found.last.path == whole.path
    assert [one.problem is None for one in found.backups] == [True, False]
    assert found.last.made_at is not None
    assert datetime.now().astimezone() - found.last.made_at < timedelta(minutes=5)


def test_that_a_backup_before_an_import_is_made_where_one_is_due_and_the_study_is_real(
    study: Study, monkeypatch: pytest.MonkeyPatch
):
    made = backups.before_import(study)
    assert made is not None
    assert [one.reason for one in backups.overview(study).backups] == [backups.IMPORT]
    assert backups.before_import(study) is None
    begun(study)
    monkeypatch.setattr(study, "practice_of", "başka bir çalışma")
    assert backups.before_import(study) is None


def test_that_looking_into_an_older_backup_makes_no_backup_of_what_was(study: Study, monkeypatch: pytest.MonkeyPatch):
    made, migrated = backups.make(study), []
    monkeypatch.setattr(engine.soundness, "check_file", lambda *_file, **_how: 2)
    monkeypatch.setattr(engine.upgrade, "upgrade_file", lambda path, _key: migrated.append(path))
    assert backups.look(study, made.path).firms == 2
    assert len(migrated) == 1
    assert [one.path for one in backups.overview(study).backups] == [made.path]


def test_that_a_look_into_a_backup_names_nobody_who_was_erased_since(study: Study):
    begun(study)
    made = backups.make(study)
    (held,) = backups.look(study, made.path).interviews
    assert held.firm
    with study.act() as act:
        act.erase(SubjectKind.UNIT, fieldwork.firms(study)[0].unit_id, "request")
    (held,) = backups.look(study, made.path).interviews
    assert (held.firm, bool(held.firm_code)) == ("", True)
