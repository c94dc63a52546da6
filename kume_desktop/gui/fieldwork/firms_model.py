"""The table of firms: columns, filter, and the counts of the state tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts, turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.progress import paint_bar
from kume_desktop.gui.components.state_chip import paint_state, word
from kume_desktop.gui.components.table import Column, RowsModel
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _

ORDER = tuple(FirmState)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_BAR = 40


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the search field, the pickers and the tabs let through; '' and None let everything through."""

    text: str = ""
    area: str = ""
    district: str = ""
    state: FirmState | None = None

    def passes(self, firm: FirmRow) -> bool:
        """Whether a firm is shown."""
        return self.passes_but_state(firm) and self.state in (None, firm.state)

    def passes_but_state(self, firm: FirmRow) -> bool:
        """Whether a firm would be shown under the tab of its state."""
        if self.area not in ("", firm.area) or self.district not in ("", firm.district):
            return False
        if not self.text.strip():
            return True
        held = turkish.fold(f"{firm.name} {firm.code} {firm.district} {firm.frame_nace} {firm.field_nace}")
        return all(part in held for part in turkish.fold(self.text).split())

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return self == Sieve()


def counts(firms: Sequence[FirmRow], sieve: Sieve) -> dict[FirmState, int]:
    """How many firms each tab would show; they follow the other filters."""
    return dict(Counter(firm.state for firm in firms if sieve.passes_but_state(firm)))


def area_name(firm: FirmRow) -> str:
    """The name of a firm's area in the language in force."""
    return firm.area_name_tr if texts.language() == "tr" else firm.area_name_en


def answered(firm: FirmRow) -> str:
    """16/46, or a dash where no interview was begun."""
    return f"{firm.answered}/{firm.asked}" if firm.asked else "–"


def visits(firm: FirmRow) -> str:
    """The number of contact attempts, a dash for none."""
    return str(firm.visits) if firm.visits else "–"


def _paint_answered(painter: QPainter, box: QRect, firm: FirmRow) -> None:
    if not firm.asked:
        painter.drawText(box, _LEFT, "–")
        return
    whole = firm.answered >= firm.asked
    bar = QRectF(box.left(), box.center().y() - 1, _BAR, 4)
    paint_bar(painter, bar, firm.answered / firm.asked, Tone.TEXT2 if whole else Tone.ACCENT)
    painter.setFont(fonts.font(Role.SECOND, tabular=True))
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(box.adjusted(_BAR + 8, 0, 0, 0), _LEFT, answered(firm))


def _paint_state(painter: QPainter, box: QRect, firm: FirmRow) -> None:
    painter.setPen(theme.colour(Tone.TEXT))
    paint_state(painter, box, firm.state)


def columns() -> tuple[Column[FirmRow], ...]:
    """The columns in the language in force."""
    return (
        Column("name", _(N_("Firm")), lambda firm: firm.name, first=True),
        Column("area", _(N_("Activity area")), area_name),
        Column("district", _(N_("District")), lambda firm: firm.district, width=92),
        Column(
            "state",
            _(N_("State")),
            lambda firm: word(firm.state),
            sort=lambda firm: ORDER.index(firm.state),
            width=128,
            paint=_paint_state,
        ),
        Column(
            "answered",
            _(N_("Answered")),
            answered,
            sort=lambda firm: firm.answered / firm.asked if firm.asked else -1.0,
            width=118,
            paint=_paint_answered,
        ),
        Column("visits", _(N_("Visits")), visits, sort=lambda firm: firm.visits, width=62, right=True),
    )


def make_model() -> RowsModel[FirmRow]:
    """An empty model of firms."""
    return RowsModel(columns())
