"""What the first rows of a list become, while its columns are being said; quick enough for every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.exchange.sample_lists import rows
from kume_desktop.exchange.sample_lists.fields import ListField
from kume_desktop.exchange.sample_lists.heads import Head
from kume_desktop.exchange.sample_lists.rows import Columns
from kume_desktop.problems import Where
from kume_desktop.services.sample_lists import known
from kume_desktop.services.sample_lists.checked import Became, became

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kume_desktop.exchange.sample_lists.rows import Known
    from kume_desktop.services.sample_lists.asked import Asked
    from kume_desktop.services.sample_lists.outline import LookedSheet
    from kume_desktop.services.studies import Study


def becomes(study: Study, sheet: LookedSheet, asked: Asked) -> tuple[Became, ...]:
    """The first rows as firms."""
    return firms(known.known(study), sheet, asked)


def firms(checked: Known, sheet: LookedSheet, asked: Asked) -> tuple[Became, ...]:
    """The first rows as firms, checked against what the study knows."""
    given = {head: ListField(name) for head, name in asked.fields.items() if name and head in sheet.heads}
    columns = Columns(given, asked.revision, asked.area, sheet.home)
    read = rows.read_rows(sheet.first, Head(sheet.head_row, sheet.heads), columns, checked, Where())
    return tuple(became(one) for one in read)


def samples(sheet: LookedSheet, most: int = 3) -> Mapping[str, tuple[str, ...]]:
    """The first different cells of each column."""
    found: dict[str, list[str]] = {head: [] for head in sheet.heads}
    for _number, row in sheet.first:
        for head, cell in zip(sheet.heads, row, strict=False):
            if cell and cell not in found[head] and len(found[head]) < most:
                found[head].append(cell)
    return {head: tuple(cells) for head, cells in found.items()}
