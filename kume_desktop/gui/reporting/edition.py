"""The two editions as choice boxes, and what the audit edition asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, roles, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import StudyHead

AUDIT, PUBLICATION = "audit", "publication"
_NAMES = {PUBLICATION: N_("Edition for publication"), AUDIT: N_("Audit edition")}
_WHAT = {
    PUBLICATION: N_("Values; fewer than 3 firms hidden"),
    AUDIT: N_("All answers, formulas; asks for a reason"),
}
_PERSONS = N_("Persons, firms, free text")
"""What the switch decides about: whatever says who answered."""
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def name_of(edition: str) -> str:
    """The name of an edition in the language of the window."""
    return _(_NAMES[edition])


class ChoiceBox(QAbstractButton):
    """A box with a name and what it means; the chosen one has a check, a border and a fill."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__()
        self._name, self._what = name, what
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(f"{name}: {what}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_radius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(theme.px(280), self.height())

    def resizeEvent(self, event: object) -> None:
        """Give the words the lines they need."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw box, mark, name and meaning."""
        chosen, pen = self.isChecked(), 2 if self.isChecked() else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Tone.ACCENT if chosen else Tone.LINE_STRONG), pen))
        fill = Tone.ACCENT_SOFT if chosen else Tone.HOVER if self.underMouse() else Tone.SURFACE
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        icon = "circle-check" if chosen else "circle"
        top = self._pad
        icons.paint(painter, QPoint(14, top), icon, icons.CHOICE, Tone.ACCENT if chosen else Tone.TEXT2)
        width = self.width() - 54
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD))
        painter.setPen(theme.colour(Tone.TEXT))
        first = height_of(self._name, painter.font(), width)
        painter.drawText(QRectF(42, top, width, first + 2), _WRAPPED, self._name)
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(42, top + first + 3, width, self.height() - top - first), _WRAPPED, self._what)

    @property
    def _pad(self) -> int:
        return 6 if theme.is_compact() else 11

    def _measure(self) -> None:
        width = max(120, self.width() - 54)
        words = height_of(self._name, fonts.font(Role.BODY, fonts.SEMIBOLD), width)
        words += height_of(self._what, fonts.font(Role.SECOND), width) + 3
        self.setFixedHeight(words + 2 * self._pad)


class EditionChoice(QWidget):
    """`picked`: another edition; `persons_asked`: person fields shall be shown, or no longer."""

    picked = Signal(str)
    persons_asked = Signal(bool)

    def __init__(self, head: StudyHead | None, edition: str, reason: str, personal: bool, persons: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._boxes = {key: ChoiceBox(_(_NAMES[key]), _(_WHAT[key])) for key in (PUBLICATION, AUDIT)}
        self.reason = LongText(_(N_("Reason")), reason, _(N_("e.g. the committee checks the figures")))
        self.why_persons = LongText(_(N_("Why are persons and firms named?")), persons)
        self._ask = labelled(_(N_("Why is this edition written?")), self.reason, _signed(head))
        self._ask_persons = labelled(_(N_("Why are persons and firms named?")), self.why_persons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for key, box in self._boxes.items():
            self._group.addButton(box)
            box.clicked.connect(lambda _checked=False, chosen=key: self._pick(chosen))
            column.addWidget(box)
        column.addWidget(self._ask)
        column.addWidget(self._ask_persons)
        self._personal = personal
        self.choose(edition if edition in self._boxes else PUBLICATION)

    @property
    def current(self) -> str:
        """The edition that is chosen."""
        return next(key for key, box in self._boxes.items() if box.isChecked())

    @property
    def is_audit(self) -> bool:
        """Whether the audit edition is chosen."""
        return self.current == AUDIT

    @property
    def personal(self) -> bool:
        """Whether person fields are written: only in the audit edition."""
        return self._personal and self.is_audit

    def choose(self, edition: str) -> None:
        """Choose an edition without telling anybody."""
        self._boxes[edition].setChecked(True)
        self._unfold()

    def name_persons(self, wanted: bool) -> None:
        """Show person fields, or not; showing them asks why."""
        self._personal = wanted
        self._unfold()
        if self.personal:
            self.why_persons.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_box(self) -> None:
        """Put the focus on the chosen edition."""
        self._boxes[self.current].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def told(self) -> str:
        """The reasons as they stand on the cover."""
        why, persons = self.reason.toPlainText().strip(), self.why_persons.toPlainText().strip()
        if not self.is_audit:
            return ""
        return f"{why} · {_(_PERSONS)}: {persons}" if self.personal else why

    def _pick(self, edition: str) -> None:
        self._unfold()
        if edition == AUDIT and not self.reason.toPlainText().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(edition)

    def _unfold(self) -> None:
        self._ask.setHidden(not self.is_audit)
        self._ask_persons.setHidden(not self.personal)


class PersonFields(QWidget):
    """What says who answered: off, unless somebody switches it on in the audit edition."""

    asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 4, 2)
        self._state = Label("", Role.SECOND, weight=fonts.SEMIBOLD)
        self.switch = Button("", Kind.LINK)
        self.switch.clicked.connect(lambda _checked=False: self.asked.emit(not self._on))
        row.addWidget(Label(_(_PERSONS), Role.SECOND, Tone.TEXT2))
        row.addStretch(1)
        row.addWidget(self._state)
        row.addWidget(self.switch)

    def show_state(self, on: bool, possible: bool) -> None:
        """Say whether they are written; without the possibility there is no switch."""
        self._on = on
        self._state.setText(_(N_("on")) if on else _(N_("off")))
        self.switch.setText(_(N_("Switch off")) if on else _(N_("Switch on")))
        self.switch.setAccessibleName(f"{_(_PERSONS)}: {self.switch.text()}")
        self.switch.setHidden(not possible)


def _signed(head: StudyHead | None) -> str:
    """Who writes, in which role: it stands on the cover beside the reason."""
    if head is None:
        return ""
    role = roles.word(head.role)
    return tr(N_("Stands on the cover with your name and role: {person} · {role}"), person=head.person, role=role)
