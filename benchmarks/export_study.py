"""A study to export: so many firms, each interviewed with both forms of the program, of 113 answers on average.

The first few firms answer through the form engine; what it kept of them, calculated values and relevance included, is
then said again of all the others by laptops' streams, so that the file is what a year of fieldwork leaves behind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from benchmarks.field_study import AREAS, DISTRICTS, PASSPHRASE, PERSON, SIZES

if TYPE_CHECKING:
    from kume_desktop.services.demonstration.plan import PlannedFirm
    from kume_desktop.services.studies import Study
    from kume_desktop.store.log import Event

FIRMS, ENGINE, LAPTOPS = 10_000, 24, 50
SEED = 2013
INTERVIEWER = "Ali"
_STATE = "path, relevant, value, problem"
_SUMMARY = "answered, asked, warnings, errors, last_question, last_section, instrument_hash, engine_version, at"
Said = Sequence[tuple[str, str, str | None]]
"""Kind, path and value of the events of one interview."""


def make(folder: Path, firms: int = FIRMS) -> tuple[Study, int]:
    """The study, open and with its results kept, and how many answers it holds."""
    from kume_desktop.services import results, studies
    from kume_desktop.services.views import Area, StudyFacts

    facts = StudyFacts("Ajans", 2025, "6698", "ajans", "iki yıl", "kvkk@ajans.example")
    areas = [Area(f"alan{k:02d}", f"Faaliyet alanı {k + 1}", f"Activity area {k + 1}", "28", "2", 2000)
             for k in range(AREAS)]  # fmt: skip
    study = studies.create_study(
        folder / "aktarma.kume", f"{firms} firma", facts, PASSPHRASE, PERSON, areas, demonstration=True
    )
    units = _units(study, firms)
    few = min(ENGINE, firms)
    _through_engine(study, units[:few])
    _again(study, units[few:])
    results.compute(study)
    return study, _answers(study)


def _units(study: Study, firms: int) -> list[str]:
    from kume_desktop.store import writing

    chance = random.Random(SEED)
    with study.act() as act:
        return [
            writing.add_unit(
                act,
                {
                    "code": f"F{n + 1:05d}",
                    "name": f"Gösterim Firması {n + 1}",
                    "area": f"alan{n % AREAS:02d}",
                    "district": chance.choice(DISTRICTS),
                    "nace": f"{chance.randrange(10, 33)}.{chance.randrange(10, 99)}",
                    "nace_revision": "2",
                    "size_class": chance.choice(SIZES),
                },
                natural_person=False,
            )
            for n in range(firms)
        ]


def _planned(count: int) -> list[PlannedFirm]:
    from kume_desktop.services.demonstration import parameters, plan

    found = [firm for firm in plan.plan(parameters.load()) if firm.outcome == "completed" and not firm.conflict]
    return random.Random(SEED).sample(found, count)


def _through_engine(study: Study, units: Sequence[str]) -> None:
    from kume_desktop.services.demonstration import facts, filling
    from kume_desktop.services.demonstration.create import CLUSTERING, NEEDS

    chance = random.Random(SEED)
    for unit_id, firm in zip(units, _planned(len(units)), strict=True):
        given = facts.identity(firm, chance)
        for form, told in ((NEEDS, facts.needs(firm, chance)), (CLUSTERING, facts.clustering(firm, chance))):
            filling.fill(study, unit_id, form, INTERVIEWER, given | told, firm.at, firm.minutes)


def _again(study: Study, units: Sequence[str]) -> None:
    """Each laptop's interviews in one transaction, then what the engine would have kept of them."""
    from kume_desktop.store import reading

    kept = reading.interviews(study.database, wave_id=study.wave.wave_id)
    by_unit: dict[str, list[tuple[str, str, Said]]] = {}
    for one in kept:
        said = [
            (str(rows[0].kind), path, rows[0].value)
            for path, rows in reading.heads(study.database, one.interview_id).items()
            if path and not path.startswith("demonstration")
        ]
        by_unit.setdefault(one.unit_id, []).append((one.interview_id, one.version_id, said))
    patterns = list(by_unit.values())
    for laptop in range(LAPTOPS):
        copies: dict[str, str] = {}
        wanted = list(enumerate(units))[laptop::LAPTOPS]
        lines = [event.line for event in _stream(study, wanted, patterns, copies)]
        study.database.import_events(lines)
        _keep_state(study, copies)


def _stream(
    study: Study,
    wanted: Sequence[tuple[int, str]],
    patterns: Sequence[Sequence[tuple[str, str, Said]]],
    copies: dict[str, str],
) -> Iterator[Event]:
    """What one laptop wrote; `copies`: interview -> the one that it repeats."""
    from kume_desktop.store import device
    from kume_desktop.store.log import StreamWriter, Told, Value

    writer, now = StreamWriter(uuid4()), datetime.now(UTC)
    for told in device.opening(device.Device(str(uuid4()), "laptop"), writer.stream, INTERVIEWER, "interviewer", now):
        yield writer.write(told)
    for number, unit_id in wanted:
        for pattern, version, said in patterns[number % len(patterns)]:
            interview, form = uuid4(), UUID(version)
            copies[str(interview)] = pattern
            opened: Mapping[str, str] = {
                "unit": unit_id, "wave": study.wave.wave_id, "instrument_version": version, "interviewer": INTERVIEWER,
            }  # fmt: skip
            events: list[tuple[str, str, Value]] = [("interview_opened", "", dict(opened)), *said]
            for kind, path, value in events:
                told = Told(kind, "interview", interview, path, value, INTERVIEWER, "interviewer", now, (), form)
                yield writer.write(told)


def _keep_state(study: Study, copies: Mapping[str, str]) -> None:
    with study.database.transaction() as (ledger, _projector):
        for interview, pattern in copies.items():
            own, other = (ledger.subject_no("interview", UUID(one)) for one in (interview, pattern))
            for table, kept in (("state", _STATE), ("interview_state", _SUMMARY)):
                copy = f"INSERT INTO {table} (subject, {kept}) SELECT ?, {kept} FROM {table} WHERE subject = ?"  # noqa: S608
                ledger.run(copy, (own, other))


def _answers(study: Study) -> int:
    from kume_desktop.store import frames

    forms = [one.instrument_id for one in study.instruments()]
    return sum(1 for form in forms for _ in frames.answer_rows(study.database, study.wave.wave_id, form))
