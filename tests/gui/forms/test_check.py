"""A workbook is checked, mended, compared, tested and installed in the window by keys."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.forms.check_page import CheckPage
from kume_desktop.gui.forms.check_parts import DIFFERENCES, REPORT, TESTS
from kume_desktop.gui.forms.form_page import FormPage
from kume_desktop.gui.forms.page import FormsPage
from kume_desktop.gui.routes import FormCheckRoute, FormsRoute
from kume_desktop.services import versions
from tests.gui.forms.conftest import (
    FORM,
    INTERVIEWER,
    SECOND_CHOICES,
    SECOND_SURVEY,
    SURVEY,
    Hands,
    Opened,
    changed,
    choosing,
    workbook,
)

WRONG = changed(yil=(4, "${urn} != ''"), urun=(5, "regex(., '[a-z]+')"), ihracat=(0, "select_one evt"))


def check(hands: Hands) -> CheckPage:
    """The check page once it is known whether the workbook can be installed."""
    page = hands.page(CheckPage)
    assert isinstance(page, CheckPage)
    hands.wait(lambda: page.candidate.problems is not None or page.findChildren(ProblemNote))
    return page


def settled(hands: Hands) -> CheckPage:
    page = check(hands)
    hands.wait(lambda: page.candidate._is_settled or page.findChildren(ProblemNote))
    return page


def notes(page: CheckPage | FormPage) -> list[str]:
    return [note.text for note in page.findChildren(ProblemNote)]


def test_that_a_broken_workbook_is_reported_by_row_and_cell_and_nothing_can_be_installed(opened: Opened, tmp_path):
    hands = opened(FormCheckRoute(workbook(tmp_path / "yanlis.xlsx", "2", WRONG)))
    page = settled(hands)
    rows = [(one.problem.where.row, one.cell, one.problem.is_error) for one in page.parts.report.model.rows]
    assert (3, "E3", True) in rows and (4, "A4", True) in rows and (2, "F2", False) in rows
    assert [row for row, _cell, _error in rows] == sorted(row for row, _cell, _error in rows if row)
    assert not page.install_button.isEnabled()
    hands.press("Ctrl+I")
    assert len(versions.of(hands.study, FORM)) == 1
    page.parts.report.choose_tab("warnings")
    assert {one.problem.is_error for one in page.parts.report.model.rows} == {False}


def test_that_f8_walks_the_errors_and_the_whole_sentence_stands_below(opened: Opened, tmp_path):
    hands = opened(FormCheckRoute(workbook(tmp_path / "yanlis.xlsx", "2", WRONG)))
    page = settled(hands)
    seen = []
    for _press in range(2):
        hands.press("F8")
        finding = page.parts.report.table.selected()
        assert finding.problem.is_error
        assert page.parts.report.below.paragraphs[0] == finding.sentence
        seen.append(finding.cell)
    assert len(set(seen)) == 2


def test_that_the_report_is_copied_saved_and_marked_on_a_copy(opened: Opened, tmp_path, monkeypatch):
    file = workbook(tmp_path / "yanlis.xlsx", "2", WRONG)
    hands = opened(FormCheckRoute(file))
    page = settled(hands)
    hands.press("Ctrl+Shift+C")
    assert "urn" in QApplication.clipboard().text()
    with choosing(monkeypatch, ask_place=tmp_path / "rapor.txt"):
        hands.press("Ctrl+S")
    assert (tmp_path / "rapor.txt").read_text(encoding="utf-8") == QApplication.clipboard().text()
    marked = tmp_path / "isaretli.xlsx"
    with choosing(monkeypatch, ask_place=marked):
        hands.press("Ctrl+Shift+M")
    hands.wait(lambda: marked.exists() and marked.name in hands.toast)
    assert load_workbook(marked)["survey"]["E3"].comment is not None
    with choosing(monkeypatch, ask_place=file):
        hands.press("Ctrl+Shift+M")
    hands.wait(lambda: notes(page))
    assert load_workbook(file)["survey"]["E3"].comment is None, "the author's workbook stays as it is"


def test_that_a_mended_workbook_is_checked_again_and_installed_by_keys(opened: Opened, tmp_path):
    file = workbook(tmp_path / "kisa.xlsx", "2", WRONG)
    hands = opened(FormCheckRoute(file))
    page = settled(hands)
    workbook(file, "2", SECOND_SURVEY, SECOND_CHOICES)
    hands.press("F5")
    hands.wait(lambda: page.candidate.can_install)
    assert page.parts.part == DIFFERENCES, "what changes is shown before anything is written"
    codes = {one.code for one in page.parts.differences.model.rows}
    assert {"type-changed", "choice-retired"} <= codes
    assert page.parts.differences.below.paragraphs
    assert len(versions.of(hands.study, FORM)) == 1
    hands.press("Ctrl+I")
    hands.wait(lambda: isinstance(hands.window.page, FormPage))
    assert [one.version for one in versions.of(hands.study, FORM)] == ["1", "2"]
    assert hands.window.route.part == "drafts", "two drafts are in the older version"


def test_that_a_new_questionnaire_has_nothing_to_be_compared_with(opened: Opened, tmp_path):
    file = workbook(tmp_path / "yeni.xlsx")
    book = load_workbook(file)
    book["settings"]["A2"].value = "yeni"
    book.save(file)
    hands = opened(FormCheckRoute(file))
    page = settled(hands)
    assert page.candidate.can_install and page.candidate.compared_with
    hands.press("Ctrl+I")
    hands.wait(lambda: isinstance(hands.window.page, FormsPage))
    assert [one.version for one in versions.of(hands.study, "yeni")] == ["1"]
    assert hands.window.route == FormsRoute("yeni"), "the list shows it"


@pytest.mark.parametrize(("version", "code"), [("1", "versions.installed"), ("2", "versions.installed")])
def test_that_what_is_installed_already_is_refused_with_what_to_do(opened: Opened, second, tmp_path, version, code):
    survey = (SURVEY,) if version == "1" else (SECOND_SURVEY, SECOND_CHOICES)
    hands = opened(FormCheckRoute(workbook(tmp_path / "kisa.xlsx", version, *survey)), second)
    page = settled(hands)
    assert page.candidate.refusal is not None and page.candidate.refusal.code == code
    hands.wait(lambda: notes(page))
    assert not page.install_button.isEnabled()


def test_that_other_questions_under_the_same_number_are_refused(opened: Opened, tmp_path):
    hands = opened(FormCheckRoute(workbook(tmp_path / "kisa.xlsx", "1", SECOND_SURVEY, SECOND_CHOICES)))
    page = settled(hands)
    assert page.candidate.refusal is not None and page.candidate.refusal.code == "versions.same-number"
    hands.wait(lambda: notes(page))
    assert not page.install_button.isEnabled()


def test_that_a_workbook_that_vanished_or_was_changed_since_the_check_is_not_installed(opened: Opened, tmp_path):
    file = workbook(tmp_path / "kisa.xlsx", "2", SECOND_SURVEY, SECOND_CHOICES)
    hands = opened(FormCheckRoute(file))
    page = settled(hands)
    kept = file.read_bytes()
    file.unlink()
    hands.press("Ctrl+I")
    hands.wait(lambda: len(notes(page)) == 1)
    file.write_bytes(kept + b" ")
    hands.press("Ctrl+I")
    hands.wait(lambda: len(notes(page)) == 1)
    assert len(versions.of(hands.study, FORM)) == 1


CYCLE = (
    (*SURVEY[0], "calculation"),
    ("calculate", "urun", "", "", "", "", "", "${yil} + 1"), ("calculate", "yil", "", "", "", "", "", "${urun} + 1"),
    SURVEY[3],
)  # fmt: skip


def test_that_no_workbook_an_empty_one_a_missing_one_and_a_circle_are_told_as_such(opened: Opened, tmp_path):
    pdf, empty = tmp_path / "sahte.xlsx", tmp_path / "bos.xlsx"
    pdf.write_bytes(b"%PDF-1.7\n1 0 obj")
    Workbook().save(empty)
    circle = workbook(tmp_path / "dongu.xlsx", "2", CYCLE)
    wanted = {
        pdf: "form.not-a-workbook", empty: "form.no-column", tmp_path / "yok.xlsx": "form.unreadable",
        circle: "form.cycle",
    }  # fmt: skip
    hands = opened(FormsRoute())
    for file, code in wanted.items():
        hands.window.go(FormCheckRoute(file))
        page = settled(hands)
        assert code in {one.problem.code for one in page.parts.report.model.all_rows}, file.name
        assert not page.install_button.isEnabled() and page.parts.part == REPORT


def test_that_the_tests_of_the_workbook_run_and_say_what_failed_and_what_they_leave_out(opened: Opened, tmp_path):
    hands = opened(FormCheckRoute(workbook(tmp_path / "kisa.xlsx", "3", changed(yil=(2, "Yıl")))))
    page = settled(hands)
    hands.press("Ctrl+3")
    assert page.parts.part == TESTS
    hands.wait(lambda: page.candidate.outcome is not None)
    states = [one.state for one in page.parts.tests.model.rows]
    assert states[0] == "failed" and {"failed", "passed", "gap"} == set(states)
    assert "vernik" in " ".join(page.parts.tests.below.paragraphs)


def test_that_esc_stops_a_check_and_leads_back_only_then(opened: Opened, tmp_path):
    hands = opened(FormsRoute())
    hands.window.go(FormCheckRoute(workbook(tmp_path / "kisa.xlsx", "2")))
    page = hands.page(CheckPage)
    assert isinstance(page, CheckPage)
    hands.wait(lambda: page.candidate._checking.is_running)
    hands.press("Esc")
    hands.wait(lambda: not page.candidate._checking.is_running)
    assert hands.window.page is page and page.candidate.problems is None
    hands.press("Esc")
    assert isinstance(hands.window.page, FormsPage)


def test_that_a_workbook_dropped_on_the_list_is_checked(opened: Opened, tmp_path):
    hands = opened(FormsRoute())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(workbook(tmp_path / "kisa.xlsx", "2")))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    hands.window.page.dropEvent(event)
    assert isinstance(hands.window.page, CheckPage)


def test_that_an_interviewer_checks_but_cannot_install(opened: Opened, tmp_path):
    file = workbook(tmp_path / "kisa.xlsx", "2", SECOND_SURVEY, SECOND_CHOICES)
    hands = opened(FormCheckRoute(file), passphrase=INTERVIEWER)
    page = settled(hands)
    hands.press("Ctrl+I")
    page.install()
    assert len(versions.of(hands.study, FORM)) == 1
    assert page.install_button.parent() is None or not page.install_button.isVisible()
