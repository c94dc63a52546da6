"""Real studies for tests: made once per run, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, studies
from kume_desktop.services.demonstration import create
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm, StudyFacts

PASSPHRASE = "uzun bir parola"
AREAS = (
    Area("kimya", "Kimya", "Chemicals", "20", "2", 96),
    Area("lojistik", "Lojistik", "Logistics", "52", "2", 310),
)
FACTS = StudyFacts("Deneme Ajansı", 2025, "m.5", "ajans çalışanları", "iki yıl", "kvkk@ajans.example")


@contextmanager
def _profile(folder: Path) -> Iterator[None]:
    before = os.environ.get("KUME_PROFILE")
    os.environ["KUME_PROFILE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("KUME_PROFILE")
        else:
            os.environ["KUME_PROFILE"] = before


def copied(template: Path, folder: Path) -> Path:
    """A copy of a closed study with its key file."""
    for file in (template, template.with_name(template.name + "-key")):
        shutil.copy(file, folder / file.name)
    return folder / template.name


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A closed study that `make` writes, made by the first of the processes that test beside each other; a copy."""
    own = factory.mktemp(name)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        make(own / f"{name}.kume")
        return own / f"{name}.kume"
    from PySide6.QtCore import QLockFile

    common = factory.getbasetemp().parent
    folder, lock = common / name, QLockFile(str(common / f"{name}.lock"))
    lock.setStaleLockTime(0)
    assert lock.lock()
    try:
        if not folder.exists():
            made = common / f"{name}-{os.getpid()}"
            made.mkdir()
            make(made / f"{name}.kume")
            made.rename(folder)
    finally:
        lock.unlock()
    return copied(folder / f"{name}.kume", own)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with two areas, two firms and both instruments."""
    folder = tmp_path_factory.mktemp("empty")
    with (
        _profile(folder / "profile"),
        studies.create_study(folder / "deneme.kume", "Deneme", FACTS, PASSPHRASE, "Elif", AREAS) as study,
    ):
        fieldwork.add_firm(study, NewFirm("Şişli Kimya", "kimya", "Kemalpaşa", "20.30", "10-24"))
        fieldwork.add_firm(study, NewFirm("Iğdır Nakliyat", "lojistik", "Konak", "49.41", "1-9"))
    return folder / "deneme.kume"


@pytest.fixture
def study(empty_template: Path, tmp_path: Path) -> Iterator[Study]:
    """An open study of its own."""
    with studies.open_study(copied(empty_template, tmp_path), PASSPHRASE) as opened:
        yield opened


@pytest.fixture(scope="session")
def demonstration_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration study, closed."""

    def make(file: Path) -> None:
        with _profile(file.with_name("profile")):
            create.demonstration(file).close()

    return shared(tmp_path_factory, "demo", make)


@pytest.fixture
def demonstration(demonstration_template: Path, tmp_path: Path) -> Iterator[Study]:
    """The demonstration study, open, a copy of its own."""
    with studies.open_study(copied(demonstration_template, tmp_path), create.PASSPHRASE) as opened:
        yield opened


@pytest.fixture(scope="session")
def scorecard_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of the published scorecard, closed."""

    def make(file: Path) -> None:
        with _profile(file.with_name("profile")):
            create.scorecard_2010(file).close()

    return shared(tmp_path_factory, "karne2010", make)


@pytest.fixture
def scorecard(scorecard_template: Path, tmp_path: Path) -> Iterator[Study]:
    """The study of the published scorecard, open, a copy of its own."""
    with studies.open_study(copied(scorecard_template, tmp_path), create.PASSPHRASE) as opened:
        yield opened
