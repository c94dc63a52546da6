"""The choices of a list of 20,000 after another answer has filtered it to some 250, against JavaRosa.

Measured is what a page asks for: the choices at present with their labels and keys, each time for another province. The
first use, which builds the index of the column, is told on stderr; without a JDK the reference looks at all rows.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import form_javarosa, form_made
from benchmarks.form_load import begin
from benchmarks.measure import Measurement, tell

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview

ROUNDS = 40
ALL = 20_000
_SCAN = "instance('mahalle')/root/item[string(il) = string( /data/il )]"


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    file = folder / "form.xml"
    xform = form_made.districts(ALL)
    file.write_text(xform, encoding="utf-8")
    interview = begin(form_made.source_of(xform)).interview
    first, *later = [filtered(interview, f"p{number % 81}") for number in range(rounds + 1)]
    theirs, name = reference(interview, file, rounds)
    tell(f"  {ALL} choices, {rounds} provinces; first use {first:.1f} ms; reference: {name}")
    return Measurement("form-choices", median(later), "ms", name, theirs)


def filtered(interview: Interview, province: str) -> float:
    """Milliseconds of CPU until the choices of a province are known."""
    from kume_desktop.interview import engine, page

    chosen = engine.answer(interview, "/data/il", province).interview
    begun = time.process_time()
    found = page.choices(chosen, "/data/mahalle", limit=ALL)
    spent = (time.process_time() - begun) * 1000
    if not 240 < len(found) < 250:
        raise RuntimeError(f"{len(found)} choices are left")
    return spent


def reference(interview: Interview, file: Path, rounds: int) -> tuple[float, str]:
    """Milliseconds of the reference, and what it is."""
    if form_javarosa.is_here():
        (theirs,) = form_javarosa.figures("choices", str(file), str(rounds))
        return theirs, form_javarosa.NAME
    return median(scanned(interview) for _ in range(min(rounds, 5))), "looking at every row of the list"


def scanned(interview: Interview) -> float:
    """Milliseconds of CPU to look at every row."""
    from kume_desktop.interview.view import ground_of
    from kume_desktop.xpath.compiler import compile_expression

    ground = ground_of(interview)
    begun = time.process_time()
    compile_expression(_SCAN).nodes(ground)
    return (time.process_time() - begun) * 1000
