"""An interview in the real program, by real keys."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, interviewing, studies
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from kume_desktop.store import rebuild
from tests.journey.keys import MARKS, PATIENCE, Screen, display

pytestmark = MARKS
FORM = "is_ihtiyac"
FIRM = "Gümüşkavak Soğutma"
PASSPHRASE = "gizli parola"
FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "ajans çalışanları", "iki yıl", "kvkk@example.org")
AREA = Area("hava", "Endüstriyel Havalandırma", "HVAC", "28.25", "NACE Rev. 2", 40)


@pytest.fixture
def screen(own_profile: Path) -> Iterator[Screen]:
    """A display with the profile of this test."""
    assert own_profile.is_dir()
    with ExitStack() as stack:
        yield display(stack)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study with one firm, closed."""
    with studies.create_study(
        tmp_path / "a.kume", "Deneme", FACTS, PASSPHRASE, "Elif Demir", [AREA], demonstration=True, instruments=[FORM]
    ) as made:
        fieldwork.add_firm(made, NewFirm(FIRM, AREA.code, "Kemalpaşa", "28.25", "2"))
        unit_id = fieldwork.firms(made)[0].unit_id
        interviewing.open_interview(made, unit_id, FORM)  # so that the start page offers it
    return tmp_path / "a.kume"


def open_interview(screen: Screen, file: Path) -> subprocess.Popen[bytes]:
    """From the passphrase to the first question of the interview that the start page offers."""
    program = screen.start("open", file)
    assert screen.wait_for("a – Küme Desktop")
    screen.enter(PASSPHRASE)
    assert screen.wait_for("Başlangıç")
    for _again in range(PATIENCE // 2):  # Enter does nothing until the firms are read
        screen.keys("Return")
        if screen.wait_for("Görüşme: ", patience=2):
            break
    screen.keys("ctrl+g")
    screen.enter("1.3")
    return program


def stored(file: Path) -> dict[str, str]:
    """The answers of the interview by their names."""
    with studies.open_study(file, PASSPHRASE) as study:
        unit_id = fieldwork.firms(study)[0].unit_id
        values = interviewing.open_interview(study, unit_id, FORM).interview.values
        assert rebuild.verify(study.database) == ()
        return {path.rpartition("/")[2]: value for path, value in values.items()}


def test_that_a_whole_interview_is_asked_by_real_keys(screen: Screen, study: Path):
    program = open_interview(screen, study)
    screen.keys("1", "Return", "1", "1", "Return", "3", "1", "2")
    screen.enter("Sanayi tipi soğutma grupları, ısıl işlem")
    screen.keys("1", "Return", "Return", "Return")
    screen.enter("2031")  # refused: the year is to come
    screen.keys("ctrl+a")
    screen.enter("1998")
    screen.enter("42")
    screen.keys("3", "Return", "2", "4", "4", "5", "4", "Next", "1", "4", "Next")
    screen.enter("Kalıp ustası bulamıyoruz")
    screen.keys("Next", "4", "4", "4", "9", "4", "Next", "Next")
    screen.keys("p", "space", "Down", "space", "3", "6", "Return", "1", "Next")
    screen.keys("2", "Next")
    screen.enter("tamamlandi")
    screen.keys("2", "3", "ctrl+Return")
    assert screen.wait_for("Saha")
    assert screen.close(program) == 0
    given = stored(study)
    assert given["ana_urun"] == "Sanayi tipi soğutma grupları, ısıl işlem"
    assert (given["kurulus_yili"], given["calisan_sayisi"]) == ("1998", "42")
    assert given["uretim_acil"] == "Kalıp ustası bulamıyoruz"
    cells = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
    assert [given[f"uretim_{cell}"] for cell in cells] == ["2", "4", "4", "5", "4"]
    assert [given[f"pazarlama_{cell}"] for cell in cells] == ["4", "4", "4", "dk", "4"]
    with studies.open_study(study, PASSPHRASE) as again:
        assert fieldwork.firms(again)[0].state is FirmState.COMPLETED


def test_that_the_window_closed_in_the_middle_of_a_word_keeps_it_and_comes_back_there(screen: Screen, study: Path):
    program = open_interview(screen, study)
    screen.keys("1", "Return", "1", "1", "Return", "3", "1", "2")
    screen.type("Soğuk ısıtma")
    assert screen.close(program) == 0
    assert stored(study)["ana_urun"] == "Soğuk ısıtma"
    again = screen.start("open", study)
    assert screen.wait_for("a – Küme Desktop")
    screen.enter("yanlış parola")
    screen.keys("ctrl+a")
    screen.enter(PASSPHRASE)
    assert screen.wait_for("Başlangıç")
    assert screen.close(again) == 0


def test_that_the_language_of_the_call_is_that_of_the_window(screen: Screen, study: Path):
    program = screen.start("--lang", "en", "open", study)
    assert screen.wait_for("a – Küme Desktop")
    screen.enter(PASSPHRASE)
    assert screen.wait_for("Start – ")
    assert screen.close(program) == 0
