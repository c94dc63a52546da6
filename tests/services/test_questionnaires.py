"""The companion and the worker answer about questionnaires as the services do."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kume_desktop.problems import Where
from kume_desktop.services import companion, form_work, forms, questionnaires, versions, worker
from kume_desktop.services.studies import Study
from tests.interview.scenario import workbook
from tests.services.installed import finished, install, interview, units

SURVEY = """
| type           | name | label | constraint |
| text           | urun | Ürün  |            |
| integer        | yil  | Yıl   | . > foo(   |
"""
GOOD = SURVEY.replace(". > foo(", ". > 1800  ")
SETTINGS = "| form_title | form_id | version | name |\n| kisa | kisa | {version} | data |"
TESTS = """
| case | verb         | target | value |
| ilk  | begin        |        |       |
| ilk  | answer       | urun   | boya  |
| ilk  | expect_value | urun   | boya  |
"""


def file_of(folder: Path, survey: str, version: str = "2") -> Path:
    file = folder / f"kisa_{version}.xlsx"
    file.write_bytes(workbook(survey=survey, settings=SETTINGS.format(version=version), tests=TESTS))
    return file


def served(request: Mapping[str, Any]) -> dict[str, Any]:
    """What the worker answers to one request."""
    answers = io.StringIO()
    worker.serve(io.StringIO(json.dumps(request) + "\n"), answers)
    result: dict[str, Any] = json.loads(answers.getvalue().splitlines()[-1])["result"]
    return result


def test_that_the_overview_counts_and_travels_whole(study: Study, tmp_path: Path) -> None:
    install(study, tmp_path, "kisa", GOOD)
    first, second = units(study)[:2]
    finished(study, first, "kisa", urun="boya")
    interview(study, second, "kisa", urun="vernik")
    versions.install(study, worker_prepared(file_of(tmp_path, GOOD.replace("Yıl", "Kuruluş yılı"))))
    found = questionnaires.overview(study)
    (kisa,) = [one for one in found if one.instrument_id == "kisa"]
    assert [(one.version, one.questions, one.begun, one.finished) for one in kisa.versions] == [
        ("2", 2, 0, 0), ("1", 2, 2, 1),
    ]  # fmt: skip
    assert kisa.older_drafts == 1
    assert questionnaires.questionnaires(served(worker.request(study, companion.OVERVIEW))) == found
    known = questionnaires.versions_of(study, "kisa")
    assert [one.version_id for one in known] == [one.version_id for one in kisa.versions]


def worker_prepared(file: Path) -> Any:
    return form_work.prepared(served(form_work.check_request(file, prepare=True)))


def test_that_differences_and_drafts_travel_whole(study: Study, tmp_path: Path) -> None:
    old = install(study, tmp_path, "kisa", GOOD)
    draft = interview(study, units(study)[0], "kisa", urun="boya", yil="1998")
    file = file_of(tmp_path, GOOD.replace("integer", "text   "))
    sides = {"old": {"version": old}, "new": {"file": str(file)}}
    found = questionnaires.differences(study, **sides)
    assert {one.code for one in found.differences} >= {"type-changed", "setting-changed"}
    assert questionnaires.compared(served(worker.request(study, companion.DIFFERENCES, **sides))) == found
    new = versions.install(study, worker_prepared(file))
    (view,) = questionnaires.drafts(study, "kisa")
    asked = worker.request(study, companion.DRAFTS, instrument="kisa")
    assert questionnaires.draft_views(served(asked)) == (view,)
    assert view.count("kept") == 2 and not view.moved_from and not view.problems
    versions.move(study, draft.interview_id, new)
    assert [one.moved_from for one in questionnaires.drafts(study, "kisa")] == ["1"]
    versions.undo(study, draft.interview_id)
    assert [(one.version, one.moved_from) for one in questionnaires.drafts(study, "kisa")] == [("1", "")]


def test_that_tests_of_a_file_and_of_an_installed_version_agree(study: Study, tmp_path: Path) -> None:
    file = file_of(tmp_path, GOOD)
    outcome = forms.test(file)
    assert form_work.tested(served(form_work.test_request(file))) == outcome
    assert outcome.passed == 1
    version = versions.install(study, worker_prepared(file))
    asked = worker.request(study, companion.TESTS, version=version)
    assert form_work.tested(served(asked)) == outcome == questionnaires.test(study, version)


def test_that_each_problem_names_its_cell_and_is_marked_there(tmp_path: Path) -> None:
    file, copy = file_of(tmp_path, SURVEY), tmp_path / "isaretli.xlsx"
    answer = served(form_work.check_request(file, prepare=True))
    found = dict(zip(form_work.cells(answer), form_work.checked(answer), strict=True))
    assert found["D3"].where == Where(file.name, "survey", 3, "constraint", "yil")
    assert "kept" not in answer, "a workbook with errors is not converted"
    served(form_work.mark_request(file, copy, tuple(found.values())))
    assert load_workbook(copy)["survey"]["D3"].comment is not None


def test_that_a_blank_column_does_not_shift_the_cells(tmp_path: Path) -> None:
    file = file_of(tmp_path, SURVEY)
    book = load_workbook(file)
    book["survey"].insert_cols(1, 2)
    book.save(file)
    answer = served(form_work.check_request(file))
    assert "F3" in form_work.cells(answer)
