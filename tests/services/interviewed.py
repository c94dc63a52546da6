"""A study in which one firm was interviewed to the end, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kume_desktop.interview import page
from kume_desktop.services import fieldwork, studies
from kume_desktop.services.interviewing import open_interview
from kume_desktop.services.studies import Study
from tests.studies import PASSPHRASE, copied

GIVEN = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "3", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Boya üretimi", "alan_uygun": "1", "ilce": "kemalpasa", "kurulus_yili": "1998",
    "calisan_sayisi": "20", "ihracat_var": "1", "uretim_insan": "4", "uretim_finansman": "4",
    "uretim_duran_varlik": "5", "uretim_bilgi": "4", "uretim_iliski": "4", "pazarlama_insan": "4",
    "pazarlama_finansman": "4", "pazarlama_duran_varlik": "4", "pazarlama_bilgi": "4", "pazarlama_iliski": "5",
    "oncelik_1": "uretim_bilgi", "oncelik_2": "uretim_insan", "ortak_cozum": "3", "destek_kullanim": "1",
    "acik_riza": "2", "sonuc": "1", "baskasi": "2", "anlama": "3", "sonuc_notu": "Gizli not",
}  # fmt: skip


def interview(study: Study, unit_id: str) -> None:
    """Interview a firm to the end; what is still open gets a reason."""
    session = open_interview(study, unit_id, "is_ihtiyac")
    for name, value in GIVEN.items():
        session.answer(session.interview.path_of(name), value)
    gaps = {one.path: "Deneme" for one in page.open_problems(session.interview)}
    assert session.complete(gaps).at is not None


@pytest.fixture(scope="session")
def answered_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed study with one completed interview."""
    path = copied(empty_template, tmp_path_factory.mktemp("answered"))
    with studies.open_study(path, PASSPHRASE) as study:
        rows = fieldwork.firms(study)
        interview(study, next(row.unit_id for row in rows if row.name == "Şişli Kimya"))
    return path


@pytest.fixture
def answered(answered_template: Path, tmp_path: Path) -> Iterator[Study]:
    """The study of one's own with one completed interview."""
    folder = tmp_path / "answered"
    folder.mkdir()
    with studies.open_study(copied(answered_template, folder), PASSPHRASE) as study:
        yield study
