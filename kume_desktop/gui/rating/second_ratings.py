"""How the study rates: is the suggestion hidden, how many firms are rated twice, and the draw of the second raters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.fields import NumberField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.rating_queue import Board
    from kume_desktop.services.rating_views import Drawn, RatingSettings

_HIDDEN, _BESIDE = "hidden", "beside"


class SettingsLine(QWidget):
    """`changed` carries other settings once they are numbers."""

    changed = Signal(object)

    def __init__(self, settings: RatingSettings) -> None:
        super().__init__()
        self._settings = settings
        entries = ((_HIDDEN, _(N_("after the level"))), (_BESIDE, _(N_("beside the levels"))))
        self.when = Segments(_(N_("Suggestion of the rubric")), entries, _HIDDEN if settings.blind else _BESIDE)
        self.share = NumberField(_(N_("Firms rated twice, %")), str(round(settings.share * 100)))
        self.seed = NumberField(_(N_("Seed of the draw")), str(settings.seed))
        self._refused = Label("", Role.SECOND, Tone.ERR, wrap=True)
        self._refused.hide()
        self.when.picked.connect(lambda key: self._tell(replace(self._settings, blind=key == _HIDDEN)))
        self.share.committed.connect(self._take_share)
        self.seed.committed.connect(self._take_seed)
        self._lay_out()

    def _lay_out(self) -> None:
        for field in (self.share, self.seed):
            field.setFixedWidth(theme.px(100))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(labelled(_(N_("Suggestion of the rubric")), self.when))
        row.addWidget(labelled(_(N_("Firms rated twice, %")), self.share))
        row.addWidget(labelled(_(N_("Seed of the draw")), self.seed))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._refused)

    def _take_share(self, typed: str) -> None:
        share = _whole(typed)
        self._say(self.share, share is None or share > 100, _(N_("Write a whole number from 0 to 100.")))
        if share is not None and share <= 100:  # per cent
            self._tell(replace(self._settings, share=share / 100))

    def _take_seed(self, typed: str) -> None:
        seed = _whole(typed)
        self._say(self.seed, seed is None, _(N_("Write a whole number.")))
        if seed is not None:
            self._tell(replace(self._settings, seed=seed))

    def _say(self, field: NumberField, refused: bool, text: str) -> None:
        field.set_refused(refused)
        self._refused.setText(text if refused else "")
        self._refused.setVisible(refused)

    def _tell(self, wanted: RatingSettings) -> None:
        self._settings = wanted
        self.changed.emit(wanted)


def draw_grid(board: Board) -> FactGrid:
    """Per area: completed interviews, rated, drawn, rated twice."""
    heads = (
        _(N_("Area")), _(N_("completed interviews")), _(N_("rated")), _(N_("drawn for a second rating")),
        _(N_("rated twice")),
    )  # fmt: skip
    rows = []
    for area in board.areas:
        firms = [board.standing(unit_id) for unit_id in board.interviews if board.units[unit_id].area == area.code]
        name = area.name_en if texts.language() == "en" and area.name_en else area.name_tr
        final = [len(one.final_raters(board.codes)) for one in firms]
        drawn = sum(bool(one.drawn) for one in firms)
        cells = (len(firms), sum(n > 0 for n in final), drawn, sum(n > 1 for n in final))
        rows.append(GridRow(area.code, (name, *map(str, cells))))
    return FactGrid(_(N_("Second ratings")), heads, rows)


def drawn_sentence(drawn: Sequence[Drawn]) -> str:
    """What the draw brought."""
    if not drawn:
        return _(N_("The share is reached already; nobody new was drawn."))
    own = sum(one.own_interview for one in drawn)
    said = N_("{count} firms were drawn for a second rating.")
    if own:
        said = N_("{count} firms were drawn for a second rating, {own} of them for people who interviewed them.")
        return tr(said, count=len(drawn), own=own)
    return tr(said, count=len(drawn))


def _whole(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdecimal() else None
