"""One answer in a form of 600 questions until everything that depends on it is worked out, against JavaRosa.

Three kinds: an answer that 17 sums in a row depend on, a choice that opens a section of 17 questions, and a limit that
501 answered questions must keep (JavaRosa then validates the form, which is how it finds broken limits). The figure is
the middle one of the three ratios, told on stderr; without a JDK the reference is a naive evaluation of every rule.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import form_javarosa, form_made, form_naive
from benchmarks.form_load import begin
from benchmarks.measure import Measurement, tell

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview

ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Case:
    """An answer given in turn as one of two values; `factor` thins out the rounds of slow ones."""

    name: str
    path: str
    answers: tuple[str, str]
    theirs: tuple[str, ...]
    factor: int = 1


CASES = (
    Case("cascade", "/data/taban", ("5", "7"), ("/data/taban", "5", "7")),
    Case("relevance", "/data/kapi", ("4", "1"), ("/data/kapi", "_4", "_1")),
    Case("501 limits", "/data/sinir", ("10", "20"), ("/data/sinir", "10", "20"), 5),
)


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in microseconds."""
    file = folder / "form.xml"
    xform = form_made.answers()
    file.write_text(xform, encoding="utf-8")
    interview = filled(begin(form_made.source_of(xform)).interview)
    name = form_javarosa.NAME if form_javarosa.is_here() else form_naive.NAME
    tell(f"  600 questions, {rounds} answers of each kind; reference: {name}")
    found = [measured(case, interview, file, max(2, rounds // case.factor)) for case in CASES]
    for case, (ours, theirs) in zip(CASES, found, strict=True):
        tell(f"  {case.name}: {ours:.0f} us, reference {theirs:.0f} us")
    ours, theirs = sorted(found, key=lambda pair: pair[0] / pair[1])[1]
    return Measurement("form-answer", ours, "us", name, theirs)


def filled(interview: Interview) -> Interview:
    """All 501 limited questions answered."""
    from kume_desktop.interview import engine

    for path in ["/data/sinir", *(f"/data/c/v{number}" for number in range(1, 502))]:
        interview = engine.answer(interview, path, "5").interview
    return interview


def measured(case: Case, interview: Interview, file: Path, rounds: int) -> tuple[float, float]:
    """Microseconds of CPU, ours and the reference's."""
    ours = median(answered(case, interview, rounds))
    if not form_javarosa.is_here():
        return ours, median(naively(interview) for _ in range(min(rounds, 10)))
    check = ("check", "/data/c/v") if case.factor > 1 else ("-",)
    (theirs,) = form_javarosa.figures("answer", str(file), *case.theirs, str(rounds * 2), *check)
    return ours, theirs * 1000


def answered(case: Case, interview: Interview, rounds: int) -> list[float]:
    """Microseconds of CPU for each answer."""
    from kume_desktop.interview import engine

    times = []
    for number in range(rounds):
        begun = time.process_time()
        outcome = engine.answer(interview, case.path, case.answers[number % 2])
        times.append((time.process_time() - begun) * 1e6)
        if not outcome.accepted:
            raise RuntimeError(f"{case.path} was refused")
        interview = outcome.interview
    return times


def naively(interview: Interview) -> float:
    """Microseconds of CPU to work everything out anew."""
    begun = time.process_time()
    form_naive.evaluate(interview.form, interview)
    return (time.process_time() - begun) * 1e6
