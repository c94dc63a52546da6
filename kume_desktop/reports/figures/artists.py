"""A line of text that knows its width: Matplotlib would lay each one out twice, once only to find where it begins."""

from __future__ import annotations

from enum import StrEnum

from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text


class Align(StrEnum):
    """Where a text stands at its x."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


_BEFORE = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}
"""The part of its width that stands before the x of a text."""


class Line(Text):
    """One upright line on its baseline; `width` in points as it is drawn, not asked for where it begins at its x."""

    def __init__(
        self, at: tuple[float, float], text: str, font: FontProperties, width: float, colour: str, align: Align
    ) -> None:
        super().__init__(*at, text, color=colour, fontproperties=font, ha=str(align), va="baseline", parse_math=False)
        self._before = _BEFORE[align] * width

    def draw(self, renderer: RendererBase) -> None:
        """Draw the line where its width says that it begins."""
        x, y = self.get_transform().transform(self.get_position())
        x -= renderer.points_to_pixels(self._before)
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        renderer.draw_text(gc, x, y, self.get_text(), self.get_fontproperties(), 0.0, ismath=False, mtext=self)
        gc.restore()
        renderer.close_group("text")
