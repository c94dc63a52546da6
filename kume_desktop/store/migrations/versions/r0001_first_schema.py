"""The first schema, whole: the tables of today, but for what later revisions added to them."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

from kume_desktop.store import tables
from kume_desktop.store.tables import Code, Flag, Json, Moment, Uuid

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LATER = ("rating", "rating_sheet", "assignment", "visit", "device", "interview", "interview_choice")
"""Tables that were changed or added later: those that this revision knew are written out here as they were."""

_then = MetaData(naming_convention=tables.metadata.naming_convention)

rating = Table(
    "rating",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("wave", Uuid),
    Column("target_kind", Code, nullable=False, server_default=""),
    Column("target", Uuid, index=True),
    Column("indicator", Code, nullable=False, server_default=""),
    Column("rater", Text, nullable=False, server_default=""),
    Column("round", Integer, nullable=False),
    Column("scale", Code, nullable=False, server_default=""),
    Column("level", Integer),
    Column("basis", Code, nullable=False, server_default=""),
    Column("suggestion", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    Column("evidence", Json),
    Column("contested", Flag, nullable=False),
    Column("at", Moment),
    sqlite_strict=True,
)
assignment = Table(
    "assignment",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("wave", Uuid),
    Column("unit", Uuid, index=True),
    Column("interviewer", Text, nullable=False, server_default=""),
    sqlite_strict=True,
)
visit = Table(
    "visit",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("unit", Uuid, index=True),
    Column("wave", Uuid),
    Column("at", Moment),
    Column("outcome", Code, nullable=False, server_default=""),
    Column("next_at", Moment),
    Column("note", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    sqlite_strict=True,
)
device = Table(
    "device",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("signing_key", LargeBinary),
    Column("encryption_key", LargeBinary),
    Column("enrolled_at", Moment),
    sqlite_strict=True,
)
interview = Table(
    "interview",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("unit", Uuid, index=True),
    Column("wave", Uuid),
    Column("instrument_version", Uuid),
    Column("interviewer", Text, nullable=False, server_default=""),
    Column("opened_at", Moment),
    Column("state", Code, nullable=False, server_default="open"),
    Column("completed_at", Moment),
    Column("counts", Flag, nullable=False),
    sqlite_strict=True,
)


def upgrade() -> None:
    bind = op.get_bind()
    tables.metadata.create_all(bind, [each for each in tables.metadata.sorted_tables if each.name not in LATER])
    _then.create_all(bind)
