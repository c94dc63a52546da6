"""One screen of an interview: stem and scale words that stay, the rows, and the two buttons below them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.folded import Folds
from kume_desktop.gui.interview.foot import Foot
from kume_desktop.gui.interview.inputs import step_of
from kume_desktop.gui.interview.likert import LikertHeads
from kume_desktop.gui.interview.rich_label import RichLabel
from kume_desktop.gui.interview.row_scroll import RowScroll
from kume_desktop.gui.interview.rows import BLEED, Helpers, QuestionRow, holds_focus, number_width
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import RepeatView, Row, Screen
from kume_desktop.texts import N_, _, tr

AT_ONCE = 6
"""So many questions are made before the screen is drawn; those below them follow once it is."""


class ScreenHead(QWidget):
    """Stem and column heads; it stands above the scrolling rows and stays."""

    def __init__(self, screen: Screen, helpers: Helpers) -> None:
        super().__init__()
        margin = theme.metrics().margin
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(margin, 6 if theme.is_compact() else 16, margin, 0)
        self._outer.setSpacing(6 if theme.is_compact() else 7)
        words = self._words(screen, helpers.explain)
        media, play = helpers.media, helpers.play
        if screen.likert is None:
            self._outer.addLayout(words)
        elif theme.is_compact():  # beside the heads a stem would stand in so many lines that rows are lost
            self._outer.addLayout(words)
            self._outer.addWidget(LikertHeads(screen.likert, media, play), 0, Qt.AlignmentFlag.AlignRight)
        else:
            line = QHBoxLayout()
            line.setSpacing(16)
            line.addLayout(words, 1)
            line.addWidget(LikertHeads(screen.likert, media, play), 0, Qt.AlignmentFlag.AlignBottom)
            self._outer.addLayout(line)
        if screen.likert is not None:
            self._outer.addWidget(Rule())

    @staticmethod
    def _words(screen: Screen, explain: Callable[[], object]) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        if screen.repeat is not None:
            words.addWidget(Label(_repeat_title(screen.repeat), Role.SECTION, wrap=True))
            if not screen.repeat.count:
                words.addWidget(Label(_(N_("There is no row here yet.")), Role.BODY, Tone.TEXT2))
        if screen.stem_rich:
            compact = theme.is_compact()
            stem = RichLabel(Role.ROW_TITLE if compact else Role.SECTION, weight=fonts.SEMIBOLD)
            stem.show_text(screen.stem_rich)
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(stem, 1, Qt.AlignmentFlag.AlignTop)
            if not compact:
                line.addWidget(_help_button(explain), 0, Qt.AlignmentFlag.AlignTop)
            words.addLayout(line)
        elif screen.title:
            words.addWidget(Label(screen.title, Role.SECTION, wrap=True))
        words.addStretch(1)
        return words

    def leave_room(self, right: int) -> None:
        """Keep the columns above the rows when a scroll bar takes `right` pixels from them."""
        margins = self._outer.contentsMargins()
        margins.setRight(theme.metrics().margin + right)
        self._outer.setContentsMargins(margins)


class ScreenView(QWidget):
    """Shows one screen at a time and changes it in place; `current_changed` tells which question has the focus."""

    committed = Signal(str, str)
    typed = Signal(str, str)
    attached = Signal(str, object)
    edited = Signal(str, str, str)
    begun = Signal(str, str, str)
    row_asked = Signal()
    row_unwanted = Signal()
    current_changed = Signal(str)
    focus_moved = Signal()
    next_asked = Signal()
    back_asked = Signal()

    def __init__(self, helpers: Helpers) -> None:
        super().__init__()
        self._helpers = helpers
        self._screen: Screen | None = None
        self._rows: dict[str, QuestionRow] = {}
        self._folds = Folds(helpers.kept, self.committed.emit, BLEED, number_width())
        self._current = ""
        self._puts_off = False
        self._locked = False
        self._below = QTimer(self)
        self._below.setSingleShot(True)
        self._below.timeout.connect(self._make_rest)
        self._head: ScreenHead | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = RowScroll()
        self._scroll.drawn.connect(lambda: self._below.start(0) if self._puts_off else None)
        self._scroll.bar_changed.connect(lambda _width: self._align_head())
        self.foot = Foot()
        self.back, self.forward = self.foot.back, self.foot.forward
        self._column.addWidget(self._scroll, 1)
        self._column.addLayout(self.foot)
        self.back.clicked.connect(self.back_asked)
        self.forward.clicked.connect(self.next_asked)
        self.foot.more.clicked.connect(self.row_asked)
        self.foot.less.clicked.connect(self.row_unwanted)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def screen_path(self) -> str:
        """The path of the screen that is shown, '' before the first."""
        return self._screen.path if self._screen is not None else ""

    @property
    def current(self) -> str:
        """The path of the question that has, or had last, the focus."""
        return self._current

    @property
    def in_foot(self) -> bool:
        """Whether one of the two buttons below the rows has the focus."""
        return self.foot.has_focus

    @property
    def rows(self) -> tuple[QuestionRow, ...]:
        """The rows in order."""
        self._make_rest()
        return tuple(self._rows.values())

    def row(self, path: str) -> QuestionRow | None:
        """The row of a question of this screen; why a number is blank stands in the number's row."""
        if path not in self._rows and self._screen is not None and _holds(self._screen, path):
            self._make_rest()
        return self._rows.get(_shown_at(self._rows, path))

    @property
    def stem(self) -> str:
        """The text that stands above the battery, '' where there is none."""
        return self._screen.stem if self._screen is not None else ""

    def set_forward(self, word: str) -> None:
        """What the primary button says."""
        if self.forward.text() != word:
            self.forward.setText(word)

    def show_screen(self, screen: Screen, *, locked: bool = False) -> None:
        """Show `screen`, in place where rows of it are shown already; `locked` rows can be read only."""
        self._locked = locked
        if locked:
            repeat = replace(screen.repeat, can_change=False) if screen.repeat is not None else None
            rows = tuple(replace(row, read_only=True) for row in screen.rows)
            screen = replace(screen, rows=rows, repeat=repeat)
        if self._screen is None or not _same_head(self._screen, screen):
            self._renew_head(screen)
        if any(row.path in self._rows for row in screen.rows):
            self._screen, self._puts_off = screen, False
            self._show_rows(screen)
        else:
            self._clear()
            self._screen = screen
            at_once = screen.rows if screen.likert else screen.rows[:AT_ONCE]
            with self._scroll.held():
                self._show_rows(replace(screen, rows=at_once))
            self._puts_off = len(at_once) < len(screen.rows)
        self.foot.offer_rows(screen.repeat)

    def _make_rest(self) -> None:
        """Make the rows that were put off, where there are any; whoever asks for them finds them."""
        if self._puts_off and self._screen is not None:
            self._puts_off = False
            self._show_rows(self._screen)

    @property
    def repeat(self) -> RepeatView | None:
        """The repeat row that is shown, where a person may add and remove rows."""
        repeat = self._screen.repeat if self._screen is not None else None
        return repeat if repeat is not None and repeat.can_change else None

    def _renew_head(self, screen: Screen) -> None:
        if self._head is not None:
            self._column.removeWidget(self._head)
            self._head.hide()
            self._head.deleteLater()
        self._head = None
        if screen.likert or screen.stem or screen.title or screen.repeat:
            self._head = ScreenHead(screen, self._helpers)
            self._column.insertWidget(0, self._head)
        self._align_head()

    def _clear(self) -> None:
        # The row with the focus goes last: each row that goes would hand it to the next.
        gone = sorted((*self._rows.values(), *self._folds.rows.values()), key=holds_focus)
        self._folds.rows.clear()
        self._rows, self._current, self._puts_off = {}, "", False
        for row in gone:
            self._scroll.drop(row)
        self._scroll.to_top()

    def _show_rows(self, screen: Screen) -> None:
        wanted = {row.path for row in screen.rows}
        back = self._folds.focused
        back = back if back in wanted else ""
        refocus = back or _after_gone(self._rows, self._current, wanted)
        for gone in self._folds.fold_away(self._rows, wanted):
            self._scroll.drop(gone)
        for place, path in enumerate(self._folds.among([row.path for row in screen.rows])):
            row = next((row for row in screen.rows if row.path == path), None)
            if row is not None:
                self._put(place, row, screen)
            else:
                self._scroll.put(place, self._folds.rows[path])
        self._rows = {row.path: self._rows[row.path] for row in screen.rows}
        self._folds.cause = None
        if refocus:
            self.focus_row(refocus)

    def _put(self, place: int, row: Row, screen: Screen) -> None:
        shown = self._helpers.shown(row)
        there = self._rows.get(row.path)
        if there is not None and there.row.likert == row.likert:
            there.show_row(row, shown)
            self._scroll.put(place, there)
            return
        if there is not None:
            self._scroll.drop(there)
        made = QuestionRow(row, shown, screen.likert, self._helpers)
        made.committed.connect(lambda path, _raw: self._folds.note(path, made.row))
        made.committed.connect(self.committed)
        made.attached.connect(self.attached)
        made.typed.connect(self.typed)
        made.edited.connect(self.edited)
        made.begun.connect(self.begun)
        made.step.connect(self._step)
        made.asked.connect(self.focus_moved)
        self._scroll.put(place, made)
        self._rows[row.path] = made

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from row to row, through the links of a row's notes, and then to the two buttons."""
        self._make_rest()
        chain: list[QWidget] = []
        for path in self._folds.among(list(self._rows)):
            if path in self._rows:
                chain += self._rows[path].tab_stops()
            else:
                chain.append(self._folds.rows[path].button)
        chain += self.foot.stops
        focus = QApplication.focusWidget()
        place = chain.index(focus) if focus in chain else -1
        wanted = place + (1 if forward else -1)
        if place < 0 or not 0 <= wanted < len(chain):
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        chain[wanted].setFocus(reason)
        return True

    def focus_row(self, path: str) -> bool:
        """Put the focus on a question; False where it is not on this screen or takes no answer."""
        there = self.row(path)
        if there is None:
            return False
        path = there.path
        if there.takes_focus:
            there.take_focus()
        else:
            self._become(path)
        self._scroll.reveal(there)
        return there.takes_focus

    def focus_first(self, *, empty: bool = False) -> None:
        """Put the focus on the first question (`empty`: the first without an answer), else on the primary button."""
        takers = [row for row in self._rows.values() if row.takes_focus]
        if empty or not takers:
            takers = [row for row in self.rows if row.takes_focus]
        open_ones = [row for row in takers if empty and not (row.shown.value or row.row.is_answered)]
        for row in (*open_ones[:1], *takers[:1]):
            self.focus_row(row.path)
            return
        if self._locked and self._rows:
            self._become(next(iter(self._rows)))
        self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, path: str, step: int) -> None:
        takers = [row.path for row in self.rows if row.takes_focus or row.path == path]
        place = takers.index(path) + step if path in takers else 0
        if place < 0:
            return
        if place < len(takers):
            self.focus_row(takers[place])
        else:
            self.forward.setFocus(Qt.FocusReason.TabFocusReason)

    def advance(self, path: str) -> None:
        """Go on from a question that was answered: the next row of the page, or the primary button."""
        self._step(_shown_at(self._rows, path), 1)

    def flush(self) -> None:
        """Commit what is typed in the field that has the focus."""
        row = self._rows.get(self._current)
        if row is not None and row.input is not None:
            row.input.flush()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        for path, row in self._rows.items():
            if row is new or row.isAncestorOf(new):
                self._become(path)
                self._scroll.reveal(row)
                break
        self.focus_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down from the two buttons: the last row, or the text where nothing can be answered.

        In a completed interview they go from row to row: a note can be written at each.
        """
        step = step_of(event, (Qt.Key.Key_Up,), (Qt.Key.Key_Down,)) if self.in_foot else 0
        takers = [row.path for row in self.rows if row.takes_focus]
        if not step:
            super().keyPressEvent(event)
        elif not takers:
            beside = _beside(self.rows, self._current, step) if self._locked else None
            if beside is None:
                self._scroll.turn(step)
            else:
                self._become(beside.path)
                self._scroll.reveal(beside)
        elif step < 0:
            self.focus_row(takers[-1])

    def _become(self, path: str) -> None:
        for other, row in self._rows.items():
            row.set_current(other == path)
        if path != self._current:
            self._current = path
            self.current_changed.emit(path)

    def _align_head(self) -> None:
        if self._head is not None:
            self._head.leave_room(self._scroll.bar_width)


def _shown_at(rows: Mapping[str, QuestionRow], path: str) -> str:
    """The row in which a question stands: why a number is blank stands in the number's."""
    if path in rows:
        return path
    beside = {row.row.reason.path: each for each, row in rows.items() if row.row.reason is not None}
    return beside.get(path, path)


def _holds(screen: Screen, path: str) -> bool:
    """Whether a question, or why its number is blank, is asked on the screen."""
    return any(path == row.path or (row.reason is not None and path == row.reason.path) for row in screen.rows)


def _after_gone(rows: Mapping[str, QuestionRow], current: str, wanted: set[str]) -> str:
    """Where the focus goes when its row folds away: the next row that stays, or the one before."""
    order = list(rows)
    here = rows.get(current)
    if here is None or current in wanted or not holds_focus(here):
        return ""
    place = order.index(current)
    staying = [path for path in (*order[place:], *reversed(order[:place])) if path in wanted]
    return staying[0] if staying else ""


def _same_head(one: Screen, other: Screen) -> bool:
    return (one.path, one.stem_rich, one.title, one.likert, one.repeat) == (
        other.path, other.stem_rich, other.title, other.likert, other.repeat,
    )  # fmt: skip


def _help_button(explain: Callable[[], object]) -> IconButton:
    made = IconButton("circle-question-mark", _(N_("Explanation (F2)")))
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    made.clicked.connect(lambda _checked=False: explain())
    return made


def _repeat_title(repeat: RepeatView) -> str:
    if not repeat.count:
        return repeat.title
    return tr(N_("{title} · {position} of {count}"), title=repeat.title, position=repeat.position, count=repeat.count)


def _beside(rows: Sequence[QuestionRow], current: str, step: int) -> QuestionRow | None:
    """The row before or after the current one; None where there is none, or the current one is cut off."""
    here = next((place for place, row in enumerate(rows) if row.path == current), 0)
    if not 0 <= here + step < len(rows) or rows[here].visibleRegion().boundingRect().height() < rows[here].height():
        return None
    return rows[here + step]
