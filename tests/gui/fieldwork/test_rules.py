"""The rules of the fieldwork: edited by staff, refused at the field; seasons by keys; the release of the reserve."""

from __future__ import annotations

import pytest

from kume_desktop.gui.field_rules import part
from kume_desktop.gui.routes import FieldRulesRoute, SamplePlanRoute
from kume_desktop.gui.shell.barred import BarredPage
from kume_desktop.services import (
    field_answers,
    field_rates,
    field_rules,
    fieldwork,
    reserve,
    sample_plan,
    seasons,
    visits,
)
from kume_desktop.services.views import NewFirm
from tests.gui.fieldwork.hands import notes, words
from tests.gui.shell.stage import press, shown_window, type_text

LONG_MS = 60_000


def test_that_the_rules_are_shown_with_their_origin_and_stored(staff, qtbot):
    with shown_window(staff, FieldRulesRoute()) as window:
        assert any(line.startswith("Kaynak: Kendi kuralı") for line in words(window.page))
        window.page.part.fields["min_attempts"].setText("7")
        press(window, "Ctrl+Return")
        assert field_rules.rules(staff.study).min_attempts == 7
        window.frame.toast.take_back()
        assert field_rules.rules(staff.study).min_attempts == 5
        qtbot.waitUntil(lambda: window.page.part.fields["min_attempts"].text() == "5")


@pytest.mark.parametrize(
    ("name", "text"),
    [("min_attempts", "beş"), ("min_attempts", "0"), ("min_days", ""), ("conversions", "99"), ("min_dayparts", "9")],
)
def test_that_a_figure_no_rule_can_have_is_refused_at_its_field(staff, name, text):
    before = field_rules.rules(staff.study)
    with shown_window(staff, FieldRulesRoute()) as window:
        window.page.part.fields[name].setText(text)
        press(window, "Ctrl+Return")
        assert notes(window.page)
        assert window.page.part.fields[name].property("refused")
        assert field_rules.rules(staff.study) == before


@pytest.mark.parametrize("text", ["", "öğlen", "12, 17", "0, 30"])
def test_that_hours_that_are_no_parts_of_a_day_are_refused(staff, text):
    with shown_window(staff, FieldRulesRoute()) as window:
        window.page.part.starts.setText(text)
        press(window, "Ctrl+Return")
        assert notes(window.page)
        assert window.page.part.starts.property("refused")


def test_that_the_parts_are_walked_by_keys(staff):
    with shown_window(staff, FieldRulesRoute()) as window:
        for wanted in ("seasons", "reserve", "rates", "rates"):
            press(window, "Ctrl+PgDown")
            assert window.route.part == wanted
        press(window, "Ctrl+PgUp")
        assert window.route.part == "reserve"


def test_that_a_month_is_marked_by_space_and_kept_with_its_reason(staff):
    with shown_window(staff, FieldRulesRoute("seasons")) as window:
        grid = window.page.part.grid
        assert grid.hasFocus()
        press(window, "Right")
        press(window, "Space")
        press(window, "Down")
        press(window, "Space")
        press(window, "Space")
        found = {(one.area, one.kind): one.months for one in seasons.seasons(staff.study)}
        assert found == {("kimya", "avoid"): {2}, ("hava", "prefer"): {2}}
        press(window, "Up")
        press(window, "Tab")
        assert window.page.part.note.hasFocus()
        type_text(window.page.part.note, "bakım ayı")
        press(window, "Return")
        assert {one.note for one in seasons.seasons(staff.study) if one.area == "kimya"} == {"bakım ayı"}
        cell = grid.item(0, 1)
        assert cell.data(11).endswith("Şubat: kaçın")


def test_that_a_change_of_the_calendar_can_be_undone(staff):
    with shown_window(staff, FieldRulesRoute("seasons")) as window:
        press(window, "Space")
        assert seasons.seasons(staff.study)
        press(window, "Ctrl+Z")
        assert seasons.seasons(staff.study) == ()
        assert window.page.part.grid.kind(0, 0) == ""


def test_that_without_a_sample_the_reserve_leads_to_the_plan(staff):
    with shown_window(staff, FieldRulesRoute("reserve")) as window:
        assert "Örneklem çekilmedi, bu yüzden yedek yok." in words(window.page)
        press(window, "Ctrl+L")
        assert isinstance(window.route, SamplePlanRoute)


def drawn(study) -> None:
    """Draw a sample with a reserve from a list of sixty firms."""
    for number in range(58):
        fieldwork.add_firm(study, NewFirm(f"Kimya {number}", "kimya", "Konak", "20.30", "10-24"))
    sample_plan.draw(study, "kimya", sample_plan.PlanSettings(half_width=20.0, reserve=1.0))


def test_that_a_batch_is_released_only_with_a_reason(staff, qtbot):
    drawn(staff.study)
    staff.tell_changed()
    with shown_window(staff, FieldRulesRoute("reserve")) as window:
        press(window, "Ctrl+Return")
        assert len(notes(window.page)) == 1
        assert reserve.state(staff.study)[0].released == 0
        type_text(window.page.part.reason, "üç firma kapanmış")
        press(window, "Ctrl+Return")
        (area,) = reserve.state(staff.study)
        assert area.released > 0
        qtbot.waitUntil(lambda: any("üç firma kapanmış" in line for line in words(window.page)))


def test_that_the_button_of_a_release_names_the_act(staff, qtbot):
    drawn(staff.study)
    staff.tell_changed()
    with shown_window(staff, FieldRulesRoute("reserve")) as window:
        (area,) = reserve.state(staff.study)
        firms = next(one.firms for one in area.batches if one.number == 1)
        qtbot.waitUntil(lambda: window.page.part.primary.text() == f"1. partiyi aç (Kimya): {firms} firma")


def test_that_the_rates_name_their_formula_and_count_by_area_and_size(staff):
    unit_id = next(firm.unit_id for firm in staff.firms() if firm.name == "İğdeli Soğutma")
    visits.record(staff.study, unit_id, "4")
    staff.tell_changed()
    with shown_window(staff, FieldRulesRoute("rates")) as window:
        assert any("RR1 = I / (I + P + R + NC + O + U)" in line for line in words(window.page))
        rows = window.page.part.model.rows
        assert [(one.area, one.size_class) for one in rows][-1] == ("", "")
        assert next(one for one in rows if one.size_class == "25-49").tally.refused == 1


def test_that_the_companion_tells_what_the_services_tell(staff):
    drawn(staff.study)
    told = field_answers.reserve(staff.study, {})
    assert field_answers.reserve_of(told) == reserve.state(staff.study)
    assert field_answers.rates_of(field_answers.rates(staff.study, {})) == field_rates.field_rates(staff.study)


def test_that_a_large_study_is_read_beside_the_window(staff, qtbot, monkeypatch):
    monkeypatch.setattr(part, "FEW", 0)
    with shown_window(staff, FieldRulesRoute("rates")) as window:
        qtbot.waitUntil(lambda: len(window.page.part.model.rows) > 0, timeout=LONG_MS)


def test_that_an_interviewer_who_comes_here_is_refused_in_words(interviewer):
    with shown_window(interviewer, FieldRulesRoute()) as window:
        assert isinstance(window.page, BarredPage)
        assert window.page.title == "Bu sayfa sizin rolünüz için değil."
