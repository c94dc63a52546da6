"""Where documents about persons may be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


def check_target(study: Study, target: Path) -> None:
    """Refuse a file that is no PDF, or the study itself.

    Raises:
        Refused: `personal.not-pdf`, `print.target-is-the-study`.
    """
    if target.suffix.lower() != ".pdf":
        raise Refused(problem("personal.not-pdf", file=target.name))
    if target.name.startswith(study.path.name) and target.resolve().parent == study.path.resolve().parent:
        raise Refused(problem("print.target-is-the-study", file=target.name))
