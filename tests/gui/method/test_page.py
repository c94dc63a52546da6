"""The method page on a real study with a real worker."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import settings
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.method.effect_figure import EffectFigure
from kume_desktop.gui.method.page import MethodPage
from kume_desktop.gui.method.weights_form import WeightField
from kume_desktop.gui.routes import MethodRoute
from kume_desktop.services import method_versions, results
from tests.gui.shell.stage import press, shown_window, type_text

pytestmark = pytest.mark.change
PATIENCE = 60_000


def opened(study) -> Desk:
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


def type_weight(page, place: int, text: str) -> None:
    fields = [one for one in page.findChildren(WeightField) if one.isVisible()]
    fields[place].setFocus()
    fields[place].setText(text)
    press(fields[place], "Return")


def said(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.text())


def test_that_a_weight_makes_a_draft_whose_effect_is_shown_and_taken_back(qtbot, demonstration):
    before = results.method(demonstration)
    with shown_window(opened(demonstration), MethodRoute()) as window:
        page = window.page
        assert isinstance(page, MethodPage)
        figure = page.findChildren(EffectFigure)[0]
        qtbot.waitUntil(lambda: len(figure.lines) == 6, timeout=PATIENCE)
        assert not any(line.changes_category for line in figure.lines)
        type_weight(page, 9, "8")
        draft = method_versions.draft(demonstration)
        assert draft is not None and draft.weights["g10"] == 8.0
        qtbot.waitUntil(lambda: any(line.before != line.after for line in figure.lines), timeout=PATIENCE)
        wanted = {one.area: one.after for one in method_versions.effect(demonstration, draft)}
        assert [line.after for line in figure.lines] == pytest.approx(list(wanted.values()))
        assert results.method(demonstration) == before
        page.undo()
        assert method_versions.draft(demonstration) is None


def test_that_publishing_needs_a_reason_and_makes_a_new_version_in_force(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        page = window.page
        assert isinstance(page, MethodPage)
        type_weight(page, 0, "2")
        page.publish()
        assert [one.state for one in method_versions.versions(demonstration)] == ["draft", "published"]
        assert "gerekçe" in said(page).lower()
        page._note.setText("Komite kararı 2026/4")
        page.publish()
        newest, oldest = method_versions.versions(demonstration)
        assert (newest.number, newest.state, newest.note) == (2, "published", "Komite kararı 2026/4")
        assert oldest.state == "archived"
        assert results.method(demonstration).weights["g1"] == 2.0
        assert oldest.method.weights["g1"] == 1.0


def test_that_a_preset_becomes_the_draft_and_can_be_deleted(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        page = window.page
        assert isinstance(page, MethodPage)
        qtbot.waitUntil(lambda: bool(page._known_presets), timeout=30_000)
        page._take_preset("bes_duzey")
        draft = method_versions.draft(demonstration)
        assert draft is not None and draft.scale_max == 5
        page.discard()
        assert method_versions.draft(demonstration) is None
        page.undo()
        assert method_versions.draft(demonstration) is not None


def test_that_ctrl_z_in_a_field_takes_the_last_stored_weight_back(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        type_weight(window.page, 0, "4")
        assert method_versions.draft(demonstration) is not None
        press(window, "Ctrl+Z")
        assert method_versions.draft(demonstration) is None
        assert QApplication.focusWidget().text() == "1,0"


def test_that_esc_stops_the_computation_and_only_then_leads_back(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        page = window.page
        assert isinstance(page, MethodPage)
        page.retry()
        press(window, "Esc")
        assert window.page is page
        assert "hesaplanmadı" in said(page)
        assert not page._preview.is_working
        press(window, "Esc")
        assert window.page is not page


def test_that_a_draft_that_does_not_hold_says_why_and_shows_no_effect(qtbot, demonstration):
    method_versions.save_draft(demonstration, results.method(demonstration).with_changes(cuts=(0.2, 0.6)))
    with shown_window(opened(demonstration), MethodRoute()) as window:
        assert "hesaplanmadı" in said(window.page)
        assert "kesme noktaları" in said(window.page).lower()
        assert not window.page.findChildren(EffectFigure)[0].isVisible()


def test_that_the_reason_outlives_another_language(qtbot, demonstration):
    desk = opened(demonstration)
    with shown_window(desk, MethodRoute()) as window:
        window.page._note.setFocus()
        type_text(window.page._note, "Komite kararı")
        desk.change_settings(replace(desk.settings, language=settings.Language.ENGLISH))
        assert window.page.title == "Method"
        assert window.page._note.text() == "Komite kararı"


def test_that_the_focus_is_at_the_first_weight_after_publishing_and_deleting(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        page = window.page
        for act in (page.discard, page.publish):
            type_weight(page, 1, "3")
            page._note.setText("gerekçe")
            act()
            assert QApplication.focusWidget() is page._editor.weights.first_field


def test_that_the_keys_of_the_window_work_from_a_field(qtbot, demonstration):
    with shown_window(opened(demonstration), MethodRoute()) as window:
        assert isinstance(QApplication.focusWidget(), WeightField)
        press(window, "Alt+1")
        assert not isinstance(window.page, MethodPage)
