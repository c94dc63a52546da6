"""The thresholds of the signals: each with its unit and whose it is; staff change them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.conduct.rules import Rules
from kume_desktop.texts import N_, _, tr

_FIELD = 72


@dataclass(frozen=True, slots=True)
class _Line:
    """A threshold: its name, what it says, its unit; shares are shown per hundred."""

    name: str
    words: str
    unit: str
    share: bool = False


LINES = (
    _Line("run", N_("Equal answers in a row in tables, from"), N_("rows")),
    _Line("battery", N_("Tables of one answer are told from"), N_("rows")),
    _Line("fewest", N_("Times are compared from"), N_("interviews")),
    _Line("fast", N_("An interview is short below"), N_("% of its usual time"), share=True),
    _Line("fast_question", N_("A question is short below"), N_("% of its median"), share=True),
    _Line("fast_share", N_("Short questions are told from"), N_("% of all"), share=True),
    _Line("pause", N_("Pauses are told from"), N_("minutes")),
    _Line("revisits", N_("Questions returned to are told from"), N_("questions")),
    _Line("changes", N_("Changes after completion are told from"), N_("answers")),
    _Line("reserve", N_("Reserve answers are told from"), N_("% of all answers"), share=True),
    _Line("night_from", N_("No interview is expected from"), N_("o’clock")),
    _Line("night_to", N_("until"), N_("o’clock in the morning")),
)


class RulesForm(ScrollColumn):
    """Each field commits on leaving; `changed` carries all thresholds."""

    changed = Signal(object)

    def __init__(self, rules: Rules) -> None:
        margin = theme.metrics().margin - RING_ROOM
        super().__init__(720, margins=(margin, 8, margin, 24))
        self._rules = rules
        self._fields: dict[str, NumberField] = {}
        told = N_("Signals inform; they block nobody and nothing is left out for them. Interviewers never see them.")
        self.column.addWidget(Label(_(told), Role.BODY, Tone.TEXT2, wrap=True))
        self.column.addSpacing(12)
        held = QWidget()
        self._grid = QGridLayout(held)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        for place, line in enumerate(LINES):
            self._add(place, line)
        self.column.addWidget(held)
        self.column.addSpacing(8)
        origin = tr(N_("Origin of all thresholds: {origin}."), origin=_(N_("our proposal, you can change it")))
        self.column.addWidget(Label(origin, Role.SECOND, Tone.TEXT2, wrap=True))
        self.notes = QVBoxLayout()
        self.column.addLayout(self.notes)
        self.column.addStretch(1)

    def _add(self, place: int, line: _Line) -> None:
        field = NumberField(f"{_(line.words)} ({_(line.unit)})", self._shown(line))
        field.setFixedSize(theme.px(_FIELD), theme.px(32))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.committed.connect(lambda typed, line=line: self._commit(line, typed))
        self._fields[line.name] = field
        self._grid.addWidget(Label(_(line.words), Role.BODY, wrap=True), place, 0)
        self._grid.addWidget(field, place, 1)
        self._grid.addWidget(Label(_(line.unit), Role.BODY, Tone.TEXT2), place, 2)

    def _shown(self, line: _Line) -> str:
        value = getattr(self._rules, line.name)
        return texts.number(value * 100, 0) if line.share else str(value)

    def _commit(self, line: _Line, typed: str) -> None:
        plain = typed.strip()
        wanted = None
        if plain.isdecimal():
            value = int(plain) / 100 if line.share else int(plain)
            wanted = replace(self._rules, **{line.name: value})  # type: ignore[arg-type]
        right = wanted is not None and line.name not in wanted.wrong
        self._fields[line.name].set_refused(not right)
        if right and wanted is not None and wanted != self._rules:
            self._rules = wanted
            self.changed.emit(wanted)

    def show_rules(self, rules: Rules) -> None:
        """Show other thresholds, after an undo."""
        self._rules = rules
        for line in LINES:
            self._fields[line.name].show_text(self._shown(line))
            self._fields[line.name].set_refused(False)

    def take_focus(self) -> None:
        """Begin at the first field."""
        self._fields[LINES[0].name].setFocus(Qt.FocusReason.OtherFocusReason)
