"""The lock, the wheel and the frozen program name the same things as the project."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture.code import modules

if TYPE_CHECKING:
    from pathlib import Path


BROUGHT_BY_OTHERS = {"shiboken6"}  # part of PySide6


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


def test_that_the_lock_holds_every_dependency(project: dict[str, Any], lock: str):
    groups = project["dependency-groups"]
    wanted = {_name(one) for one in [*project["project"]["dependencies"], *groups["tests"], *groups["checks"]]}
    locked = {_name(line) for line in re.findall(r"^[a-z].*==.*$", lock, re.MULTILINE)}
    assert wanted - locked == set()


def test_that_everything_the_program_imports_is_a_dependency(project: dict[str, Any]):
    distributions = importlib.metadata.packages_distributions()
    roots = {found.module.partition(".")[0] for module in modules() for found in module.imports} - {"", "kume_desktop"}
    foreign = roots - set(sys.stdlib_module_names)
    named = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["server"]]
    wanted = {_name(one) for one in named}
    carriers = {root: {_name(one) for one in distributions.get(root, [root])} for root in foreign}
    lacking = {root for root, names in carriers.items() if not names & wanted}
    assert lacking - BROUGHT_BY_OTHERS == set()


def test_that_every_locked_version_has_hashes_and_no_address(lock: str):
    assert "http" not in lock
    assert "file:" not in lock
    entries = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_that_every_dependency_has_an_upper_limit_or_a_calendar_version(project: dict[str, Any]):
    calendar = {"regex", "tzdata"}
    open_ended = [one for one in project["project"]["dependencies"] if "<" not in one and _name(one) not in calendar]
    assert open_ended == []


def test_that_qt_is_a_version_that_keeps_none(project: dict[str, Any]):
    assert "PySide6-Essentials>=6.8.3,<6.12" in project["project"]["dependencies"]
    version = tuple(int(part) for part in importlib.metadata.version("PySide6-Essentials").split("."))
    assert (6, 8, 3) <= version < (6, 12)


def test_that_no_part_of_qt_under_another_licence_is_installed():
    installed = {_name(found.metadata["Name"]) for found in importlib.metadata.distributions()}
    assert installed & {"pyside6", "pyside6-addons"} == set()


def test_that_the_wheel_carries_forms_and_resources(project: dict[str, Any]):
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"forms": "kume_desktop/forms", "resources": "kume_desktop/resources"}


def test_that_the_frozen_program_carries_the_same_data(root: Path):
    spec = (root / "build.spec").read_text(encoding="utf-8")
    for data in ('("forms", "kume_desktop/forms")', '("resources", "kume_desktop/resources")'):
        assert data in spec
    assert "kume_desktop/store/migrations" in spec
    assert 'excludes=["**/*.jar"]' in spec


def test_that_the_command_is_called_kume(project: dict[str, Any]):
    assert project["project"]["scripts"] == {"kume": "kume_desktop.__main__:main"}


@pytest.mark.parametrize("name", ["LICENSE", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/licences.md"])
def test_that_the_papers_of_the_house_are_there(root: Path, name: str):
    assert (root / name).stat().st_size > 500


def test_that_the_readme_names_the_two_commands(root: Path):
    told = (root / "README.md").read_text(encoding="utf-8")
    assert "python3 start.py demo" in told
    assert "python3 start.py test" in told


def test_that_the_changelog_knows_this_version(root: Path):
    from kume_desktop import __version__

    assert f"## {__version__}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
