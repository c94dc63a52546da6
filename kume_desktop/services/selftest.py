"""Does this installation work? A database, a form, a workbook and the Turkish texts are tried for real."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kume_desktop import texts, turkish
from kume_desktop.texts import N_, tr


def run() -> Iterator[str]:
    """Try each part and say so; any failure is an exception that names it."""
    with tempfile.TemporaryDirectory() as folder:
        yield _database(Path(folder))
        yield _workbook(Path(folder))
    yield _turkish()


def _database(folder: Path) -> str:
    from kume_desktop.services import studies
    from kume_desktop.services.demonstration import create

    path = folder / "deneme ğüşiöç.kume"
    create.scorecard_2010(path).close()
    with studies.open_study(path, create.PASSPHRASE) as study:
        areas = len(study.areas())
    if path.read_bytes()[:6] == b"SQLite":
        raise RuntimeError("the study file is not encrypted")
    return tr(N_("database: created, encrypted, reopened ({areas} areas)"), areas=areas)


def _workbook(folder: Path) -> str:
    from kume_desktop.services import reporting, studies
    from kume_desktop.services.demonstration import create

    with studies.open_study(folder / "deneme ğüşiöç.kume", create.PASSPHRASE) as study:
        written = reporting.write_report(study, folder / "deneme.xlsx", "tr")
    with zipfile.ZipFile(written.path) as workbook:
        damaged = workbook.testzip()
    if damaged is not None or not written.formulas:
        raise RuntimeError(f"the workbook is damaged: {damaged}")
    return tr(N_("workbook: written and read ({formulas} formulas)"), formulas=written.formulas)


def _turkish() -> str:
    before = texts.language()
    texts.set_language("tr")
    try:
        translated = tr(N_("Stopped."))
    finally:
        texts.set_language(before)
    if translated == "Stopped." or turkish.upper("istanbul") != "İSTANBUL":
        raise RuntimeError("the Turkish texts are missing")
    return tr(N_("Turkish: loaded"))
