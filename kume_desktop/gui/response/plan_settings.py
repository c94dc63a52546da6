"""What a sample plan is made for: the wished half-width and what is expected of the field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_plan import PlanSettings

_FIELD = 80
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Setting:
    name: str
    label: str
    explained: str
    share: bool = False
    whole: bool = False


_SETTINGS = (
    _Setting("half_width", N_("Half-width of the interval, points"), N_("the interval of an area may reach so far")),
    _Setting(
        "deviation", N_("Standard deviation of firms, points"), N_("18.6 with ten indicators that correlate moderately")
    ),
    _Setting("eligibility", N_("Eligible of the list, %"), N_("not closed, not moved, in scope"), share=True),
    _Setting("response", N_("Expected response, %"), N_("eligible firms that agree to an interview"), share=True),
    _Setting("reserve", N_("Reserve, % of those issued"), N_("drawn now, released by the supervisor only"), share=True),
    _Setting("batches", N_("Batches of the reserve"), N_("released one after the other"), whole=True),
    _Setting("seed", N_("Seed of the draw"), N_("the same seed draws the same firms again"), whole=True),
)


class PlanSettingsForm(QWidget):
    """`changed` carries the settings after each commit that is a number."""

    changed = Signal(object)

    def __init__(self, settings: PlanSettings) -> None:
        super().__init__()
        self._settings = settings
        self._note = Label("", Role.SECOND, Tone.ERR, wrap=True)
        self._note.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(_SETTINGS):
            value = getattr(settings, one.name) * (100 if one.share else 1)
            shown = f"{value:.0f}" if float(value).is_integer() else texts.number(value, 1)
            field = NumberField(_(one.label), shown)
            field.setFixedWidth(theme.px(_FIELD))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.committed.connect(partial(self._commit, one, field))
            words = Label(_(one.label), Role.BODY)
            words.setBuddy(field)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1, _RIGHT)
            grid.addWidget(Label(_(one.explained), Role.SECOND, Tone.TEXT2, wrap=True), row, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._note)

    def _commit(self, one: _Setting, field: NumberField, typed: str) -> None:
        value = _number(typed, whole=one.whole)
        field.set_refused(value is None)
        self._note.setVisible(value is None)
        if value is None:
            self._note.setText(tr(N_("“{typed}” is no number for this. Nothing was changed."), typed=typed))
            return
        kept = int(value) if one.whole else value / 100 if one.share else value
        self._settings = replace(self._settings, **{one.name: kept})  # type: ignore[arg-type]
        self.changed.emit(self._settings)


def _number(typed: str, *, whole: bool) -> float | None:
    plain = typed.strip().replace(",", ".", 1)
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return None
    value = float(plain)
    return None if whole and not value.is_integer() else value
