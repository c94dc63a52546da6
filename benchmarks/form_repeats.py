"""Add a row to 200 rows of 20 questions and remove the first of them, against JavaRosa.

Every row has checks, a sum, a condition and its own place; two sums run across all rows. The figure is the time of both
acts together, each is told on stderr; without a JDK the reference is a naive evaluation of every rule after each act.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import form_javarosa, form_made, form_naive
from benchmarks.form_load import begin
from benchmarks.measure import Measurement, tell

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview, Outcome

ROUNDS = 30
REPEAT = "/data/r"
COUNT = 200


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop.interview import engine

    file = folder / "form.xml"
    xform = form_made.rows()
    file.write_text(xform, encoding="utf-8")
    interview = begin(form_made.source_of(xform)).interview
    while len(interview.rows(REPEAT)) < COUNT:
        interview = engine.add_row(interview, REPEAT).interview
    added, removed = zip(*(both(interview) for _ in range(rounds)), strict=True)
    ours = (median(added), median(removed))
    theirs, name = reference(interview, file, rounds)
    tell(f"  {COUNT} rows, {rounds} rounds; reference: {name}")
    tell(f"  add {ours[0]:.2f} ms, reference {theirs[0]:.2f} ms; remove {ours[1]:.2f} ms, reference {theirs[1]:.2f} ms")
    return Measurement("form-repeats", sum(ours), "ms", name, sum(theirs))


def both(interview: Interview) -> tuple[float, float]:
    """Milliseconds of CPU to add a row, and to remove the first."""
    from kume_desktop.interview import engine

    first = f"{REPEAT}[{interview.rows(REPEAT)[0]}]"
    begun = time.process_time()
    added = engine.add_row(interview, REPEAT)
    between = time.process_time()
    removed = engine.remove_row(interview, first)
    ended = time.process_time()
    accepted(added, removed)
    return (between - begun) * 1000, (ended - between) * 1000


def accepted(*outcomes: Outcome) -> None:
    """Raise an error if an act was refused."""
    if not all(outcome.accepted and outcome.rows for outcome in outcomes):
        raise RuntimeError("the rows did not change")


def reference(interview: Interview, file: Path, rounds: int) -> tuple[tuple[float, float], str]:
    """Milliseconds of the reference for both acts, and what it is."""
    if form_javarosa.is_here():
        added, removed = form_javarosa.figures("rows", str(file), str(COUNT), str(rounds))
        return (added, removed), form_javarosa.NAME
    times = []
    for _ in range(min(rounds, 5)):
        begun = time.process_time()
        form_naive.evaluate(interview.form, interview)
        times.append((time.process_time() - begun) * 1000)
    return (median(times), median(times)), form_naive.NAME
