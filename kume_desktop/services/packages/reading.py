"""Reading a package: what it is, from whom, and what taking it in would change; nothing is stored by looking."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import paths
from kume_desktop.exchange.packages.format import Kind
from kume_desktop.exchange.packages.parties import LAPTOP
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import devices
from kume_desktop.services.packages import merging, opening

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.studies import Study
    from kume_desktop.store.log import Event

_log = logging.getLogger(__name__)
_MOST_REFUSALS = 200


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers that would stand against each other: the firm, the question's path, the values as stored."""

    firm: str
    path: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Entries of a computer that did not arrive: how many are missing after this package."""

    computer: str
    missing: int


@dataclass(frozen=True, slots=True)
class Double:
    """A firm with two interviews on one questionnaire in a wave: a person must say which one counts."""

    firm: str
    instrument_id: str
    interviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a package would change. `new` and `known` are entries; interviews are new, changed or known whole.

    `sender` is the computer, `person` whose it is. `is_known`: it was taken in already. `digest`: of the file.
    """

    path: Path
    digest: str
    kind: Kind
    package_id: str
    part: int
    parts: int
    sender: str
    person: str
    made_at: str
    size: int
    new: int
    known: int
    interviews_new: int
    interviews_changed: int
    interviews_known: int
    firms: tuple[str, ...]
    visits: int
    erased: int
    receipts: int
    conflicts: tuple[Conflict, ...]
    doubles: tuple[Double, ...]
    lacks: tuple[Lack, ...]
    is_known: bool

    @property
    def brings_something(self) -> bool:
        """Whether taking it in would change anything: a receipt alone brings no entries."""
        return self.new > 0 or (self.receipts > 0 and not self.is_known)

    @property
    def interviews(self) -> int:
        """How many interviews the package speaks of."""
        return self.interviews_new + self.interviews_changed + self.interviews_known


_NONE_CAME = frozenset({"package.introduction", "package.not-found", "package.unreadable"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was refused: when, its name, the code of the reason, what its header says of the sender."""

    at: datetime
    file: str
    code: str
    computer: str


def examine(study: Study, path: Path) -> Examined:
    """Look at a package and try it out; the study is as it was.

    Raises:
        Refused: `package.…` (not ours, damaged, unknown or revoked sender, other study, not for us, newer, too
            large), `package.forked` where a computer was copied, `study.line-unreadable`…
    """
    try:
        opened, digest = opening.open_package(study, path)
        with merging.keeping_forks(study, opened, path):
            tried = merging.rehearse(study, opened)
        if tried.is_known:
            _log.info("package known already, new entries: %s", tried.new)
        return _told(study, path, digest, opened, tried)
    except Refused as refusal:
        note_refusal(study, path, refusal.problems)
        raise


def _told(study: Study, path: Path, digest: str, opened: Opened[Event], tried: merging.Rehearsed) -> Examined:
    header, trusted = opened.header, devices.trusted(study)
    sender = trusted.get(header.sender)
    return Examined(
        path=path,
        digest=digest,
        kind=Kind(header.kind),
        package_id=header.package,
        part=header.part,
        parts=header.parts,
        sender=devices.name_of(trusted, header.sender),
        person=sender.person if sender is not None else "",
        made_at=opened.manifest.made_at,
        size=path.stat().st_size,
        new=tried.new,
        known=tried.known,
        interviews_new=tried.interviews_new,
        interviews_changed=tried.interviews_changed,
        interviews_known=tried.interviews_known,
        firms=tried.firms,
        visits=tried.visits,
        erased=tried.erased,
        receipts=len(opened.receipts),
        conflicts=tuple(Conflict(*one) for one in tried.conflicts),
        doubles=tuple(Double(*one) for one in tried.doubles),
        lacks=tuple(Lack(devices.name_of(trusted, device), missing) for device, missing in tried.lacks),
        is_known=tried.is_known,
    )


def lacks(study: Study) -> tuple[Lack, ...]:
    """The computers of which entries are known to exist and are not here; on a laptop nothing is lacking.

    A laptop holds the streams of others in part: it gets what it needs.
    """
    from kume_desktop.store import package_rows

    if devices.this_computer(study).role == LAPTOP:
        return ()
    trusted = devices.trusted(study)
    missing: dict[str, int] = {}
    for one in package_rows.streams(study.database):
        if one.missing:
            missing[one.device_id] = missing.get(one.device_id, 0) + one.missing
    return tuple(Lack(devices.name_of(trusted, device), count) for device, count in missing.items())


def record_of(found: Examined) -> dict[str, Any]:
    """What was found as JSON can carry it."""
    return json.loads(json.dumps(asdict(found), default=str))  # type: ignore[no-any-return]


def examined_of(record: Mapping[str, Any]) -> Examined:
    """Read what `record_of` made."""
    return Examined(
        **{
            **record,
            "path": Path(record["path"]),
            "kind": Kind(record["kind"]),
            "firms": tuple(record["firms"]),
            "conflicts": tuple(Conflict(**{**one, "values": tuple(one["values"])}) for one in record["conflicts"]),
            "doubles": tuple(
                Double(**{**one, "interviewers": tuple(one["interviewers"])}) for one in record["doubles"]
            ),
            "lacks": tuple(Lack(**one) for one in record["lacks"]),
        }
    )


def note_refusal(study: Study, path: Path, problems: Iterable[Problem]) -> None:
    """Keep in the profile that a file was refused: the study itself stays as it is, byte for byte.

    What could not be read at all, and an introduction that was opened in the wrong place, is no package that came.
    """
    code = next(iter(problems)).code
    if code in _NONE_CAME:
        return
    line = {
        "at": datetime.now().astimezone().isoformat(),
        "file": path.name,
        "code": code,
        "computer": _sender(study, path),
    }
    _log.warning("package refused: %s", code)
    file = _refusals_file(study)
    kept = [*_lines(file), json.dumps(line, ensure_ascii=False)][-_MOST_REFUSALS:]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{one}\n" for one in kept), encoding="utf-8")
    except OSError as error:
        _log.warning("refusal not kept: %s", type(error).__name__)


def refusals(study: Study) -> tuple[Refusal, ...]:
    """The files that were refused on this computer, the newest first."""
    found = []
    for line in _lines(_refusals_file(study)):
        try:
            said = json.loads(line)
            found.append(Refusal(datetime.fromisoformat(said["at"]), said["file"], said["code"], said["computer"]))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(reversed(found))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def _refusals_file(study: Study) -> Path:
    return paths.profile() / "packages" / f"{study.record.study_id}-refused.jsonl"


def _sender(study: Study, path: Path) -> str:
    from kume_desktop.exchange.packages.opening import peek

    try:
        return devices.name_of(devices.trusted(study), peek(path).sender)
    except Refused:
        return ""
