"""The parts of the method page alone: numbers, pairs, weights, effect."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.method import numbers, pair_scale
from kume_desktop.gui.method.budget_form import BudgetForm, first_budget
from kume_desktop.gui.method.editor import Editor
from kume_desktop.gui.method.effect_figure import EffectFigure, EffectLine
from kume_desktop.gui.method.pair_scale import PairScale
from kume_desktop.gui.method.pairs_form import PairsForm
from kume_desktop.gui.method.rules_form import CutsForm, MissingForm
from kume_desktop.gui.method.weights_form import WeightField, WeightsForm
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.weights import sources
from tests.gui.shell.stage import bring, press
from tests.scoring.rules import index_rows, the_indicators


@pytest.fixture
def method() -> Method:
    return Method.from_rows(index_rows(), the_indicators())


def fields_of(form: WeightsForm) -> list[WeightField]:
    return form.findChildren(WeightField)


def type_into(field: WeightField, text: str) -> None:
    field.setFocus()
    field.setText(text)
    press(field, "Return")


def said(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.text())


@pytest.mark.parametrize("module", [numbers, pair_scale])
def test_that_the_examples_hold(module):
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1,0"), (1.5, "1,5"), (0.125, "0,125"), (1 / 3, "0,3333")])
def test_that_a_weight_has_the_decimals_it_needs(value, shown):
    assert numbers.shown(value) == shown


def test_that_a_weight_with_a_comma_is_taken_and_marked_as_different(qtbot, method):
    form = WeightsForm(method, method, editable=True)
    bring(qtbot, form)
    with qtbot.waitSignal(form.changed) as told:
        type_into(fields_of(form)[8], "1,5")
    assert told.args[0]["g9"] == 1.5
    assert {code: weight for code, weight in told.args[0].items() if code != "g9"} == dict.fromkeys(
        [code for code in method.weights if code != "g9"], 1.0
    )


@pytest.mark.parametrize("typed", ["0", "-1", "bir", "", "1,2,3"])
def test_that_what_is_no_weight_stays_in_its_field_and_changes_nothing(qtbot, method, typed):
    form = WeightsForm(method, method, editable=True)
    bring(qtbot, form)
    with qtbot.assertNotEmitted(form.changed), qtbot.waitSignal(form.refused) as told:
        type_into(fields_of(form)[0], typed)
    assert told.args[0]
    assert fields_of(form)[0].text() == typed
    assert fields_of(form)[0].property("refused") is True


def test_that_the_arrows_walk_the_weights_and_r_restores_one(qtbot, method):
    draft = sources.entered(method, {**method.weights, "g1": 2.0})
    form = WeightsForm(method, draft, editable=True)
    bring(qtbot, form)
    first, second = fields_of(form)[:2]
    first.setFocus()
    press(first, "Down")
    assert QApplication.focusWidget() is second
    press(second, "Up")
    assert QApplication.focusWidget() is first
    with qtbot.waitSignal(form.changed) as told:
        press(first, "R")
    assert told.args[0]["g1"] == 1.0


def test_that_effective_weights_and_the_total_are_shown(qtbot, method):
    form = WeightsForm(method, sources.entered(method, {**method.weights, "g1": 6.0}), editable=True)
    bring(qtbot, form)
    assert "%40" in said(form)
    assert "15,0" in said(form)


def test_that_cuts_are_kept_as_fractions_and_an_untouched_one_keeps_its_decimals(qtbot, method):
    form = CutsForm(method, method)
    bring(qtbot, form)
    first = form.findChildren(type(form._fields[0]))[0]
    first.setFocus()
    first.setText("80")
    with qtbot.waitSignal(form.changed) as told:
        press(first, "Return")
    draft = told.args[0]
    assert draft.cut_points[0] == pytest.approx(80)
    assert draft.cuts[1] == method.cuts[1]


@pytest.mark.parametrize("typed", ["50", "101", "yok", "20"])
def test_that_cuts_that_do_not_fall_are_refused(qtbot, method, typed):
    form = CutsForm(method, method)
    bring(qtbot, form)
    form._fields[0].setFocus()
    form._fields[0].setText(typed)
    with qtbot.assertNotEmitted(form.changed), qtbot.waitSignal(form.refused) as told:
        press(form._fields[0], "Return")
    assert "33,3" in told.args[0]


def test_that_the_rule_for_missing_indicators_and_its_limit_can_be_changed(qtbot, method):
    form = MissingForm(method)
    bring(qtbot, form)
    with qtbot.waitSignal(form.changed) as told:
        form._rule.picked.emit("lowest")
    assert told.args[0].missing_rule == "lowest"
    form._least.setFocus()
    form._least.setText("11")
    with qtbot.assertNotEmitted(form.changed):
        press(form._least, "Return")
    form._least.setText("6")
    with qtbot.waitSignal(form.changed) as told:
        press(form._least, "Return")
    assert told.args[0].min_scored == 6


def test_that_the_keys_move_a_comparison_one_step(qtbot):
    scale = PairScale("Bir", "İki", 1.0)
    bring(qtbot, scale)
    with qtbot.waitSignal(scale.picked) as told:
        press(scale, "Left")
    assert told.args[0] == 2.0
    assert "Bir" in scale.accessibleDescription()
    for _ in range(3):
        press(scale, "Right")
    assert scale.ratio == pytest.approx(1 / 3)
    press(scale, "Home")
    assert scale.ratio == 1.0


def test_that_comparisons_become_weights_and_tell_their_consistency(qtbot, method):
    form = PairsForm(method)
    bring(qtbot, form)
    scales = form.findChildren(PairScale)
    assert len(scales) == 6 + 1 + 1 + 3 + 3
    with qtbot.waitSignal(form.changed) as told:
        for _ in range(2):
            press_on(scales[6], "Left")
    draft = told.args[0]
    assert draft.weight_source == "ahp"
    assert draft.weights["g1"] > draft.weights["g2"]
    assert sum(draft.weights.values()) == pytest.approx(10)
    assert "0,00" in said(form)


def press_on(widget, key: str) -> None:
    widget.setFocus()
    press(widget, key)


def test_that_contradicting_comparisons_are_named(qtbot, method):
    form = PairsForm(method)
    bring(qtbot, form)
    scales = form.findChildren(PairScale)[:6]
    for scale, key in zip(scales, ("Left", "Right", "Left", "Left", "Right", "Left"), strict=True):
        for _ in range(8):
            press_on(scale, key)
    assert "çelişiyor" in said(form)


def put_points(qtbot, form: BudgetForm, place: int, text: str) -> Method:
    field = list(form._fields.values())[place]
    field.setFocus()
    field.setText(text)
    with qtbot.waitSignal(form.changed) as told:
        press(field, "Return")
    return told.args[0]


def codes_of(draft: Method) -> set[str]:
    return {one.code for one in draft.problems()}


def test_that_a_budget_counts_once_every_expert_has_given_100_points(qtbot, method):
    form = BudgetForm(method)
    bring(qtbot, form)
    begun = put_points(qtbot, form, 0, "20")
    assert "10 puan fazla" in said(form)
    assert begun.weights == method.weights and codes_of(begun) == {"scoring.budget-points"}
    without = put_points(qtbot, form, 1, "0")
    assert "en az bir uzman" in said(form)
    assert codes_of(without) == {"scoring.weight-not-positive"}
    form._add("İkinci uzman")
    put_points(qtbot, form, 1, "10")
    made = put_points(qtbot, form, 2, "0")
    assert (made.weights["g1"], made.weights["g2"]) == (pytest.approx(2.0), pytest.approx(0.5))
    assert made.weight_source == "budget" and not codes_of(made)


def test_that_a_begun_budget_is_shown_again_with_every_point(qtbot, method):
    form = BudgetForm(method)
    bring(qtbot, form)
    begun = put_points(qtbot, form, 0, "35")
    again = BudgetForm(Method.from_json(begun.to_json()))
    bring(qtbot, again)
    assert [field.text() for field in again._fields.values()] == ["35", *["10"] * 9]
    assert "25 puan fazla" in said(again)


def test_that_a_budget_begins_with_100_whole_points_for_any_number_of_indicators():
    (shares,) = first_budget(("a", "b", "c")).values()
    assert shares == {"a": 34.0, "b": 33.0, "c": 33.0}


def test_that_a_new_expert_is_typed_in_at_once_and_a_known_name_is_opened(qtbot, method):
    form = BudgetForm(method)
    bring(qtbot, form)
    for name in ("Ayşe", "1. uzman"):
        field = next(one for one in form.findChildren(TextField) if one.placeholderText() and one.isVisible())
        field.setFocus()
        field.setText(name)
        press(field, "Return")
        assert QApplication.focusWidget() is next(iter(form._fields.values()))
        assert form._at == name
    assert len(form._shares) == 2


def test_that_another_source_shows_its_own_fields(qtbot, method):
    editor = Editor(method, method)
    bring(qtbot, editor)
    with qtbot.waitSignal(editor.changed) as told:
        editor._pick_source("ahp")
    assert told.args[0].weight_source == "ahp"
    assert editor.findChildren(PairScale)
    editor._pick_source("equal")
    assert not [scale for scale in editor.findChildren(PairScale) if scale.isVisible()]


def line(name: str, before: float | None, after: float | None, categories: tuple[int, int] = (2, 2)) -> EffectLine:
    return EffectLine(name, before, after, 57, 55, categories[0], categories[1], 0.55)


def test_that_the_effect_says_both_statistics_before_and_after(qtbot):
    figure = EffectFigure()
    bring(qtbot, figure)
    figure.show_lines(
        [line("Lojistik", 57.2, 55.1, (2, 3)), line("Kimya", None, None)], 33.3, (77.8, 55.6), (77.8, 55.6), "2"
    )
    assert figure.lines[0].changes_category
    spoken = figure.spoken()
    assert "57,2" in spoken and "55,1" in spoken and "57" in spoken
    press_on(figure, "Down")
    assert "Kimya" in figure.spoken() and "–" in figure.spoken()
    figure.grab()


def test_that_long_names_get_their_lines(qtbot):
    figure = EffectFigure()
    bring(qtbot, figure)
    figure.resize(QSize(480, 200))
    figure.show_lines([line("Kimya", 1, 1)], 33.3, (77.8, 55.6), (), "1")
    short = figure.height()
    figure.show_lines([line("Endüstriyel Havalandırma, İklimlendirme ve Soğutma", 90, 90)], 33.3, (77.8, 55.6), (), "1")
    assert figure.height() > short


def test_that_a_draft_with_kept_pairs_opens_with_them(qtbot, method):
    matrices = sources.unit_matrices(method)
    matrices["h1"] = sources.with_pair(matrices["h1"], 0, 1, 5)
    draft = sources.from_pairs(method, matrices).method
    form = PairsForm(Method.from_json(replace(draft, published=False).to_json()))
    bring(qtbot, form)
    assert [scale.ratio for scale in form.findChildren(PairScale)][6] == 5


def named(editor: Editor, name: str) -> QWidget:
    return next(one for one in editor.findChildren(QWidget) if one.accessibleName() == name and one.isVisible())


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def test_that_the_focus_stays_where_a_rule_is_changed_and_tab_goes_on_from_there(qtbot, method):
    editor = Editor(method, method)
    bring(qtbot, editor)
    first = named(editor, "1. ile 2. Kategori arası")
    first.setFocus()
    first.setText("80")
    press(first, "Return")
    assert focused() == "1. ile 2. Kategori arası"
    named(editor, "1. ile 2. Kategori arası").setText("81")
    press(editor, "Tab")
    assert focused() == "2. ile 3. Kategori arası"
    chosen = named(editor, "Eksik gösterge: En düşük düzey say")
    chosen.setFocus()
    press(chosen, "Space")
    assert focused() == "Eksik gösterge: En düşük düzey say"
    press(editor, "Tab")
    assert focused() == "İşaretlenmeden yeten gösterge sayısı"


def test_that_what_is_no_weight_stays_while_another_weight_is_stored(qtbot, method):
    editor = Editor(method, method)
    bring(qtbot, editor)
    first, second = fields_of(editor.weights)[:2]
    type_into(first, "abc")
    type_into(second, "2")
    assert (first.text(), second.text()) == ("abc", "2,0")
    assert first.property("refused") is True and "“abc”" in said(editor)
    assert next(one for one in editor.findChildren(Segments)).current == "entered"
    type_into(first, "3")
    assert first.property("refused") is False


@pytest.mark.parametrize("typed", ["0,001", "99999"])
def test_that_a_weight_that_could_not_be_read_in_its_field_is_refused(qtbot, method, typed):
    form = WeightsForm(method, method, editable=True)
    bring(qtbot, form)
    with qtbot.assertNotEmitted(form.changed), qtbot.waitSignal(form.refused):
        type_into(fields_of(form)[0], typed)
    assert fields_of(form)[0].text() == typed


def test_that_an_area_whose_published_form_changes_its_category_is_marked():
    line = EffectLine("Kimya", 76.0, 77.0, 76, 79, 2, 2, 0.6, 2, 1)
    assert line.changes_category
    assert not replace(line, published_category_after=2).changes_category
