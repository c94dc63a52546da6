"""How many firms the list of an area holds: in all, eligible, by size class, and how many people they employ."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kume_desktop.problems import Problem
    from kume_desktop.services.frame_totals import AreaTotals

_FIELD = 96
_GROUPS = re.compile(r"[.,\s]")
_GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")
"""Thousands as people group them: nobody counts firms in fractions, so a comma before three digits is no decimal."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WHOLE = (
    ("frame_n", N_("Firms on the list (N)"), ""),
    ("eligible_n", N_("Eligible firms"), N_("empty: estimated from the firms whose eligibility is known")),
    ("employment", N_("People employed by all firms on the list"), ""),
)


class TotalsForm(QWidget):
    """Each number is kept on leaving its field; `changed` carries totals that add up, `begun` those that do not yet."""

    changed = Signal(object)
    begun = Signal(object)

    def __init__(self, totals: AreaTotals, size_classes: Sequence[str]) -> None:
        super().__init__()
        self._totals = totals
        self._note = Label("", Role.SECOND, Tone.ERR, wrap=True)
        self._note.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        row = 0
        for name, label, hint in _WHOLE:
            self._field(grid, row, _(label), getattr(totals, name), partial(self._commit, name))
            if hint:
                grid.addWidget(Label(_(hint), Role.SECOND, Tone.TEXT2, wrap=True), row, 2)
            row += 1
        for size in size_classes:
            label = tr(N_("Firms with {size} staff"), size=size)
            self._field(grid, row, label, totals.size_n.get(size), partial(self._commit_size, size))
            row += 1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._note)
        self._tell()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say below the fields why the study does not keep the totals."""
        self._note.set_tone(Tone.ERR)
        self._note.setText(" ".join(map(texts.say, problems)))
        self._note.show()
        announce(self._note, self._note.text())

    def _field(self, grid: QGridLayout, row: int, label: str, value: float | None, commit: object) -> None:
        field = NumberField(label, "" if value is None else f"{value:.0f}")
        field.setFixedWidth(theme.px(_FIELD))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        words = Label(label, Role.BODY)
        words.setBuddy(field)
        grid.addWidget(words, row, 0)
        grid.addWidget(field, row, 1, _RIGHT)
        field.committed.connect(partial(self._read, field, commit))

    def _read(self, field: NumberField, commit: object, typed: str) -> None:
        plain = _GROUPS.sub("", typed.strip()) if _GROUPED.fullmatch(typed.strip()) else typed.strip()
        right = not plain or (plain.isascii() and plain.isdecimal())
        field.set_refused(not right)
        if not right:
            self._note.set_tone(Tone.ERR)
            self._note.setText(tr(N_("“{typed}” is no whole number. Nothing was changed."), typed=typed))
            self._note.show()
        elif callable(commit):
            field.show_text(plain)
            commit(int(plain) if plain else None)

    def _commit(self, name: str, value: int | None) -> None:
        self._totals = replace(self._totals, **{name: value})  # type: ignore[arg-type]
        self._emit()

    def _commit_size(self, size: str, value: int | None) -> None:
        sizes: Mapping[str, int] = {key: n for key, n in self._totals.size_n.items() if key != size}
        self._totals = replace(self._totals, size_n=sizes if value is None else {**sizes, size: value})
        self._emit()

    def _emit(self) -> None:
        """Hand on what adds up; what does not yet add up stays in the fields and is said below."""
        signal = self.changed if self._tell() else self.begun
        signal.emit(self._totals)

    def _tell(self) -> bool:
        """Say below the fields what does not add up yet; whether it all does."""
        whole, sizes = self._totals.frame_n, sum(self._totals.size_n.values())
        rest = (whole or 0) - sizes
        fits = not self._totals.size_n or rest == 0
        self._note.setVisible(not fits)
        if fits:
            return True
        said = N_("Not kept yet: {count} firms of the list are in no size class.")
        if rest < 0:
            said = N_("Not kept yet: the size classes hold {count} firms more than the list.")
        self._note.set_tone(Tone.WARN)
        self._note.setText(tr(said, count=abs(rest)))
        return False
