"""How interviews were conducted: signals and times, for the supervisor alone. Nothing here blocks or changes anything.

Reading them takes long in a large study, so the window asks its companion; each answer has its reader here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.scoring.conduct.rules import OWN, Rules
from kume_desktop.services import roles
from kume_desktop.services.studies import only_staff

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.scoring.conduct.pace import Usual
    from kume_desktop.scoring.conduct.signals import Battery, Conducted, Judged, Signal
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord, UnitRecord
    from kume_desktop.store.traces import Trace

CONDUCT, CONDUCT_TIMES = "conduct", "conduct-times"
RULES_FACT = "conduct_rules"
ORIGIN = OWN
Asked = Mapping[str, Any]
_ROW = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Range:
    """What is usual: the middle half of `n` values and their median."""

    low: float
    median: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """A signal: what (`scoring.conduct.signals.Kind`), how much, of how many, what is usual, at which questions."""

    kind: str
    value: float
    of: float
    usual: Range | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterviewConduct:
    """One interview; `minutes` None where no times were kept, `usual` None where nothing can be compared.

    `on_paper`: typed from a paper form, so that times say nothing.
    """

    interview_id: str
    unit_id: str
    instrument_id: str
    firm: str
    area: str
    interviewer: str
    begun: datetime
    is_completed: bool
    on_paper: bool
    answered: int
    minutes: float | None
    usual: Range | None
    signals: tuple[Noticed, ...]


@dataclass(frozen=True, slots=True)
class InterviewerConduct:
    """One interviewer: interviews, how many with a signal, median minutes of those with times, share of reserves."""

    name: str
    interviews: int
    noticed: int
    timed: int
    minutes: float | None
    signals: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """Everything of a wave, the newest interview first; `timed` interviews have times, `fewest` are needed."""

    rules: Rules
    interviews: tuple[InterviewConduct, ...]
    timed: int

    def of_area(self, area: str) -> Conduct:
        """The interviews of one area ('' for all); what is usual stays that of the whole study."""
        return replace(self, interviews=tuple(one for one in self.interviews if area in {"", one.area}))

    @property
    def interviewers(self) -> tuple[InterviewerConduct, ...]:
        """By interviewer, the one with the largest share of noticed interviews first."""
        names = dict.fromkeys(one.interviewer for one in self.interviews)
        found = [_interviewer(name, [one for one in self.interviews if one.interviewer == name]) for name in names]
        return tuple(sorted(found, key=lambda one: (-one.noticed / one.interviews, one.name)))


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """One question of one interview; times in seconds. `usual` None where too few interviews were asked it."""

    path: str
    number: str
    title: str
    seconds: float
    away: float
    visits: int
    usual: Range | None


def rules(study: Study) -> Rules:
    """The thresholds of this study."""
    from kume_desktop.store import reading

    kept = reading.facts(study.database, study.record.study_id).get(RULES_FACT, "")
    return Rules(**json.loads(kept)) if kept else Rules()


def save_rules(study: Study, wanted: Rules) -> None:
    """Notice otherwise from now on.

    Raises:
        Refused: this person is not staff, or a threshold makes no sense (each is named); nothing is stored then.
    """
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    if wanted.wrong:
        raise Refused(*(problem("conduct.no-threshold", name=name) for name in wanted.wrong))
    with study.act() as act:
        text = json.dumps(asdict(wanted), sort_keys=True)
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, RULES_FACT, text)


def conduct(study: Study) -> Conduct:
    """Every interview of the wave with its signals.

    Raises:
        Refused: this person is not staff.
    """
    roles.require(study, roles.Right.CONDUCT)
    return read_all(study)


def read_all(study: Study) -> Conduct:
    """What `conduct` reads, for services that have asked for the right themselves."""
    from kume_desktop.scoring.conduct import signals

    chosen, read = rules(study), _Read(study)
    conducted = [read.conducted(record) for record in read.records]
    judged = signals.judge(conducted, chosen)
    found = [
        read.interview(record, one, said) for record, one, said in zip(read.records, conducted, judged, strict=True)
    ]
    newest = sorted(found, key=lambda one: one.begun, reverse=True)
    return Conduct(chosen, tuple(newest), sum(one.minutes is not None for one in newest))


def question_times(study: Study, interview_id: str) -> tuple[QuestionTime, ...]:
    """The questions of one interview in the order of the form; none where no times were kept.

    Raises:
        Refused: this person is not staff.
    """
    from kume_desktop.scoring.conduct import signals

    roles.require(study, roles.Right.CONDUCT)
    read = _Read(study)
    record = next((one for one in read.records if one.interview_id == interview_id), None)
    if record is None:
        return ()
    all_of_form = [read.conducted(one) for one in read.records if one.instrument_id == record.instrument_id]
    known = signals.question_usual(all_of_form, record.instrument_id, rules(study).fewest)
    own, away = read.conducted(record), read.away(record)
    return tuple(
        QuestionTime(
            path, *_words(study.form(record.version_id), path), own.times[path] / 1000, away.get(path, 0.0) / 1000,
            own.visits.get(path, 0), _range(known.get(path), 1 / 1000),
        )
        for path in _in_order(study.form(record.version_id), own.times)
    )  # fmt: skip


class _Read:
    """What the store holds of a wave's interviews, read once."""

    def __init__(self, study: Study) -> None:
        from kume_desktop.store import reading, traces

        database, wave = study.database, study.wave.wave_id
        self._study = study
        self.records = [one for one in reading.interviews(database, wave_id=wave) if one.counts]
        self._units = {one.unit_id: one for one in reading.units(database, wave)}
        self._values = traces.values(database, wave)
        self._traces = traces.traces(database, wave)
        self._changes = traces.changed_after_completion(database, wave)
        self._paper = traces.with_fact(database, "paper_typed_by")
        self._batteries: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def conducted(self, record: InterviewRecord) -> Conducted:
        """What the kernels are told of an interview."""
        from kume_desktop.scoring.conduct.signals import Conducted

        on_paper = record.interview_id in self._paper
        traced = () if on_paper else self._traces.get(record.interview_id, ())
        form, values = self._study.form(record.version_id), self._values.get(record.interview_id, {})
        answered, reserve = _reserves(form, values)
        return Conducted(
            form=record.instrument_id,
            batteries=tuple(self._answered_batteries(record.version_id, form, values)),
            answered=answered,
            reserve=reserve,
            times=_sums(traced, 2),
            visits={path: int(visits) for path, visits in _sums(traced, 3).items()},
            gaps=tuple(float(spell[4] + spell[5]) for each in traced for spell in each.spells if spell[4] + spell[5]),
            changes=self._changes.get(record.interview_id, 0),
            hours=tuple(_hour(each.at) for each in traced),
        )

    def away(self, record: InterviewRecord) -> Mapping[str, float]:
        """How long each question stood there without anybody at the keys, in ms."""
        traced = self._traces.get(record.interview_id, ())
        paused, idle = _sums(traced, 4), _sums(traced, 5)
        return {path: paused.get(path, 0.0) + idle.get(path, 0.0) for path in paused | idle}

    def interview(self, record: InterviewRecord, one: Conducted, said: Judged) -> InterviewConduct:
        """The interview with what was noticed, in the words of the services."""
        form, unit = self._study.form(record.version_id), self._units.get(record.unit_id)
        return InterviewConduct(
            interview_id=record.interview_id,
            unit_id=record.unit_id,
            instrument_id=record.instrument_id,
            firm=_name(unit),
            area=unit.area if unit is not None else "",
            interviewer=record.interviewer,
            begun=record.opened_at,
            is_completed=record.state == "completed",
            on_paper=record.interview_id in self._paper,
            answered=one.answered,
            minutes=one.minutes,
            usual=_range(said.usual),
            signals=tuple(_noticed(form, each) for each in said.signals),
        )

    def _answered_batteries(self, version_id: str, form: Form, values: Mapping[str, str]) -> Iterator[Battery]:
        from kume_desktop.scoring.conduct.signals import Battery

        if version_id not in self._batteries:
            self._batteries[version_id] = tuple(_batteries(form))
        for scale, questions in self._batteries[version_id]:
            places = _places(form, scale)
            asked = tuple(path for path in questions if path in values)
            yield Battery(scale, asked, tuple(places.get(values[path], float("nan")) for path in asked))


def _batteries(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The batteries of a form outside of repeats: the list of their answers, the paths of their rows."""
    from kume_desktop.interview.form import Block

    for section in form.outline.sections:
        for block in section.blocks:
            if isinstance(block, Block) and block.battery:
                rows = tuple(item.path for item in block.items if item.node.choices == block.battery)
                yield block.battery, rows


def _places(form: Form, scale: str) -> dict[str, float]:
    """The answers of a scale by their place in it, reserve answers left out."""
    real = (choice for choice in form.instrument.lists.get(scale, ()) if not choice.missing)
    return {choice.name: float(place) for place, choice in enumerate(real, start=1)}


def _reserves(form: Form, values: Mapping[str, str]) -> tuple[int, int]:
    """How many questions were answered, and how many of them by a reserve answer."""
    answered = reserve = 0
    for path, value in values.items():
        item = form.items.get(_ROW.sub("", path))
        if item is None or not item.node.is_asked or not value:
            continue
        answered += 1
        known = form.instrument.lists.get(item.node.choices, ())
        reserve += any(choice.missing and choice.name == value for choice in known)
    return answered, reserve


def _sums(traced: Iterable[Trace], column: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in traced:
        for spell in each.spells:
            found[spell[0]] = found.get(spell[0], 0.0) + float(spell[column])
    return found


def _hour(at: datetime) -> float:
    """The hour of the day where it was written."""
    return at.hour + at.minute / 60


def _name(unit: UnitRecord | None) -> str:
    return unit.name if unit is not None and unit.name else unit.code if unit is not None else ""


def _words(form: Form, path: str) -> tuple[str, str]:
    """Number and text of a question; what the text takes from other answers stands as dots."""
    from kume_desktop import texts
    from kume_desktop.interview import labels

    generic = _ROW.sub("", path)
    item = form.items.get(generic)
    if item is None:
        return "", path.rpartition("/")[2]
    pieces = labels.parts(item.node.label, texts.language(), form.instrument.default_language)
    said = "".join(part.text or "…" for part in pieces)
    return form.outline.numbers.get(generic, ""), labels.bare(said) or item.name


def _in_order(form: Form, times: Iterable[str]) -> list[str]:
    order = {path: place for place, path in enumerate(form.items)}
    return sorted(times, key=lambda path: (order.get(_ROW.sub("", path), len(order)), path))


def _noticed(form: Form, each: Signal) -> Noticed:
    named = tuple(_words(form, path)[0] or path.rpartition("/")[2] for path in each.where)
    return Noticed(each.kind.value, each.value, each.of, _range(each.usual), named)


def _range(usual: Usual | None, factor: float = 1.0) -> Range | None:
    if usual is None:
        return None
    return Range(usual.low * factor, usual.median * factor, usual.high * factor, usual.n)


def _interviewer(name: str, interviews: Sequence[InterviewConduct]) -> InterviewerConduct:
    from statistics import median

    minutes = [one.minutes for one in interviews if one.minutes is not None]
    kinds = dict.fromkeys(each.kind for one in interviews for each in one.signals)
    by_kind = [(kind, sum(any(each.kind == kind for each in one.signals) for one in interviews)) for kind in kinds]
    return InterviewerConduct(
        name,
        len(interviews),
        sum(bool(one.signals) for one in interviews),
        len(minutes),
        median(minutes) if minutes else None,
        tuple(sorted(by_kind, key=lambda each: (-each[1], each[0]))),
    )


def _conduct(study: Study, _asked: Asked) -> dict[str, Any]:
    found = conduct(study)
    lines = [asdict(one) | {"begun": one.begun.isoformat()} for one in found.interviews]
    return {"rules": asdict(found.rules), "interviews": lines, "timed": found.timed}


def conduct_of(answer: Asked) -> Conduct:
    """Read the answer to `CONDUCT`."""
    return Conduct(Rules(**answer["rules"]), tuple(_read_line(one) for one in answer["interviews"]), answer["timed"])


def _read_line(told: Asked) -> InterviewConduct:
    signals = tuple(
        Noticed(**{**one, "usual": _read_range(one["usual"]), "questions": tuple(one["questions"])})
        for one in told["signals"]
    )
    read = {"begun": datetime.fromisoformat(told["begun"]), "usual": _read_range(told["usual"]), "signals": signals}
    return InterviewConduct(**{**told, **read})


def _read_range(told: Asked | None) -> Range | None:
    return Range(**told) if told is not None else None


def _times(study: Study, asked: Asked) -> dict[str, Any]:
    return {"times": [asdict(one) for one in question_times(study, asked["interview_id"])]}


def times_of(answer: Asked) -> tuple[QuestionTime, ...]:
    """Read the answer to `CONDUCT_TIMES`."""
    return tuple(QuestionTime(**{**one, "usual": _read_range(one["usual"])}) for one in answer["times"])


VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {CONDUCT: _conduct, CONDUCT_TIMES: _times}
