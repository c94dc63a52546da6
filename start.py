"""Set up Küme Desktop where that is still to be done, then run it: `python3 start.py ARGS` is `kume ARGS`.

    python3 start.py [ARGS...]            the program (without arguments: its window)
    python3 start.py test [--long] [...]  the tests; further arguments go to pytest
    python3 start.py check                style, types, import contracts, architecture
    python3 start.py bench [NAME...]      the benchmarks

Standard library only. Everything it makes lies in this folder (`.venv`, `.tools`); the one exception are system
libraries on Debian and Ubuntu, which it installs as root or through `sudo -n`, else it prints the line to type.
Statements that Python 3.6 cannot read are left out, so that an old Python gets a sentence instead of a traceback.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is read by whatever Python the machine has
    sys.exit(
        "Küme Desktop needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install one (www.python.org; on Ubuntu 22.04: sudo apt-get install python3.11 python3.11-venv)\n"
        "and start it with that Python, for example: python3.11 start.py".format(*sys.version_info)
    )

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "kume-ready"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

LONG_TEST_SECONDS = 4 * 3600
PYTHON_PACKAGES = ("ca-certificates", "python3-venv")
QT_PACKAGES = (
    "libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libxkbcommon0", "libxkbcommon-x11-0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1", "libwayland-cursor0",
)  # fmt: skip
QT_LIBRARIES = (
    "Qt/lib/libQt6Core.so.6",
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6XcbQpa.so.6",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
)
# What would lead the program's own Python astray, or keep it from storing compiled modules.
FOREIGN_VARIABLES = ("PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET")


class CannotSetUp(Exception):  # noqa: N818 - it is an answer to a person
    """The set-up cannot go on; the text says what to do."""


def main(args: Sequence[str]) -> int:
    """Set up if needed and run what `args` ask for; the exit code is that of what ran."""
    try:
        if not _is_ready():
            _set_up(args)
        return _run(args)
    except CannotSetUp as stop:
        _say(str(stop))
        return 1
    except OSError as stop:
        _say(f"Setting up failed: {stop}")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(args: Sequence[str]) -> int:
    verb = args[0] if args else ""
    if verb == "test":
        return _test(args[1:])
    if verb == "check":
        return _check()
    if verb == "bench":
        return _python(["-m", "benchmarks", *args[1:]], cwd=ROOT)
    return _become(["-P", "-m", "kume_desktop", *args])


def _test(args: Sequence[str]) -> int:
    tiers = [] if "-m" in args else ["-m", "long or not long" if "--long" in args else "not long"]
    if "--long" in args:
        tiers += ["-o", f"faulthandler_timeout={LONG_TEST_SECONDS}"]
    spread = (
        []
        if any(a.startswith(("-n", "-p", "--pdb")) for a in args)
        else ["-n", "2", "--dist", "worksteal", "--max-worker-restart=3"]
    )
    return _python(["-m", "pytest", *tiers, *spread, *(a for a in args if a != "--long")], cwd=ROOT)


def _check() -> int:
    """Run every check, even after one has failed, so that one run shows all there is to mend."""
    checks = (
        ("style", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("import contracts", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        ("architecture", ["-m", "pytest", "-vv", "--no-header", "-p", "no:cacheprovider", "tests/architecture"]),
    )
    failed = []
    for name, command in checks:
        _say("== " + name)
        if _python(command, cwd=ROOT) != 0:
            failed.append(name)
    _say("check failed: " + ", ".join(failed) if failed else "all checks passed")
    return 1 if failed else 0


# ------------------------------------------------------------------------------------------------------------- running


def _environment() -> "dict[str, str]":
    """The environment of what runs: this checkout is importable from any folder, nothing is written outside it."""
    env = {key: value for key, value in os.environ.items() if key not in FOREIGN_VARIABLES}
    env["PYTHONPATH"] = str(ROOT)
    env.setdefault("UV_CACHE_DIR", str(TOOLS / "uv-cache"))
    env.setdefault("PIP_CACHE_DIR", str(TOOLS / "pip-cache"))
    env.setdefault("PIP_ROOT_USER_ACTION", "ignore")
    env.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    return env


def _python(arguments: Sequence[str], cwd: "Path | None" = None) -> int:
    return subprocess.run([str(PYTHON), *arguments], cwd=cwd, env=_environment(), check=False).returncode


def _become(arguments: Sequence[str]) -> int:
    """Let the program take this process's place; Windows knows no such thing, there it is a child."""
    if WINDOWS:
        return _python(arguments)
    sys.stdout.flush()
    return os.execve(str(PYTHON), [str(PYTHON), *arguments], _environment())  # noqa: S606 - our own interpreter


def _say(text: str) -> None:
    """Tell the person; on stderr, because stdout belongs to the program (`kume score --json`)."""
    print(text, file=sys.stderr, flush=True)


def _ran(command: Sequence[str], quiet: bool = False) -> bool:
    """Whether a command of the set-up ended well; one that cannot be started did not."""
    sink = subprocess.DEVNULL if quiet else sys.stderr
    try:
        return (
            subprocess.run(
                list(command), cwd=ROOT, env=_environment(), stdout=sink, stderr=sink, check=False
            ).returncode
            == 0
        )
    except OSError:
        return False


# -------------------------------------------------------------------------------------------------------------- set-up


def _is_ready() -> bool:
    try:
        return STAMP.read_text(encoding="utf-8") == _stamp()
    except OSError:
        return False


def _stamp() -> str:
    return hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _set_up(args: Sequence[str]) -> None:
    _say(f"Küme Desktop: setting up in {ROOT} (once; some 120 MB are fetched)")
    with _one_at_a_time():
        if _is_ready():
            return
        if not _install() and not (_apt((*PYTHON_PACKAGES, *QT_PACKAGES)) and _install()):
            raise CannotSetUp(_advice())
        _ran([str(PYTHON), "-m", "compileall", "-q", "kume_desktop"], quiet=True)
        if _qt_is_complete(args):
            STAMP.write_text(_stamp(), encoding="utf-8")


@contextlib.contextmanager
def _one_at_a_time() -> "Iterator[None]":
    """Hold a second set-up of this folder back; the lock goes with the process that holds it."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w", encoding="utf-8") as held:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _install() -> bool:
    """Install the locked dependencies by the first way that works here; whether one did."""
    on_path = shutil.which("uv")
    if on_path and _install_with_uv(on_path):
        return True
    for uv in _own_uv(sys.executable):
        if _install_with_uv(uv):
            return True
    if not _has_pip(str(PYTHON)) and not _ran([sys.executable, "-m", "venv", "--clear", str(VENV)], quiet=True):
        return False
    for uv in _own_uv(str(PYTHON)):
        if _install_with_uv(uv):
            return True
    return _ran([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)])


def _own_uv(python: str) -> "Iterator[str]":
    """The uv of `.tools`, fetched by the pip of `python` if it has one; made only when it is asked for."""
    found = TOOLS / "uv" / "bin" / ("uv.exe" if WINDOWS else "uv")
    if not found.is_file() and _has_pip(python):
        _ran([python, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(TOOLS / "uv"), "uv>=0.5,<1"])
    if found.is_file():
        yield str(found)


def _install_with_uv(uv: str) -> bool:
    if not _has_working_venv() and not _ran([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]):
        return False
    return _ran(
        [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode", "-r", str(LOCK)]
    )


def _has_pip(python: str) -> bool:
    return _ran([python, "-m", "pip", "--version"], quiet=True)


def _has_working_venv() -> bool:
    recent = "import sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and _ran([str(PYTHON), "-c", recent], quiet=True)


def _advice() -> str:
    lines = ["The dependencies could not be installed: no network, or neither uv nor pip nor venv is at hand."]
    if _is_debian():
        lines.append(
            "On this system the following usually helps; then start again:\n  "
            + _apt_line((*PYTHON_PACKAGES, *QT_PACKAGES))
        )
    else:
        lines.append("Install uv (https://docs.astral.sh/uv) or Python with pip, then start again.")
    return "\n".join(lines)


# ---------------------------------------------------------------------------------------------- Qt's system libraries


def _qt_is_complete(args: Sequence[str]) -> bool:
    """Whether Qt finds its system libraries, after installing them where that is allowed."""
    missing = _missing_libraries()
    if missing and _apt(QT_PACKAGES):
        missing = _missing_libraries()
    if not missing:
        return True
    _say("The window needs system libraries that are missing here: " + ", ".join(missing))
    if _is_debian():
        _say("Type this, then start again:\n  " + _apt_line(QT_PACKAGES))
    else:
        _say("Install the packages of your system that hold them, then start again.")
    if _opens_a_window(args):
        raise CannotSetUp("Without them these work: demo --no-window, form check, form test, score, report.")
    return False


def _opens_a_window(args: Sequence[str]) -> bool:
    return not args or args[0] in ("test", "bench") or (args[0] == "demo" and "--no-window" not in args)


def _missing_libraries() -> "list[str]":
    """Names of the shared libraries that the linker does not find for Qt (Linux only)."""
    if not sys.platform.startswith("linux"):
        return []
    found = next(VENV.glob("lib*/python3*/site-packages/PySide6"), None)
    if found is None or shutil.which("ldd") is None:
        return []
    files = [str(found / name) for name in QT_LIBRARIES]
    told = subprocess.run(["ldd", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return sorted({line.split("=>")[0].strip() for line in told.stdout.splitlines() if "not found" in line})


def _is_debian() -> bool:
    try:
        about = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    named = [line for line in about.splitlines() if line.startswith(("ID=", "ID_LIKE="))]
    return any("debian" in line or "ubuntu" in line for line in named) and shutil.which("apt-get") is not None


def _apt_line(packages: Sequence[str]) -> str:
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def _apt(packages: Sequence[str]) -> bool:
    """Install system packages where this is Debian or Ubuntu and we may; whether that was done."""
    if not _is_debian():
        return False
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        allowed = []
    elif _ran(["sudo", "-n", "true"], quiet=True):
        allowed = ["sudo", "-n"]
    else:
        return False
    _say("Installing system packages:\n  " + _apt_line(packages))
    apt = [*allowed, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    _ran([*apt, "update"])
    return _ran([*apt, "install", "-y", "--no-install-recommends", *packages])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
