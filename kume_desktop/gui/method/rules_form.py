"""The other rules of a method: cuts, what a missing indicator does, and what the instrument keeps fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method import numbers
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIELD = 64
_ORIGINS = {
    "S": N_("from the source"),
    "I": N_("inferred from the source"),
    "Own": N_("our proposal, you can change it"),
}


class CutsForm(QWidget):
    """The limits between the categories, on the scale of the index; `changed` carries the draft with other cuts."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, published: Method, draft: Method) -> None:
        super().__init__()
        self._draft = draft
        self._fields: list[NumberField] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        for place, point in enumerate(draft.cut_points):
            name = tr(N_("Between category {upper} and {lower}"), upper=place + 1, lower=place + 2)
            field = NumberField(name, numbers.shown(round(point, 1)))
            field.setFixedSize(theme.px(_FIELD), 32)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.committed.connect(self._commit)
            self._fields.append(field)
            known = published.cut_points[place] if place < len(published.cut_points) else None
            differs = known is None or round(known, 9) != round(point, 9)
            weight = fonts.SEMIBOLD if differs else fonts.REGULAR
            grid.addWidget(Label(name, Role.BODY, weight=weight), place, 0)
            before = numbers.shown(round(known, 1)) if known is not None else "–"
            grid.addWidget(Label(before, Role.BODY, Tone.TEXT2, tabular=True), place, 1, _RIGHT)
            grid.addWidget(field, place, 2, _RIGHT)

    def _commit(self, _typed: str) -> None:
        points = [numbers.read(field.text()) for field in self._fields]
        lowest = self._draft.lowest
        known = [point for point in points if point is not None]
        falling = all(upper > lower for upper, lower in zip([100.0, *known], [*known, lowest], strict=True))
        right = len(known) == len(points) and falling
        for field in self._fields:
            field.set_refused(not right)
        if not right:
            said = N_("The cuts must fall from category to category and lie between {lowest} and 100.")
            self.refused.emit(tr(said, lowest=numbers.shown(round(lowest, 1))))
            return
        self.refused.emit("")
        self.changed.emit(replace(self._draft, cuts=self._fractions(known)))

    def _fractions(self, points: list[float]) -> tuple[float, ...]:
        """The cuts as fractions of the attainable range; one that was not touched keeps all its decimals."""
        lowest, before = self._draft.lowest, self._draft.cut_points
        return tuple(
            cut if numbers.shown(round(old, 1)) == numbers.shown(point) else (point - lowest) / (100 - lowest)
            for cut, old, point in zip(self._draft.cuts, before, points, strict=True)
        )


class MissingForm(QWidget):
    """What an indicator without level does, and from how many indicators on an index stands unmarked."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, draft: Method) -> None:
        super().__init__()
        self._draft = draft
        entries = [("leave_out", _(N_("Leave it out"))), ("lowest", _(N_("Count the lowest level")))]
        self._rule = Segments(_(N_("Missing indicator")), entries, draft.missing_rule)
        self._rule.picked.connect(lambda rule: self.changed.emit(replace(self._draft, missing_rule=rule)))
        self._least = NumberField(_(N_("Fewest indicators without a mark")), str(draft.min_scored))
        self._least.setFixedSize(theme.px(_FIELD), 32)
        self._least.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._least.committed.connect(self._commit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rule)
        explained = N_("Left out: neither above nor below the line. Lowest level: it counts as the lowest one.")
        column.addWidget(Label(_(explained), Role.SECOND, Tone.TEXT2, wrap=True))
        row = QHBoxLayout()
        row.addWidget(Label(_(N_("Mark an index with fewer indicators than")), Role.BODY), 1)
        row.addWidget(self._least)
        column.addLayout(row)

    def _commit(self, typed: str) -> None:
        most = len(self._draft.indicators)
        right = typed.strip().isdecimal() and 0 <= int(typed) <= most
        self._least.set_refused(not right)
        if right:
            self.refused.emit("")
            self.changed.emit(replace(self._draft, min_scored=int(typed)))
        else:
            self.refused.emit(tr(N_("Write a whole number from 0 to {most}."), most=most))


class FixedRules(QWidget):
    """What the page does not change, each with whose rule it is."""

    def __init__(self, method: Method) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for sentence, kind in self._sentences(method):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel("lock"), 0, Qt.AlignmentFlag.AlignTop)
            origin = _ORIGINS.get(method.origins.get(kind, ""), "")
            text = f"{sentence} · {_(origin)}" if origin else sentence
            row.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True), 1)
            column.addLayout(row)

    @staticmethod
    def _sentences(method: Method) -> list[tuple[str, str]]:
        steps = ", ".join(f"{level} → {value}" for level, value in sorted(method.collapse.items()))
        found = [
            (tr(N_("Scale {low} to {high}"), low=method.scale_min, high=method.scale_max), "scale"),
            (_(N_("Arithmetic mean; the geometric one is a what-if only")), "preset"),
        ]
        found.append((_open_figures(), ""))
        if steps:
            found.insert(0, (tr(N_("Levels of firms: {steps}"), steps=steps), "collapse"))
        return found


def _open_figures() -> str:
    """The rule for hidden figures of small groups, which is ours and no part of a method."""
    from kume_desktop.scoring.breakdowns.own_rules import PART, WIDTH

    return tr(
        N_(
            "Groups of firms, our own rule for every method: what one firm of a hidden group said stays open over at least {width} of the scale, or over {part} of what would be open if no group was shown"  # noqa: E501
        ),
        width=texts.percent(WIDTH),
        part=texts.percent(PART),
    )
