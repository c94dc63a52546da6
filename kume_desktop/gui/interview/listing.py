"""A long list as a field one types into: districts, firms, NACE codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import CLEAR, ENTER, AnswerInput, question_name, step_of
from kume_desktop.gui.interview.media import Media, MediaStrip, Play, picture
from kume_desktop.gui.interview.reserve import ReserveBar
from kume_desktop.gui.interview.side_panel import emptied
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import ChoiceView, Row
from kume_desktop.texts import N_, _, tr

Search = Callable[[str, str], Sequence[ChoiceView]]
"""(path, typed text) -> the choices that match, best first."""

LINES = 6
WIDTH = 480
LIST_WIDTH = 640
_UNMATCHED = N_("Nothing in the list matches “{typed}”; nothing is stored. Type fewer letters; ↓ shows the whole list.")
_UNCHOSEN = N_("“{typed}” is not chosen yet. Enter or ↓ shows what matches, Esc gives it up.")
_AROUND_HINT = 64
"""Padding, magnifier and cursor of the field."""
IN_LINE = 48
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ChoiceList(QAbstractListModel):
    """The choices that match what is typed; chosen ones have a check mark."""

    def __init__(self, parent: QObject | None = None, media: Media | None = None) -> None:
        super().__init__(parent)
        self._media = media
        self._pictures: dict[str, QPixmap | None] = {}
        self._choices: Sequence[ChoiceView] = ()
        self._chosen: tuple[str, ...] = ()

    def show(self, choices: Sequence[ChoiceView], chosen: tuple[str, ...]) -> None:
        """Show other choices."""
        self.beginResetModel()
        self._choices, self._chosen = choices, chosen
        self.endResetModel()

    def choice(self, row: int) -> ChoiceView | None:
        """The choice in a row."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """The number of matches."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Label and check mark."""
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return choice.label
        if role == Qt.ItemDataRole.DecorationRole:
            return self._decoration(choice)
        return None

    def _decoration(self, choice: ChoiceView) -> object:
        """The check mark of a chosen one, else its picture; nothing where no line has either."""
        if choice.name in self._chosen:
            return icons.icon("check", icons.ROW, Tone.ACCENT)
        return self._picture(choice) or (QIcon() if self._chosen else None)

    def _picture(self, choice: ChoiceView) -> QPixmap | None:
        if not choice.media or self._media is None:
            return None
        if choice.name not in self._pictures:
            side = theme.px(IN_LINE)
            self._pictures[choice.name] = picture(choice.media, self._media, side, side)
        return self._pictures[choice.name]


class _Popup(QListView):
    """The matches below the field: whole words on as many lines as they need, and as high as the first of them."""

    def __init__(self, model: ChoiceList, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setFont(fonts.font(Role.BODY))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setMaximumWidth(theme.px(LIST_WIDTH))
        self.setIconSize(QSize(theme.px(IN_LINE), theme.px(IN_LINE)))
        self.setObjectName("popup")
        self.setStyleSheet(f"QListView::item {{ min-height: {theme.metrics().table_row}px; }}")

    def fit(self) -> None:
        """As high as the first lines."""
        self.doItemsLayout()
        model = self.model()
        lines = (self.visualRect(model.index(row, 0)).height() for row in range(min(LINES, model.rowCount())))
        self.setFixedHeight(max(theme.metrics().table_row, sum(lines)) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


class _TypeField(TextField):
    """The field of the list; it lends Up, Down and Enter."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the text, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()


class ListInput(AnswerInput):
    """One or several of many choices: type to find, arrows to move, Enter to take."""

    beside = True
    holds_text = True

    def __init__(self, row: Row, search: Search, media: Media | None = None, play: Play | None = None) -> None:
        super().__init__()
        self._media, self._play = media, play
        self._played: tuple[str, ...] = ()
        self._many = row.kind is Kind.SELECT_MULTIPLE
        self.advances = not self._many
        self._path, self._search = row.path, search
        self._chosen: tuple[str, ...] = ()
        self._label = ""
        self.field = _TypeField(question_name(row), "", _(N_("Type to find, ↓ shows the list")))
        self.field.setToolTip(_(N_("Type to find; ↓ shows the list, Enter takes, Esc closes")))
        self.field.setMaximumWidth(WIDTH)
        self.field.setMinimumWidth(min(WIDTH, self._hint_width()))
        self.field.addAction(icons.icon("search", icons.ROW, Tone.TEXT2), QLineEdit.ActionPosition.LeadingPosition)
        self._model = ChoiceList(self, media)
        self._list = _Popup(self._model, question_name(row))
        self._list.clicked.connect(lambda index: self._take(index.row()))
        self._list.hide()
        self._reserves = row.reserves
        self.beside = not row.reserves
        self.bar = ReserveBar(row, row.reserves, bare=not row.long_list and not _has_figures(row.choices))
        self.bar.chosen.connect(self._toggle)
        if not row.reserves:
            self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.field, 2, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.bar, 3)
        if not row.reserves:
            line.addStretch(3)
        column.addLayout(line)
        column.addWidget(self._list)
        self._none = Label("", Role.SECOND, Tone.WARN, wrap=True)
        self._none.hide()
        column.addWidget(self._none)
        self._said = Label("", Role.BODY, weight=fonts.SEMIBOLD, wrap=True)
        self._said.hide()
        column.addWidget(self._said)
        self._strips = QVBoxLayout()
        column.addLayout(self._strips)
        self.field.textEdited.connect(self._open)
        self.field.installEventFilter(self)

    def _hint_width(self) -> int:
        """What the words in the empty field need: they say how the list is worked."""
        return self.field.fontMetrics().horizontalAdvance(self.field.placeholderText()) + _AROUND_HINT

    def fits(self, row: Row) -> bool:
        """Whether it is the same list question."""
        same = row.path == self._path and row.reserves == self._reserves
        return same and (row.kind is Kind.SELECT_MULTIPLE) == self._many and row.kind is not Kind.RANK

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the label of what is chosen."""
        self._chosen = tuple(shown.split()) if self._many else (shown,) if shown else ()
        reserve = next((choice.name for choice in self._reserves if choice.name in self._chosen), "")
        self._label = "" if reserve and not self._many else row.display if shown == row.value else shown
        self.bar.show_chosen(reserve, locked=row.read_only)
        self.field.setReadOnly(row.read_only)
        self._said.setText(self._label if self._many else "")
        self._said.setHidden(not self._said.text())
        self._show_media()
        if not self.is_open:
            self._show_label()
        elif not self._is_unmatched:
            self._fill(self.field.text())

    def _show_media(self) -> None:
        """What the chosen ones show or play besides their words."""
        if self._chosen == self._played or self._media is None or self._play is None:
            return
        self._played = self._chosen
        emptied(self._strips)
        for name in self._chosen:
            found = self._search(self._path, name)
            choice = next((each for each in found if each.name == name), None)
            if choice is not None and choice.media:
                self._strips.addWidget(MediaStrip(choice.media, choice.label, self._media, self._play))

    @property
    def is_open(self) -> bool:
        """Whether the list is shown, or why it is empty."""
        return not self._list.isHidden() or self._is_unmatched

    @property
    def _is_unmatched(self) -> bool:
        """Whether a text stands in the field that no option matches, or that was left before one was taken."""
        return not self._none.isHidden()

    def take_focus(self) -> None:
        """The field."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def set_refused(self, refused: bool) -> None:
        """Draw the red border or take it away."""
        self.field.set_refused(refused)

    def escape(self) -> bool:
        """Close the list and show the stored answer again."""
        if not self.is_open:
            return False
        self._close()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the field keeps the focus."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() is QEvent.Type.FocusOut and self.is_open and not self._is_unmatched:
            self._leave()
        elif event.type() is QEvent.Type.MouseButtonPress and not self.is_open:
            self._open("")
        return super().eventFilter(watched, event)

    def press(self, event: QKeyEvent) -> bool:
        """On a reserve button: its digits, Left and Right, Delete; a letter goes on in the field."""
        if not self.bar.has_focus:
            return False
        if event.key() in CLEAR:
            self._give(())
            return True
        if event.text().isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.clear()
            self.field.insert(event.text())
            self._open(event.text())
            return True
        return self._by_reserve(event) or self.bar.walk(event)

    def _by_reserve(self, event: QKeyEvent) -> bool:
        """Ctrl and its digit, or the digit alone where no choice has figures, give a reserve answer.

        A digit behind other letters belongs to what is being typed.
        """
        typing = self.field.hasFocus() and self.is_open and bool(self.field.text())
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        name = "" if self.field.isReadOnly() or (typing and plain) else self.bar.named(event)
        if name:
            self._toggle(name)
        return bool(name)

    def _toggle(self, name: str) -> None:
        self._close()
        if self._many:
            self._give(tuple(each for each in (*self._chosen, name) if each != name or name not in self._chosen))
        else:
            self._label = ""
            self.bar.show_chosen(name)
            self._show_label()
            self._give((name,))

    def _key(self, event: QKeyEvent) -> bool:
        if self._by_reserve(event):
            return True
        step = step_of(event, (Qt.Key.Key_Up,), (Qt.Key.Key_Down,))
        if step and (self.is_open or step > 0):
            if not self.is_open:
                self._open("")
            elif self._is_unmatched:
                self._fill(self.field.text())
                if self._is_unmatched:
                    self._fill("")
            else:
                self._select(self._list.currentIndex().row() + step)
            return True
        if event.key() in ENTER and self.is_open and not event.modifiers():
            self._enter()
            return True
        return False

    def _enter(self) -> None:
        if self._is_unmatched:
            self._fill(self.field.text())
        elif not self.field.text().strip() and not self._many and self._list.currentIndex().row() <= 0:
            self._close()
            self._give(())
        else:
            self._take(self._list.currentIndex().row())

    def _open(self, typed: str) -> None:
        if self.field.isReadOnly():
            return
        self._fill(typed)

    def _fill(self, typed: str) -> None:
        found = self._search(self._path, typed.strip())
        self._model.show(found, self._chosen)
        chosen = next((place for place, choice in enumerate(found) if choice.name in self._chosen), 0)
        self._select(0 if typed else chosen)
        self._list.setHidden(not found)
        self._list.fit()
        self._say("" if found or not typed.strip() else tr(_UNMATCHED, typed=typed.strip()))
        if typed and found:
            announce(self.field, tr(N_("{count} found"), count=len(found)))

    def _say(self, why: str) -> None:
        """Say below the field why what was typed is no answer; '' takes it back."""
        self._none.setText(why)
        self._none.setHidden(not why)
        announce(self.field, why)

    def _leave(self) -> None:
        """The focus goes while the list is open: what was typed stays, with what is missing to make it an answer."""
        typed = self.field.text().strip()
        if typed in {"", self._label}:
            self._close()
            return
        self._list.hide()
        self._say(tr(_UNCHOSEN, typed=typed))

    def _select(self, row: int) -> None:
        last = self._model.rowCount() - 1
        index = self._model.index(min(max(row, 0), last), 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    def _take(self, row: int) -> None:
        choice = self._model.choice(row)
        if choice is None:
            return
        if not self._many:
            self._label = "" if choice.missing else choice.label
            self._close()
            self._give((choice.name,))
            return
        wanted = set(self._chosen) ^ {choice.name}
        kept = tuple(name for name in self._chosen if name in wanted)
        self.field.clear()
        self._give((*kept, *(name for name in wanted if name not in kept)))
        self._fill("")

    def _give(self, names: tuple[str, ...]) -> None:
        if names != self._chosen:
            self._chosen = names
            self.committed.emit(" ".join(names))

    def _close(self) -> None:
        self._list.hide()
        self._none.hide()
        self._show_label()

    def _show_label(self) -> None:
        self.field.show_text("" if self._many else self._label)


def _has_figures(choices: Sequence[ChoiceView]) -> bool:
    """Whether a figure can be typed to find one of the choices."""
    return any(sign.isdigit() for choice in choices if not choice.missing for sign in choice.label)
