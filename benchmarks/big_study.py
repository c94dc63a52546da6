"""Read every answer of an encrypted study of 10,000 interviews with 120 answers each, against a bare SELECT of them.

Measured: `frames.answer_rows`, from which scoring and the exports take what they need, in a process that opened the
study and did nothing else. The reference fetches subject, path, value and mark of the same heads through sqlcipher3,
joins nothing and keeps no row. Opening the file, reading one interview and the most memory the process held after its
first full reading are said as well. The file lies in the system's cache: it has just been written.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from benchmarks.measure import Measurement, interleaved, milliseconds, percentile, tell
from benchmarks.packages_made import ANSWERS, WAVE, empty_database, stream
from benchmarks.report_2000 import peak_megabytes

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import DataKey

ROUNDS = 3
LAPTOPS, INTERVIEWS, FEWER = 50, 200, 1
SINGLE = 200
FORM, NAME, SEED = "is_ihtiyac", "big", 2013
GOALS = "open < 1 s, every answer < 10 s, one interview < 5 ms, < 500 MB"
_ANSWERED = "FROM head WHERE value <> '' AND path IN (SELECT no FROM path WHERE text LIKE '/%')"


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds; two rounds (--quick) take fewer interviews."""
    begun = perf_counter()
    key, answers = _make(folder, INTERVIEWS if rounds >= ROUNDS else FEWER)
    file = folder / f"{NAME}.kume"
    size = file.stat().st_size / 1e6
    tell(f"  {answers // ANSWERS} interviews, {answers} answers, {size:.0f} MB, in {perf_counter() - begun:.0f} s")
    command = [sys.executable, "-m", "benchmarks.big_study", str(file), str(rounds), str(answers)]
    done = subprocess.run(command, input=key.to_json() + "\n", text=True, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    tell(f"  open {found['open']:.0f} ms; every answer {found['every']:.0f} ms, bare {found['bare']:.0f} ms")
    tell(f"  processor time of every answer: {found['processor']:.1f} s")
    tell(f"  one interview: median {found['one']:.2f} ms, p99 {found['one_p99']:.2f}")
    tell(f"  most memory until all was read: {found['peak']:.0f} MB")
    tell(f"  the goals: {GOALS}")
    return Measurement(
        "big-study", found["every"], "ms", "SELECT of the same heads through sqlcipher3, no row kept", found["bare"]
    )


def _make(folder: Path, interviews: int) -> tuple[DataKey, int]:
    """Write the study: each laptop's events in one transaction, then what the interviews hold as asked now."""
    from kume_desktop.store import keyfile, writing

    database = empty_database(folder, NAME)
    with database.act("Ajans", "staff") as act:
        installed = writing.VersionInstalled(FORM, "1", "Büyük", "Big", "0" * 64, "0" * 64, b"form", "{}")
        version = UUID(writing.install_instrument(act, installed))
    for _ in range(LAPTOPS):
        database.import_events([event.line for event in stream(str(uuid4()), interviews, version)])
    with database.transaction() as (ledger, _projector):
        ledger.run(
            f"INSERT INTO state (subject, path, relevant, value) SELECT subject, path, 1, value {_ANSWERED}",
            (),
        )
        answers = ledger.run("SELECT count(*) FROM state", ()).fetchone()[0]
    database.close()
    return keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16), int(answers)


def read(file: Path, key: DataKey, rounds: int, answers: int) -> dict[str, float]:
    """What opening and reading take, in milliseconds, and the peak of memory in MB; in a process of its own."""
    from kume_desktop.store import engine, frames, reading

    opened: list[Database] = []
    opening = []
    for _ in range(rounds):
        opening.append(milliseconds(lambda: opened.append(engine.open_database(file, key))))
        if len(opening) < rounds:
            opened.pop().close()
    database = opened.pop()
    ids = [each.interview_id for each in reading.interviews(database, wave_id=str(WAVE))]
    chosen = random.Random(SEED).choices(ids, k=SINGLE)
    single = [_one(database, each) for each in chosen]
    peaks: list[float] = []
    spent: list[float] = []

    def every() -> None:
        begun = process_time()
        found = sum(1 for _row in frames.answer_rows(database, str(WAVE), FORM))
        if found != answers:
            raise RuntimeError(f"{found} answers were read")
        peaks.append(peak_megabytes())
        spent.append(process_time() - begun)

    ours, bare = interleaved(every, _bare(file, key, answers), rounds, warm_up=0)
    database.close()
    return {
        "open": median(opening),
        "every": ours,
        "bare": bare,
        "one": median(single),
        "one_p99": percentile(single, 99),
        "peak": peaks[0],
        "processor": median(spent),
    }


def _one(database: Database, interview_id: str) -> float:
    from kume_desktop.store import reading

    begun = perf_counter()
    found = reading.answers(database, interview_id)
    taken = (perf_counter() - begun) * 1000
    if len(found) != ANSWERS:
        raise RuntimeError(f"{len(found)} answers of one interview were read")
    return taken


def _bare(file: Path, key: DataKey, answers: int) -> Callable[[], None]:
    """An act that fetches the same heads and does nothing with them."""
    from kume_desktop.store.connecting import connect_file

    connection: Any = connect_file(file, key)

    def select() -> None:
        rows = connection.execute(f"SELECT subject, path, value, contested {_ANSWERED}")
        if sum(1 for _ in rows) != answers:
            raise RuntimeError("the reference reads something else")

    return select


def main() -> None:
    """Read a study whose key comes on stdin, and say on stdout what it took."""
    from kume_desktop.store import keyfile

    key = keyfile.DataKey.from_json(sys.stdin.readline())
    print(json.dumps(read(Path(sys.argv[1]), key, int(sys.argv[2]), int(sys.argv[3]))))


if __name__ == "__main__":
    main()
