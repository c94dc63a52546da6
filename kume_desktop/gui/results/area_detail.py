"""What the scorecard says about the selected area: how to read its index, its headings, and the policy texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.progress import paint_bar
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results import words
from kume_desktop.gui.results.fitting import width_of
from kume_desktop.gui.results.section_head import SectionHead, empty
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, HeadingScore, Results

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class AreaDetail(QWidget):
    """`basis_asked` when a person wants to see what the figures rest on."""

    basis_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(4)

    def show_area(self, area: AreaScore, results: Results, method: Method) -> None:
        """Show another area."""
        empty(self._column)
        self._column.addWidget(SectionHead(words.area_name(area), _facts(area, results, method)))
        if words.is_suppressed(area) or area.score is None:
            few = words.suppression() if area.n else _(N_("This area has no scored firm."))
            self._column.addWidget(Label(few, Role.BODY, Tone.TEXT2, wrap=True))
            return
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(24))
        row.addWidget(self._reading(area, method), 25)
        row.addWidget(_headings(area, method), 25)
        row.addWidget(_policies(area, method), 50)
        self._column.addWidget(held)

    def _reading(self, area: AreaScore, method: Method) -> QWidget:
        held, column = _part(_(N_("How to read it")))
        for sentence in words.sentences(area, method):
            column.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))
        basis = Button(_(N_("Show the basis")), Kind.LINK)
        basis.clicked.connect(self.basis_asked)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.addWidget(basis)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return held


class HeadingLine(QWidget):
    """A heading with its points as a bar and in figures."""

    def __init__(self, name: str, score: HeadingScore) -> None:
        super().__init__()
        self._name, self._score = name, score
        self._figures = _points(score)
        self.setAccessibleName(f"{name}: {self._figures}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(26))

    def sizeHint(self) -> QSize:
        """Name, bar and figures."""
        return QSize(theme.px(260), self.height())

    def minimumSizeHint(self) -> QSize:
        """The words must fit, the bar may shrink."""
        name = width_of(self._name, fonts.font(Role.SECOND))
        return QSize(name + theme.px(30) + self._wide + 24, self.height())

    @property
    def _wide(self) -> int:
        return width_of("88,88 / 88", fonts.font(Role.SECOND, tabular=True)) + 4

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw name, bar and figures."""
        painter, height = QPainter(self), self.height()
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT))
        name = max(theme.px(136), width_of(self._name, painter.font())) + 12
        painter.drawText(QRectF(0, 0, name, height), _LEFT, self._name)
        painter.setFont(fonts.font(Role.SECOND, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(self.width() - self._wide, 0, self._wide, height), _RIGHT, self._figures)
        room = self.width() - self._wide - name - 8
        if room > 8 and self._score.points is not None and self._score.maximum:
            paint_bar(painter, QRectF(name, height / 2 - 3, room, 6), self._score.points / self._score.maximum)


def _points(score: HeadingScore) -> str:
    highest = texts.number(score.maximum, 0 if score.maximum == int(score.maximum) else 2)
    return f"{words.figure(score.points, 2)} / {highest}"


def _facts(area: AreaScore, results: Results, method: Method) -> str:
    if words.is_suppressed(area) or area.score is None:
        return words.route(results)
    parts = (
        tr(N_("index {index}"), index=words.figure(area.score, 1)),
        words.cut_distance(area, method),
        words.published_sum(area),
        words.route(results),
    )
    return " · ".join(part for part in parts if part)


def _part(title: str) -> tuple[QWidget, QVBoxLayout]:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(title, Role.CAPTION, Tone.TEXT2))
    return held, column


def _headings(area: AreaScore, method: Method) -> QWidget:
    held, column = _part(_(N_("Headings, points from unrounded means")))
    scores = {score.code: score for score in area.headings}
    for heading in method.headings:
        if heading.code in scores:
            column.addWidget(HeadingLine(words.said(heading.text), scores[heading.code]))
    column.addStretch(1)
    return held


def _policies(area: AreaScore, method: Method) -> QWidget:
    """The texts of the category; where it is uncertain, also those of the category the published form falls in."""
    number = area.category or 0
    title = tr(N_("Policy proposals · {category}"), category=words.short_category(number))
    held, column = _part(title)
    _list(column, number, method)
    other = area.published_category
    if area.rounding_decides and other is not None:
        column.addSpacing(6)
        counted = tr(N_("If counted as category {number}"), number=other)
        column.addWidget(Label(counted, Role.CAPTION, Tone.WARN))
        _list(column, other, method)
    column.addStretch(1)
    return held


def _list(column: QVBoxLayout, category: int, method: Method) -> None:
    for text in method.policies(category):
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label("•", Role.SECOND, Tone.TEXT3), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words.said(text), Role.SECOND, wrap=True), 1)
        column.addLayout(row)
