"""The supervisor's page: by interviewer, their interviews, the questions of one; thresholds; by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.conduct import words
from kume_desktop.gui.conduct.levels import Level
from kume_desktop.gui.conduct.page import ConductPage
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.routes import ConductRoute
from kume_desktop.gui.window import Window
from kume_desktop.interview.timing import Spell
from kume_desktop.services import conduct, fieldwork, interviewing, tracing
from kume_desktop.services.conduct import InterviewConduct, Noticed, Range
from kume_desktop.services.views import NewFirm
from tests.gui.help.house import AREA, Stage

pytest_plugins = ["tests.gui.help.house"]
FORM = "is_ihtiyac"
LEVELS = [
    f"{part}_{row}"
    for part in ("uretim", "pazarlama")
    for row in ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
]
BEGIN = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "1", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Boya", "alan_uygun": "1", "kurulus_yili": "1998", "calisan_sayisi": "20",
    "ihracat_var": "1",
}  # fmt: skip


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def said(window: Window) -> str:
    return "\n".join(label.text() for label in window.page.findChildren(QLabel) if label.isVisible())


def filled(stage: Stage, firms: int = 0, **how: object) -> Window:
    """One interview with ten equal answers, and `firms` usual ones, all with times."""
    window = stage.show(**how)  # type: ignore[arg-type]
    study = window.desk.study
    for number in range(firms):
        fieldwork.add_firm(study, NewFirm(f"Firma {number}", AREA.code, "Kemalpaşa"))
    for row in fieldwork.firms(study):
        session = interviewing.open_interview(study, row.unit_id, FORM)
        odd = row.name == "Gümüşkavak Soğutma"
        given = BEGIN | {name: "4" if odd or place % 3 else "2" for place, name in enumerate(LEVELS)}
        for name, value in given.items():
            assert session.answer(session.interview.path_of(name), value).at is not None, name
        minute = timedelta(minutes=1) // timedelta(milliseconds=1)
        spells = [Spell(session.interview.path_of(name), 0, minute // (9 if odd else 1), 1) for name in given]
        tracing.write(session, "s1", 1, spells)
    window.go(ConductRoute())
    return window


def page(window: Window) -> ConductPage:
    assert isinstance(window.page, ConductPage)
    return window.page


def test_that_one_walks_from_interviewers_to_the_questions_and_back_by_keys(stage: Stage, qtbot) -> None:
    window = filled(stage, firms=10)
    shown = page(window)
    qtbot.waitUntil(lambda: bool(shown.levels.people.rows_model.rows), timeout=30_000)
    assert shown.levels.people.hasFocus() and shown.level is Level.INTERVIEWERS
    press(Qt.Key.Key_Return)
    assert shown.level is Level.INTERVIEWS and shown.levels.interviews.hasFocus()
    assert next(iter(shown.levels.interviews.rows_model.rows)).firm == "Gümüşkavak Soğutma"  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "10 satırın hepsi aynı" in said(window))
    assert "2 dk (olağan 21)" in said(window)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.levels.times.rows_model.rows), timeout=30_000)
    assert shown.level is Level.TIMES and len(shown.levels.times.rows_model.rows) == 21
    press(Qt.Key.Key_Escape)
    assert shown.level is Level.INTERVIEWS
    press(Qt.Key.Key_Escape)
    assert shown.level is Level.INTERVIEWERS and shown.levels.people.hasFocus()


def test_that_the_interview_itself_is_one_key_away(stage: Stage, qtbot) -> None:
    window = filled(stage)
    shown = page(window)
    qtbot.waitUntil(lambda: bool(shown.levels.people.rows_model.rows), timeout=30_000)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, InterviewPage)
    window.back()
    assert isinstance(window.page, ConductPage) and window.page.level is Level.INTERVIEWS


def test_that_few_interviews_are_not_compared_and_the_page_says_so(stage: Stage, qtbot) -> None:
    window = filled(stage, size=QSize(1366, 768))
    qtbot.waitUntil(lambda: "10 görüşmeden azıyla karşılaştırma yapılmaz" in said(window), timeout=30_000)
    one = conduct.conduct(window.desk.study).interviews[0]
    assert words.duration(one) == "2 dk (henüz karşılaştırılamaz)"


def test_that_thresholds_are_changed_by_keys_and_taken_back(stage: Stage, qtbot) -> None:
    window = filled(stage)
    shown = page(window)
    qtbot.waitUntil(lambda: bool(shown.levels.people.rows_model.rows), timeout=30_000)
    press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert shown.level is Level.RULES
    field = QApplication.focusWidget()
    field.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(field, "12")
    press(Qt.Key.Key_Return)
    assert conduct.rules(window.desk.study).run == 12
    window.keys.undo()
    assert conduct.rules(window.desk.study).run == 7
    QTest.keyClicks(field, "x")
    press(Qt.Key.Key_Return)
    assert field.property("refused") is True  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)
    assert shown.level is Level.INTERVIEWERS


def test_that_an_empty_study_says_what_will_be_here(stage: Stage, qtbot) -> None:
    window = stage.show(ConductRoute())
    qtbot.waitUntil(lambda: "Henüz görüşme yok." in said(window), timeout=30_000)


@pytest.mark.parametrize(
    ("noticed", "expected"),
    [
        (Noticed("run", 7, 0, None, ()), "7 aynı yanıt"),
        (Noticed("fast", 11.2, 0, Range(16, 20, 24, 30), ()), "11 dk (olağan 16–24)"),
        (Noticed("straight", 5, 5, None, ("4.1", "4.2", "4.5")), "4.1–4.5: 5 satırda tek yanıt"),
        (Noticed("reserve", 0.38, 40, None, ()), "%38 yedek yanıt"),
        (Noticed("night", 23.5, 1, None, ()), "saat 23:30"),
        (Noticed("revisits", 12, 60, Range(2, 3, 5, 30), ()), "12 soruya geri dönüldü (olağan 2–5)"),
    ],
)
def test_that_signals_are_words_with_what_is_usual(noticed: Noticed, expected: str) -> None:
    assert words.signal(noticed) == expected


def test_that_every_kind_has_its_words() -> None:
    from kume_desktop.scoring.conduct.signals import Kind

    assert {each.value for each in Kind} == words.NAMES.keys() == words.SAID.keys() == words.EXPLAINED.keys()


def test_that_a_duration_never_stands_without_what_is_usual_or_why_not() -> None:
    from datetime import datetime

    one = InterviewConduct(
        "i", "u", FORM, "F", "a", "E", datetime.now().astimezone(), True, False, 30, 11.4, Range(16, 20, 24, 30), ()
    )
    assert words.duration(one) == "11 dk (olağan 16–24)"


def test_that_questions_stand_in_the_order_of_the_form() -> None:
    from kume_desktop.gui.components.table import RowsModel
    from kume_desktop.gui.conduct.tables import question_columns
    from kume_desktop.services.conduct import QuestionTime

    model = RowsModel(question_columns())
    numbers = ("3.10a", "3.9", "3.10", "10.1", "", "3.1")
    model.set_rows([QuestionTime(f"/{number}", number, "t", 1.0, 0.0, 1, None) for number in numbers])
    assert [row.number for row in model.rows] == ["3.1", "3.9", "3.10", "3.10a", "10.1", ""]


def test_that_the_page_says_that_it_reads_as_long_as_it_does(stage: Stage, qtbot) -> None:
    window = stage.show()
    window.go(ConductRoute())
    shown = page(window)
    line = shown.header.findChild(ProgressBar)
    assert line.isVisible()
    assert any(one.text() == "Görüşmeler okunuyor" for one in shown.levels.findChildren(QLabel))
    assert any(one.text() == "Görüşmeler okunuyor" and one.isVisible() for one in window.findChildren(QLabel))
    qtbot.waitUntil(lambda: "Henüz görüşme yok." in said(window), timeout=30_000)
    assert not line.isVisible()
    assert "Görüşmeler okunuyor" not in said(window)
