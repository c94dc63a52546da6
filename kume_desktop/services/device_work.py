"""What the worker process does for computers without a study: deriving a key from a passphrase takes its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kume_desktop import texts
from kume_desktop.services import devices, first_assignment
from kume_desktop.services.devices.introducing import Introduced

INTRODUCE, WRITE_AGAIN, LOOK, BEGIN = "introduce", "introduce-again", "first-look", "first-begin"
WORK = (INTRODUCE, WRITE_AGAIN, LOOK, BEGIN)
Progress = Callable[[int, int, str], None]


def request(verb: str, **params: Any) -> dict[str, Any]:
    """A request to the worker; passphrases go over its standard input like every key."""
    return {"verb": verb, "language": texts.language(), **params}


def carry_out(asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Carry out one of `WORK`; Refused as the services say."""
    match asked["verb"]:
        case "introduce":
            progress(0, 0, texts.N_("Making the keys of this computer"))
            folder = Path(asked["folder"])
            return _told(devices.introduce(asked["name"], asked["person"], asked["passphrase"], folder))
        case "introduce-again":
            progress(0, 0, texts.N_("Writing the file"))
            written = devices.write_again(asked["introduction"], asked["passphrase"], Path(asked["folder"]))
            return {"path": str(written)}
        case "first-look":
            progress(0, 0, texts.N_("Opening the package"))
            return _look(first_assignment.examine(Path(asked["path"]), asked["passphrase"]))
        case _:
            progress(0, 0, texts.N_("Making the study"))
            return _begin(asked)


def _told(made: Introduced) -> dict[str, Any]:
    return {"introduction": made.introduction_id, "words": list(made.words), "path": str(made.path)}


def _look(found: first_assignment.First) -> dict[str, Any]:
    return {
        "study": found.study_name,
        "person": found.person,
        "firms": found.firms,
        "sender": found.claimed.name,
        "words": list(found.claimed.words),
    }


def _begin(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Make the study; its sender must be the one whose words were compared in the window."""
    found = first_assignment.examine(Path(asked["path"]), asked["passphrase"])
    devices.check_words(found.claimed.name, found.claimed.words, asked["words"])
    target = Path(asked["target"])
    first_assignment.accept(found, target, asked["passphrase"], words_compared=True).close()
    return {"path": str(target)}
