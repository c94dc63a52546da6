"""Export 10,000 firms with both interviews, 114 answers each, as CSV files and as the audit workbook.

Measured: `exports.export_csv`, from the open encrypted study with kept results to the last file. The reference reads
the same files and writes them anew with the csv module. What gathering and writing take, for the workbook as well, and
the most memory that each process held, is said on stderr; each export runs in a process of its own.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks import export_study
from benchmarks.field_study import PASSPHRASE
from benchmarks.measure import Measurement, milliseconds, tell
from benchmarks.report_2000 import peak_megabytes

ROUNDS = 3
FEWER = 100
CSV, WORKBOOK = "csv", "workbook"
GOALS = "CSV < 30 s, workbook < 90 s, each < 500 MB"


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds; two rounds (--quick) take fewer firms."""
    begun = perf_counter()
    study, answers = export_study.make(folder, export_study.FIRMS if rounds >= ROUNDS else FEWER)
    path = study.path
    study.close()
    tell(f"  {answers} answers, {path.stat().st_size / 1e6:.0f} MB, in {perf_counter() - begun:.0f} s")
    found = _export(path, WORKBOOK, folder)
    tell(f"  workbook: {_told(found)}")
    ours, bare = [], []
    for _ in range(rounds):
        found = _export(path, CSV, folder)
        tell(f"  CSV: {_told(found)}")
        ours.append(found["all"])
        bare.append(milliseconds(lambda: _copy(folder / CSV, folder / "copies")))
    tell(f"  the goals: {GOALS}")
    return Measurement("big-export", median(ours), "ms", "the same files read and written by csv", median(bare))


def _told(found: dict[str, float]) -> str:
    taken = f"{found['all'] / 1000:.1f} s, {found['gathered'] / 1000:.1f} of them to gather"
    held = f"{found['size']:.1f} MB written, {found['peak']:.0f} MB held"
    return f"{taken}; processor {found['processor']:.1f} s; {held}"


def _export(study: Path, what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.big_export", str(study), what, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def _copy(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for file in source.iterdir():
        with (
            file.open(encoding="utf-8-sig", newline="") as read,
            (target / file.name).open("w", encoding="utf-8-sig", newline="") as written,
        ):
            csv.writer(written).writerows(csv.reader(read))


def export(path: Path, what: str, folder: Path) -> dict[str, float]:
    """What an export takes: milliseconds in all and until everything was gathered, megabytes held and written."""
    from kume_desktop.services import exports, reporting, studies

    study = studies.open_study(path, PASSPHRASE)
    moments: list[float] = []

    def progress(_done: int, _total: int, _text: str) -> None:
        moments.append(perf_counter())

    spent = process_time()
    if what == CSV:
        files = exports.export_csv(study, folder / CSV, "tr", False, progress, reason="ölçüm")
    else:
        files = (reporting.write_report(study, folder / "denetim.xlsx", "tr", progress, reason="ölçüm").path,)
    begun, gathered, ended = moments
    return {
        "all": (ended - begun) * 1000,
        "gathered": (gathered - begun) * 1000,
        "processor": process_time() - spent,
        "peak": peak_megabytes(),
        "size": sum(file.stat().st_size for file in files) / 1e6,
    }


if __name__ == "__main__":
    print(json.dumps(export(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))))
