"""`start.py`, the newcomer's door. Setting up needs a network, so here a finished set-up is put in its place."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

posix = pytest.mark.skipif(sys.platform == "win32", reason="stands a shell script in for the interpreter")


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Path:
    """A checkout in a folder with a space and Turkish letters, set up with an interpreter that only tells its call."""
    folder = tmp_path / "Küme çalışması ğ"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("start.py", "requirements.lock"):
        shutil.copy(root / name, folder)
    python = folder / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$PYTHONPATH" "$@"\nexit 7\n', encoding="utf-8")
    python.chmod(0o755)
    start = _load(folder)
    (folder / ".venv" / "kume-ready").write_text(start._stamp(), encoding="utf-8")
    return folder


def _load(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_under_test", folder / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _call(folder: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "start.py"), *arguments]
    return subprocess.run(command, cwd=cwd or folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_that_an_old_python_can_read_the_file(root: Path):
    ast.parse((root / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_that_an_old_python_is_told_what_is_needed(root: Path):
    code = f"import sys; sys.version_info = (3, 9, 2); exec(open({str(root / 'start.py')!r}, encoding='utf-8').read())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_that_only_the_standard_library_is_used(root: Path):
    tree = ast.parse((root / "start.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        alias.name if isinstance(node, ast.Import) else node.module or "" for node in imports for alias in node.names
    }
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@posix
def test_that_arguments_reach_the_program_as_they_are(checkout: Path, tmp_path: Path):
    ended = _call(checkout, "report", "a b.kume", "--out", "Çıktı.xlsx", cwd=tmp_path)
    told = ended.stdout.splitlines()
    assert told[0] == str(tmp_path)
    assert told[1] == str(checkout)
    assert told[2:] == ["-P", "-m", "kume_desktop", "report", "a b.kume", "--out", "Çıktı.xlsx"]


@posix
def test_that_the_second_call_says_nothing_and_gives_the_exit_code_of_the_program(checkout: Path):
    ended = _call(checkout, "score")
    assert (ended.returncode, ended.stderr) == (7, "")


@posix
def test_that_tests_run_without_the_long_tier_unless_asked(checkout: Path, tmp_path: Path):
    told = _call(checkout, "test", "tests/house", cwd=tmp_path).stdout.splitlines()
    assert told[0] == str(checkout)
    spread = ["-n", "2", "--dist", "worksteal", "--max-worker-restart=3"]
    assert told[2:] == ["-m", "pytest", "-m", "not long", *spread, "tests/house"]
    told = _call(checkout, "test", "--long", "-n0").stdout.splitlines()
    patience = ["-o", "faulthandler_timeout=14400"]
    assert told[2:] == ["-m", "pytest", "-m", "long or not long", *patience, "-n0"]


@posix
def test_that_benchmarks_run_by_name(checkout: Path):
    assert _call(checkout, "bench", "startup").stdout.splitlines()[2:] == ["-m", "benchmarks", "startup"]


@posix
def test_that_every_check_runs_even_after_one_has_failed(checkout: Path):
    ended = _call(checkout, "check")
    assert ended.returncode == 1
    assert "check failed: style, format, types, import contracts, architecture" in ended.stderr


@posix
def test_that_foreign_python_settings_do_not_reach_the_program(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment = _load(checkout)._environment()
    assert environment["PYTHONPATH"] == str(checkout)
    assert "PYTHONDONTWRITEBYTECODE" not in environment


def test_that_caches_of_the_installers_stay_in_the_checkout(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    monkeypatch.delenv("PIP_CACHE_DIR", raising=False)
    environment = _load(root)._environment()
    assert environment["UV_CACHE_DIR"].startswith(str(root))
    assert environment["PIP_CACHE_DIR"].startswith(str(root))


@posix
def test_that_another_lock_asks_for_another_set_up(checkout: Path):
    start = _load(checkout)
    assert start._is_ready()
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    assert not start._is_ready()


@posix
def test_that_a_set_up_that_cannot_work_ends_with_advice(checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd):
    """No uv, no pip, no ensurepip, no right to install: one line to type, no traceback."""
    (checkout / ".venv" / "kume-ready").unlink()
    start = _load(checkout)
    monkeypatch.setattr(start, "_ran", lambda *_args, **_options: False)
    monkeypatch.setattr(start, "_is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert start.main(["demo"]) == 1
    told = capfd.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends ca-certificates python3-venv" in told
    assert not (checkout / ".venv" / "kume-ready").exists()


@posix
@pytest.mark.parametrize(
    ("arguments", "stops"),
    [
        ([], True),
        (["demo"], True),
        (["test"], True),
        (["demo", "--no-window"], False),
        (["form", "check", "a.xlsx"], False),
    ],
)
def test_that_missing_libraries_of_qt_stop_only_what_opens_a_window(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd, arguments: list[str], stops: bool
):
    start = _load(checkout)
    monkeypatch.setattr(start, "_missing_libraries", lambda: ["libEGL.so.1"])
    monkeypatch.setattr(start, "_is_debian", lambda: True)
    monkeypatch.setattr(start, "_apt", lambda _packages: False)
    if stops:
        with pytest.raises(start.CannotSetUp, match="--no-window"):
            start._qt_is_complete(arguments)
    else:
        assert start._qt_is_complete(arguments) is False
    told = capfd.readouterr().err
    assert "libEGL.so.1" in told
    assert "apt-get install -y --no-install-recommends libgl1 libegl1" in told


@posix
def test_that_system_packages_are_installed_once_they_are_known_to_be_missing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    start = _load(checkout)
    missing = ["libEGL.so.1"]
    asked: list[tuple[str, ...]] = []

    def apt(packages: tuple[str, ...]) -> bool:
        asked.append(packages)
        missing.clear()
        return True

    monkeypatch.setattr(start, "_missing_libraries", lambda: list(missing))
    monkeypatch.setattr(start, "_apt", apt)
    assert start._qt_is_complete([]) is True
    assert asked == [start.QT_PACKAGES]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the linker of Linux")
def test_that_qt_finds_all_its_libraries_where_the_tests_run(root: Path):
    assert _load(root)._missing_libraries() == []
