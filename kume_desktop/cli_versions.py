"""The verbs of the command line for versions of a form and for submissions: diff, install, export, import."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.instruments.differences import Comparison, Difference
    from kume_desktop.services.studies import Study
    from kume_desktop.services.versions import Summary

    Opened = Callable[[argparse.Namespace], Study]

DONE, NO = 0, 1
DIFF, INSTALL = "diff", "install"
FORM_ACTS = frozenset({DIFF, INSTALL})
_HEADINGS = {
    "answers": N_("Answers that are affected"),
    "asked": N_("Asked anew"),
    "rules": N_("Rules and weights"),
    "words": N_("Words"),
    "layout": N_("Order and look"),
}
_COUNTS = {
    "asked": N_("{count} questions must be answered"),
    "failing": N_("{count} answers break a rule"),
    "retired": N_("{count} answers hold a retired choice"),
    "hidden": N_("{count} answers are not asked any more"),
}
Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
AddOpening = Callable[[argparse.ArgumentParser], None]


def add_form_acts(acts: argparse._SubParsersAction[Any], add_opening: AddOpening) -> None:
    """Add `form diff` and `form install`."""
    diff = acts.add_parser(DIFF, help=tr(N_("say what differs between two versions of a workbook")))
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    diff.add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))
    diff.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    install = acts.add_parser(INSTALL, help=tr(N_("install another version of a workbook in a study")))
    install.add_argument("study", type=Path, metavar="STUDY")
    install.add_argument("file", type=Path, metavar="FILE")
    install.add_argument("--move-drafts", action="store_true", help=tr(N_("move unfinished interviews to it")))
    install.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    add_opening(install)


def add_submissions(verbs: argparse._SubParsersAction[Any], add_opening: AddOpening) -> None:
    """Add `submissions export` and `submissions import`."""
    verb = verbs.add_parser("submissions", help=tr(N_("write or take interviews as ODK submissions")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    out = acts.add_parser("export", help=tr(N_("write completed interviews as XML, each in a folder")))
    out.add_argument("study", type=Path, metavar="STUDY")
    out.add_argument("--out", type=Path, required=True, metavar="DIR")
    out.add_argument("--instrument", default="", metavar="ID", help=tr(N_("only interviews with this questionnaire")))
    out.add_argument("--personal", default="", metavar="REASON", help=tr(N_("with personal data and files, and why")))
    taking = acts.add_parser("import", help=tr(N_("take submissions of Collect, Kobo or another computer")))
    taking.add_argument("study", type=Path, metavar="STUDY")
    taking.add_argument("files", type=Path, nargs="+", metavar="FILE")
    for act in (out, taking):
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)


def form(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out `form diff` or `form install`."""
    return _diff(call) if call.act == DIFF else _install(call, opened)


def submissions(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out `submissions export` or `submissions import`."""
    return _export(call, opened) if call.act == "export" else _import(call, opened)


def _diff(call: argparse.Namespace) -> Told:
    from kume_desktop.services import versions

    found = versions.compare_files(call.old, call.new)
    if call.json:
        return DONE, [json.dumps([_record(one) for one in found.differences], ensure_ascii=False, indent=2)]
    return DONE, list(_lines(found))


def _record(one: Difference) -> dict[str, object]:
    return {
        "code": one.code,
        "gravity": one.gravity.value,
        "question": one.question,
        "sheet": one.place.sheet,
        "row": one.place.row or None,
        "params": dict(one.params),
        "message": texts.say(one.sentence),
        "means": one.means.value,
        "meaning": texts.say(one.meaning),
    }


def _lines(found: Comparison) -> Iterator[str]:
    """The differences under headings; what they mean once for each run of the same meaning."""
    gravity = meaning = ""
    for one in found.differences:
        if one.gravity != gravity:
            gravity, meaning = one.gravity, ""
            yield f"\n{tr(_HEADINGS[one.gravity])}"
        if one.means != meaning:
            meaning = one.means
            yield f"  {texts.say(one.meaning)}"
        yield f"  - {texts.say(one.sentence)}"
    told = N_("{count} differences between version {old} and version {new}")
    yield "\n" + tr(told, count=len(found.differences), old=found.old_version, new=found.new_version)


def _install(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services import backups, entities, installing, versions

    with opened(call) as study:
        if call.move_drafts:
            backups.before_import(study)
        prepared = installing.prepare(call.file, entities.lists(study))
        instrument = prepared.instrument
        earlier = versions.of(study, instrument.id)
        version_id = versions.install(study, prepared)
        moving = earlier if call.move_drafts else ()
        summaries = [versions.move_all(study, one.version_id, version_id) for one in moving]
    lines = [
        tr(N_("{instrument}, version {version} is installed"), instrument=instrument.id, version=instrument.version)
    ]
    lines.extend(line for summary in summaries for line in _moved(summary))
    return NO if any(one.move is None for summary in summaries for one in summary.drafts) else DONE, lines


def _moved(summary: Summary) -> Iterator[str]:
    if not summary.drafts:
        return
    told = [tr(N_("{moved} of {all} drafts moved"), moved=summary.moved, all=len(summary.drafts))]
    told.extend(tr(text, count=summary.count(what)) for what, text in _COUNTS.items() if summary.count(what))
    yield "; ".join(told)
    for one in summary.drafts:
        yield from (f"  {one.interview_id}: {texts.say(problem)}" for problem in one.problems)


def _export(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services import submissions

    with opened(call) as study:
        written = submissions.export(
            study, call.out, instrument_id=call.instrument, personal=bool(call.personal), reason=call.personal
        )
    lines = [*map(str, written.files), *map(texts.say, written.problems)]
    return NO if written.problems else DONE, lines


def _import(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services import backups, studies, submissions

    with opened(call) as study:
        studies.only_staff(study)
        backups.before_import(study)
        taken = submissions.take(study, call.files)
    lines = [texts.say(problem) for one in taken for problem in one.problems]
    new, refused = sum(one.is_new for one in taken), sum(not one.interview_id for one in taken)
    told = N_("{new} interviews taken, {known} known or changed, {refused} refused")
    lines.append(tr(told, new=new, known=len(taken) - new - refused, refused=refused))
    return NO if refused else DONE, lines
