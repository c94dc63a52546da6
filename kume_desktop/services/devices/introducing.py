"""A computer that has no study yet introduces itself to the agency; no study is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages import introduction
from kume_desktop.exchange.packages.introduction import LONGEST_NAME
from kume_desktop.exchange.packages.parties import DeviceSecrets, new_secrets
from kume_desktop.exchange.packages.strict import Malformed, text_of
from kume_desktop.exchange.packages.words import six_words
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import package_names, people

if TYPE_CHECKING:
    from kume_desktop.store.device_keys import Waiting
    from kume_desktop.store.keyfile import Cost


@dataclass(frozen=True, slots=True)
class Introduced:
    """An introduction of this computer that waits for its study; `path` is the file that was written last, if now."""

    introduction_id: str
    name: str
    person: str
    words: tuple[str, ...]
    made_at: datetime
    path: Path | None = None


def introduce(name: str, person: str, passphrase: str, folder: Path, *, cost: Cost | None = None) -> Introduced:
    """Make the keys of this computer, seal them by a passphrase, and write the file for the agency.

    The passphrase is asked again when the first package of the study arrives; it then opens the study here.

    Raises:
        Refused: `device.no-name`, `device.no-person`, `device.name-wrong`, `study.short-passphrase`,
            `package.folder-missing`, `package.not-written`; nothing is kept then.
    """
    from kume_desktop.store import device, device_keys

    wanted, whose = name.strip(), person.strip()
    wrong = tuple(_wrong(wanted, whose, passphrase, folder))
    if wrong:
        raise Refused(*wrong)
    made, now = new_secrets(device.this_device().device_id), datetime.now().astimezone()
    target = folder / package_names.introduction(wanted, made.device_id)
    content = introduction.seal(made, wanted, whose, _new_id(), now.isoformat(timespec="seconds"))
    _write(target, content)
    publics = (made.signing_public, made.encryption_public)
    held = device_keys.Secrets(made.device_id, made.signing, made.encryption)
    kept = device_keys.begin_introduction(held, publics, wanted, whose, passphrase, now, cost)
    return _introduced(kept, target)


def introductions() -> tuple[Introduced, ...]:
    """The introductions of this computer that wait for their study, the newest first."""
    from kume_desktop.store import device_keys

    return tuple(_introduced(each) for each in device_keys.waiting())


def write_again(introduction_id: str, passphrase: str, folder: Path) -> Path:
    """Write the file of an introduction once more: the stick was lost, the words stay the same.

    Raises:
        Refused: `device.introduction-missing`, `study.wrong-passphrase`, `package.folder-missing`,
            `package.not-written`.
    """
    from kume_desktop.store import device_keys

    kept = next((one for one in device_keys.waiting() if one.introduction_id == introduction_id), None)
    if kept is None:
        raise Refused(problem("device.introduction-missing"))
    held = device_keys.open_introduction(introduction_id, passphrase)
    if held is None:
        raise Refused(problem("study.wrong-passphrase"))
    own = DeviceSecrets(held.device_id, held.signing, held.encryption)
    return write_own(own, kept.name, kept.person, folder, datetime.now().astimezone())


def write_own(own: DeviceSecrets, name: str, person: str, folder: Path, at: datetime) -> Path:
    """Write an introduction with keys that are there already.

    Raises:
        Refused: `package.folder-missing`, `package.not-written`.
    """
    if not folder.is_dir():
        raise Refused(problem("package.folder-missing", folder=str(folder)))
    target = folder / package_names.introduction(name, own.device_id)
    _write(target, introduction.seal(own, name, person, _new_id(), at.isoformat(timespec="seconds")))
    return target


def withdraw(introduction_id: str) -> None:
    """Forget an introduction: its keys are gone, and what the agency wrote to them opens nowhere."""
    from kume_desktop.store import device_keys

    device_keys.end_introduction(introduction_id)


def _wrong(name: str, person: str, passphrase: str, folder: Path) -> Iterator[Problem]:
    for said, code in ((name, "device.no-name"), (person, "device.no-person")):
        if not said:
            yield problem(code)
        elif not is_plain(said):
            yield problem("device.name-wrong", name=said[:20], most=LONGEST_NAME)
    if len(passphrase) < people.SHORTEST_PASSPHRASE:
        yield problem("study.short-passphrase", least=people.SHORTEST_PASSPHRASE)
    if not folder.is_dir():
        yield problem("package.folder-missing", folder=str(folder))


def is_plain(said: str) -> bool:
    """Whether a name is short and holds nothing that cannot be shown or steers its reader."""
    try:
        return text_of(said, LONGEST_NAME).isprintable()
    except Malformed:
        return False


def _write(target: Path, content: bytes) -> None:
    from kume_desktop.store.keyfile import replace_file

    try:
        replace_file(target, content)
    except OSError as error:
        raise Refused(problem("package.not-written", file=str(target), reason=error.strerror or "")) from error


def _introduced(kept: Waiting, path: Path | None = None) -> Introduced:
    words = six_words(kept.device_id, kept.signing_key, kept.encryption_key)
    return Introduced(kept.introduction_id, kept.name, kept.person, words, kept.made_at, path)


def _new_id() -> str:
    from kume_desktop.store.identity import new_id

    return new_id()
