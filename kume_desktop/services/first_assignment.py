"""The first package of a study on a laptop: it makes the study here, after two people compared the agency's words."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.format import Kind
from kume_desktop.exchange.packages.parties import LAPTOP, DeviceSecrets, Trusted
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import studies
from kume_desktop.services.devices import pinning

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.devices.pinning import Claimed
    from kume_desktop.services.studies import Study
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import Cost, DataKey
    from kume_desktop.store.log import Event


@dataclass(frozen=True, slots=True, repr=False)
class First:
    """An assignment for a computer that has no study yet: who says to have sent it (compare the words), what is in it.

    `person`: whose laptop this is, as the agency named that person.
    """

    path: Path
    claimed: Claimed
    study_name: str
    person: str
    firms: int
    introduction_id: str
    own: DeviceSecrets


def is_first(path: Path) -> bool:
    """Whether a file is an assignment that this computer could make its study from: an introduction waits for it.

    Raises:
        Refused: `package.not-found`, `package.unreadable`, `package.not-ours`, `package.newer`, `package.damaged`.
    """
    from kume_desktop.exchange.packages.opening import peek
    from kume_desktop.store import device_keys

    header = peek(path)
    return header.kind is Kind.ASSIGNMENT and any(one.device_id in header.recipients for one in device_keys.waiting())


def refusal_at_sight(path: Path) -> tuple[Problem, ...]:
    """Why a file is not the first package of this computer, as far as that shows before a passphrase is typed."""
    try:
        return () if is_first(path) else (problem("device.no-introduction", file=path.name),)
    except Refused as refused:
        return refused.problems


def examine(path: Path, passphrase: str) -> First:
    """Open an assignment with the passphrase of this computer's introduction; nothing is written.

    Raises:
        Refused: `device.no-introduction`, `study.wrong-passphrase`, `package.*`.
    """
    from kume_desktop.store import device_keys
    from kume_desktop.store.events import EventKind

    if not is_first(path):
        raise Refused(problem("device.no-introduction", file=path.name))
    identity, own = _own(path, passphrase)
    claimed = pinning.claimed_sender(path, own)
    opened = _open(path, claimed, own)
    made = next((one for one in opened.events if one.kind == EventKind.STUDY_CREATED), None)
    if made is None or not isinstance(made.value, dict) or str(made.subject) != claimed.study_id:
        raise Refused(problem("device.no-study-inside", file=path.name, part=1))
    person = next((one.person for one in device_keys.waiting() if one.introduction_id == identity), "")
    firms = sum(one.kind == EventKind.UNIT_ADDED for one in opened.events)
    name, whose = str(made.value.get("name") or ""), _whose(opened.events, own.device_id) or person
    return First(path, claimed, name, whose, firms, identity, own)


def accept(first: First, target: Path, passphrase: str, *, words_compared: bool, cost: Cost | None = None) -> Study:
    """Make this computer's file of the study out of the assignment, and believe its sender from now on.

    Args:
        first: what `examine` found.
        target: the study file to make.
        passphrase: that of the introduction; it opens the study here.
        words_compared: two people compared the six words of the agency's computer.
        cost: of the passphrase, for tests.

    Raises:
        Refused: `device.words-not-compared`, `study.exists`, `study.read-only`, `study.disk-full`, `package.*`…;
            nothing is left behind then.
    """
    from kume_desktop.store import drives, keyfile
    from kume_desktop.store.engine import create_database

    if not words_compared:
        raise Refused(problem("device.words-not-compared", name=first.claimed.name))
    if target.exists() or keyfile.path_of(target).exists():
        raise Refused(problem("study.exists", file=target.name))
    drives.check_folder(target.parent)
    opened = _open(first.path, first.claimed, first.own)
    making = target.with_name(f".{target.stem}.making{studies.SUFFIX}")
    with ExitStack() as undo, studies.refusing_disk(target):
        studies.remove_files(making)
        undo.callback(studies.remove_files, making)
        key = keyfile.create(making, passphrase, first.person, cost, study_id=first.claimed.study_id)
        database = create_database(making, key)
        undo.callback(database.close)
        _fill(database, opened)
        _keep_keys(first, key)
        database.close()
        studies.move_files(making, target)
        undo.pop_all()
    return _begin(target, replace(key, person=first.person), opened, first)


def _own(path: Path, passphrase: str) -> tuple[str, DeviceSecrets]:
    """The introduction to which the package was written, and its keys."""
    from kume_desktop.exchange.packages import envelope
    from kume_desktop.store import device_keys

    sealed = envelope.read(path)
    opened = False
    for one in device_keys.waiting():
        if one.device_id not in sealed.header.recipients:
            continue
        held = device_keys.open_introduction(one.introduction_id, passphrase)
        if held is None:
            continue
        opened = True
        own = DeviceSecrets(held.device_id, held.signing, held.encryption)
        if envelope.is_for(sealed, own):
            return one.introduction_id, own
    raise Refused(problem("package.not-for-us" if opened else "study.wrong-passphrase", file=path.name, sender=""))


def _open(path: Path, claimed: Claimed, own: DeviceSecrets) -> Opened[Event]:
    """Read the package as it is always read, believing the computer whose words are to be compared."""
    from kume_desktop.exchange.packages.opening import open_sealed
    from kume_desktop.store.log import parse

    believed: dict[str, Trusted] = {claimed.device_id: claimed.keys}
    return open_sealed(path, believed, own, study=claimed.study_id, read_event=parse)


def _whose(events: tuple[Event, ...], device_id: str) -> str:
    """How the agency named the person of this computer."""
    from kume_desktop.store.events import EventKind

    person = ""
    for one in events:
        if one.kind == EventKind.DEVICE_TRUSTED and str(one.subject) == device_id and isinstance(one.value, dict):
            person = str(one.value.get("person") or "")
    return person


def _fill(database: Database, opened: Opened[Event]) -> None:
    """Put the log of the study into the new file; what comes beside it is taken when the study is open."""
    from uuid import UUID

    from kume_desktop.store.subject_keys import SubjectKey

    keys = [SubjectKey(UUID(one.key_id), UUID(one.subject), one.key) for one in opened.keys]
    database.import_events([one.line for one in opened.events], keys)


def _keep_keys(first: First, key: DataKey) -> None:
    from kume_desktop.store import device_keys

    keys, own = first.claimed.keys, first.own
    pin = device_keys.Pin(first.claimed.device_id, keys.verify_key, keys.encryption_key, first.claimed.name)
    held = device_keys.Secrets(own.device_id, own.signing, own.encryption)
    device_keys.keep(first.claimed.study_id, device_keys.Kept(held, LAPTOP, (pin,)), key)


def _begin(target: Path, key: DataKey, opened: Opened[Event], first: First) -> Study:
    """Open the new study and take the package as any other one: its forms, its receipts, its place in the books."""
    from kume_desktop.services.packages import merging
    from kume_desktop.store import device_keys

    study = studies.open_with(target, key)
    try:
        merging.take_opened(study, opened, first.path)
    except BaseException:
        study.close()
        studies.remove_files(target)
        raise
    device_keys.end_introduction(first.introduction_id)
    return study
