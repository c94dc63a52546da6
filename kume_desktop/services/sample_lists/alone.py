"""A list checked without a study: its file, its heads and its rows, all but what only a study knows (areas, firms)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kume_desktop.exchange.sample_lists import rows
from kume_desktop.exchange.sample_lists.heads import rows_below
from kume_desktop.problems import Where
from kume_desktop.services.sample_lists import outline, plan
from kume_desktop.services.sample_lists.asked import Asked

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.sample_lists.outline import Loaded

_OF_STUDY = frozenset({"list.no-area", "list.area-several", "list.area-unknown"})


def asked(loaded: Loaded, said: Asked) -> Asked:
    """What is asked for a file where nobody said it: its best sheet, and the columns that its heads name."""
    looked = outline.outline(loaded, said.sheet, said.head_row)
    sheet = looked.sheet(said.sheet)
    fields = {**sheet.guessed, **said.fields}
    return replace(said, sheet=sheet.title, head_row=said.head_row or sheet.head_row, fields=fields)


def findings(loaded: Loaded, said: Asked) -> tuple[int, tuple[Problem, ...]]:
    """How many rows there are, and everything that is wrong with them by itself."""
    sheet, head = outline.sheet_asked(loaded, said)
    columns = plan.columns_of(sheet, head, said)
    below = rows_below(sheet, head)
    where = Where(file=loaded.name, sheet=sheet.title or None)
    read = rows.read_rows(below, head, columns, rows.Known(()), where)
    found = tuple(one for reading in read for one in reading.findings if one.code not in _OF_STUDY)
    return len(below), found
