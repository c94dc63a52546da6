"""What the page of personal data asks of other processes: lists of the companion, acts of the worker.

None of it is quick in a study of thousands of interviews, and the window never waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.services.personal_data import consent, correcting, devices, erasing, inventory, retention
from kume_desktop.services.personal_data.devices import DeviceRecord, HeldThere
from kume_desktop.services.personal_data.inventory import Line
from kume_desktop.services.personal_data.retention import Due
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Progress, Study

DUE, INVENTORY, DEVICES = "personal-due", "personal-inventory", "personal-devices"
DO = "personal-do"
CORRECT, WITHDRAW, ERASE, CARRY_OUT, PERIOD, THIN, LINE = (
    "correct", "withdraw", "erase", "carry-out", "period", "thin", "line",
)  # fmt: skip
WORKING: Mapping[str, str] = {
    CORRECT: N_("Correcting the fact"),
    WITHDRAW: N_("Blanking the contact data"),
    ERASE: N_("Erasing"),
    CARRY_OUT: N_("Erasing"),
    PERIOD: N_("Keeping the period"),
    THIN: N_("Deleting the older backups"),
    LINE: N_("Keeping the line"),
}
"""What is shown while an act goes on."""
Asked = Mapping[str, Any]


def _due(study: Study, _asked: Asked) -> dict[str, Any]:
    today = datetime.now().astimezone().date()
    told = retention.periods(study)
    periods = [(purpose, told.get(purpose, 0)) for purpose in retention.purposes(study)]
    return {"due": [due_record(one) for one in retention.due(study, today)], "periods": periods}


def due_record(one: Due) -> dict[str, Any]:
    """A due interview as it travels between processes."""
    return asdict(one) | {"since": one.since.isoformat()}


def due(answer: Asked) -> tuple[tuple[Due, ...], tuple[tuple[str, int], ...]]:
    """Read the answer to `DUE`: what is due, and the months of each purpose."""
    periods = tuple((str(purpose), int(months)) for purpose, months in answer["periods"])
    return _dues(answer["due"]), periods


def _dues(records: Sequence[Asked]) -> tuple[Due, ...]:
    return tuple(Due(**{**one, "since": date.fromisoformat(one["since"])}) for one in records)


def _inventory(study: Study, asked: Asked) -> dict[str, Any]:
    return {"lines": [asdict(one) for one in inventory.lines(study, str(asked["lang"]))]}


def lines(answer: Asked) -> tuple[Line, ...]:
    """Read the answer to `INVENTORY`."""
    return tuple(Line(**one) for one in answer["lines"])


def _devices(study: Study, _asked: Asked) -> dict[str, Any]:
    return {"devices": [_device(one) for one in devices.devices(study)]}


def _device(one: DeviceRecord) -> dict[str, Any]:
    held = [asdict(each) | {"opened_at": each.opened_at.isoformat()} for each in one.interviews]
    return asdict(one) | {"last_at": one.last_at.isoformat() if one.last_at else None, "interviews": held}


def computers(answer: Asked) -> tuple[DeviceRecord, ...]:
    """Read the answer to `DEVICES`."""
    return tuple(_computer(one) for one in answer["devices"])


def _computer(one: Asked) -> DeviceRecord:
    held = (HeldThere(**{**each, "opened_at": datetime.fromisoformat(each["opened_at"])}) for each in one["interviews"])
    last = datetime.fromisoformat(one["last_at"]) if one["last_at"] else None
    more = {"last_at": last, "interviews": tuple(held), "authors": tuple(one["authors"])}
    return DeviceRecord(**{**one, **more})


VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {
    DUE: _due, INVENTORY: _inventory, DEVICES: _devices,
}  # fmt: skip
"""What the companion answers."""


def carry_out(study: Study, asked: Asked, progress: Progress) -> dict[str, Any]:
    """Do what `what` says; the answer tells how much was done.

    Raises:
        Refused: as the acts themselves.
    """
    what = str(asked["what"])
    progress(0, 0, WORKING[what])
    match what:
        case "correct":
            correcting.correct(study, asked["unit"], asked["fact"], asked["value"], asked["reason"])
            return {}
        case "withdraw":
            return {"count": consent.withdraw_all(study, asked["unit"], asked["channel"])}
        case "erase":
            done = erasing.erase(study, asked["unit"], asked["reason"])
            return {"interviews": done.interviews, "files": done.files, "backups": len(done.backups)}
        case "carry-out":
            return {"count": _erase_due(study, _dues(asked["due"]), progress)}
        case "thin":
            return {"count": erasing.delete_backups(study, erasing.holding(study))}
        case "line":
            inventory.save(study, asked["line"], asked["purpose"], asked["ground"])
            return {}
        case _:
            retention.save(study, asked["purpose"], asked["months"])
            return {}


def _erase_due(study: Study, chosen: Sequence[Due], progress: Progress) -> int:
    for done, one in enumerate(chosen):
        progress(done, len(chosen), WORKING[CARRY_OUT])
        retention.carry_out(study, [one])
    return len(chosen)
