"""Several hosts of one centre: who is let in, who there is, who does what is done once, and how often who knocked."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "host_pass",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text, nullable=False, server_default=""),
        sa.Column("used_by", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "host",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("seen", sa.Text, nullable=False),
    )
    op.create_table(
        "lease",
        sa.Column("work", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "knock",
        sa.Column("door", sa.Text, primary_key=True),
        sa.Column("who", sa.Text, primary_key=True),
        sa.Column("free_at", sa.BigInteger, nullable=False),
    )
    op.create_index("knock_free", "knock", ["free_at"])
