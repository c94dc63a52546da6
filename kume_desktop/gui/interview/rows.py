"""A question on the screen: number, title, hint, the answer widget, and the notes under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.attaching import AttachmentInput, Copy, Stored
from kume_desktop.gui.interview.choices import AcknowledgeInput, ChoiceInput, NoChoiceInput, PointsInput
from kume_desktop.gui.interview.course import Shown
from kume_desktop.gui.interview.earlier import TAKE_OVER, EarlierLine
from kume_desktop.gui.interview.fields import FieldInput, FixedValue, NumberInput, TextInput
from kume_desktop.gui.interview.inputs import ENTER, AnswerInput, step_of
from kume_desktop.gui.interview.likert import LikertInput
from kume_desktop.gui.interview.listing import ListInput, Search
from kume_desktop.gui.interview.media import Media, MediaStrip, Play
from kume_desktop.gui.interview.notes import Act, NoteEditor, notes
from kume_desktop.gui.interview.ranking import RankInput
from kume_desktop.gui.interview.rich_label import RichLabel
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import ATTACHMENTS, PLACES, Kind
from kume_desktop.interview.page_model import LikertHead, Row
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.earlier_answers import EarlierAnswer

BLEED = 12
"""How far the band of the current row reaches beyond the text on both sides."""
_FIELDS = frozenset(
    {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.BARCODE, *PLACES}
)
_SELECTS = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
MOST_KEYS = 10
MOST_BUTTONS = 12
MOST_CHECKS = 30
TEXT_WIDTH = 720
"""About 80 characters: longer lines are hard to read aloud."""


def _no_media(file: str) -> bytes:
    raise Refused(problem("interview.media-missing", file=file))


@dataclass(frozen=True, slots=True)
class Helpers:
    """What rows need from outside: what to show, how to search long lists, files, what notes can do.

    `letters`: batteries are answered by letters too. `copy` saves a file of an answer, `media` and `play` give and
    open those of labels, `earlier` what an earlier wave holds, `kept` tells whether a question that folded away keeps
    an answer.
    """

    shown: Callable[[Row], Shown]
    search: Search
    stored: Stored
    act: Act
    explain: Callable[[], object]
    copy: Copy
    letters: bool = False
    media: Media = _no_media
    play: Play = _no_media
    earlier: Callable[[str], EarlierAnswer | None] = lambda _path: None
    kept: Callable[[str], bool] = lambda _path: False


def holds_focus(widget: QWidget) -> bool:
    """Whether the focus is on `widget` or inside it."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def number_width() -> int:
    """The width of the column of question numbers."""
    return theme.px(36 if theme.is_compact() else 48)


def make_input(row: Row, head: LikertHead | None, helpers: Helpers) -> AnswerInput | None:
    """The widget that answers `row`; None for a note."""
    if row.kind is Kind.NOTE:
        return None
    if row.kind in ATTACHMENTS:
        return AttachmentInput(row, helpers.stored, helpers.copy)
    if row.read_only and not row.likert:
        return FixedValue()
    if row.likert and head is not None:
        return LikertInput(row, head, letters=helpers.letters)
    if row.kind in _SELECTS:
        return _select_input(row, helpers)
    return _other_input(row, helpers)


def _select_input(row: Row, helpers: Helpers) -> AnswerInput:
    if _needs_list(row):
        return ListInput(row, helpers.search, helpers.media, helpers.play)
    return ChoiceInput(row, helpers.media, helpers.play) if row.choices else NoChoiceInput(row)


def _other_input(row: Row, helpers: Helpers) -> AnswerInput:
    if row.kind is Kind.RANK:
        return RankInput(row, helpers.media)
    if row.kind is Kind.ACKNOWLEDGE:
        return AcknowledgeInput(row)
    if row.kind is Kind.RANGE and row.choices and row.reason is None:
        return PointsInput(row)
    if row.reason is not None:
        return NumberInput(row)
    return FieldInput(row) if row.kind in _FIELDS or "masked" in row.appearance else TextInput(row)


def _needs_list(row: Row) -> bool:
    """Whether the choices are too many for buttons; forms that ask for a short shape get a list above ten."""
    ordinary = sum(not choice.missing for choice in row.choices)
    if row.kind is Kind.SELECT_MULTIPLE:
        return row.long_list or ordinary > MOST_CHECKS
    short = row.appearance & {"minimal", "autocomplete"}
    return row.long_list or ordinary > (MOST_KEYS if short else MOST_BUTTONS)


class QuestionRow(QWidget):
    """One row. It knows how it looks and which keys move; what an answer means it does not know."""

    committed = Signal(str, str)
    typed = Signal(str, str)
    attached = Signal(str, object)
    step = Signal(str, int)
    edited = Signal(str, str, str)
    begun = Signal(str, str, str)
    asked = Signal()

    def __init__(self, row: Row, shown: Shown, head: LikertHead | None, helpers: Helpers) -> None:
        super().__init__()
        self.row, self.shown = row, shown
        self._head, self._helpers, self._act = head, helpers, helpers.act
        self._current = False
        self._holds_focus = False
        self.input: AnswerInput | None = None
        self.editor: NoteEditor | None = None
        self._number = Label(row.number, Role.SECOND, Tone.TEXT2, tabular=True)
        self._second = RichLabel(Role.SECOND, Tone.TEXT2)
        self._title = RichLabel(Role.ROW_TITLE, weight=fonts.REGULAR if row.kind is Kind.NOTE else None)
        self._earlier = helpers.earlier(row.path) if row.earlier and row.kind not in ATTACHMENTS else None
        self._earlier_line: EarlierLine | None = None
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._notes = QVBoxLayout()
        self._lay_out()
        self._renew_input()
        self._show()

    @property
    def path(self) -> str:
        """The concrete path of the question."""
        return self.row.path

    @property
    def takes_focus(self) -> bool:
        """Whether there is something to answer."""
        return self.input is not None and not self.row.read_only

    def _lay_out(self) -> None:
        likert, compact = self.row.likert, theme.is_compact()
        pad = (3 if compact else 8) if likert else (7 if compact else 14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(BLEED, pad, BLEED, pad)
        whole.setSpacing(8 if not compact else 4)
        line = QHBoxLayout()
        line.setSpacing(0)
        self._number.setFixedWidth(number_width())
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter if likert else Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._body, 1)
        self._body.addLayout(self._words(), 1)
        whole.addLayout(line)
        self._notes.setContentsMargins(number_width(), 0, 0, 0)
        self._notes.setSpacing(4)
        whole.addLayout(self._notes)
        least = theme.metrics().question_row if likert else 0
        self.setMinimumHeight(least)

    def _words(self) -> QHBoxLayout:
        """Title and hint, in the middle of a Likert row, no wider than one reads with ease."""
        holder = QWidget()
        words = QVBoxLayout(holder)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._second)
        if self._earlier is not None:
            self._earlier_line = EarlierLine(self._earlier, self.row, self.take_over)
            words.addWidget(self._earlier_line)
        if self.row.media:
            words.addWidget(MediaStrip(self.row.media, self.row.title, self._helpers.media, self._helpers.play))
        if self.row.likert:
            words.insertStretch(0, 1)
            words.addStretch(1)
        else:
            holder.setMaximumWidth(theme.px(TEXT_WIDTH))
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(holder, 1)
        line.addStretch(0)
        return line

    def _renew_input(self) -> None:
        had_focus = self.input is not None and holds_focus(self.input)
        if self.input is not None:
            self._body.removeWidget(self.input)
            self.input.deleteLater()
        self.input = make_input(self.row, self._head, self._helpers)
        if self.input is None:
            return
        beside = self.row.likert or (theme.is_compact() and self.input.beside)
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(8 if not beside else 0 if self.row.likert else 16)
        middle = Qt.AlignmentFlag.AlignVCenter if self.row.likert else Qt.AlignmentFlag(0)
        self._body.addWidget(self.input, 0 if self.row.likert else 2 if beside else 0, middle)
        self.input.committed.connect(lambda raw: self.committed.emit(self.path, raw))
        self.input.reasoned.connect(self._give_reason)
        self.input.typed.connect(lambda text: self.typed.emit(self.path, text))
        self.input.typed.connect(lambda _text: self._ask_no_more())
        self.input.attached.connect(lambda what: self.attached.emit(self.path, what))
        if had_focus:
            self.input.take_focus()

    def _give_reason(self, name: str) -> None:
        """Why a number stays blank is the answer of the question beside it."""
        if self.row.reason is not None:
            self.committed.emit(self.row.reason.path, name)

    def show_row(self, row: Row, shown: Shown) -> None:
        """Show another state of the same question; where it is the same, what was typed another way is shown anew."""
        if (row, shown) == (self.row, self.shown):
            if self.input is not None and self.input.holds_text:
                self.input.show_answer(row, shown.value)
            return
        same_notes = (row.problem, row.number) == (self.row.problem, self.row.number) and _notes_of(shown) == _notes_of(
            self.shown
        )
        turned = row.read_only != self.row.read_only
        self.row, self.shown = row, shown
        if self.input is not None and (turned or not self.input.fits(row)):
            self._renew_input()
        self._show(same_notes=same_notes)

    def _show(self, *, same_notes: bool = False) -> None:
        row = self.row
        self._number.setText(row.number)
        plain = row.required or row.likert or row.read_only or row.kind is Kind.NOTE
        mark = "" if plain else _optional_mark()
        spaced = f'<p style="line-height:{theme.px(23)}px">{row.title_rich}</p>'
        self._title.show_text(spaced if row.kind is Kind.NOTE else row.title_rich + mark)
        self._second.show_text(row.second_rich)
        self._second.setVisible(bool(row.second_rich))
        if self.input is not None:
            self.input.show_answer(row, self.shown.value)
            self.input.set_refused(self.shown.refusal is not None)
        if self._earlier_line is not None:
            self._earlier_line.offer(self.offers_earlier)
        if self.shown.refusal is None:
            self._holds_focus = False
        if not same_notes:
            self._renew_notes()

    def _renew_notes(self) -> None:
        while self._notes.count():
            item = self._notes.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.editor:
                widget.hide()
                widget.deleteLater()
        for note in notes(self.row, self.shown, self._act):
            self._notes.addWidget(note)
        if self.editor is not None:
            self._notes.addWidget(self.editor)

    def set_current(self, current: bool) -> None:
        """Draw the row as the one the keys go to."""
        if current != self._current:
            self._current = current
            self._ask_no_more()
            self._title.set_strong(current)
            self._number.set_tone(Tone.ACCENT if current else Tone.TEXT2)
            self.update()

    def tab_stops(self) -> list[QWidget]:
        """What Tab visits in this row, from top to bottom."""
        tab = Qt.FocusPolicy.TabFocus
        stops = [
            child
            for child in self.findChildren(QWidget)
            if child.isVisibleTo(self) and child.isEnabled() and child.focusPolicy() & tab
        ]
        corners = [(child.mapTo(self, QPoint(0, 0)), child) for child in stops]
        return [child for _corner, child in sorted(corners, key=lambda pair: (pair[0].y(), pair[0].x()))]

    def hold_focus(self) -> None:
        """A value was refused just now: the next Enter stays here."""
        self._holds_focus = True

    def take_focus(self) -> None:
        """Put the focus where the answer is given."""
        if self.editor is not None:
            self.editor.take_focus()
        elif self.input is not None:
            self.input.take_focus()

    def take_over(self) -> None:
        """Give the answer of the earlier wave anew; never by Enter, and undone like every answer.

        What stands there, or is being typed, is replaced only at the second press.
        """
        line = self._earlier_line
        if self._earlier is None or line is None or not self.offers_earlier:
            return
        there = _stands_in(self)
        if there and not line.asks:
            self.take_focus()
            line.ask(there)
            self.asked.emit()
            return
        line.let_go()
        if self.input is not None:
            self.input.drop()
            self.take_focus()
        self.committed.emit(self.path, self._earlier.raw)

    @property
    def asks_to_replace(self) -> bool:
        """Whether the next press of the key puts the earlier answer in the place of this one."""
        return self._earlier_line is not None and self._earlier_line.asks

    def _ask_no_more(self) -> bool:
        """Let what stands there stand; False where nothing was asked."""
        if not self.asks_to_replace or self._earlier_line is None:
            return False
        self._earlier_line.let_go()
        self.asked.emit()
        return True

    @property
    def offers_earlier(self) -> bool:
        """Whether an earlier wave holds another answer that may be given now."""
        return self._earlier is not None and self.takes_focus and self.row.value != self._earlier.raw

    def edit(self, kind: str, title: str, text: str, *, needed: bool = False) -> None:
        """Open the editor for a reason (`needed`) or a comment; `edited(path, kind, text)` follows when it is kept."""
        self.close_editor(given_up=False)
        editor = NoteEditor(kind, title, text, f"{title} {self.row.number}", needed=needed)
        editor.kept.connect(lambda kept: self._keep(kind, kept))
        editor.typed.connect(lambda typed: self.begun.emit(self.path, kind, typed))
        editor.left.connect(self.close_editor)
        self.editor = editor
        self._notes.addWidget(editor)
        editor.take_focus()

    @property
    def goes_on(self) -> bool:
        """Whether an answer given here sends the focus to the next row."""
        return self.input is not None and self.input.advances and holds_focus(self.input)

    def escape(self) -> bool:
        """Close the editor or the list of the row, or let an answer stand; False where nothing is open."""
        return self._ask_no_more() or self.close_editor() or (self.input is not None and self.input.escape())

    def close_editor(self, *, given_up: bool = True) -> bool:
        """Close the editor without keeping its text; False where none was open."""
        if self.editor is None:
            return False
        if given_up:
            self.begun.emit(self.path, self.editor.kind, "")
        editor, self.editor = self.editor, None
        had_focus = holds_focus(editor)
        editor.hide()
        editor.deleteLater()
        if had_focus and self.takes_focus:
            self.take_focus()
        elif had_focus:
            self.step.emit(self.path, 1)
        return True

    def _keep(self, kind: str, text: str) -> None:
        self.close_editor(given_up=False)
        self.edited.emit(self.path, kind, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys go to the input, Up, Down and Enter move between rows."""
        if event.key() not in {TAKE_OVER, Qt.Key.Key_Escape}:
            self._ask_no_more()
        if self.input is not None and self.editor is None and self.input.press(event):
            return
        if event.key() == TAKE_OVER and self._earlier is not None and not event.modifiers():
            if not event.isAutoRepeat():
                self.take_over()
            return
        step = step_of(event, (Qt.Key.Key_Up,), (Qt.Key.Key_Down, *ENTER))
        if not step:
            event.ignore()
        elif event.key() in ENTER and self._holds_focus:
            self._holds_focus = False
        else:
            self.step.emit(self.path, step)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the band and the bar of the current row, and the line below a Likert row."""
        painter = QPainter(self)
        width, height = self.width(), self.height()
        if self.row.likert:
            painter.fillRect(QRect(BLEED, height - 1, width - 2 * BLEED, 1), theme.colour(Tone.LINE))
        if self._current:
            if self.row.likert:
                painter.fillRect(self.rect(), theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRect(0, 0, 3, height), theme.colour(Tone.ACCENT))


def _stands_in(row: QuestionRow) -> str:
    """What is being typed, was refused or is stored, as people read it; '' for nothing."""
    typed = row.input.unsent() if row.input is not None else None
    return typed or (row.shown.value if row.shown.refusal is not None else row.row.display or row.row.value)


def _notes_of(shown: Shown) -> tuple[object, ...]:
    return shown.refusal, shown.comment, shown.later, shown.draft, shown.note_draft, shown.reason_draft, shown.files


def _optional_mark() -> str:
    words = _(N_("optional")).replace(" ", "&nbsp;")
    size, tone = fonts.size(Role.SECOND), theme.code(Tone.TEXT2)
    return f'&nbsp;&nbsp; <span style="font-size:{size}px; font-weight:400; color:{tone}">{words}</span>'
