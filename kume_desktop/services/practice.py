"""Practice interviews with a made-up firm, in a study file of their own: never merged, never counted, never sent.

The file lies in the profile and holds nothing but practice: the questionnaires of the study it was made for, one
made-up firm for each attempt, and what came of it. Whoever opens it sees the mark on every page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.services import people, practice_keys
from kume_desktop.services.practice_keys import Key, Marked, Saying
from kume_desktop.services.studies import SUFFIX, Study, create_study, only_staff
from kume_desktop.services.views import Area

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.store.records import InterviewRecord

PRACTICE_FACT, RESULT_FACT = "practice_of", "practice_result"
PASS_MARK_FACT, KEY_FACT = "practice_pass_mark", "practice_key:"
PASS_MARK = 80
"""Share of right answers, in per cent, from which an attempt is passed: a proposal (origin "Own"); staff change it."""
FIRM, DISTRICT = "Örnekçi Soğutma (hayali firma)", "Kemalpaşa"
AREA = Area("alistirma", "Alıştırma: soğutma ekipmanı", "Practice: cooling equipment", "28.25", "2", None)
OVERVIEW = "practice-overview"
_OPENS = "practice-only"
"""No secret: the file holds nothing but invented answers."""
Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A finished attempt: right answers of those in the key (0: no key), minutes at the keys (None: not measured)."""

    unit_id: str
    instrument_id: str
    title_tr: str
    title_en: str
    person: str
    at: datetime
    right: int
    asked: int
    pass_mark: int
    minutes: float | None
    marked: tuple[Marked, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of right answers, None where nothing is marked."""
        return self.right / self.asked if self.asked else None

    @property
    def is_passed(self) -> bool | None:
        """Whether the pass mark was reached, None where nothing is marked."""
        return None if self.share is None else round(self.share * 100, 9) >= self.pass_mark


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire that can be practised; `begun` is the firm of an attempt that was left open."""

    instrument_id: str
    title_tr: str
    title_en: str
    questions: int
    is_of_staff: bool
    begun: str = ""


def file_of(study: Study) -> Path:
    """Where the practice of a study (or of the study of this practice) lies."""
    return paths.profile() / "practice" / _study_id(study) / f"alistirma{SUFFIX}"


def _study_id(study: Study) -> str:
    return study.practice_of or study.record.study_id


def pass_mark(study: Study) -> int:
    """The pass mark of a study, in per cent."""
    kept = _facts(study).get(PASS_MARK_FACT, "")
    return int(kept) if kept.isdecimal() else PASS_MARK


def save_pass_mark(study: Study, wanted: int) -> None:
    """Let attempts pass from another share on; those that were finished keep theirs.

    Raises:
        Refused: not staff; a mark outside 1-100.
    """
    only_staff(study)
    if not 1 <= wanted <= 100:
        raise Refused(problem("practice.pass-mark"))
    _set_fact(study, PASS_MARK_FACT, str(wanted))


def key_of(study: Study, instrument_id: str) -> Key | None:
    """The key in force: that of staff, else the one that comes with the program, else None."""
    kept = _facts(study).get(f"{KEY_FACT}{instrument_id}", "")
    return Key.from_json(kept, is_of_staff=True) if kept else practice_keys.bundled(instrument_id)


def save_key(study: Study, key: Key) -> None:
    """Practise with a key of one's own from now on.

    Raises:
        Refused: not staff; nothing that the firm says.
    """
    only_staff(study)
    if not any(one.text_tr.strip() for one in key.says):
        raise Refused(problem("practice.no-words"))
    _set_fact(study, f"{KEY_FACT}{key.instrument_id}", key.to_json())


def drop_key(study: Study, instrument_id: str) -> None:
    """Practise with the key of the program again (or without one)."""
    only_staff(study)
    _set_fact(study, f"{KEY_FACT}{instrument_id}", "")


def key_from_attempt(study: Study, practice: Study, unit_id: str, words: str) -> Key:
    """Make the key of a form of an attempt that somebody of the staff filled in as it should be, and keep it.

    Raises:
        Refused: not staff; the attempt is not completed; no words of the firm.
    """
    from kume_desktop.services import interviewing
    from kume_desktop.store import reading

    only_staff(study)
    done = [one for one in reading.interviews(practice.database, unit_id=unit_id) if one.state == "completed"]
    if not done:
        raise Refused(problem("practice.not-completed"))
    says = (Saying(practice_keys.EVERYWHERE, words.strip(), ""),)
    key = practice_keys.of_interview(interviewing.restore(practice, done[-1]), says)
    save_key(study, key)
    return key


def make(study: Study) -> Path:
    """Make the practice file of a study, or bring its questionnaires and keys up to date; returns where it lies.

    Raises:
        Refused: the study has no questionnaire, or the profile cannot be written.
    """
    if not study.instruments():
        raise Refused(problem("practice.nothing-to-practise"))
    path = file_of(study)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = _opened(study, path) if path.exists() else _create(study, path)
    with made:
        bring_up(study, made)
    return path


def _create(study: Study, path: Path) -> Study:
    from kume_desktop.services import recent

    name = f"ALIŞTIRMA – {study.record.name}"
    made = create_study(
        path, name, study.facts(), _OPENS, study.person, [AREA], demonstration=True, instruments=(),
        role=people.INTERVIEWER,
    )  # fmt: skip
    recent.forget(path.resolve())
    _set_fact(made, PRACTICE_FACT, study.record.study_id)
    made.practice_of = study.record.study_id
    return made


def bring_up(study: Study, made: Study) -> None:
    """Install what the study has and the practice has not; take its keys, pass mark and reference year over."""
    from kume_desktop.store import reading, writing

    known = {one.version_id for one in made.all_instruments()}
    wanted = [one for one in study.instruments() if one.version_id not in known]
    names = [PASS_MARK_FACT, *(f"{KEY_FACT}{one.instrument_id}" for one in study.instruments())]
    theirs, ours = _facts(study), _facts(made)
    with made.act() as act:
        for one in wanted:
            content = reading.instrument_content(study.database, one.version_id)
            writing.install_instrument(
                act,
                writing.VersionInstalled(
                    one.instrument_id, one.version, one.title_tr, one.title_en, one.content_hash, one.file_hash,
                    content.workbook, content.source,
                ),
            )  # fmt: skip
    for name in names:
        if theirs.get(name, "") != ours.get(name, ""):
            _set_fact(made, name, theirs.get(name, ""))
    if study.facts() != made.facts():
        made.save_facts(study.facts())


def open_practice(study: Study) -> Study:
    """Open the practice file of a study, as the person who has the study open, and as an interviewer.

    Raises:
        Refused: there is none yet (`make` makes it), or it cannot be read.
    """
    opened = _opened(study, file_of(study))
    for version in opened.all_instruments():
        study.lend_form(version.version_id, opened)
    return opened


def _opened(study: Study, path: Path) -> Study:
    from kume_desktop.store import keyfile
    from kume_desktop.store.engine import open_database

    key = keyfile.unlock(path, _OPENS)
    opened = Study(path, open_database(path, key), study.person, key, people.INTERVIEWER)
    opened.practice_of = _study_id(study)
    return opened


def forms(practice: Study) -> tuple[Form, ...]:
    """The questionnaires that can be practised, with the attempt that this person left open."""
    found = []
    for one in practice.instruments():
        key = key_of(practice, one.instrument_id)
        open_ones = [
            each for each in _own(practice) if each.instrument_id == one.instrument_id and each.state == "open"
        ]
        found.append(
            Form(
                one.instrument_id, one.title_tr, one.title_en, len(key.answers) if key else 0,
                key.is_of_staff if key else False, open_ones[-1].unit_id if open_ones else "",
            )
        )  # fmt: skip
    return tuple(found)


def begin(practice: Study, instrument_id: str) -> str:
    """The made-up firm to interview: that of the attempt that was left open, or a new one. Returns its unit id."""
    from kume_desktop.store import reading, writing

    begun = next((one.begun for one in forms(practice) if one.instrument_id == instrument_id), "")
    if begun:
        return begun
    number = len(reading.units(practice.database)) + 1
    attributes = {
        "code": f"A{number:04d}", "name": FIRM, "area": AREA.code, "district": DISTRICT, "nace": AREA.nace,
        "nace_revision": AREA.nace_revision, "size_class": "", "tax_number": "",
    }  # fmt: skip
    with practice.act() as act:
        unit_id = writing.add_unit(act, attributes)
        writing.assign(act, practice.wave.wave_id, unit_id, practice.person)
    return unit_id


def says(practice: Study, instrument_id: str, language: str) -> tuple[tuple[str, str], ...]:
    """What the firm says: (name of the section's group, words); without a key, that there are no words."""
    key = key_of(practice, instrument_id)
    year = practice.facts().reference_year
    return tuple((one.section, one.text(language, year)) for one in key.says) if key is not None else ()


def attempts(practice: Study) -> tuple[Attempt, ...]:
    """Every finished attempt of everybody, the newest first; those that are not marked yet are marked now."""
    from kume_desktop.store import reading

    found = []
    for record in reading.interviews(practice.database):
        if record.state == "completed":
            kept = reading.facts(practice.database, record.interview_id).get(RESULT_FACT, "")
            found.append(_read(json.loads(kept)) if kept else _mark(practice, record))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _mark(practice: Study, record: InterviewRecord) -> Attempt:
    from kume_desktop.services import interviewing
    from kume_desktop.store.events import EventKind, SubjectKind

    interview = interviewing.restore(practice, record)
    key = key_of(practice, record.instrument_id)
    marked = practice_keys.mark(interview, key) if key is not None else ()
    titles = next(one for one in practice.all_instruments() if one.version_id == record.version_id)
    attempt = Attempt(
        record.unit_id, record.instrument_id, titles.title_tr, titles.title_en, record.interviewer,
        record.completed_at or record.opened_at, sum(one.is_right for one in marked), len(marked),
        pass_mark(practice), _minutes(practice, record, interview), marked,
    )  # fmt: skip
    told = json.dumps(asdict(attempt) | {"at": attempt.at.isoformat()}, ensure_ascii=False)
    with practice.act() as act:
        act.append(EventKind.FACT, SubjectKind.INTERVIEW, record.interview_id, RESULT_FACT, told)
    return attempt


def _minutes(practice: Study, record: InterviewRecord, interview: Interview) -> float | None:
    """The time at the keys; the questions of other versions are no part of it."""
    from kume_desktop.store import traces

    found = traces.traces(practice.database, practice.wave.wave_id).get(record.interview_id, ())
    taken = [spell[2] for each in found for spell in each.spells if spell[0] in interview.tree.spots]
    return sum(taken) / 60_000 if taken else None


def _read(told: Mapping[str, Any]) -> Attempt:
    marked = tuple(Marked(**one) for one in told["marked"])
    return Attempt(**{**told, "at": datetime.fromisoformat(told["at"]), "marked": marked})


def overview(study: Study) -> tuple[Attempt, ...]:
    """The attempts of this study's people on this computer, whether one practises just now or not."""
    if study.practice_of:
        return attempts(study)
    if not file_of(study).exists():
        return ()
    with open_practice(study) as practice:
        return attempts(practice)


def _own(practice: Study) -> Iterator[InterviewRecord]:
    from kume_desktop.store import reading

    return (one for one in reading.interviews(practice.database) if one.interviewer == practice.person)


def _facts(study: Study) -> Mapping[str, str]:
    from kume_desktop.store import reading

    return reading.facts(study.database, study.record.study_id)


def _set_fact(study: Study, name: str, value: str) -> None:
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    with study.act() as act:
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, name, value)


def _overview(study: Study, _asked: Asked) -> dict[str, Any]:
    return {"attempts": [asdict(one) | {"at": one.at.isoformat()} for one in overview(study)]}


def overview_of(answer: Asked) -> tuple[Attempt, ...]:
    """Read the answer to `OVERVIEW`."""
    return tuple(_read(one) for one in answer["attempts"])


VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {OVERVIEW: _overview}
