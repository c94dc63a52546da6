"""The verbs of the command line for packages: make, read, list, verify."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.packages.overview import Overview
    from kume_desktop.services.packages.reading import Examined
    from kume_desktop.services.studies import Study

    Opened = Callable[[argparse.Namespace], Study]

Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
KINDS = ("interviews", "assignment", "return", "receipt")
_HELP = {
    "make": N_("make a package and copy it into a folder"),
    "read": N_("take a package in, after telling what it changes"),
    "list": N_("list the packages that came and went"),
    "verify": N_("check a package and tell what it would change; nothing is stored"),
}


def add_package(verbs: argparse._SubParsersAction[Any], add_opening: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `package make`, `read`, `list` and `verify`."""
    verb = verbs.add_parser("package", help=tr(N_("packages between the computers of a study")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    for name, words in _HELP.items():
        act = acts.add_parser(name, help=tr(words))
        act.add_argument("study", type=Path, metavar="STUDY")
        if name in {"read", "verify"}:
            act.add_argument("package", type=Path, metavar="PACKAGE")
        if name == "make":
            act.add_argument("--kind", choices=KINDS, default=KINDS[0], help=tr(N_("what the package is for")))
            act.add_argument("--for", dest="computer", default="", metavar="NAME", help=tr(N_("name of the computer")))
            act.add_argument("--out", type=Path, metavar="FOLDER", help=tr(N_("folder for the copy, a stick say")))
        act.add_argument("--json", action="store_true", help=tr(N_("tell it as JSON")))
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)


def carry_out(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out one of the acts."""
    with opened(call) as study:
        match call.act:
            case "make":
                return 0, list(_make(study, call))
            case "list":
                return 0, list(_list(study, as_json=call.json))
            case _:
                return 0, list(_read(study, call))


def _make(study: Study, call: argparse.Namespace) -> Iterator[str]:
    from kume_desktop.services.packages import outbox, work

    made = work.make(study, call.kind, _device(study, call.computer) if call.kind != KINDS[0] else "")
    files = outbox.copy_to(study, made.package_id, call.out) if call.out is not None else made.files
    if call.json:
        yield json.dumps({"package": made.package_id, "files": [str(file) for file in files], "told": dict(made.told)})
        return
    for file in files:
        yield tr(N_("{file}: {count} entries"), file=str(file), count=made.events)


def _device(study: Study, name: str) -> str:
    """The computer of a name (or of its person)."""
    from kume_desktop.services import devices

    enrolled = {device: one for device, one in devices.trusted(study).items() if one.is_enrolled}
    if not name:
        own = devices.this_computer(study).device_id
        names = sorted(one.name for device, one in enrolled.items() if device != own)
        raise Refused(problem("package.no-recipient", names=", ".join(names) or "–"))
    found = [device for device, one in enrolled.items() if name in {one.name, one.person, device}]
    if len(found) != 1:
        raise Refused(problem("package.unknown-recipient"))
    return found[0]


def _read(study: Study, call: argparse.Namespace) -> Iterator[str]:
    from dataclasses import asdict

    from kume_desktop.services.packages import merging, reading

    found = reading.examine(study, call.package)
    done = merging.take(study, found) if call.act == "read" and found.brings_something else None
    if call.json:
        yield json.dumps({**reading.record_of(found), "taken": None if done is None else asdict(done)})
        return
    yield from _told(found)
    if done is not None and done.new:
        yield tr(N_("{count} entries were taken in."), count=done.new)
    elif done is not None:
        yield tr(N_("The receipt of the agency was taken in."))
    elif found.is_known and not found.new:
        yield tr(N_("All of it was taken in before."))
    else:
        yield tr(N_("Trial reading. Nothing has been taken in yet."))


def _told(found: Examined) -> Iterator[str]:
    yield tr(
        N_("{computer} ({person}): {new} new entries, {known} known ones"),
        computer=found.sender,
        person=found.person,
        new=found.new,
        known=found.known,
    )
    yield tr(
        N_("interviews: {new} new, {changed} go on, {known} were there already"),
        new=found.interviews_new,
        changed=found.interviews_changed,
        known=found.interviews_known,
    )
    for count, what in (
        (found.visits, N_("visits and appointments")),
        (found.receipts, N_("receipt of the agency")),
        (found.erased, N_("erasures of personal data")),
    ):
        if count:
            yield f"{tr(what)}: {count}"
    for one in found.conflicts:
        yield tr(N_("conflict: {firm}, {path}: {values}"), firm=one.firm, path=one.path, values=" / ".join(one.values))
    for double in found.doubles:
        people = ", ".join(double.interviewers)
        yield tr(
            N_("two interviews: {firm}, {form}: {people}"), firm=double.firm, form=double.instrument_id, people=people
        )
    for lack in found.lacks:
        yield tr(N_("{computer}: {count} entries have not arrived"), computer=lack.computer, count=lack.missing)


def _list(study: Study, *, as_json: bool) -> Iterator[str]:
    from kume_desktop.services.packages import overview

    found = overview.overview(study)
    if as_json:
        yield json.dumps(overview.record_of(found), ensure_ascii=False)
        return
    yield from _lines(found)


def _lines(found: Overview) -> Iterator[str]:
    from kume_desktop.services.packages import wording

    for came in found.came:
        said = [f"<  {came.at:%Y-%m-%d %H:%M}", wording.computer(came), wording.content(came), wording.came_state(came)]
        yield "  ".join([*said, *([texts.say(wording.refusal(came))] if came.code else [])])
    for sent in found.sent:
        said = [f">  {sent.at:%Y-%m-%d %H:%M}", ", ".join(sent.to), wording.sent_content(sent)]
        yield "  ".join([*said, wording.sent_state(sent)])
    for held in found.held:
        who = held.person or held.computer
        yield "  ".join([f"=  {held.at:%Y-%m-%d %H:%M}", who, tr(N_("Held safely")), wording.covers(held)])
    for lack in found.lacks:
        yield tr(N_("{computer}: {count} entries have not arrived"), computer=lack.computer, count=lack.missing)
    if found.waiting:
        yield tr(N_("{count} entries wait to be sent"), count=found.waiting)
