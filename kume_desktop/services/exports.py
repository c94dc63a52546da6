"""Answers, levels, ratings and results as CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kume_desktop.problems import Refused, problem
from kume_desktop.services import blindness, pseudonyms, releases
from kume_desktop.services.gathering import gather
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

GATHERING, WRITING = N_("Gathering the answers"), N_("Writing the CSV files")
_CSV, _CSV_PERSONS = "CSV files", "CSV files with person fields"


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
    knowingly: bool = False,
) -> tuple[Path, ...]:
    """Write one file for each table into `folder`, which is made where it is not there; returns the files.

    `excel`: semicolons and a decimal comma, as the Turkish Excel expects them. A `reason` is always asked for, which
    the log remembers beside the serial number; the last file tells both. Firms have codes that only the agency leads
    back, raters numbers, and free text is left out; `personal` names them all and needs a right. The tables hold every
    level: a rater who still works blind gets them only as staff and `knowingly`.

    Raises:
        Refused: `export.no-purpose`, `role.may-not` and `export.no-reason` (with `personal`), `report.blind…`; the
            folder cannot be written, the disk is full…
    """
    from kume_desktop.reports import csv_files
    from kume_desktop.reports.selection import only_areas
    from kume_desktop.reports.writing.disk import made_folder

    blindness.check_levels(study, areas, knowingly=knowingly, reason=reason)
    if personal:
        releases.check_identified(study, reason)
    if not reason.strip():
        raise Refused(problem("export.no-purpose"))
    made_folder(folder)
    progress(0, 2, GATHERING)
    content = gather(study, reason=reason, personal=personal)
    if not personal:
        content = pseudonyms.without_names(study, content)
    progress(1, 2, WRITING)
    release = releases.begin(study, _CSV_PERSONS if personal else _CSV, reason)
    dialect = csv_files.TURKISH_EXCEL if excel else csv_files.PLAIN
    written = csv_files.write_csv(only_areas(content, areas), folder, lang, dialect, personal=personal)
    stamp = releases.stamp(study, release, folder)
    progress(2, 2, WRITING)
    return (*written, stamp)
