"""The probability of each category of an area as one bar, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.figures import words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.hundredths import of_hundred
from kume_desktop.texts import N_, _

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_BAR, _LINE = 28, 20


class ProbabilityBar(QWidget):
    """Takes the probabilities of categories 1.. ; those below half a per cent are left out."""

    def __init__(self, probabilities: Sequence[float]) -> None:
        super().__init__()
        counts = sorted(enumerate(of_hundred(probabilities), start=1), key=lambda one: -one[1])
        self._shares = [(number, count) for number, count in counts if count]
        told = ", ".join(f"{words.short_category(number)} {texts.percent(n / 100)}" for number, n in self._shares)
        self.setAccessibleName(f"{_(N_('Probability of the category'))}: {told}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def _measure(self) -> None:
        lines = 1 if self._captions_fit() else len(self._shares)
        self.setFixedHeight(theme.px(_BAR) + lines * theme.px(_LINE) + 2)

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(theme.px(240), self.height())

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Put the captions under each other where they do not fit under their parts."""
        self._measure()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw a part for each category with its per cent, the names below."""
        painter = QPainter(self)
        bar, line, fit = theme.px(_BAR), theme.px(_LINE), self._captions_fit()
        for place, (number, count, left, width) in enumerate(self._boxes()):
            box, (fill, ink), share = QRectF(left, 0, width, bar), theme.category(number), texts.percent(count / 100)
            painter.fillRect(box, fill)
            painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD, tabular=True))
            if painter.fontMetrics().horizontalAdvance(share) + 4 <= width:
                painter.setPen(ink)
                painter.drawText(box, _CENTRE, share)
            painter.setFont(fonts.font(Role.CAPTION))
            painter.setPen(theme.colour(Tone.TEXT2))
            if fit:
                painter.drawText(QRectF(left, bar, self.width() - left, line), _LEFT, words.short_category(number))
                continue
            top = bar + place * line
            painter.fillRect(QRectF(0, top + line / 2 - 4, 12, 8), fill)
            painter.drawText(QRectF(20, top, self.width(), line), _LEFT, f"{words.short_category(number)} {share}")

    def _boxes(self) -> list[tuple[int, int, float, float]]:
        """Category, per cent, left edge and width of each part."""
        whole, left, found = self.width() - 2 * (len(self._shares) - 1), 0.0, []
        for number, count in self._shares:
            width = whole * count / 100
            found.append((number, count, left, width))
            left += width + 2
        return found

    def _captions_fit(self) -> bool:
        metrics = QFontMetrics(fonts.font(Role.CAPTION))
        return all(
            metrics.horizontalAdvance(words.short_category(number)) <= width + (2 if width > 40 else 0)
            for number, _count, _left, width in self._boxes()
        )
