"""Opening a package with this computer's keys: checked, decrypted, parsed once; nothing is stored."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.services import devices
from kume_desktop.services.packages import allowed

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.studies import Study
    from kume_desktop.store.log import Event


def open_package(study: Study, path: Path) -> tuple[Opened[Event], str]:
    """Check and decrypt a package for this computer; the file's hash says later that it is the same one.

    Raises:
        Refused: `package.…`: not ours, damaged, unknown or revoked sender, other study, not for us, newer, too large,
            more than its sender may say.
    """
    from kume_desktop.exchange.packages.opening import open_sealed
    from kume_desktop.store import device_keys
    from kume_desktop.store.log import parse

    opened = open_sealed(
        path,
        devices.trusted(study),
        devices.secrets(study),
        study=study.record.study_id,
        read_event=parse,
        owners=device_keys.owners(study.database),
    )
    allowed.check(study, opened, path)
    return opened, hashlib.sha256(path.read_bytes()).hexdigest()
