"""Answers, levels, ratings and results as CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kume_desktop.services.gathering import gather
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

GATHERING, WRITING = N_("Gathering the answers"), N_("Writing the CSV files")


def export_csv(
    study: Study,
    folder: Path,
    lang: str,
    excel: bool = False,
    progress: Progress = no_progress,
    *,
    areas: Sequence[str] = (),
    personal: bool = False,
    reason: str = "",
) -> tuple[Path, ...]:
    """Write one file for each table into `folder`, which is made where it is not there; returns the files.

    `excel`: semicolons and a decimal comma, as the Turkish Excel expects them. Without `personal` no field about a
    person is written, and raters have numbers.

    Raises:
        Refused: the folder cannot be written, the disk is full…
    """
    from kume_desktop.reports import csv_files
    from kume_desktop.reports.selection import only_areas
    from kume_desktop.reports.writing.disk import made_folder

    made_folder(folder)
    progress(0, 2, GATHERING)
    content = only_areas(gather(study, reason=reason, personal=personal), areas)
    progress(1, 2, WRITING)
    dialect = csv_files.TURKISH_EXCEL if excel else csv_files.PLAIN
    written = csv_files.write_csv(content, folder, lang, dialect, personal=personal)
    progress(2, 2, WRITING)
    return written
