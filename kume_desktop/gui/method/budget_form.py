"""Weights by budget: every expert shares 100 points out among the indicators; the weights are their means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import NumberField, TextField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.refilling import refilled
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method import numbers
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.scoring.method import Method

WHOLE = 100.0
_FIELD = 56
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BudgetForm(QWidget):
    """One expert is edited at a time. `changed` carries the draft after every commit.

    Until every expert's points sum to 100 the draft keeps the weights it had, and its problems say so.
    """

    changed = Signal(object)

    def __init__(self, draft: Method) -> None:
        super().__init__()
        self._draft = draft
        known = {str(name): dict(points) for name, points in draft.weight_basis.items() if isinstance(points, dict)}
        self._shares = known or first_budget(draft.indicator_codes)
        self._at = next(iter(self._shares))
        self._fields: dict[str, NumberField] = {}
        self._left = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._experts = QVBoxLayout()
        self._table = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        explained = N_("Every expert shares 100 points out. The weight of an indicator is the mean of its points.")
        column.addWidget(Label(_(explained), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addLayout(self._experts)
        column.addLayout(self._table)
        column.addWidget(self._left)
        self._fill()

    def _fill(self) -> None:
        with refilled(self, self._experts, self._table):
            self._show_experts()
            self._show_points()

    def _show_experts(self) -> None:
        for expert in self._shares:
            held = QWidget()
            row = QHBoxLayout(held)
            row.setContentsMargins(0, 0, 0, 0)
            open_it = Button(
                expert, Kind.PLAIN if expert != self._at else Kind.QUIET, icon="check" * (expert == self._at)
            )
            open_it.setAccessibleName(tr(N_("Points of {expert}"), expert=expert))
            open_it.clicked.connect(lambda _checked=False, name=expert: self._open(name))
            row.addWidget(open_it)
            row.addStretch(1)
            if len(self._shares) > 1:
                away = Button(_(N_("Remove")), Kind.LINK)
                away.setAccessibleName(tr(N_("Remove {name}"), name=expert))
                away.clicked.connect(lambda _checked=False, name=expert: self._remove(name))
                row.addWidget(away)
            self._experts.addWidget(held)
        name = TextField(_(N_("Add an expert")), placeholder=_(N_("Name or role of another expert")))
        name.committed.connect(self._add)
        self._experts.addWidget(name)

    def _show_points(self) -> None:
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        self._fields = {}
        for row, indicator in enumerate(self._draft.indicators):
            name = words.capital(words.said(indicator.text))
            points = self._shares[self._at].get(indicator.code, 0.0)
            field = NumberField(
                tr(N_("Points of {expert} for {name}"), expert=self._at, name=name), numbers.shown(points, 0)
            )
            field.setFixedSize(theme.px(_FIELD), 32)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.committed.connect(self._commit)
            self._fields[indicator.code] = field
            grid.addWidget(Label(name, Role.BODY), row, 0)
            grid.addWidget(field, row, 1, _RIGHT)
        self._table.addWidget(held)
        self._tell()

    def _open(self, expert: str) -> None:
        self._at = expert
        self._fill()

    def _add(self, name: str) -> None:
        name = name.strip()
        if not name:
            return
        is_new = name not in self._shares
        if is_new:
            self._shares[name] = dict(self._shares[self._at])
        self._open(name)
        self._first_points()
        if is_new:
            self._emit()

    def _remove(self, expert: str) -> None:
        del self._shares[expert]
        self._open(self._at if self._at in self._shares else next(iter(self._shares)))
        self._first_points()
        self._emit()

    def _first_points(self) -> None:
        field = next(iter(self._fields.values()))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _commit(self, _typed: str) -> None:
        found = {code: numbers.read(field.text()) for code, field in self._fields.items()}
        for code, field in self._fields.items():
            points = found[code]
            field.set_refused(points is None or points < 0)
        if any(points is None or points < 0 for points in found.values()):
            self._left.set_tone(Tone.ERR)
            self._left.setText(_(N_("Points are numbers of 0 or more.")))
            return
        self._shares[self._at] = {code: points for code, points in found.items() if points is not None}
        self._tell()
        self._emit()

    def _tell(self) -> None:
        short = {name: WHOLE - sum(points.values()) for name, points in self._shares.items()}
        wrong = {name: rest for name, rest in short.items() if abs(rest) > 1e-6}
        self._left.set_tone(Tone.WARN if wrong else Tone.TEXT2)
        if not wrong:
            self._left.setText(tr(N_("{count} experts, 100 points each"), count=len(self._shares)))
            return
        name, rest = next(iter(wrong.items()))
        said = N_("{name}: {points} points are left to give.") if rest > 0 else N_("{name}: {points} points too many.")
        self._left.setText(tr(said, name=name, points=numbers.shown(abs(rest), 0)))

    def _emit(self) -> None:
        """Hand the points on; weights come of them once they are whole."""
        from kume_desktop.scoring.weights import sources

        whole = all(abs(sum(points.values()) - WHOLE) <= 1e-6 for points in self._shares.values())
        total = {code: sum(points.get(code, 0.0) for points in self._shares.values()) for code in self._fields}
        if whole and all(points > 0 for points in total.values()):
            self.changed.emit(sources.from_budget(self._draft, self._shares))
            return
        if whole:
            self._left.set_tone(Tone.ERR)
            self._left.setText(_(N_("Every indicator needs points from at least one expert.")))
        shares = {expert: dict(points) for expert, points in self._shares.items()}
        self.changed.emit(self._draft.with_changes(weight_source=sources.BUDGET, weight_basis=shares))


def first_budget(codes: Sequence[str]) -> dict[str, dict[str, float]]:
    """What a budget starts with: one expert who gives everybody the same, in whole points."""
    least, more = divmod(int(WHOLE), len(codes))
    return {tr(N_("Expert {number}"), number=1): {code: float(least + (n < more)) for n, code in enumerate(codes)}}
