"""A whole interview by keyboard, and what is in the study afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.routes import FieldRoute
from kume_desktop.interview import page as model
from kume_desktop.services import fieldwork
from kume_desktop.services.firm_state import FirmState

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CELLS = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")


def test_that_a_whole_needs_interview_is_walked_without_the_mouse(desktop, qtbot):
    assert desktop.current == "gorusme_bicimi"
    desktop.type("1")
    desktop.press(Key.Key_Return)  # the primary button has the focus now: next section
    assert desktop.current == "aydinlatma_okundu"
    desktop.type("11")
    desktop.press(Key.Key_Return)
    assert desktop.current == "gorev"
    desktop.type("312")
    desktop.enter("Sanayi tipi soğutma grupları")
    desktop.type("1")
    assert desktop.current == "nace_saha"
    desktop.press(Key.Key_Return)  # optional, left empty; it is the last row of its page
    desktop.press(Key.Key_Return)
    assert desktop.current == "ilce"
    desktop.press(Key.Key_Return)
    desktop.enter("1998")
    desktop.enter("42")
    desktop.type("3")
    desktop.press(Key.Key_Return)
    assert desktop.current == "uretim_insan"
    desktop.type("24454")
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "uretim_insan_eksik"
    desktop.type("14")
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "uretim_acil"
    desktop.enter("Kalıp ustası bulamıyoruz")
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "pazarlama_insan"
    desktop.type("44494")
    desktop.press(Key.Key_PageDown)
    desktop.press(Key.Key_PageDown)
    _priorities(desktop)
    _ending(desktop)
    left = [problem.number for problem in model.open_problems(desktop.session.interview)]
    assert left == []
    desktop.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))
    _check_stored(desktop)


def _priorities(desktop) -> None:
    assert desktop.current == "oncelik_1"
    desktop.type("p")  # the first of the marketing cells; the order is drawn by lot
    desktop.press(Key.Key_Space)
    assert desktop.current == "oncelik_2"
    desktop.press(Key.Key_Down)
    desktop.press(Key.Key_Space)
    assert desktop.current == "ortak_cozum"
    desktop.type("36")
    desktop.press(Key.Key_Return)
    desktop.type("1")
    desktop.press(Key.Key_PageDown)


def _ending(desktop) -> None:
    assert desktop.current == "acik_riza"
    desktop.type("2")
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "sonuc"
    desktop.type("tamamlandi")
    desktop.press(Key.Key_Return)
    assert desktop.current == "baskasi"
    desktop.type("23")


def _check_stored(desktop) -> None:
    stored = desktop.stored()
    assert stored.is_completed
    given = {path.rpartition("/")[2]: value for path, value in stored.interview.values.items()}
    assert [given[f"uretim_{cell}"] for cell in CELLS] == ["2", "4", "4", "5", "4"]
    assert [given[f"pazarlama_{cell}"] for cell in CELLS] == ["4", "4", "4", "dk", "4"]
    assert given["uretim_insan_eksik"] == "1 4"
    assert given["uretim_acil"] == "Kalıp ustası bulamıyoruz"
    assert given["kurulus_yili"] == "1998"
    assert given["oncelik_1"].startswith("pazarlama_")
    assert given["oncelik_2"]
    assert given["ortak_cozum"] == "3 6"
    assert fieldwork.firms(desktop.study)[0].state is FirmState.COMPLETED


def test_that_a_digit_answers_and_goes_to_the_next_row_but_never_to_the_next_page(desktop):
    desktop.go_to("gorusme_bicimi")
    screen = desktop.body.view.screen_path
    desktop.type("1")
    assert desktop.body.view.screen_path == screen
    assert QApplication.focusWidget() is desktop.body.view.forward
    desktop.type("2")
    assert desktop.value("gorusme_bicimi") == "1"
    assert desktop.body.view.screen_path == screen


def test_that_the_same_digit_changes_nothing_and_delete_clears(desktop):
    desktop.give(gorusme_bicimi="2")
    desktop.go_to("gorusme_bicimi")
    saved = desktop.session.last_saved
    desktop.type("2")
    assert desktop.session.last_saved == saved
    assert desktop.current == "gorusme_bicimi"
    desktop.press(Key.Key_Delete)
    assert desktop.value("gorusme_bicimi") == ""


def test_that_arrows_move_in_a_likert_row_and_space_chooses(desktop):
    from tests.gui.interview.conftest import TO_PRODUCTION

    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.press(Key.Key_Right)
    desktop.press(Key.Key_Right)
    assert desktop.value("uretim_insan") == ""
    desktop.press(Key.Key_Space)
    assert desktop.value("uretim_insan") == "3"
    assert desktop.current == "uretim_finansman"
    desktop.press(Key.Key_Up)
    assert desktop.current == "uretim_insan"
    desktop.type("0")
    assert desktop.value("uretim_insan") == "nr"


def test_that_tab_goes_from_row_to_row(desktop):
    from tests.gui.interview.conftest import TO_PRODUCTION

    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    for cell in CELLS[1:]:
        desktop.press(Key.Key_Tab)
        assert desktop.current == f"uretim_{cell}"
    desktop.press(Key.Key_Tab)
    assert QApplication.focusWidget() is desktop.body.view.back


def test_that_a_refusal_to_take_part_leads_straight_to_the_outcome(desktop):
    desktop.give(gorusme_bicimi="1")
    desktop.go_to("aydinlatma_okundu")
    desktop.type("13")
    desktop.press(Key.Key_Return)
    assert desktop.current == "sonuc"
    asked = [section.number for section in desktop.body.guide.map.sections if section.relevant]
    assert asked == [1, 2, 8]


def test_that_a_probe_appears_and_folds_with_the_answer_it_hangs_on(desktop):
    from tests.gui.interview.conftest import TO_PRODUCTION

    desktop.give(**TO_PRODUCTION, uretim_insan="2")
    desktop.go_to("uretim_insan_eksik")
    kept = desktop.row("uretim_insan_eksik")
    desktop.type("9")
    assert desktop.value("uretim_insan_eksik") == "dk"
    assert desktop.row("uretim_insan_eksik") is kept
    assert desktop.body.view.row(desktop.path("uretim_finansman_eksik")) is None
    desktop.go_to("uretim_finansman")
    desktop.type("3")
    desktop.go_to("uretim_insan_eksik")
    assert desktop.row("uretim_finansman_eksik").takes_focus
