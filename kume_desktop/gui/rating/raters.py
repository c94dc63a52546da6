"""Puanlayıcılar: second ratings and their draw, how far the raters agree, and who drifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QVBoxLayout

from kume_desktop.gui.compiled_ahead import CompiledAhead, are_compiled
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Toast
from kume_desktop.gui.rating import agreement
from kume_desktop.gui.rating.second_ratings import SettingsLine, draw_grid, drawn_sentence
from kume_desktop.gui.routes import RatersRoute, RatingRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.analysis import Analysis
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.rating_desk import RatingDesk
    from kume_desktop.services.rating_views import RatingSettings


class RatersPage(FigurePage):
    """Read downward: how the study rates, the agreement, the drift; each coefficient is explained below its table."""

    def __init__(self, desk: Desk, route: RatersRoute) -> None:
        super().__init__(desk, _(N_("Raters")))
        self._route = route
        self._rating: RatingDesk | None = None
        self._first: Figure | None = None
        back = Button(_(N_("To the rating")))
        back.clicked.connect(self.go_to_rating)
        self._draw = Button(_(N_("Draw second raters")), Kind.PRIMARY)
        self._draw.clicked.connect(self.draw)
        self.header.add_tool(back)
        self.header.add_tool(self._draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.content, 1)
        self.computing.changed.connect(self._changed)
        self._is_coming = not are_compiled(desk)
        if self._is_coming:
            CompiledAhead(desk, (), self).ready.connect(self._begin)
        else:
            self._fill()

    def _begin(self) -> None:
        """The forms were compiled while the page stood there with its head alone."""
        if not self.desk.has_study:
            return
        self._is_coming = False
        self._fill()
        if self._was_shown:
            self._put_focus()

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Rows, draw, rating, computing."""
        return (
            KeyHint("Up Down", _(N_("Row"))),
            KeyHint("Ctrl+D", _(N_("Draw second raters"))),
            KeyHint("Alt+R", _(N_("To the rating"))),
            KeyHint("F5", _(N_("Compute again"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Draw, rate, compute."""
        return (
            Action("draw", _(N_("Draw second raters")), self.draw, "Ctrl+D"),
            Action("rating", _(N_("To the rating")), self.go_to_rating, "Alt+R"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This page."""
        return self._route

    def on_shown(self) -> None:
        """The first table has the focus."""
        self.begin()
        self._put_focus()

    def _put_focus(self) -> None:
        (self._first or self._draw).setFocus()

    def go_to_rating(self) -> None:
        """Go to the rating page."""
        self.navigate.emit(RatingRoute())

    def draw(self) -> None:
        """Draw second raters for the share of firms that the study wants."""
        from kume_desktop.services import rating_queue

        self.show_problems(())
        if self._rating is None:
            return
        try:
            drawn = rating_queue.draw_second(self.desk.study, self._rating.board)
        except Refused as refusal:
            self.show_problems(refusal.problems)
            return
        self._fill_again()
        self.toast.emit(Toast(drawn_sentence(drawn)))

    def _change_settings(self, wanted: RatingSettings) -> None:
        from kume_desktop.services import rating_queue

        try:
            rating_queue.change_settings(self.desk.study, wanted)
        except Refused as refusal:
            self.show_problems(refusal.problems)

    def _changed(self) -> None:
        self.save_state.emit(self.computing.state)
        self._fill_again()

    def _fill_again(self) -> None:
        """Show it all anew; the focus that was in it is at the first table then."""
        if self._is_coming:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.content.isAncestorOf(focused)
        self._fill()
        if had_focus and self._first is not None:
            self._first.setFocus()

    def _fill(self) -> None:
        empty(self.body)
        self._first = None
        self._rating = self._read()
        if self._rating is None:
            self._draw.hide()
            return
        settings = SettingsLine(self._rating.settings)
        settings.changed.connect(self._change_settings)
        self.body.addWidget(SectionHead(_(N_("Second ratings")), _(N_("drawn at random, blind to the first"))))
        self.body.addWidget(settings)
        self._first = draw_grid(self._rating.board)
        self.body.addWidget(self._first)
        figures = self.figures
        if figures is None:
            self._say(reason("not-computed"))
            return
        results, method = figures
        self.header.set_facts(words.computed(results))
        if results.analysis is None:
            self._say(reason("not-computed"))
        else:
            self._show_agreement(results.analysis, method)
            self._show_drift(results.analysis)

    def _read(self) -> RatingDesk | None:
        from kume_desktop.services.rating_desk import RatingDesk

        try:
            return RatingDesk(self.desk.study)
        except Refused as refusal:
            self.show_problems(refusal.problems)
            return None

    def _show_agreement(self, analysis: Analysis, method: Method) -> None:
        self.body.addSpacing(12)
        found = analysis.agreement
        marks = agreement.base(found[0]) if found else ""
        self.body.addWidget(SectionHead(_(N_("Agreement of the raters")), marks))
        if not found:
            self._say(reason(_skipped(analysis, "agreement")))
            return
        self.body.addWidget(agreement.agreement_grid(found, method))
        for sentence in agreement.reasons(found):
            self._say(sentence)
        for sentence in agreement.EXPLAINED:
            self._say(_(sentence), quiet=True)

    def _show_drift(self, analysis: Analysis) -> None:
        self.body.addSpacing(12)
        self.body.addWidget(
            SectionHead(_(N_("Drift of the raters")), _(N_("over all firms that several people rated")))
        )
        if not analysis.drift:
            self._say(reason(_skipped(analysis, "drift")))
            return
        self.body.addWidget(agreement.drift_grid(analysis.drift))
        for sentence in agreement.drift_reasons(analysis.drift):
            self._say(sentence)
        for sentence in agreement.DRIFT_EXPLAINED:
            self._say(_(sentence), quiet=True)

    def _say(self, text: str, *, quiet: bool = False) -> None:
        self.body.addWidget(Label(text, Role.SECOND, Tone.TEXT2 if quiet else Tone.TEXT, wrap=True))


def _skipped(analysis: Analysis, part: str) -> str:
    return next((why for name, why in analysis.skipped if name == part), "not-computed")
