"""The lists of a firm: all of them, as they were, and where they differ."""

from __future__ import annotations

import pytest

from kume_desktop.services import fieldwork, frame_sources
from kume_desktop.services.frame_sources import FrameSource, differences
from kume_desktop.services.studies import Study
from kume_desktop.store import writing
from kume_desktop.store.events import EventKind, SubjectKind
from tests.services.field_studies import unit_of


def row(name: str, **cells: str) -> FrameSource:
    return FrameSource(name, name, "", None, {head.replace("_", " "): cell for head, cell in cells.items()})


def test_that_every_list_of_a_firm_is_shown_as_it_was_the_newest_first(study: Study) -> None:
    unit = unit_of(study)
    with study.act() as act:
        writing.add_frame(act, study.wave.wave_id, "SGK", "sgk.xlsx", {unit: {"Ünvan": "Şişli Kimya", "NACE": "20.30"}})
    with study.act() as act:
        cells = {"İşyeri Unvanı": "ŞİŞLİ KİMYA SAN. VE TİC. A.Ş.", "NACE Kodu": "203012", "İlçe": "Bornova"}
        gone = writing.add_frame(act, study.wave.wave_id, "yanlış", "x.xlsx", {unit: {"Ünvan": "Başka"}})
        writing.add_frame(act, study.wave.wave_id, "EBSO", "ebso.xlsx", {unit: cells})
    with study.act() as act:
        act.append(EventKind.FACT, SubjectKind.FRAME, gone, "withdrawn", "2026-11-22")
    found = frame_sources.sources(study, unit)
    assert [(one.name, one.source) for one in found] == [("EBSO", "ebso.xlsx"), ("SGK", "sgk.xlsx")]
    assert found[0].cells == cells and found[0].imported_at is not None
    assert frame_sources.disagreements(study, unit) == (), "the same name, a longer code, one district"
    assert fieldwork.firm(study, unit).sources == found


@pytest.mark.parametrize(
    ("lists", "codes"),
    [
        ([row("a", Firma="Akın Ltd. Şti."), row("b", Firma="AKIN LİMİTED ŞİRKETİ")], []),
        ([row("a", Firma="Akın Gıda"), row("b", Firma="Akın Kimya")], ["sources.name"]),
        ([row("a", NACE="20.30"), row("b", NACE="203012"), row("c", NACE="")], []),
        ([row("a", NACE="20.30"), row("b", NACE="20.41")], ["sources.nace"]),
        ([row("a", İlçe="ÇİĞLİ"), row("b", ilce="Çiğli")], []),
        ([row("a", İlçe="Çiğli"), row("b", İlçe="Konak"), row("c")], ["sources.district"]),
        ([row("a", Adres="x"), row("b", Adres="y")], []),
    ],
)
def test_that_lists_differ_only_in_what_they_say(lists: list[FrameSource], codes: list[str]) -> None:
    found = differences(lists)
    assert [one.code for one in found] == codes
    assert not any(one.is_error for one in found)


def test_that_a_difference_says_what_each_list_has() -> None:
    (told,) = differences([row("EBSO", NACE="20.41"), row("SGK", NACE="20.30")])
    assert told.params["said"] == "SGK: 20.30; EBSO: 20.41"


def test_that_what_the_heads_of_a_list_mean_goes_before_their_names(study: Study) -> None:
    unit = unit_of(study)
    value = {"wave": study.wave.wave_id, "name": "Oda", "source": "oda.xlsx", "rows": 1,
             "fields": {"Sütun 1": "address", "Telefon": "register", "Cep": "phone"}}  # fmt: skip
    with study.act() as act:
        frame = writing.add_frame(act, study.wave.wave_id, "x", "", {})
        act.append(EventKind.FRAME_VERSION_ADDED, SubjectKind.FRAME, frame, "", value)
        cells = {"Sütun 1": "5. Sanayi Cad. 3", "Telefon": "A-17", "Cep": "0532 000 00 00"}
        act.append(EventKind.FRAME_ROW_ADDED, SubjectKind.UNIT, unit, f"frame:{frame}", cells, personal=True)
    known = frame_sources.attributes(study, unit)
    assert (known["address"], known["phone"]) == ("5. Sanayi Cad. 3", "0532 000 00 00")
    with study.act() as act:
        writing.set_fact(act, SubjectKind.UNIT, unit, "phone", "0232 111 11 11", personal=True)
    assert frame_sources.attributes(study, unit)["phone"] == "0232 111 11 11", "what somebody entered"
