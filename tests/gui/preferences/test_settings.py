"""The settings: what is searched for, and what stands there where nothing is found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.preferences import ways
from kume_desktop.gui.preferences.evidence import EvidenceForm
from kume_desktop.gui.preferences.study_facts import FactsForm
from kume_desktop.gui.routes import SettingsRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import evidence, roles
from tests.gui.help.house import Stage

pytest_plugins = ["tests.gui.help.house"]


def in_sight(window: Window) -> set[str]:
    return {label.text() for label in window.page.findChildren(QLabel) if label.isVisible()}


def test_that_a_search_without_a_match_says_so_and_can_be_taken_back(stage: Stage, qtbot) -> None:
    window = stage.show()
    window.go(SettingsRoute())
    nothing = window.page.findChild(EmptyState)
    assert isinstance(nothing, EmptyState)
    qtbot.waitUntil(lambda: "Yazı boyutu" in in_sight(window))
    assert not nothing.isVisible()
    window.page.actions_here()[0].run()
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "qqq")
    qtbot.waitUntil(nothing.isVisible)
    assert in_sight(window) & {"Bu adda bir ayar yok.", "Yazı boyutu"} == {"Bu adda bir ayar yok."}
    nothing.button.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not nothing.isVisible() and "Yazı boyutu" in in_sight(window))


def test_that_the_palette_leads_to_the_evidence_of_the_study_by_keys_alone(stage: Stage, qtbot) -> None:
    window = stage.show()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    QTest.keyClicks(QApplication.focusWidget(), "fotograf")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.route, SettingsRoute))
    form = window.page.findChild(EvidenceForm)
    assert isinstance(form, EvidenceForm)
    qtbot.waitUntil(form.purpose.hasFocus)
    qtbot.waitUntil(lambda: not form.purpose.visibleRegion().isEmpty())
    assert [hint.key for hint in window.page.key_hints()][:2] == ["Tab", "Ctrl+F"], "Space and arrows are text here"
    QTest.keyClicks(form.purpose, "Belgeler")
    QTest.keyClick(form.purpose, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: evidence.purpose(window.desk.study) == "Belgeler")


def test_that_who_may_not_change_a_part_of_the_settings_is_not_led_there() -> None:
    def offered(role: str) -> list[str]:
        return [action.name for action in ways.actions(role, lambda _route: None)]

    assert offered(roles.INTERVIEWER) == ["settings.interviewer"]
    assert offered(roles.DATA_OFFICER) == []
    assert len(offered(roles.STAFF)) == len(ways.WAYS)


def test_that_every_part_the_palette_names_is_there_and_takes_the_focus(stage: Stage, qtbot) -> None:
    window = stage.show()
    for way in ways.WAYS:
        window.go(SettingsRoute(part=way.part))
        part = window.page._parts[way.part]
        qtbot.waitUntil(lambda part=part: part.isAncestorOf(QApplication.focusWidget()))


def test_that_a_year_that_is_none_is_told_at_its_field(stage: Stage, qtbot) -> None:
    window = stage.show()
    window.go(SettingsRoute(part=ways.FACTS))
    form = window.page.findChild(FactsForm)
    assert isinstance(form, FactsForm)
    year = form._fields["reference_year"]
    for text, is_told in (("20x5", True), ("2026", False)):
        year.setFocus()
        qtbot.waitUntil(year.hasFocus)
        year.selectAll()
        QTest.keyClicks(year, text)
        QTest.keyClick(year, Qt.Key.Key_Tab)
        told = [note for note in window.page.findChildren(ProblemNote) if note.isVisible()]
        wanted = ["Yıl dört rakamdır, örn. 2025. Önceki yıl duruyor."] if is_told else []
        assert [note.text for note in told] == wanted


def test_that_choices_stand_below_each_other_where_one_would_be_cut(qtbot) -> None:
    made = Segments("Sonuç", [("1", "Ulaşılamadı"), ("2", "Sekreter ya da başkası geri çevirdi")], in_row=2)
    qtbot.addWidget(made)
    made.show()
    first, second = made._buttons.values()
    for width, is_beside in ((700, True), (360, False), (700, True)):
        made.resize(width, 200)
        qtbot.waitUntil(lambda beside=is_beside: (first.y() == second.y()) is beside)
