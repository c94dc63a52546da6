"""One answer's trip: a key press in the window, an event, a commit, "kaydedildi", a result, a cell of the workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import fonts
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.gui.window import Window
from kume_desktop.interview import page as model
from kume_desktop.services import fieldwork, interviewing, reporting, results
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from tests.journey.test_kills import ANSWERS_BEFORE, FORM

pytestmark = pytest.mark.change
CELL = "uretim_insan"
REST = {
    "uretim_finansman": "4", "uretim_duran_varlik": "4", "uretim_bilgi": "5", "uretim_iliski": "4",
    "uretim_insan_eksik": "1", "pazarlama_insan": "4", "pazarlama_finansman": "5", "pazarlama_duran_varlik": "4",
    "pazarlama_bilgi": "4", "pazarlama_iliski": "na", "oncelik_1": "uretim_insan", "oncelik_2": "uretim_bilgi",
    "ortak_cozum": "1", "destek_kullanim": "0", "acik_riza": "2", "sonuc": "1", "baskasi": "2", "anlama": "3",
}  # fmt: skip


def give(session: Session, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        assert session.answer(session.interview.path_of(name), value).at is not None, name


def pressed_in_the_window(qtbot, study: Study, unit_id: str) -> None:
    """Press 2 on the first row of the battery and wait for the acknowledgement."""
    fonts.load()
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    window = Window(desk, InterviewRoute(unit_id, FORM))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    page = window.page
    assert isinstance(page, InterviewPage) and page.body is not None
    path = page.body.session.interview.path_of(CELL)
    page.body.guide.show_question(path)
    assert reading.heads(study.database, page.body.session.interview_id).get(path) is None
    with qtbot.waitSignal(page.body.course.stored):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_2)
    assert page.body.course.recorder.state.kind is SaveKind.SAVED
    heads = reading.heads(study.database, page.body.session.interview_id)[path]
    assert [head.value for head in heads] == ["2"]
    assert page.body.course.recorder.state.at == page.body.session.last_saved
    assert page.body.view.current.endswith("uretim_finansman"), "the next row has the focus"
    page.leave()
    desk._study = None


def test_that_a_key_press_arrives_in_a_formula_of_the_workbook(qtbot, study: Study, tmp_path: Path) -> None:
    unit_id = next(row.unit_id for row in fieldwork.firms(study) if row.area == "kimya")
    session = interviewing.open_interview(study, unit_id, FORM)
    give(session, ANSWERS_BEFORE)
    pressed_in_the_window(qtbot, study, unit_id)

    session = interviewing.open_interview(study, unit_id, FORM)
    give(session, REST)
    assert model.open_problems(session.interview) == ()
    assert session.complete().at is not None
    computed = results.compute(study)
    need = next(one for one in computed.needs if (one.area, one.cell) == ("kimya", CELL))
    assert (need.n, need.mean, need.inadequate_share) == (1, 2.0, 1.0)

    written = reporting.write_report(study, tmp_path / "rapor.xlsx", "tr")
    values, formulas = openpyxl.load_workbook(written.path, data_only=True), openpyxl.load_workbook(written.path)
    row = next(
        row for row in values["İhtiyaç hücreleri"].iter_rows() if [row[1].value, row[5].value] == ["kimya", CELL]
    )
    mean = formulas["İhtiyaç hücreleri"].cell(row[0].row, 13)
    assert row[12].value == 2.0
    assert str(mean.value).startswith("=") and "Yanıtlar is_ihtiyac" in str(mean.value)
    answers = values["Yanıtlar is_ihtiyac"]
    column = next(cell.column for row in answers.iter_rows(max_row=7) for cell in row if cell.value == CELL)
    held = next(answers.iter_cols(column, column, min_row=7, values_only=True))
    assert held[-1] == 2
