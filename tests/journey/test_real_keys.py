"""The real program on a real X server, driven by real key events: nothing here knows the program from inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, interviewing, studies
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from kume_desktop.store import rebuild

NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap")
LACKING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = [
    pytest.mark.change,
    pytest.mark.xdist_group("display"),
    pytest.mark.skipif(bool(LACKING), reason=f"needs {', '.join(LACKING)} (.ci/run installs them)"),
]
FORM = "is_ihtiyac"
FIRM = "Gümüşkavak Soğutma"
PASSPHRASE = "gizli parola"
FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "ajans çalışanları", "iki yıl", "kvkk@example.org")
AREA = Area("hava", "Endüstriyel Havalandırma", "HVAC", "28.25", "NACE Rev. 2", 40)
PATIENCE = 120
"""Seconds until a window that does not come is a failure; nothing waits so long where all is well."""


@dataclass
class Screen:
    """An X server with a window manager and a Turkish keyboard, and the program on it."""

    env: dict[str, str]
    stack: ExitStack

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start `kume WORDS`; it is killed when the test ends, if it still runs."""
        program = subprocess.Popen([sys.executable, "-m", "kume_desktop", *map(str, words)], env=self.env)
        self.stack.callback(_end, program)
        return program

    def wait_for(self, title: str, patience: int = PATIENCE) -> bool:
        """Wait until a window is called so."""
        call = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title]
        try:
            subprocess.run(call, env=self.env, check=True, capture_output=True, timeout=patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def keys(self, *names: str) -> None:
        """Press keys, by their X names."""
        subprocess.run(["xdotool", "key", "--delay", "20", *names], env=self.env, check=True)

    def type(self, text: str) -> None:
        """Type letters that stand on the keyboard."""
        subprocess.run(["xdotool", "type", "--delay", "20", text], env=self.env, check=True)

    def close(self, program: subprocess.Popen[bytes]) -> int | None:
        """Close the window by Alt+F4; the program's exit code. The key is lost where the keyboard was just remapped."""
        for _again in range(PATIENCE // 2):
            self.keys("alt+F4")
            try:
                return program.wait(timeout=2)
            except subprocess.TimeoutExpired:
                continue
        return None

    def enter(self, text: str = "") -> None:
        """Type and press Enter."""
        if text:
            self.type(text)
        self.keys("Return")


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.kill()
    program.wait()


@pytest.fixture
def screen(own_profile: Path) -> Iterator[Screen]:
    """A display of its own, whose number the server finds itself; it keeps its keyboard when a client leaves."""
    assert own_profile.is_dir()
    with ExitStack() as stack:
        reading, writing = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(writing,), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        stack.callback(_end, server)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        env = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND"))}
        env |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        subprocess.run(["setxkbmap", "tr"], env=env, check=True)
        manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(_end, manager)
        _wait_for_manager(env, manager)
        yield Screen(env, stack)


def _wait_for_manager(env: dict[str, str], manager: subprocess.Popen[bytes]) -> None:
    """Without a window manager no window gets the focus."""
    for _again in range(1000):
        asked = subprocess.run(["xdotool", "get_num_desktops"], env=env, capture_output=True, check=False)
        if asked.returncode == 0:
            return
    pytest.fail(f"no window manager: {manager.poll()}")


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
