"""A study with completed interviews that wait for their levels; made once per run, copied for each test."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kume_desktop.interview import page
from kume_desktop.services import interviewing, rating, studies
from kume_desktop.services.demonstration import facts, filling, parameters, plan
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing
from tests.studies import AREAS, FACTS, PASSPHRASE, _profile, copied

FORM = "kumelenme_duzeyi"
NAMES = ("Ilıcabaşı Salça", "Çınaraltı Konserve", "Şafakbükü Gıda", "Üzümdalı Turşu", "Nardanesi Meyve Suyu")
INTERVIEWERS = ("Can", "Can", "Elif", "Can", "Derya")
OTHERS = ("Can", "Derya")


@pytest.fixture(scope="session")
def rating_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study: five firms of Kimya with completed interviews, three people who may rate."""
    folder = tmp_path_factory.mktemp("rating")
    planned = [firm for firm in plan.plan(parameters.load()) if firm.outcome == "completed" and not firm.conflict]
    with (
        _profile(folder / "profile"),
        studies.create_study(
            folder / "puan.kume", "Düzey Analizi 2026", FACTS, PASSPHRASE, "Elif", AREAS, demonstration=True
        ) as study,
    ):
        with study.act() as act:
            for person in OTHERS:
                writing.add_person(act, person, study.wave.wave_id, "staff")
        for number, (name, asked) in enumerate(zip(NAMES, INTERVIEWERS, strict=True)):
            _interview(study, replace(planned[number], name=name, interviewer=asked), number)
    return folder / "puan.kume"


def _interview(study: Study, firm: plan.PlannedFirm, number: int) -> None:
    chance = random.Random(number)
    attributes = {"code": f"F{number + 1:04d}", "name": firm.name, "area": "kimya", "district": firm.district}
    with study.act() as act:
        unit_id = writing.add_unit(act, attributes)
    given = facts.identity(firm, chance) | facts.clustering(firm, chance)
    interview = filling.fill(study, unit_id, FORM, firm.interviewer, given, firm.at, 25)
    with study.act() as act:
        (record,) = reading.interviews(act, unit_id=unit_id)
        rating.keep_suggestions(act, study, record, interview)


@pytest.fixture
def rated(rating_template: Path, tmp_path: Path) -> Iterator[Study]:
    """That study, open, a copy of its own."""
    with studies.open_study(copied(rating_template, tmp_path), PASSPHRASE) as opened:
        yield opened


def as_person(study: Study, person: str) -> RatingDesk:
    """The same study, opened by somebody else."""
    return RatingDesk(Study(study.path, study.database, person, study.key))


def firm_of(study: Study, name: str) -> str:
    return next(unit.unit_id for unit in reading.units(study.database) if unit.name == name)


def rate_all(desk: RatingDesk, unit_id: str, change: dict[str, str] | None = None) -> None:
    """Give every indicator the suggested level (or another one) and finish."""
    for one in desk.sheet(unit_id).indicators:
        suggested = desk.material(unit_id).suggested[one.subject.code]
        answer = (change or {}).get(one.subject.code, str(suggested or 1))
        desk.give(unit_id, one.subject.code, answer, evidence_kind="1", reason="belgeler incelendi")
    desk.finish(unit_id)


@contextmanager
def reopened(study: Study, unit_id: str) -> Iterator[interviewing.Session]:
    """The interview of a firm, open again; completed at the end."""
    session = interviewing.open_interview(study, unit_id, FORM)
    session.reopen()
    yield session
    open_now = [one.path for one in page.open_problems(session.interview)]
    assert session.complete(dict.fromkeys(open_now, "doğrulandı")).at is not None


def mark(study: Study, unit_id: str, person: str, state: str, turn: int = 0) -> None:
    with study.act() as act:
        writing.mark_sheet(act, writing.SheetMarked(study.wave.wave_id, "unit", unit_id, person, state, turn))


@pytest.fixture
def half_rated(rated: Study) -> Study:
    """Can has rated the first firm of Kimya; Elif, who opened the study, was drawn for it and has not begun."""
    unit = reading.units(rated.database)[0]
    with rated.act(author="Can") as act:
        for number in range(1, 11):
            given = writing.RatingGiven(
                rated.wave.wave_id, "unit", unit.unit_id, f"g{number}", 4, "Can", evidence_kind="1", reason="Gördüm"
            )
            writing.rate(act, given)
    mark(rated, unit.unit_id, "Can", "final", 1)
    mark(rated, unit.unit_id, rated.person, "drawn")
    return rated
