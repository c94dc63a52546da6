"""An agency and laptops on one machine: each has a profile of its own, and they pass real files to each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kume_desktop.services import devices, first_assignment, people, studies, visits
from kume_desktop.services.devices import trust
from kume_desktop.services.packages import making, merging, outbox, reading
from kume_desktop.services.packages.making import Made
from kume_desktop.services.packages.merging import Taken
from kume_desktop.services.studies import Study
from kume_desktop.store import access, keyfile
from kume_desktop.store.access import BadLine
from tests.studies import PASSPHRASE, copied

ELIF = "Elif Demirtaş"


class Office:
    """A computer: its profile, its study file, the device that it is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.file = folder / "deneme.kume"
        self.device_id = ""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be this computer for a while."""
        before = os.environ.get("KUME_PROFILE")
        os.environ["KUME_PROFILE"] = str(self.folder / "profile")
        try:
            yield
        finally:
            os.environ.pop("KUME_PROFILE")
            if before is not None:
                os.environ["KUME_PROFILE"] = before

    @contextmanager
    def open(self) -> Iterator[Study]:
        """Work in the study on this computer."""
        with self.at_work(), studies.open_study(self.file, PASSPHRASE) as study:
            self.device_id = devices.this_computer(study).device_id
            yield study


def agency(template: Path, folder: Path) -> Office:
    """The computer of the agency, with the study of the template made its own."""
    made = Office(folder)
    copied(template, folder)
    with made.at_work(), studies.open_study(made.file, PASSPHRASE) as study:
        devices.adopt(study)
        made.device_id = devices.this_computer(study).device_id
    return made


def laptop(office: Office, folder: Path, person: str = ELIF, firms: tuple[str, ...] = ()) -> Office:
    """Introduce a laptop, enrol it, give its person firms, make the first assignment and take it there."""
    made = Office(folder)
    with made.at_work():
        told = devices.introduce(f"Dizüstü {person[:4]}", person, PASSPHRASE, folder, cost=keyfile.CHEAP)
    assert told.path is not None
    with office.open() as study:
        if not any(one.name == person for one in people.people(study)):
            people.add(study, person, people.INTERVIEWER, f"{PASSPHRASE} {person}")
        made.device_id = devices.enrol(study, told.path, words_compared=True, person_compared=person).device_id
        if firms:
            visits.assign_each(study, dict.fromkeys(firms, person))
        sent = send(study, making.assignment(study, made.device_id), folder)
    with made.at_work():
        found = first_assignment.examine(sent, PASSPHRASE)
        first_assignment.accept(found, made.file, PASSPHRASE, words_compared=True, cost=keyfile.CHEAP).close()
    return made


def bad_lines(study: Study) -> tuple[BadLine, ...]:
    """What is wrong with the log here, as this computer knows itself."""
    return access.first_bad(study.database, trust.kept_here(study).pins)


def send(study: Study, made: Made, folder: Path) -> Path:
    """Copy a package into a folder; it has one part."""
    (copy,) = outbox.copy_to(study, made.package_id, folder)
    return copy


def take(study: Study, file: Path) -> Taken:
    """Look at a package and take it."""
    return merging.take(study, reading.examine(study, file))
