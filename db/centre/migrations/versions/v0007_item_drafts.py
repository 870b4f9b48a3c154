"""Drafts of items that were read out of tables and guides wait here until an editor publishes them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "item_import",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "item_draft",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("run", sa.Text, sa.ForeignKey("item_import.id"), nullable=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("task_code", sa.Text, nullable=False),
        sa.Column("aside", sa.Text, nullable=False, server_default=""),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("item_draft_run", "item_draft", ["run", "place"])
    op.create_index("item_draft_code", "item_draft", ["task_code"])
