"""The ways into a study: passphrase, keyring of this computer, recovery key of the agency; wrong tries are slowed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kume_desktop import paths, settings
from kume_desktop.problems import Refused, problem
from kume_desktop.services import people

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.keyfile import DataKey

_log = logging.getLogger(__name__)
FREE_TRIES = 3
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
SERVICE = "Kume Desktop"
_LOST = frozenset({"study.key-missing", "study.key-damaged"})
_LOOKED_AT = 3
"""Backups of one study that are looked at for its key file, the newest first."""
_WRONG = frozenset({"study.wrong-passphrase", "key.recovery-other"})


@dataclass(frozen=True, slots=True)
class Ways:
    """How a study can be opened: who has a passphrase, whether this computer remembers somebody, the recovery key.

    `recovery`: the name (eight digits) and the day of the recovery key, None where there is none.
    """

    people: tuple[str, ...]
    remembered: str
    recovery: tuple[str, datetime] | None


def by_passphrase(path: Path, passphrase: str, *, is_typed: bool = True) -> DataKey:
    """Open the data key of a study; only what a person typed counts as a try.

    Raises:
        Refused: `study.wait`, `study.wrong-passphrase`, `study.not-found`, `study.key-missing`…
    """
    from kume_desktop.store import keyfile

    if not is_typed:
        return keyfile.unlock(path, passphrase)
    return slowed(path, lambda: keyfile.unlock(path, passphrase))


def by_keyring(path: Path) -> DataKey | None:
    """Open the data key by what this computer's keyring remembers; None where it remembers nothing that fits."""
    from kume_desktop.store import key_slots, keyfile

    for name, _person in key_slots.keyring_names(keyfile.read(keyfile.path_of(path))):
        kept = _kept(name)
        found = None if kept is None else keyfile.open_keyring(path, name, kept)
        if found is not None:
            return found
    return None


def recover(path: Path, recovery_key: str, person: str, passphrase: str) -> DataKey:
    """Open a study by the agency's recovery key and give `person` a new passphrase.

    The recovery key that was read out is known to whoever heard it: `renew_recovery_key` makes another one.

    Raises:
        Refused: `study.wait`, `key.recovery-length`, `key.recovery-group`, `key.recovery-other`, `key.unknown-person`,
            `study.short-passphrase`…; nothing is changed then.
    """
    from kume_desktop.store import keyfile

    if person not in keyfile.people(path):
        raise Refused(problem("key.unknown-person", name=person))
    if len(passphrase) < people.SHORTEST_PASSPHRASE:
        raise Refused(problem("study.short-passphrase", least=people.SHORTEST_PASSPHRASE))
    found = slowed(path, lambda: keyfile.recover(path, recovery_key))
    keyfile.add_passphrase(path, found, passphrase, person)
    return keyfile.unlock(path, passphrase)


def key_is_lost(path: Path) -> bool:
    """Whether the study is there and its key file is not, or cannot be read."""
    from kume_desktop.store import keyfile

    try:
        keyfile.read(keyfile.path_of(path))
    except Refused as refusal:
        return path.is_file() and refusal.problems[0].code in _LOST
    return False


def bring_key_back(path: Path) -> bool:
    """Put a copy of a lost key file back: the one of the profile, else that of the newest backup; whether one fits.

    It opens nothing by itself: the passphrase is asked for as before. Which copy fits is told by the study file, so a
    study whose first page is damaged needs its backup instead.

    Raises:
        Refused: what writing the key file refuses.
    """
    from kume_desktop.store import keyfile

    for copy in keyfile.copies():
        if keyfile.belongs(copy, path):
            keyfile.restore_copy(path, copy)
            return True
    return _key_from_backup(path)


def _key_from_backup(path: Path) -> bool:
    from kume_desktop.store import backups, keyfile

    folders = [one for one in (paths.profile() / "backups").glob("*") if one.is_dir()]
    if second := settings.load().backup_folder:
        folders += [one for one in (Path(second) / "Kume").glob("*") if one.is_dir()]
    with TemporaryDirectory(dir=paths.cache(), ignore_cleanup_errors=True) as place:
        for folder in folders:
            for one in backups.listed(folder)[:_LOOKED_AT]:
                try:
                    copy = backups.key_file(one.path, Path(place) / "study.kume-key")
                except Refused:
                    continue
                if not keyfile.belongs(copy, path):
                    break
                keyfile.restore_copy(path, copy)
                return True
    return False


def ways(path: Path) -> Ways:
    """How a study can be opened; asks for no secret.

    Raises:
        Refused: `study.key-missing`, `study.key-damaged`…
    """
    from kume_desktop.store import key_slots, keyfile

    names = key_slots.keyring_names(keyfile.read(keyfile.path_of(path)))
    remembered = next((person for name, person in names if _kept(name) is not None), "")
    return Ways(keyfile.people(path), remembered, keyfile.recovery_of(path))


def change_passphrase(study: Study, old: str, new: str) -> None:
    """Give the person who opened the study another passphrase.

    Raises:
        Refused: `study.wait`, `study.wrong-passphrase` (also where `old` is somebody else's), `study.short-passphrase`,
            `people.passphrase-taken`.
    """
    from kume_desktop.store import keyfile

    if len(new) < people.SHORTEST_PASSPHRASE:
        raise Refused(problem("study.short-passphrase", least=people.SHORTEST_PASSPHRASE))

    def change() -> DataKey:
        if keyfile.unlock(study.path, old).person != study.person:
            raise Refused(problem("study.wrong-passphrase"))
        people.check_free(study, new)
        return keyfile.change_passphrase(study.path, old, new)

    slowed(study.path, change)


def renew_recovery_key(study: Study) -> str:
    """Make a recovery key in the place of the one before; it is shown this once and kept nowhere.

    On a computer of the agency, packages are readable by it from now on.

    Raises:
        Refused: `study.only-staff`, and what writing the key file refuses.
    """
    from kume_desktop.services.devices.recovery import publish
    from kume_desktop.store import key_slots, keyfile

    if study.role != people.STAFF:
        raise Refused(problem("study.only-staff"))
    made = key_slots.new_recovery_key()
    keyfile.set_recovery(study.path, study.key, made, datetime.now().astimezone())
    publish(study, made)
    return made


def remember(study: Study) -> None:
    """Let this computer's keyring open the study for the person who has it open.

    Raises:
        Refused: `key.no-keyring`.
    """
    import secrets

    import keyring
    from keyring.errors import KeyringError

    from kume_desktop.store import keyfile, sealing
    from kume_desktop.store.identity import new_id

    name, wrapping = new_id(), secrets.token_bytes(sealing.KEY_BYTES)
    try:
        keyring.set_password(SERVICE, name, wrapping.hex())
        if keyring.get_password(SERVICE, name) != wrapping.hex():
            raise Refused(problem("key.no-keyring"))
    except (KeyringError, RuntimeError, OSError) as error:
        raise Refused(problem("key.no-keyring")) from error
    keyfile.add_keyring(study.path, study.key, name, wrapping)


def forget(study: Study) -> None:
    """Let the keyring forget the person who has the study open; the passphrase stays."""
    import keyring
    from keyring.errors import KeyringError

    from kume_desktop.store import key_slots, keyfile

    for name, person in key_slots.keyring_names(keyfile.read(keyfile.path_of(study.path))):
        if person == study.person:
            keyfile.remove_keyring(study.path, study.key, name)
            try:
                keyring.delete_password(SERVICE, name)
            except (KeyringError, RuntimeError, OSError):
                _log.info("the keyring had nothing to forget")


def _kept(name: str) -> bytes | None:
    """What the keyring keeps under a name; None where there is no keyring, no entry, or nothing that can be used."""
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, name)
        return None if found is None else bytes.fromhex(found)
    except (KeyringError, RuntimeError, OSError, ValueError):
        return None


def slowed(path: Path, unlock: Callable[[], DataKey]) -> DataKey:
    """Try a way in; after three wrong tries the next ones have to wait, longer each time.

    The computer's own notes are no protection against somebody who copies the file: the cost of a guess is.
    """
    now = datetime.now().astimezone()
    tries, last = _tries(path)
    wait = _wait_after(tries) - (now - last)
    if timedelta(0) < wait <= LONGEST_WAIT:
        raise Refused(problem("study.wait", tries=tries, seconds=int(wait.total_seconds()) + 1))
    try:
        found = unlock()
    except Refused as refusal:
        if any(one.code in _WRONG for one in refusal.problems):
            _note(path, tries + 1, now)
        raise
    if tries:
        _note(path, 0, now)
    return found


def _wait_after(tries: int) -> timedelta:
    """30 s after the third wrong try, twice as long after each further one, a quarter of an hour at most.

    >>> [int(_wait_after(tries).total_seconds()) for tries in (0, 2, 3, 4, 5, 50)]
    [0, 0, 30, 60, 120, 900]
    """
    if tries < FREE_TRIES:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * int(2 ** min(tries - FREE_TRIES, 10)))


def _tries(path: Path) -> tuple[int, datetime]:
    """Wrong tries in a row at a study, and when the last of them was; a note that cannot be read says none."""
    try:
        told = json.loads(_notes().read_text(encoding="utf-8"))[str(path.resolve())]
        return int(told["tries"]), datetime.fromisoformat(told["last"]).astimezone()
    except (OSError, ValueError, KeyError, TypeError):
        return 0, datetime.fromtimestamp(0).astimezone()


def _note(path: Path, tries: int, at: datetime) -> None:
    from kume_desktop.store import keyfile

    try:
        told = json.loads(_notes().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    kept = {name: one for name, one in told.items() if name != str(path.resolve())} if isinstance(told, dict) else {}
    if tries:
        kept[str(path.resolve())] = {"tries": tries, "last": at.isoformat()}
    try:
        keyfile.replace_file(_notes(), json.dumps(kept, sort_keys=True).encode())
    except OSError:
        # A full disk must keep nobody out who knows the passphrase.
        _log.warning("wrong tries cannot be noted")


def _notes() -> Path:
    return paths.profile() / "tries.json"
