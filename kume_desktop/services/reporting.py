"""The report workbook of a study: gather everything that it shows, hand it to the writer; and check a finished one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import blindness
from kume_desktop.services.gathering import gather
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.content import WrittenReport

__all__ = ("GATHERING", "WRITING", "check_report", "gather", "write_firm_report", "write_report")

GATHERING, WRITING = N_("Gathering the answers"), N_("Writing the workbook")
AUDIT = "audit"
_AUDIT_WRITTEN, _AUDIT_PERSONS = "audit edition", "audit edition with person fields"


def write_report(
    study: Study,
    target: Path,
    lang: str,
    progress: Progress = no_progress,
    *,
    edition: str = "audit",
    reason: str = "",
    personal: bool = False,
    areas: Sequence[str] = (),
    sheets: Sequence[str] = (),
    knowingly: bool = False,
) -> WrittenReport:
    """Write an edition (`audit` or `publication`); the results are those that hold now.

    `areas`: codes, all where none is named. `sheets`: keys of `reports.contents.SHEETS` in the order wanted, all of
    the edition where none is named; without `pictures` no sheet has any. `personal` counts in the audit edition only.
    The audit edition shows every level: the log remembers its reason, and a rater who still works blind gets it only
    as staff and `knowingly`.

    Raises:
        Refused: `report.*`: the file is open elsewhere, the folder cannot be written, the disk is full…
    """
    from kume_desktop.reports.selection import only_areas
    from kume_desktop.reports.workbook import write_workbook

    _check_target(study, target)
    if edition == AUDIT:
        blindness.check_levels(study, areas, knowingly=knowingly, reason=reason)
    progress(0, 2, GATHERING)
    content = gather(study, edition=edition, reason=reason, personal=personal, sheets=sheets)
    progress(1, 2, WRITING)
    if edition == AUDIT and reason.strip():
        blindness.remember(study, _AUDIT_PERSONS if personal else _AUDIT_WRITTEN, reason)
    written = write_workbook(only_areas(content, areas), target, lang)
    progress(2, 2, WRITING)
    return written


def write_firm_report(study: Study, unit_id: str, target: Path, lang: str) -> Path:
    """Write one page for a firm: its own profile against its area.

    Raises:
        Refused: `report.firm-*`: the firm has no levels, its area has too few firms that others could not be told from
            its figures, its levels are still out of sight of the person; and as `write_report`.
    """
    from kume_desktop.reports.firm_report import write_firm_page

    blindness.check_firm(study, unit_id)
    _check_target(study, target)
    return write_firm_page(gather(study, edition="publication"), unit_id, target, lang)


def check_report(file: Path) -> tuple[Problem, ...]:
    """Compute a finished workbook again from its own levels and answers; the first cell of each sheet that differs.

    Raises:
        Refused: `report.check-*`: it is no workbook, none of ours, or could do harm.
    """
    from kume_desktop.reports.check import check

    return check(file).problems


def _check_target(study: Study, target: Path) -> None:
    """Refuse a name that is no workbook's, and the files of the study itself."""
    if target.suffix.lower() != ".xlsx":
        raise Refused(problem("report.not-xlsx"))
    if target.resolve().name.startswith(study.path.name) and target.resolve().parent == study.path.resolve().parent:
        raise Refused(problem("report.target-is-the-study", file=target.name))
