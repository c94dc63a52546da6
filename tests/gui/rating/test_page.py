"""What the rating page shows: lists, differences, panel, experts, empty states, looks, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from kume_desktop import settings, texts
from kume_desktop.gui import theme
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.figures.grid import FactGrid
from kume_desktop.gui.page import OpenWork, SaveKind, SaveState
from kume_desktop.gui.rating.page import RatingPage
from kume_desktop.gui.routes import RatersRoute, RatingRoute, StartRoute
from kume_desktop.problems import Refused, problem
from kume_desktop.services import interviewing, rating_queue, rating_routes, results
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.rating_views import Tab
from kume_desktop.settings import Density, TextScale
from kume_desktop.store import writing
from tests.gui.rating.conftest import FIRM, Hands, is_meant_to_show, labels, lend
from tests.gui.shell.stage import LAPTOP_125, press, shown_window, type_text
from tests.services.rating_studies import FORM, as_person, firm_of, rate_all, reopened


def both_rated(study, mine: dict[str, str], theirs: dict[str, str]) -> str:
    unit_id = firm_of(study, FIRM)
    rate_all(RatingDesk(study), unit_id, mine)
    with study.act() as act:
        marked = writing.SheetMarked(study.wave.wave_id, "unit", unit_id, "Derya", rating_queue.DRAWN, round=0)
        writing.mark_sheet(act, marked)
    rate_all(as_person(study, "Derya"), unit_id, theirs)
    return unit_id


def test_that_the_firm_its_answers_and_the_bounds_stand_on_the_page(hands: Hands):
    hands.body.show_indicator("g5")
    shown = labels(hands.page)
    assert "AR-GE ve tasarım düzeyi" in shown and f"{FIRM} · Üretim Etkinliği" in shown
    assert "Ar-Ge ya da tasarım işinde tam zamanlı kaç kişi çalışıyor?" in shown
    assert any("istenen: Proje onayı, tescil, merkez belgesi" in text for text in shown)
    assert "Şimdiye kadar düzey yok" in shown
    assert "tümü puanlanınca 33,3 ile 100,0 arasında (0 / 10)" in shown
    assert "5 firmadan 0'ı bitti" in shown


def test_that_the_bar_names_the_keys_that_work_here(hands: Hands):
    named = [(hint.key, hint.word) for hint in hands.page.key_hints()]
    assert named == [
        ("1–5", "Düzey"), ("E", "Kanıt"), ("N", "Kanıt yetersiz"), ("8", "Puanlanamadı"), ("Return", "Sonraki"),
        ("PgDown", "Sonraki firma"),
    ]  # fmt: skip


def test_that_an_own_interview_is_marked_in_the_list_and_on_the_sheet(hands: Hands):
    row = next(row for row in hands.body.list.rows if row.own_interview)
    hands.body.show_list(Tab.MINE, target_id=row.target_id)
    assert "Bu firmayla siz görüştünüz; puanlama böyle işaretlenir." in labels(hands.pane)


def test_that_the_forms_are_compiled_beside_the_window_and_the_page_comes_then(qtbot, rated):
    desk = Desk(settings.Settings(motion=False))
    desk.open(rated)
    told: list[str] = []
    with shown_window(desk, StartRoute()) as window:
        window.go(RatingRoute(firm_of(rated, FIRM), "g5"))
        page = window.page
        assert isinstance(page, RatingPage) and page.body is None, "no form is compiled in the window's own time"
        assert page.here(RatingRoute("x")) == RatingRoute("x")
        qtbot.waitUntil(lambda: page.body is not None)
        hands = Hands(rated, window)
        assert hands.code == "g5" and "Puanlama" in labels(page)
        page.problem_shown.connect(lambda work: told.append(work.text))
        qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
        hands.press("2")
        assert RatingDesk(rated).own(firm_of(rated, FIRM))["g5"].level == 2
        assert told, "the keys of the page work, although they came later than the page"


def test_that_the_page_of_the_raters_reads_once_the_forms_are_compiled(qtbot, rated):
    results.compute(rated)
    rated.forget_forms()
    desk = Desk(settings.Settings(motion=False))
    desk.open(rated)
    with shown_window(desk, RatersRoute()) as window:
        assert not window.page.findChildren(FactGrid)
        qtbot.waitUntil(lambda: any(grid.hasFocus() for grid in window.page.findChildren(FactGrid)))


def test_that_every_control_has_a_name(hands: Hands):
    nameless = [
        type(one).__name__
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for one in hands.page.findChildren(kind)
        if is_meant_to_show(one, hands.page) and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []


def test_that_nothing_left_to_rate_is_said(desk, rated):
    with shown_window(desk, RatingRoute(tab="blind")) as window:
        page = window.page
        assert isinstance(page, RatingPage)
        assert "Kör puanlamanız için firma çekilmedi." in labels(page)
        assert page.body is not None
        page.body.show_list(Tab.MINE, "lojistik")
        assert "Puanlanacak onaylı görüşme kalmadı." in labels(page)
        assert page.body.overview.isHidden()


def test_that_differing_levels_stand_side_by_side_and_an_agreed_one_is_added(rated, desk):
    unit_id = both_rated(rated, {"g7": "2"}, {"g7": "3"})
    with shown_window(desk, RatingRoute(unit_id, "", "differing")) as window:
        hands = Hands(rated, window)
        assert hands.code == "g7"
        shown = labels(hands.pane)
        assert "Elif" in shown and "Derya" in shown and "2 · 10-24 çalışan" in shown and "3 · 25-49 çalışan" in shown
        hands.press("3")
        assert QApplication.focusWidget() is hands.pane.reason.field, "an agreed level needs its reason"
        hands.type("bordroda 26 kişi")
        hands.press("Return")
        (difference,) = RatingDesk(rated).differences(unit_id).differences
        assert (difference.agreed.answer, difference.agreed.reason) == ("3", "bordroda 26 kişi")
        assert [one.answer for one in difference.opinions] == ["3", "2"]
        assert hands.pane.primary.text() == "Sonraki firma"


def test_that_two_levels_apart_are_locked_for_the_two_raters(rated, desk):
    unit_id = both_rated(rated, {"g7": "1"}, {"g7": "4"})
    with shown_window(desk, RatingRoute(unit_id, "", "differing")) as window:
        hands = Hands(rated, window)
        assert any("üçüncü bir kişi verir" in text for text in labels(hands.pane))
        hands.press("2")
        assert RatingDesk(rated).differences(unit_id).differences[0].agreed.answer == ""
        assert [hint.key for hint in hands.page.key_hints()] == ["Return", "PgDown"]


def test_that_a_panel_gives_level_reason_day_and_members(rated, desk):
    with shown_window(desk, RatingRoute(tab="panel")) as window:
        hands = Hands(rated, window)
        hands.press("3")
        hands.type("oy birliği")
        hands.press("Return")
        assert QApplication.focusWidget() is hands.pane.meeting.day, "a panel's level has its day"
        hands.type("20.11.2026")
        hands.press("Return")
        assert QApplication.focusWidget() is hands.pane.meeting.members
        hands.type("A. Kaya")
        hands.press("Tab")
        area = hands.body.desk.board.areas[0].area_id
        sheet = rating_routes.panel_sheet(RatingDesk(rated), area)
        given = sheet.items[0].given
        assert (given.answer, given.reason, given.held_on, given.members) == (
            "3",
            "oy birliği",
            "2026-11-20",
            "A. Kaya",
        )
        assert given.mark.value == "done"
        hands.body.show_indicator("g2")
        assert hands.pane.meeting.meeting.members == "A. Kaya", "the meeting stays for the next indicator"


def test_that_a_day_that_is_none_is_refused_in_words_and_stays_typed(rated, desk):
    with shown_window(desk, RatingRoute(tab="panel")) as window:
        hands = Hands(rated, window)
        hands.press("3")
        hands.type("oy birliği")
        hands.press("Return")
        hands.type("40.11.2026")
        hands.press("Return")
        assert any("40.11.2026" in text and "tarih" in text for text in labels(hands.pane))
        assert hands.pane.meeting.day.text() == "40.11.2026"


def test_that_an_expert_rates_a_cell_and_goes_on(rated, desk):
    told: list[OpenWork] = []
    with shown_window(desk, RatingRoute(tab="needs")) as window:
        hands = Hands(rated, window)
        hands.body.work_changed.connect(told.append)
        first = hands.code
        hands.press("2")
        assert hands.code != first
        area = hands.body.desk.board.areas[0].area_id
        assert rating_routes.need_sheet(RatingDesk(rated), area).items[0].given.level == 2
        assert told[-1].text == "1 / 10 hücre"


def test_that_a_reopened_interview_locks_its_sheet_and_shows_the_levels(rated, desk):
    unit_id = firm_of(rated, FIRM)
    rate_all(RatingDesk(rated), unit_id)
    interviewing.open_interview(rated, unit_id, FORM).reopen()
    with shown_window(desk, RatingRoute(unit_id)) as window:
        hands = Hands(rated, window)
        assert any(text.startswith("Görüşme yeniden açıldı.") for text in labels(hands.pane))
        assert hands.given != ""


def test_that_answers_that_changed_are_told_at_the_level(rated, desk):
    unit_id = firm_of(rated, FIRM)
    rate_all(RatingDesk(rated), unit_id)
    path = RatingDesk(rated).material(unit_id).evidence["g7"][0][1]
    with reopened(rated, unit_id) as session:
        session.answer(path, "9")
    with shown_window(desk, RatingRoute(unit_id, "g7")) as window:
        hands = Hands(rated, window)
        assert any(text.startswith("Bu düzey verildikten sonra") for text in labels(hands.pane))
        assert "yanıtlar değişti" in hands.body.overview.words["g7"]


def test_that_a_level_that_cannot_be_stored_is_said_and_tried_again(hands: Hands, monkeypatch):
    told: list[SaveState] = []
    hands.body.giving.state_changed.connect(told.append)
    real = hands.body.desk.give

    def full(*_args, **_named):
        raise Refused(problem("study.disk-full", file="puan.kume"))

    monkeypatch.setattr(hands.body.desk, "give", full)
    hands.press("1")
    assert told[-1].kind is SaveKind.FAILED
    assert hands.given == ""
    monkeypatch.setattr(hands.body.desk, "give", real)
    hands.press("F5")
    assert told[-1].kind is SaveKind.SAVED and RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM)).indicators[
        0
    ].given.answer == "1"  # fmt: skip


def test_that_the_page_is_built_anew_at_the_same_place(hands: Hands):
    hands.body.show_indicator("g6")
    route = hands.page.here(RatingRoute())
    assert route == RatingRoute(firm_of(hands.study, FIRM), "g6", "mine")
    hands.window.go(route)
    assert hands.code == "g6" and hands.body.row is not None and hands.body.row.name == FIRM


def test_that_the_palette_finds_indicators(hands: Hands):
    (found,) = hands.page.find_here("istihdam")
    found.run()
    assert hands.code == "g6"


def test_that_the_raters_page_is_one_key_away(hands: Hands):
    hands.press("Alt+R")
    assert isinstance(hands.window.route, RatersRoute)


@pytest.mark.parametrize("size", [QSize(1366, 768), LAPTOP_125, QSize(1024, 540)])
@pytest.mark.parametrize(("lang", "scale"), [("tr", 100), ("en", 100), ("tr", 130)])
def test_that_nothing_is_wider_than_its_place(qtbot, rated, forms, size: QSize, lang: str, scale: int):
    texts.set_language(lang)
    wanted = settings.Settings(motion=False, language=settings.Language(lang), text_scale=settings.TextScale(scale))
    desk = Desk(wanted)
    lend(rated, forms)
    desk.open(rated)
    with shown_window(desk, RatingRoute(firm_of(rated, FIRM)), size) as window:
        hands = Hands(rated, window)
        for code in hands.body.desk.board.codes:
            hands.body.show_indicator(code)
            qtbot.waitUntil(lambda: cut_off(hands) == [])


def cut_off(hands: Hands) -> list[str]:
    """Texts that have less room than they need; the content that is wider than its place."""
    scroll = hands.pane._scroll
    wide = ["content"] if scroll.widget().width() > scroll.viewport().width() else []
    shown = [one for kind in (QLabel, QPushButton) for one in hands.page.findChildren(kind) if one.isVisible()]
    one_line = [one for one in shown if not getattr(one, "wordWrap", bool)()]
    return wide + [one.text() or type(one).__name__ for one in one_line if one.sizeHint().width() > one.width() + 1]


def test_that_a_study_without_a_method_says_why_nothing_can_be_rated(tmp_path, qapp):
    from kume_desktop.services import studies
    from tests.studies import FACTS

    made = studies.create_study(
        tmp_path / "leer.kume", "Boş", FACTS, "gizli parola", "Elif", (), demonstration=True, instruments=()
    )
    desk = Desk(settings.Settings(motion=False))
    desk.open(made)
    with shown_window(desk, RatingRoute()) as window:
        assert "Bu çalışmada puanlanacak bir şey yok." in labels(window.page)


def test_that_a_study_without_the_forms_says_what_cannot_be_rated_there(qtbot, scorecard):
    desk = Desk(settings.Settings(motion=False))
    desk.open(scorecard)
    with shown_window(desk, RatingRoute(tab="needs")) as window:
        qtbot.waitUntil(lambda: "Bu çalışmada ihtiyaç hücresi yok." in labels(window.page))
        hands = Hands(scorecard, window)
        hands.press("Ctrl+4")
        assert hands.body.tab is Tab.PANEL and len(hands.body.list.rows) == 6
        assert hands.body.list.rows[0].done == 10, "the levels of the published scorecard are there"
        assert hands.pane.primary.text() == "Listede sonraki"


def test_that_what_is_typed_before_a_level_waits_for_it_on_every_way(qtbot, desk):
    with shown_window(desk, RatingRoute(tab="panel")) as window:
        body = window.page.body
        body.pane.reason.take_focus()
        type_text(window.focusWidget(), "komite görüşü")
        body.pane.meeting.day.setFocus()
        type_text(window.focusWidget(), "20.11.2026")
        body.step(1)
        assert body.pane.typed_reason == ""
        body.step(-1)
        assert (body.pane.typed_reason, body.pane.meeting.day.text()) == ("komite görüşü", "20.11.2026")
        body.list.step(1)
        body.list.step(-1)
        body.show_indicator("g1")
        assert body.pane.typed_reason == "komite görüşü"
        desk.change_settings(replace(desk.settings, density=Density.COMPACT))
        again = window.page.body
        assert again is not body and again.code == "g1"
        assert (again.pane.typed_reason, again.pane.meeting.day.text()) == ("komite görüşü", "20.11.2026")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        press(window, "3")
        given = next(one.given for one in again.course.sheet.items if one.subject.code == "g1")
        assert (given.answer, given.reason, given.held_on) == ("3", "komite görüşü", "2026-11-20")


def test_that_the_area_of_the_list_outlives_another_density(desk):
    with shown_window(desk, RatingRoute()) as window:
        window.page._pick_area("kimya")
        desk.change_settings(replace(desk.settings, density=Density.COMPACT))
        assert (window.page.body.area, window.page._areas.current) == ("kimya", "kimya")


def test_that_finishing_where_another_person_rates_offers_no_way_back(desk, rated):
    unit_id, rating = firm_of(rated, FIRM), RatingDesk(rated)
    for code in rating.board.codes:
        rating.give(unit_id, code, "1", reason="belgeler incelendi")
    with rated.act() as act:
        marked = writing.SheetMarked(rated.wave.wave_id, "unit", unit_id, "Derya", rating_queue.DRAWN, round=0)
        writing.mark_sheet(act, marked)
    with shown_window(desk, RatingRoute(unit_id)) as window:
        press(window, "Ctrl+Return")
        assert not window.frame.toast.isHidden() and not window.frame.toast.can_undo


def test_that_a_long_answer_and_the_kinds_of_evidence_never_hold_a_narrow_page_open(qtbot, desk):
    with shown_window(desk, RatingRoute(firm_of(desk.study, FIRM), "g5")) as window:
        desk.change_settings(replace(desk.settings, text_scale=TextScale(130)))
        window.resize(QSize(1024, 540))
        qtbot.waitUntil(lambda: theme.is_compact() and window.page.body is not None)
        scroll = window.page.body.pane._scroll
        qtbot.waitUntil(lambda: scroll.widget().minimumSizeHint().width() <= scroll.viewport().width())
        assert scroll.horizontalScrollBar().maximum() == 0
