"""PostgreSQL takes no samples of what people wrote or answered: they would outlive its deletion."""

from collections.abc import Sequence

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Every column of a table that is emptied when its time is up, if words, answers or people can be told by it.
SAMPLED = (
    ("staff_addresses", "email"),
    ("ballots", "token_hash"),
    ("spent_marks", "token_hash"),
    ("responses", "answers"),
    ("survey_comments", "text"),
    ("own_codes", "name"),
    ("own_codes", "description"),
    ("code_reviews", "reason"),
    ("reply_comments", "sentence"),
    ("reply_comments", "text"),
    ("reply_comments", "answer"),
    ("reply_answers", "why"),
    ("profile_builds", "problem"),
    ("briefs", "edits"),
    ("briefs", "correction"),
)


def upgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for table, column in SAMPLED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for table, column in SAMPLED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1")
