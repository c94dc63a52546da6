"""A text of the form with its emphasis, which can grow bold without moving anything around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QPainter, QPaintEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QLabel

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

LEAST_WIDTH = 60


class RichLabel(QLabel):
    """Rich text that wraps; everything in it but bold, italic and line breaks is escaped by the form engine.

    The label keeps room for the bold shape from the beginning, so that making a row the current one only paints.
    """

    def __init__(self, role: Role, tone: Tone = Tone.TEXT, weight: QFont.Weight | None = None) -> None:
        super().__init__()
        self._strong = False
        self._tone = tone
        self._heights: dict[int, int] = {}
        self._whole: QSize | None = None
        self._shapes = (_document(fonts.font(role, weight)), _document(fonts.font(role, fonts.SEMIBOLD)))
        self._line = fonts.line_height(role)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def show_text(self, text: str) -> None:
        """Show other rich text."""
        if text == self.text():
            return
        self.setText(text)
        self._heights.clear()
        self._whole = None
        for shape in self._shapes:
            shape.setHtml(text)
        self.updateGeometry()

    def set_strong(self, strong: bool) -> None:
        """Weight 600 for the current row."""
        if strong != self._strong:
            self._strong = strong
            self.update()

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the taller shape in `width` pixels."""
        whole = self.sizeHint()
        if width >= whole.width():
            return whole.height()
        if width not in self._heights:
            self._heights[width] = max(self._line, *(_height(shape, width) for shape in self._shapes))
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """One line where there is room; layouts ask for it at every width they try."""
        if self._whole is None:
            for shape in self._shapes:
                shape.setTextWidth(-1)
            width = max(round(shape.idealWidth()) + 1 for shape in self._shapes)
            self._whole = QSize(width, max(self._line, *(_height(shape, width) for shape in self._shapes)))
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible."""
        return QSize(LEAST_WIDTH, self._line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape in force."""
        shape = self._shapes[self._strong]
        if shape.textWidth() != self.width():  # even the same width would lay the text out anew
            shape.setTextWidth(self.width())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, theme.colour(self._tone))
        context.clip = QRectF(event.rect())
        shape.documentLayout().draw(QPainter(self), context)


def _document(font: QFont) -> QTextDocument:
    made = QTextDocument()
    made.setDefaultFont(font)
    made.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    made.setDefaultTextOption(option)
    return made


def _height(shape: QTextDocument, width: int) -> int:
    shape.setTextWidth(width)
    return -int(-shape.size().height() // 1)
