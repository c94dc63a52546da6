"""Ratings say what they rest on, what they settle and what is still open; a rater's sheet of a target is a row."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, MetaData, Table, Text

from kume_desktop.store import tables
from kume_desktop.store.tables import Code, Json, Moment, Uuid

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CODES = ("evidence_kind", "seen", "missing", "draft", "rubric_version", "facts_hash", "held_on")

_then = MetaData(naming_convention=tables.metadata.naming_convention)

rating_sheet = Table(
    "rating_sheet",
    _then,
    Column("id", Uuid, primary_key=True),
    Column("wave", Uuid),
    Column("target_kind", Code, nullable=False, server_default=""),
    Column("target", Uuid, index=True),
    Column("rater", Text, nullable=False, server_default=""),
    Column("round", Integer, nullable=False),
    Column("state", Code, nullable=False, server_default=""),
    Column("at", Moment),
    sqlite_strict=True,
)


def upgrade() -> None:
    for name in _CODES:
        op.add_column("rating", Column(name, Code, nullable=False, server_default=""))
    op.add_column("rating", Column("settles", Json))
    op.execute("UPDATE rating SET settles = '[]'")
    op.add_column("rating", Column("members", Text, nullable=False, server_default=""))
    _then.create_all(op.get_bind())
