"""Long work in a process of its own: `kume --worker` reads one JSON request and answers in JSON lines.

The request comes on standard input and carries the data key, so that no passphrase and no key stands on a command
line. Lines out: `{"progress": [done, total, text]}`, at the end `{"result": {...}}` or `{"problems": [...]}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused

if TYPE_CHECKING:
    from kume_desktop.services.studies import Progress, Study

Request = Mapping[str, Any]


def request(study: Study, verb: str, **params: str) -> dict[str, Any]:
    """What the window hands to its worker: `verb` is `compute` or `report` (with `target`, `lang`, `reason`)."""
    return {
        "verb": verb,
        "study": str(study.path),
        "key": study.key.to_json(),
        "person": study.person,
        "language": texts.language(),
        **params,
    }


def demonstration_request(folder: Path, name: str = "demo") -> dict[str, Any]:
    """Ask for a demonstration study (`demo` or `karne2010`) in a folder; the result names its `path`."""
    return {"verb": "demonstration", "folder": str(folder), "name": name, "language": texts.language()}


def serve(source: TextIO, answers: TextIO) -> int:
    """Carry out the one request of `source`; returns the exit code (0 done, 1 refused)."""

    def tell(record: Mapping[str, Any]) -> None:
        answers.write(json.dumps(record, ensure_ascii=False) + "\n")
        answers.flush()

    def progress(done: int, total: int, text: str) -> None:
        tell({"progress": [done, total, texts.tr(text)]})

    asked: Request = json.loads(source.readline())
    texts.set_language(asked.get("language", "tr"))
    try:
        tell({"result": _VERBS[asked["verb"]](asked, progress)})
    except Refused as refusal:
        tell({"problems": [_record(one) for one in refusal.problems]})
        return 1
    return 0


def _record(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "params": dict(problem.params),
        "where": asdict(problem.where),
        "severity": problem.severity.value,
    }


def _study(asked: Request) -> Study:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.engine import open_database
    from kume_desktop.store.keyfile import DataKey

    path, key = Path(asked["study"]), DataKey.from_json(asked["key"])
    return Study(path, open_database(path, key), asked["person"], key)


def _compute(asked: Request, progress: Progress) -> dict[str, Any]:
    """Compute only: the window stores the payload itself, in one short act, when no interview is open."""
    from kume_desktop.scoring import run
    from kume_desktop.services import results

    with _study(asked) as study:
        computed = results.compute(study, progress, keep=False)
        return {"payload": run.results_to_json(computed)}


def _report(asked: Request, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services import reporting

    with _study(asked) as study:
        target = Path(asked["target"])
        written = reporting.write_report(study, target, asked["lang"], progress, reason=asked.get("reason", ""))
    return {
        "path": str(written.path),
        "rows_in": written.rows_in,
        "rows_out": written.rows_out,
        "sheets": list(written.sheets),
        "formulas": written.formulas,
    }


def _demonstration(asked: Request, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services.demonstration import create

    made = create.ensure(Path(asked["folder"]), asked["name"], progress)
    return {"path": str(made)}


def _create_study(asked: Request, progress: Progress) -> dict[str, Any]:
    """Make a study: converting the forms takes seconds, so the window lets its worker do it and opens it then."""
    from kume_desktop.services import studies
    from kume_desktop.services.views import Area, StudyFacts

    path, areas = Path(asked["path"]), [Area(**area) for area in asked["areas"]]
    progress(0, 0, texts.N_("Making the study"))
    facts = StudyFacts(**asked["facts"])
    with studies.create_study(path, asked["name"], facts, asked["passphrase"], asked["person"], areas):
        return {"path": str(path)}


_VERBS: Mapping[str, Callable[[Request, Progress], dict[str, Any]]] = {
    "compute": _compute,
    "report": _report,
    "demonstration": _demonstration,
    "create-study": _create_study,
}
