"""The right side of the report page: the chosen sheet on paper, the bars above it, the foot with rows in and out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, IconButton, Kind
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.reporting.paper import Content, Paper
from kume_desktop.gui.reporting.save_bar import CsvBar, PictureBar, SaveBar
from kume_desktop.gui.reporting.writing import Written
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr


class _Scroll(QScrollArea):
    """Left and Right go to another area, the rest scrolls."""

    stepped = Signal(int)
    resized = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the height that is there."""
        super().resizeEvent(event)
        self.resized.emit(self.viewport().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the areas with Left and Right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class Preview(QFrame):
    """`stepped`: another area is wanted (-1 or 1); `open_asked`, `folder_asked`: what to do with the file."""

    stepped = Signal(int)
    open_asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self._what = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._kind = Label("", Role.CAPTION, Tone.TEXT2)
        self._steps = _Steps()
        self._steps.stepped.connect(self.stepped)
        self.paper = Paper()
        self.pane = _Scroll()
        self.pane.setWidget(self.paper)
        self.pane.setWidgetResizable(True)
        self.pane.setFrameShape(QFrame.Shape.NoFrame)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pane.setAccessibleName(_(N_("Preview")))
        self.pane.stepped.connect(self.stepped)
        self.pane.resized.connect(lambda height: self.paper.fill(max(0, height - 2)))
        self.pictures, self.csv = PictureBar(), CsvBar()
        self.foot = Foot()
        self.foot.open_asked.connect(self.open_asked)
        self.foot.folder_asked.connect(self.folder_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._what, 1)
        head.addWidget(self._steps)
        head.addWidget(self._kind)
        margin = theme.metrics().margin
        column = QVBoxLayout(self)
        column.setContentsMargins(12 if theme.is_compact() else 27, 4 if theme.is_compact() else 14, margin, 8)
        column.setSpacing(6)
        column.addLayout(head)
        for bar in (self.pictures, self.csv):
            column.addWidget(bar)
            bar.hide()
            bar.closed.connect(self.close_bars)
        column.addWidget(self.pane, 1)
        column.addWidget(self.foot)

    def show_content(self, content: Content, kind: str, spoken: str = "") -> None:
        """Show a sheet; `kind` is what stands at the right above it."""
        number = f"{content.number} " if content.number else ""
        self._what.setText(tr(N_("Preview · {sheet}"), sheet=f"{number}{content.title}"))
        self._kind.setText(kind)
        if content.title != self.paper.content.title:
            self.pane.verticalScrollBar().setValue(0)
        self.paper.show_content(content, spoken)

    def show_area(self, place: int, count: int, name: str) -> None:
        """Offer the other areas, where the sheet is of one area each; `count` 0 takes the offer away."""
        self._steps.show_place(place, count, name)

    def open_bar(self, bar: SaveBar) -> None:
        """Open one of the bars and put the focus there."""
        for other in (self.pictures, self.csv):
            other.setHidden(other is not bar)
        bar.focus_first()

    def close_bars(self) -> bool:
        """Close the bars; False where none was open."""
        opened = [bar for bar in (self.pictures, self.csv) if not bar.isHidden()]
        for bar in opened:
            bar.hide()
        if opened:
            self.pane.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(opened)


class _Steps(QWidget):
    """Which of the areas is shown, and the way to the ones beside it."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._place = Label("", Role.CAPTION, Tone.TEXT2, tabular=True)
        before = IconButton("chevron-left", _(N_("Previous area")))
        after = IconButton("chevron-right", _(N_("Next area")))
        before.clicked.connect(lambda _checked=False: self.stepped.emit(-1))
        after.clicked.connect(lambda _checked=False: self.stepped.emit(1))
        for widget in (before, self._place, after):
            row.addWidget(widget)
        self.hide()

    def show_place(self, place: int, count: int, name: str) -> None:
        """Say 2 / 6."""
        self._place.setText(f"{place} / {count}")
        self._place.setToolTip(name)
        self.setHidden(count < 2)


class Foot(QWidget):
    """Rows in, rows out, hidden figures; after writing, the file and what to do with it."""

    open_asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._figures = Label("", Role.SECOND, Tone.TEXT2, tabular=True, wrap=True)
        self._mark = IconLabel("check", tone=Tone.OK)
        self._told = Label("", Role.SECOND, Tone.TEXT2)
        self._file = QWidget()
        self._name = Label("", Role.SECOND, weight=fonts.MEDIUM, wrap=True)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._figures, 1)
        first.addWidget(self._mark)
        first.addWidget(self._told)
        second = QHBoxLayout(self._file)
        second.setContentsMargins(0, 0, 4, 0)
        second.setSpacing(12)
        second.addWidget(self._name, 1)
        for word, signal in ((N_("Open"), self.open_asked), (N_("Show in the folder"), self.folder_asked)):
            button = Button(_(word), Kind.LINK)
            button.clicked.connect(signal)
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self._file)
        self.show_nothing(0)

    @property
    def words(self) -> str:
        """What the foot says."""
        return " ".join((self._figures.text(), self._told.text() if not self._told.isHidden() else ""))

    def show_nothing(self, hidden: int) -> None:
        """Nothing was written yet: say what will be hidden."""
        shown = tr(N_("hidden cells {count}"), count=texts.number(hidden, 0))
        self._figures.setText(f"{_(N_('Not written yet'))} · {shown} · {_(N_('Confidentiality: fewer than 3 firms.'))}")
        for widget in (self._mark, self._told, self._file):
            widget.hide()

    def show_written(self, written: Written) -> None:
        """Say what went in and came out, and whether the rows agree."""
        agree = written.rows_in == written.rows_out
        parts = (
            tr(N_("rows in {count}"), count=texts.number(written.rows_in, 0)),
            tr(N_("rows out {count}"), count=texts.number(written.rows_out, 0)),
            tr(N_("hidden cells {count}"), count=texts.number(written.hidden, 0)),
            tr(N_("{count} sheets"), count=len(written.sheets)),
        )
        self._figures.setText(" · ".join(parts))
        self._mark.show_icon("check" if agree else "triangle-alert", tone=Tone.OK if agree else Tone.WARN)
        self._told.setText(_(N_("the rows agree")) if agree else _(N_("the rows do not agree")))
        self._name.setText(tr(N_("{file} is written."), file=written.path.name))
        self._name.setToolTip(str(written.path))
        for widget in (self._mark, self._told, self._file):
            widget.show()
