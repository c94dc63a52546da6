"""What became of the firms issued, by area and size class: counts, and rates with the formula named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.field_rules.part import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.routes import ResponseRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.field_rates import AreaRates

_COUNTS = (
    ("issued", N_("Given out")),
    ("completed", N_("Completed")),
    ("partial", N_("Begun")),
    ("refused", N_("Refusal")),
    ("ineligible", N_("Out of scope")),
    ("not_reached", N_("Not reached")),
    ("open", N_("Still open")),
)
_RATES = ("RR1", "REF1", "CON1")
_NARROW, _AROUND = 52, 22
"""The narrowest column; the gap and the sort arrow beside a head."""


class RatesPart(Part):
    """A table one can sort; Enter opens the response page of the row's area."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        from kume_desktop.services import field_answers, field_rates

        self._areas = self.area_names()
        self._order: dict[tuple[str, str], int] = {}
        self.model: RowsModel[AreaRates] = RowsModel(self._columns())
        self.table = Table(self.model, _(N_("What became of the firms issued")))
        self.table.opened.connect(self._open)
        self.table.setMinimumHeight(320)
        self.column.addWidget(self.table, 1)
        for line in self._formulas():
            self.column.addWidget(Label(line, Role.SECOND, Tone.TEXT2, wrap=True))
        link = Button(_(N_("Response and weights")), Kind.LINK)
        link.clicked.connect(partial(self.navigate.emit, ResponseRoute()))
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        self.column.addLayout(row)
        self.read(field_answers.RATES, lambda: field_rates.field_rates(desk.study), field_answers.rates_of, self._show)

    def _columns(self) -> list[Column[AreaRates]]:
        counts = [_column(name, _(title), partial(_count, name)) for name, title in _COUNTS]
        rates = [_column(name, name, partial(_rate, name)) for name in _RATES]
        return [
            Column("area", _(N_("Area")), self._name, sort=self._place, first=True),
            Column("size", _(N_("Employees")), _size, width=_width(_(N_("Employees")))),
            *counts,
            *rates,
        ]

    def _place(self, one: AreaRates) -> int:
        return self._order.get((one.area, one.size_class), 0)

    def _name(self, one: AreaRates) -> str:
        return self._areas.get(one.area, one.area) if one.area else _(N_("All areas"))

    def _formulas(self) -> list[str]:
        from kume_desktop.scoring.response import aapor

        legend = N_("I complete, P begun, R refusal, NC not reached, O other, U eligibility unknown, X out of scope")
        told = " · ".join(f"{name} = {aapor.FORMULAS[name]}" for name in _RATES)
        return [told, f"{_(legend)}. {aapor.SOURCE}"]

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk and open."""
        return (KeyHint("Up Down", _(N_("Choose"))), KeyHint("Return", _(N_("Response and weights"))))

    def actions_here(self) -> tuple[Action, ...]:
        """The page of the rates."""
        run = partial(self.navigate.emit, ResponseRoute())
        return (Action("response", _(N_("Response and weights")), run),)

    def take_focus(self) -> None:
        """The table."""
        self.table.setFocus()

    def _show(self, found: Sequence[AreaRates]) -> None:
        self._order = {(one.area, one.size_class): place for place, one in enumerate(found)}
        self.model.set_rows(found)
        self.table.select(lambda _row: True)

    def _open(self, row: object) -> None:
        self.navigate.emit(ResponseRoute(getattr(row, "area", "")))


def _size(one: AreaRates) -> str:
    if one.size_class == "?":
        return _(N_("not known"))
    return one.size_class.replace("-", "–") or _(N_("all"))


def _count(name: str, one: AreaRates) -> int:
    return int(getattr(one.tally, name))


def _rate(name: str, one: AreaRates) -> float | None:
    value: float | None = getattr(one.rates, name.lower())
    return value


def _column(name: str, title: str, value: Callable[[AreaRates], float | None]) -> Column[AreaRates]:
    def text(one: AreaRates) -> str:
        return _share(value(one)) if name in _RATES else str(value(one))

    def order(one: AreaRates) -> float:
        found = value(one)
        return -1.0 if found is None else found

    return Column(name, title, text, sort=order, width=_width(title), right=True)


def _width(title: str) -> int:
    """As wide as its head or a number of five signs needs, before the text size: the rest is for the areas' names."""
    words = QFontMetrics(fonts.font(Role.CAPTION)).horizontalAdvance(title) / (theme.px(100) / 100)
    return max(_NARROW, round(words) + _AROUND)


def _share(value: float | None) -> str:
    return "–" if value is None else texts.percent(value)
