"""The page that adds a firm by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts, turkish
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import AddFirmRoute, FieldRoute, SettingsRoute
from kume_desktop.problems import Refused, problem
from kume_desktop.services.views import NewFirm
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

SIZE_CLASSES = ("", "1-9", "10-24", "25-49", "50-249", "250+")


class AddFirmPage(Page):
    """Name, area, district; the code is given by the study."""

    def __init__(self, desk: Desk, route: AddFirmRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        self.name = TextField(_(N_("Name of the firm")))
        self.area = Picker("")
        self.area.setAccessibleName(_(N_("Activity area")))
        self.district = TextField(_(N_("District")))
        self.nace = TextField(_(N_("NACE code in the list")), placeholder="28.25.01")
        self.size_class = Picker("")
        self.tax_number = TextField(_(N_("Tax number")))
        turkish_names = texts.language() == "tr"
        areas = [(area.code, area.name_tr if turkish_names else area.name_en) for area in desk.study.areas()]
        self.area.set_items(sorted(areas, key=lambda one: turkish.sort_key(one[1])))
        self.size_class.set_items([(size, size.replace("-", "–") or _(N_("not known"))) for size in SIZE_CLASSES])
        self._form = FormFrame(_(N_("Add a firm")), "", _(N_("Add the firm")), _(N_("Back")))
        self._form.primary.clicked.connect(self.save)
        self._form.back.clicked.connect(lambda: self.navigate.emit(FieldRoute()))
        self._fill(self._form.column, has_areas=bool(areas))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _fill(self, column: QVBoxLayout, *, has_areas: bool) -> None:
        if not has_areas:
            column.addWidget(
                EmptyState(
                    _(N_("The study has no activity areas yet.")),
                    _(N_("A firm belongs to an area. Add the areas in the settings first.")),
                    _(N_("Open the settings")),
                    lambda: self.navigate.emit(SettingsRoute()),
                )
            )
        column.addWidget(labelled(self.name.accessibleName(), self.name))
        column.addWidget(labelled(_(N_("Activity area")), self.area))
        column.addWidget(labelled(self.district.accessibleName(), self.district))
        column.addWidget(labelled(self.nace.accessibleName(), self.nace))
        column.addWidget(labelled(_(N_("Employees")), self.size_class))
        column.addWidget(labelled(self.tax_number.accessibleName(), self.tax_number))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Add a firm"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Add the firm"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save."""
        return (Action("save", _(N_("Add the firm")), self.save, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """Begin with the name."""
        self.name.setFocus()

    def save(self) -> None:
        """Store the firm and go to its row."""
        from kume_desktop.services import fieldwork

        wanted = NewFirm(
            name=self.name.text().strip(),
            area=self.area.current,
            district=self.district.text().strip(),
            nace=self.nace.text().strip(),
            size_class=self.size_class.current,
            tax_number=self.tax_number.text().strip(),
        )
        if not wanted.name:
            self._form.refuse([problem("window.missing", field=self.name.accessibleName())])
            self.name.setFocus()
            return
        try:
            unit_id = fieldwork.add_firm(self.desk.study, wanted)
        except Refused as refused:
            self._form.refuse(refused.problems)
            return
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.navigate.emit(FieldRoute(unit_id))
        self.toast.emit(Toast(tr(N_("Firm added: {firm}."), firm=wanted.name)))
