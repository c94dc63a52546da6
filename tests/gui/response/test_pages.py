"""The pages of response and sample plan on real studies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from kume_desktop import settings
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.response.area_plan import AreaPlanPart
from kume_desktop.gui.response.page import ResponsePage
from kume_desktop.gui.response.plan_settings import PlanSettingsForm
from kume_desktop.gui.response.sample_plan import SamplePlanPage
from kume_desktop.gui.response.totals_form import TotalsForm
from kume_desktop.gui.routes import FieldRulesRoute, ResponseRoute, SamplePlanRoute
from kume_desktop.services import fieldwork, frame_totals, results, sample_plan
from kume_desktop.services.frame_totals import SIZE_CLASSES, AreaTotals
from kume_desktop.services.views import NewFirm
from kume_desktop.settings import Density
from tests.gui.shell.stage import bring, press, shown_window


def opened(study) -> Desk:
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


def said(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.text())


def field_named(widget, name: str) -> NumberField:
    return next(one for one in widget.findChildren(NumberField) if one.accessibleName() == name)


def type_into(field: NumberField, text: str) -> None:
    field.setFocus()
    field.setText(text)
    press(field, "Return")


def test_that_totals_are_handed_on_once_the_size_classes_add_up(qtbot):
    form = TotalsForm(AreaTotals("kimya", 96), SIZE_CLASSES)
    bring(qtbot, form)
    with qtbot.assertNotEmitted(form.changed):
        type_into(field_named(form, "1-9 çalışanı olan firmalar"), "60")
    assert "36 firma" in said(form)
    with qtbot.assertNotEmitted(form.changed):
        type_into(field_named(form, "10-24 çalışanı olan firmalar"), "40")
    assert "4 firma fazla" in said(form)
    with qtbot.waitSignal(form.changed) as told:
        type_into(field_named(form, "10-24 çalışanı olan firmalar"), "36")
    assert told.args[0].size_n == {"1-9": 60, "10-24": 36}


@pytest.mark.parametrize(("typed", "read"), [("1.200", 1200), ("1,200", 1200), ("12 000", 12000), ("807", 807)])
def test_that_thousands_are_read_as_people_group_them_and_shown_plainly(qtbot, typed, read):
    form = TotalsForm(AreaTotals("kimya", 96), SIZE_CLASSES)
    bring(qtbot, form)
    field = field_named(form, "Listedeki firma sayısı (N)")
    with qtbot.waitSignal(form.changed) as told:
        type_into(field, typed)
    assert told.args[0].frame_n == read
    assert field.text() == str(read)


@pytest.mark.parametrize("typed", ["-4", "çok", "1,5", "12a", "1.20", "1234.567"])
def test_that_what_is_no_whole_number_changes_no_total(qtbot, typed):
    form = TotalsForm(AreaTotals("kimya", 96), SIZE_CLASSES)
    bring(qtbot, form)
    with qtbot.assertNotEmitted(form.changed):
        type_into(field_named(form, "Listedeki firma sayısı (N)"), typed)
    assert typed in said(form)


def test_that_the_settings_of_a_plan_are_read_as_shares(qtbot):
    form = PlanSettingsForm(sample_plan.PlanSettings())
    bring(qtbot, form)
    with qtbot.waitSignal(form.changed) as told:
        type_into(field_named(form, "Beklenen yanıt oranı, %"), "62,5")
    assert told.args[0].response == pytest.approx(0.625)
    with qtbot.assertNotEmitted(form.changed):
        type_into(field_named(form, "Kuranın tohumu"), "1,5")
    assert "1,5" in said(form)


def test_that_the_plan_follows_the_settings_and_undo_brings_the_former_back(qtbot, study):
    with shown_window(opened(study), SamplePlanRoute()) as window:
        page = window.page
        assert isinstance(page, SamplePlanPage)
        assert "27 görüşme gerekir" in said(page)
        form = page.findChildren(PlanSettingsForm)[-1]
        type_into(field_named(form, "Aralığın yarı genişliği, puan"), "4")
        assert sample_plan.settings(study).half_width == 4.0
        qtbot.waitUntil(lambda: "görüşme gerekir" in said_now(page) and "27 görüşme gerekir" not in said_now(page))
        page.undo()
        assert sample_plan.settings(study).half_width == 6.0
        qtbot.waitUntil(lambda: "27 görüşme gerekir" in said_now(page))


def said_now(page: SamplePlanPage) -> str:
    return " ".join(said(part) for part in page.findChildren(AreaPlanPart) if part.isVisible())


def test_that_a_half_width_of_nothing_is_refused_in_words(study):
    with shown_window(opened(study), SamplePlanRoute()) as window:
        page = window.page
        type_into(field_named(page.findChildren(PlanSettingsForm)[-1], "Aralığın yarı genişliği, puan"), "0")
        assert sample_plan.settings(study).half_width == 6.0
        assert "yarı genişli" in said(page).lower()


def test_that_a_whole_list_is_drawn_and_its_reserve_is_released_where_a_reason_is_asked(qtbot, study):
    for number in range(1, 60):
        fieldwork.add_firm(study, NewFirm(f"Kimya {number}", "kimya", "Kemalpaşa", "20.30", "10-24"))
    frame_totals.enter(study, "kimya", AreaTotals("kimya", 60, size_n={"10-24": 60}))
    with shown_window(opened(study), SamplePlanRoute()) as window:
        page = window.page
        assert isinstance(page, SamplePlanPage)
        page._draw("kimya")
        drawn = sample_plan.sample(study, "kimya")
        issued = sum(one.is_issued for one in drawn)
        assert 0 < issued < len(drawn)
        qtbot.waitUntil(lambda: f"{issued} firma sahada" in said_now(page))
        wanted: list[object] = []
        page.navigate.connect(wanted.append)
        (area,) = [part for part in page.findChildren(AreaPlanPart) if part._area == "kimya" and part.isVisible()]
        area.release_wanted.emit("kimya")
        assert wanted == [FieldRulesRoute("reserve")]
        assert sum(one.is_issued for one in sample_plan.sample(study, "kimya")) == issued


@pytest.mark.change
def test_that_the_response_of_an_area_is_shown_with_its_rates_and_weights(demonstration):
    found = results.current(demonstration)
    response = found.analysis.response_of("meyve_sebze")
    with shown_window(opened(demonstration), ResponseRoute("meyve_sebze")) as window:
        page = window.page
        assert isinstance(page, ResponsePage)
        told = said(page)
        assert f"%{round(100 * response.response_rate)}" in told
        assert str(response.eligible_n) in told
        press(page, "Ctrl+PgDown")
        assert window.route == ResponseRoute("kimya")


@pytest.mark.change
def test_that_entered_totals_are_kept_and_make_the_results_stale(demonstration):
    with shown_window(opened(demonstration), ResponseRoute("kimya")) as window:
        page = window.page
        type_into(field_named(page, "Uygun firma sayısı"), "90")
        kept = next(one for one in frame_totals.totals(demonstration) if one.area == "kimya")
        assert kept.eligible_n == 90
        assert results.is_stale(demonstration, results.latest(demonstration))
        type_into(field_named(page, "Uygun firma sayısı"), "400")
        assert "400" in said(page)
        kept = next(one for one in frame_totals.totals(demonstration) if one.area == "kimya")
        assert kept.eligible_n == 90


def test_that_begun_totals_and_the_focus_outlive_another_area_and_another_density(demonstration):
    desk = opened(demonstration)
    with shown_window(desk, ResponseRoute()) as window:
        kept = frame_totals.totals(demonstration)[0]
        type_into(field_named(window.page._form.itemAt(2).widget(), "1-9 çalışanı olan firmalar"), "5000")
        assert "fazla" in said(window.page)
        press(window, "Ctrl+PgDown")
        assert "fazla" not in said(window.page._form.itemAt(2).widget())
        assert window.focusWidget().accessibleName() == "1-9 çalışanı olan firmalar"
        press(window, "Ctrl+PgUp")
        assert window.focusWidget().text() == "5000"
        desk.change_settings(replace(desk.settings, density=Density.COMPACT))
        assert (window.focusWidget().accessibleName(), window.focusWidget().text()) == (
            "1-9 çalışanı olan firmalar",
            "5000",
        )
        assert "fazla" in said(window.page)
        assert frame_totals.totals(demonstration)[0] == kept


def test_that_totals_the_study_refuses_are_said_below_their_fields(demonstration):
    with shown_window(opened(demonstration), ResponseRoute()) as window:
        form = window.page._form.itemAt(2).widget()
        type_into(field_named(form, "Listedeki bütün firmaların çalışan sayısı"), "999999999")
        assert "100000000" in said(form)


def test_that_undo_keeps_the_focus_in_its_field(study):
    with shown_window(opened(study), SamplePlanRoute()) as window:
        name = "Aralığın yarı genişliği, puan"
        type_into(field_named(window.page, name), "8")
        press(window, "Ctrl+Z")
        assert (window.focusWidget().accessibleName(), window.focusWidget().text()) == (name, "6")


def test_that_totals_are_counted_from_the_firms_of_the_study(study):
    with shown_window(opened(study), ResponseRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ResponsePage)
        page.count_firms(page.findChildren(TotalsForm)[-1])
    kept = next(one for one in frame_totals.totals(study) if one.area == "kimya")
    assert (kept.frame_n, kept.size_n, kept.origin) == (1, {"10-24": 1}, frame_totals.FROM_LIST)


@pytest.mark.parametrize("role", ["staff", "scorer"])
def test_that_only_staff_is_offered_the_plan(study, role):
    study.role = role
    page = ResponsePage(opened(study), ResponseRoute())
    assert ("plan" in {action.name for action in page.actions_here()}) is (role == "staff")
    assert ("Ctrl+L" in {hint.key for hint in page.key_hints()}) is (role == "staff")
