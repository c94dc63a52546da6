"""Long work in a process of its own: `kume --worker` reads JSON requests, one a line, and answers in JSON lines.

The request comes on standard input and carries the data key, so that no passphrase and no key stands on a command
line. Lines out: `{"progress": [done, total, text]}`, at the end `{"result": {...}}` or `{"problems": [...]}`. Most
requests come alone; a companion of the window gets one after the other, and keeps the study open.
"""

from __future__ import annotations

import gc
import json
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import about, companion, form_work, people, verb_rights, waves
from kume_desktop.services.packages import work as packages

if TYPE_CHECKING:
    from kume_desktop.services.studies import Progress, Study

Request = Mapping[str, Any]
_STOPPED = 128


def request(study: Study, verb: str, **params: Any) -> dict[str, Any]:
    """What the window hands to its worker: `verb` is `compute`, `preview` (with `method`), `report`..."""
    return {
        "verb": verb,
        "study": str(study.path),
        "key": study.key.to_json(),
        "person": study.person,
        "wave": study.wave.wave_id,
        "language": texts.language(),
        **params,
    }


def demonstration_request(folder: Path, name: str = "demo") -> dict[str, Any]:
    """Ask for a demonstration study (`demo` or `karne2010`) in a folder; the result names its `path`."""
    return {"verb": "demonstration", "folder": str(folder), "name": name, "language": texts.language()}


def serve(source: TextIO, answers: TextIO) -> int:
    """Carry out the requests of `source` until it ends; returns the exit code of the last (0 done, 1 refused)."""
    code = 0
    with _Held() as held:
        for line in source:
            asked = json.loads(line)
            code = _carry_out(asked, answers, held)
            held.settle(asked["verb"])
    return code


def _carry_out(asked: Request, answers: TextIO, held: _Held) -> int:
    def tell(record: Mapping[str, Any]) -> None:
        answers.write(json.dumps(record, ensure_ascii=False) + "\n")
        answers.flush()

    def progress(done: int, total: int, text: str) -> None:
        tell({"progress": [done, total, texts.tr(text)]})

    texts.set_language(asked.get("language", "tr"))
    try:
        if asked["verb"] in companion.VERBS:
            tell({"result": companion.VERBS[asked["verb"]](held.study(asked), asked)})
        else:
            tell({"result": _VERBS[asked["verb"]](asked, progress)})
    except Refused as refusal:
        tell({"problems": [_record(one) for one in refusal.problems]})
        return 1
    return 0


class _Held:
    """The study of a companion, open from its first question to the last: what was read for one serves the next."""

    def __init__(self) -> None:
        self._study: Study | None = None
        self._asked: tuple[str, str] | None = None
        self._known: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        gc.unfreeze()
        if self._study is not None:
            self._study.close()

    def study(self, asked: Request) -> Study:
        """The study of a request, as its person reads it, in the wave of the request."""
        wanted = (asked["study"], asked["person"])
        if self._study is None or self._asked != wanted:
            self.__exit__()
            self._study, self._asked = None, None
            self._study, self._asked = _study(asked), wanted
        return _in_wave(self._study, asked)

    def settle(self, verb: str) -> None:
        """What the first answer to a verb of the companion imported and read stays, and is not searched for garbage.

        Looking through all of it in the middle of an answer takes longer than most answers.
        """
        if verb in companion.VERBS and verb not in self._known:
            self._known.add(verb)
            gc.collect()
            gc.freeze()


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
    study = Study(path, open_database(path, key, is_open=True), asked["person"], key)
    study.role = people.role_of(study, asked["person"])
    try:
        return _in_wave(study, asked)
    except Refused:
        study.close()
        raise


def _in_wave(study: Study, asked: Request) -> Study:
    """The study in the wave in which the window works; where a request names none, in the newest one.

    Raises:
        Refused: the person's role may not ask this.
    """
    verb_rights.check(study, asked["verb"])
    wanted = asked.get("wave", "")
    if wanted and wanted != study.wave.wave_id:
        waves.switch(study, wanted)
    return study


@contextmanager
def leaving_in_order() -> Iterator[None]:
    """Let Cancel, which ends this process, take away what is being written: half a file of answers is no file."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(_STOPPED + number)


def _compute(asked: Request, progress: Progress) -> dict[str, Any]:
    """Compute only: the window stores the payload itself, in one short act, when no interview is open."""
    from kume_desktop.scoring import run
    from kume_desktop.services import results

    with _study(asked) as study:
        newest = results.newest_event(study)
        computed = results.compute(study, progress, keep=False)
        return {"payload": run.results_to_json(computed), "newest": newest}


def _report(asked: Request, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services import reporting

    with leaving_in_order(), _study(asked) as study:
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
            knowingly=bool(asked.get("knowingly", False)),
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
    with leaving_in_order(), _study(asked) as study:
        written = reporting.write_firm_report(study, asked["unit_id"], Path(asked["target"]), asked["lang"])
    return {"path": str(written)}


def _csv(asked: Request, progress: Progress) -> dict[str, Any]:
    """The tables as CSV files into `folder`."""
    from kume_desktop.services import exports

    with leaving_in_order(), _study(asked) as study:
        areas = tuple(asked.get("areas", ()))
        folder = Path(asked["folder"])
        files = exports.export_csv(
            study, folder, asked["lang"], bool(asked["excel"]), progress, areas=areas, reason=asked.get("reason", "")
        )
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


def _submissions(asked: Request, progress: Progress) -> dict[str, Any]:
    """Completed interviews as ODK submissions into `folder` (of `instrument`, or of all)."""
    from kume_desktop.services import submissions

    with _study(asked) as study:
        written = submissions.export(
            study,
            Path(asked["folder"]),
            instrument_id=asked.get("instrument", ""),
            personal=bool(asked.get("personal", False)),
            reason=asked.get("reason", ""),
            progress=progress,
        )
    return {"files": [str(file) for file in written.files], "problems": [_record(one) for one in written.problems]}


def _assign(asked: Request, progress: Progress) -> dict[str, Any]:
    """Give firms (`wanted`: firm -> interviewer) each to their interviewer, all in one act."""
    from kume_desktop.services import visits

    progress(0, 0, texts.N_("Assigning firms"))
    with _study(asked) as study:
        return {"before": dict(visits.assign_each(study, asked["wanted"]))}


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


def _backup(asked: Request, progress: Progress) -> dict[str, Any]:
    """A backup for `reason`; with `if_due` only where the log holds something that the newest does not."""
    from kume_desktop.services import backups

    with _study(asked) as study:
        if asked.get("if_due") and not backups.is_due(study):
            return {}
        progress(0, 0, texts.N_("Making a backup"))
        made = backups.make(study, str(asked["reason"]))
    return {
        "path": str(made.path),
        "made_at": made.made_at.isoformat(),
        "events": made.events,
        "interviews": made.interviews,
        "second": None if made.second is None else str(made.second),
        "problems": [_record(one) for one in made.problems],
    }


def _print(asked: Request, progress: Progress) -> dict[str, Any]:
    """Something for the field as a PDF file into `target`."""
    from kume_desktop.services import printing

    with _study(asked) as study:
        return printing.carry_out(study, asked, progress)


def _bring_back(asked: Request, progress: Progress) -> dict[str, Any]:
    """Put the backup `archive` in the place of the study `path`."""
    from kume_desktop.services import backups

    progress(0, 0, texts.N_("Bringing a backup back"))
    done = backups.bring_back(Path(asked["path"]), asked["passphrase"], Path(asked["archive"]))
    told = asdict(done) | {"aside": None if done.aside is None else done.aside.name}
    return told | {"made_at": done.made_at.isoformat()}


def _list(asked: Request, progress: Progress) -> dict[str, Any]:
    """A list of firms: look at it, check it, take it, take it back."""
    from kume_desktop.services.sample_lists import work

    with _study(asked) as study:
        return work.VERBS[asked["verb"]](study, asked, progress)


def _personal(asked: Request, progress: Progress) -> dict[str, Any]:
    """Personal data: print what is held, correct, erase, take what was erased out of the file."""
    from kume_desktop.services.personal_data import acts, erasing, held

    with _study(asked) as study:
        return {**erasing.VERBS, **held.VERBS, acts.DO: acts.carry_out}[asked["verb"]](study, asked, progress)


def _practice(asked: Request, progress: Progress) -> dict[str, Any]:
    """Make the practice file of the study, or bring it up to date."""
    from kume_desktop.services import practice

    progress(0, 0, texts.N_("Preparing the practice"))
    with _study(asked) as study:
        return {"path": str(practice.make(study))}


def _package(asked: Request, progress: Progress) -> dict[str, Any]:
    """A package: look at it, take it in, make it, copy it away, delete what the agency holds."""
    with _study(asked) as study:
        return packages.WORK[asked["verb"]](study, asked, progress)


def _computer(asked: Request, progress: Progress) -> dict[str, Any]:
    from kume_desktop.services import device_work

    return device_work.carry_out(asked, progress)


_VERBS: Mapping[str, Callable[[Request, Progress], dict[str, Any]]] = {
    "assign": _assign,
    "compute": _compute,
    "report": _report,
    "backup": _backup,
    "bring-back": _bring_back,
    "firm-report": _firm_report,
    "csv": _csv,
    "figure": _figure,
    "figures": _figures,
    "pictures": _pictures,
    "submissions": _submissions,
    "print": _print,
    "demonstration": _demonstration,
    "create-study": _create_study,
    "practice": _practice,
    "about": lambda _asked, _progress: about.told(),
    **dict.fromkeys(("list-look", "list-check", "list-take", "list-take-back"), _list),
    **dict.fromkeys(packages.WORK, _package),
    **dict.fromkeys(("introduce", "introduce-again", "first-look", "first-begin"), _computer),
    **form_work.VERBS,
    **dict.fromkeys(("personal-compact", "personal-print", "personal-do"), _personal),
}
