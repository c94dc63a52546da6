"""The real program on a real X server, driven by real key events: nothing here knows the program from inside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap")
LACKING = [name for name in NEEDED if shutil.which(name) is None]
MARKS = [
    pytest.mark.change,
    pytest.mark.skipif(bool(LACKING), reason=f"needs {', '.join(LACKING)} (.ci/run installs them)"),
]
PATIENCE = 120
"""Seconds until a window that does not come is a failure; nothing waits so long where all is well."""
_GLANCE, _QUIET = 0.05, 4
"""A program rests that was seen asleep so often, so many seconds apart, with all its processes and its screen."""


@dataclass
class Screen:
    """An X server with a window manager and a Turkish keyboard, and the program on it."""

    env: dict[str, str]
    stack: ExitStack
    behind: frozenset[int]
    """The processes that hand keys and focus to the program."""
    program: subprocess.Popen[bytes] | None = None

    def start(self, *words: str | Path, folder: Path | None = None) -> subprocess.Popen[bytes]:
        """Start `kume WORDS` in a folder; it is killed when the test ends, if it still runs."""
        call = [sys.executable, "-m", "kume_desktop", *map(str, words)]
        self.program = program = subprocess.Popen(call, env=self.env, cwd=folder)
        self.stack.callback(_end, program)
        return program

    def wait_for(self, title: str, patience: int = PATIENCE) -> bool:
        """Wait until a window is called so."""
        call = ["xdotool", "search", "--sync", "--onlyvisible", "--name", re.escape(title)]
        try:
            subprocess.run(call, env=self.env, check=True, capture_output=True, timeout=patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def keys(self, *names: str) -> None:
        """Press keys, by their X names."""
        subprocess.run(["xdotool", "key", "--delay", "20", *names], env=self.env, check=True)

    def type(self, text: str, delay: int = 20) -> None:
        """Type letters that stand on the keyboard, each so many milliseconds after the one before."""
        subprocess.run(["xdotool", "type", "--delay", str(delay), text], env=self.env, check=True)

    def enter(self, text: str = "") -> None:
        """Type and press Enter."""
        if text:
            self.type(text)
        self.keys("Return")

    def close(self, program: subprocess.Popen[bytes]) -> int | None:
        """Close the window by Alt+F4; the program's exit code. The key is lost where the keyboard was just remapped."""
        for _again in range(PATIENCE // 2):
            self.keys("alt+F4")
            try:
                return program.wait(timeout=2)
            except subprocess.TimeoutExpired:
                continue
        return None

    def rest(self) -> None:
        """Wait until the program has nothing left to do: its processes and its screen sleep and use no time."""
        assert self.program is not None
        quiet, before = 0, -1
        for _again in range(round(PATIENCE / _GLANCE)):
            try:
                pytest.fail(f"the program ended with {self.program.wait(timeout=_GLANCE)}")
            except subprocess.TimeoutExpired:
                asleep, used = _look(self.behind | {self.program.pid})
            quiet = quiet + 1 if asleep and 0 <= used - before <= 1 else 0
            before = used
            if quiet == _QUIET:
                return
        pytest.fail("the program never rests")


def _look(first: frozenset[int]) -> tuple[bool, int]:
    """Whether processes and all that they started are asleep, and how many clock ticks they have used."""
    states: dict[int, tuple[int, str, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        states[int(stat.parent.name)] = (int(told[1]), told[0], int(told[11]) + int(told[12]))
    family, more = first, first
    while more:
        more = {one for one, (parent, _state, _used) in states.items() if parent in family} - family
        family |= more
    mine = [states[one] for one in family if one in states]
    return all(state in "SI" for _parent, state, _used in mine), sum(used for _parent, _state, used in mine)


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.kill()
    program.wait()


def display(stack: ExitStack, **more: str) -> Screen:
    """A display of its own, whose number the server finds itself; it keeps its keyboard when a client leaves."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    stack.callback(_end, server)
    with os.fdopen(reading) as told:
        number = f":{told.readline().strip()}"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND"))}
    env |= {"DISPLAY": number, "QT_QPA_PLATFORM": "xcb", **more}
    subprocess.run(["setxkbmap", "tr"], env=env, check=True)
    manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(_end, manager)
    _wait_for_manager(env, manager)
    return Screen(env, stack, frozenset({server.pid, manager.pid}))


def _wait_for_manager(env: dict[str, str], manager: subprocess.Popen[bytes]) -> None:
    """Without a window manager no window gets the focus."""
    for _again in range(1000):
        asked = subprocess.run(["xdotool", "get_num_desktops"], env=env, capture_output=True, check=False)
        if asked.returncode == 0:
            return
    pytest.fail(f"no window manager: {manager.poll()}")
