"""How far the publication of a brief is, and why it could not be published."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("progress", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("problem", sa.Text(), nullable=False, server_default=""))
    # The default was for the rows that were there.
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.alter_column("progress", server_default=None)
        batch_op.alter_column("problem", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.drop_column("problem")
        batch_op.drop_column("told_at")
        batch_op.drop_column("progress")
