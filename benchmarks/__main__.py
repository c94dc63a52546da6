"""`python3 start.py bench [NAME...]`: run the benchmarks by name, or all of them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Measurement, tell

# Name on the command line -> module; each has `run(folder) -> Measurement` and says in its docstring what it does.
NAMES = {
    "startup": "benchmarks.startup",
    "answer": "benchmarks.answer",
    "form-load": "benchmarks.form_load",
    "report": "benchmarks.report",
}


def main(names: Sequence[str]) -> int:
    """Run and print one JSON line for each benchmark."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        tell(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in names or NAMES:
        print(_run(name).line(), flush=True)
    return 0


def _run(name: str) -> Measurement:
    module = import_module(NAMES[name])
    tell(f"{name}: {(module.__doc__ or '').strip()}")
    with tempfile.TemporaryDirectory(prefix="kume-bench-") as folder:
        os.environ["KUME_PROFILE"] = str(Path(folder) / "profile")
        measured: Measurement = module.run(Path(folder))
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
