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


def request(study: Study, verb: str, **params: Any) -> dict[str, Any]:
    """What the window hands to its worker: `verb` is `compute`, `preview` (with `method`), `report`..."""
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
        newest = results.newest_event(study)
        computed = results.compute(study, progress, keep=False)
        return {"payload": run.results_to_json(computed), "newest": newest}


def _preview(asked: Request, progress: Progress) -> dict[str, Any]:
    """What a method (`method`: its JSON) would do to every area; nothing is stored."""
    from kume_desktop.scoring.method import Method
    from kume_desktop.services import method_versions, results

    progress(0, 1, results.COMPUTING)
    with _study(asked) as study:
        effects = method_versions.effect(study, Method.from_json(asked["method"]))
    return {"effects": [asdict(effect) | {"category_changes": effect.category_changes} for effect in effects]}


def _report(asked: Request, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services import reporting

    with _study(asked) as study:
        written = reporting.write_report(
            study,
            Path(asked["target"]),
            asked["lang"],
            progress,
            edition=asked.get("edition", "audit"),
            reason=asked.get("reason", ""),
            personal=bool(asked.get("personal", False)),
            areas=tuple(asked.get("areas", ())),
            sheets=tuple(asked.get("sheets", ())),
        )
    return {
        "path": str(written.path),
        "rows_in": written.rows_in,
        "rows_out": written.rows_out,
        "sheets": list(written.sheets),
        "formulas": written.formulas,
        "hidden": written.hidden,
    }


def _firm_report(asked: Request, progress: Progress) -> dict[str, Any]:
    """One page for the firm `unit_id` into `target`."""
    from kume_desktop.services import reporting

    progress(0, 0, reporting.WRITING)
    with _study(asked) as study:
        written = reporting.write_firm_report(study, asked["unit_id"], Path(asked["target"]), asked["lang"])
    return {"path": str(written)}


def _csv(asked: Request, progress: Progress) -> dict[str, Any]:
    """The tables as CSV files into `folder`."""
    from kume_desktop.services import exports

    with _study(asked) as study:
        areas = tuple(asked.get("areas", ()))
        folder = Path(asked["folder"])
        files = exports.export_csv(study, folder, asked["lang"], bool(asked["excel"]), progress, areas=areas)
        return {"files": [str(file) for file in files]}


def _figure(asked: Request, progress: Progress) -> dict[str, Any]:
    """One picture (`name`, `area`, `against`, `lang`, `kind`, `dpi`) as base64, with its text for screen readers."""
    from base64 import b64encode

    from kume_desktop.services import figures

    progress(0, 1, figures.DRAWING)
    with _study(asked) as study:
        given = figures.content(study)
    name, area, lang, against = (str(asked.get(key, "")) for key in ("name", "area", "lang", "against"))
    size = float(asked.get("width", 0)), float(asked.get("height", 0))
    drawn = figures.draw(given, name, area, lang, against, size)
    data = figures.picture(drawn, asked.get("kind", figures.PNG), float(asked.get("dpi", 144)))
    return {"data": b64encode(data).decode("ascii"), "alt": str(drawn.get_label())}


def _figures(asked: Request, progress: Progress) -> dict[str, Any]:
    """Pictures into `folder`: those `wanted` (lists of name, area, against), all (of `areas`) where none is named."""
    from kume_desktop.services import figures

    wanted = [tuple(one) for one in asked.get("wanted", ())]
    with _study(asked) as study:
        files = figures.export(
            study, Path(asked["folder"]), asked["lang"], asked["kind"], wanted, progress, areas=asked.get("areas", ())
        )
    return {"files": [str(file) for file in files]}


def _pictures(asked: Request, progress: Progress) -> dict[str, Any]:
    """Pictures to look at (`wanted`: lists of name, area, against) as base64, each with its text."""
    from base64 import b64encode

    from kume_desktop.services import figures

    with _study(asked) as study:
        given = figures.content(study)
    found = []
    for place, (name, area, against) in enumerate(asked["wanted"]):
        progress(place, len(asked["wanted"]), figures.DRAWING)
        drawn = figures.draw(given, name, area, asked["lang"], against)
        data = b64encode(figures.picture(drawn, figures.PNG, float(asked["dpi"]))).decode("ascii")
        found.append({"data": data, "alt": str(drawn.get_label())})
    return {"pictures": found}


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
    "preview": _preview,
    "report": _report,
    "firm-report": _firm_report,
    "csv": _csv,
    "figure": _figure,
    "figures": _figures,
    "pictures": _pictures,
    "demonstration": _demonstration,
    "create-study": _create_study,
}
