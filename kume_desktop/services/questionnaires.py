"""The questionnaires of a study as lists show them: versions and their interviews, differences, drafts that can move.

Reading them takes long in a large study, so the window asks its companion; each answer has its reader here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import form_work, versions

if TYPE_CHECKING:
    from kume_desktop.instruments.differences import Comparison, Difference
    from kume_desktop.instruments.model import Instrument, Node
    from kume_desktop.interview.moving import Move
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.forms import TestOutcome
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InstrumentRecord, InterviewRecord

OVERVIEW, DIFFERENCES, DRAFTS, TESTS = "questionnaires", "form-differences", "form-drafts", "form-tests"
Asked = Mapping[str, Any]
COMPLETED = "completed"
UNKNOWN = -1
MOST_NAMED = 200
"""More questions of one draft are counted, not named."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version; `begun` and `finished` count the interviews of the wave in it. `UNKNOWN` is not counted yet."""

    version_id: str
    version: str
    installed_at: datetime
    questions: int
    begun: int
    finished: int

    @property
    def drafts(self) -> int:
        """Interviews that are not finished."""
        return self.begun - self.finished


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One questionnaire with its versions, the newest first."""

    instrument_id: str
    title_tr: str
    title_en: str
    versions: tuple[VersionLine, ...]

    @property
    def title(self) -> str:
        """The title in the language in force."""
        return (self.title_en if texts.language() == "en" else "") or self.title_tr or self.instrument_id

    @property
    def older_drafts(self) -> int:
        """Interviews that are not finished and not in the newest version."""
        return sum(one.drafts for one in self.versions[1:])


@dataclass(frozen=True, slots=True)
class Guess:
    """Two questions that may be one: names and labels of the older and of the newer version."""

    old: str
    new: str
    old_label: str
    new_label: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions side by side: every difference, the gravest first, and the renames that were guessed."""

    old_version: str
    new_version: str
    differences: tuple[Difference, ...]
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """An unfinished interview and what it would be in the newest version.

    `moved_from` is the older version that it can be brought back to, '' where it cannot. In `fates` the labels of the
    questions stand under `kept`, `converted`, `not_shown`, `unfit`, `asked`, `failing`, `retired` and `hidden`.
    `problems` say why it cannot be moved. `late` are answers that another computer gave in the older version after the
    move: question and value.
    """

    interview_id: str
    firm: str
    interviewer: str
    opened_at: datetime
    version: str
    version_id: str
    moved_from: str
    fates: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    late: tuple[str, ...] = ()

    def count(self, fate: str) -> int:
        """How many questions have a fate."""
        return len(self.fates.get(fate, ()))


# --- list ---


def overview(study: Study) -> tuple[Questionnaire, ...]:
    """Every questionnaire of the study, in the order in which they were first installed."""
    from kume_desktop.store import reading

    begun: dict[str, list[InterviewRecord]] = {}
    for one in reading.interviews(study.database, wave_id=study.wave.wave_id):
        begun.setdefault(one.version_id, []).append(one)
    return _listed(study, lambda record: _line(study, record, begun.get(record.version_id, [])))


def known(study: Study) -> tuple[Questionnaire, ...]:
    """The same without anything counted: at once."""
    return _listed(
        study, lambda one: VersionLine(one.version_id, one.version, one.installed_at, UNKNOWN, UNKNOWN, UNKNOWN)
    )


def versions_of(study: Study, instrument_id: str) -> tuple[VersionLine, ...]:
    """The versions of one questionnaire without anything counted, the newest first."""
    return next((one.versions for one in known(study) if one.instrument_id == instrument_id), ())


def _listed(study: Study, line_of: Callable[[InstrumentRecord], VersionLine]) -> tuple[Questionnaire, ...]:
    records: dict[str, list[InstrumentRecord]] = {}
    for record in study.all_instruments():
        records.setdefault(record.instrument_id, []).append(record)
    return tuple(
        Questionnaire(
            instrument_id,
            held[-1].title_tr,
            held[-1].title_en,
            tuple(map(line_of, reversed(held))),
        )
        for instrument_id, held in records.items()
    )


def _line(study: Study, record: InstrumentRecord, begun: list[InterviewRecord]) -> VersionLine:
    from kume_desktop.instruments.model import Kind

    nodes = study.instrument(record.version_id).nodes()
    asked = sum(node.is_asked and node.kind is not Kind.NOTE for node in nodes)
    finished = sum(one.state == COMPLETED for one in begun)
    return VersionLine(record.version_id, record.version, record.installed_at, asked, len(begun), finished)


def _overview(study: Study, _asked: Asked) -> dict[str, Any]:
    return {"questionnaires": list(map(_record, overview(study)))}


def _record(one: Questionnaire) -> dict[str, Any]:
    lines = [{**asdict(line), "installed_at": line.installed_at.isoformat()} for line in one.versions]
    return {**asdict(one), "versions": lines}


def questionnaires(answer: Asked) -> tuple[Questionnaire, ...]:
    """Read the answer to `OVERVIEW`."""
    return tuple(
        Questionnaire(
            one["instrument_id"],
            one["title_tr"],
            one["title_en"],
            tuple(
                VersionLine(**{**line, "installed_at": datetime.fromisoformat(line["installed_at"])})
                for line in one["versions"]
            ),
        )
        for one in answer["questionnaires"]
    )


# --- differences ---


def differences(study: Study, old: Asked, new: Asked) -> Compared:
    """What differs between two of the versions (`{"version": id}`) and files (`{"file": path}`)."""
    from kume_desktop.instruments.differences import compare

    return _compared(compare(_instrument(study, old), _instrument(study, new)))


def _instrument(study: Study, side: Asked) -> Instrument:
    return versions.read_workbook(Path(side["file"])) if side.get("file") else study.instrument(side["version"])


def _compared(found: Comparison) -> Compared:
    from kume_desktop.instruments.differences import Sureness

    guesses = (
        Guess(one.old.name, one.new.name, _label(one.old), _label(one.new))
        for one in found.pairs
        if one.sureness is Sureness.SIMILAR
    )
    return Compared(found.old_version, found.new_version, found.differences, tuple(guesses))


def _label(node: Node) -> str:
    """The label of a question in the language in force; three dots stand for what depends on an answer."""
    from kume_desktop.interview import labels

    parts = labels.parts(node.label, texts.language(), next(iter(node.label), ""))
    return " ".join("".join(part.text if not part.expression else "…" for part in parts).split()) or node.name


def _differences(study: Study, asked: Asked) -> dict[str, Any]:
    found = differences(study, asked["old"], asked["new"])
    return {
        "versions": [found.old_version, found.new_version],
        "differences": [
            {
                "code": one.code, "gravity": one.gravity.value, "means": one.means.value, "question": one.question,
                "params": dict(one.params), "place": [one.place.sheet, one.place.row],
            }
            for one in found.differences
        ],
        "guesses": [asdict(one) for one in found.guesses],
    }  # fmt: skip


def compared(answer: Asked) -> Compared:
    """Read the answer to `DIFFERENCES`."""
    from kume_desktop.instruments.differences import Difference, Gravity, Means
    from kume_desktop.instruments.model import Place

    found = tuple(
        Difference(
            one["code"], Gravity(one["gravity"]), Means(one["means"]), one["question"], one["params"],
            Place(one["place"][0], one["place"][1]),
        )
        for one in answer["differences"]
    )  # fmt: skip
    old, new = answer["versions"]
    return Compared(old, new, found, tuple(Guess(**one) for one in answer["guesses"]))


# --- drafts ---


def drafts(study: Study, instrument_id: str, accepted: Collection[str] = ()) -> tuple[DraftView, ...]:
    """Unfinished interviews in older versions as they would be in the newest, and those that were moved to it."""
    from kume_desktop.store import reading

    held = versions.of(study, instrument_id)
    firms = {unit.unit_id: unit.name for unit in reading.units(study.database)}
    return tuple(
        view
        for record in reading.interviews(study.database, wave_id=study.wave.wave_id)
        if record.instrument_id == instrument_id and record.state != COMPLETED
        if (view := _draft(study, record, held, firms.get(record.unit_id, ""), accepted)) is not None
    )


def _draft(
    study: Study,
    record: InterviewRecord,
    held: Sequence[InstrumentRecord],
    firm: str,
    accepted: Collection[str],
) -> DraftView | None:
    places = {one.version_id: place for place, one in enumerate(held)}
    here = places[record.version_id]
    before = versions.moved_from(study, record.interview_id)
    moved_from = held[places[before]].version if before in places and places[before] < here else ""
    is_newest = here == len(held) - 1
    if is_newest and not moved_from:
        return None
    fates, problems = ({}, ()) if is_newest else _fates(study, record.interview_id, held[-1].version_id, accepted)
    return DraftView(
        record.interview_id,
        firm,
        record.interviewer,
        record.opened_at,
        held[here].version,
        record.version_id,
        moved_from,
        fates,
        problems,
        _late(study, record.interview_id, before if before in places else None),
    )


def _late(study: Study, interview_id: str, before: str | None) -> tuple[str, ...]:
    from kume_desktop.interview.rows import generic

    late = versions.late_answers(study, interview_id) if before is not None else {}
    items = study.form(before).items if before is not None and late else {}
    return tuple(f"{_label(items[generic(path)].node)}: {value}" for path, value in late.items())


def _fates(
    study: Study, interview_id: str, version_id: str, accepted: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    from kume_desktop.interview.moving import Fate

    try:
        planned = versions.preview(study, interview_id, version_id, accepted)
    except Refused as refusal:
        return {}, refusal.problems
    answered = {fate: [one for one in planned.of(fate) if not one.recorded and one.old] for fate in Fate}
    kept = [*answered[Fate.KEPT], *answered[Fate.MOVED]]
    before, after = planned.before, planned.after
    named = {
        "kept": _named(after, (one.new_path for one in kept)),
        "converted": tuple(_converted(planned, one.new_path, one.old, one.new) for one in answered[Fate.CONVERTED]),
        "not_shown": _named(before, (one.old_path for one in answered[Fate.NOT_SHOWN])),
        "unfit": _named(after, (one.new_path for one in answered[Fate.UNFIT])),
        **{name: _named(after, getattr(planned, name)) for name in ("asked", "failing", "retired", "hidden")},
    }
    return named, ()


def _named(interview: Interview, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(_question(interview, path) for path in paths)


def _question(interview: Interview, path: str) -> str:
    spot = interview.tree.spots.get(path)
    return _label(spot.item.node) if spot is not None else path.rpartition("/")[2]


def _converted(planned: Move, path: str, old: str, new: str) -> str:
    return f"{_question(planned.after, path)}: {old} → {new or '–'}"


def _drafts(study: Study, asked: Asked) -> dict[str, Any]:
    return {"drafts": list(map(_draft_record, drafts(study, asked["instrument"], asked.get("accepted", ()))))}


def _draft_record(one: DraftView) -> dict[str, Any]:
    problems = [form_work.problem_record(each) for each in one.problems]
    fields = {name: getattr(one, name) for name in DraftView.__slots__}
    return {**fields, "fates": dict(one.fates), "opened_at": one.opened_at.isoformat(), "problems": problems}


def draft_views(answer: Asked) -> tuple[DraftView, ...]:
    """Read the answer to `DRAFTS`."""
    return tuple(map(_read_draft, answer["drafts"]))


def _read_draft(one: Asked) -> DraftView:
    told = {
        **one,
        "opened_at": datetime.fromisoformat(one["opened_at"]),
        "fates": {fate: tuple(names) for fate, names in one["fates"].items()},
        "problems": tuple(map(form_work.read_problem, one["problems"])),
        "late": tuple(one["late"]),
    }
    return DraftView(**told)


# --- tests ---


def test(study: Study, version_id: str) -> TestOutcome:
    """Run the sheet `tests` of an installed version."""
    from kume_desktop.interview.testing import run_tests
    from kume_desktop.services.forms import CaseOutcome, TestOutcome

    report = run_tests(study.instrument(version_id), study.attached_tables(version_id))
    return TestOutcome(tuple(CaseOutcome(one.case, one.passed, one.problems) for one in report.cases), report.coverage)


def _tests(study: Study, asked: Asked) -> dict[str, Any]:
    return form_work.outcome_record(test(study, asked["version"]))


VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {
    OVERVIEW: _overview,
    DIFFERENCES: _differences,
    DRAFTS: _drafts,
    TESTS: _tests,
}


def names_of(view: DraftView) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The fates of a draft that have questions: name, questions to be named, and how many more there are."""
    for fate, names in view.fates.items():
        if names:
            yield fate, names[:MOST_NAMED], max(0, len(names) - MOST_NAMED)
