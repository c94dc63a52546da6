"""The places of the window that are about computers: `routes` gathers them with all others."""

from __future__ import annotations

from pathlib import Path

from kume_desktop.gui.place import place


@place
class DevicesRoute:
    """The computers of the study; `device_id` is the one to select, `part` `lost` where it was lost."""

    device_id: str = ""
    part: str = ""


@place
class EnrolRoute:
    """A computer is enrolled out of its introduction `file`; `typed` is what was chosen: person, reader, kind."""

    file: Path
    typed: tuple[str, ...] = ()


@place
class KnowAgencyRoute:
    """A package of a computer of the agency that this one does not know yet: its words are compared."""

    file: Path


@place
class IntroduceRoute:
    """This computer introduces itself to the agency; no study is open. `typed`: its name, its person, the folder."""

    typed: tuple[str, ...] = ()


@place
class FirstPackageRoute:
    """The first package of a study on this computer; no study is open."""

    file: Path


ComputerRoute = DevicesRoute | EnrolRoute | KnowAgencyRoute | IntroduceRoute | FirstPackageRoute
