"""The databases of the store tests, and an agency with a laptop, made once and copied for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kume_desktop.store import reading, writing
from kume_desktop.store.events import SubjectKind
from tests.merging.offices import Office, agency, laptop
from tests.store.conftest import database, template
from tests.store.worlds import BACKENDS, Places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kume_desktop.store import keyfile

__all__ = ["database", "template"]

SECRET = "Gizli Anahtar Kişi"


@pytest.fixture(params=[BACKENDS[0], *(pytest.param(other, marks=pytest.mark.long) for other in BACKENDS[1:])])
def places(request: pytest.FixtureRequest, tmp_path: Path, template: tuple[Path, keyfile.DataKey]) -> Iterator[Places]:
    """As for the store, which is tried on the server with each change; hundreds of stories there take minutes."""
    made = Places(request.param, tmp_path, template)
    yield made
    made.close()


@pytest.fixture(scope="session")
def pair_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Office]:
    """An agency and a laptop that has one of the two firms; both firms hold something personal."""
    folder = tmp_path_factory.mktemp("offices")
    office = agency(empty_template, folder / "agency")
    with office.open() as study:
        by_name = {unit.name: unit.unit_id for unit in reading.units(study.database)}
        mine, other = by_name["Şişli Kimya"], by_name["Iğdır Nakliyat"]
        with study.act() as act:
            writing.set_fact(act, SubjectKind.UNIT, other, "contact", SECRET, personal=True)
            writing.set_fact(act, SubjectKind.UNIT, mine, "contact", "Elif'in kişisi", personal=True)
    return office, laptop(office, folder / "laptop", firms=(mine,))


@pytest.fixture
def pair(pair_template: tuple[Office, Office], tmp_path: Path) -> tuple[Office, Office]:
    """Copies of both computers."""
    found = []
    for one in pair_template:
        shutil.copytree(one.folder, tmp_path / one.folder.name)
        made = Office(tmp_path / one.folder.name)
        made.device_id = one.device_id
        found.append(made)
    return found[0], found[1]
