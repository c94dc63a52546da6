"""Runs the migrations on the connection that `upgrade` hands over; its transaction is theirs."""

from __future__ import annotations

from alembic import context

from kume_desktop.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    transaction_per_migration=False,
    transactional_ddl=False,
)
context.run_migrations()
