"""A page of the report on the screen: a table or pictures on white paper, in light colours whatever the theme is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Scheme, Tone

if TYPE_CHECKING:
    from kume_desktop.services.report_preview import Table

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_TOP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_MIDDLE, _BOTTOM = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.AlignmentFlag.AlignBottom)
_GAP = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on the page; a sheet of pictures has no table, its pictures carry their own titles.

    `waiting` is said in the place of pictures that are still drawn, `number` is the page number, '' for none.
    """

    title: str
    facts: str
    study: str
    number: str
    table: Table | None = None
    pictures: tuple[QPixmap, ...] = ()
    waiting: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text at its place."""

    place: QRectF
    text: str
    flags: int
    font: QFont
    tone: Tone


class Paper(QWidget):
    """Fits its height to its content; painted in one piece, so that no style of the window reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self._content = Content("", "", "", "")
        self.cells: list[Cell] = []
        self._lines: list[tuple[float, Tone]] = []
        self._drawn: list[tuple[QRectF, QPixmap]] = []
        self._least = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def content(self) -> Content:
        """What is shown."""
        return self._content

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is written on the page."""
        return tuple(cell.text for cell in self.cells)

    def show_content(self, content: Content, spoken: str = "") -> None:
        """Show another page; `spoken` is what a screen reader hears of its pictures."""
        self._content = content
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(spoken or " ".join((content.facts, *self._rows_in_words())))
        self._lay_out()

    def fill(self, height: int) -> None:
        """Be at least so high: the paper fills the pane."""
        self._least = height
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as its content."""
        return QSize(theme.px(640), self.height())

    def resizeEvent(self, event: object) -> None:
        """Lay out anew for the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._lay_out()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw paper, lines, texts and pictures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(theme.colour(Tone.MID, Scheme.LIGHT), 1))
        painter.setBrush(theme.colour(Tone.SURFACE, Scheme.LIGHT))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for y, tone in self._lines:
            line = QRectF(self._margin, y, self.width() - 2 * self._margin, 1)
            painter.fillRect(line, theme.colour(tone, Scheme.LIGHT))
        for cell in self.cells:
            painter.setFont(cell.font)
            painter.setPen(theme.colour(cell.tone, Scheme.LIGHT))
            painter.drawText(cell.place, cell.flags, cell.text)
        for place, pixmap in self._drawn:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))

    @property
    def _margin(self) -> int:
        return 16 if self.width() < theme.px(560) else 36

    def _rows_in_words(self) -> Sequence[str]:
        table = self._content.table
        if table is None:
            return ()
        return (*(", ".join(row) for row in table.rows), table.note)

    def _lay_out(self) -> None:
        self.cells, self._lines, self._drawn = [], [], []
        content = self._content
        if content.pictures or content.waiting:
            top = self._pictures(float(theme.px(6)))
        else:
            top = self._head(float(theme.px(28)))
            top = self._table(content.table, top) if content.table is not None else top
        top = self._number(top)
        self.setFixedHeight(max(self._least, int(top)))
        self.update()

    def _write(self, place: QRectF, text: str, flags: int, font: QFont, tone: Tone = Tone.TEXT) -> None:
        self.cells.append(Cell(place, text, flags, font, tone))

    def _head(self, top: float) -> float:
        """Title, at its right study and mark below each other, then the line of facts."""
        content, left, width = self._content, self._margin, self.width() - 2 * self._margin
        side, font = fonts.font(Role.CAPTION), fonts.font(Role.PAGE_TITLE)
        beside = ((content.study, Tone.TEXT2), (content.mark, Tone.WARN))
        room = min(max(width_of(text, side) for text, _tone in beside) + 4, width // 2)
        at = top
        for text, tone in beside:
            high = height_of(text, side, room) if text else 0
            self._write(QRectF(left + width - room, at, room, high), text, _RIGHT, side, tone)
            at += high + 2
        high = height_of(content.title, font, width - room - _GAP)
        self._write(QRectF(left, top, width - room - _GAP, high), content.title, _TOP, font)
        top = max(at, top + high) + 4
        font = fonts.font(Role.SECOND)
        high = height_of(content.facts, font, width)
        self._write(QRectF(left, top, width, high), content.facts, _TOP, font, Tone.TEXT2)
        return top + high + 14

    def _table(self, table: Table, top: float) -> float:
        edges = self._edges(table)
        if any(column.head for column in table.columns):
            heads = tuple(column.head for column in table.columns)
            top = self._row(table, heads, edges, top, fonts.font(Role.CAPTION), Tone.TEXT2)
            self._lines.append((top, Tone.TEXT2))
        for row in table.rows:
            top = self._row(table, row, edges, top, fonts.font(Role.SECOND), Tone.TEXT)
            self._lines.append((top, Tone.LINE))
        if table.note:
            font, width = fonts.font(Role.SECOND), self.width() - 2 * self._margin
            high = height_of(table.note, font, width)
            self._write(QRectF(self._margin, top + 10, width, high), table.note, _TOP, font, Tone.TEXT2)
            top += high + 14
        return top

    def _edges(self, table: Table) -> list[float]:
        """The left edges of the columns and the right edge: by their shares, none narrower than its longest word."""
        width, whole = self.width() - 2 * self._margin, sum(column.share for column in table.columns) or 1
        font = fonts.font(Role.CAPTION)
        wide = [max(width_of(word, font) for word in [*column.head.split(), ""]) + _GAP + 2 for column in table.columns]
        spare = max(0.0, width - sum(wide))
        wanted = [width * column.share / whole for column in table.columns]
        missing = [max(0.0, want - least) for want, least in zip(wanted, wide, strict=True)]
        edges = [float(self._margin)]
        for least, more in zip(wide, missing, strict=True):
            edges.append(edges[-1] + least + spare * more / (sum(missing) or 1))
        return edges

    def _row(
        self, table: Table, texts: Sequence[str], edges: list[float], top: float, font: QFont, tone: Tone
    ) -> float:
        """One row, as high as its highest cell; the first column is heavier, heads stand on their last line."""
        first = QFont(font)
        first.setWeight(fonts.MEDIUM)
        own = [first if place == 0 and tone is Tone.TEXT else font for place in range(len(texts))]
        gaps = [_GAP if place else 0 for place in range(len(texts))]
        widths = [int(edges[place + 1] - edges[place] - gap) for place, gap in enumerate(gaps)]
        zipped = zip(texts, own, widths, strict=True)
        high = max(height_of(text, one, width) for text, one, width in zipped) + theme.px(10)
        for place, (column, text) in enumerate(zip(table.columns, texts, strict=True)):
            box = QRectF(edges[place] + gaps[place], top, widths[place], high)
            flags = _RIGHT if column.right else _LEFT
            if tone is Tone.TEXT2:
                box, flags = box.adjusted(0, 0, 0, -4), flags & ~_MIDDLE | _BOTTOM
            self._write(box, text, flags, own[place], tone)
        return top + high

    def _pictures(self, top: float) -> float:
        """Pictures below each other over the whole width; they have margins of their own."""
        width = self.width() - 2
        for pixmap in self._content.pictures:
            high = width * pixmap.height() / max(1, pixmap.width())
            self._drawn.append((QRectF(1, top, width, high), pixmap))
            top += high + 4
        if self._content.waiting:
            font, room = fonts.font(Role.BODY), self.width() - 2 * self._margin
            high = height_of(self._content.waiting, font, room)
            self._write(QRectF(self._margin, top + 20, room, high), self._content.waiting, _TOP, font, Tone.TEXT2)
            top += high + 40
        return top

    def _number(self, top: float) -> float:
        """The page number at the lower right."""
        high = theme.px(20)
        bottom = max(top + high + 16, float(self._least))
        place = QRectF(self._margin, bottom - high - 10, self.width() - 2 * self._margin, high)
        self._write(place, self._content.number, _RIGHT, fonts.font(Role.SECOND), Tone.TEXT2)
        return bottom
