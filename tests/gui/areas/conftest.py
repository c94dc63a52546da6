"""A study whose areas are those of the example, and everything the results pages use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kume_desktop.scoring.results import Results
from kume_desktop.services import fieldwork, results, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm
from tests.gui.results.conftest import dressed, method, method_json, show  # noqa: F401 - fixtures
from tests.gui.results.example import AREAS, example
from tests.gui.results.figures import kept
from tests.studies import FACTS, PASSPHRASE, copied


@pytest.fixture(scope="session")
def example_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with the six areas and two firms in the second of them."""
    folder = tmp_path_factory.mktemp("example")
    areas = [Area(code, name, english, "10.31", "2", whole) for code, name, english, _n, whole, *_rest in AREAS]
    with studies.create_study(folder / "ornek.kume", "Örnek", FACTS, PASSPHRASE, "Selin Kaya", areas) as study:
        fieldwork.add_firm(study, NewFirm("Şişli Konserve", "meyve", "Konak", "10.31", "10-24"))
        fieldwork.add_firm(study, NewFirm("Iğdır Meyve", "meyve", "Tire", "10.39", "1-9"))
    return folder / "ornek.kume"


@pytest.fixture
def example_study(example_template: Path, tmp_path: Path) -> Iterator[Study]:
    """An open study of its own, without results."""
    with studies.open_study(copied(example_template, tmp_path), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def made(example_study: Study) -> Results:
    """The example's results, kept in the study."""
    return kept(example_study, example(results.method(example_study)))
