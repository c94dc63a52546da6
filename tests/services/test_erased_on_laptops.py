"""R24 and R26: a person whom three laptops wrote of stays erased, and whoever touches the log is found out."""

from __future__ import annotations

import hashlib
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kume_desktop.services import exports, reporting, studies, submissions
from kume_desktop.services.personal_data import erasing
from kume_desktop.services.studies import Study
from kume_desktop.store import access, engine, keyfile, reading, rebuild, writing
from kume_desktop.store.access import Fault
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.subject_keys import SubjectKey
from tests.services.test_personal_data import (
    CANARIES,
    MAIL,
    NAME,
    PHONE,
    _as_study,
    dumped,
    in_bytes,
    interview_of,
    needs_of,
    tell,
    unit_of,
)
from tests.studies import PASSPHRASE, copied

LAPTOPS, ORDERS, LONG_ORDERS, MUTATIONS = 3, 50, 500, 200
Package = tuple[list[str], tuple[SubjectKey, ...]]


@pytest.fixture
def told(empty_template: Path, tmp_path: Path) -> Iterator[Study]:
    """An agency's study in which a person is named, and another firm that was interviewed."""
    with studies.open_study(copied(empty_template, tmp_path), PASSPHRASE) as study:
        tell(study)
        yield study


def laptop(study: Study, place: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> list[Package]:
    """What a laptop that knows the study writes about the person, in two packages."""
    monkeypatch.setenv("KUME_PROFILE", str(place / f"profile{number}"))
    database = engine.create_database(place / f"laptop{number}.kume", study.key)
    unit, interview = unit_of(study), interview_of(study)
    path = next(p for p in reading.answers(study.database, interview) if p.endswith("yan_ad"))
    packages: list[Package] = []
    try:
        database.import_events(reading.lines(study.database), study.database.subject_keys())
        known = set(reading.lines(database))
        for round_ in range(2):
            with database.act(f"Can{number}", "interviewer") as act:
                writing.set_fact(act, SubjectKind.UNIT, unit, "contact", f"{NAME} {number}.{round_}")
                writing.record_visit(act, study.wave.wave_id, unit, "10", note=f"{NAME}, {PHONE}")
                act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, path, f"{NAME} {number}", personal=True)
                act.append(EventKind.COMMENT, SubjectKind.INTERVIEW, interview, path, f"{MAIL} {number}")
                act.save_draft(interview, path, NAME)
            lines = [line for line in reading.lines(database) if line not in known]
            packages.append((lines, database.subject_keys()))
            known |= set(lines)
    finally:
        database.close()
        monkeypatch.undo()
    return packages


def erased_and_imported_again(told: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orders: int) -> None:
    first: Package = ([*reading.lines(told.database)], told.database.subject_keys())
    packages = [first, *(each for number in range(LAPTOPS) for each in laptop(told, tmp_path, number, monkeypatch))]
    for lines, keys in packages[1:]:
        told.database.import_events(lines, keys)
    assert len(reading.conflicts(told.database)) >= 1
    needs, counted = needs_of(told), reading.counts(told.database)
    erasing.erase(told, unit_of(told), "request")
    known = {line for lines, _keys in packages for line in lines}
    packages.append(([line for line in reading.lines(told.database) if line not in known], ()))
    for seed in range(orders):
        drawn = random.Random(seed)
        other = engine.create_database(tmp_path / f"order{seed}.kume", told.key)
        try:
            for lines, keys in drawn.sample(packages, len(packages)):
                for database in (other, told.database):
                    database.import_events(drawn.sample(lines, len(lines)), keys)
        finally:
            other.close()
        compacted = _as_study(told, tmp_path / f"order{seed}.kume")
        erasing.compact(compacted)
        assert (in_bytes(compacted), dumped(compacted)) == ([], []), seed
        compacted.path.unlink()
    erasing.compact(told)
    assert (in_bytes(told), dumped(told)) == ([], [])
    assert (needs_of(told), reading.counts(told.database).visits) == (needs, counted.visits)


@pytest.mark.change
def test_that_a_person_of_three_laptops_stays_erased_whatever_comes_again(
    told: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Callable[[str], None]
):
    erased_and_imported_again(told, tmp_path, monkeypatch, ORDERS)
    out = tmp_path / "out"
    exports.export_csv(told, out / "csv", "tr", reason="R24", personal=True)
    submissions.export(told, out / "xml", reason="R24", personal=True)
    reporting.write_report(told, out / "r.xlsx", "tr", reason="R24", personal=True)
    assert leaking(out, CANARIES) == []
    counted(f"R24 erasure: {LAPTOPS} laptops, {ORDERS} orders of {1 + 2 * LAPTOPS} packages, 0 strings of the person")


@pytest.mark.long
def test_that_a_person_stays_erased_in_many_more_orders(
    told: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Callable[[str], None]
):
    erased_and_imported_again(told, tmp_path, monkeypatch, LONG_ORDERS)
    counted(f"R24 erasure: {LAPTOPS} laptops, {LONG_ORDERS} orders, 0 strings of the person")


def leaking(folder: Path, wanted: Sequence[str]) -> list[str]:
    """The texts that stand in a file below a folder, workbooks opened."""
    found = []
    for file in (each for each in folder.rglob("*") if each.is_file()):
        parts = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as book:
                parts += [book.read(name) for name in book.namelist()]
        found += [f"{file.name}: {one}" for one in wanted if any(one.encode() in part for part in parts)]
    return found


# --- the log: every line that was touched is named ---


def test_that_two_hundred_changes_of_the_log_are_each_named_by_their_first_bad_line(
    told: Study, counted: Callable[[str], None]
):
    drawn, found = random.Random(26), {"edit": 0, "forge": 0, "delete": 0, "swap": 0, "replace": 0}
    raw = connect_file(told.path, told.key)
    try:
        raw.execute("PRAGMA foreign_keys = OFF")
        longest = "(SELECT stream FROM event GROUP BY stream ORDER BY count(*) DESC LIMIT 1)"
        rows = raw.execute(
            f"SELECT no, seq, line, hash, id FROM event WHERE stream = {longest} ORDER BY seq"
        ).fetchall()
        for number in range(MUTATIONS):
            how = list(found)[number % len(found)]
            seq, faults, undo = mutate(raw, rows, how, drawn)
            (bad,) = access.first_bad(told.database)
            assert (bad.seq, bad.fault in faults) == (seq, True), (how, bad)
            is_told = any(one.is_error or one.code == "study.stream-gap" for one in rebuild.verify(told.database))
            assert is_told, how
            undo()
            found[how] += 1
        assert access.first_bad(told.database) == ()
        assert rebuild.verify(told.database) == ()
    finally:
        raw.close()
    assert set(found.values()) == {MUTATIONS // len(found)}
    counted(f"R26 access log: {MUTATIONS} changes of {len(found)} kinds, each named by its first bad line")


def mutate(
    raw: Any, rows: Sequence[tuple[int, int, str, bytes, bytes]], how: str, drawn: random.Random
) -> tuple[int, set[Fault], Callable[[], None]]:
    """Change the log as somebody with the key could: the first bad number, what is wrong with it, and the way back."""
    run = raw.execute
    at = drawn.randrange(1, len(rows) - 3)
    no, seq, line, digest, identity = rows[at]
    write = "UPDATE event SET line = ?, hash = ?, id = ? WHERE no = ?"

    def back(*touched: int) -> Callable[[], None]:
        def undo() -> None:
            for place in touched:
                one = rows[place]
                run(write, (b"".hex(), one[3], hashlib.sha256(str(place).encode()).digest()[:16], one[0]))
            for place in touched:
                one = rows[place]
                run(write, (one[2], one[3], one[4], one[0]))

        return undo

    match how:
        case "edit" | "forge":
            other = line.replace('"author":"Elif"', '"author":"Elia"')
            assert other != line
            run(write, (other, hashlib.sha256(other.encode()).digest() if how == "forge" else digest, identity, no))
            return seq, {Fault.ALTERED}, back(at)
        case "delete":
            whole = run("SELECT * FROM event WHERE no = ?", (no,)).fetchone()
            run("DELETE FROM event WHERE no = ?", (no,))
            marks = ", ".join("?" * len(whole))
            return seq, {Fault.MISSING}, lambda: run(f"INSERT INTO event VALUES ({marks})", whole)
        case _:
            later = drawn.randrange(at + 1, len(rows))
            other_row = rows[later]
            if how == "replace":
                run(write, (other_row[2], other_row[3], identity, no))
                return seq, {Fault.MOVED}, back(at)
            run(write, ("", b"", b"\0" * 16, other_row[0]))
            run(write, (other_row[2], other_row[3], other_row[4], no))
            run(write, (line, digest, identity, other_row[0]))
            return seq, {Fault.MOVED}, back(at, later)


def test_that_a_whole_row_in_the_place_of_another_is_no_log_that_holds(told: Study):
    key = keyfile.unlock(told.path, PASSPHRASE)
    raw = connect_file(told.path, key)
    try:
        longest = "(SELECT stream FROM event GROUP BY stream ORDER BY count(*) DESC LIMIT 1)"
        (one, other) = raw.execute(
            f"SELECT no, line, hash FROM event WHERE stream = {longest} ORDER BY seq LIMIT 2 OFFSET 5"
        ).fetchall()
        for no, line, digest in ((one[0], *other[1:]), (other[0], *one[1:])):
            raw.execute("UPDATE event SET line = ?, hash = ? WHERE no = ?", (line, digest, no))
    finally:
        raw.close()
    assert "study.event-altered" in {one.code for one in rebuild.verify(told.database)}


def test_that_what_was_typed_goes_with_an_interview_that_never_had_a_key(study: Study, tmp_path: Path):
    unit = next(unit.unit_id for unit in reading.units(study.database) if not unit.natural_person)
    with study.act() as act:
        version = study.instruments()[0].version_id
        interview = writing.open_interview(act, study.wave.wave_id, unit, version, "Elif")
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/g/n", "20", version)
        act.save_draft(interview, "/data/g/ad", NAME)
        act.save_state(interview, [reading.records.StateRow("/data/g/n", relevant=True, value=f"{NAME} 20")])
    other = engine.create_database(tmp_path / "agency.kume", study.key)
    try:
        other.import_events(reading.lines(study.database), study.database.subject_keys())
        with other.act("Dilek", "staff") as act:
            act.erase(SubjectKind.UNIT, unit, "request")
        study.database.import_events(reading.lines(other))
    finally:
        other.close()
    assert reading.drafts(study.database, interview) == ()
    assert all(row.value is None for row in reading.state_of(study.database, interview).values())
    assert reading.answers(study.database, interview)["/data/g/n"] == "20"
    erasing.compact(study)
    assert dumped(study, (NAME,)) == []


def test_that_planning_a_visit_leaves_what_was_computed(study: Study):
    from kume_desktop.services import knowledge
    from kume_desktop.store import news

    before = news.newest(study.database)
    with study.act() as act:
        unit = reading.units(study.database)[0].unit_id
        writing.plan_visit(act, study.wave.wave_id, unit, "2026-12-01", "am")
        writing.ask_conversion(act, study.wave.wave_id, unit, "Can")
    assert knowledge.is_untouched(study, before)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.UNIT, unit, "area", "lojistik")
    assert not knowledge.is_untouched(study, before)
