"""What the program is made of: versions, licences, and where its log lies."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import kume_desktop
from kume_desktop import logs, paths

ABOUT = "about"
_LIBRARIES = {
    "PySide6-Essentials": ("Qt, PySide6", "LGPL-3.0"),
    "SQLAlchemy": ("SQLAlchemy", "MIT"),
    "alembic": ("Alembic", "MIT"),
    "cryptography": ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    "argon2-cffi": ("argon2-cffi", "MIT"),
    "numpy": ("NumPy", "BSD-3-Clause"),
    "scipy": ("SciPy", "BSD-3-Clause"),
    "matplotlib": ("matplotlib", "PSF"),
    "pyxform": ("pyxform", "BSD-2-Clause"),
    "openpyxl": ("openpyxl", "MIT"),
    "XlsxWriter": ("XlsxWriter", "BSD-2-Clause"),
    "reportlab": ("ReportLab", "BSD"),
    "rapidfuzz": ("RapidFuzz", "MIT"),
    "PyNaCl": ("PyNaCl", "Apache-2.0"),
    "keyring": ("keyring", "MIT"),
    "regex": ("regex", "Apache-2.0"),
    "cattrs": ("cattrs", "MIT"),
    "platformdirs": ("platformdirs", "MIT"),
    "xlrd": ("xlrd", "BSD"),
}
"""Distribution -> name and licence; what is not installed is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program: name, version, licence, and the file with the licence's text, '' for none of its own."""

    name: str
    version: str
    licence: str = ""
    file: str = ""


def parts() -> tuple[Part, ...]:
    """Everything the program is made of, the program itself first."""
    return tuple(_parts())


def _parts() -> Iterator[Part]:
    from kume_desktop.store.cipher import cipher

    own = paths.resources().parent / "LICENSE"
    yield Part("Küme Desktop", kume_desktop.__version__, _first_line(own), str(own) if own.is_file() else "")
    guards = cipher()
    yield Part("SQLCipher", guards.version, "BSD-3-Clause")
    provider, _space, release = guards.provider.partition(" ")
    yield Part("OpenSSL" if provider == "openssl" else provider, release.removeprefix("OpenSSL "), "Apache-2.0")
    yield Part("SQLite", guards.sqlite, "Public Domain")
    yield Part("Python", platform.python_version(), "PSF-2.0")
    for distribution, (name, licence) in _LIBRARIES.items():
        if (version := _version(distribution)) is not None:
            yield Part(name, version, licence)
    for name, licence, file in (
        ("Inter", "SIL OFL 1.1", paths.resources() / "fonts" / "OFL.txt"),
        ("Lucide", "ISC / MIT", paths.resources() / "icons" / "LICENSE"),
    ):
        yield Part(name, "–", licence, str(file) if file.is_file() else "")


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _first_line(file: Path) -> str:
    if not file.is_file():
        return ""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((line.strip() for line in lines if line.strip()), "")


def log_folder() -> Path:
    """Where the log lies: what the program did and where it failed, never what people answered."""
    return logs.folder()


def told() -> dict[str, Any]:
    """The parts as a record that a worker hands over."""
    return {"parts": [asdict(one) for one in parts()]}


def parts_of(answer: Mapping[str, Any]) -> tuple[Part, ...]:
    """Read what `told` has written."""
    return tuple(Part(**one) for one in answer["parts"])
