"""The report workbook of a study: gather everything that it shows, hand it to the writer; and check a finished one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import blindness, pseudonyms, releases
from kume_desktop.services.gathering import gather
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.content import WrittenReport

__all__ = ("GATHERING", "WRITING", "check_report", "gather", "write_firm_report", "write_report")

GATHERING, WRITING = N_("Gathering the answers"), N_("Writing the workbook")
AUDIT = "audit"
_AUDIT_WRITTEN, _AUDIT_PERSONS = "audit edition", "audit edition with person fields"
_PUBLISHED, _PAGE = "publication edition", "page of firm"


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
    the edition where none is named; without `pictures` no sheet has any. The audit edition names firms by codes that
    only the agency leads back, and holds no free text, unless it is `personal`: names, texts and fields about persons
    ask for a right and a reason. It shows every level: a rater who still works blind gets it only as staff and
    `knowingly`. Every edition has a serial number, and the log remembers what it was written for.

    Raises:
        Refused: `role.may-not`, `export.no-reason`; `report.*`: the file is open elsewhere, the folder cannot be
            written, the disk is full…
    """
    from kume_desktop.reports.selection import only_areas
    from kume_desktop.reports.workbook import write_workbook

    _check_target(study, target)
    is_audit = edition == AUDIT
    if is_audit:
        blindness.check_levels(study, areas, knowingly=knowingly, reason=reason)
    if is_audit and personal:
        releases.check_identified(study, reason)
    progress(0, 2, GATHERING)
    content = gather(study, edition=edition, reason=reason, personal=personal, sheets=sheets)
    if is_audit and not personal:
        content = pseudonyms.without_names(study, content)
    progress(1, 2, WRITING)
    named = _AUDIT_PERSONS if personal else _AUDIT_WRITTEN
    release = releases.begin(study, named if is_audit else _PUBLISHED, reason)
    content = replace(content, edition=replace(content.edition, serial=release.serial))
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
    content = gather(study, edition="publication")
    code = next((firm.code for firm in content.firms if firm.unit_id == unit_id), "")
    release = releases.begin(study, f"{_PAGE} {code}".strip())
    content = replace(content, edition=replace(content.edition, serial=release.serial))
    return write_firm_page(content, unit_id, target, lang)


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
