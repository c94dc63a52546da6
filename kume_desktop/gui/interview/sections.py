"""The list at the left: firm, progress, the sections with what is open in them, and type-to-find over all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.fields import SearchField
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import ENTER
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import Found, SectionView
from kume_desktop.texts import N_, _, tr

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
MOST_FOUND = 30


class ListEntry(QPushButton):
    """A line of the list: number or mark, a text that wraps, a figure at the right. Height follows the text."""

    def __init__(self, lead: str, text: str, figure: str = "") -> None:
        super().__init__()
        self._lead, self._words, self._figure = lead, text, figure
        self._current = self._warned = self._done = self._dim = False
        self.setProperty("nav", True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def is_current(self) -> bool:
        """Whether the entry is drawn as the current one."""
        return self._current

    @property
    def words(self) -> str:
        """What the line says."""
        return self._words

    def say(self, words: str) -> None:
        """Say something else: the section in another language."""
        if words != self._words:
            self._words = words
            self.updateGeometry()
            self.update()

    def show_state(self, *, current: bool, done: bool, warned: bool, dim: bool, figure: str) -> None:
        """Show the entry as current, done, with something open, or not asked."""
        wanted = (current, done, warned, dim, figure)
        if wanted != (self._current, self._done, self._warned, self._dim, self._figure):
            if (warned, figure) != (self._warned, self._figure):
                self.updateGeometry()
            self._current, self._done, self._warned, self._dim, self._figure = wanted
            self.update()

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line of 40 or 44, more where the text wraps."""
        metrics = QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD))
        height = metrics.boundingRect(self._text_box(width, 1000), _WRAP, self._words).height()
        return max(theme.metrics().list_row, height + 16)

    def sizeHint(self) -> QSize:
        """The height at the width it has."""
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible."""
        return QSize(80, theme.metrics().list_row)

    def _text_box(self, width: int, height: int) -> QRect:
        figure = QFontMetrics(fonts.font(Role.SECOND, tabular=True)).horizontalAdvance(self._figure)
        left = 38 if len(self._lead) < 3 else 54
        return QRect(left, 0, width - left - figure - 18 - (icons.ROW + 6 if self._warned else 0), height)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw mark, text, triangle and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        middle = self.height() // 2
        if self._done and not self._current:
            icons.paint(painter, QPoint(12, middle - icons.ROW // 2), "circle-check", icons.ROW, Tone.OK)
        else:
            painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if self._current else fonts.MEDIUM, tabular=True))
            painter.setPen(theme.colour(Tone.ACCENT if self._current else Tone.TEXT3 if self._dim else Tone.TEXT2))
            width = 24 if len(self._lead) < 3 else 42
            painter.drawText(QRect(8, 0, width, self.height()), int(Qt.AlignmentFlag.AlignCenter), self._lead)
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if self._current else None))
        painter.setPen(theme.colour(Tone.TEXT if self._current else Tone.TEXT3 if self._dim else Tone.TEXT2))
        painter.drawText(self._text_box(self.width(), self.height()), _WRAP, self._words)
        self._paint_figure(painter, middle)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self._current or self.underMouse():
            painter.setBrush(theme.colour(Tone.ACCENT_SOFT if self._current else Tone.HOVER))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self._current:
            painter.setBrush(theme.colour(Tone.ACCENT))
            painter.drawRect(QRect(0, self.height() // 2 - 10, 3, 20))

    def _paint_figure(self, painter: QPainter, middle: int) -> None:
        if not self._figure:
            return
        font = fonts.font(Role.SECOND, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.colour(Tone.TEXT if self._current else Tone.TEXT3 if self._dim else Tone.TEXT2))
        box = QRect(0, 0, self.width() - 12, self.height())
        painter.drawText(box, _RIGHT, self._figure)
        if self._warned:
            left = box.right() - QFontMetrics(font).horizontalAdvance(self._figure) - icons.ROW - 7
            icons.paint(painter, QPoint(left, middle - icons.ROW // 2), "triangle-alert", icons.ROW, Tone.WARN)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the interview stands: answered of asked questions, and what is open.

    `warnings` wait for a reason, `errors` are stored answers that do not hold any more, `unstored` were refused,
    `skipped` are required ones that were passed by, `drafts` texts of earlier sittings that wait for a person.
    """

    answered: int
    asked: int
    warnings: int
    errors: int = 0
    unstored: int = 0
    skipped: int = 0
    drafts: int = 0

    def words(self) -> str:
        """How far one is: 16 / 46 soru."""
        return tr(N_("{answered} of {asked}"), answered=self.answered, asked=self.asked)


def warnings_word(count: int) -> str:
    """How many warnings wait, '' for none."""
    if not count:
        return ""
    return _(N_("1 warning")) if count == 1 else tr(N_("{count} warnings"), count=count)


class SectionList(QWidget):
    """The progress list, which is also the jump menu."""

    section_asked = Signal(str)
    question_asked = Signal(str)
    left = Signal()

    def __init__(self, firm: str, facts: str, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__()
        self._find = find
        self._entries: dict[str, ListEntry] = {}
        self._found: list[tuple[ListEntry, str]] = []
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(theme.metrics().section_list))
        self._bar = ProgressBar(name=_(N_("Questions answered")))
        self._count = Label("", Role.SECOND, Tone.TEXT2, tabular=True)
        self._warnings = Label("", Role.SECOND, Tone.WARN, weight=fonts.MEDIUM)
        self.field = SearchField(_(N_("Find a question")), _(N_("Number or word")))
        self._nothing = Label(_(N_("No question matches")), Role.BODY, Tone.TEXT2, wrap=True)
        self._nothing.setContentsMargins(12, 8, 12, 8)
        self._nothing.hide()
        self._list = QVBoxLayout()
        self._build(firm, facts)

    def _build(self, firm: str, facts: str) -> None:
        compact = theme.is_compact()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QVBoxLayout()
        side = 16 if compact else 20
        top.setContentsMargins(side, 14 if compact else 18, side, 8 if compact else 16)
        top.setSpacing(4)
        top.addWidget(Label(firm, Role.BODY if compact else Role.ROW_TITLE, weight=fonts.SEMIBOLD, wrap=True))
        if not compact:
            top.addWidget(Label(facts, Role.SECOND, Tone.TEXT2, wrap=True))
        top.addSpacing(8)
        top.addWidget(self._bar)
        line = QHBoxLayout()
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self._warnings)
        top.addLayout(line)
        top.addWidget(self.field)
        self.field.hide()
        self.field.textChanged.connect(self._show_found)
        self.field.installEventFilter(self)
        whole.addLayout(top)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(self._nothing)
        column.addLayout(self._list)
        column.addStretch(1)
        self._list.setSpacing(0 if compact else 2)
        scroll.setWidget(inner)
        whole.addWidget(scroll, 1)

    def show_standing(self, standing: Standing) -> None:
        """Show progress in figures and as a bar, and how many warnings wait."""
        self._bar.set_progress(standing.answered, standing.asked)
        self._count.setText(standing.words())
        self._warnings.setText(warnings_word(standing.warnings))

    def show_sections(self, sections: Sequence[SectionView], current: str, refused: Iterable[str] = ()) -> None:
        """Show the sections; `current` is the path of the one on the screen, `refused` are questions with a note."""
        if [section.path for section in sections] != list(self._entries):
            self._renew(sections)
        for section in sections:
            entry = self._entries[section.path]
            figure = f"{section.answered}/{section.asked}" if section.relevant else "–"
            noted = any(path.startswith(f"{section.path}/") for path in refused)
            warned = section.relevant and bool(section.open_warnings or section.open_errors or noted)
            here, done = section.path == current, section.done and not noted
            entry.show_state(current=here, done=done, warned=warned, dim=not section.relevant, figure=figure)
            entry.say(section.title)
            name = _section_name(section)
            if entry.accessibleName() != name:
                entry.setAccessibleName(name)

    def _renew(self, sections: Sequence[SectionView]) -> None:
        for entry in self._entries.values():
            self._list.removeWidget(entry)
            entry.deleteLater()
        self._entries = {}
        for section in sections:
            entry = ListEntry(str(section.number), section.title, "0/0")
            entry.clicked.connect(lambda _checked=False, path=section.path: self.section_asked.emit(path))
            self._list.addWidget(entry)
            entry.setHidden(not self.field.isHidden())
            self._entries[section.path] = entry

    @property
    def is_finding(self) -> bool:
        """Whether the find field is open."""
        return not self.field.isHidden()

    def start_find(self) -> None:
        """Open the find field with all questions below it."""
        self.field.show()
        self.field.clear()
        self._show_found("")
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop_find(self) -> None:
        """Close the find field and show the sections."""
        self.field.hide()
        self._clear_found()
        self._nothing.hide()
        for entry in self._entries.values():
            entry.show()

    def _show_found(self, typed: str) -> None:
        self._clear_found()
        for entry in self._entries.values():
            entry.hide()
        found = self._find(typed.strip())
        for place, question in enumerate(found[:MOST_FOUND]):
            entry = ListEntry(question.number, question.title)
            entry.show_state(current=place == 0, done=False, warned=False, dim=False, figure="")
            entry.setAccessibleName(f"{question.number} {question.title}")
            entry.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            entry.clicked.connect(lambda _checked=False, path=question.path: self._take(path))
            self._list.addWidget(entry)
            entry.show()
            self._found.append((entry, question.path))
        self._nothing.setHidden(bool(found))
        announce(self.field, tr(N_("{count} found"), count=len(found)) if found else self._nothing.text())

    def _clear_found(self) -> None:
        for entry, _path in self._found:
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._found = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter of the find field move and choose."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in ENTER:
            if self._found:
                self._take(self._found[self._chosen()][1])
            return True
        return super().eventFilter(watched, event)

    def _chosen(self) -> int:
        return next((place for place, (entry, _path) in enumerate(self._found) if entry.is_current), 0)

    def _move(self, step: int) -> None:
        if not self._found:
            return
        wanted = min(max(self._chosen() + step, 0), len(self._found) - 1)
        for place, (entry, _path) in enumerate(self._found):
            entry.show_state(current=place == wanted, done=False, warned=False, dim=False, figure="")
        announce(self.field, self._found[wanted][0].accessibleName())
        _scroll_to(self._found[wanted][0])

    def _take(self, path: str) -> None:
        self.stop_find()
        self.question_asked.emit(path)


def _scroll_to(entry: QAbstractButton) -> None:
    area = entry.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(entry, 0, 8)


def _section_name(section: SectionView) -> str:
    if not section.relevant:
        return tr(N_("Section {number} {title}: not asked"), number=section.number, title=section.title)
    text = N_("Section {number} {title}: {answered} of {asked} answered, {open} open")
    return tr(
        text,
        number=section.number,
        title=section.title,
        answered=section.answered,
        asked=section.asked,
        open=section.open_warnings + section.open_errors,
    )
