"""Wrong passwords are counted by the place that they are tried from, and a session says where it began."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the table and the columns; what was counted for the account as a whole locks nobody out any more."""
    op.create_table(
        "login_try",
        sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("failed", sa.BigInteger, nullable=False),
        sa.Column("locked_until", sa.Text, nullable=False),
        sa.Column("good_at", sa.Text, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
    )
    for name in ("begun", "place", "browser"):
        op.add_column("session", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.drop_column("clerk", "failed")
    op.drop_column("clerk", "locked_until")
