"""What the study knows that a list is checked against: its areas, its NACE list, its firms, columns used before."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.exchange.sample_lists import nace
from kume_desktop.exchange.sample_lists.fields import ListField
from kume_desktop.exchange.sample_lists.rows import AreaKnown, Columns, Firm, Known, read_row
from kume_desktop.problems import Where

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.bulk import Said
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import UnitRecord

NACE_LIST = "nace"
"""The attached table of a form that holds its NACE classes."""
REMEMBERED = "list_columns:"
_REVISION = re.compile(r"\d(?:\.\d)?")
_SHORT = {"2.0": "2", "1": "1.1"}


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """A firm of the study; `said` is what the newest list said about it (None: no list knows it)."""

    unit: UnitRecord
    said: Firm | None
    cells: Mapping[str, str]


def known(study: Study, *, with_list: bool = False) -> Known:
    """Areas of the study; `with_list` also the classes of the NACE list that came with its forms, which is slower."""
    areas = tuple(
        AreaKnown(area.code, (area.name_tr, area.name_en), nace.codes_of(area.nace)) for area in study.areas()
    )
    return Known(areas, _classes(study) if with_list else frozenset())


def _classes(study: Study) -> frozenset[str]:
    """The classes of the study's NACE list, empty where its forms have none."""
    from kume_desktop.store import reading

    found: set[str] = set()
    for one in study.instruments():
        kept = json.loads(reading.instrument_content(study.database, one.version_id).source)
        found |= {nace.class_of(row.get("name", "")) for row in kept.get("tables", {}).get(NACE_LIST, ())}
    return frozenset(found - {""})


def revision(study: Study) -> str:
    """The NACE revision of the study: that of most of its areas."""
    told = [found[0] for area in study.areas() if (found := _REVISION.search(area.nace_revision))]
    usable = [one for each in told if (one := _SHORT.get(each, each)) in nace.REVISIONS]
    return max(usable, key=usable.count) if usable else nace.REVISIONS[0]


def remembered(source: Source, study_id: str, fingerprint: str) -> Mapping[str, object]:
    """The columns that were said for heads of this fingerprint; empty where none were."""
    from kume_desktop.store import reading

    kept = reading.facts(source, study_id).get(f"{REMEMBERED}{fingerprint}", "")
    return json.loads(kept) if kept else {}


def firms(source: Source, checked: Known) -> tuple[KnownFirm, ...]:
    """Every firm of the study with what the newest list said about it; erased ones can not be compared any more."""
    from kume_desktop.store import bulk, reading

    lists = bulk.said(source)
    return tuple(
        KnownFirm(unit, _said(lists.get(unit.unit_id), checked), _cells(lists.get(unit.unit_id)))
        for unit in (*reading.units(source), *bulk.withdrawn(source))
        if not unit.erased and unit.name
    )


def _cells(said: Said | None) -> Mapping[str, str]:
    return said.cells if said is not None else {}


def _said(said: Said | None, checked: Known) -> Firm | None:
    """The row of a list as a firm, read as it was read then."""
    if said is None or not said.cells:
        return None
    value = said.imported.value
    given = {head: ListField(name) for head, name in value.get("fields", {}).items()}
    columns = Columns(given, value.get("revision", "2"), value.get("area", ""), value.get("home", ""))
    letters = dict.fromkeys(given, "")
    return read_row(0, said.cells, columns, checked, where=Where(), letters=letters).firm
