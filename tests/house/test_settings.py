"""Settings: kept, read back, and never a reason not to start."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop import settings
from kume_desktop.settings import Density, Language, Settings, TextScale, Theme

if TYPE_CHECKING:
    from pathlib import Path


def test_that_a_new_computer_has_the_defaults():
    assert settings.load() == Settings(
        Theme.SYSTEM, Density.AUTO, TextScale.NORMAL, motion=True, language=Language.TURKISH
    )


@given(
    st.builds(
        Settings,
        theme=st.sampled_from(Theme),
        density=st.sampled_from(Density),
        text_scale=st.sampled_from(TextScale),
        motion=st.booleans(),
        language=st.sampled_from(Language),
        wait_for_enter=st.booleans(),
        hide_rail=st.booleans(),
    )
)
def test_that_what_was_saved_is_loaded(chosen: Settings):
    settings.save(chosen)
    assert settings.load() == chosen


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\ufeff{}", '{"theme": {"a": 1}}'])
def test_that_a_damaged_file_gives_the_defaults(own_profile: Path, content: str):
    (own_profile / "settings.json").write_text(content, encoding="utf-8")
    assert settings.load() == Settings()


def test_that_a_value_of_a_newer_version_takes_its_default_and_the_others_stay(own_profile: Path):
    given_values = {
        "theme": "sepia",
        "text_scale": 400,
        "motion": "yes",
        "language": "en",
        "colour": 3,
        "wait_for_enter": 1,
    }
    (own_profile / "settings.json").write_text(json.dumps(given_values), encoding="utf-8")
    assert settings.load() == replace(Settings(), language=Language.ENGLISH)


def test_that_saving_leaves_no_second_file(own_profile: Path):
    settings.save(replace(Settings(), theme=Theme.DARK))
    settings.save(replace(Settings(), theme=Theme.LIGHT))
    assert [file.name for file in own_profile.iterdir()] == ["settings.json"]


def test_that_a_half_written_file_does_not_replace_the_old_one(own_profile: Path):
    settings.save(replace(Settings(), theme=Theme.DARK))
    (own_profile / "settings.new").write_text('{"theme": "li', encoding="utf-8")
    assert settings.load().theme is Theme.DARK
