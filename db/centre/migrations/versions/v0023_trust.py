"""What is known of a node beside its keys: the version it speaks, a doubt about its log, whether it may read its
point's past; and the heads of logs that nodes signed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("node", sa.Column("speaks", sa.BigInteger, nullable=False, server_default="1"))
    op.add_column("node", sa.Column("doubted_at", sa.Text, nullable=False, server_default=""))
    op.add_column("node", sa.Column("waits_since", sa.Text, nullable=False, server_default=""))
    op.add_column("node", sa.Column("let_by", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "witness",
        sa.Column("of", sa.Text, primary_key=True),
        sa.Column("by", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("sign", sa.Text, nullable=False),
        sa.Column("here", sa.Text, nullable=False, server_default=""),
    )
