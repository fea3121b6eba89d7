"""Requests and breaches, backups, paper, and what stays after an erasure."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NEW_KINDS = [
    "DataSubjectRequest",
    "Instruction",
    "BreachNotice",
    "PaperFile",
    "Disclosure",
    "CameraClip",
    "Proof",
    "StopEntry",
]


def upgrade() -> None:
    """Make the new tables, add the new columns, and say to which activity the new kinds belong."""
    _make_the_tables_of_requests()
    _make_the_tables_of_breaches_and_papers()
    _make_the_tables_of_backups()
    _add_columns()
    _fill()


def _make_the_tables_of_requests() -> None:
    op.create_table(
        "data_subject_request",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(9), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("requester", sa.String(8), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("erasure_ground", sa.String(10), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(15), nullable=True),
        sa.Column("identity_note", sa.Text(), nullable=False),
        sa.Column("doubted_on", sa.Date(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("authority_on", sa.Date(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension", sa.String(7), nullable=True),
        sa.Column("extension_note", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(12), nullable=True),
        sa.Column("refusal", sa.String(12), nullable=True),
        sa.Column("refusal_note", sa.Text(), nullable=False),
        sa.Column("erasable_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(9), nullable=True),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("masked", sa.JSON(), nullable=False),
        sa.Column("searched", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["processing_activity.id"],
            name=op.f("fk_data_subject_request_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_data_subject_request_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_subject_request")),
        sa.UniqueConstraint("number", name=op.f("uq_data_subject_request_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_data_subject_request_ref")),
    )
    with op.batch_alter_table("data_subject_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_data_subject_request_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_data_subject_request_answered_on"), ["answered_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_data_subject_request_due_on"), ["due_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_data_subject_request_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "instruction",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("controller_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_how", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_instruction_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["controller_id"], ["controller_served.id"], name=op.f("fk_instruction_controller_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_instruction_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("number", name=op.f("uq_instruction_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_instruction_ref")),
    )
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instruction_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_instruction_answered_on"), ["answered_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_instruction_controller_id"), ["controller_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_instruction_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_instruction_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("subject_ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_proof_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("ref", name=op.f("uq_proof_ref")),
    )
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proof_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proof_subject_ref"), ["subject_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_proof_until"), ["until"], unique=False)

    op.create_table(
        "stop_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(7), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_stop_entry_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_entry")),
        sa.UniqueConstraint("ref", name=op.f("uq_stop_entry_ref")),
    )
    with op.batch_alter_table("stop_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stop_entry_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stop_entry_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_stop_entry_until"), ["until"], unique=False)


def _make_the_tables_of_breaches_and_papers() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(15), nullable=False),
        sa.Column("known_at", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("whereabouts", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("encrypted", sa.Boolean(), nullable=True),
        sa.Column("risk", sa.String(8), nullable=True),
        sa.Column("risk_why", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.Text(), nullable=True),
        sa.Column("not_reported", sa.Text(), nullable=False),
        sa.Column("late", sa.Text(), nullable=False),
        sa.Column("authority_case", sa.Text(), nullable=False),
        sa.Column("supplement_due", sa.Date(), nullable=True),
        sa.Column("supplemented_on", sa.Date(), nullable=True),
        sa.Column("people_told_on", sa.Date(), nullable=True),
        sa.Column("not_told", sa.Text(), nullable=False),
        sa.Column("controllers", sa.JSON(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("done", sa.JSON(), nullable=False),
        sa.Column("told_how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("number", name=op.f("uq_breach_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_breach_ref")),
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_closed_on"), ["closed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_breach_known_at"), ["known_at"], unique=False)

    op.create_table(
        "breach_notice",
        sa.Column("breach", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(9), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_breach_notice_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_breach_notice_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_notice")),
        sa.UniqueConstraint("ref", name=op.f("uq_breach_notice_ref")),
    )
    with op.batch_alter_table("breach_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_breach_notice_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_breach_notice_breach"), ["breach"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_breach_notice_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "paper_file",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_paper_file_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_paper_file_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_file")),
        sa.UniqueConstraint("ref", name=op.f("uq_paper_file_ref")),
    )
    with op.batch_alter_table("paper_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_file_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_paper_file_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "destruction_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("digitised_by", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("subject_ref", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_record")),
        sa.UniqueConstraint("ref", name=op.f("uq_destruction_record_ref")),
    )
    with op.batch_alter_table("destruction_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_destruction_record_done_on"), ["done_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_destruction_record_subject_ref"), ["subject_ref"], unique=False
        )

    op.create_table(
        "disclosure",
        sa.Column("disclosed_on", sa.Date(), nullable=False),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(9), nullable=False),
        sa.Column("basis", sa.String(19), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("clip", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_disclosure_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_disclosure_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("ref", name=op.f("uq_disclosure_ref")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosure_disclosed_on"), ["disclosed_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_disclosure_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "camera_clip",
        sa.Column("camera", sa.Text(), nullable=False),
        sa.Column("from_at", sa.Text(), nullable=False),
        sa.Column("to_at", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("release_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_camera_clip_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_camera_clip_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_clip")),
        sa.UniqueConstraint("ref", name=op.f("uq_camera_clip_ref")),
    )
    with op.batch_alter_table("camera_clip", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_camera_clip_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_camera_clip_release_on"), ["release_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_camera_clip_subject_id"), ["subject_id"], unique=False)


def _make_the_tables_of_backups() -> None:
    op.create_table(
        "backup_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("schedule", sa.String(7), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_backup_place_ref")),
    )

    op.create_table(
        "backup_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("erased_lines", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["backup_place.id"], name=op.f("fk_backup_copy_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_copy")),
        sa.UniqueConstraint("ref", name=op.f("uq_backup_copy_ref")),
    )
    with op.batch_alter_table("backup_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_backup_copy_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_backup_copy_place_id"), ["place_id"], unique=False)

    op.create_table(
        "closing_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_step")),
        sa.UniqueConstraint("key", name=op.f("uq_closing_step_key")),
    )


def _add_columns() -> None:
    _add(
        "controller_served",
        ("settled_on", sa.Date(), None),
        ("settled_how", sa.Text(), ""),
    )
    _add(
        "data_subject",
        ("restricted_on", sa.Date(), None),
        ("restriction", sa.String(9), None),
        ("objected_on", sa.Date(), None),
    )
    _add(
        "erasure_case",
        ("request_ref", sa.Text(), None),
        ("ground", sa.String(10), None),
        ("checked", sa.String(15), None),
        ("searched", sa.JSON(), "{}"),
        ("found", sa.Integer(), "0"),
        ("masks", sa.JSON(), "[]"),
        ("masked", sa.Integer(), "0"),
        ("purpose", sa.Text(), None),
        ("copies", sa.JSON(), "[]"),
        ("until", sa.Date(), None),
    )
    _add("register_state", ("last_case_number", sa.Integer(), "0"))
    for table, column in (
        ("data_subject", "restricted_on"),
        ("data_subject", "objected_on"),
        ("erasure_case", "until"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


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
    """Let requests and what stays after them belong to the activity that deals with them."""
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        "SELECT id, kinds FROM processing_activity WHERE \"key\" = 'requests'"
    ).all()
    for number, kinds in found:
        connection.exec_driver_sql(
            "UPDATE processing_activity SET kinds = ? WHERE id = ?",
            (json.dumps(json.loads(kinds) + _NEW_KINDS), number),
        )
