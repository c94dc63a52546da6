"""The lists that a study itself gives its forms: `firmalar` (its firms) and `calisma` (its facts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kume_desktop import turkish

if TYPE_CHECKING:
    from kume_desktop.interview.state import Tables
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import Area, StudyFacts
    from kume_desktop.store.records import UnitRecord

SIZE_CLASSES = ("1-9", "10-24", "25-49", "50-249", "250+")
"""Head-count classes of the frame; forms know them by their number from 1."""

Row = Mapping[str, str]


def for_interview(study: Study, version_id: str, unit_id: str) -> Tables:
    """Every list of an instrument version, with the firm that is being interviewed."""
    from kume_desktop.store import reading

    areas = {area.code: area for area in study.areas()}
    unit = reading.unit_record(study.database, unit_id)
    return {
        **study.attached_tables(version_id),
        "calisma": facts_table(study.facts()),
        "firmalar": (firm_row(unit, areas.get(unit.area)),),
    }


def facts_table(facts: StudyFacts) -> tuple[Row, ...]:
    """The facts of the study by the names that the forms use."""
    values = {
        "kurum": facts.agency,
        "referans_yili": str(facts.reference_year),
        "hukuki_sebep": facts.legal_ground,
        "alicilar": facts.recipients,
        "saklama_suresi": facts.retention,
        "basvuru": facts.contact,
        "iliski_modulu": "0",
    }
    return tuple({"ad": name, "deger": value} for name, value in values.items())


def firm_row(unit: UnitRecord, area: Area | None) -> Row:
    """A firm as the forms know it. The trade name of a natural person's firm stays with the unit."""
    size = SIZE_CLASSES.index(unit.size_class) + 1 if unit.size_class in SIZE_CLASSES else ""
    return {
        "name": unit.code,
        "label": unit.name,
        "alan_kodu": unit.area,
        "alan_adi": area.name_tr if area else "",
        "alan_adi_en": area.name_en if area else "",
        "unvan": unit.name,
        "nace": unit.nace,
        "nace_sur": unit.nace_revision,
        "ilce": turkish.fold(unit.district),
        "sinif": str(size),
    }
