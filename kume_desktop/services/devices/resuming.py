"""A laptop whose profile was lost (`store.profile_lost`) introduces itself again, with the keys that it has now.

It is enrolled under the identity that it always had, so that nothing is sent twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.parties import LAPTOP
from kume_desktop.problems import Refused, problem
from kume_desktop.services.devices import introducing, trust
from kume_desktop.services.devices.introducing import Introduced

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.services.studies import Study


def introduce_again(study: Study, folder: Path) -> Introduced:
    """Write the file by which this laptop introduces itself again, with the keys that it has now.

    Raises:
        Refused: `device.not-laptop`, `package.folder-missing`, `package.not-written`.
    """
    here = trust.this_computer(study)
    if here.role != LAPTOP:
        raise Refused(problem("device.not-laptop"))
    now = datetime.now().astimezone()
    written = introducing.write_own(trust.secrets(study), here.name, study.person, folder, now)
    return Introduced("", here.name, study.person, here.words, now, written)
