"""Lists in the worker process: reading a stranger's file under limits, checking its rows, importing them.

The window asks with `worker.request` (`file`, `asked` as JSON, `frame`) and reads the answer with `looked`, `result`,
`taken` and `taken_back`. The command line reads under the same limits in its own process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.exchange import limits
from kume_desktop.problems import Problem, Where, problem
from kume_desktop.services import form_work
from kume_desktop.services.sample_lists import checked, importing, outline, plan, undoing
from kume_desktop.services.sample_lists.asked import Asked
from kume_desktop.services.studies import only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.checked import Checked
    from kume_desktop.services.sample_lists.importing import Imported
    from kume_desktop.services.sample_lists.outline import Loaded, Outline
    from kume_desktop.services.sample_lists.undoing import TakenBack
    from kume_desktop.services.studies import Progress, Study

LOOK, CHECK, TAKE, TAKE_BACK = "list-look", "list-check", "list-take", "list-take-back"
READING = N_("Reading the list")


def looked(answer: Mapping[str, Any]) -> tuple[Outline, Asked]:
    """Read the answer to `LOOK`: the file, and what is asked for it to begin with."""
    return outline.from_record(answer["outline"]), Asked.from_json(answer["asked"])


def result(answer: Mapping[str, Any]) -> Checked:
    """Read the answer to `CHECK`."""
    return checked.from_record(answer)


def taken(answer: Mapping[str, Any]) -> Imported:
    """Read the answer to `TAKE`."""
    return importing.Imported(**answer)


def taken_back(answer: Mapping[str, Any]) -> TakenBack:
    """Read the answer to `TAKE_BACK`."""
    return undoing.TakenBack(**answer)


def read_within_limits(file: Path, tell: Callable[[Problem], None] | None = None) -> Loaded:
    """Read a file under limits of time and memory; only in a process that may end itself.

    `tell` hears why it ends; by default the one who asked this worker is told.
    """
    found = problem("list.too-slow", Where(file=file.name), seconds=int(limits.SECONDS))
    with limits.within(lambda: (tell or form_work.tell_end)(found)):
        return outline.load(file)


def look(study: Study, asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Carry out `LOOK`."""
    only_staff(study)
    progress(0, 0, READING)
    title, row = str(asked.get("sheet", "")), int(asked.get("head_row", 0))
    found = outline.outline(read_within_limits(Path(asked["file"])), title, row)
    proposed = importing.proposed(study, found, title)
    return {"outline": asdict(found), "asked": proposed.to_json()}


def check(study: Study, asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Carry out `CHECK`."""
    only_staff(study)
    progress(0, 0, READING)
    loaded = read_within_limits(Path(asked["file"]))
    made = plan.make(study, loaded, Asked.from_json(asked["asked"]), progress)
    return checked.to_record(checked.summed(made))


def take(study: Study, asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Carry out `TAKE`."""
    progress(0, 0, READING)
    loaded = read_within_limits(Path(asked["file"]))
    return asdict(importing.take(study, loaded, Asked.from_json(asked["asked"]), progress))


def take_back(study: Study, asked: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
    """Carry out `TAKE_BACK`."""
    return asdict(undoing.take_back(study, asked["frame"]))


VERBS: Mapping[str, Callable[[Study, Mapping[str, Any], Progress], dict[str, Any]]] = {
    LOOK: look,
    CHECK: check,
    TAKE: take,
    TAKE_BACK: take_back,
}
