"""What is drawn to be marked and written into: choices, boxes, lines, scales."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from kume_desktop.reports.paper.content import Boxes, PaperChoice
from kume_desktop.reports.paper.letters import BOLD, GREY, INK, LINE, NUMBER_WIDTH, REGULAR, bare_signs, markup, style

_BOX, _CODE, _GAP = 9.5, 16.0, 5.0
_MOST_COLUMNS = 3
_LONG_LABEL = 160
_CELL_WIDTH, _CELL_HEIGHT = 15.0, 18.0
_LINE_HEIGHT = 21.0


def _circle_or_box(flowable: Flowable, x: float, y: float, is_round: bool) -> None:
    canvas = flowable.canv
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.8)
    if is_round:
        canvas.circle(x + _BOX / 2, y + _BOX / 2, _BOX / 2, stroke=1, fill=0)
    else:
        canvas.rect(x, y, _BOX, _BOX, stroke=1, fill=0)


class Grid(Flowable):  # type: ignore[misc]
    """Choices in columns: a circle (one answer) or a box (several), the code, the label, where to go on."""

    def __init__(
        self, choices: Sequence[PaperChoice], *, is_round: bool, columns: int = 0, indent: float = 0.0
    ) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self.is_round, self.indent = is_round, indent
        self.columns = columns or columns_for(choices)
        self._labels = [Paragraph(markup(_told(choice)), style("choice")) for choice in self.choices]
        self._heights: list[float] = []

    @property
    def _before(self) -> float:
        has_codes = any(choice.code for choice in self.choices)
        return _BOX + _GAP + (_CODE if has_codes else 0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """Lay the labels out."""
        self._cell = (width - self.indent) / self.columns
        sizes = [label.wrap(self._cell - self._before - 6, 1e6)[1] for label in self._labels]
        starts = range(0, len(sizes), self.columns)
        self._heights = [max(sizes[at : at + self.columns]) + 4 for at in starts]
        self.width = width
        self.height = sum(self._heights)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:  # noqa: ARG002
        """Between two rows."""
        rows, left = 0, height
        while rows < len(self._heights) and self._heights[rows] <= left:
            left -= self._heights[rows]
            rows += 1
        if rows in (0, len(self._heights)):
            return []
        at = rows * self.columns
        return [self._part(self.choices[:at]), self._part(self.choices[at:])]

    def _part(self, choices: Sequence[PaperChoice]) -> Grid:
        return Grid(choices, is_round=self.is_round, columns=self.columns, indent=self.indent)

    def draw(self) -> None:
        """Draw row by row from the top."""
        top = self.height
        for row, height in enumerate(self._heights):
            for column in range(self.columns):
                place = row * self.columns + column
                if place < len(self.choices):
                    self._draw_choice(place, self.indent + column * self._cell, top)
            top -= height

    def _draw_choice(self, place: int, x: float, top: float) -> None:
        choice, label = self.choices[place], self._labels[place]
        _circle_or_box(self, x, top - _BOX - 1.5, self.is_round)
        if choice.code:
            self.canv.setFillColor(HexColor(INK))
            self.canv.setFont(BOLD, 8.5)
            self.canv.drawString(x + _BOX + _GAP, top - _BOX + 0.5, bare_signs(choice.code))
        label.drawOn(self.canv, x + self._before, top - label.height)


def _told(choice: PaperChoice) -> str:
    return f"{choice.label} <b>{choice.go_to}</b>" if choice.go_to else choice.label


def columns_for(choices: Sequence[PaperChoice]) -> int:
    """As many columns as the longest label leaves room for."""
    longest = max((len(_told(choice)) for choice in choices), default=0)
    if len(choices) < 3 or longest > 44:
        return 1
    return _MOST_COLUMNS if longest <= 22 else 2


def is_long(choice: PaperChoice) -> bool:
    """Whether a label must be able to run over a page."""
    return len(choice.label) > _LONG_LABEL


class LongChoice(Paragraph):  # type: ignore[misc]
    """A choice whose label is too long for a grid: a paragraph that may run over the page, its box before it."""

    def __init__(self, text: str | None, style_: object = None, bulletText: str | None = None, **more: object) -> None:  # noqa: N803
        super().__init__(text, style_ or _long_style(), bulletText=bulletText, **more)

    def draw(self) -> None:
        """Draw the box where the paragraph begins."""
        super().draw()
        if self.bulletText is not None:
            _circle_or_box(self, NUMBER_WIDTH, self.height - _BOX - 1.5, is_round=False)


def _long_style() -> object:
    found = style("choice").clone("long-choice")
    found.leftIndent = NUMBER_WIDTH + _BOX + _GAP + _CODE
    found.bulletIndent = NUMBER_WIDTH + _BOX + _GAP
    return found


class BoxRow(Flowable):  # type: ignore[misc]
    """Boxes to write digits into, a sign between the groups, words below them, a unit behind."""

    def __init__(self, boxes: Sequence[Boxes], unit: str = "", indent: float = NUMBER_WIDTH) -> None:
        super().__init__()
        self.boxes, self.unit, self.indent = tuple(boxes), unit, indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """As high as the boxes and their words."""
        has_words = any(boxes.words for boxes in self.boxes)
        self.width, self.height = width, _CELL_HEIGHT + (11 if has_words else 0) + 4
        return width, self.height

    def draw(self) -> None:
        """Draw the groups from the left."""
        x, y = self.indent, self.height - _CELL_HEIGHT - 1
        for boxes in self.boxes:
            x = self._draw_boxes(boxes, x, y) + 14
        if self.unit:
            self.canv.setFillColor(HexColor(INK))
            self.canv.setFont(REGULAR, 9)
            self.canv.drawString(x - 8, y + 5, self.unit)

    def _draw_boxes(self, boxes: Boxes, x: float, y: float) -> float:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(LINE))
        canvas.setLineWidth(0.8)
        words = boxes.words if len(boxes.words) == len(boxes.groups) else ()
        start = x
        for place, count in enumerate(boxes.groups):
            if place:
                x = self._draw_between(boxes.between, x, y)
            for at in range(count):
                canvas.rect(x + at * _CELL_WIDTH, y, _CELL_WIDTH, _CELL_HEIGHT, stroke=1, fill=0)
            if words:
                self._word(words[place], x, y)
            x += count * _CELL_WIDTH
        if boxes.words and not words:
            self._word(boxes.words[0], start, y)
        return x

    def _draw_between(self, sign: str, x: float, y: float) -> float:
        if not sign:
            return x + 5
        self.canv.setFillColor(HexColor(INK))
        self.canv.setFont(BOLD, 12)
        self.canv.drawCentredString(x + 5, y + 4, sign)
        return x + 10

    def _word(self, word: str, x: float, y: float) -> None:
        self.canv.setFillColor(HexColor(GREY))
        self.canv.setFont(REGULAR, 7)
        self.canv.drawString(x, y - 9, word)


class Lines(Flowable):  # type: ignore[misc]
    """Lines to write on; `words` stand at the beginning of each."""

    def __init__(self, count: int, words: Sequence[str] = (), indent: float = NUMBER_WIDTH) -> None:
        super().__init__()
        self.count, self.words, self.indent = max(count, len(words)), tuple(words), indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """A fixed height for each line."""
        self.width, self.height = width, self.count * _LINE_HEIGHT + 3
        return width, self.height

    def draw(self) -> None:
        """Draw the lines from the top."""
        canvas = self.canv
        for place in range(self.count):
            y = self.height - (place + 1) * _LINE_HEIGHT
            x = self.indent
            if place < len(self.words):
                canvas.setFillColor(HexColor(GREY))
                canvas.setFont(REGULAR, 8)
                canvas.drawString(x, y + 2, self.words[place])
                x += stringWidth(self.words[place], REGULAR, 8) + 6
            canvas.setStrokeColor(HexColor(LINE))
            canvas.setLineWidth(0.6)
            canvas.line(x, y, self.width, y)


class Scale(Flowable):  # type: ignore[misc]
    """The points of a short range side by side, each with a circle and its number."""

    def __init__(self, points: Sequence[str], indent: float = NUMBER_WIDTH) -> None:
        super().__init__()
        self.points, self.indent = tuple(points), indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """As many rows as the points need."""
        self.width = width
        widest = max(stringWidth(point, REGULAR, 9) for point in self.points)
        self._step = max(widest + _BOX + 16, 34)
        self._columns = max(1, int((width - self.indent) // self._step))
        self.height = ceil(len(self.points) / self._columns) * 18 + 2
        return width, self.height

    def draw(self) -> None:
        """Draw the points in reading order."""
        for place, point in enumerate(self.points):
            row, column = divmod(place, self._columns)
            x, y = self.indent + column * self._step, self.height - (row + 1) * 18 + 5
            _circle_or_box(self, x, y, is_round=True)
            self.canv.setFillColor(HexColor(INK))
            self.canv.setFont(REGULAR, 9)
            self.canv.drawString(x + _BOX + 3, y + 1.5, point)


class Mark(Flowable):  # type: ignore[misc]
    """A circle in the middle of a table cell, with its code below the head's."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """As wide as the cell."""
        self.width, self.height = width, 16.0
        return width, self.height

    def draw(self) -> None:
        """Draw the circle with the code in it."""
        canvas, middle = self.canv, self.width / 2
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(0.8)
        canvas.circle(middle, 8, 7.5, stroke=1, fill=0)
        canvas.setFillColor(HexColor(GREY))
        canvas.setFont(REGULAR, 8)
        canvas.drawCentredString(middle, 5.2, self.code)
