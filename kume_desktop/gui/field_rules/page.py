"""The rules of the fieldwork: for staff, in four parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.field_rules.part import Part
from kume_desktop.gui.field_rules.rates_part import RatesPart
from kume_desktop.gui.field_rules.reserve_part import ReservePart
from kume_desktop.gui.field_rules.rules_part import RulesPart
from kume_desktop.gui.field_rules.seasons_part import SeasonsPart
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import FieldRoute, FieldRulesRoute, Route
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_RULES, _SEASONS, _RESERVE, _RATES = "rules", "seasons", "reserve", "rates"
_WORDS = {
    _RULES: N_("Attempts and refusals"),
    _SEASONS: N_("Season calendar"),
    _RESERVE: N_("Reserve of firms"),
    _RATES: N_("What became of the firms"),
}
_NARROW = 620


class FieldRulesPage(Page):
    """One part at a time; Ctrl+PgUp and Ctrl+PgDn go to its neighbours."""

    def __init__(self, desk: Desk, route: FieldRulesRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import studies

        self._key = route.part if route.part in _WORDS else _RULES
        self.part: Part | None = None
        self.parts = Segments(_(N_("Part")), [(key, _(word)) for key, word in _WORDS.items()], self._key)
        self.parts.picked.connect(self.show_part)
        self._header = PageHeader(_(N_("Fieldwork rules")), _(N_("They hold for the whole study in this wave.")))
        self._scroll = ScrollColumn(
            margins=(theme.metrics().margin - RING_ROOM, 8, theme.metrics().margin - RING_ROOM, 16)
        )
        self._body = QVBoxLayout()
        self._scroll.column.addLayout(self._body, 1)
        self._lay_out()
        try:
            studies.only_staff(desk.study)
        except Refused as refused:
            for one in refused.problems:
                self._body.addWidget(ProblemNote(texts.say(one), hard=True))
            self.parts.hide()
            return
        self._put(route.typed)

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        head = QHBoxLayout()
        head.setContentsMargins(margin, 0, margin, 4)
        head.addWidget(self.parts)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Fieldwork rules"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the part, then those of the page."""
        own = self.part.key_hints() if self.part is not None else ()
        return (*own, KeyHint("Ctrl+PgDown", _(N_("Next part"))), KeyHint("Esc", _(N_("Back"))))

    def actions_here(self) -> tuple[Action, ...]:
        """The parts, and what the one in front offers."""
        jump = tuple(Action(f"part.{key}", _(word), partial(self.show_part, key)) for key, word in _WORDS.items())
        walk = (
            Action("before", _(N_("Part before")), partial(self.step, -1), "Ctrl+PgUp"),
            Action("next", _(N_("Next part")), partial(self.step, 1), "Ctrl+PgDown"),
            Action("firms", _(N_("Show the firms")), partial(self.navigate.emit, FieldRoute())),
        )
        return (*(self.part.actions_here() if self.part is not None else ()), *walk, *jump)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the part may be another one by now
        """The part in front with what is typed in it."""
        return FieldRulesRoute(self._key, self.part.typed() if self.part is not None else ())

    def on_shown(self) -> None:
        """Begin in the part."""
        if self.part is not None:
            self.part.take_focus()

    def refresh(self) -> None:
        """Read the part again."""
        self._put(())

    def step(self, step: int) -> None:
        """Go to the neighbour of the part."""
        keys = list(_WORDS)
        place = keys.index(self._key) + step
        if 0 <= place < len(keys):
            self.show_part(keys[place])

    def show_part(self, key: str) -> None:
        """Show another part."""
        self._key = key
        self.parts.choose(key)
        self._put(())
        self.on_shown()

    def _put(self, typed: tuple[str, ...]) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.part = part = self._made(typed)
        part.stored.connect(self._stored)
        part.navigate.connect(self.navigate)
        self._body.addWidget(_narrow(part) if self._key == _RULES else part, 1)
        self.bind_keys()
        self.hints_changed.emit()

    def _made(self, typed: tuple[str, ...]) -> Part:
        if self._key == _SEASONS:
            return SeasonsPart(self.desk)
        if self._key == _RESERVE:
            return ReservePart(self.desk, typed)
        if self._key == _RATES:
            return RatesPart(self.desk)
        return RulesPart(self.desk, typed)

    def _stored(self, words: str, undo: Callable[[], object] | None) -> None:
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        again = None if undo is None else partial(self._undo, undo)
        self.toast.emit(Toast(words, again))
        if self._key == _RESERVE:
            self._put(())
            self.on_shown()

    def _undo(self, undo: Callable[[], object]) -> None:
        undo()
        self.desk.tell_changed()
        if self._key != _SEASONS:
            self._put(())


def _narrow(part: Part) -> QWidget:
    """The part with short lines. A column alone would ask how high it is in its own width and cut what wraps."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    part.setMaximumWidth(theme.px(_NARROW))
    row.addWidget(part, 100)
    row.addStretch(1)
    return held
