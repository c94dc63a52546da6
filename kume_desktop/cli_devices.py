"""The verbs of the command line for the computers of a study: introduce, look, enrol, revoke, list, begin."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.devices import Listed
    from kume_desktop.services.studies import Study

    Opened = Callable[[argparse.Namespace], Study]

Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
_HELP = {
    "introduce": N_("make keys for this computer and write the file by which the agency gets to know it"),
    "begin": N_("make this computer’s file of the study out of the first package of the agency"),
    "list": N_("list the computers of a study"),
    "look": N_("show the six words of an introduction"),
    "enrol": N_("trust a computer whose six words were compared"),
    "revoke": N_("trust a computer no longer"),
}
_STATES = {"enrolled": N_("enrolled"), "revoked": N_("revoked"), "": N_("not enrolled")}
_ROLES = {"agency": N_("agency"), "laptop": N_("laptop"), "": "–"}


def add_device(verbs: argparse._SubParsersAction[Any], add_opening: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `device introduce`, `begin`, `list`, `look`, `enrol` and `revoke`."""
    verb = verbs.add_parser("device", help=tr(N_("introduce, enrol, list and revoke the computers of a study")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    for name, words in _HELP.items():
        act = acts.add_parser(name, help=tr(words))
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        if name in {"introduce", "begin"}:
            act.add_argument("--passphrase-fd", type=int, metavar="N", default=argparse.SUPPRESS)
        else:
            act.add_argument("study", type=Path, metavar="STUDY")
            add_opening(act)
        _ARGUMENTS[name](act)


def _of_introduce(act: argparse.ArgumentParser) -> None:
    act.add_argument("--name", required=True, help=tr(N_("a name for this computer")))
    act.add_argument("--person", required=True, help=tr(N_("whose computer it is")))
    act.add_argument("--out", type=Path, required=True, metavar="DIR", help=tr(N_("folder for the file")))


def _of_begin(act: argparse.ArgumentParser) -> None:
    act.add_argument("file", type=Path, metavar="PACKAGE")
    act.add_argument("--out", type=Path, required=True, metavar="STUDY", help=tr(N_("the study file to make")))
    _words(act, tr(N_("the six words of the agency’s computer, as the agency read them out")))


def _of_file(act: argparse.ArgumentParser) -> None:
    act.add_argument("file", type=Path, metavar="INTRODUCTION")


def _of_enrol(act: argparse.ArgumentParser) -> None:
    _of_file(act)
    _words(act, tr(N_("the six words, as the other side read them out")))
    act.add_argument("--compared-with", required=True, metavar="PERSON", help=tr(N_("who read the six words out")))
    act.add_argument("--person", default="", help=tr(N_("whose computer it is, as the study names that person")))
    act.add_argument("--agency", action="store_true", help=tr(N_("a further computer of the agency, not a laptop")))


def _of_revoke(act: argparse.ArgumentParser) -> None:
    act.add_argument("device", metavar="COMPUTER", help=tr(N_("its name, or the first of its six words")))
    act.add_argument("--reason", required=True, choices=("lost", "replaced", "left", "other"))


def _words(act: argparse.ArgumentParser, words: str) -> None:
    act.add_argument("--words", nargs="+", default=[], metavar="WORD", help=words)


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "introduce": _of_introduce,
    "begin": _of_begin,
    "list": lambda _act: None,
    "look": _of_file,
    "enrol": _of_enrol,
    "revoke": _of_revoke,
}


def carry_out(call: argparse.Namespace, opened: Opened, passphrase: Callable[[argparse.Namespace], str]) -> Told:
    """Carry out one of the acts."""
    if call.act == "introduce":
        return 0, list(_introduced(call, passphrase(call)))
    if call.act == "begin":
        return 0, list(_begun(call, passphrase(call)))
    with opened(call) as study:
        return 0, list(_ACTS[call.act](call, study))


def _introduced(call: argparse.Namespace, passphrase: str) -> Iterator[str]:
    from kume_desktop.services import devices

    made = devices.introduce(call.name, call.person, passphrase, call.out)
    yield str(made.path)
    yield " ".join(made.words)


def _begun(call: argparse.Namespace, passphrase: str) -> Iterator[str]:
    """Without words it says what is in the package; with the right ones it makes the study."""
    from kume_desktop.services import devices, first_assignment

    found = first_assignment.examine(call.file, passphrase)
    yield tr(N_("{study}: {firms} firms for {person}"), study=found.study_name, firms=found.firms, person=found.person)
    if not call.words:
        yield tr(N_("Let the agency read out the six words of its computer, and give them with --words."))
        return
    devices.check_words(found.claimed.name, found.claimed.words, call.words)
    first_assignment.accept(found, call.out, passphrase, words_compared=True).close()
    yield str(call.out)


def _list(_call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services import devices

    devices.this_computer(study)
    found = devices.computers(study)
    names = [one.called for one in found]
    for one in found:
        # Two of one name are told apart by their words; without words by the end of their numbers.
        is_alone = bool(one.words) or names.count(one.called) == 1
        yield _line(one, one.called if is_alone else f"{one.called} ({one.device_id[-8:]})")


def _line(one: Listed, name: str) -> str:
    last = f"{one.last_package:%Y-%m-%d %H:%M}" if one.last_package is not None else "–"
    told = (name, one.person or "–", tr(_ROLES[one.role]), tr(_STATES[one.state]), last)
    return "  ".join((*told, " ".join(one.words)))


def _look(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services import devices

    found = devices.look_at(study, call.file)
    yield f"{found.name}  {found.person}"
    yield " ".join(found.words)


def _enrol(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services import devices

    found = devices.look_at(study, call.file)
    devices.check_words(found.name, found.words, call.words)
    role = "agency" if call.agency else "laptop"
    devices.enrol(
        study, call.file, words_compared=True, person_compared=call.compared_with, role=role, person=call.person
    )
    yield tr(N_("{name} is enrolled."), name=found.name)


def _revoke(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services import devices

    found = devices.find(study, call.device)
    devices.revoke(study, found.device_id, call.reason)
    yield tr(N_("{name} is trusted no longer."), name=found.name)


_ACTS: dict[str, Callable[[argparse.Namespace, Study], Iterator[str]]] = {
    "list": _list,
    "look": _look,
    "enrol": _enrol,
    "revoke": _revoke,
}
