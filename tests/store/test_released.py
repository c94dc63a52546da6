"""Every file that a released program wrote opens in this one, with all that it held."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.store import connecting, engine, reading, rebuild, tables, tombstones
from tests.store import released
from tests.store.test_first_schema import columns, indexes

REVISIONS = range(1, tables.SCHEMA_NUMBER + 1)


def test_that_there_is_a_file_of_every_revision():
    assert released.revisions() == list(REVISIONS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_that_a_released_file_has_the_schema_that_its_revision_is_rebuilt_with(revision: int, tmp_path: Path):
    path, key = released.copied(revision, tmp_path)
    connection = connecting.connect_file(path, key)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == revision
    connection.close()
    engine.open_database(path, key).close()
    migrated, whole = connecting.file_engine(path, key), connecting.file_engine(tmp_path / "whole.kume", key)
    tables.metadata.create_all(whole)
    assert columns(migrated) == columns(whole)
    assert indexes(migrated) == indexes(whole)
    migrated.dispose()
    whole.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_that_a_released_file_tells_all_that_was_told_to_it(revision: int, tmp_path: Path):
    database = engine.open_database(*released.copied(revision, tmp_path))
    try:
        told = set(reading.lines(database))
        assert len(told) == 39
        assert rebuild.verify(database) == ()
        (interview,) = reading.interviews(database)
        answers = reading.answers(database, interview.interview_id)
        assert answers == {
            **{f"/data/g/soru{number}": f"yanıt {number}" for number in range(1, 20)},
            "/data/g/soru0": "değişti",
            "/data/g/ad": "Elif Yılmaz",
        }
        assert reading.comments(database, interview.interview_id) == {"/data/g/soru1": "kapıda konuşuldu"}
        assert [one.text for one in reading.drafts(database, interview.interview_id)] == ["yarım"]
        assert [(one.outcome, one.note) for one in reading.visits(database)] == [("10", "kapalıydı")]
        assert [(one.level, one.reason) for one in reading.ratings(database)] == [(4, "iyi")]
        assert {(one.code, one.name, one.erased) for one in reading.units(database)} == {
            ("F1", "Zümrüt", False), ("F2", "Çınar", False), ("F3", "Iğdır", True),
        }  # fmt: skip
        assert [one.reason for one in tombstones.of_database(database)] == ["request"]
        rebuild.rebuild(database)
        assert reading.answers(database, interview.interview_id) == answers
        assert set(reading.lines(database)) == told
    finally:
        database.close()
