"""A board to draw a figure on, in points from the upper left corner, and the figure as PNG or SVG.

Everything stands at a measured place, so that nothing overlaps or is cut: the height of a figure follows from what it
has to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle
from matplotlib.transforms import Affine2D

from kume_desktop.reports.figures import lettering, palette
from kume_desktop.reports.figures.artists import Align, Line
from kume_desktop.reports.figures.lettering import Style, font_for, width_of, wrapped

POINTS = 72
MARGIN = 16.0
QUICKEST = 1
"""Flat colours with fine letters: zlib's slowest level saves no byte of such a picture and takes twice as long."""
_SALT = "kume"
_SVG_FAMILIES = "Inter, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"


class Board:
    """Draws with measures in points; `scale` makes all of it smaller or larger."""

    def __init__(self, width: float, scale: float = 1.0) -> None:
        self.width, self.scale = width, scale
        self.figure = Figure(facecolor=palette.SURFACE)
        FigureCanvasAgg(self.figure)
        self._points = Affine2D()
        self._place = self._points + self.figure.dpi_scale_trans

    @property
    def left(self) -> float:
        """The left margin."""
        return MARGIN

    @property
    def right(self) -> float:
        """The right margin."""
        return self.width - MARGIN

    def finish(self, bottom: float) -> Figure:
        """Close the board at `bottom`."""
        inch = self.scale / POINTS
        self._points.scale(inch, -inch).translate(0, bottom * inch)
        self.figure.set_size_inches(self.width * inch, bottom * inch)
        return self.figure

    def text(
        self, x: float, baseline: float, text: str, style: Style, colour: str = palette.TEXT, align: Align = Align.LEFT
    ) -> None:
        """One line of text; a dollar sign is a dollar sign."""
        width = 0.0 if align is Align.LEFT else width_of(text, style) * self.scale
        self._put(Line((x, baseline), text, font_for(text, style, self.scale), width, colour, align))

    def paragraph(
        self,
        x: float,
        top: float,
        width: float,
        text: str,
        style: Style,
        colour: str = palette.TEXT2,
        align: Align = Align.LEFT,
    ) -> float:
        """Text wrapped to `width` from `top` down; returns where it ends."""
        for line in wrapped(text, width, style):
            top += style.leading
            self.text(x, top - 0.3 * style.size, line, style, colour, align)
        return top

    def middle(
        self,
        x: float,
        middle: float,
        lines: Sequence[tuple[str, Style, str]],
        align: Align = Align.LEFT,
    ) -> None:
        """Lines (text, style, colour) below each other, their block centred at `middle`."""
        height = sum(style.leading for _text, style, _colour in lines)
        top = middle - height / 2
        for text, style, colour in lines:
            top += style.leading
            if text:
                self.text(x, top - style.leading / 2 + style.rise, text, style, colour, align)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = palette.LINE, *, behind: bool = False
    ) -> None:
        """A line; `behind` draws it under everything else."""
        self._line(start, end, colour, 0.75, "solid", 0.5 if behind else 2)

    def dotted(self, x: float, top: float, bottom: float) -> None:
        """A cut: a dotted upright."""
        self._line((x, top), (x, bottom), palette.LINE_STRONG, 0.9, (0, (1.6, 1.8)))

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, edge: str = "none", line: float = 0.75
    ) -> None:
        """A filled rectangle."""
        line = line if edge != "none" else 0.0
        self._put(Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=line * self.scale))

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """What stands where something is not shown."""
        hatched = Rectangle((x, y), width, height, facecolor=palette.SURFACE, edgecolor=palette.MID, linewidth=0)
        hatched.set_hatch("/////")
        self._put(hatched)

    def pill(self, x: float, y: float, width: float, height: float, fill: str, dashed: bool = False) -> None:
        """A badge; a dashed outline without fill is one that is not certain."""
        shape = FancyBboxPatch(
            (x + height / 2, y),
            width - height,
            height,
            boxstyle=f"round,pad=0,rounding_size={height / 2}",
            mutation_aspect=1,
            facecolor=palette.SURFACE if dashed else fill,
            edgecolor=palette.LINE_STRONG if dashed else fill,
            linewidth=0.9 * self.scale,
            linestyle=(0, (3, 2)) if dashed else "solid",
        )
        shape.set_boxstyle("round", pad=0, rounding_size=height / 2)
        shape.set_bounds(x, y, width, height)
        self._put(shape)

    def dot(self, x: float, y: float, radius: float = 4.6, fill: str = palette.ACCENT) -> None:
        """The mark of a value, with a halo."""
        self._put(
            Circle((x, y), radius, facecolor=fill, edgecolor=palette.SURFACE, linewidth=1.4 * self.scale, zorder=5)
        )

    def ring(self, x: float, y: float, radius: float = 3.6) -> None:
        """The mark of a reference."""
        self._put(
            Circle(
                (x, y),
                radius,
                facecolor=palette.SURFACE,
                edgecolor=palette.LINE_STRONG,
                linewidth=1.2 * self.scale,
                zorder=4,
            )
        )

    def diamond(self, x: float, y: float, radius: float = 5.0) -> None:
        """The mark of the published-style number."""
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self._put(
            Polygon(corners, facecolor=palette.SURFACE, edgecolor=palette.TEXT2, linewidth=1.2 * self.scale, zorder=4)
        )

    def flag(self, x: float, middle: float, colour: str, filled: bool = True) -> None:
        """The mark of a critical need; hollow where that is not certain."""
        self._line((x, middle - 4), (x, middle + 4), colour, 1.0, "solid")
        cloth = [
            (x, middle - 4),
            (x + 6, middle - 4),
            (x + 4.4, middle - 1.6),
            (x + 6, middle + 0.8),
            (x, middle + 0.8),
        ]
        self._put(Polygon(cloth, facecolor=colour if filled else "none", edgecolor=colour, linewidth=1.0 * self.scale))

    def interval(self, low: float, high: float, middle: float, cap: float = 4.0) -> None:
        """Limits as a line with end caps."""
        self._line((low, middle), (high, middle), palette.ACCENT, 1.5, "solid", 3)
        for end in (low, high):
            self._line((end, middle - cap), (end, middle + cap), palette.ACCENT, 1.5, "solid", 3)

    def _line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        width: float,
        dashes: str | tuple[float, tuple[float, ...]],
        zorder: float = 2,
    ) -> None:
        line = Line2D((start[0], end[0]), (start[1], end[1]), color=colour, linewidth=width * self.scale)
        line.set(linestyle=dashes, zorder=zorder, solid_capstyle="butt", dash_capstyle="butt")
        self._put(line)

    def _put(self, artist: Artist) -> None:
        artist.set_transform(self._place)
        artist.set_clip_on(False)
        self.figure.add_artist(artist)


Drawing = Figure
"""What the rooms above call a figure; they know no library that draws."""

Draw = Callable[[Board], float]
"""Draws a figure on a board and returns where it ends."""


def drawn(draw: Draw, width: float, size: tuple[float, float] | None = None) -> Figure:
    """The figure of `draw`: `width` points wide and as high as it needs, or exactly `size` inches.

    A size that is too low for the content makes everything smaller (by at most 60 %) and never cuts anything; what
    does not fit even then is made as wide as asked and higher.
    """
    if size is None:
        board = Board(width)
        return board.finish(draw(board))
    room_across, room_down = size[0] * POINTS, size[1] * POINTS
    scale = 1.0
    while True:
        board = Board(room_across / scale, scale)
        bottom = draw(board)
        if bottom * scale <= room_down or scale < 0.45:
            return board.finish(max(bottom, room_down / scale))
        scale -= 0.05


def to_png(figure: Figure, dpi: float = 144, serial: str = "") -> bytes:
    """The figure as PNG; the same figure gives the same bytes. Its label goes along as a description."""
    held = BytesIO()
    told = (("Description", figure.get_label()), ("Source", serial))
    described = {name: text for name, text in told if text}
    with mpl.rc_context({"text.hinting": "no_hinting"}):
        figure.savefig(
            held,
            format="png",
            dpi=dpi,
            metadata={"Software": None, **described},
            pil_kwargs={"compress_level": QUICKEST},
        )
    return held.getvalue()


def to_svg(figure: Figure, serial: str = "") -> bytes:
    """The figure as SVG with text as text; the same figure gives the same bytes. Its label is what a reader hears."""
    held = BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": _SALT}):
        told = {"Identifier": serial} if serial else {}
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None, **told})
    ours, both = f"'{lettering.FAMILY}'", f"'{lettering.FAMILY}', '{lettering.FALLBACK}'"
    text = held.getvalue().decode("utf-8").replace(both, _SVG_FAMILIES).replace(ours, _SVG_FAMILIES)
    if figure.get_label():
        start = text.index(">", text.index("<svg ")) + 1
        title = f"\n <title>{escape(str(figure.get_label()))}</title>"
        text = f'{text[: start - 1]} role="img">{title}{text[start:]}'
    return text.encode("utf-8")


def widest(texts: Sequence[str], style: Style) -> float:
    """The width of the widest of some texts, in points."""
    return max((width_of(text, style) for text in texts), default=0.0)
