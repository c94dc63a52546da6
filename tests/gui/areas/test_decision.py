"""The committee's decision: typed, refused at the field, stored beside the computed category, kept in a history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui.areas.decision import DecisionPage
from kume_desktop.gui.areas.decision_form import DecisionForm
from kume_desktop.gui.areas.page import AreaPage
from kume_desktop.gui.areas.verdicts import Verdicts
from kume_desktop.gui.components.typed_date import as_typed, read_date
from kume_desktop.gui.routes import AreaRoute, DecisionRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import committee, results
from kume_desktop.services.committee import Decision
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.sight import words_on
from tests.gui.shell.stage import press, type_text

pytestmark = pytest.mark.usefixtures("made")
DECIDED = Decision(
    "meyve", 1, date(2026, 1, 12), ("Selin Kaya", "Çağrı Işık"), "5 üyeden 4'ü", "2026/3", "İhracat artıyor"
)
SOON = as_typed(datetime.now(UTC).date() + timedelta(days=3))


def form_of(window: Window) -> DecisionForm:
    assert isinstance(window.page, DecisionPage)
    assert window.page.form is not None
    return window.page.form


def test_that_a_decision_is_typed_with_the_keyboard_and_stands_on_the_area_page(show: Show, example_study: Study):
    with show(example_study, DecisionRoute("meyve")) as window:
        form = form_of(window)
        assert "endeks 76,1 · 71–80 · 2. Kategori – Gelişmekte olan yoğunlaşma · yayın 83" in words_on(window.page)
        press(form, "Space")
        form.day.show_text("12.1.2026")
        type_text(form.members, "Selin Kaya")
        type_text(form.reason, "Küme örgütü kuruldu")
        press(form, "Ctrl+Return")
        assert isinstance(window.page, AreaPage)
        said = words_on(window.page.findChildren(Verdicts)[0])
        assert "1. Kategori – Olgun yoğunlaşma | 12 Ocak 2026 · 1 üye" in said
        assert "Endeksin kategorisinden farklı. | Gerekçe: “Küme örgütü kuruldu”" in said
        assert "2. Kategori" in window.page.portrait.verdict.doubt or window.page.portrait.area.category == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("1", "31.2.2026", "Selin", "", "", "x"), "“31.2.2026”"),
        (("1", SOON, "Selin", "", "", "x"), "henüz gelmedi"),
        (("1", "12.1.2026", " \n ", "", "", "x"), "Nobody"),
        (("1", "12.1.2026", "Selin", "", "", "  "), "reason"),
        (("", "12.1.2026", "Selin", "", "", "x"), "Kategori"),
    ],
)
def test_that_what_is_wrong_is_told_and_nothing_is_stored(
    show: Show, example_study: Study, typed: tuple[str, ...], told: str
):
    language = settings.Language.TURKISH if told[0] in "“hK" else settings.Language.ENGLISH
    with show(example_study, DecisionRoute("meyve"), language=language) as window:
        form = form_of(window)
        form.show_typed(typed)
        press(form, "Ctrl+Return")
        problems = form.frame.shown_problems
        assert len(problems) == 1
        assert told in problems[0]
        assert form.typed == typed
        assert committee.decisions(example_study) == {}


def test_that_a_refused_reason_has_the_focus_and_the_mark(qtbot, show: Show, example_study: Study):
    with show(example_study, DecisionRoute("meyve")) as window:
        form = form_of(window)
        form.show_typed(("3", "12.1.2026", "Selin", "", "", ""))
        press(form, "Ctrl+Return")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is form.reason, timeout=5000)
        assert form.reason.property("refused") is True


def test_that_the_computed_category_needs_no_reason(show: Show, example_study: Study):
    with show(example_study, DecisionRoute("meyve")) as window:
        form = form_of(window)
        computed = results.categories(example_study).get("meyve")
        form.show_typed((str(computed or 2), "12.1.2026", "Selin", "", "", "" if computed else "henüz puan yok"))
        press(form, "Ctrl+Return")
        assert committee.decisions(example_study)["meyve"].members == ("Selin",)


def test_that_the_decision_in_force_is_shown_with_those_before(show: Show, example_study: Study):
    committee.decide(example_study, DECIDED)
    committee.decide(example_study, Decision("meyve", 3, date(2026, 2, 1), ("Selin Kaya",), reason="yeniden bakıldı"))
    with show(example_study, DecisionRoute("meyve")) as window:
        form = form_of(window)
        assert form.typed == ("3", "01.02.2026", "Selin Kaya", "", "", "yeniden bakıldı")
        said = words_on(window.page)
        assert "1 Şubat 2026 · 3. Kategori – Potansiyel yoğunlaşma · yeniden bakıldı" in said
        assert "12 Ocak 2026 · 1. Kategori – Olgun yoğunlaşma · 5 üyeden 4'ü · tutanak 2026/3 · İhracat artıyor" in said
        assert said.count("geçerli") == 1


def test_that_a_withdrawn_decision_stays_in_the_list(qtbot, show: Show, example_study: Study):
    committee.decide(example_study, DECIDED)
    with show(example_study, DecisionRoute("meyve")) as window:
        page = window.page
        assert isinstance(page, DecisionPage)
        page.withdraw()
        assert committee.decisions(example_study) == {}
        qtbot.waitUntil(lambda: "Karar geri alındı · yazan Selin Kaya" in words_on(page), timeout=5000)
        assert "12 Ocak 2026" in words_on(page)


def test_that_what_was_typed_survives_another_language(show: Show, example_study: Study):
    with show(example_study, DecisionRoute("meyve")) as window:
        form = form_of(window)
        assert not form.is_changed
        type_text(form.votes, "oy birliği")
        window.desk.change_settings(settings.Settings(motion=False, language=settings.Language.ENGLISH))
        assert form_of(window).votes.text() == "oy birliği"
        assert window.page.title == "Committee's decision: Processed fruit"


def test_that_back_leads_to_the_area(show: Show, example_study: Study):
    with show(example_study, DecisionRoute("meyve")) as window:
        form_of(window).frame.back.click()
        assert window.route == AreaRoute("meyve")


@pytest.mark.parametrize(
    ("text", "day"),
    [("12.1.2027", date(2027, 1, 12)), (" 12/01/2027 ", date(2027, 1, 12)), ("2027-01-12", date(2027, 1, 12)),
     ("31.2.2027", None), ("1.2.27", None), ("", None), ("ocak", None)],
)  # fmt: skip
def test_that_a_day_is_read_as_people_type_it(text: str, day: date | None):
    assert read_date(text) == day
    assert day is None or read_date(as_typed(day)) == day
