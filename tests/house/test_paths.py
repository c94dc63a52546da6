"""Data files are found, and what is written stays in the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_that_forms_and_resources_are_found():
    assert list(paths.forms().glob("*.xlsx"))
    assert (paths.resources() / "locale" / "tr").is_dir()


def test_that_the_profile_can_be_put_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KUME_PROFILE", str(tmp_path / "Çalışma klasörü"))
    assert paths.profile() == tmp_path / "Çalışma klasörü"
    assert paths.profile().is_dir()
    assert paths.cache().parent == paths.profile()
