"""The rules of fieldwork: how often a firm is tried before it is closed, and who talks to one that refused.

No source fixes them, so they are the study's own: staff edit them, and every page that shows one shows its origin.
Days and parts of the day are those of this computer's zone. What is decided here from visits alone is pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.services import firm_rows, reserve
from kume_desktop.services.studies import only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import VisitRecord

FACT = "field_rules"
ORIGIN = N_("Own")
"""Where these rules come from: no source fixes them."""
COMPLETED, APPOINTMENT, NOT_REACHED = "1", "3", "10"
REFUSED_BY_COMPETENT, REFUSED_BY_OTHER = "4", "5"
REFUSALS = (REFUSED_BY_COMPETENT, REFUSED_BY_OTHER)
FINAL = frozenset({"6", "7", "8", "9"})
"""Outcomes after which nobody tries again: out of scope, closed down, moved, duplicate."""
LETTER = "letter"
MOST_ATTEMPTS, MOST_DAYS, MOST_PARTS, HOURS = 20, 365, 6, 24


@dataclass(frozen=True, slots=True)
class FieldRules:
    """What must hold before a firm is closed as not reached, and how refusals are converted.

    `daypart_starts`: the hours at which the parts of the day begin, the first one 0. `conversion_after_days` counts
    from a refusal by the competent person, `conversion_after_days_soft` from one by somebody else. `conversions`: how
    often a refusal is asked again at all.
    """

    min_attempts: int = 5
    min_days: int = 3
    min_dayparts: int = 2
    daypart_starts: tuple[int, ...] = (0, 12, 17)
    conversion_by_other: bool = True
    conversion_after_days: int = 14
    conversion_after_days_soft: int = 3
    conversions: int = 1

    def daypart(self, at: datetime) -> int:
        """The part of the day of a moment, counted from 0.

        >>> FieldRules().daypart(datetime(2026, 3, 2, 13, 30))
        1
        """
        return sum(at.hour >= start for start in self.daypart_starts) - 1

    def dayparts(self) -> tuple[tuple[int, int], ...]:
        """Each part of the day with the hours at which it begins and ends.

        >>> FieldRules().dayparts()
        ((0, 12), (12, 17), (17, 24))
        """
        return tuple(zip(self.daypart_starts, (*self.daypart_starts[1:], HOURS), strict=True))

    def wait_of(self, outcome: str) -> int:
        """Days between a refusal and the next question."""
        return self.conversion_after_days if outcome == REFUSED_BY_COMPETENT else self.conversion_after_days_soft


@dataclass(frozen=True, slots=True)
class Conversion:
    """A refusal that can be asked again, from `due` on; `refused` are those who were refused, `asked` who goes."""

    unit_id: str
    name: str
    outcome: str
    refused_at: datetime
    refused: tuple[str, ...]
    due: date
    asked: str = ""


FIRST_DAY, YEARS_AHEAD = date(2000, 1, 1), 10


def far_days(*days: date | None) -> tuple[Problem, ...]:
    """A problem for each day so far away that only a mistyped year explains it; moments count as their days."""
    last = datetime.now().astimezone().date() + timedelta(days=366 * YEARS_AHEAD)
    first, until = FIRST_DAY.strftime("%d.%m.%Y"), last.strftime("%d.%m.%Y")
    plain = (one.date() if isinstance(one, datetime) else one for one in days)
    return tuple(
        problem("field.far-day", day=f"{one:%d.%m.}{one.year:04d}", first=first, last=until)
        for one in plain
        if one is not None and not FIRST_DAY <= one <= last
    )


def rules(study: Study) -> FieldRules:
    """The rules of the wave; those of the wave before where nobody changed them."""
    from kume_desktop.store import wave_facts

    kept = wave_facts.carried(study.database, study.record.study_id, study.wave.wave_id).get(FACT, "")
    if not kept:
        return FieldRules()
    said = json.loads(kept)
    return FieldRules(**{**said, "daypart_starts": tuple(said["daypart_starts"])})


def save_rules(study: Study, wanted: FieldRules) -> None:
    """Work by other rules in this wave from now on; what was closed stays closed.

    Raises:
        Refused: the person is not staff; figures that no rule can have, all at once.
    """
    from kume_desktop.store import wave_facts, writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    wrong = tuple(_wrong(wanted))
    if wrong:
        raise Refused(*wrong)
    name = wave_facts.name_in(study.database, study.wave.wave_id, FACT)
    text = json.dumps(asdict(wanted), sort_keys=True)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, name, text)


def _wrong(wanted: FieldRules) -> Iterator[Problem]:
    starts = wanted.daypart_starts
    if not 1 <= wanted.min_attempts <= MOST_ATTEMPTS:
        yield problem("field.rule-attempts", most=MOST_ATTEMPTS)
    if not 1 <= wanted.min_days <= max(1, wanted.min_attempts):
        yield problem("field.rule-days", attempts=wanted.min_attempts)
    if not 1 <= len(starts) <= MOST_PARTS or starts[0] != 0 or list(starts) != sorted({*starts}) or starts[-1] >= HOURS:
        yield problem("field.rule-dayparts", most=MOST_PARTS)
    elif not 1 <= wanted.min_dayparts <= min(len(starts), max(1, wanted.min_attempts)):
        yield problem("field.rule-parts", parts=len(starts), attempts=wanted.min_attempts)
    waits = (wanted.conversion_after_days, wanted.conversion_after_days_soft)
    if not all(0 <= days <= MOST_DAYS for days in waits) or not 0 <= wanted.conversions <= MOST_ATTEMPTS:
        yield problem("field.rule-conversion", most=MOST_DAYS, times=MOST_ATTEMPTS)


def counted(visits: Iterable[VisitRecord]) -> tuple[VisitRecord, ...]:
    """The visits that count as attempts: not letters, and not the interview itself."""
    return tuple(one for one in visits if one.outcome != COMPLETED and one.mode != LETTER)


def lacking(of: FieldRules, visits: Iterable[VisitRecord]) -> tuple[Problem, ...]:
    """What the attempts at a firm still lack before it may be closed as not reached; empty where nothing does."""
    attempts = [one.at.astimezone() for one in counted(visits)]
    days, parts = {at.date() for at in attempts}, {of.daypart(at) for at in attempts}
    found = []
    if len(attempts) < of.min_attempts:
        found.append(problem("field.few-attempts", attempts=len(attempts), least=of.min_attempts))
    if len(days) < of.min_days:
        found.append(problem("field.few-days", days=len(days), least=of.min_days))
    if len(parts) < of.min_dayparts:
        found.append(problem("field.few-parts", parts=len(parts), least=of.min_dayparts))
    return tuple(found)


def last_of(visits: Sequence[VisitRecord]) -> VisitRecord | None:
    """The contact attempt that happened last, whenever it was written."""
    return max(visits, key=lambda one: (one.at, one.visit_id), default=None)


def closing(of: FieldRules, visits: Sequence[VisitRecord], now: datetime) -> tuple[Problem, ...]:
    """Why a firm without an interview may not be closed as not reached now; empty where it may."""
    last = last_of(visits)
    if last is not None and last.outcome in {*FINAL, *REFUSALS}:
        return (problem("field.has-outcome"),)
    found = lacking(of, visits)
    if last is not None and last.outcome == APPOINTMENT and last.next_at is not None and last.next_at > now:
        found = (*found, problem("field.appointment-ahead", at=last.next_at.astimezone().strftime("%d.%m.%Y %H:%M")))
    return found


def conversion(of: FieldRules, unit_id: str, name: str, visits: Sequence[VisitRecord]) -> Conversion | None:
    """The refusal that can be asked again; None where the last word was none, or was one for good."""
    last = last_of(visits)
    refusals = [one for one in visits if one.outcome in REFUSALS]
    if last is None or last.outcome not in REFUSALS or any(one.is_hard for one in refusals):
        return None
    if len(refusals) > of.conversions:
        return None
    due = last.at.astimezone().date() + timedelta(days=of.wait_of(last.outcome))
    return Conversion(unit_id, name, last.outcome, last.at, tuple(dict.fromkeys(one.by for one in refusals)), due)


def advise(of: FieldRules, visits: Sequence[VisitRecord], now: datetime) -> tuple[Problem, ...]:
    """What to do next with a firm that is neither interviewed nor closed, as sentences that warn of nothing worse."""
    last = last_of(visits)
    if last is None:
        return (warning("advice.first", least=of.min_attempts),)
    if last.outcome in FINAL:
        return ()
    if last.outcome in REFUSALS:
        return (_after_refusal(of, visits, last, now),)
    if last.next_at is not None and last.next_at > now:
        return (warning("advice.appointment", at=last.next_at.astimezone().strftime("%d.%m.%Y %H:%M")),)
    wanting = lacking(of, visits)
    if not wanting:
        return (warning("advice.may-close"),)
    return (_again(of, visits), *(_TOLD[one.code](one) for one in wanting if one.code in _TOLD))


def _again(of: FieldRules, visits: Sequence[VisitRecord]) -> Problem:
    attempts = len(counted(visits))
    return warning("advice.try-again", attempts=attempts, least=max(of.min_attempts, attempts + 1), next=attempts + 1)


_TOLD = {
    "field.few-days": lambda one: warning("advice.other-day", **one.params),
    "field.few-parts": lambda one: warning("advice.other-part", **one.params),
}


def _after_refusal(of: FieldRules, visits: Sequence[VisitRecord], last: VisitRecord, now: datetime) -> Problem:
    found = conversion(of, "", "", visits)
    if found is None:
        hard = any(one.is_hard for one in visits)
        return warning("advice.never-again") if hard else warning("advice.refused", by=last.by)
    day, who = found.due.strftime("%d.%m.%Y"), ", ".join(found.refused)
    if found.due > now.astimezone().date():
        return warning("advice.conversion-later", day=day, refused=who)
    return warning("advice.conversion" if of.conversion_by_other else "advice.conversion-anybody", refused=who)


def may_close(study: Study, unit_id: str) -> tuple[Problem, ...]:
    """Why a firm may not be closed as not reached now; empty where it may."""
    from kume_desktop.store import field_rows

    waiting, row = reserve.may_open(study, unit_id), firm_rows.firm_row(study, unit_id)
    if waiting is not None:
        return (waiting,)
    if row.state in firm_rows.INTERVIEWED:
        return (problem("field.has-interview"),)
    if row.is_closed:
        return (problem("field.closed-already"),)
    visits = field_rows.visits_of(study.database, study.wave.wave_id, [unit_id]).get(unit_id, ())
    return closing(rules(study), visits, datetime.now().astimezone())


def close(study: Study, unit_id: str) -> None:
    """Close a firm as not reached: nobody goes there any more.

    Raises:
        Refused: the problems of `may_close`.
    """
    from kume_desktop.store import writing

    wrong = may_close(study, unit_id)
    if wrong:
        raise Refused(*wrong)
    with study.act() as act:
        writing.close_firm(act, study.wave.wave_id, unit_id)
        writing.plan_visit(act, study.wave.wave_id, unit_id, "")


def reopen(study: Study, unit_id: str) -> None:
    """Go to a closed firm again.

    Raises:
        Refused: it is not closed.
    """
    from kume_desktop.store import field_rows, writing

    decided = field_rows.cases(study.database, study.wave.wave_id, unit_id).get(unit_id)
    if decided is None or not decided.is_closed:
        raise Refused(problem("field.not-closed"))
    with study.act() as act:
        writing.close_firm(act, study.wave.wave_id, unit_id, closed=False)


def needs_conversion(study: Study) -> tuple[Conversion, ...]:
    """The refusals that can be asked again, those due first; firms with an open interview and closed ones are out.

    A refusal may have been written down by a visit or by a form that was completed as refused.
    """
    from kume_desktop.store import field_rows, reading

    wave_id, of = study.wave.wave_id, rules(study)
    tried = field_rows.tried(study.database, wave_id)
    refused = [unit_id for unit_id, one in tried.items() if one.last_outcome in REFUSALS]
    cases = field_rows.cases(study.database, wave_id)
    names = {one.unit_id: one.name for one in reading.units(study.database)} if refused else {}
    held = reading.interviews(study.database, wave_id=wave_id) if refused else ()
    begun = {one.unit_id for one in held if one.counts and one.state != "completed"}
    found = []
    for unit_id, visits in field_rows.visits_of(study.database, wave_id, refused).items():
        decided, one = cases.get(unit_id), conversion(of, unit_id, names.get(unit_id, ""), visits)
        if one is not None and unit_id not in begun and not (decided and decided.is_closed):
            found.append(_asked(one, decided.conversion if decided else ""))
    return tuple(sorted(found, key=lambda one: (one.due, one.name, one.unit_id)))


def _asked(one: Conversion, person: str) -> Conversion:
    return replace(one, asked=person)
