"""The lists that a study itself gives its forms: `firmalar` (its firms) and `calisma` (its facts)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.services import entities, signatures

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Instrument
    from kume_desktop.interview.state import Tables
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import Area, StudyFacts
    from kume_desktop.store.records import UnitRecord

FIRMS = "firmalar"
"""The list of the study's firms, as forms name it."""
SIZE_CLASSES = ("1-9", "10-24", "25-49", "50-249", "250+")
"""Head-count classes of the frame; forms know them by their number from 1."""
GAP = "……"
"""What the notice says in the place of a fact that nobody has written yet."""

Row = Mapping[str, str]


def for_interview(study: Study, version_id: str, unit_id: str, interview_id: str = "") -> Tables:
    """Every list of an instrument version, with the firm that is being interviewed.

    A form that lets choose from `firmalar` gets all firms of the study, the one that is interviewed first. Lists hold
    what finished interviews (besides this one) made or changed in them.
    """
    from kume_desktop.store import reading

    unit = reading.unit_record(study.database, unit_id)
    instrument = study.instrument(version_id)
    own: Tables = {
        **study.attached_tables(version_id),
        **_other_interviews(study, version_id, unit),
        "calisma": (*facts_table(study.facts()), *signatures.notice_rows(study)),
        FIRMS: tuple(_firms(study, instrument, unit)),
    }
    return entities.with_entities(study, instrument, own, interview_id)


def _firms(study: Study, instrument: Instrument, unit: UnitRecord) -> Iterator[Row]:
    from kume_desktop.store import reading

    areas = {area.code: area for area in study.areas()}
    yield firm_row(unit, areas.get(unit.area))
    if any(node.itemset is not None and node.itemset.instance == FIRMS for node in instrument.nodes()):
        for other in reading.units(study.database):
            if other.unit_id != unit.unit_id and not other.erased:
                yield firm_row(other, areas.get(other.area))


def _other_interviews(study: Study, version_id: str, unit: UnitRecord) -> Tables:
    """What the firm's finished interviews on other instruments say, by instrument id: a row with `firma_kodu` each.

    Columns are the names of questions and calculated values outside repeats; what was not asked is blank.
    """
    from kume_desktop.store import reading

    wanted = study.instrument(version_id).files
    found: dict[str, tuple[Row, ...]] = {
        one.instrument_id: () for one in study.instruments() if one.instrument_id in wanted
    }
    for one in reading.interviews(study.database, unit_id=unit.unit_id, wave_id=study.wave.wave_id):
        if one.instrument_id in wanted and one.version_id != version_id and one.state == "completed" and one.counts:
            state = reading.state_of(study.database, one.interview_id).values()
            single = [row for row in state if row.relevant and "[" not in row.path]
            said = {row.path.rpartition("/")[2]: row.value or "" for row in single}
            found[one.instrument_id] = (*found.get(one.instrument_id, ()), {**said, "firma_kodu": unit.code})
    return found


def missing_facts(facts: StudyFacts) -> tuple[str, ...]:
    """The facts that the notice says and that nobody has written yet, by the names of their fields."""
    said = ("agency", "legal_ground", "recipients", "retention", "contact")
    return tuple(name for name in said if not getattr(facts, name).strip())


def facts_table(facts: StudyFacts) -> tuple[Row, ...]:
    """The facts of the study by the names that the forms use; a gap shows where one is missing."""
    values = {
        "kurum": facts.agency.strip() or GAP,
        "referans_yili": str(facts.reference_year),
        "hukuki_sebep": facts.legal_ground.strip() or GAP,
        "alicilar": facts.recipients.strip() or GAP,
        "saklama_suresi": facts.retention.strip() or GAP,
        "basvuru": facts.contact.strip() or GAP,
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
