"""A diagnostic may do without fieldwork, and may rest on another lawful basis."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Diagnostics that exist need a value; new ones are given theirs by the service.
    with op.batch_alter_table("diagnostics", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("with_fieldwork", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(
            sa.Column("other_basis", sa.String(length=200), nullable=False, server_default="")
        )
    with op.batch_alter_table("diagnostics", schema=None) as batch_op:
        batch_op.alter_column("with_fieldwork", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("other_basis", existing_type=sa.String(length=200), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("diagnostics", schema=None) as batch_op:
        batch_op.drop_column("other_basis")
        batch_op.drop_column("with_fieldwork")
