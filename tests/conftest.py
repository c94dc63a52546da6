"""What holds for every test: no screen, a profile of its own, Turkish in force."""

from __future__ import annotations

import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
pytest_plugins = ["tests.studies", "tests.counting"]

# Before Qt is imported anywhere; child processes of tests take these along.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = os.environ.get("QT_SCALE_FACTOR", "1")
os.environ["PYTHONPATH"] = str(ROOT)
os.environ["PYTHONUTF8"] = "1"
os.environ.pop("KUME_PASSPHRASE", None)


@pytest.fixture(autouse=True)
def own_profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile folder that belongs to this test alone."""
    folder = tmp_path_factory.mktemp("profile")
    monkeypatch.setenv("KUME_PROFILE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def turkish_in_force() -> Iterator[None]:
    """Every test begins and ends in Turkish, in the C locale, with Qt's default locale Turkish where Qt is loaded."""
    from kume_desktop import texts

    texts.set_language("tr")
    locale.setlocale(locale.LC_ALL, "C")
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        core.QLocale.setDefault(core.QLocale(core.QLocale.Language.Turkish, core.QLocale.Country.Turkey))
    yield
    texts.set_language("tr")


@pytest.fixture(autouse=True)
def no_unexpected_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system dialog that a test did not ask for would wait for a person for ever: it fails the test instead."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def opened(*_args: object, **_named: object) -> None:
        raise AssertionError("a file dialog was opened that this test did not expect")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(widgets.QFileDialog, name, opened)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tier unless it is asked for by `-m`."""
    if config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="long tier: python3 start.py test --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)
