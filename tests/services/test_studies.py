"""Studies as people handle them, on real files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import recent, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area
from tests.studies import AREAS, FACTS, PASSPHRASE


def refusal(call: pytest.ExceptionInfo[Refused]) -> str:
    return call.value.problems[0].code


def test_that_a_new_study_holds_its_areas_facts_and_both_instruments(study: Study) -> None:
    assert study.areas() == AREAS
    assert study.facts() == FACTS
    assert {one.instrument_id for one in study.instruments()} == {"is_ihtiyac", "kumelenme_duzeyi"}
    head = study.head()
    assert (head.name, head.agency, head.areas, head.firms, head.demonstration) == ("Deneme", FACTS.agency, 2, 2, False)


def test_that_an_existing_file_is_never_overwritten(study: Study) -> None:
    before = study.path.read_bytes()[:4096]
    with pytest.raises(Refused) as call:
        studies.create_study(study.path, "Başka", FACTS, PASSPHRASE, "Elif")
    assert refusal(call) == "study.exists"
    assert study.path.read_bytes()[:4096] == before


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [("  ", PASSPHRASE, "study.no-name"), ("Ad", "kısa", "study.short-passphrase")],
)
def test_that_a_study_without_name_or_with_a_short_passphrase_is_refused_and_leaves_no_file(
    tmp_path: Path, name: str, passphrase: str, code: str
) -> None:
    with pytest.raises(Refused) as call:
        studies.create_study(tmp_path / "x.kume", name, FACTS, passphrase, "Elif")
    assert refusal(call) == code
    assert not list(tmp_path.glob("x*"))


def test_that_the_wrong_passphrase_opens_nothing(study: Study) -> None:
    with pytest.raises(Refused) as call:
        studies.open_study(study.path, "yanlış parola")
    assert refusal(call) == "study.wrong-passphrase"


def test_that_a_file_that_is_no_study_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "mektup.kume").write_text("Sayın yetkili,", encoding="utf-8")
    with pytest.raises(Refused) as call:
        studies.open_study(tmp_path / "mektup.kume", PASSPHRASE)
    assert refusal(call) in {"study.key-missing", "study.not-a-study"}


def test_that_changed_facts_and_added_areas_are_there_after_reopening(study: Study) -> None:
    study.save_facts(replace(study.facts(), reference_year=2026, contact="yeni@ajans.example"))
    study.add_areas([Area("gida", "Gıda", "Food", "10", "2", None)])
    study.close()
    with studies.open_study(study.path, PASSPHRASE) as again:
        assert (again.facts().reference_year, again.facts().contact) == (2026, "yeni@ajans.example")
        assert [area.code for area in again.areas()] == ["kimya", "lojistik", "gida"]
        assert again.areas()[2].frame_n is None


def test_that_opened_studies_are_remembered_newest_first_and_can_be_forgotten(study: Study, tmp_path: Path) -> None:
    recent.remember(tmp_path / "gitti.kume", "Gitti", demonstration=True)
    recent.remember(study.path, "Deneme", demonstration=False)
    cards = recent.recent_studies()
    assert [(card.name, card.exists, card.demonstration) for card in cards] == [
        ("Deneme", True, False),
        ("Gitti", False, True),
    ]
    recent.forget(tmp_path / "gitti.kume")
    assert [card.name for card in recent.recent_studies()] == ["Deneme"]


def test_that_a_broken_list_of_recent_studies_is_an_empty_one(own_profile: Path) -> None:
    (own_profile / "recent.json").write_text('[{"path": 3}, "x"]', encoding="utf-8")
    assert recent.recent_studies() == ()
    (own_profile / "recent.json").write_text("{", encoding="utf-8")
    assert recent.recent_studies() == ()


def test_that_a_key_file_that_waits_for_its_study_is_never_overwritten(study: Study, tmp_path: Path) -> None:
    study.close()
    orphan = tmp_path / "yetim.kume-key"
    study.path.with_name(study.path.name + "-key").rename(orphan)
    before = orphan.read_bytes()
    with pytest.raises(Refused) as call:
        studies.create_study(tmp_path / "yetim.kume", "Yeni", FACTS, PASSPHRASE, "Elif")
    assert refusal(call) == "study.key-exists"
    assert orphan.read_bytes() == before and not (tmp_path / "yetim.kume").exists()


def test_that_a_missing_folder_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(Refused) as call:
        studies.create_study(tmp_path / "yok" / "x.kume", "Yeni", FACTS, PASSPHRASE, "Elif")
    assert refusal(call) == "study.folder-missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Ad\x00ı", "Ad\x07", "Ad\x0b", "Ad\x85"])
def test_that_control_characters_in_a_name_are_refused_and_leave_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as call:
        studies.create_study(tmp_path / "x.kume", name, FACTS, PASSPHRASE, "Elif")
    assert refusal(call) == "study.text-not-storable"
    assert list(tmp_path.iterdir()) == []
