"""Words that people look items up by and find nothing, until an editor says which item is meant."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0007"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "unfound",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("last_day", sa.Text, nullable=False),
    )
