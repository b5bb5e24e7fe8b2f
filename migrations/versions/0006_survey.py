"""Surveys: ballots, drafts, the sealed inbox, stored answers, invitations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("framework", sa.String(length=60), nullable=False),
        sa.Column("framework_digest", sa.String(length=64), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("raw_data_months", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("open_code", sa.String(length=60), nullable=True),
        sa.Column("launched_on", sa.Date(), nullable=False),
        sa.Column("keys_fetched", sa.Boolean(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("orphaned", sa.Integer(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("returned", sa.JSON(), nullable=False),
        sa.Column("merged", sa.JSON(), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purged_on", sa.Date(), nullable=True),
        sa.CheckConstraint("threshold >= 10", name=op.f("ck_surveys_threshold")),
        sa.ForeignKeyConstraint(["diagnostic_id"], ["diagnostics.id"], name=op.f("fk_surveys_diagnostic_id")),
        sa.PrimaryKeyConstraint("diagnostic_id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("open_code", name=op.f("uq_surveys_open_code")),
    )
    op.create_table(
        "ballots",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_ballots_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballots_diagnostic_id_kind"), ["diagnostic_id", "kind"], unique=False
        )

    op.create_table(
        "custodies",
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_custodies_account_id")),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"],
            ["surveys.diagnostic_id"],
            name=op.f("fk_custodies_diagnostic_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custodies")),
        sa.UniqueConstraint(
            "diagnostic_id", "account_id", name=op.f("uq_custodies_diagnostic_id_account_id")
        ),
    )
    op.create_table(
        "drafts",
        sa.Column("found_by", sa.LargeBinary(length=32), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_drafts_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("found_by", name=op.f("pk_drafts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_diagnostic_id"), ["diagnostic_id"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_inbox_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_diagnostic_id"), ["diagnostic_id"], unique=False)

    op.create_table(
        "planned_reminders",
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"],
            ["surveys.diagnostic_id"],
            name=op.f("fk_planned_reminders_diagnostic_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_reminders")),
        sa.UniqueConstraint("diagnostic_id", "on", name=op.f("uq_planned_reminders_diagnostic_id_on")),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("role_group", sa.String(length=60), nullable=True),
        sa.Column("service_area", sa.String(length=120), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_responses_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_responses_diagnostic_id"), ["diagnostic_id"], unique=False)

    op.create_table(
        "send_log",
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"],
            ["surveys.diagnostic_id"],
            name=op.f("fk_send_log_diagnostic_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send_log")),
        sa.UniqueConstraint("diagnostic_id", "on", "kind", name=op.f("uq_send_log_diagnostic_id_on_kind")),
    )
    op.create_table(
        "spent_marks",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_spent_marks_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_spent_marks")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("spent_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spent_marks_diagnostic_id_kind"), ["diagnostic_id", "kind"], unique=False
        )

    op.create_table(
        "staff_addresses",
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"],
            ["surveys.diagnostic_id"],
            name=op.f("fk_staff_addresses_diagnostic_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_addresses")),
        sa.UniqueConstraint("diagnostic_id", "email", name=op.f("uq_staff_addresses_diagnostic_id_email")),
    )
    with op.batch_alter_table("staff_addresses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_addresses_diagnostic_id_state"), ["diagnostic_id", "state"], unique=False
        )

    op.create_table(
        "survey_comments",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("diagnostic_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnostic_id"], ["surveys.diagnostic_id"], name=op.f("fk_survey_comments_diagnostic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_comments")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_comments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_comments_diagnostic_id_question"),
            ["diagnostic_id", "question"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("survey_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_comments_diagnostic_id_question"))

    op.drop_table("survey_comments")
    with op.batch_alter_table("staff_addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_addresses_diagnostic_id_state"))

    op.drop_table("staff_addresses")
    with op.batch_alter_table("spent_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spent_marks_diagnostic_id_kind"))

    op.drop_table("spent_marks")
    op.drop_table("send_log")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_diagnostic_id"))

    op.drop_table("responses")
    op.drop_table("planned_reminders")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_diagnostic_id"))

    op.drop_table("inbox")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_diagnostic_id"))

    op.drop_table("drafts")
    op.drop_table("custodies")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballots_diagnostic_id_kind"))

    op.drop_table("ballots")
    op.drop_table("surveys")
