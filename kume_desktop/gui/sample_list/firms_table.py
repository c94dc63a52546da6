"""Rows of a list as the firms that they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.checked import Became


class FirmsTable(Table):
    """Read-only; what is missing is a dash, what was noticed stands in the last column."""

    def __init__(self, name: str, areas: Mapping[str, str]) -> None:
        def named(one: Became) -> str:
            return areas.get(one.firm.area, one.firm.area) or "–"

        columns: list[Column[Became]] = [
            Column("row", _(N_("Row")), lambda one: str(one.row), lambda one: one.row, 60, right=True),
            Column("name", _(N_("Name of the firm")), lambda one: one.firm.name or "–", first=True),
            Column("tax", _(N_("Tax number")), lambda one: one.firm.tax_number or "–", width=120),
            Column("nace", _(N_("NACE code")), lambda one: one.firm.nace or "–", width=90),
            Column("area", _(N_("Activity area")), named, width=160),
            Column("district", _(N_("District")), lambda one: one.firm.district or "–", width=120),
            Column("size", _(N_("Employees")), lambda one: one.firm.size_class or "–", width=80),
            Column("noticed", _(N_("Noticed")), _noticed),
        ]
        self.became = RowsModel(columns)
        super().__init__(self.became, name)

    def show_firms(self, firms: Sequence[Became]) -> None:
        """Show other rows."""
        self.became.set_rows(firms)
        self.select(lambda _one: True)


def _noticed(one: Became) -> str:
    from kume_desktop.services.sample_lists import words

    return ", ".join(words.kind_name(code) for code in dict.fromkeys(one.codes)) or "–"
