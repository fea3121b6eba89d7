"""What a working day asks for: visits with room and time, signatures, guardians of children."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BESIDE: dict[str, list[str]] = {
    "Booking": ["GiftCard"],
    "ContactDetail": ["Guardian", "ToldApart"],
}
"""The new kinds of record that belong to the activity of a kind that is there already."""

_OTHERS_THAN_CUSTOMERS = ["ContactDetail", "IdentityNumber", "WorkingNote", "Attachment"]
_WHERE_PEOPLE_ARE_SHOWN = ["Media", "Appearance"]
_OF_ROW = {
    "photos": _WHERE_PEOPLE_ARE_SHOWN,
    "testimonials": _WHERE_PEOPLE_ARE_SHOWN,
    "clients": ["GiftCard"],
    "enquiries": ["Call"],
    "suppliers": _OTHERS_THAN_CUSTOMERS,
    "employment": _OTHERS_THAN_CUSTOMERS,
}
"""And those that belong to a row of the template by its key."""

_FIELDS_OF_ROW = {
    "suppliers": ["phone", "email", "address", "company", "language", "notes", "files"],
    "employment": ["phone", "email", "address", "other_contact", "language", "notes", "files"],
}


def upgrade() -> None:
    """Make the new tables, add the new columns, and say to which activity the new kinds belong."""
    _make_the_tables_of_media()
    _make_the_table_of_guardians()
    _make_the_table_of_calls()
    _make_the_table_of_gift_cards()
    _make_the_table_of_namesakes()
    _make_the_tables_of_newsletters()
    _add_columns()
    _add_imports()
    _fill()


def _make_the_tables_of_media() -> None:
    op.create_table(
        "media",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("preview", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("origin_link", sa.Text(), nullable=False),
        sa.Column("publications", sa.JSON(), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        *_of_record("media"),
    )
    op.create_table(
        "appearance",
        sa.Column("media_ref", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        *_of_record("appearance"),
    )
    _index("media", "activity_id", "subject_id", "shown")
    _index("appearance", "activity_id", "subject_id", "media_ref")


def _make_the_table_of_guardians() -> None:
    op.create_table(
        "guardian",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kinship", sa.String(9), nullable=False),
        sa.Column("of_age_on", sa.Date(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("guardian_ref", sa.Text(), nullable=True),
        sa.Column("asked_too_on", sa.Date(), nullable=True),
        *_of_record("guardian"),
    )
    _index("guardian", "activity_id", "guardian_ref", "subject_id")


def _make_the_table_of_calls() -> None:
    op.create_table(
        "call",
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(9), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("normal", sa.Text(), nullable=False),
        sa.Column("called_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("booking_ref", sa.Text(), nullable=True),
        *_of_record("call"),
    )
    _index("call", "activity_id", "booking_ref", "called_on", "normal", "subject_id")


def _make_the_table_of_gift_cards() -> None:
    op.create_table(
        "gift_card",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        *_of_record("gift_card"),
        sa.UniqueConstraint("number", name=op.f("uq_gift_card_number")),
    )
    _index("gift_card", "activity_id", "subject_id")


def _of_record(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return what every table of records about people has."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f(f"fk_{table}_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f(f"fk_{table}_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{table}_ref")),
    )


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.create_index(op.f(f"ix_{table}_{column}"), [column], unique=False)


def _make_the_table_of_namesakes() -> None:
    op.create_table(
        "told_apart", sa.Column("pair", sa.Text(), nullable=False), *_of_record("told_apart")
    )
    _index("told_apart", "activity_id", "pair", "subject_id")


def _make_the_tables_of_newsletters() -> None:
    op.create_table(
        "list_handover",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("tool", sa.String(10), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("up_to", sa.Integer(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_handover")),
        sa.UniqueConstraint("ref", name=op.f("uq_list_handover_ref")),
    )
    op.create_table(
        "existing_customer",
        sa.Column("bought", sa.Text(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("opted_out_on", sa.Date(), nullable=True),
        *_of_record("existing_customer"),
    )
    _index("existing_customer", "activity_id", "subject_id")


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
    _add("data_subject", ("former_refs", sa.JSON(), "[]"))
    _add("erasure_case", ("cards", sa.JSON(), "[]"))
    _add("register_state", ("last_gift_card_number", sa.Integer(), "0"))
    _add(
        "consent",
        ("given_by", sa.Text(), ""),
        ("confirmed_on", sa.Date(), None),
        ("signed", sa.LargeBinary(), None),
        ("signed_type", sa.String(4), None),
    )
    _add("audit_entry", ("purpose", sa.String(11), None), ("file_name", sa.Text(), None))
    _add(
        "organisation",
        ("rooms", sa.JSON(), "[]"),
        ("quiet_words", sa.JSON(), "[]"),
        ("accounts", sa.JSON(), "{}"),
    )


def _add_imports() -> None:
    """What an import made, and how columns were matched."""
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("companies", sa.JSON(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("ref", name=op.f("uq_import_batch_ref")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("ref", name=op.f("uq_import_mapping_ref")),
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
    rows = connection.exec_driver_sql(
        'SELECT id, "key", kinds, fields FROM processing_activity'
    ).all()
    with_calls = any(key == "enquiries" for _number, key, _kinds, _fields in rows)
    for number, key, kinds, fields in rows:
        known = json.loads(kinds)
        new = [one for kind in known for one in _BESIDE.get(kind, ())]
        new += [] if with_calls or "Booking" not in known else ["Call"]
        new += [one for one in _OF_ROW.get(key, ()) if one not in {*known, *new}]
        allowed = json.loads(fields) or _FIELDS_OF_ROW.get(key, [])
        connection.exec_driver_sql(
            "UPDATE processing_activity SET kinds = ?, fields = ? WHERE id = ?",
            (json.dumps(known + new), json.dumps(allowed), number),
        )
