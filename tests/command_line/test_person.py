"""The verbs for personal data: find, print, correct, withdraw, erase."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop import cli_person
from kume_desktop.services import access_log, fieldwork, people, studies
from kume_desktop.services.personal_data import consent, correcting, erasing
from kume_desktop.services.studies import Study
from kume_desktop.store import writing
from kume_desktop.store.events import SubjectKind
from tests.command_line.test_field import called
from tests.studies import PASSPHRASE, copied

NAME = "Kanarya Yılmaz"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(empty_template: Path, tmp_path: Path) -> Path:
    path = copied(empty_template, tmp_path)
    with studies.open_study(path, PASSPHRASE) as study, study.act() as act:
        unit = next(row.unit_id for row in fieldwork.firms(study) if row.code == "F0001")
        writing.set_fact(act, SubjectKind.UNIT, unit, "contact", NAME, personal=True)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def typed(line: str, *arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(line))
        return called(capsys, "person", *arguments)

    return typed


def log(file: Path) -> list[tuple[str, str, str]]:
    with studies.open_study(file, PASSPHRASE) as study:
        return [(one.deed.value, one.what, one.reason) for one in access_log.entries(study)]


def test_that_what_can_be_chosen_is_what_the_services_know():
    assert tuple(correcting.FACTS) == cli_person.FACTS
    assert tuple(erasing.REASONS) == cli_person.REASONS
    assert tuple(consent.CHANNELS) == cli_person.CHANNELS


def test_that_a_person_is_found_by_a_name_that_no_call_holds(file: Path, run: Run):
    code, said, _ = run("kanarya yilmaz\n", "find", file)
    assert (code, said.splitlines()) == (0, ["F0001\tŞişli Kimya", f"    Firmanın bilgileri: contact: {NAME}"])
    (found,) = json.loads(run(f"{NAME}\n", "find", file, "--json")[1])
    assert (found["code"], found["hits"][0]["value"]) == ("F0001", NAME)
    assert run("Kimse Değil\n", "find", file)[:2] == (1, "Tutulanların hiçbirinde bu kişi geçmiyor.\n")
    assert log(file)[0][:2] == ("found", "")
    assert log(file)[1][:2] == ("found", "F0001")
    assert run("", "find", file)[0] == 3


def test_that_everything_held_is_printed_and_a_fact_corrected_with_a_reason(file: Path, run: Run, tmp_path: Path):
    out = tmp_path / "hepsi.pdf"
    code, said, _ = run("", "print", file, "F0001", "--out", out, "--reason", "başvuru")
    assert (code, said.startswith(str(out)), out.read_bytes()[:5]) == (0, True, b"%PDF-")
    code, _, _ = run("Başka Kişi\n", "correct", file, "F0001", "contact", "--reason", "başvuru")
    assert code == 0
    assert log(file)[0] == ("corrected", "F0001: contact", "başvuru")
    with studies.open_study(file, PASSPHRASE) as study:
        assert correcting.held(study, fieldwork.firms(study)[1].unit_id)["contact"] == "Başka Kişi"
    assert "Standart girdiden" in run("", "correct", file, "F0001", "contact", "--reason", "x")[2]
    assert run("", "print", file, "yok", "--out", out, "--reason", "x")[0] == 3


def test_that_nothing_is_erased_before_the_code_was_typed_again(file: Path, run: Run):
    code, _, wrong = run("F0002\n", "erase", file, "F0001", "--reason", "request")
    assert code == 3
    assert "Hiçbir şey silinmedi" in wrong
    assert run(f"{NAME}\n", "find", file)[0] == 0
    code, said, _ = run("f0001\n", "erase", file, "F0001", "--reason", "request")
    assert (code, said.splitlines()[-1]) == (0, "Dosya temiz")
    assert run(f"{NAME}\n", "find", file)[0] == 1
    assert ("erased", "F0001", "request") in log(file)
    assert NAME.encode() not in file.read_bytes()


def test_that_contact_data_are_blanked_where_consent_is_withdrawn(file: Path, run: Run):
    assert run("", "withdraw", file, "F0001", "--how", "letter")[0] == 0
    assert run(f"{NAME}\n", "find", file)[0] == 1
    assert run("", "withdraw", file, "F0001", "--how", "letter")[0] == 3


def test_that_who_only_asks_firms_finds_and_erases_nobody(file: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    real = studies.open_study

    def as_interviewer(*given: object, **named: object) -> Study:
        study = real(*given, **named)  # type: ignore[arg-type]
        study.role = people.INTERVIEWER
        return study

    monkeypatch.setattr(studies, "open_study", as_interviewer)
    for act in (("find", file), ("erase", file, "F0001", "--reason", "request")):
        code, said, _ = run("F0001\n", *act)
        assert (code, said) == (3, "")
    monkeypatch.undo()
    assert not [one for one in log(file) if one[0] in {"found", "erased"}]
