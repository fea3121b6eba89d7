"""What a working day asks for: visits with room and time, and how they were paid."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BESIDE: dict[str, list[str]] = {}
"""The new kinds of record that belong to the activity of a kind that is there already."""


def upgrade() -> None:
    """Make the new tables, add the new columns, and say to which activity the new kinds belong."""
    _add_columns()
    _fill()


def _add_columns() -> None:
    _add(
        "booking",
        ("first_name", sa.Text(), ""),
        ("guests", sa.JSON(), "[]"),
        ("minutes", sa.Integer(), None),
        ("practitioner", sa.Text(), ""),
        ("room", sa.Text(), ""),
        ("series_ref", sa.Text(), None),
        ("paid_by", sa.String(9), None),
    )
    with op.batch_alter_table("booking") as batch:
        batch.create_index(op.f("ix_booking_series_ref"), ["series_ref"], unique=False)
    _add(
        "organisation",
        ("rooms", sa.JSON(), "[]"),
        ("quiet_words", sa.JSON(), "[]"),
        ("accounts", sa.JSON(), "{}"),
    )


def _add(table: str, *columns: tuple[str, Any, str | None]) -> None:
    """Add columns, each with what the rows that are there get; without it a row may be empty."""
    with op.batch_alter_table(table) as batch:
        for name, kind, given in columns:
            batch.add_column(sa.Column(name, kind, nullable=given is None, server_default=given))
    with op.batch_alter_table(table) as batch:
        for name, kind, given in columns:
            if given is not None:
                batch.alter_column(
                    name, existing_type=kind, existing_nullable=False, server_default=None
                )


def _fill() -> None:
    """Let the new kinds belong to an activity."""
    connection = op.get_bind()
    for number, kinds in connection.exec_driver_sql(
        "SELECT id, kinds FROM processing_activity"
    ).all():
        known = json.loads(kinds)
        new = [one for kind in known for one in _BESIDE.get(kind, ())]
        connection.exec_driver_sql(
            "UPDATE processing_activity SET kinds = ? WHERE id = ?",
            (json.dumps(known + new), number),
        )
