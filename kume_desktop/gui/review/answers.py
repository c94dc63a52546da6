"""The questions and answers of an interview, painted: sections, answers in a column, notes and changes beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.review.reading import Line
from kume_desktop.texts import N_, _, tr

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_TEXT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_PARENT = QModelIndex()
_GAP = 12


@dataclass(frozen=True, slots=True)
class Remark:
    """A line below a question: its icon, tone and words."""

    icon: str
    tone: Tone
    words: str


def remarks(line: Line) -> tuple[Remark, ...]:
    """What stands below a question: conflict, warning with its reason, the reviewer's question, the reply."""
    found = []
    if line.contested:
        found.append(Remark("git-compare", Tone.WARN, _(N_("Two computers hold different answers here."))))
    if line.problem:
        reason = tr(N_("Reason: “{reason}”"), reason=line.reason) if line.reason else _(N_("No reason was written."))
        found.append(Remark("flag" if line.reason else "triangle-alert", Tone.WARN, f"{line.problem} {reason}"))
    elif line.reason:
        found.append(Remark("flag", Tone.TEXT2, tr(N_("Left open: “{reason}”"), reason=line.reason)))
    if line.asked:
        found.append(Remark("message-square", Tone.ACCENT, f"{line.asked_by}: {line.asked}"))
    if line.reply:
        found.append(Remark("corner-up-left", Tone.OK, f"{line.replied_by}: {line.reply}"))
    return tuple(found)


def beside(line: Line) -> str:
    """What stands at the right edge: the note and the changes."""
    parts = [tr(N_("note: “{note}”"), note=line.note)] if line.note else []
    parts += [f"{one.before} → {one.after}, {texts.clock(one.at.astimezone())}" for one in line.changes[-2:]]
    return "\n".join(parts)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Line | str, ...] = ()

    def set_rows(self, rows: Sequence[Line | str]) -> None:
        """Show other rows; a text is the head of a section."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The head of a section cannot be chosen."""
        row = self.rows[index.row()] if index.isValid() else ""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags if isinstance(row, str) else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a screen reader says, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else _said(row)
        return row if role == _ROW else None


def _said(line: Line) -> str:
    answer = f"{line.text} {line.label}".strip() or _(N_("empty"))
    parts = (f"{line.number} {line.title}".strip(), answer, beside(line), *(one.words for one in remarks(line)))
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Where the parts of a row lie, for a width."""

    number: QRect
    title: QRect
    answer: QRect
    aside: QRect
    below: tuple[QRect, ...]
    height: int


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as its texts need at the width of the list."""
        view, row = self.parent(), index.data(_ROW)
        if not isinstance(view, AnswerList):
            return QSize()
        if isinstance(row, str):
            return QSize(0, fonts.line_height(Role.SECOND) + 16)
        return QSize(0, boxes(row, QRect(0, 0, view.viewport().width(), 0)).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a section head or a question."""
        view, row = self.parent(), index.data(_ROW)
        if not isinstance(view, AnswerList):
            return
        painter.save()
        box: QRect = option.rect
        if isinstance(row, str):
            painter.setFont(fonts.font(Role.SECOND, fonts.MEDIUM))
            painter.setPen(theme.colour(Tone.TEXT2))
            middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(_GAP, 0, 0, 0), int(middle), row)
        elif isinstance(row, Line):
            self._question(painter, box, row, current=view.currentIndex().row() == index.row(), view=view)
        painter.restore()

    def _question(self, painter: QPainter, box: QRect, line: Line, *, current: bool, view: AnswerList) -> None:
        if current:
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(box.left(), box.top(), 3, box.height(), theme.colour(Tone.ACCENT))
        place = boxes(line, box)
        painter.fillRect(place.title.left(), box.bottom(), box.right() - place.title.left(), 1, theme.colour(Tone.LINE))
        number = Tone.ACCENT if current else Tone.TEXT2
        _draw(painter, place.number, line.number, fonts.font(Role.SECOND, tabular=True), number)
        _draw(painter, place.title, line.title, fonts.font(Role.BODY, fonts.SEMIBOLD if current else None), Tone.TEXT)
        _draw(painter, place.answer, line.text or "–", fonts.font(Role.BODY, fonts.SEMIBOLD), Tone.TEXT)
        if line.label:
            painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD))
            after = painter.fontMetrics().horizontalAdvance(line.text) + 8
            _draw(painter, place.answer.adjusted(after, 0, 0, 0), line.label, fonts.font(Role.BODY), Tone.TEXT2)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(place.aside, _RIGHT, beside(line))
        for where, remark in zip(place.below, remarks(line), strict=True):
            icons.paint(painter, QPoint(where.left(), where.top() + 2), remark.icon, icons.ROW, remark.tone)
            _draw(painter, where.adjusted(24, 0, 0, 0), remark.words, fonts.font(Role.SECOND), Tone.TEXT)
        if current and view.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))


def _draw(painter: QPainter, box: QRect, text: str, font: QFont, tone: Tone) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(box, _TEXT, text)


def boxes(line: Line, box: QRect) -> _Boxes:
    """Where the parts of a question lie: number, title and answer beside each other, remarks below."""
    left, top, width = box.left() + _GAP, box.top() + 9, box.width() - 2 * _GAP
    number = theme.px(44)
    aside = min(theme.px(190), width // 4) if beside(line) else 0
    answer = (width - number) * 2 // 5
    title = width - number - answer - _GAP
    shown = f"{line.text}  {line.label}" if line.label else line.text or "–"
    heights = (
        _height(fonts.font(Role.BODY, fonts.SEMIBOLD), line.title, title),
        _height(fonts.font(Role.BODY, fonts.SEMIBOLD), shown, answer - aside),
        _height(fonts.font(Role.CAPTION), beside(line), aside),
    )
    high = max(*heights, fonts.line_height(Role.BODY))
    places, below = [], top + high + 4
    for remark in remarks(line):
        tall = max(20, _height(fonts.font(Role.SECOND), remark.words, width - number - 24))
        places.append(QRect(left + number, below, width - number, tall))
        below += tall + 4
    return _Boxes(
        QRect(left, top, number, high),
        QRect(left + number, top, title, high),
        QRect(left + number + title + _GAP, top, answer - aside, high),
        QRect(left + width - aside, top, aside, high),
        tuple(places),
        (below if places else top + high + 9) - box.top() + (6 if places else 0),
    )


def _height(font: QFont, text: str, width: int) -> int:
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(40, width), 10_000), _TEXT, text).height()


class AnswerList(QListView):
    """Up and Down walk over the questions; `asked` carries the path at which somebody wants to ask (Enter)."""

    asked = Signal(str)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Model()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_(N_("Answers of the interview")))
        self.setProperty("own_ring", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def rows(self) -> tuple[Line | str, ...]:
        """Sections and questions in sight."""
        return self._rows.rows

    @property
    def current(self) -> Line | None:
        """The question the bar is on."""
        place = self.currentIndex().row()
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return row if isinstance(row, Line) else None

    def show_lines(self, lines: Sequence[Line], path: str = "") -> None:
        """Show questions by section; the bar stays at its question, else goes to the first."""
        wanted = path or (self.current.path if self.current is not None else "")
        rows: list[Line | str] = []
        for line in lines:
            if not any(row == line.section for row in rows[-1:]) and (not rows or _section(rows[-1]) != line.section):
                rows.append(line.section)
            rows.append(line)
        self._rows.set_rows(rows)
        places = [place for place, row in enumerate(rows) if isinstance(row, Line)]
        found = next((place for place in places if _path(rows[place]) == wanted), places[0] if places else -1)
        if found >= 0:
            self.setCurrentIndex(self._rows.index(found))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Draw anew and tell."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks at the question; letters go to the page."""
        if event.key() in _ENTER:
            if self.current is not None:
                self.asked.emit(self.current.path)
        elif event.text().strip() or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _section(row: Line | str) -> str:
    return row if isinstance(row, str) else row.section


def _path(row: Line | str) -> str:
    return "" if isinstance(row, str) else row.path
