"""The rail at the left: study, find field, pages in groups, settings and person at the foot."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, roles, theme
from kume_desktop.gui.components.keycap import shown
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.routes import Route
from kume_desktop.gui.shell.places import HELP, INTERVIEWER, SETTINGS, WAVES_KEY, Place, belongs, key_of, places
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import StudyHead

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_ELIDE = Qt.TextElideMode.ElideRight
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def _height(*, wide: bool) -> int:
    """How high an entry is: beside icons alone ten of them stand in a low window."""
    return 36 if wide else 32


class RailMode(StrEnum):
    """How much of the rail is shown."""

    WIDE = "wide"
    ICONS = "icons"
    HIDDEN = "hidden"


class NavItem(QPushButton):
    """A page in the rail: icon, word, accent bar when it is the current one."""

    def __init__(self, place: Place, key: str, *, wide: bool) -> None:
        super().__init__(place.name)
        self.place = place
        self._wide = wide
        self.current = False
        self.setAccessibleName(place.name)
        self.setToolTip(f"{place.name}  {shown(key) if key else ''}".strip() if not wide or key else "")
        self.setFixedHeight(max(_height(wide=wide), theme.px(_height(wide=wide))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def show_current(self, current: bool) -> None:
        """Mark the item as the page in front."""
        self.current = current
        self.setProperty("current", current)
        self.update()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw fill, bar, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.current or self.underMouse():
            painter.setBrush(theme.colour(Tone.ACCENT_SOFT if self.current else Tone.LINE))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.current:
            painter.setBrush(theme.colour(Tone.ACCENT))
            painter.drawRoundedRect(QRectF(0, 8, 3, self.height() - 16), 1.5, 1.5)
        tone = Tone.ACCENT if self.current else Tone.TEXT2
        left = 12 if self._wide else (self.width() - icons.RAIL) // 2
        icons.paint(painter, QPoint(left, (self.height() - icons.RAIL) // 2), self.place.icon, icons.RAIL, tone)
        if self._wide:
            painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if self.current else fonts.REGULAR))
            painter.setPen(theme.colour(Tone.TEXT if self.current else Tone.TEXT2))
            painter.drawText(self.rect().adjusted(40, 0, -8, 0), _LEFT, self.place.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Up and Down walk the rail."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


def _counts(head: StudyHead) -> str:
    """What the study holds; of an interviewer, what is theirs."""
    if head.role == INTERVIEWER and not head.practice:
        words, areas, firms = N_("Yours: {areas} areas, {firms} firms"), head.own_areas, head.own_firms
    else:
        words, areas, firms = N_("Study · {areas} areas, {firms} firms"), head.areas, head.firms
    return tr(words, areas=areas, firms=texts.number(firms, 0))


class _StudyButton(QPushButton):
    """Name and counts of the study; leads to the list of studies."""

    def __init__(self, head: StudyHead | None) -> None:
        super().__init__()
        self._name = head.name if head else "Küme Desktop"
        self._facts = _counts(head) if head is not None else _(N_("No study is open"))
        self.setAccessibleName(f"{self._name}, {self._facts}")
        self.setToolTip(self._name)
        words = QFontMetrics(fonts.font(Role.ROW_TITLE, fonts.SEMIBOLD))
        wrapped = words.boundingRect(QRect(0, 0, theme.px(145), 999), _WRAPPED, self._name)
        self._first = min(wrapped.height(), 3 * words.height()) + 4
        self.setFixedHeight(self._first + theme.px(20))
        self.setAutoDefault(False)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw both lines and the arrows."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour(Tone.LINE))
        painter.setFont(fonts.font(Role.ROW_TITLE, fonts.SEMIBOLD))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRect(8, 2, self.width() - 34, self._first), _WRAPPED, self._name)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRect(8, self._first, self.width() - 8, theme.px(18)), _LEFT, self._facts)
        icons.paint(painter, QPoint(self.width() - 20, 4), "chevrons-up-down", icons.ROW)


class _WaveButton(QPushButton):
    """The wave that is worked in, in amber where it is not the newest one; leads to the list of waves."""

    def __init__(self, head: StudyHead, *, wide: bool) -> None:
        told = N_("Wave {wave}") if head.is_newest_wave else N_("Earlier wave: {wave}")
        super().__init__(tr(told, wave=head.wave))
        self._is_newest, self._wide = head.is_newest_wave, wide
        self.setAccessibleName(self.text())
        self.setToolTip(f"{self.text()}  {shown(WAVES_KEY)}")
        self.setFixedHeight(max(28, theme.px(28)) if wide else max(36, theme.px(36)))
        self.setAutoDefault(False)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the words and the arrows, or the icon alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() or not self._is_newest:
            painter.setBrush(theme.colour(Tone.LINE if self._is_newest else Tone.WARN_SOFT))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if not self._wide:
            at = QPoint((self.width() - icons.RAIL) // 2, (self.height() - icons.RAIL) // 2)
            icons.paint(painter, at, "calendar", icons.RAIL, Tone.TEXT2 if self._is_newest else Tone.WARN)
            return
        room = self.rect().adjusted(8, 0, -28, 0)
        painter.setFont(fonts.font(Role.SECOND, fonts.MEDIUM))
        painter.setPen(theme.colour(Tone.TEXT if self._is_newest else Tone.WARN))
        painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(self.text(), _ELIDE, room.width()))
        icons.paint(painter, QPoint(self.width() - 20, (self.height() - icons.ROW) // 2), "chevrons-up-down", icons.ROW)


class _FindButton(QPushButton):
    """Looks like a field, opens the command palette."""

    def __init__(self) -> None:
        super().__init__(_(N_("Find or do")))
        self.setAccessibleName(_(N_("Find or do")))
        self.setFixedHeight(max(32, theme.px(32)))
        self.setAutoDefault(False)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the field, the magnifier, the words and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(Tone.LINE))
        painter.setBrush(theme.colour(Tone.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icons.paint(painter, QPoint(10, (self.height() - 14) // 2), "search", 14)
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(self.rect().adjusted(30, 0, -50, 0), _LEFT, self.text())
        painter.setFont(fonts.font(Role.CAPTION))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), right, shown("Ctrl+K"))


class _Person(QWidget):
    """Initials, name and role of the person at the foot."""

    def __init__(self, head: StudyHead, *, wide: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8 if wide else 0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Initials(head.person))
        if wide:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(head.person, Role.SECOND, weight=fonts.MEDIUM))
            words.addWidget(Label(roles.word(head.role), Role.CAPTION, Tone.TEXT2))
            row.addLayout(words, 1)
        else:
            self.setToolTip(head.person)


class _Initials(QWidget):
    def __init__(self, person: str) -> None:
        super().__init__()
        self._letters = "".join(part[0] for part in person.split()[:2])
        self.setFixedSize(QSize(26, 26))

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the letters in a circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Tone.ACCENT_SOFT))
        painter.drawEllipse(self.rect())
        painter.setFont(fonts.font(Role.CAPTION, fonts.SEMIBOLD))
        painter.setPen(theme.colour(Tone.ACCENT))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)


class Rail(QFrame):
    """208 wide with words or 56 wide with icons."""

    chosen = Signal(object)
    find_clicked = Signal()
    study_clicked = Signal()
    wave_clicked = Signal()

    def __init__(self, head: StudyHead | None, mode: RailMode) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._wide = mode is RailMode.WIDE
        self.setFixedWidth(max(208, theme.px(208)) if self._wide else 56)
        if mode is RailMode.HIDDEN:
            self.hide()
        self.items: list[NavItem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12 if self._wide else 8, 12, 13 if self._wide else 8, 12)
        column.setSpacing(0)
        if self._wide:
            self._top(column, head)
        elif head is not None:
            self._wave(column, head)
            column.addSpacing(12)
        self._pages(column, places(head.role if head else None, practice=bool(head and head.practice)))
        column.addStretch(1)
        column.addWidget(Rule())
        column.addSpacing(9)
        self._add(column, HELP, 0)
        self._add(column, SETTINGS, 0)
        if head is not None:
            column.addSpacing(9)
            column.addWidget(_Person(head, wide=self._wide))

    def _top(self, column: QVBoxLayout, head: StudyHead | None) -> None:
        study, find = _StudyButton(head), _FindButton()
        study.clicked.connect(self.study_clicked)
        find.clicked.connect(self.find_clicked)
        column.addWidget(study)
        if head is not None:
            column.addSpacing(4)
            self._wave(column, head)
        column.addSpacing(20 if head is None else 12)
        column.addWidget(find)
        column.addSpacing(12)

    def _wave(self, column: QVBoxLayout, head: StudyHead) -> None:
        wave = _WaveButton(head, wide=self._wide)
        wave.clicked.connect(self.wave_clicked)
        column.addWidget(wave)

    def _pages(self, column: QVBoxLayout, shown_places: tuple[Place, ...]) -> None:
        group = shown_places[0].group if shown_places else 0
        for number, place in enumerate(shown_places, start=1):
            if place.group != group:
                column.addSpacing(12 if self._wide else 6)
                group = place.group
            self._add(column, place, number)

    def _add(self, column: QVBoxLayout, place: Place, number: int) -> None:
        item = NavItem(place, key_of(place, number), wide=self._wide)
        item.clicked.connect(lambda _checked=False, route=place.route: self.chosen.emit(route))
        self.items.append(item)
        column.addWidget(item)

    def show_route(self, route: Route) -> None:
        """Mark the page in front."""
        exact = [item for item in self.items if isinstance(route, type(item.place.route))]
        for item in self.items:
            item.show_current(item in exact if exact else belongs(route, item.place))

    def take_focus(self) -> None:
        """Put the focus on the current page's item (F6)."""
        current = next((item for item in self.items if item.current), self.items[0])
        current.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: object) -> None:
        """Draw the rail and its right line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour(Tone.LINE))
