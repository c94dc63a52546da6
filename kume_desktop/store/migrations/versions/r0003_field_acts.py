"""Visits say how and whether they hold; a firm in a wave can be closed, planned and given to convert a refusal."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

from kume_desktop.store.tables import Code, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CODES = {"visit": ("mode", "refusal", "state"), "assignment": ("closed", "plan_day", "plan_slot")}
_TEXTS = ("closed_by", "conversion")


def upgrade() -> None:
    for table, names in _CODES.items():
        for name in names:
            op.add_column(table, Column(name, Code, nullable=False, server_default=""))
    for name in _TEXTS:
        op.add_column("assignment", Column(name, Text, nullable=False, server_default=""))
    op.add_column("assignment", Column("closed_at", Moment))
