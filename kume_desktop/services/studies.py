"""Studies as people handle them: make one, open one, read and change what holds for all of it."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kume_desktop.problems import Refused, problem
from kume_desktop.services import compiled, forms, people, recent, roles
from kume_desktop.services.views import Area, StudyFacts, StudyHead

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Instrument
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.state import Tables
    from kume_desktop.store.engine import Database
    from kume_desktop.store.keyfile import DataKey
    from kume_desktop.store.records import InstrumentRecord
    from kume_desktop.store.unit_of_work import Act

recent_studies, forget_recent = recent.recent_studies, recent.forget

STAFF = "staff"
FACTS_OF_WAVE = frozenset({"reference_year"})
"""Facts of the study that each wave has for itself; the others hold for all of them."""
SUFFIX = ".kume"
Progress = Callable[[int, int, str], None]


def no_progress(done: int, total: int, text: str) -> None:
    """Nobody watches."""


class Study:
    """An open study in one of its waves, the newest at first (`waves.switch` goes to another one).

    Everything that people do with it is a function of a service that takes it.
    """

    def __init__(self, path: Path, database: Database, person: str, key: DataKey, role: str = STAFF) -> None:
        from kume_desktop.store import reading

        self.path = path
        self.database = database
        self.person = person
        self.key = key
        self.role = role
        self.record = reading.study_head(database)
        self.wave = reading.waves(database)[-1]
        self.is_newest_wave = True
        self.practice_of = reading.facts(database, self.record.study_id).get("practice_of", "")
        self._forms: dict[str, Form] = {}
        self._tables: dict[str, Tables] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; it is then one file again."""
        self.database.close()

    @property
    def is_read_only(self) -> bool:
        """Whether this person can only read the wave: an earlier one is corrected by staff alone."""
        return not (self.is_newest_wave or self.role == STAFF)

    @contextmanager
    def act(
        self, *, author: str | None = None, at: datetime | None = None, wait: bool = True, corrects: bool = True
    ) -> Iterator[Act]:
        """One user act of the person who opened the study (or of `author`), now (or at another moment).

        `corrects` False: it changes nothing that the figures of the wave rest on.

        Raises:
            Refused: the wave is an earlier one that this person can only read.
        """
        if corrects and self.is_read_only:
            raise Refused(problem("wave.earlier-is-read", wave=self.wave.name))
        with self.database.act(author or self.person, self.role, wait=wait) as act:
            act.at = at or act.at
            yield act

    def head(self) -> StudyHead:
        """The facts that stand on every page."""
        from kume_desktop.store import news

        areas, firms = news.size(self.database)
        is_interviewer = self.role == roles.INTERVIEWER
        own = news.size_of(self.database, self.person, self.wave.wave_id) if is_interviewer else (0, 0)
        return StudyHead(
            study_id=self.record.study_id,
            name=self.record.name,
            demonstration=self.record.demonstration,
            agency=self.record.agency,
            wave=self.wave.name,
            is_newest_wave=self.is_newest_wave,
            areas=areas,
            firms=firms,
            person=self.person,
            role=self.role,
            practice=bool(self.practice_of),
            own_areas=own[0],
            own_firms=own[1],
        )

    def areas(self) -> tuple[Area, ...]:
        """The activity areas in study order, with the totals of the wave."""
        from kume_desktop.store import area_rows

        return tuple(
            Area(area.code, area.name_tr, area.name_en, area.nace, area.nace_revision, area.frame_n)
            for area in area_rows.areas_of(self.database, self.wave.wave_id)
        )

    def facts(self) -> StudyFacts:
        """What the notice says, and the reference year of the wave."""
        from kume_desktop.store import reading, wave_facts

        values = dict(reading.facts(self.database, self.record.study_id))
        values |= {
            name: value
            for name, value in wave_facts.carried(self.database, self.record.study_id, self.wave.wave_id).items()
            if name in FACTS_OF_WAVE
        }
        return StudyFacts(
            agency=values.get("agency", self.record.agency),
            reference_year=int(values.get("reference_year") or _default_year()),
            legal_ground=values.get("legal_ground", ""),
            recipients=values.get("recipients", ""),
            retention=values.get("retention", ""),
            contact=values.get("contact", ""),
        )

    def save_facts(self, facts: StudyFacts) -> None:
        """Keep other facts; every interview shows them from now on, also those that were begun.

        The reference year is that of the wave: interviews of other waves keep theirs.

        Raises:
            Refused: `study.only-staff`; a practice is anybody's own.
        """
        from kume_desktop.store import wave_facts
        from kume_desktop.store.events import EventKind, SubjectKind

        if not self.practice_of:
            only_staff(self)
        before = asdict(self.facts())
        with self.act() as act:
            for name, value in asdict(facts).items():
                if value != before[name]:
                    of_wave = name in FACTS_OF_WAVE
                    kept = wave_facts.name_in(self.database, self.wave.wave_id, name) if of_wave else name
                    act.append(EventKind.FACT, SubjectKind.STUDY, self.record.study_id, kept, str(value))

    def add_areas(self, areas: Iterable[Area]) -> None:
        """Add activity areas after those that are there; Refused where a code is taken or the person is not staff."""
        only_staff(self)
        known, wanted = self.areas(), tuple(areas)
        check_areas(wanted, {area.code for area in known})
        with self.act() as act:
            write_areas(act, self.record.study_id, wanted, len(known))

    def instrument(self, version_id: str) -> Instrument:
        """An instrument version, read once."""
        return self.form(version_id).instrument

    def form(self, version_id: str) -> Form:
        """A compiled instrument version, compiled once."""
        if version_id not in self._forms:
            self.keep_form(version_id, *compiled.compile_sources(compiled.sources(self, version_id)))
        return self._forms[version_id]

    def keep_form(self, version_id: str, form: Form, tables: Tables) -> None:
        """Take the form of an instrument version with its attached tables as compiled."""
        self._forms[version_id], self._tables[version_id] = form, tables

    def has_form(self, version_id: str) -> bool:
        """Whether an instrument version is compiled here already."""
        return version_id in self._forms

    def lend_form(self, version_id: str, other: Study) -> None:
        """Give another study that has the same version its form, where it is compiled here."""
        if version_id in self._forms:
            other.keep_form(version_id, self._forms[version_id], self._tables[version_id])

    def forget_forms(self) -> None:
        """Read instruments anew when they are asked for: another version was installed."""
        self._forms.clear()

    def attached_tables(self, version_id: str) -> Tables:
        """The lists that came with an instrument version (NACE, institutions)."""
        self.form(version_id)
        return self._tables[version_id]

    def all_instruments(self) -> tuple[InstrumentRecord, ...]:
        """Every instrument version, the oldest of each first."""
        from kume_desktop.store import reading

        return reading.instruments(self.database)

    def instruments(self) -> tuple[InstrumentRecord, ...]:
        """The newest version of each instrument."""
        return tuple({record.instrument_id: record for record in self.all_instruments()}.values())


def _default_year() -> int:
    return datetime.now().astimezone().year - 1


def check_areas(areas: Iterable[Area], known: Iterable[str] = ()) -> None:
    """Refuse codes that stand twice or are taken."""
    taken = set(known)
    for area in areas:
        if area.code in taken:
            raise Refused(problem("study.area-exists", code=area.code))
        taken.add(area.code)


def write_areas(act: Act, study_id: str, areas: Iterable[Area], before: int = 0) -> None:
    """Append areas within an act."""
    from kume_desktop.store import writing

    for ordinal, area in enumerate(areas, start=before + 1):
        writing.add_area(
            act,
            study_id,
            area.code,
            ordinal,
            name_tr=area.name_tr,
            name_en=area.name_en,
            nace=area.nace,
            nace_revision=area.nace_revision,
            frame_n=area.frame_n,
        )


def create_study(
    path: Path,
    name: str,
    facts: StudyFacts,
    passphrase: str,
    person: str,
    areas: Iterable[Area] = (),
    *,
    demonstration: bool = False,
    instruments: Iterable[str] = forms.BUNDLED,
    role: str = STAFF,
) -> Study:
    """Make a study file with its key, its first wave and the instruments that come with the program.

    Raises:
        Refused: the file exists, the folder cannot be written, the passphrase is too short, a form is broken.
    """
    from kume_desktop.services import installing
    from kume_desktop.store import keyfile
    from kume_desktop.store.engine import create_database, open_database

    wanted = tuple(areas)
    _check_new(path, name, passphrase, demonstration=demonstration)
    check_areas(wanted)
    prepared = [installing.prepare(forms.bundled(instrument)) for instrument in instruments]
    making = path.with_name(f".{path.stem}.making{SUFFIX}")
    with ExitStack() as undo, refusing_disk(path):
        remove_files(making)
        undo.callback(remove_files, making)
        key = keyfile.create(making, passphrase, person, keyfile.CHEAP if demonstration else None)
        database = create_database(making, key)
        undo.callback(database.close)
        with database.act(person, role) as act:
            wave_id = _write_study(act, key.study_id, name, facts, person, role, demonstration=demonstration)
            write_areas(act, key.study_id, wanted)
            for one in prepared:
                installing.install(act, one)
            installing.seed_method(act, wave_id, [one.instrument for one in prepared])
        database.close()
        move_files(making, path)
        undo.pop_all()
    study = Study(path, open_database(path, key), person, key, role)
    recent.remember(study.path, study.record.name, demonstration=demonstration)
    return study


def _check_new(path: Path, name: str, passphrase: str, *, demonstration: bool) -> None:
    from kume_desktop.store import drives, keyfile

    if path.exists():
        raise Refused(problem("study.exists", file=path.name))
    if keyfile.path_of(path).exists():
        raise Refused(problem("study.key-exists", file=keyfile.path_of(path).name))
    drives.check_folder(path.parent)
    if not name.strip():
        raise Refused(problem("study.no-name"))
    if not demonstration and len(passphrase) < people.SHORTEST_PASSPHRASE:
        raise Refused(problem("study.short-passphrase", least=people.SHORTEST_PASSPHRASE))


def _write_study(
    act: Act, study_id: str, name: str, facts: StudyFacts, person: str, role: str, *, demonstration: bool
) -> str:
    """Write the study, its facts, its first wave and its first person; returns the id of the wave."""
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    writing.create_study(act, study_id, name, facts.agency, demonstration=demonstration)
    for fact, value in asdict(facts).items():
        writing.set_fact(act, SubjectKind.STUDY, study_id, fact, str(value))
    year = str(facts.reference_year)
    wave_id = writing.open_wave(act, year, year)
    writing.add_person(act, person, wave_id, role)
    return wave_id


@contextmanager
def refusing_disk(path: Path) -> Iterator[None]:
    """Say it as a problem where the disk or the folder refuses a file of the study."""
    try:
        yield
    except OSError as error:
        code = "study.disk-full" if error.errno == errno.ENOSPC else "study.read-only"
        raise Refused(problem(code, file=path.name)) from error


def is_open_elsewhere(path: Path, passphrase: str) -> bool:
    """Whether another window or program has the study open."""
    from kume_desktop.store import keyfile, soundness

    return soundness.is_in_use(path, keyfile.unlock(path, passphrase))


def only_staff(study: Study) -> None:
    """Refuse what is for the agency's staff alone: personal data that leave the study, forms and answers that come in.

    Raises:
        Refused: `study.only-staff`.
    """
    roles.require(study, roles.Right.MANAGE)


def move_files(made: Path, path: Path) -> None:
    """Give a closed study its name, the key file first: a study under its name is always whole."""
    from kume_desktop.store import keyfile

    keyfile.path_of(made).replace(keyfile.path_of(path))
    made.replace(path)


def remove_files(path: Path) -> None:
    """Remove a study's files: one that was never finished, or a demonstration that is made anew."""
    from kume_desktop.store import keyfile

    for name in (path, keyfile.path_of(path), *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def open_study(path: Path, passphrase: str, *, is_typed: bool = True) -> Study:
    """Open a study file; a passphrase that nobody typed is no wrong try.

    Raises:
        Refused: wrong passphrase, missing or damaged key file, no study, a newer schema, a read-only folder.
    """
    from kume_desktop.services import unlocking
    from kume_desktop.store import recovery

    recovery.finish_interrupted(path)
    return open_with(path, unlocking.by_passphrase(path, passphrase, is_typed=is_typed))


def open_with(path: Path, key: DataKey) -> Study:
    """Open a study file whose data key was opened already, for the person of the key.

    Raises:
        Refused: no study, a newer schema, a damaged file, a read-only folder.
    """
    from kume_desktop.store import keyfile
    from kume_desktop.store.engine import open_database

    study = Study(path, open_database(path, key), key.person, key)
    study.role = people.role_of(study, key.person)
    _go_on_as_before(study)
    keyfile.keep_copy(path, key.study_id)
    recent.remember(study.path, study.record.name, demonstration=study.record.demonstration)
    return study


def _go_on_as_before(study: Study) -> None:
    """On a laptop whose profile was lost; a file that cannot be written is opened as it is."""
    from kume_desktop.store import profile_lost

    with suppress(Refused):
        profile_lost.resume(study.database, study.record.study_id, study.key, study.person, study.role)
