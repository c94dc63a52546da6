"""Forms of one's own in a study, for tests."""

from __future__ import annotations

from pathlib import Path

from kume_desktop.services import fieldwork, installing, interviewing
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from tests.interview.scenario import workbook


def install(study: Study, folder: Path, name: str, survey: str, choices: str = "", **more: str) -> str:
    """Install a form made of tables; returns the id of its version. Lists for it may lie in `folder`."""
    sheets = {"survey": survey, **({"choices": choices} if choices else {}), **more}
    settings = f"| form_title | form_id | version | name |\n| {name} | {name} | 1 | data |"
    file = folder / f"{name}.xlsx"
    file.write_bytes(workbook(settings=settings, **sheets))
    prepared = installing.prepare(file)
    with study.act() as act:
        return installing.install(act, prepared)


def units(study: Study) -> list[str]:
    """The firms of the study by name."""
    return [row.unit_id for row in sorted(fieldwork.firms(study), key=lambda row: row.name)]


def interview(study: Study, unit_id: str, name: str, **answers: str) -> Session:
    """Open an interview and give these answers."""
    session = interviewing.open_interview(study, unit_id, name)
    for question, value in answers.items():
        saved = session.answer(session.interview.path_of(question), value)
        assert saved.at is not None, (question, saved.problems)
    return session


def finished(study: Study, unit_id: str, name: str, **answers: str) -> Session:
    """Open an interview, give these answers and complete it."""
    session = interview(study, unit_id, name, **answers)
    saved = session.complete()
    assert saved.at is not None, saved.problems
    return session
