"""The program is killed in every state of the interview page: what the screen called safe is there again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest
from openpyxl import Workbook

from kume_desktop.services import fieldwork, installing, interviewing, studies, versions
from kume_desktop.services.interviewing import Session
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading, rebuild
from tests.gui.interview.being_killed import FORM, LONG
from tests.gui.interview.conftest import AREA, PASSPHRASE

pytestmark = [pytest.mark.change, pytest.mark.skipif(os.name == "nt", reason="POSIX signals")]
PROGRAM = Path(__file__).with_name("being_killed.py")
SURVEY = (
    ("type", "name", "label", "required", "constraint", "constraint_message", "warn", "warn_message", "appearance"),
    ("select_one var", "bilgi", "Bilgi verildi mi?", "yes", "", "", "", "", ""),
    ("text", "metin", "Anlatın", "yes", "", "", "", "", ""),
    ("integer", "sayi", "Kaç kişi?", "", ". < 500", "En çok 500", ". > 100", "Çok değil mi?", ""),
    ("begin_group", "l", "Düzey", "", "", "", "", "", "field-list"),
    *(("select_one olcek", f"l{place}", f"Satır {place}", "yes", "", "", "", "", "likert") for place in (1, 2, 3)),
    ("end_group", "", "", "", "", "", "", "", ""),
    ("begin_repeat", "kisiler", "Kişiler", "", "", "", "", "", ""),
    ("text", "ad", "Adı", "", "", "", "", "", ""),
    ("end_repeat", "", "", "", "", "", "", "", ""),
)
CHOICES = (
    ("list_name", "name", "label"), ("var", "1", "Evet"), ("var", "2", "Hayır"),
    *(("olcek", str(level), f"{level}") for level in range(1, 6)),
)  # fmt: skip


@pytest.fixture(scope="module")
def with_form(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a small form and two firms, closed."""
    folder = tmp_path_factory.mktemp("killed")
    for file in template.iterdir():
        shutil.copy(file, folder)
    book = Workbook()
    book.remove(book.active)
    about = (("form_id", "form_title", "version", "default_language"), (FORM, "Küçük", "1", "tr"))
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", about)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    form = tmp_path_factory.mktemp("forms") / f"{FORM}.xlsx"
    book.save(form)
    with studies.open_study(folder / "a.kume", PASSPHRASE) as study:
        versions.install(study, installing.prepare(form))
        fieldwork.add_firm(study, NewFirm("Başka Firma", AREA.code, "Konak", "28.25", "2"))
    return folder


@pytest.fixture
def file(with_form: Path, tmp_path: Path) -> Path:
    for each in with_form.iterdir():
        shutil.copy(each, tmp_path)
    return tmp_path / "a.kume"


def firm_of(file: Path) -> str:
    with studies.open_study(file, PASSPHRASE) as study:
        return next(one.unit_id for one in fieldwork.firms(study) if one.name != "Başka Firma")


def killed(file: Path, unit_id: str, state: str, after: int = 0) -> list[dict]:
    """Run into a state (or `after` so many lines), kill; what the screen said, line by line."""
    program = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(file), unit_id, state],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert program.stdout is not None
    told: list[dict] = []
    for line in program.stdout:
        told.append(json.loads(line))
        if told[-1]["what"] == "there" or (after and len(told) >= after):
            break
    os.kill(program.pid, signal.SIGKILL)
    program.stdout.read()
    assert program.wait() == -signal.SIGKILL
    return told


class Found:
    """The study as the next start finds it."""

    def __init__(self, file: Path, unit_id: str) -> None:
        self.study = studies.open_study(file, PASSPHRASE)
        self.session: Session = interviewing.open_interview(self.study, unit_id, FORM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        assert rebuild.verify(self.study.database) == ()
        self.study.close()

    def path(self, name: str) -> str:
        return self.session.interview.path_of(name)

    def value(self, name: str) -> str:
        return self.session.interview.value(self.path(name))

    def draft(self, name: str, register: str = "") -> str:
        return self.session.drafts.get(self.path(name) + register, "")


@pytest.mark.parametrize("after", [12, 60, 140])
def test_that_typing_without_a_pause_loses_no_letter_that_the_screen_called_kept(file: Path, after: int):
    unit_id = firm_of(file)
    told = killed(file, unit_id, "typing", after)
    shown = told[-1]["text"]
    kept = called_kept(told)
    with Found(file, unit_id) as found:
        draft = found.draft("metin")
        assert LONG.startswith(draft)
        assert draft.startswith(kept.strip()), "not one letter of what the screen called kept is lost"
        assert len(shown) - len(draft) <= _A_SECOND
        assert found.value("metin") == "", "a draft is never applied by itself"
        other = next(one.unit_id for one in fieldwork.firms(found.study) if one.unit_id != unit_id)
        assert interviewing.open_interview(found.study, other, FORM).drafts == {}


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_that_two_hundred_kills_while_typing_lose_no_letter_that_the_screen_called_kept(
    with_form: Path, tmp_path: Path, part: int, counted: Callable[[str], None]
):
    chance, letters, kept_letters = random.Random(part), 0, 0
    for turn in range(25):
        folder = tmp_path / str(turn)
        shutil.copytree(with_form, folder)
        unit_id = firm_of(folder / "a.kume")
        told = killed(folder / "a.kume", unit_id, "typing", chance.randint(5, 165))
        kept = called_kept(told)
        with Found(folder / "a.kume", unit_id) as found:
            draft = found.draft("metin")
            assert LONG.startswith(draft) and draft.startswith(kept.strip())
            assert len(told[-1]["text"]) - len(draft) <= _A_SECOND
        letters, kept_letters = letters + len(told[-1]["text"]), kept_letters + len(kept)
        shutil.rmtree(folder)
    told_all = f"25 kills, {letters} letters typed, {kept_letters} shown as kept"
    counted(f"R4 keystrokes, long {part + 1} of 8: {told_all}, 0 of them lost")


_A_SECOND = 1000 // 15
"""Letters in one second at the pace of the program that types."""


def called_kept(told: list[dict]) -> str:
    """The text that stood in the field when the bar last named another moment: all of it was kept by then."""
    kept = ""
    for before, line in pairwise(told):
        if line["kind"] == "drafted" and line["kept_at"] != before["kept_at"]:
            kept = before["text"]
    return kept


def test_that_the_interview_opens_at_the_notice_it_was_killed_at(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "notice")
    with Found(file, unit_id) as found:
        assert found.session.position in {"", found.path("bilgi")}
        assert found.session.drafts == {}


def test_that_a_battery_half_done_goes_on_at_its_next_row(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "battery")
    with Found(file, unit_id) as found:
        assert [found.value(name) for name in ("l1", "l2", "l3")] == ["2", "4", ""]
        assert found.session.position in {found.path("l2"), found.path("l3")}


def test_that_a_warning_without_its_reason_is_open_again(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "warned")
    with Found(file, unit_id) as found:
        assert found.value("sayi") == "150"
        assert found.session.interview.warnings == {found.path("sayi"): ""}


def test_that_a_reason_half_written_is_offered(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "reason")
    with Found(file, unit_id) as found:
        assert found.draft("sayi", "#override") == "nedeni yarım"
        assert found.session.interview.warnings == {found.path("sayi"): ""}


def test_that_a_refused_value_is_offered_and_not_stored(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "refused")
    with Found(file, unit_id) as found:
        assert found.draft("sayi") == "900"
        assert found.value("sayi") == ""


def test_that_a_note_half_written_is_offered(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "note")
    with Found(file, unit_id) as found:
        assert found.draft("metin", "#comment") == "yarım kalan not"
        assert found.session.comments == {}


def test_that_a_row_just_added_is_there_with_what_it_holds(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "row")
    with Found(file, unit_id) as found:
        rows = found.session.interview.rows("/data/kisiler")
        values = [found.session.interview.values.get(f"/data/kisiler[{row}]/ad", "") for row in rows]
        assert len(rows) == 2
        assert "Ayşe" in values


def test_that_reasons_typed_before_completing_are_there_and_the_interview_is_open(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "completion")
    with Found(file, unit_id) as found:
        assert found.draft("bilgi", "#gap") == "sorulmadı"
        assert not found.session.is_completed


def test_that_a_paper_page_that_was_not_begun_leaves_nothing_behind(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "paper")
    with studies.open_study(file, PASSPHRASE) as study:
        assert reading.interviews(study.database) == ()


def test_that_a_completed_interview_stays_completed_and_offers_no_drafts(file: Path):
    unit_id = firm_of(file)
    killed(file, unit_id, "completed")
    with Found(file, unit_id) as found:
        assert found.session.is_completed
        assert found.value("metin") == "kısa"
        assert found.session.drafts == {}
