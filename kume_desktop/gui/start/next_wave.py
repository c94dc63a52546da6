"""The page that opens the next wave: its name, its day, its year, and what goes on and what begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui.components.fields import NumberField, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.typed_date import as_typed, read_date
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Toast
from kume_desktop.gui.routes import NextWaveRoute, Route, WavesRoute
from kume_desktop.gui.start.parts import section
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.waves import NextWave

_GOES_ON = (
    N_("activity areas and firms, with what the field found out about them"),
    N_("questionnaires and the method in force; another version is then the new wave's own"),
    N_("people with their roles, and the interviewer of each firm"),
    N_("the totals of the areas' lists, until you enter others"),
)
_ANEW = (
    N_("visits, interviews and answers: every firm waits again"),
    N_("ratings of firms, panels and experts"),
    N_("the drawn sample and the committee's decisions"),
    N_("results and reports; they show the change since this wave"),
)


class NextWavePage(Page):
    """Nothing is opened before the button; a wave that was opened cannot be taken away."""

    def __init__(self, desk: Desk, route: NextWaveRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import waves

        usual = waves.suggested(desk.study)
        shown = (usual.name, as_typed(usual.begins), str(usual.reference_year))
        name, begins, year = route.typed if len(route.typed) == len(shown) else shown
        self.name = TextField(_(N_("Name of the wave")), name)
        self.begins = TextField(_(N_("First day of the fieldwork")), begins)
        self.year = NumberField(_(N_("Reference year")), year)
        self._last = waves.waves(desk.study)[-1]
        facts = tr(N_("after the wave {wave}"), wave=self._last.name)
        self._form = FormFrame(self.title, facts, _(N_("Open the wave")), _(N_("Back")))
        self._form.primary.clicked.connect(self.open_wave)
        self._form.back.clicked.connect(lambda: self.navigate.emit(WavesRoute()))
        self._fill(self._form.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(labelled(self.name.accessibleName(), self.name))
        column.addWidget(labelled(self.begins.accessibleName(), self.begins, _(N_("day, month, year"))))
        asked = _(N_("The questions of the new wave ask about this year; those of earlier waves keep theirs."))
        column.addWidget(labelled(self.year.accessibleName(), self.year, asked))
        open_now = self._last.interviews - self._last.completed
        if open_now:
            said = N_("{count} interviews of wave {wave} are not complete. They stay there; staff can complete them.")
            column.addWidget(ProblemNote(tr(said, count=open_now, wave=self._last.name)))
        for title, lines in ((N_("What goes on"), _GOES_ON), (N_("What begins anew"), _ANEW)):
            column.addWidget(section(_(title)))
            for line in lines:
                column.addWidget(Label(f"– {_(line)}", Role.BODY, Tone.TEXT2, wrap=True))
        stays = N_("The wave {wave} stays as it is: everybody can read it, only staff can correct it.")
        column.addWidget(Label(tr(stays, wave=self._last.name), Role.BODY, wrap=True))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Open the next wave"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open it or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Open the wave"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Open it."""
        return (Action("open-wave", _(N_("Open the wave")), self.open_wave, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """Begin with the name."""
        self.name.setFocus()
        self.name.selectAll()

    def here(self, route: Route) -> Route:
        """This page with what was typed."""
        if not isinstance(route, NextWaveRoute):
            return route
        return NextWaveRoute((self.name.text(), self.begins.text(), self.year.text()))

    def open_wave(self) -> None:
        """Open the wave and work in it, or say at the fields what is wrong."""
        from kume_desktop.services import waves

        wanted = self._wanted()
        if wanted is None:
            self._form.refuse([problem("wave.bad-date", text=self.begins.text().strip())], self._field_of)
            return
        try:
            opened = waves.open_next(self.desk.study, wanted)
        except Refused as refused:
            self._form.refuse(refused.problems, self._field_of)
            return
        self.desk.tell_wave()
        self.toast.emit(Toast(tr(N_("Wave {wave} is open. You work in it now."), wave=opened.name)))

    def _wanted(self) -> NextWave | None:
        from kume_desktop.services.waves import NextWave

        begins, year = read_date(self.begins.text()), self.year.text().strip()
        return None if begins is None else NextWave(self.name.text(), begins, int(year) if year.isdecimal() else 0)

    def _field_of(self, found: Problem) -> Field | None:
        """The field that a problem is about."""
        fields: dict[str, Field] = {"wave.bad-date": self.begins, "wave.begins-before": self.begins}
        fields |= dict.fromkeys(("wave.no-name", "wave.name-long", "wave.name-taken"), self.name)
        return (fields | {"wave.bad-year": self.year}).get(found.code)
