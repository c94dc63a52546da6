"""The fieldwork of an area by stratum: what was issued, what came of it, and the rates with their formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures import words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import AreaResponse, StratumResponse

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADS = (
    N_("Size class"),
    N_("on the list"),
    N_("issued"),
    N_("completed"),
    N_("broken off"),
    N_("refused"),
    N_("not reached"),
    N_("not eligible"),
    N_("duplicate"),
    N_("open"),
)


class StrataTable(QWidget):
    """One line a stratum and the whole area at the foot; a line is read out as a sentence of its own."""

    def __init__(self, response: AreaResponse) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6 if theme.is_compact() else 12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(_HEADS):
            place = _RIGHT if column else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(Label(_(head), Role.CAPTION, Tone.TEXT2), 0, column, place)
        grid.addWidget(Rule(), 1, 0, 1, len(_HEADS))
        row = 2
        for stratum in response.strata:
            name = stratum.stratum or _(N_("size not known"))
            self._line(grid, row, name, stratum, whole=False)
            row += 1
        grid.addWidget(Rule(), row, 0, 1, len(_HEADS))
        self._line(grid, row + 1, _(N_("Whole area")), response.total, whole=True)

    def _line(self, grid: QGridLayout, row: int, name: str, found: StratumResponse, *, whole: bool) -> None:
        weight = fonts.SEMIBOLD if whole else fonts.REGULAR
        listed = words.NOTHING if found.frame_n is None else str(found.frame_n)
        counts = (
            found.issued, found.completed, found.partial, found.refused, found.not_reached, found.ineligible,
            found.duplicate, found.pending,
        )  # fmt: skip
        first = Label(name, Role.BODY, weight=weight)
        told = [listed, *map(str, counts)]
        first.setAccessibleDescription(
            ", ".join(f"{_(head)}: {text}" for head, text in zip(_HEADS[1:], told, strict=True))
        )
        grid.addWidget(first, row, 0)
        for column, text in enumerate(told, start=1):
            grid.addWidget(Label(text, Role.BODY, weight=weight, tabular=True), row, column, _RIGHT)


class RateLines(QWidget):
    """The rates of an area, each with the formula that it names."""

    def __init__(self, response: AreaResponse) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, (name, value, formula) in enumerate(_rates(response)):
            grid.addWidget(Label(_(name), Role.BODY), row, 0)
            share = words.NOTHING if value is None else texts.percent(value)
            grid.addWidget(Label(share, Role.BODY, weight=fonts.SEMIBOLD, tabular=True), row, 1, _RIGHT)
            grid.addWidget(Label(_(formula), Role.SECOND, Tone.TEXT2, wrap=True), row, 2)
        column.addLayout(grid)


def _rates(response: AreaResponse) -> tuple[tuple[str, float | None, str], ...]:
    return (
        (
            N_("Response rate"),
            response.response_rate,
            N_("completed / eligible firms that were issued and are no longer open"),
        ),
        (N_("Contact rate"), response.contact_rate, N_("somebody was reached / eligible firms that were issued")),
        (N_("Cooperation rate"), response.cooperation_rate, N_("completed / firms where somebody was reached")),
        (N_("Refusal rate"), response.refusal_rate, N_("refused / eligible firms that were issued")),
        (N_("Covered share of firms"), response.covered_share, N_("completed / eligible firms on the list")),
        (N_("Covered share of employment"), response.employment_share, N_("staff of these firms / staff on the list")),
    )
