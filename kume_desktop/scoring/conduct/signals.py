"""What about an interview is worth a look. Signals inform, they accuse nobody, and nothing is left out for them.

Each may have a good reason: a firm that is bad at everything gives ten equal answers, a chemist answers quickly, a
telephone rings for twenty minutes. How weak such signals are: Curran 2016; Meade & Craig 2012.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from kume_desktop.scoring.conduct import pace
from kume_desktop.scoring.conduct.pace import Times, Usual
from kume_desktop.scoring.conduct.rules import Rules
from kume_desktop.scoring.reliability.careless import longest_string

PER_MINUTE = 60_000


class Kind(StrEnum):
    """What can be noticed."""

    RUN = "run"
    STRAIGHT = "straight"
    ALL_SAME = "all-same"
    FAST = "fast"
    SHORT_QUESTIONS = "short-questions"
    PAUSE = "pause"
    REVISITS = "revisits"
    CHANGES = "changes"
    RESERVE = "reserve"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Signal:
    """`value` in the unit of its kind (rows, minutes, questions, answers, share, hour); `of` how many could have been.

    `usual`: what is usual in this study, None where nothing is compared. `where`: the questions it is about.
    """

    kind: Kind
    value: float
    of: float = 0
    usual: Usual | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Battery:
    """The rows of a battery: questions and answers in the order of the form, NaN where missing or reserve."""

    scale: str
    questions: tuple[str, ...]
    answers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Conducted:
    """What is known of how an interview went; times in ms. `form`: only interviews of one form are compared.

    `gaps`: the silences and absences, by question and screen. `hours`: local hours of the day at which it was asked.
    """

    form: str
    batteries: tuple[Battery, ...] = ()
    answered: int = 0
    reserve: int = 0
    times: Times = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[float, ...] = ()
    changes: int = 0
    hours: tuple[float, ...] = ()

    @property
    def minutes(self) -> float | None:
        """The active minutes; None where no times were kept."""
        return sum(self.times.values()) / PER_MINUTE if self.times else None

    @property
    def revisited(self) -> tuple[str, ...]:
        """The questions that came to the front more than once."""
        return tuple(question for question, visits in self.visits.items() if visits > 1)


@dataclass(frozen=True, slots=True)
class Judged:
    """The signals of an interview and the range in which its duration (minutes) usually lies, if that can be said."""

    signals: tuple[Signal, ...]
    usual: Usual | None


def judge(interviews: Sequence[Conducted], rules: Rules) -> tuple[Judged, ...]:
    """The signals of every interview, in the order given; each is compared with all of its form, itself among them."""
    groups = {form: _Group([each for each in interviews if each.form == form], rules) for form in _forms(interviews)}
    return tuple(groups[each.form].judge(each) for each in interviews)


def question_usual(interviews: Sequence[Conducted], form: str, fewest: int) -> Mapping[str, Usual]:
    """What is usual for each question of a form, in ms."""
    return pace.medians([each.times for each in interviews if each.form == form and each.times], fewest)


def _forms(interviews: Sequence[Conducted]) -> dict[str, None]:
    return dict.fromkeys(each.form for each in interviews)


class _Group:
    """The interviews of one form, which are compared with each other."""

    def __init__(self, interviews: Sequence[Conducted], rules: Rules) -> None:
        self._rules = rules
        timed = [each for each in interviews if each.times]
        self._known = pace.medians([each.times for each in timed], rules.fewest)
        self._paces = pace.paces([each.times for each in timed], self._known)
        self._revisits = pace.usual([len(each.revisited) for each in timed], rules.fewest)

    def judge(self, one: Conducted) -> Judged:
        within = pace.usual_duration(one.times, self._known, self._paces, self._rules.fewest)
        in_minutes = within.times(1 / PER_MINUTE) if within is not None else None
        found = (*_answers(one, self._rules), *self._times(one, in_minutes), *_circumstances(one, self._rules))
        return Judged(found, in_minutes)

    def _times(self, one: Conducted, in_minutes: Usual | None) -> Iterator[Signal]:
        rules = self._rules
        own = pace.paces([one.times], self._known)[0]
        if own is not None and in_minutes is not None and own < rules.fast:
            yield Signal(Kind.FAST, one.minutes or 0.0, usual=in_minutes)
        short, of = pace.short_questions(one.times, self._known, rules.fast_question)
        if of and short / of >= rules.fast_share:
            yield Signal(Kind.SHORT_QUESTIONS, short, of)
        if len(one.revisited) >= rules.revisits:
            yield Signal(Kind.REVISITS, len(one.revisited), len(one.visits), self._revisits, one.revisited)


def _answers(one: Conducted, rules: Rules) -> Iterator[Signal]:
    """Signals of the answers themselves; where all are the same, a run says nothing more."""
    all_same = _all_same(one, rules)
    if all_same is not None:
        yield all_same
    else:
        longest = max((_run(each) for each in _by_scale(one)), default=0)
        if longest >= rules.run:
            yield Signal(Kind.RUN, longest)
        yield from _straight(one, rules)
    if one.answered and one.reserve / one.answered >= rules.reserve:
        yield Signal(Kind.RESERVE, one.reserve / one.answered, one.answered)


def _all_same(one: Conducted, rules: Rules) -> Signal | None:
    given = [answer for each in one.batteries for answer in each.answers if not np.isnan(answer)]
    same = len(given) >= max(rules.battery, rules.run) and len(set(given)) == 1
    return Signal(Kind.ALL_SAME, len(given), len(given)) if same else None


def _straight(one: Conducted, rules: Rules) -> Iterator[Signal]:
    """Batteries answered through with one and the same answer; a missing or reserve answer breaks the line."""
    for each in one.batteries:
        if len(each.answers) >= rules.battery and _run(each) == len(each.answers):
            yield Signal(Kind.STRAIGHT, len(each.answers), len(each.answers), where=each.questions)


def _by_scale(one: Conducted) -> Iterator[Battery]:
    """The batteries of one scale after one another: a line does not end where the page does."""
    for scale in dict.fromkeys(each.scale for each in one.batteries):
        own = [each for each in one.batteries if each.scale == scale]
        questions = tuple(question for each in own for question in each.questions)
        yield Battery(scale, questions, tuple(answer for each in own for answer in each.answers))


def _run(battery: Battery) -> int:
    return longest_string(np.asarray(battery.answers, dtype=np.float64))


def _circumstances(one: Conducted, rules: Rules) -> Iterator[Signal]:
    longest = max(one.gaps, default=0.0) / PER_MINUTE
    if longest >= rules.pause:
        yield Signal(Kind.PAUSE, longest, len(one.gaps))
    if one.changes >= rules.changes:
        yield Signal(Kind.CHANGES, one.changes, one.answered)
    night = [hour for hour in one.hours if rules.is_night(hour)]
    if night:
        yield Signal(Kind.NIGHT, night[0], len(one.hours))
