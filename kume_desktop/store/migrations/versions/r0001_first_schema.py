"""The first schema, whole."""

from __future__ import annotations

from alembic import op

from kume_desktop.store import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind())
