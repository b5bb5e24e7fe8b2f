"""What a browser is called in the list of where somebody is signed in; a role of the service only once."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OF_THE_SERVICE = sa.text("authority_code IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=80), nullable=False, server_default=""))
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.alter_column("device", server_default=None)
    op.create_index(
        "uq_grants_of_the_service",
        "grants",
        ["account_id", "role"],
        unique=True,
        sqlite_where=_OF_THE_SERVICE,
        postgresql_where=_OF_THE_SERVICE,
    )


def downgrade() -> None:
    op.drop_index("uq_grants_of_the_service", table_name="grants")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_column("device")
