"""A whole firm without a mouse: from the first digit to the finished sheet, and back."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit

from kume_desktop.gui.rating.anchors import AnchorRow
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.rating_views import Mark, SheetState, Tab
from tests.gui.rating.conftest import FIRM, Hands
from tests.services.rating_studies import firm_of


def focused() -> object:
    return QApplication.focusWidget()


def marks(hands: Hands) -> list[str]:
    sheet = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM))
    return [one.given.answer for one in sheet.indicators]


def give_suggested(hands: Hands) -> None:
    """Press what the rubric suggests, with the evidence that it needs."""
    level = hands.suggested()
    code = hands.code
    if level is None:
        hands.press("3")
        hands.type("belgesiz")
        hands.press("Return")
        return
    hands.press(str(level))
    if level >= 4:
        assert hands.code == code, "a high level waits for its kind of evidence"
        hands.press("Space")


def test_that_a_whole_firm_is_rated_by_keys_alone_and_every_press_is_stored(hands: Hands):
    assert isinstance(focused(), AnchorRow)
    for number in range(1, 11):
        assert hands.code == f"g{number}"
        give_suggested(hands)
        assert len([one for one in marks(hands) if one]) == number, "stored at the press, not at the end"
    assert focused() is hands.pane.primary and hands.pane.primary.text() == "Puanlamayı bitir"
    hands.press("Return")
    sheet = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM))
    assert sheet.state is SheetState.FINAL and sheet.done == 10
    assert hands.body.row is not None and hands.body.row.name != FIRM, "the next firm is in front"
    assert isinstance(focused(), AnchorRow) and hands.code == "g1"


def test_that_a_level_that_differs_asks_for_its_reason_and_goes_on_with_enter(hands: Hands):
    hands.body.show_indicator("g7")
    level = "1" if hands.suggested() != 1 else "2"
    hands.press(level)
    assert hands.code == "g7" and focused() is hands.pane.reason.field
    assert hands.pane.ask is not None
    assert hands.pane.ask.required == f"Öneri {hands.suggested('g7')}, siz {level} verdiniz: zorunlu"
    assert hands.body.overview.words["g7"].endswith("gerekçe eksik")
    hands.type("bordro incelendi")
    hands.press("Return")
    assert hands.code == "g8", "one indicator further, not two"
    view = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM)).indicators[6]
    assert (view.given.answer, view.given.mark, view.given.reason) == (level, Mark.DONE, "bordro incelendi")
    assert "öneriden farklı" in hands.body.overview.words["g7"]


def test_that_a_level_without_its_reason_is_kept_as_a_draft_when_one_leaves(hands: Hands):
    hands.body.show_indicator("g7")
    level = "1" if hands.suggested() != 1 else "2"
    hands.press(level, "PgDown")
    assert hands.body.row is not None and hands.body.row.name != FIRM
    view = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM)).indicators[6]
    assert (view.given.answer, view.given.mark) == (level, Mark.DRAFT)
    hands.press("PgUp")
    assert hands.body.row.name == FIRM
    hands.body.show_indicator("g7")
    assert hands.given == level


def test_that_a_typed_reason_is_stored_when_the_page_is_left(hands: Hands):
    hands.body.show_indicator("g7")
    hands.press("1" if hands.suggested() != 1 else "2")
    hands.type("yarım kalan gerekçe")
    hands.page.leave()
    view = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM)).indicators[6]
    assert (view.given.reason, view.given.mark) == ("yarım kalan gerekçe", Mark.DONE)


def test_that_digits_in_the_reason_are_text(hands: Hands):
    hands.body.show_indicator("g7")
    level = "1" if hands.suggested() != 1 else "2"
    hands.press(level)
    field = focused()
    assert isinstance(field, QLineEdit)
    hands.press("4", "8", "N", "E")
    assert field.text() == "48ne" or field.text() == "48NE"
    assert marks(hands)[6] == level


def test_that_not_enough_evidence_and_cannot_be_rated_ask_for_a_reason(hands: Hands):
    hands.press("N")
    assert hands.given == "dk" and focused() is hands.pane.reason.field
    hands.type("belge yok")
    hands.press("Return")
    assert hands.code == "g2"
    hands.press("8")
    hands.type("ihracatçı")
    hands.press("Return")
    sheet = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM))
    assert [one.given.answer for one in sheet.indicators[:2]] == ["dk", "na"]
    assert all(one.given.mark is Mark.DONE for one in sheet.indicators[:2])


def test_that_the_suggestion_is_out_of_sight_until_a_level_was_given(hands: Hands):
    hands.body.show_indicator("g7")
    assert hands.pane.ask is not None
    assert not any(choice.is_suggested for choice in hands.pane.ask.choices)
    hands.press("1" if hands.suggested() != 1 else "2")
    shown = [choice.answer for choice in hands.pane.ask.choices if choice.is_suggested]
    assert shown == [str(hands.suggested())]
    row = next(row for row in hands.pane.anchors.rows if row.choice.is_suggested)
    assert "öneri" in row.accessibleName()


def test_that_undo_takes_back_level_by_level_and_shows_where(hands: Hands):
    give_suggested(hands)
    give_suggested(hands)
    while hands.code != "g3":
        hands.press("Return")
    hands.body.show_indicator("g5")
    while [one for one in marks(hands) if one]:
        before = len([one for one in marks(hands) if one])
        hands.press("Ctrl+Z")
        assert hands.code in {"g1", "g2"}
        assert len([one for one in marks(hands) if one]) <= before
    assert hands.code == "g1" and hands.given == ""


def test_that_arrows_walk_indicators_and_levels_without_giving_any(hands: Hands):
    hands.press("Down", "Down")
    assert hands.code == "g3"
    hands.press("Up", "Right", "Right")
    assert hands.code == "g2" and focused() is hands.pane.anchors.rows[2]
    assert marks(hands) == [""] * 10
    hands.press("Alt+Left")
    assert hands.code == "g1"
    hands.press("Right", "Space")
    assert marks(hands)[0] == "2"


def test_that_the_evidence_is_reached_by_its_key_and_chosen_by_arrows(hands: Hands):
    hands.body.show_indicator("g7")
    level = "1" if hands.suggested() != 1 else "2"
    hands.press(level)
    hands.type("görüldü")
    hands.press("Tab")
    hands.press("E", "Right", "Space")
    view = RatingDesk(hands.study).sheet(firm_of(hands.study, FIRM)).indicators[6]
    assert (view.given.evidence_kind, view.given.reason) == ("2", "görüldü")


def test_that_waiting_for_enter_keeps_the_indicator_after_a_level(hands: Hands):
    hands.body.giving._wait = True
    give_suggested(hands)
    assert hands.code == "g1"
    hands.press("Return")
    assert hands.code == "g2"


def test_that_f6_goes_to_the_list_and_the_list_leads_back(hands: Hands):
    hands.press("F6")
    assert focused() is hands.body.list
    hands.press("Down")
    assert hands.body.row is not None and hands.body.row.name != FIRM
    hands.press("Return")
    assert isinstance(focused(), AnchorRow)


def test_that_a_firm_rated_before_says_so_and_can_be_opened_again(hands: Hands):
    for _number in range(10):
        give_suggested(hands)
    hands.press("Ctrl+Return")
    hands.body.show_list(Tab.MINE, target_id=firm_of(hands.study, FIRM))
    hands.body.take_focus()
    assert hands.pane.ask is not None and hands.pane.ask.lock == "Bu firmanın puanlamasını bitirdiniz."
    before = marks(hands)
    hands.press("1", "N")
    assert marks(hands) == before
    assert hands.pane.second.text() == "Puanlamayı yeniden aç"
    hands.pane.second.click()
    assert hands.pane.ask.lock == "" and hands.pane.primary.text() == "Puanlamayı bitir"


def test_that_f8_goes_to_the_next_open_indicator(hands: Hands):
    give_suggested(hands)
    give_suggested(hands)
    hands.body.show_indicator("g1")
    hands.press("F8")
    assert hands.code == "g3"
