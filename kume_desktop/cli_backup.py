"""The verbs of the command line for backups: make, list, look, restore."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.backups import BroughtBack, Card, Look
    from kume_desktop.services.studies import Study

    Opened = Callable[[argparse.Namespace], Study]

Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
_HELP = {
    "make": N_("make a backup of a study now"),
    "list": N_("list the backups of a study, the newest first"),
    "look": N_("say what is inside a backup; nothing is changed"),
    "restore": N_("put a backup in the place of a study; the old file is kept"),
}


def add_backup(verbs: argparse._SubParsersAction[Any], add_opening: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `backup make`, `list`, `look` and `restore`."""
    verb = verbs.add_parser("backup", help=tr(N_("make backups of a study, look into them, bring one back")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    for name, words in _HELP.items():
        act = acts.add_parser(name, help=tr(words))
        act.add_argument("study", type=Path, metavar="STUDY")
        if name in {"look", "restore"}:
            act.add_argument("archive", type=Path, metavar="BACKUP")
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)


def carry_out(call: argparse.Namespace, opened: Opened, passphrase: Callable[[argparse.Namespace], str]) -> Told:
    """Carry out one of the acts."""
    from kume_desktop.services import backups

    if call.act == "restore":
        return 0, list(_restored(backups.bring_back(call.study, passphrase(call), call.archive)))
    with opened(call) as study:
        if call.act == "make":
            made = backups.make(study)
            lines = [tr(N_("{file}: {count} entries"), file=str(made.path), count=made.events)]
            lines += [str(made.second)] if made.second is not None else []
            return 0, [*lines, *map(texts.say, made.problems)]
        if call.act == "look":
            return 0, list(_look(backups.look(study, call.archive)))
        found = backups.overview(study)
    return 0, [*map(_line, found.backups), *map(texts.say, found.advice)]


def _line(card: Card) -> str:
    if card.problem is not None or card.made_at is None:
        return f"{card.path}: {texts.say(card.problem)}" if card.problem is not None else str(card.path)
    return tr(
        N_("{when}  {interviews} interviews, {events} entries  {file}"),
        when=f"{card.made_at:%Y-%m-%d %H:%M}",
        interviews=card.interviews,
        events=card.events,
        file=str(card.path),
    )


def _look(found: Look) -> Iterator[str]:
    yield tr(N_("{firms} firms · {interviews} interviews"), firms=found.firms, interviews=len(found.interviews))
    yield tr(N_("The study holds {count} entries that this backup does not."), count=found.missing)
    for one in found.interviews:
        last = f"{one.last_at:%Y-%m-%d %H:%M}" if one.last_at is not None else "–"
        yield f"{one.firm_code}  {one.firm}  {one.instrument_id}  {one.state}  {one.answered}  {last}"


def _restored(done: BroughtBack) -> Iterator[str]:
    when = f"{done.made_at:%Y-%m-%d %H:%M}"
    yield tr(N_("{count} entries came from the backup of {when}."), count=done.from_backup, when=when)
    yield tr(N_("{count} newer entries were read from the old file."), count=done.salvaged)
    if done.replayed:
        yield tr(N_("{count} were read from packages that this computer had made."), count=done.replayed)
    if done.missing + done.refused:
        missing = N_("{count} entries are missing: they stood on damaged places.")
        yield tr(missing, count=done.missing + done.refused)
    if done.aside is not None:
        yield tr(N_("The old file is kept: {file}"), file=str(done.aside))
