"""Every page at every scale of the system: nothing cut, everything named, reached by Tab, and large enough to hit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from kume_desktop.gui import routes
from tests.gui.looks import made, walk
from tests.studies import copied, shared

LOOKS = {
    "1": "tr-light-1366x768,en-dark-1366x768",
    "1.25": "tr-dark-1092x550",
    "1.5": "en-light-911x455",
    "2": "tr-light-1024x540",
}
"""Scale -> language, theme and size of the window, in the pixels that such a scale leaves on a laptop."""


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with something on every page."""
    return shared(tmp_path_factory, "looks", made.make)


@pytest.mark.change
@pytest.mark.parametrize("scale", list(LOOKS))
def test_that_every_page_can_be_read_and_used_at_this_scale(scale: str, looked_at: Path, tmp_path: Path):
    file = copied(looked_at, tmp_path)
    profile = tmp_path / "a-folder-that-lies-deep" / "on-the-laptop_of_somebody.with.a" / ("very" * 9 + "-long-name")
    profile.mkdir(parents=True)
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "KUME_PROFILE": str(profile)}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.gui.looks.walk", str(file), LOOKS[scale]],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(told) >= len(get_args(routes.Route)) * len(LOOKS[scale].split(","))
    wrong = {f"{page['page']} ({page['look']})": page["wrong"] for page in told if page["wrong"]}
    assert wrong == {}


def test_that_the_walk_comes_to_every_place_of_the_window():
    walked = {type(route) for route in walk.all_routes(Path("study.kume"), "unit")}
    assert walked >= set(get_args(routes.Route))
