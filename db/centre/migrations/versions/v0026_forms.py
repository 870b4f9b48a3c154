"""What was typed and not done is kept for its account; a first password is changed; a session that rests ends."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the table and the columns; whoever has an account now has a password of their own."""
    op.create_table(
        "kept_form",
        sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("which", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("sent", sa.BigInteger, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("kept_form_at", "kept_form", ["at"])
    op.add_column("clerk", sa.Column("must_change", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("session", sa.Column("used", sa.Text, nullable=False, server_default=""))
    op.add_column("session", sa.Column("idle", sa.BigInteger, nullable=False, server_default="0"))
