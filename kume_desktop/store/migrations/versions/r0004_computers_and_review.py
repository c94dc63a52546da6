"""Computers say whose they are and whether they are trusted; interviews, how their review stands and which counts."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, MetaData, Table, Text

from kume_desktop.store import tables
from kume_desktop.store.tables import Code, Moment, Uuid

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CODES = {"device": ("role", "state"), "interview": ("review", "review_reason")}
_TEXTS = {"device": ("person", "compared_by"), "interview": ("reviewed_by",)}
_MOMENTS = {"device": "revoked_at", "interview": "reviewed_at"}

_then = MetaData(naming_convention=tables.metadata.naming_convention)

interview_choice = Table(
    "interview_choice",
    _then,
    Column("unit", Uuid, primary_key=True),
    Column("wave", Uuid, primary_key=True),
    Column("instrument", Code, primary_key=True),
    Column("interview", Uuid),
    Column("state", Code, nullable=False, server_default=""),
    sqlite_strict=True,
)


def upgrade() -> None:
    for kind, named in ((Code, _CODES), (Text, _TEXTS)):
        for table, names in named.items():
            for name in names:
                op.add_column(table, Column(name, kind, nullable=False, server_default=""))
    for table, name in _MOMENTS.items():
        op.add_column(table, Column(name, Moment))
    _then.create_all(op.get_bind())
