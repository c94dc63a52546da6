"""Backups as people handle them: made by themselves, looked into, brought back; at a second place if there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kume_desktop import paths, settings, texts
from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.services import unlocking

if TYPE_CHECKING:
    from kume_desktop.services.packages.replaying import Replayed
    from kume_desktop.services.studies import Study
    from kume_desktop.store.backups import Backup, Contents
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import DataKey
    from kume_desktop.store.recovery import Restored

OPENED, INTERVIEW, IMPORT, RESTORE, ASKED = "opened", "interview", "import", "restore", "asked"
_ROLE = "program"
"""Restoring is open to everybody who has a passphrase, whatever they may do in the study."""
WARN_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was just made; `second` is its copy at the second place, `problems` what kept it from there."""

    path: Path
    made_at: datetime
    events: int
    interviews: int
    second: Path | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A backup in the list; `problem` where it cannot be read, the other facts are then empty."""

    path: Path
    made_at: datetime | None
    reason: str
    size: int
    events: int
    interviews: int
    is_second: bool
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows: the last whole backup, all of them, the two places, and what to do about them.

    `behind`: entries of the log that no backup holds yet.
    """

    last: Card | None
    backups: tuple[Card, ...]
    place: Path
    second: Path | None
    behind: int
    advice: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class HeldInterview:
    """An interview inside a backup."""

    firm_code: str
    firm: str
    instrument_id: str
    interviewer: str
    state: str
    answered: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """What one finds inside a backup before it is brought back; `newest_at`: its last entry.

    `missing`: entries of the open study that the backup does not hold.
    """

    made_at: datetime
    firms: int
    interviews: tuple[HeldInterview, ...]
    newest_at: datetime | None
    missing: int


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What bringing a backup back did, in numbers a person can be told; `aside` is where the old file lies now.

    `salvaged`: entries read from the old file, `replayed`: from packages that this computer had made since.
    """

    aside: Path | None
    made_at: datetime
    from_backup: int
    salvaged: int
    refused: int
    missing: int
    interviews: int
    replayed: int = 0


def place(study_id: str) -> Path:
    """The folder of a study's backups in the profile."""
    from kume_desktop.store import backups

    return backups.folder_of(study_id)


def second_place(study_id: str) -> Path | None:
    """The folder of a study's backups at the second place; None where nobody chose one."""
    chosen = settings.load().backup_folder
    return Path(chosen) / "Kume" / study_id if chosen else None


def make(study: Study, reason: str = ASKED) -> Made:
    """Make a backup now, copy it to the second place, and thin out the older ones.

    What keeps it from the second place is told and does not undo the first.

    Raises:
        Refused: `backup.no-space`, `backup.disk-full`, `backup.folder`, `backup.source-damaged`.
    """
    from kume_desktop.store import backups

    now = datetime.now().astimezone()
    folder = place(study.key.study_id)
    made = backups.make(study.path, study.key, folder, backups.Reason(reason), now)
    backups.thin_out(folder, now.date())
    second, problems = _copy(study.key.study_id, made, now)
    held = made.contents
    if held is None:
        raise RuntimeError("a backup that was just verified has a list")
    return Made(made.path, held.made_at, held.events, held.interviews, second, problems)


def _copy(study_id: str, made: Backup, now: datetime) -> tuple[Path | None, tuple[Problem, ...]]:
    from kume_desktop.store import backups

    folder = second_place(study_id)
    if folder is None:
        return None, ()
    if not folder.parent.parent.is_dir():
        return None, (warning("backup.second-missing", folder=str(folder.parent.parent)),)
    try:
        copy = backups.copy_to(made, folder)
        backups.thin_out(folder, now.date())
    except Refused as refusal:
        return None, refusal.problems
    return copy.path, ()


def before_import(study: Study) -> Made | None:
    """Make a backup before data come in that nobody typed here; None where none is needed.

    A demonstration and a practice can be made again, and what the newest backup holds need not be copied twice.

    Raises:
        Refused: what `make` refuses; the import is then not begun.
    """
    if study.record.demonstration or study.practice_of or not is_due(study):
        return None
    return make(study, IMPORT)


def is_due(study: Study) -> bool:
    """Whether the log holds something that the newest backup does not."""
    return _behind(study, _newest(study)) > 0


def _newest(study: Study) -> Backup | None:
    from kume_desktop.store import backups

    listed = backups.listed(place(study.key.study_id))
    return next((one for one in listed if one.contents is not None), None)


def _behind(study: Study, backup: Backup | None) -> int:
    """How many entries of the log a backup does not hold."""
    from kume_desktop.store import news

    held = {} if backup is None or backup.contents is None else {tip.stream_id: tip.seq for tip in backup.contents.tips}
    return sum(max(0, seq - held.get(stream, 0)) for stream, seq in news.tips(study.database).items())


def overview(study: Study) -> Overview:
    """The backups of an open study at both places."""
    from kume_desktop.store import backups

    folder, second = place(study.key.study_id), second_place(study.key.study_id)
    here = backups.listed(folder)
    there = backups.listed(second) if second is not None else ()
    newest = next((one for one in here if one.contents is not None), None)
    cards = (*(_card(one) for one in here), *(_card(one, is_second=True) for one in there))
    last = _card(newest) if newest is not None else None
    behind = _behind(study, newest)
    return Overview(last, cards, folder, second, behind, tuple(_advice(last, behind, second)))


def state_here(study: Study) -> tuple[Card | None, tuple[Problem, ...]]:
    """The newest backup on this computer, and what its age asks for.

    The second place is not looked at: a drive that does not answer would hold the start page up.
    """
    newest = _newest(study)
    last = _card(newest) if newest is not None else None
    return last, tuple(_advice(last, _behind(study, newest), None))


def _advice(last: Card | None, behind: int, second: Path | None) -> Iterator[Problem]:
    if last is None or last.made_at is None:
        yield warning("backup.never")
    elif behind and datetime.now().astimezone() - last.made_at > WARN_AFTER:
        yield warning("backup.old", days=(datetime.now().astimezone() - last.made_at).days)
    if second is not None and not second.parent.parent.is_dir():
        yield warning("backup.second-missing", folder=str(second.parent.parent))


def _card(one: Backup, *, is_second: bool = False) -> Card:
    held = one.contents
    if held is None:
        return Card(one.path, None, "", one.size, 0, 0, is_second, one.problem)
    at = held.made_at.astimezone()
    return Card(one.path, at, held.reason, one.size, held.events, held.interviews, is_second)


def look(study: Study, archive: Path) -> Look:
    """Look inside a backup of an open study; neither of the two is changed.

    Raises:
        Refused: `backup.other-study`, and what a damaged archive is refused with.
    """
    from kume_desktop.store import news, reading, tombstones

    with _unpacked(archive, study.key) as (database, contents):
        # What was erased since then stays unsaid, though the backup still holds it.
        erased = {one.subject_id for one in tombstones.of_database(study.database)}
        units = reading.units(database)
        known = {one.unit_id: (one.code, "" if one.unit_id in erased else one.name) for one in units}
        held = tuple(
            HeldInterview(
                firm_code=known.get(one.unit_id, ("", ""))[0],
                firm=known.get(one.unit_id, ("", ""))[1],
                instrument_id=one.instrument_id,
                interviewer=one.interviewer,
                state=one.state,
                answered=one.summary.answered,
                last_at=one.last_at,
            )
            for one in reading.interviews(database)
        )
        tips = news.tips(database)
    missing = sum(max(0, seq - tips.get(stream, 0)) for stream, seq in news.tips(study.database).items())
    newest = max((one.last_at for one in held if one.last_at is not None), default=None)
    return Look(contents.made_at.astimezone(), len(units), held, newest, missing)


def record_of(found: Look) -> dict[str, Any]:
    """A look as JSON can carry it."""
    return json.loads(json.dumps(asdict(found), default=datetime.isoformat))  # type: ignore[no-any-return]


def look_of(record: Mapping[str, Any]) -> Look:
    """Read what `record_of` made."""

    def moment(text: str | None) -> datetime | None:
        return None if text is None else datetime.fromisoformat(text)

    held = tuple(HeldInterview(**{**one, "last_at": moment(one["last_at"])}) for one in record["interviews"])
    made_at = datetime.fromisoformat(record["made_at"])
    return Look(made_at, int(record["firms"]), held, moment(record["newest_at"]), int(record["missing"]))


@contextmanager
def _unpacked(archive: Path, key: DataKey) -> Iterator[tuple[Database, Contents]]:
    """The database of a backup (still ciphertext), in a folder that goes away."""
    from kume_desktop.store import backups
    from kume_desktop.store.engine import open_database

    contents = backups.read(archive)
    if contents.study_id != key.study_id:
        raise Refused(problem("backup.other-study", file=archive.name))
    with TemporaryDirectory(dir=paths.cache(), ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "study.kume"
        backups.extract(archive, path)
        database = open_database(path, key, is_copy=True)
        try:
            yield database, contents
        finally:
            database.close()


def of_file(path: Path, passphrase: str) -> tuple[Card, ...]:
    """The backups of a study that does not open, newest first; the passphrase shows that they may be seen.

    Raises:
        Refused: `study.wrong-passphrase`, `study.key-missing`… where the key file does not open either.
    """
    from kume_desktop.store import backups, keyfile

    key = unlocking.slowed(path, lambda: keyfile.open_key(keyfile.path_of(path), passphrase))
    study_id = key.study_id
    second = second_place(study_id)
    here = [_card(one) for one in backups.listed(place(study_id))]
    there = [_card(one, is_second=True) for one in backups.listed(second)] if second is not None else []
    return tuple(sorted([*here, *there], key=lambda one: (one.made_at is None, -_seconds(one))))


def _seconds(card: Card) -> float:
    return card.made_at.timestamp() if card.made_at is not None else 0.0


def request(path: Path, passphrase: str, archive: Path) -> dict[str, Any]:
    """What the window hands to its worker to bring a backup back."""
    asked = {"verb": "bring-back", "path": str(path), "passphrase": passphrase, "archive": str(archive)}
    return {**asked, "language": texts.language()}


def bring_back(path: Path, passphrase: str, archive: Path) -> BroughtBack:
    """Put a backup in the place of a study that nobody has open; what its file still tells is added.

    A key file that is lost comes out of the backup; the passphrase must then be one of those it knows.

    Raises:
        Refused: `study.wrong-passphrase`, `study.in-use`, `backup.other-study`, `backup.damaged`…; nothing is changed.
    """
    from kume_desktop.store import recovery

    key = _key(path, passphrase, archive)
    done = recovery.restore(path, key, archive, key.person, _ROLE, datetime.now().astimezone())
    replayed, missing = _replayed(path, passphrase, done)
    return BroughtBack(
        aside=done.aside,
        made_at=done.made_at.astimezone(),
        from_backup=done.from_backup,
        salvaged=done.salvaged,
        refused=done.refused,
        missing=missing,
        interviews=len(replayed.interviews | set(done.interviews)),
        replayed=replayed.entries,
    )


def _replayed(path: Path, passphrase: str, done: Restored) -> tuple[Replayed, int]:
    """Take in what the outbox holds beyond the backup; and how many entries are missing then."""
    from kume_desktop.services import studies
    from kume_desktop.services.packages import replaying
    from kume_desktop.store import recovery

    missing = {gap.stream_id: gap.missing for gap in done.gaps}
    try:
        with studies.open_study(path, passphrase) as study:
            before = recovery.gaps(study.database)
            replayed = replaying.replay(study, done.made_at)
            after = recovery.gaps(study.database)
            left = (
                missing.get(stream, 0) + after.get(stream, 0) - before.get(stream, 0)
                for stream in missing.keys() | after.keys()
            )
            return replayed, sum(max(0, one) for one in left)
    except Refused:
        # The study is back all the same; whoever opens it is told what is wrong.
        return replaying.Replayed(0, frozenset()), sum(missing.values())


def _key(path: Path, passphrase: str, archive: Path) -> DataKey:
    from kume_desktop.store import backups, keyfile

    beside = keyfile.path_of(path)
    if beside.exists():
        return unlocking.slowed(path, lambda: keyfile.open_key(beside, passphrase))
    with TemporaryDirectory(dir=paths.cache(), ignore_cleanup_errors=True) as folder:
        return keyfile.open_key(backups.key_file(archive, Path(folder) / "study.kume-key"), passphrase)
