"""Who may import what, read from the syntax trees; the contracts between our own rooms stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.code import ROOT, modules, within

ROOMS = {
    "__init__", "__main__", "application", "cli", "cli_backup", "cli_devices", "cli_field", "cli_lists",
    "cli_packages", "cli_person", "cli_print", "cli_versions", "concentration", "exchange", "gui", "instruments",
    "interview", "logs", "monitoring", "network", "paths",
    "problem_texts", "problems", "reports", "scoring", "services", "settings", "store", "texts", "turkish", "xpath",
}  # fmt: skip

ANALYSIS = ("kume_desktop.scoring", "kume_desktop.concentration", "kume_desktop.network", "kume_desktop.monitoring")
PURE = (*ANALYSIS, "kume_desktop.interview", "kume_desktop.instruments.model", "kume_desktop.xpath")
READERS_OF_WORKBOOKS = (
    "kume_desktop.instruments.compile",
    "kume_desktop.instruments.convert",
    "kume_desktop.instruments.marking",
    "kume_desktop.instruments.sheets",
    "kume_desktop.exchange",
)

# Library -> the only places that import it directly, lazily or not.
HOMES = {
    "PySide6": ("kume_desktop.gui",),
    "shiboken6": ("kume_desktop.gui",),
    "sqlalchemy": ("kume_desktop.store",),
    "alembic": ("kume_desktop.store",),
    "sqlcipher3": ("kume_desktop.store",),
    "sqlite3": ("kume_desktop.store",),
    "psycopg": ("kume_desktop.store",),
    "argon2": ("kume_desktop.store", "kume_desktop.exchange"),
    "cryptography": ("kume_desktop.store", "kume_desktop.exchange", "kume_desktop.xpath"),
    "nacl": ("kume_desktop.store", "kume_desktop.exchange"),
    "pandas": ("kume_desktop.store.frames", "kume_desktop.reports"),
    "scipy": (*ANALYSIS,),
    "cattrs": (*ANALYSIS, "kume_desktop.services"),
    "numpy": (
        *ANALYSIS,
        "kume_desktop.store.frames",
        "kume_desktop.store.frames_study",
        "kume_desktop.reports",
        "kume_desktop.services",
    ),
    "pyxform": READERS_OF_WORKBOOKS,
    "openpyxl": READERS_OF_WORKBOOKS,
    "xlsxwriter": ("kume_desktop.reports",),
    "matplotlib": ("kume_desktop.reports",),
    "reportlab": ("kume_desktop.reports",),
    "regex": ("kume_desktop.xpath", "kume_desktop.interview"),
    "keyring": ("kume_desktop.services.unlocking",),
    "rapidfuzz": ("kume_desktop.exchange",),
    "platformdirs": ("kume_desktop.paths",),
    "babel": (),
    "lxml": (),
    "xlrd": ("kume_desktop.instruments.old_excel",),
    "pytest": (),
}

OUTSIDE_WORLD = ("os", "pathlib", "shutil", "tempfile", "sqlite3", "subprocess", "socket", "urllib", "http", "logging")
OWN_OUTSIDE_WORLD = ("kume_desktop.settings", "kume_desktop.paths", "kume_desktop.logs", "kume_desktop.texts")

HEAVY = (
    "sqlalchemy", "alembic", "numpy", "scipy", "cattrs", "pandas", "matplotlib", "openpyxl", "pyxform", "xlsxwriter",
    "babel", "keyring", "lxml", "rapidfuzz", "reportlab",
)  # fmt: skip
SHARED_BY_PAGES = {"components", "figures"}


def test_that_every_room_of_the_package_is_one_the_design_knows():
    found = {
        path.stem
        for path in (ROOT / "kume_desktop").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert found <= ROOMS


def test_that_every_folder_of_code_is_a_package():
    folders = {module.path.parent for module in modules()}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_that_each_library_is_imported_only_in_its_home():
    strays = [
        f"{module.shown}:{found.line} imports {found.module}"
        for module in modules()
        for found in module.imports
        for library in [found.module.partition(".")[0]]
        if library in HOMES and not within(module.name, *HOMES[library])
    ]
    assert strays == []


def test_that_every_library_used_has_a_home():
    ours = {"kume_desktop", ""}
    used = {found.module.partition(".")[0] for module in modules() for found in module.imports}
    assert used - ours - set(sys.stdlib_module_names) - set(HOMES) == set()


def test_that_pure_rooms_do_not_reach_outside():
    strays = [
        f"{module.shown}:{found.line} imports {found.module}"
        for module in modules()
        if within(module.name, *PURE)
        for found in module.imports
        if within(found.module, *OUTSIDE_WORLD, *OWN_OUTSIDE_WORLD)
    ]
    assert strays == []


def test_that_modules_do_not_import_in_circles():
    names = {module.name for module in modules()}
    graph = {
        module.name: {found.module for found in module.imports if found.module in names and not found.typing_only}
        - {module.name}
        for module in modules()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail("imports in a circle: " + " -> ".join(reversed(circle.args[1])))


def test_that_pages_do_not_import_each_other():
    pages = sorted((ROOT / "kume_desktop" / "gui").glob("*/__init__.py"))
    rooms = {page.parent.name for page in pages} - SHARED_BY_PAGES
    strays = [
        f"{module.shown}:{found.line} imports {found.module}"
        for module in modules("kume_desktop/gui")
        for room in [module.name.split(".")[2] if module.name.count(".") >= 2 else ""]
        if room in rooms
        for found in module.imports
        if within(found.module, *(f"kume_desktop.gui.{other}" for other in rooms - {room}))
    ]
    assert strays == []


@pytest.mark.parametrize("entry", ["kume_desktop.__main__", "kume_desktop.cli", "kume_desktop.gui.app"])
def test_that_nothing_heavy_is_loaded_at_the_start(entry: str):
    """Imports decide the start: each of these costs more than Qt's own window."""
    code = f"import sys, {entry}; print(*(set(sys.modules) & set({HEAVY!r})))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.stdout.split(), told.stderr) == ([], "")
