"""The register in its full depth, what is kept by hand, and what a clean-up leaves behind."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NEW_KINDS = ["Hold", "SourceNotice"]
_AUDIENCES = {"staff": ["staff"], "web": ["web"]}
_FIELDS = [
    "phone",
    "email",
    "address",
    "other_contact",
    "company",
    "language",
    "order_note",
    "order_time",
    "diet",
    "files",
    "notes",
]


def upgrade() -> None:
    """Make the new tables, add the new columns, and fill them as the register stood."""
    _make_the_register_tables()
    _make_the_clean_up_tables()
    _add_columns()
    _fill()


def _make_the_register_tables() -> None:
    op.create_table(
        "controller_served",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("org_number", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("agreement_on", sa.Date(), nullable=True),
        sa.Column("agreement_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controller_served")),
        sa.UniqueConstraint("ref", name=op.f("uq_controller_served_ref")),
    )
    op.create_table(
        "notice_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_version")),
        sa.UniqueConstraint("ref", name=op.f("uq_notice_version_ref")),
    )
    with op.batch_alter_table("notice_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_version_audience"), ["audience"], unique=False)

    op.create_table(
        "register_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_snapshot")),
        sa.UniqueConstraint("ref", name=op.f("uq_register_snapshot_ref")),
    )
    op.create_table(
        "impact_screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["processing_activity.id"],
            name=op.f("fk_impact_screening_activity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_screening")),
    )
    with op.batch_alter_table("impact_screening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_impact_screening_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "legitimate_interest_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("balance", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["processing_activity.id"],
            name=op.f("fk_legitimate_interest_assessment_activity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legitimate_interest_assessment")),
    )
    with op.batch_alter_table("legitimate_interest_assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_legitimate_interest_assessment_activity_id"),
            ["activity_id"],
            unique=False,
        )

    op.create_table(
        "served_recipient",
        sa.Column("controller_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["controller_id"],
            ["controller_served.id"],
            name=op.f("fk_served_recipient_controller_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["recipient.id"],
            name=op.f("fk_served_recipient_recipient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("controller_id", "recipient_id", name=op.f("pk_served_recipient")),
    )


def _make_the_clean_up_tables() -> None:
    op.create_table(
        "clean_up_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("cleaned", sa.JSON(), nullable=False),
        sa.Column("spared", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clean_up_run")),
        sa.UniqueConstraint("ref", name=op.f("uq_clean_up_run_ref")),
    )
    op.create_table(
        "statistic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic")),
    )
    with op.batch_alter_table("statistic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statistic_month"), ["month"], unique=False)

    op.create_table(
        "hold",
        sa.Column("ground", sa.String(11), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_hold_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_hold_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("ref", name=op.f("uq_hold_ref")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_review_on"), ["review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_target"), ["target"], unique=False)

    op.create_table(
        "source_notice",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("exception", sa.String(8), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["processing_activity.id"], name=op.f("fk_source_notice_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name=op.f("fk_source_notice_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_notice")),
        sa.UniqueConstraint("ref", name=op.f("uq_source_notice_ref")),
    )
    with op.batch_alter_table("source_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_notice_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_source_notice_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_source_notice_subject_id"), ["subject_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_source_notice_told_on"), ["told_on"], unique=False)


def _add_columns() -> None:
    _add(
        "data_subject",
        ("active_on", sa.Date(), None),
        ("relation_ended_on", sa.Date(), None),
    )
    _add(
        "organisation",
        ("earlier_years", sa.JSON(), "[]"),
        ("clean_up", sa.String(9), "BY_HAND"),
    )
    _add(
        "processing_activity",
        ("rule_at_end", sa.String(9), "ERASE"),
        ("rule_most", sa.Integer(), None),
        ("rule_reason", sa.Text(), ""),
        ("further_purposes", sa.JSON(), "[]"),
        ("collected_from", sa.String(6), "PERSON"),
        ("duty", sa.Text(), ""),
        ("profiling", sa.Text(), ""),
        ("automated_decision", sa.Text(), ""),
        ("objection", sa.Text(), ""),
        ("deidentification", sa.Text(), ""),
        ("joint_arrangement", sa.Text(), ""),
        ("cookies", sa.JSON(), "[]"),
        ("camera", sa.JSON(), None),
        ("audiences", sa.JSON(), "[]"),
        ("fields", sa.JSON(), "[]"),
        ("review_months", sa.Integer(), "12"),
    )
    _add(
        "recipient",
        ("agreement_until", sa.Date(), None),
        ("agreement_name", sa.Text(), ""),
        ("agreement_file", sa.LargeBinary(), None),
        ("contact", sa.Text(), ""),
        ("review_on", sa.Date(), None),
        ("sub_processors", sa.JSON(), "[]"),
        ("deletes_after", sa.Text(), ""),
        ("evidence", sa.JSON(), "[]"),
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
    """Say of each activity whom it is about, and give the new kinds of record a place."""
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        'SELECT id, "key", "group", kinds FROM processing_activity'
    ).all()
    for number, key, group, kinds in found:
        known = json.loads(kinds)
        audiences = ["newsletter"] if key == "newsletter" else _AUDIENCES.get(group, ["customers"])
        fields = _FIELDS if "ContactDetail" in known or "Booking" in known else []
        if key == "requests":
            known += _NEW_KINDS
        connection.exec_driver_sql(
            "UPDATE processing_activity SET audiences = ?, fields = ?, kinds = ? WHERE id = ?",
            (json.dumps(audiences), json.dumps(fields), json.dumps(known), number),
        )
