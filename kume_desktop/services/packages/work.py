"""Packages in the worker process and for the companion: records in, records out; the window waits for neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.packages.making import Made
    from kume_desktop.services.packages.overview import Overview
    from kume_desktop.services.packages.reading import Examined
    from kume_desktop.services.studies import Progress, Study

EXAMINE, TAKE, MAKE, COPY, DELETE = (
    "package-examine", "package-take", "package-make", "package-copy", "package-delete",
)  # fmt: skip
OVERVIEW, ADVICE = "packages-overview", "packages-advice"
ASSIGNMENT, INTERVIEWS, RETURN, RECEIPT = "assignment", "interviews", "return", "receipt"
Asked = Mapping[str, Any]


def make(study: Study, kind: str, device_id: str) -> Made:
    """Make a package of a kind; `device_id` is whom it is for, '' for the agency."""
    from kume_desktop.services.packages import making

    match kind:
        case "assignment":
            return making.assignment(study, device_id)
        case "return":
            return making.returned(study, device_id)
        case "receipt":
            return making.receipt(study, device_id)
        case _:
            return making.interviews(study)


def _examine(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services.packages import reading

    progress(0, 0, N_("Reading the package"))
    return {"examined": reading.record_of(reading.examine(study, Path(asked["file"])))}


def _take(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services.packages import merging, reading

    return asdict(merging.take(study, reading.examined_of(asked["examined"]), progress))


def _make(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    progress(0, 0, N_("Making the package"))
    made = make(study, asked["kind"], asked.get("device", ""))
    return {"package": made.package_id, "files": [str(file) for file in made.files], "told": dict(made.told)}


def _copy(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services.packages import outbox

    progress(0, 0, N_("Copying the package"))
    copies = outbox.copy_to(study, asked["package"], Path(asked["folder"]))
    return {"files": [str(file) for file in copies]}


def _delete(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services.packages import receipts

    progress(0, 0, N_("Deleting what the agency holds"))
    wanted = asked.get("interviews") or [one.interview_id for one in receipts.deletable(study)]
    return {"interviews": len(wanted), "entries": receipts.delete(study, wanted)}


def _overview(study: Study, _asked: Asked) -> dict[str, Any]:
    from kume_desktop.services.packages import overview

    return overview.record_of(overview.overview(study))


def overview_in(answer: Asked) -> Overview:
    """Read the answer to `OVERVIEW`."""
    from kume_desktop.services.packages import overview

    return overview.overview_of(answer)


def examined_in(answer: Asked) -> Examined:
    """Read what `EXAMINE` answered."""
    from kume_desktop.services.packages import reading

    return reading.examined_of(answer["examined"])


def _advice(study: Study, asked: Asked) -> dict[str, Any]:
    from kume_desktop.services.packages import advice

    return {
        "advice": [
            {"code": one.code, "params": dict(one.params)} for one in advice.of_assignment(study, asked["device"])
        ]
    }


def advice_in(answer: Asked) -> tuple[Problem, ...]:
    """Read the answer to `ADVICE`."""
    from kume_desktop.problems import warning

    return tuple(warning(one["code"], **one["params"]) for one in answer["advice"])


WORK: Mapping[str, Callable[[Study, Asked, Progress], dict[str, Any]]] = {
    EXAMINE: _examine,
    TAKE: _take,
    MAKE: _make,
    COPY: _copy,
    DELETE: _delete,
}
"""What the worker carries out."""
VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {OVERVIEW: _overview, ADVICE: _advice}
"""What the companion answers."""
