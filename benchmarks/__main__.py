"""`python3 start.py bench [--quick] [NAME...]`: run the benchmarks by name, or all; `--quick` only shows they run."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Measurement, tell

# Name on the command line -> module; each has ROUNDS, `run(folder, rounds) -> Measurement` and says what it does.
NAMES = {
    "startup": "benchmarks.startup",
    "answer": "benchmarks.answer",
    "answer-under-backup": "benchmarks.answer_under_backup",
    "next-question": "benchmarks.next_question",
    "window-memory": "benchmarks.window_memory",
    "form-60": "benchmarks.form_60",
    "form-600": "benchmarks.form_600",
    "form-3000": "benchmarks.form_3000",
    "form-answer": "benchmarks.form_answer",
    "form-repeats": "benchmarks.form_repeats",
    "form-choices": "benchmarks.form_choices",
    "report": "benchmarks.report",
    "report-2000": "benchmarks.report_2000",
    "joint-uncertainty": "benchmarks.joint_uncertainty",
    "coverage": "benchmarks.coverage",
    "alpha-bootstrap": "benchmarks.alpha_bootstrap",
    "firms-20000": "benchmarks.firms_20000",
    "merge": "benchmarks.merge",
    "package-write": "benchmarks.package_write",
    "package-read": "benchmarks.package_read",
    "conflicts-page": "benchmarks.conflicts_page",
    "big-study": "benchmarks.big_study",
    "big-export": "benchmarks.big_export",
}


def main(arguments: Sequence[str]) -> int:
    """Run and print one JSON line for each benchmark."""
    quick = "--quick" in arguments
    names = [name for name in arguments if name != "--quick"]
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        tell(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in names or NAMES:
        print(_run(name, quick=quick).line(), flush=True)
    return 0


def _run(name: str, *, quick: bool) -> Measurement:
    module = import_module(NAMES[name])
    tell(f"{name}: {(module.__doc__ or '').strip()}")
    with tempfile.TemporaryDirectory(prefix="kume-bench-") as folder:
        os.environ["KUME_PROFILE"] = str(Path(folder) / "profile")
        measured: Measurement = module.run(Path(folder), 2 if quick else module.ROUNDS)
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
