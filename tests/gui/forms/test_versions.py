"""The list of questionnaires, drafts that move and come back, versions side by side, tests, submissions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from kume_desktop import settings
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.forms.drafts_part import DraftsPart
from kume_desktop.gui.forms.form_page import FormPage
from kume_desktop.gui.forms.page import FormsPage
from kume_desktop.gui.forms.submissions_page import SubmissionsPage
from kume_desktop.gui.forms.tick import Tick
from kume_desktop.gui.routes import FormRoute, FormsRoute, SettingsRoute, SubmissionsRoute
from kume_desktop.services import fieldwork, installing, versions
from kume_desktop.services.interviewing import open_interview
from tests.gui.forms.conftest import (
    FORM,
    INTERVIEWER,
    SECOND_CHOICES,
    SECOND_SURVEY,
    SURVEY,
    Hands,
    Opened,
    choosing,
    workbook,
)


def listed(hands: Hands) -> FormsPage:
    """The list once its counts have come."""
    page = hands.page(FormsPage)
    assert isinstance(page, FormsPage)
    hands.wait(lambda: page.model.rows and page.model.rows[0].line.questions >= 0)
    return page


def drafts(hands: Hands) -> DraftsPart:
    """The part of the drafts once they have come."""
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    part = page.front
    assert isinstance(part, DraftsPart)
    hands.wait(lambda: part.listing.model.all_rows)
    return part


def versions_of_drafts(hands: Hands) -> list[str]:
    """The versions that the unfinished interviews are in."""
    names = {one.version_id: one.version for one in versions.of(hands.study, FORM)}
    return sorted(names[card.version_id] for name in names for card in versions.drafts(hands.study, name))


def test_that_the_list_counts_questions_and_interviews_of_each_version(opened: Opened, second):
    hands = opened(FormsRoute(), second)
    page = listed(hands)
    told = [(one.line.version, one.line.questions, one.line.begun, one.line.finished) for one in page.model.rows]
    assert told == [("2", 3, 0, 0), ("1", 3, 3, 1)]
    hands.press("F8")
    assert hands.window.route == FormRoute(FORM, "drafts", *page_sides(hands))


def page_sides(hands: Hands) -> tuple[str, str]:
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    return page.compare.sides


def test_that_a_study_without_questionnaires_says_how_to_get_one(opened: Opened, monkeypatch):
    hands = opened(FormsRoute())
    page = listed(hands)
    page._show(())
    shown = [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
    assert sum("Ölçme aracı ekle" in text for text in shown) == 2, "in the head and in the place of the list"
    with choosing(monkeypatch, ask_form=None):
        hands.press("Ctrl+O")
    assert hands.window.page is page, "who thinks better of it stays"


def test_that_the_page_is_reached_from_the_settings_and_the_palette(opened: Opened):
    hands = opened(SettingsRoute())
    button = next(one for one in hands.window.page.findChildren(QPushButton) if one.text() == "Ölçme araçlarını aç")
    button.setFocus()
    hands.press("Return")
    assert isinstance(hands.window.page, FormsPage)
    hands.press("Esc")
    assert hands.window.route == SettingsRoute()
    offered = {action.label: action for action in hands.window._offered("")}
    offered["Ölçme araçları"].run()
    assert isinstance(hands.window.page, FormsPage)


def test_that_drafts_move_by_one_key_and_ctrl_z_brings_them_back(opened: Opened, second):
    hands = opened(FormRoute(FORM, "drafts"), second)
    part = drafts(hands)
    assert len(part.movable) == 2
    view = part.movable[0]
    assert view.count("converted") == 0 and view.count("retired") == 1, "“Bazen” is not offered any more"
    assert versions_of_drafts(hands) == ["1", "1"], "looking changes nothing"
    hands.press("Ctrl+Return")
    hands.wait(lambda: versions_of_drafts(hands) == ["2", "2"])
    hands.wait(lambda: part.listing.model.all_rows and not part.movable)
    hands.press("Ctrl+Z")
    hands.wait(lambda: versions_of_drafts(hands) == ["1", "1"])


def test_that_one_draft_is_moved_alone_and_brought_back_on_its_own(opened: Opened, second):
    hands = opened(FormRoute(FORM, "drafts"), second)
    part = drafts(hands)
    hands.press("M")
    hands.wait(lambda: versions_of_drafts(hands) == ["1", "2"])
    hands.wait(lambda: len(part.movable) == 1)
    part.listing.choose_tab("moved")
    assert part.listing.table.selected().moved_from == "1"
    hands.press("G")
    hands.wait(lambda: versions_of_drafts(hands) == ["1", "1"])


def test_that_answers_are_the_same_after_moving_and_coming_back(opened: Opened, second):
    hands = opened(FormRoute(FORM, "drafts"), second)
    units = [row.unit_id for row in fieldwork.firms(hands.study)][:2]

    def answers() -> list[dict[str, str]]:
        found = [open_interview(hands.study, unit, FORM).interview for unit in units]
        return [{path: one.value(path) for path in one.tree.spots} for one in found]

    before = answers()
    drafts(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: versions_of_drafts(hands) == ["2", "2"])
    assert [one["/data/yil"] for one in answers()] == ["1998", "1998"]
    hands.press("Ctrl+Z")
    hands.wait(lambda: versions_of_drafts(hands) == ["1", "1"])
    assert answers() == before


SIMILAR = [
    ("text", "urunler", "En çok sattığınız ürün ya da hizmet hangisidir?", *row[3:]) if row[1] == "ana_urun" else row
    for row in SECOND_SURVEY
]


def test_that_a_guessed_rename_is_followed_only_when_it_is_ticked(opened: Opened, tmp_path):
    prepared = installing.prepare(workbook(tmp_path / "benzer.xlsx", "2", SIMILAR))
    hands = opened(FormRoute(FORM, "drafts"), prepared)
    part = drafts(hands)
    hands.wait(lambda: part.findChildren(Tick) and part.findChildren(Tick)[0].isVisible())
    assert part.movable[0].count("kept") == 2 and part.movable[0].count("not_shown") == 1
    tick = part.findChildren(Tick)[0]
    tick.setFocus()
    hands.press("Space")
    hands.wait(lambda: part.movable and part.movable[0].count("kept") == 3)
    assert part.accepted == ("urunler",)
    hands.press("Ctrl+Return")
    hands.wait(lambda: versions_of_drafts(hands) == ["2", "2"])
    unit = fieldwork.firms(hands.study)[0].unit_id
    moved = open_interview(hands.study, unit, FORM).interview
    assert moved.value(moved.path_of("urunler")) == "boya"


def test_that_two_versions_or_a_version_and_a_workbook_stand_side_by_side(
    opened: Opened, second, tmp_path, monkeypatch
):
    hands = opened(FormRoute(FORM, "compare"), second)
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    listing = page.compare.listing
    hands.wait(lambda: listing.model.rows)
    assert listing.model.rows[0].gravity == "answers"
    listing.choose_tab("words")
    assert {one.gravity for one in listing.model.rows} == {"words"}
    third = workbook(tmp_path / "kisa_3.xlsx", "3", SECOND_SURVEY, SECOND_CHOICES)
    with choosing(monkeypatch, ask_form=third):
        hands.press("Ctrl+O")
    hands.wait(lambda: [one.code for one in listing.model.all_rows] == ["setting-changed"])
    with choosing(monkeypatch, ask_form=tmp_path / "yok.xlsx"):
        hands.press("Ctrl+O")
    hands.wait(lambda: page.findChildren(ProblemNote))
    assert not listing.model.rows


def test_that_the_tests_of_an_installed_version_are_run(opened: Opened):
    hands = opened(FormsRoute())
    listed(hands)
    hands.press("T")
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    hands.wait(lambda: page.tests.listing.model.rows)
    assert [one.state for one in page.tests.listing.model.rows][:2] == ["failed", "passed"]


def test_that_submissions_go_out_with_a_reason_and_come_in_once(opened: Opened, tmp_path, monkeypatch):
    hands = opened(FormsRoute())
    listed(hands)
    hands.press("Ctrl+Shift+S")
    page = hands.page(SubmissionsPage)
    assert isinstance(page, SubmissionsPage)
    page.personal.setFocus()
    hands.press("Space")
    hands.press("Ctrl+E")
    assert page.findChildren(ProblemNote), "personal data need a reason"
    page.reason.setPlainText("yedek")
    out = tmp_path / "cikti"
    with choosing(monkeypatch, ask_folder=out):
        hands.press("Ctrl+E")
    hands.wait(lambda: page.listing.model.rows)
    written = sorted(out.rglob("*.xml"))
    assert len(written) == 1 and [one.state for one in page.listing.model.rows] == ["written"]
    broken = tmp_path / "bozuk.xml"
    broken.write_text("<data>", encoding="utf-8")
    with choosing(monkeypatch, ask_submissions=[*written, broken]):
        hands.press("Ctrl+O")
    hands.wait(lambda: [one.state for one in page.listing.model.rows] == ["refused", "known"])


def test_that_an_interviewer_reads_and_changes_nothing(opened: Opened, second):
    opened_by_staff = opened(FormsRoute(), second)
    opened_by_staff.window.close()
    hands = opened(FormsRoute(), passphrase=INTERVIEWER)
    page = listed(hands)
    labels = {action.label for action in page.actions_here()}
    assert labels == {"Ölçme aracını aç", "İki sürümü karşılaştır", "Formun sınamalarını çalıştır"}
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible()]
    hands.window.go(FormRoute(FORM, "drafts"))
    form = hands.page(FormPage)
    assert isinstance(form, FormPage)
    assert form.front is form.compare and not form.findChildren(DraftsPart)


@pytest.mark.parametrize(
    "route", [FormsRoute(), FormRoute(FORM, "drafts"), FormRoute(FORM, "compare"), SubmissionsRoute("", True)], ids=str
)
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1092, 550)], ids=["1366", "1092"])
def test_that_no_button_is_cut_and_each_has_a_name(opened: Opened, second, route, size):
    hands = opened(route, second, size=size)
    page = hands.window.page
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert [one.text() for one in buttons if one.width() < one.minimumSizeHint().width()] == []
    assert all(one.accessibleName() or one.text() for one in buttons)
    shown = page.rect()
    corners = [one.mapTo(page, one.rect().bottomRight()) for one in buttons]
    assert all(shown.contains(corner) for corner in corners)


def test_that_a_workbook_in_the_settings_of_the_route_comes_back(opened: Opened, second, tmp_path: Path):
    third = workbook(tmp_path / "kisa_3.xlsx", "3", SECOND_SURVEY, SECOND_CHOICES)
    hands = opened(FormRoute(FORM, "compare", file=str(third)), second)
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    hands.wait(lambda: page.compare.listing.model.rows)
    route = hands.window.route
    assert isinstance(route, FormRoute) and route.file == str(third) and route.new == "file"


def test_that_the_toast_brings_drafts_back_after_the_page_was_left(opened: Opened, second):
    hands = opened(FormRoute(FORM, "drafts"), second)
    drafts(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: versions_of_drafts(hands) == ["2", "2"] and hands.toast)
    hands.press("Esc")
    assert not isinstance(hands.window.page, FormPage)
    hands.qtbot.waitUntil(lambda: not hands.window.findChildren(FormPage))
    hands.window.frame.toast.take_back()
    assert versions_of_drafts(hands) == ["1", "1"]


def test_that_a_key_of_a_part_that_is_not_in_front_moves_nothing(opened: Opened, second):
    hands = opened(FormRoute(FORM, "compare"), second)
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    hands.wait(lambda: page.compare.listing.model.rows)
    hands.press("Ctrl+Return")
    part = drafts(hands)
    assert len(part.movable) == 2, "the drafts are shown, and not moved unseen"
    assert versions_of_drafts(hands) == ["1", "1"]


def test_that_another_theme_leaves_the_part_and_what_is_ticked(opened: Opened, tmp_path):
    prepared = installing.prepare(workbook(tmp_path / "benzer.xlsx", "2", SIMILAR))
    hands = opened(FormRoute(FORM, "drafts", accepted=("urunler",)), prepared)
    drafts(hands)
    hands.desk.change_settings(replace(hands.desk.settings, theme=settings.Theme.DARK))
    part = drafts(hands)
    hands.wait(lambda: part.findChildren(Tick))
    assert part.findChildren(Tick)[0].isChecked() and part.movable[0].count("kept") == 3


def test_that_a_folder_of_submissions_is_taken_file_by_file(opened: Opened, tmp_path, monkeypatch):
    hands = opened(SubmissionsRoute())
    page = hands.page(SubmissionsPage)
    assert isinstance(page, SubmissionsPage)
    for name in ("a", "b/c"):
        (tmp_path / "gelen" / name).mkdir(parents=True)
        (tmp_path / "gelen" / name / "submission.xml").write_text("<data/>", encoding="utf-8")
    with choosing(monkeypatch, ask_folder=tmp_path / "gelen"):
        hands.press("Ctrl+Shift+O")
    hands.wait(lambda: len(page.listing.model.rows) == 2)
    assert {one.state for one in page.listing.model.rows} == {"refused"}
    assert all(one.sentences for one in page.listing.model.rows)


def test_that_comparing_with_a_broken_workbook_names_a_few_problems_and_how_many_more(opened: Opened, tmp_path):
    rows = [SURVEY[0], *(("intger", f"s{number}", "Soru", "", "", "", "") for number in range(9))]
    hands = opened(FormRoute(FORM, "compare", file=str(workbook(tmp_path / "bozuk.xlsx", "2", rows))))
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    hands.wait(lambda: len(page.findChildren(ProblemNote)) == 4)
    assert page.findChildren(ProblemNote)[-1].text.startswith("6 ")


@pytest.mark.parametrize(
    "route", [FormsRoute(), FormRoute(FORM, "drafts"), FormRoute(FORM, "compare"), SubmissionsRoute("", True)], ids=str
)
def test_that_tab_comes_to_every_control_of_the_page_and_out_again(opened: Opened, second, route):
    hands = opened(route, second)
    page = hands.window.page
    hands.wait(lambda: not page.findChildren(DraftsPart) or drafts_are_there(page))
    wanted = {one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()}
    wanted = {one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    reached = set()
    for _step in range(60):
        hands.press("Tab")
        reached.add(QApplication.focusWidget())
    # Within a group of choices Tab comes to one, arrows to the others.
    missed = {one for one in wanted - reached if one.group() is None or not reached & set(one.group().buttons())}
    assert {one.text() or one.accessibleName() for one in missed} == set()
    assert any(not page.isAncestorOf(one) for one in reached), "Tab leads out of the page again"


def drafts_are_there(page: FormPage) -> bool:
    return not isinstance(page.front, DraftsPart) or bool(page.front.listing.model.all_rows)


def test_that_a_questionnaire_with_one_version_offers_a_workbook_and_has_no_drafts(opened: Opened):
    hands = opened(FormRoute(FORM, "compare"))
    page = hands.page(FormPage)
    assert isinstance(page, FormPage)
    assert QApplication.focusWidget() is page.compare._alone.button
    hands.press("Ctrl+1")
    hands.wait(lambda: page.front.listing._stack.currentIndex() == 1)
    assert page.isAncestorOf(QApplication.focusWidget()), "the focus stays on the page"
