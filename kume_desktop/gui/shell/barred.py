"""What stands in the place of a page that the person's role may not see: why, and who may. Nothing of it is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui import roles, route_rights, theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import RolesRoute, StartRoute
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route


class BarredPage(Page):
    """Says which roles see the page; leads back to the start."""

    def __init__(self, desk: Desk, route: Route) -> None:
        super().__init__(desk)
        mine = roles.word(desk.study.role)
        who = ", ".join(roles.word(role) for role in route_rights.who_may(route))
        how = tr(N_("Your role is {role}. Who may see it: {roles}. Nothing of it was read."), role=mine, roles=who)
        self._said = EmptyState(self.title, how, _(N_("To the start")), partial(self.navigate.emit, StartRoute()))
        margin = theme.metrics().margin
        self._said.setContentsMargins(margin, 0, margin, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_(N_("Not for your role"))))
        column.addWidget(Rule())
        column.addWidget(self._said, 1)

    @property
    def title(self) -> str:
        """What is the matter."""
        return _(N_("This page is not for your role."))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """To the start, back."""
        return (KeyHint("Return", _(N_("To the start"))), KeyHint("Esc", _(N_("Back"))))

    def actions_here(self) -> tuple[Action, ...]:
        """The table of roles."""
        return (Action("roles", _(N_("Roles")), partial(self.navigate.emit, RolesRoute())),)

    def on_shown(self) -> None:
        """The way out has the focus."""
        if self._said.button is not None:
            self._said.button.setFocus()
