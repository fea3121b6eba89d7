"""Staff and roles, the journal, identity numbers, and a log whose rows are tied to it."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NEW_KINDS = {
    "register_log": ["StaffMember"],
    "journal": ["JournalNote", "JournalFile", "DestructionDecision"],
}


def upgrade() -> None:
    """Make the new tables, add the new columns, and say to which activity the new kinds belong."""
    _make_the_tables_of_staff()
    _make_the_tables_of_journal()
    _make_the_tables_of_log()
    _add_columns()
    _make_the_index_anew()
    _fill()


def _make_the_tables_of_staff() -> None:
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("ref", name=op.f("uq_role_ref")),
    )

    op.create_table(
        "staff_member",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("leaving", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_staff_member_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_staff_member_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("ref", name=op.f("uq_staff_member_ref")),
    )
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_member_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_staff_member_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_staff_member_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "identity_number",
        sa.Column("kind", sa.String(17), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_identity_number_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_identity_number_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_identity_number_ref")),
    )
    with op.batch_alter_table("identity_number", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_number_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_identity_number_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_identity_number_subject_id"), ["subject_id"], unique=False
        )


def _make_the_tables_of_journal() -> None:
    op.create_table(
        "journal_note",
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("booking_ref", sa.Text(), nullable=True),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_journal_note_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_journal_note_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_note")),
        sa.UniqueConstraint("ref", name=op.f("uq_journal_note_ref")),
    )
    with op.batch_alter_table("journal_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_note_about"), ["about"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_journal_note_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_journal_note_booking_ref"), ["booking_ref"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_journal_note_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "journal_file",
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note_ref", sa.Text(), nullable=True),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_journal_file_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_journal_file_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_file")),
        sa.UniqueConstraint("ref", name=op.f("uq_journal_file_ref")),
    )
    with op.batch_alter_table("journal_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_file_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_journal_file_note_ref"), ["note_ref"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_journal_file_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "journal_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_template")),
        sa.UniqueConstraint("ref", name=op.f("uq_journal_template_ref")),
    )

    op.create_table(
        "destruction_decision",
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("note_refs", sa.JSON(), nullable=False),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("test", sa.JSON(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["processing_activity.id"],
            name=op.f("fk_destruction_decision_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_destruction_decision_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_decision")),
        sa.UniqueConstraint("ref", name=op.f("uq_destruction_decision_ref")),
    )
    with op.batch_alter_table("destruction_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_destruction_decision_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_destruction_decision_subject_id"), ["subject_id"], unique=False
        )


def _make_the_tables_of_log() -> None:
    op.create_table(
        "log_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("drawn_at", sa.Text(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_sample")),
        sa.UniqueConstraint("month", name=op.f("uq_log_sample_month")),
        sa.UniqueConstraint("ref", name=op.f("uq_log_sample_ref")),
    )

    op.create_table(
        "row_seal",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_row_seal")),
    )


def _add_columns() -> None:
    _add("audit_entry", ("changed", sa.Text(), None), ("reason", sa.String(11), None))
    _add("data_subject", ("sealing_key", sa.LargeBinary(), None))
    _add("draft", ("written_by", sa.Text(), "owner"))
    _add("erasure_case", ("warned", sa.Text(), ""), ("warned_by", sa.Text(), ""))
    _add(
        "organisation",
        ("patient_law", sa.String(7), "UNSURE"),
        ("patient_law_why", sa.Text(), ""),
        ("patient_law_on", sa.Date(), None),
    )
    _add("paper_file", ("journal", sa.Boolean(), "0"))
    _add(
        "register_state",
        ("audit_key", sa.LargeBinary(), ""),
        ("log_from", sa.Integer(), "0"),
        ("log_from_digest", sa.Text(), ""),
        ("journal_key_waits", sa.Boolean(), "0"),
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


def _make_the_index_anew() -> None:
    """Give each area of the word index its own column; it is filled when all is changed."""
    op.execute("DROP TABLE search")
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5("
        "consents, invoices, notes, orders, people, register, prefix='2 3')"
    )
    op.execute("INSERT INTO search(search, rank) VALUES('secure-delete', 1)")


def _fill() -> None:
    """Let the new kinds belong to an activity."""
    connection = op.get_bind()
    activities = connection.exec_driver_sql('SELECT id, "key", kinds FROM processing_activity')
    for number, key, kinds in activities.all():
        known = json.loads(kinds)
        new = [*_NEW_KINDS.get(key, []), *(["IdentityNumber"] if "ContactDetail" in known else [])]
        connection.exec_driver_sql(
            "UPDATE processing_activity SET kinds = ? WHERE id = ?",
            (json.dumps(known + new), number),
        )
    connection.exec_driver_sql("UPDATE register_state SET audit_key = x''")
