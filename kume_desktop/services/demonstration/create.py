"""Make the demonstration study: invented firms, real engine, real log."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.services import rating, recent, results, studies
from kume_desktop.services.demonstration import around, facts, filling, parameters, plan, reviewing, scorecard
from kume_desktop.services.demonstration.plan import PlannedFirm
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.services.views import Area, StudyFacts
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.store.unit_of_work import Act

PASSPHRASE = "demo"  # noqa: S105 - public on purpose: the data are invented
NAMES = ("demo", "karne2010")
NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"
MAKING = N_("Making the demonstration study")
STUDY_NAME = "Gösterim çalışması / Demonstration study"
PERSON = "Gösterim"
FACTS = StudyFacts(
    agency="Gösterim Kalkınma Ajansı",
    reference_year=facts.REFERENCE_YEAR,
    legal_ground="6698 sayılı Kanunun 5. maddesi (gösterim)",
    recipients="yalnız ajans çalışanları (gösterim)",
    retention="iki yıl (gösterim)",
    contact="kvkk@ajans.example",
)
_OUTCOMES = {
    "completed": "1",
    "partial": "2",
    "refused": "4",
    "not_reached": "10",
    "closed_or_moved": "7",
    "out_of_scope": "6",
    "duplicate": "9",
}
_REASONS = (
    "Belge görülmedi, düzey bir basamak farklı değerlendirildi. (gösterim)",
    "Görüşmede verilen örnek anahtardaki tanımla tam örtüşmüyor. (gösterim)",
    "Dış kaynaktan doğrulanan bilgi yanıttan farklı. (gösterim)",
)
_SECOND_FORM_AFTER = timedelta(minutes=30)
_CONFLICTING = ("calisan_sayisi", "kurulus_yili")


def ensure(folder: Path, name: str, progress: Progress = no_progress) -> Path:
    """The path of a demonstration study in `folder`, made where it is not there yet."""
    path = folder / f"{name}{studies.SUFFIX}"
    if not path.exists():
        make = scorecard_2010 if name == "karne2010" else demonstration
        make(path, progress).close()
    return path


def clear(path: Path) -> None:
    """Make room for a new demonstration study; refuses to touch any other file.

    Raises:
        Refused: there is something else at `path`.
    """
    if not path.exists():
        return
    try:
        with studies.open_study(path, PASSPHRASE) as known:
            if not known.record.demonstration:
                raise Refused(problem("study.exists", file=path.name))
    except Refused as refusal:
        raise Refused(problem("study.exists", file=path.name)) from refusal
    if studies.is_open_elsewhere(path, PASSPHRASE):
        raise Refused(problem("study.in-use", file=path.name))
    studies.remove_files(path)


def home() -> Path:
    """The folder of the demonstration studies that window and command line share."""
    return paths.profile() / "demo"


def scorecard_2010(path: Path, progress: Progress = no_progress) -> Study:
    """Make the study of the published scorecard by the panel route."""
    progress(0, 1, MAKING)
    _folder(path)
    study = scorecard.create(path, PASSPHRASE)
    results.compute(study)
    progress(1, 1, MAKING)
    return study


def _folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(problem("study.read-only", file=str(path.parent))) from error


def demonstration(path: Path, progress: Progress = no_progress) -> Study:
    """Make the demonstration study, the same every time (identifiers and times of writing aside)."""
    figures = parameters.load()
    firms = plan.plan(figures)
    progress(0, len(firms), MAKING)
    _folder(path)
    areas = [Area(one.code, one.name_tr, one.name_en, "", "", one.frame_n) for one in figures.areas]
    making = path.with_name(f".{path.stem}.filling{studies.SUFFIX}")
    studies.remove_files(making)
    try:
        with studies.create_study(making, STUDY_NAME, FACTS, PASSPHRASE, PERSON, areas, demonstration=True) as study:
            around.enter_totals(study, figures, firms)
            _fill(study, firms, random.Random(figures.seed), progress)
            around.ask_experts(study, figures)
            around.let_committee_decide(study)
            reviewing.review(study)
            results.compute(study)
        studies.move_files(making, path)
    except BaseException:
        studies.remove_files(making)
        raise
    finally:
        recent.forget(making.resolve())
    return studies.open_study(path, PASSPHRASE)


def _fill(study: Study, firms: Sequence[PlannedFirm], chance: random.Random, progress: Progress) -> None:
    units = _add_firms(study, firms)
    conflicting = iter(_CONFLICTING)
    for done, firm in enumerate(firms, start=1):
        _visit(study, units[firm.code], firm, chance, conflicting)
        progress(done, len(firms), MAKING)


def _add_firms(study: Study, firms: Iterable[PlannedFirm]) -> dict[str, str]:
    """Add all firms with their assignments; returns code -> unit id."""
    from kume_desktop.store import writing

    units: dict[str, str] = {}
    with study.act() as act:
        people = {rater.rater for firm in firms for rater in firm.ratings} | {firm.interviewer for firm in firms}
        for person in sorted(people):
            writing.add_person(act, person, study.wave.wave_id, "scorer" if person[:1] == "r" else "interviewer")
        for firm in firms:
            units[firm.code] = writing.add_unit(
                act,
                {
                    "code": firm.code,
                    "name": firm.name,
                    "area": firm.area,
                    "district": firm.district,
                    "nace": firm.nace,
                    "nace_revision": "2",
                    "size_class": firm.size_class,
                },
            )
            writing.assign(act, study.wave.wave_id, units[firm.code], firm.interviewer)
    return units


def _visit(study: Study, unit_id: str, firm: PlannedFirm, chance: random.Random, conflicting: Iterator[str]) -> None:
    from kume_desktop.store import writing

    given = facts.identity(firm, chance)
    if firm.outcome == "completed":
        _interviews(study, unit_id, firm, given, chance)
        if firm.conflict:
            _plant_conflict(study, unit_id, next(conflicting))
    elif firm.outcome == "partial":
        broken_off = given | {"sonuc": "2"}
        filling.fill(study, unit_id, NEEDS, firm.interviewer, broken_off, firm.at, firm.minutes / 2, share=0.6)
    with study.act(author=firm.interviewer, at=firm.at) as act:
        writing.record_visit(act, study.wave.wave_id, unit_id, _OUTCOMES[firm.outcome], at=firm.at)
        if firm.outcome == "not_reached":
            writing.close_firm(act, study.wave.wave_id, unit_id)


def _interviews(study: Study, unit_id: str, firm: PlannedFirm, given: facts.Facts, chance: random.Random) -> None:
    """Both forms of one visit, then the levels."""
    needs, clustering = given | facts.needs(firm, chance), given | facts.clustering(firm, chance)
    filling.fill(study, unit_id, NEEDS, firm.interviewer, needs, firm.at, firm.minutes)
    later = firm.at + _SECOND_FORM_AFTER
    interview = filling.fill(study, unit_id, CLUSTERING, firm.interviewer, clustering, later, firm.minutes)
    with study.act(author=firm.interviewer, at=later + timedelta(days=1)) as act:
        _rate(act, study, unit_id, firm, interview, clustering.get("belge_gorulen", ""), chance)


def _rate(
    act: Act,
    study: Study,
    unit_id: str,
    firm: PlannedFirm,
    interview: Interview,
    documents: str,
    chance: random.Random,
) -> None:
    """Keep the rubric's suggestions and the raters' levels; a firm that waits to be rated has the former only."""
    from kume_desktop.store import reading, writing

    record = next(
        one for one in reading.interviews(act, unit_id=unit_id) if one.instrument_id == CLUSTERING and one.counts
    )
    suggested = rating.keep_suggestions(act, study, record, interview)
    wrong = {code: level for code, level in suggested.items() if level != firm.levels[code]}
    if wrong:
        raise filling.BrokenPlanError(firm.code, wrong, dict(firm.levels))
    kinds = around.evidence(firm, documents.split())
    given = {
        one: writing.RatingGiven(
            wave_id=study.wave.wave_id,
            target_kind="unit",
            target_id=unit_id,
            indicator=one.indicator,
            level=one.level,
            rater=one.rater,
            round=one.round,
            scale="1-5",
            suggestion=suggested[one.indicator],
            reason=chance.choice(_REASONS) if one.level != suggested[one.indicator] else "",
            evidence_kind=kinds[one.indicator],
            seen="after",
        )
        for one in firm.ratings
    }
    settled = around.settled(firm.ratings, given)
    for one, told in given.items():
        writing.rate(act, replace(told, settles=settled[one.indicator]) if one.round > 1 else told)


def _plant_conflict(study: Study, unit_id: str, name: str) -> None:
    """Let another computer answer one question otherwise, without knowledge of the first answer."""
    from kume_desktop.store import device, reading
    from kume_desktop.store.events import EventKind, SubjectKind
    from kume_desktop.store.identity import new_id
    from kume_desktop.store.log import Told

    record = next(one for one in reading.interviews(study.database, unit_id=unit_id) if one.instrument_id == NEEDS)
    heads = reading.heads(study.database, record.interview_id)
    path, rows = next((path, rows) for path, rows in heads.items() if path.endswith(f"/{name}"))
    other = device.Device(new_id(), "gösterim-2")
    writer = device.new_stream()
    at = rows[0].at + timedelta(hours=3)
    opening = device.opening(other, writer.stream, record.interviewer, "interviewer", at)
    value = str(int(rows[0].value or "0") + 1)
    answer = Told(
        EventKind.ANSWER,
        SubjectKind.INTERVIEW,
        UUID(record.interview_id),
        path,
        value,
        record.interviewer,
        "interviewer",
        at,
        instrument_version=UUID(record.version_id),
    )
    study.database.import_events([writer.write(told).line for told in (*opening, answer)])
