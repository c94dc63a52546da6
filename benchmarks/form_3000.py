"""Load and first evaluation of a form of 3000 questions, against JavaRosa (without a JDK: a naive evaluation besides).

Sections of ten: choices, checked numbers, texts under a condition, sums that run through all sections, two languages.
Measured from the stored XForm to a begun interview in CPU time, with nothing remembered from an earlier form; the
reference is the first load in a new process, the start of the virtual machine not counted.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.form_load import measure
from benchmarks.measure import Measurement

ROUNDS = 5


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    return measure(folder, rounds, 3000)
