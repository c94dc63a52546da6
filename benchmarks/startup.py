"""Start the program in a process of its own until its window has been painted, against a bare QMainWindow.

Both are spawned in turn with the same interpreter and the same platform plugin; time runs from the spawn to a line that
the child writes at the first paint event of its window.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Measurement, interleaved, tell

ROUNDS = 9
_CHILD = ("-P", "-m", "benchmarks.first_paint")


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    environment["KUME_PROFILE"] = str(folder / "profile")
    tell(f"  {rounds} starts each, platform {environment.get('QT_QPA_PLATFORM', 'of the desktop')}")
    ours, bare = interleaved(
        lambda: _start("kume", environment), lambda: _start("bare", environment), rounds, warm_up=2
    )
    return Measurement("startup", ours, "ms", "bare QApplication + QMainWindow, spawn to first paint", bare)


def _start(what: str, environment: dict[str, str]) -> None:
    command = [sys.executable, *_CHILD, what]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:
        if child.stdout is None or child.stdout.readline() != b"painted\n":
            raise RuntimeError(f"{what} was not painted")
        child.kill()
