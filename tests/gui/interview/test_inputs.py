"""The answer widgets alone: keys in, raw answers out. They know no rule and no study."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop.gui.interview.choices import ChoiceInput
from kume_desktop.gui.interview.course import Shown
from kume_desktop.gui.interview.fields import FieldInput, TextInput
from kume_desktop.gui.interview.likert import LikertInput
from kume_desktop.gui.interview.listing import ListInput
from kume_desktop.gui.interview.recorder import Act, Recorder
from kume_desktop.gui.interview.route_map import RouteMap
from kume_desktop.gui.interview.rows import Helpers, QuestionRow
from kume_desktop.gui.page import SaveKind
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import ChoiceView, LikertHead, Row, SectionView
from kume_desktop.problems import Refused, problem
from kume_desktop.services.views import Saved
from kume_desktop.xpath.source import Datatype

Key = Qt.Key
SCALE = tuple(ChoiceView(str(n), f"Düzey {n}", str(n), "") for n in range(1, 6))
UNKNOWN = ChoiceView("dk", "Bilmiyor", "9", "dk")
NAMES = {"aliaga": "Aliağa", "cesme": "Çeşme", "igdir": "Iğdır", "izmir": "İzmir", "sirince": "Şirince"}
DISTRICTS = tuple(ChoiceView(name, label, "", "") for name, label in NAMES.items())


def a_row(kind: Kind, value: str = "", display: str = "", choices: tuple[ChoiceView, ...] = (), **more) -> Row:
    base = Row(
        path="/data/q", name="q", number="1.1", kind=kind, datatype=Datatype.STRING, title="Soru", title_rich="Soru",
        second="", second_rich="", guidance="", required=True, read_only=False, value=value, display=display or value,
        choices=choices, long_list=False, appearance=frozenset(), likert=False, problem=None,
    )  # fmt: skip
    return replace(base, **more)


def _helpers(search) -> Helpers:
    return Helpers(
        shown=lambda row: Shown(row.value), search=search, stored=lambda _name: b"", act=lambda _act, _path: None,
        explain=lambda: None, copy=lambda _name: None,
    )  # fmt: skip


class Asked:
    """A row on the screen, what it was given, and where it wanted to go."""

    def __init__(self, qtbot, row: Row, head: LikertHead | None = None) -> None:
        self.given: list[str] = []
        self.steps: list[int] = []
        self.row = QuestionRow(row, Shown(row.value), head, _helpers(self._search))
        self.row.committed.connect(lambda _path, raw: self.given.append(raw))
        self.row.step.connect(lambda _path, step: self.steps.append(step))
        qtbot.addWidget(self.row)
        self.row.resize(700, 300)
        with qtbot.waitExposed(self.row):
            self.row.show()
        self.row.activateWindow()
        qtbot.waitUntil(self.row.isActiveWindow)
        self.row.take_focus()

    @staticmethod
    def _search(_path: str, typed: str):
        from kume_desktop import turkish

        return tuple(choice for choice in DISTRICTS if turkish.fold(typed) in turkish.fold(choice.label))

    def type(self, text: str) -> None:
        for sign in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(QApplication.focusWidget(), event)

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_that_a_point_types_the_decimal_sign_and_the_stored_value_is_shown_back_formatted(qtbot):
    asked = Asked(qtbot, a_row(Kind.DECIMAL))
    for key in (Key.Key_1, Key.Key_2, Key.Key_Period, Key.Key_5):
        asked.press(key)
    asked.press(Key.Key_Return)
    assert asked.given == ["12,5"]
    assert asked.steps == [1]
    asked.row.show_row(a_row(Kind.DECIMAL, "1234.5", "1.234,5"), Shown("1234.5"))
    field = asked.row.input.field
    assert field.text() == "1234,5", "the field has the focus: the text that is edited"
    field.clearFocus()
    assert field.text() == "1.234,5"
    assert asked.given == ["12,5"], "showing a value commits nothing"


def test_that_a_date_keeps_its_points(qtbot):
    asked = Asked(qtbot, a_row(Kind.DATE))
    for sign in "22.11.2026":
        asked.press(Key(ord(sign)))
    asked.press(Key.Key_Tab)
    assert asked.given == ["22.11.2026"]


def test_that_leaving_commits_what_is_typed_once(qtbot):
    asked = Asked(qtbot, a_row(Kind.INTEGER))
    asked.type("42")
    asked.row.input.field.clearFocus()
    asked.row.input.flush()
    assert asked.given == ["42"]


def test_that_digits_in_a_text_stay_text_and_shift_enter_is_a_new_line(qtbot):
    asked = Asked(qtbot, a_row(Kind.TEXT, appearance=frozenset({"multiline"})))
    asked.type("3 kişi")
    asked.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    asked.type("eksik")
    asked.press(Key.Key_Return)
    assert asked.given == ["3 kişi\neksik"]


def test_that_control_characters_never_leave_a_text_field(qtbot):
    asked = Asked(qtbot, a_row(Kind.TEXT))
    asked.row.input.field.insertPlainText(" a\x00b\x07 ")
    asked.press(Key.Key_Return)
    assert asked.given == ["ab"]


def test_that_a_typed_text_survives_a_refresh_of_the_page(qtbot):
    asked = Asked(qtbot, a_row(Kind.TEXT, "eski"))
    asked.type(" ve yeni")
    asked.row.show_row(a_row(Kind.TEXT, "eski", title="Soru?"), Shown("eski"))
    assert asked.row.input.field.toPlainText() == "eski ve yeni"
    assert asked.row.input.unsent() == "eski ve yeni"


def test_that_only_offered_answers_have_keys_in_a_likert_row(qtbot):
    head = LikertHead(SCALE, (ChoiceView("na", "Uygulanamaz", "8", "na"), UNKNOWN))
    asked = Asked(qtbot, a_row(Kind.SELECT_ONE, choices=(*SCALE, UNKNOWN), likert=True), head)
    for key in (Key.Key_7, Key.Key_8, Key.Key_9, Key.Key_9):
        asked.press(key)
    assert asked.given == ["dk"]
    assert isinstance(asked.row.input, LikertInput)


def test_that_several_choices_toggle_in_the_order_of_the_list(qtbot):
    asked = Asked(qtbot, a_row(Kind.SELECT_MULTIPLE, choices=(*SCALE, UNKNOWN)))
    for key in (Key.Key_4, Key.Key_1, Key.Key_4, Key.Key_Delete):
        asked.press(key)
    assert asked.given == ["4", "1 4", "1", ""]
    assert isinstance(asked.row.input, ChoiceInput)


@pytest.mark.parametrize(("typed", "name"), [("izm", "izmir"), ("igd", "igdir"), ("SIR", "sirince")])
def test_that_a_long_list_finds_by_folded_letters_and_enter_takes(qtbot, typed, name):
    asked = Asked(qtbot, a_row(Kind.SELECT_ONE, choices=DISTRICTS, long_list=True))
    assert isinstance(asked.row.input, ListInput)
    asked.type(typed)
    asked.press(Key.Key_Return)
    assert asked.given == [name]


def test_that_a_long_list_of_several_keeps_what_was_chosen(qtbot):
    asked = Asked(qtbot, a_row(Kind.SELECT_MULTIPLE, "aliaga", "Aliağa", DISTRICTS, long_list=True))
    asked.type("çeş")
    asked.press(Key.Key_Return)
    assert asked.given == ["aliaga cesme"]
    asked.press(Key.Key_Down)
    assert asked.row.escape()
    assert not asked.row.escape()


def test_that_a_value_nobody_may_change_takes_no_focus(qtbot):
    asked = Asked(qtbot, a_row(Kind.TEXT, "F0001", read_only=True))
    assert not asked.row.takes_focus
    assert not isinstance(asked.row.input, FieldInput | TextInput)


def test_that_acts_are_stored_in_order_and_a_newer_answer_replaces_a_waiting_one(qtbot):
    full = [True]
    stored: list[str] = []

    def act(path: str, text: str) -> Act:
        def run() -> Saved:
            if full:
                raise Refused(problem("study.disk-full"))
            return Saved(datetime.now(UTC), (), path)

        return Act(path, run, lambda _saved: stored.append(text))

    recorder = Recorder()
    recorder.submit(act("/a", "a1"))
    recorder.submit(act("/b", "b"))
    recorder.submit(act("/a", "a2"))
    assert recorder.waiting == ("/b", "/a")
    assert recorder.state.kind is SaveKind.FAILED
    full.clear()
    recorder.retry()
    assert stored == ["b", "a2"]
    assert recorder.state.kind is SaveKind.SAVED


def test_that_the_way_on_names_the_next_section_and_ends_with_completing():
    def section(number: int, *screens: str, relevant: bool = True) -> SectionView:
        return SectionView(f"/s{number}", number, f"Bölüm {number}", 0, 1, 0, 0, screens, relevant, ())

    ways = RouteMap((section(1, "a", "b"), section(2, relevant=False), section(3, "c")))
    assert [stop.screen for stop in ways.stops] == ["a", "b", "c"]
    assert [ways.forward_word(screen) for screen in "abc"] == ["Sonraki", "Sonraki bölüm: Bölüm 3", "Tamamla…"]
    assert ways.beside("a", -1) is None
    assert ways.beside("c", -1).screen == "b"


TWELVE = tuple(ChoiceView(f"k{n}", f"Kurum {chr(64 + n)}", "", "") for n in range(1, 13))


def test_that_in_a_list_of_more_than_ten_two_digits_choose_and_reserve_keys_stay_one(qtbot):
    asked = Asked(qtbot, a_row(Kind.SELECT_MULTIPLE, choices=(*TWELVE, UNKNOWN)))
    asked.type("1")
    assert asked.given == [], "the first of two waits"
    asked.type("2")
    asked.type("22")
    assert asked.given == ["k2", "k2 k12"], "11 is the first, 12 the second, 22 the twelfth"
    asked.type("1")
    asked.press(Key.Key_Left)
    asked.type("9")
    assert asked.given[-1] == "k2 k12 dk", "a digit left alone chooses nothing"


def test_that_a_long_order_is_given_by_two_digits(qtbot):
    asked = Asked(qtbot, a_row(Kind.RANK, choices=TWELVE))
    asked.type("1211")
    assert asked.row.input.unsent() == "k2 k1"
    assert asked.row.input.span == "11–22"


def test_that_a_second_mark_shows_that_the_first_set_thousands_apart(qtbot):
    asked = Asked(qtbot, a_row(Kind.INTEGER))
    asked.type("1.250.000")
    assert asked.row.input.field.text() == "1.250.000"
    asked.press(Key.Key_Return)
    assert asked.given == ["1.250.000"]


def test_that_a_point_after_a_typed_comma_stays_a_point(qtbot):
    asked = Asked(qtbot, a_row(Kind.DECIMAL))
    asked.type("1,250.75")
    assert asked.row.input.field.text() == "1,250.75", "else it would read 1,250,75"


def test_that_one_point_is_the_decimal_sign(qtbot):
    asked = Asked(qtbot, a_row(Kind.DECIMAL))
    asked.type("12.5")
    assert asked.row.input.field.text() in {"12,5", "12.5"}


COMMON = ("Hammadde alımı", "Makine kullanımı", "Eğitim", "Fuar katılımı", "Depolama", "Ürün geliştirme", "Hiçbiri")
KEYED = (*(ChoiceView(str(n), label, str(n), "") for n, label in enumerate(COMMON, start=1)), UNKNOWN)


@pytest.mark.parametrize(
    ("more", "key", "given"),
    [
        ("Diğer", "i", "96"),
        ("İhracat", "i", "96"),
        ("Lojistik", "l", "96"),
        ("Mal alımı", "a", "96"),
        ("Fd. m.", "a", "96"),
    ],
)
def test_that_what_the_codes_of_the_form_leave_without_a_digit_is_chosen_by_a_letter_of_its_own(
    qtbot, more, key, given
):
    left = ChoiceView("96", more, "", "")
    asked = Asked(qtbot, a_row(Kind.SELECT_MULTIPLE, choices=(*KEYED, left)))
    assert asked.row.input.span == f"1–7, {'İ' if key == 'i' else key.upper()}"
    asked.type(key)
    assert asked.given == [given]
    asked.type("d")
    assert asked.given == [given], "a letter that is no key goes to what begins with it"


def test_that_no_choice_of_a_real_form_is_without_a_key():
    from kume_desktop.gui.interview.choices import numbered

    words = tuple(ChoiceView(f"k{n}", f"Kurum {n}", "", "") for n in range(9))
    for choices in (words, KEYED, (*KEYED, *words), TWELVE):
        keys = [choice.key for choice in numbered(choices)]
        assert all(keys)
        assert len(set(keys)) == len(keys)


def test_that_what_is_typed_for_a_long_list_outlives_tab_and_is_taken_after_it(qtbot):
    asked = Asked(qtbot, a_row(Kind.SELECT_ONE, choices=DISTRICTS, long_list=True))
    field = asked.row.input.field
    asked.type("igd")
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert (asked.given, field.text()) == ([], "igd"), "nothing is taken by Tab, and nothing lost"
    said = [label.text() for label in asked.row.input.findChildren(QLabel) if label.isVisible()]
    assert "“igd” henüz seçilmedi. Enter ya da ↓ eşleşenleri açar, Esc vazgeçer." in said
    asked.row.show_row(a_row(Kind.SELECT_ONE, choices=DISTRICTS, long_list=True, title="Soru?"), Shown(""))
    assert field.text() == "igd"
    asked.press(Key.Key_Return)
    asked.press(Key.Key_Return)
    assert asked.given == ["igdir"]


def test_that_the_whole_list_is_shown_where_nothing_matches(qtbot):
    asked = Asked(qtbot, a_row(Kind.SELECT_ONE, choices=DISTRICTS, long_list=True))
    asked.type("xyz")
    asked.press(Key.Key_Down)
    asked.press(Key.Key_Down)
    asked.press(Key.Key_Return)
    assert asked.given == ["cesme"]
