"""The memory of the whole program with an interview of 600 questions open, its companion process told apart.

Measured in a process of its own that opens a study made by another: the window is shown on the interview, most screens
of the form have been seen, then the resident memory of the process is read. The reference is a bare QMainWindow in such
a process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Measurement, tell

ROUNDS = 3
SCREENS = 45
_TURN_MS, _REST_MS = 60, 1500


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in MB of resident memory; the median of the rounds."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    found, bare = [], []
    for number in range(rounds):
        here = folder / str(number)
        here.mkdir()
        _child("make", here, environment)
        own, companion = _child("kume", here, environment)
        tell(f"  the window {own:.0f} MB, its companion process {companion:.0f} MB")
        found.append(own + companion)
        bare.append(_child("bare", here, environment)[0])
    middle = rounds // 2
    return Measurement("window-memory", sorted(found)[middle], "MB", "a bare QMainWindow", sorted(bare)[middle])


def _child(what: str, folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.window_memory", what, str(folder)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    own, companion = ended.stdout.split()[-2:]
    return float(own), float(companion)


def resident(pid: int) -> float:
    """The resident memory of a process in MB, from the system."""
    told_by_kernel = Path(f"/proc/{pid}/statm")
    if told_by_kernel.exists():
        pages = int(told_by_kernel.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return float(told.stdout) * 1024 / 1e6


def _measure(folder: Path) -> tuple[float, float]:
    """Open the interview, walk through its first screens, wait for the companion, and read both."""
    from PySide6.QtCore import QEventLoop, QTimer

    from benchmarks.long_interview import LONG, again, body_of, shown
    from kume_desktop.gui.app import make_application

    make_application()
    window = shown(*again(folder), LONG)
    for wait in (*[_TURN_MS] * SCREENS, _REST_MS):
        # A loop of its own: what the page gave up is deleted when one goes round, as in the program.
        loop = QEventLoop()
        QTimer.singleShot(wait, loop.quit)
        loop.exec()
        body_of(window).guide.forward()
    process = window.desk.companion._process  # the figure is of the process, whoever started it
    return resident(os.getpid()), resident(process.processId()) if process is not None else 0.0


def main(what: str, folder: Path) -> None:
    """The child: print its own memory and that of its companion."""
    os.environ["KUME_PROFILE"] = str(folder / "profile")
    if what == "make":
        from benchmarks.long_interview import make

        make(folder, rows=5)[0].close()
        print(0, 0)
        return
    if what == "bare":
        from PySide6.QtWidgets import QApplication, QMainWindow

        app = QApplication([])
        window = QMainWindow()
        window.show()
        app.processEvents()
        print(resident(os.getpid()), 0)
        return
    print(*_measure(folder), flush=True)
    os._exit(0)  # the window is not closed: only its memory was asked for


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
