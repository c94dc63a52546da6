"""The reserve: what became of the firms issued, the batches that wait, and the release of the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.field_rules.part import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.routes import SamplePlanRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.reserve import AreaReserve, Batch


class ReservePart(Part):
    """A release cannot be taken back: it is asked for with a reason, and its button names it."""

    def __init__(self, desk: Desk, typed: tuple[str, ...]) -> None:
        super().__init__(desk)
        from kume_desktop.services import field_answers, reserve

        self._areas = self.area_names()
        self._typed = typed if len(typed) == 2 else ("", "")
        self._found: tuple[AreaReserve, ...] = ()
        self.reason = TextField(_(N_("Reason of the release")), self._typed[1])
        self.area = Picker(_(N_("Area")))
        self.primary = Button("", Kind.PRIMARY, tall=True)
        self._empty: QWidget | None = None
        self._held: QVBoxLayout | None = None
        self._history: QVBoxLayout | None = None
        self.read(field_answers.RESERVE, lambda: reserve.state(desk.study), field_answers.reserve_of, self._show)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Release."""
        return (KeyHint("Ctrl+Return", _(N_("Release the batch"))), KeyHint("Tab", _(N_("Next field"))))

    def actions_here(self) -> tuple[Action, ...]:
        """Release, and the plan the reserve comes from."""
        return (
            Action("release", _(N_("Release the batch")), self.release, "Ctrl+Return"),
            Action("plan", _(N_("Sample plan")), lambda: self.navigate.emit(SamplePlanRoute()), "Ctrl+L"),
        )

    def typed(self) -> tuple[str, ...]:
        """The area and the reason."""
        return (self.area.current, self.reason.text())

    def take_focus(self) -> None:
        """The area."""
        (self.area if self._found else self._empty or self).setFocus()

    def _show(self, found: Sequence[AreaReserve]) -> None:
        self._found = tuple(found)
        if not found:
            empty = EmptyState(
                _(N_("No sample was drawn, so there is no reserve.")),
                _(N_("The sample plan draws the firms of an area and those that wait in its reserve.")),
                _(N_("Sample plan")),
                lambda: self.navigate.emit(SamplePlanRoute()),
                "Ctrl+L",
            )
            self._empty = empty.button
            self.column.addWidget(empty)
            if self.hasFocus():
                self.take_focus()
            return
        words = N_("A batch is released as a whole when issued firms are lost; single firms are never picked by hand.")
        self.column.addWidget(Label(_(words), Role.SECOND, Tone.TEXT2, wrap=True))
        self.column.addWidget(RowList([self._row(one) for one in found]))
        self.area.set_items([(one.area, self._areas.get(one.area, one.area)) for one in found])
        self.area.set_current(self._typed[0] if self._typed[0] in {one.area for one in found} else found[0].area)
        self.area.picked.connect(lambda _area: self._show_area())
        self.primary.clicked.connect(self.release)
        self.column.addWidget(_row(self.area))
        self._form = labelled(self.reason.accessibleName(), self.reason)
        self.column.addWidget(self._form)
        self._held = QVBoxLayout()
        self.column.addLayout(self._held)
        self.column.addWidget(_row(self.primary))
        self._history = QVBoxLayout()
        self.column.addLayout(self._history)
        self.column.addStretch(1)
        self._show_area()

    def _row(self, one: AreaReserve) -> ListRow:
        done = sum(batch.is_released and batch.number > 0 for batch in one.batches)
        whole = sum(batch.number > 0 for batch in one.batches)
        lost = tr(
            N_("{lost} lost: {ineligible} out of scope, {refused} refused, {not_reached} not reached"),
            lost=one.lost, ineligible=one.ineligible, refused=one.refused, not_reached=one.not_reached,
        )  # fmt: skip
        figures = tr(N_("{completed} of {issued} completed"), completed=one.completed, issued=one.issued)
        batches = tr(N_("{done} of {whole} batches released"), done=done, whole=whole)
        waiting = tr(N_("{count} firms wait"), count=one.waiting)
        row = ListRow(
            [
                Cell(self._areas.get(one.area, one.area), 9, Tone.TEXT, fonts.MEDIUM),
                Cell(figures, 5, right=True),
                Cell(batches, 6, right=True),
                Cell(waiting, 4, right=True),
            ],
            second=lost,
        )
        row.clicked.connect(lambda: self._choose(one.area))
        return row

    def _choose(self, area: str) -> None:
        self.area.set_current(area)
        self._show_area()
        self.reason.setFocus()

    def _current(self) -> AreaReserve | None:
        return next((one for one in self._found if one.area == self.area.current), None)

    def _show_area(self) -> None:
        one = self._current()
        if one is None or self._history is None:
            return
        self._forget(self._held)
        self._forget(self._history)
        left = one.next_batch is not None
        self._form.setHidden(not left)
        self.primary.setHidden(not left)
        name = self._areas.get(one.area, one.area)
        if one.next_batch is not None:
            firms = next(batch.firms for batch in one.batches if batch.number == one.next_batch)
            words = N_("Release batch {batch} of {area}: {firms} firms")
            self.primary.setText(tr(words, batch=one.next_batch, area=name, firms=firms))
        else:
            used = Label(tr(N_("The reserve of {area} is used up."), area=name), Role.BODY, Tone.TEXT2)
            self._history.addWidget(used)
        for batch in one.batches:
            if batch.is_released and batch.number:
                self._history.addWidget(Label(_told(batch), Role.SECOND, Tone.TEXT2, wrap=True))

    def release(self) -> None:
        """Release the next batch of the area, with the reason that is typed."""
        from kume_desktop.services import reserve

        one = self._current()
        if one is None or one.next_batch is None:
            return
        self._forget(self._held)
        try:
            batch = reserve.release(self.desk.study, one.area, self.reason.text())
        except Refused as refused:
            for wrong in refused.problems:
                note = ProblemNote(texts.say(wrong), hard=True)
                if self._held is not None:
                    self._held.addWidget(note)
                note.say()
            self.reason.set_refused(True)
            self.reason.setFocus()
            return
        name = self._areas.get(one.area, one.area)
        self.reason.show_text("")
        self.stored.emit(tr(N_("Batch {batch} of {area} is released."), batch=batch, area=name), None)

    def _forget(self, column: QVBoxLayout | None) -> None:
        while column is not None and (item := column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def _told(batch: Batch) -> str:
    when = ""
    if batch.released_at is not None:
        at = batch.released_at.astimezone()
        when = f"{texts.long_date(at.date())} {texts.clock(at)}"
    words = tr(N_("Batch {batch}, {firms} firms, released"), batch=batch.number, firms=batch.firms)
    return " · ".join(part for part in (words, when, batch.released_by, batch.reason) if part)


def _row(widget: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(4, 4, 4, 4)
    row.addWidget(widget)
    row.addStretch(1)
    return held
