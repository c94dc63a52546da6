"""An agency and a laptop, two real programs on two screens: from the introduction of the laptop to its receipt.

They share nothing but a folder into which packages are copied. Everything is done by keys, at the one in Turkish and at
the other in English; the study files are read at the end, and whenever one has to know that something was stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kume_desktop import settings
from kume_desktop.services import devices, fieldwork, installing, people, studies, versions
from kume_desktop.services.devices import Computer
from kume_desktop.services.packages import receipts
from kume_desktop.services.review import acts, queries
from kume_desktop.services.review.states import Stand
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import package_rows, reading, rebuild
from kume_desktop.store.records import InterviewRecord
from kume_desktop.texts import _
from tests.interview.scenario import workbook
from tests.journey.keys import MARKS, Screen, display
from tests.merging.offices import Office
from tests.studies import AREAS, FACTS, PASSPHRASE

pytestmark = MARKS
STAFF, INTERVIEWER = "Elif Demir", "Ayhan Kaya"
FIRM, OTHER_FIRM = "Akdere Boya", "Zeytinli Kimya"
FORM = "kisa"
TYPING_MS = 4
SETTINGS = """
| form_title   | title_en     | form_id | version | default_language | name |
| Kısa görüşme | Short survey | kisa    | 1       | Türkçe (tr)      | data |
"""
SURVEY = """
| type              | name    | label::Türkçe (tr)      | label::English (en)        | required |
| select_one secim  | uretim  | Üretim yapıyor musunuz? | Do you produce?            | yes      |
| integer           | calisan | Kaç kişi çalışıyor?     | How many people work here? | yes      |
| text              | urun    | Ne üretiyorsunuz?       | What do you produce?       | yes      |
"""
CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) |
| secim     | 1    | Evet               | Yes                 |
| secim     | 2    | Hayır              | No                  |
"""


@dataclass
class Desk:
    """A person at a computer with its screen, its profile and its study, who reads one language."""

    office: Office
    screen: Screen
    language: str
    stick: Path

    def press(self, *names: str) -> None:
        """Press keys, and wait until the program has done what the last one asks for."""
        self.screen.keys(*names)
        self.screen.rest()

    def write(self, *texts: str) -> None:
        """Fill the field that has the focus, and those that Tab leads to."""
        for place, text in enumerate(texts):
            self.screen.keys(*(("Tab",) if place else ()), "ctrl+a")
            self.screen.type(text, TYPING_MS)

    def see(self, title: str) -> None:
        """See a window or a dialog that is called so in the language of this computer."""
        assert self.screen.wait_for(_(title, self.language)), title
        self.screen.rest()

    def go(self, keys: str, title: str) -> None:
        """Go to a page by its key."""
        self.screen.keys(keys)
        self.see(title)

    def choose(self, keys: str, dialog: str, place: Path) -> None:
        """Answer a dialog of files by typing a path."""
        self.go(keys, dialog)
        self.write(str(place))
        self.press("Return")

    def put_on_stick(self) -> Path:
        """Copy the newest package onto the stick; the file that is there then."""
        before = set(self.stick.iterdir())
        self.choose("ctrl+u", "Copy to USB…", self.stick)
        (file,) = set(self.stick.iterdir()) - before
        return file

    def take(self, file: Path) -> None:
        """Look at a package on the page of packages, and take it in."""
        self.go("alt+3", "Packages")
        self.choose("ctrl+o", "Open package…", file)
        self.press("Return")

    def prepare(self, *choice: str) -> Path:
        """Make a package (of a kind that keys choose, where one has the choice); the file on the stick."""
        self.go("alt+3", "Packages")
        self.press("ctrl+shift+o")
        if choice:
            self.press(*choice)
        return self.put_on_stick()

    @contextmanager
    def reads(self) -> Iterator[tuple[Study, InterviewRecord]]:
        """The study as its file holds it now, with its one interview."""
        with self.office.open() as study:
            (record,) = reading.interviews(study.database)
            yield study, record


@pytest.fixture(params=[("tr", "en"), ("en", "tr")], ids="-".join)
def desks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The agency with its study, and a laptop that has nothing; each with a screen, a home and a profile of its own."""
    stick = tmp_path / "usb"
    stick.mkdir()
    with ExitStack() as stack:
        found = []
        for name, language in zip(("ajans", "saha"), request.param, strict=True):
            office = Office(tmp_path / name)
            own = {"KUME_PROFILE": str(office.folder / "profile"), "HOME": str(office.folder)}
            screen = display(stack, **own, XDG_CONFIG_HOME=str(office.folder / "config"))
            with office.at_work():
                settings.save(settings.Settings(language=settings.Language(language)))
            found.append(Desk(office, screen, language, stick))
        agency, laptop = found
        make_study(agency.office, tmp_path)
        agency.screen.start("open", agency.office.file)
        laptop.screen.start()
        yield agency, laptop


def make_study(office: Office, folder: Path) -> None:
    """A study with two people, two firms and a short questionnaire in two languages."""
    form = folder / f"{FORM}.xlsx"
    form.write_bytes(workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS))
    with (
        office.at_work(),
        studies.create_study(office.file, "deneme", FACTS, PASSPHRASE, STAFF, AREAS, instruments=()) as study,
    ):
        versions.install(study, installing.prepare(form))
        people.add(study, INTERVIEWER, people.INTERVIEWER, f"{PASSPHRASE} 2")
        for name in (FIRM, OTHER_FIRM):
            fieldwork.add_firm(study, NewFirm(name, "kimya", "Kemalpaşa", "20.30", "10-24"))


def introduce(laptop: Desk) -> tuple[Path, tuple[str, ...]]:
    """The laptop makes its keys; its file and the six words that its screen shows."""
    laptop.see("Studies")
    laptop.go("ctrl+i", "Introduce this computer")
    laptop.write(INTERVIEWER, PASSPHRASE, PASSPHRASE, str(laptop.stick))
    laptop.press("ctrl+Return")
    (file,) = laptop.stick.iterdir()
    with laptop.office.at_work():
        (introduced,) = devices.introductions()
    return file, introduced.words


def enrol(agency: Desk, file: Path) -> Computer:
    """The agency compares the words and trusts the laptop; what it has in its list of it."""
    agency.see("deneme")
    agency.screen.enter(PASSPHRASE)
    agency.see("Start")
    agency.press("ctrl+k")
    agency.write(_("Computers", agency.language))
    agency.screen.rest()
    agency.go("Return", "Computers")
    agency.choose("ctrl+o", "Open an introduction", file)
    agency.see("Enrol a computer")
    agency.screen.keys("Return", "ctrl+Return")
    agency.see("Computers")
    with agency.office.open() as study:
        (other,) = [one for one in devices.computers(study) if not one.is_this]
    return other


def assign(agency: Desk) -> Path:
    """The agency gives the firm to the interviewer and makes the assignment for the laptop."""
    agency.go("alt+2", "Fieldwork")
    agency.screen.keys("slash")
    agency.write(FIRM)
    agency.press("Return")
    agency.press("a")
    agency.screen.type(INTERVIEWER)
    agency.press("Return")
    return agency.prepare("Return", "Return")


def begin(laptop: Desk, file: Path) -> None:
    """The laptop opens its first package, compares the words of the agency, and has a study."""
    laptop.choose("ctrl+Return", "Open the first package", file)
    laptop.see("The first package")
    laptop.write(PASSPHRASE)
    laptop.press("Return")
    laptop.screen.keys("Return", "ctrl+Return")
    laptop.see("Start")


def interview(laptop: Desk) -> Path:
    """The laptop asks its firm; the package with the interview."""
    laptop.go("alt+2", "Fieldwork")
    laptop.go("Return", FIRM)
    laptop.press("1")
    laptop.write("12", "Boya")
    laptop.go("ctrl+Return", "Fieldwork")
    with laptop.reads() as (_study, record):
        assert record.state == "completed"
    return laptop.prepare()


def give_back(agency: Desk, file: Path) -> Path:
    """The agency takes the interview in and returns it with a question; the package with it."""
    agency.take(file)
    agency.go("alt+4", "Review")
    agency.press("Return", "Down", "c")
    agency.write("Tüm yıl mı?")
    agency.press("Return")
    agency.press("i")
    with agency.reads() as (_study, record):
        assert record.review == "returned"
    return agency.prepare("Down", "Return", "Return")


def answer_back(laptop: Desk, file: Path) -> Path:
    """The laptop opens the interview at the question, mends the answer, answers the reviewer, and sends it again."""
    laptop.take(file)
    laptop.go("alt+2", "Fieldwork")
    laptop.go("Return", FIRM)
    laptop.write("15")
    laptop.screen.keys("ctrl+r")
    laptop.write("Evet")
    laptop.screen.keys("Return")
    laptop.go("ctrl+Return", "Fieldwork")
    return laptop.prepare()


def approve(agency: Desk, file: Path) -> Path:
    """The agency approves what came back; the receipt for the laptop."""
    agency.take(file)
    agency.go("alt+4", "Review")
    agency.press("ctrl+3")
    agency.press("o")
    with agency.reads() as (_study, record):
        assert record.review == "approval"
    return agency.prepare("Down", "Return", "Return")


@dataclass(frozen=True)
class Told:
    """What a study file holds at the end."""

    answers: Mapping[str, str]
    replies: list[tuple[str, str, str, str]]
    firms: set[str]
    stand: Stand
    received: list[tuple[package_rows.Mark, ...]]
    deletable: int


def told(desk: Desk) -> Told:
    """Read the study file of a computer."""
    with desk.reads() as (study, record):
        found = study.database
        asked = queries.queries(found, record.interview_id).values()
        return Told(
            reading.answers(found, record.interview_id),
            [(one.text, one.by, one.reply, one.replied_by) for one in asked],
            {unit.name for unit in reading.units(found)},
            acts.standing(study, record.interview_id).stand,
            [one.marks for one in package_rows.receipts(found)],
            len(receipts.deletable(study)),
        )


def test_that_an_interview_goes_from_assignment_to_approval_and_receipt_between_two_programs(
    desks: tuple[Desk, Desk],
):
    agency, laptop = desks
    introduction, words = introduce(laptop)
    enrolled = enrol(agency, introduction)
    assert enrolled.words == words
    begin(laptop, assign(agency))
    returned = give_back(agency, interview(laptop))
    receipt = approve(agency, answer_back(laptop, returned))
    laptop.take(receipt)
    there, here = told(laptop), told(agency)
    assert there.answers == here.answers
    assert there.answers["/data/calisan"] == "15"
    assert there.replies == here.replies == [("Tüm yıl mı?", STAFF, "Evet", INTERVIEWER)]
    assert (there.firms, here.firms) == ({FIRM}, {FIRM, OTHER_FIRM})
    assert (here.stand, there.received) == (Stand.APPROVED, here.received)
    assert (there.deletable, here.deletable) == (1, 0)
    laptop.press("ctrl+shift+Delete")
    laptop.press("Return")
    for desk in desks:
        assert desk.screen.program is not None
        assert desk.screen.close(desk.screen.program) == 0
        with desk.office.open() as study:
            assert not [one for one in rebuild.verify(study.database) if one.is_error]
            assert len(reading.interviews(study.database)) == (1 if desk is agency else 0)
