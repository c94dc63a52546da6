"""How long a form takes from what the store keeps to a begun interview; shared by the benchmarks of three sizes."""

from __future__ import annotations

import gc
import time
import tracemalloc
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import form_javarosa, form_made, form_naive
from benchmarks.measure import Measurement, tell

if TYPE_CHECKING:
    from kume_desktop.instruments.source import FormSource
    from kume_desktop.interview.state import Outcome


def measure(folder: Path, rounds: int, questions: int) -> Measurement:
    """Milliseconds of CPU for a first load; the reference runs between ours, each time in a new process."""
    xform = form_made.sections(questions)
    source, file = form_made.source_of(xform), folder / "form.xml"
    file.write_text(xform, encoding="utf-8")
    begin(source)
    ours, theirs, warm = [], [], 0.0
    for number in range(rounds):
        ours.append(spent(source))
        if form_javarosa.is_here():
            cold, warm = form_javarosa.figures("load", str(file), "6" if number == rounds - 1 else "0")
            theirs.append(cold)
        else:
            theirs.append(naive(source))
    name = f"{form_javarosa.NAME}, first load" if form_javarosa.is_here() else form_naive.NAME
    tell(f"  {questions} questions, {len(xform) // 1024} KiB of XForm, {held(source):.1f} MB held; reference: {name}")
    if form_javarosa.is_here():
        tell(f"  JavaRosa when warm: {warm:.0f} ms")
    return Measurement(f"form-{questions}", median(ours), "ms", name, median(theirs))


def begin(source: FormSource) -> Outcome:
    """From what the store keeps to a begun interview; no expression is remembered from before."""
    from kume_desktop.instruments.load import load
    from kume_desktop.interview import engine
    from kume_desktop.xpath import compiler

    compiler.compile_expression.cache_clear()
    return engine.begin(engine.compile_form(load(source)), form_made.setting())


def spent(source: FormSource) -> float:
    """Milliseconds of CPU."""
    gc.collect()
    begun = time.process_time()
    begin(source)
    return (time.process_time() - begun) * 1000


def naive(source: FormSource) -> float:
    """Milliseconds of CPU for the same, worked out without a graph."""
    gc.collect()
    begun = time.process_time()
    outcome = begin(source)
    form_naive.evaluate(outcome.interview.form, outcome.interview)
    return (time.process_time() - begun) * 1000


def held(source: FormSource) -> float:
    """Megabytes that a begun interview holds with its form."""
    tracemalloc.start()
    kept = begin(source)
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    return size
