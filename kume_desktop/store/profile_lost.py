"""A laptop whose profile was lost goes on as the computer that it was, in a stream of its own, with new keys.

Its work is whole in the study file; gone are the keys by which the agency knows it. It keeps its identity, so that the
receipts of before still say what the agency holds: nothing may be deleted that was never sent.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from kume_desktop.store import device, device_keys, package_rows, progress_rows
from kume_desktop.store.device_keys import AGENCY, LAPTOP

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import DataKey


def resume(database: Database, study_id: str, key: DataKey, person: str, role: str) -> bool:
    """Go on as the laptop that wrote this file, where the profile does not know it any more.

    It is asked before anything is written. A profile that keeps keys of another study has an identity already.

    Raises:
        Refused: the profile folder or the study cannot be written.
    """
    if not any(row.role == LAPTOP for row in progress_rows.devices(database)):
        return False
    own = device.this_device().device_id
    if device_keys.load(study_id, own, key) is not None:
        return False
    former = _former(database, own, person)
    if not former or (former != own and device_keys.keeps_others(study_id)):
        return False
    if former != own:
        device.become(former)
    made = device_keys.Secrets(former, secrets.token_bytes(32), secrets.token_bytes(32))
    device_keys.keep(study_id, device_keys.Kept(made, LAPTOP), key)
    database.go_on_anew(person, role)
    return True


def _former(database: Database, own: str, person: str) -> str:
    """The laptop of this person whose file this is; '' where the file is an agency's, or this computer wrote in it.

    The lists tell it: whom to believe is another question, and the pins by which it is answered were lost, too.
    """
    streams, listed = package_rows.streams(database), progress_rows.devices(database)
    agency = {row.device_id for row in listed if row.role == AGENCY} | {device_keys.first_agency(database)}
    if all(one.held == one.last for one in streams if one.device_id in agency):
        return ""  # the agency holds its own entries whole; a laptop gets a part of them
    whole = {one.device_id for one in streams if one.held == one.last}
    mine = whole & {row.device_id for row in listed if row.role == LAPTOP and row.person == person}
    if own in {one.device_id for one in streams}:
        return own if own in mine else ""
    last = progress_rows.last_written(database)
    return max((name for name in mine if name in last), key=lambda name: last[name], default="")
