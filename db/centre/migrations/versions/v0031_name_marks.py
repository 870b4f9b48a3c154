"""Marks of names in one tree of SQLite's, and none of the indexes that a case paid for and nobody asked: marks are let
go by what they are, and the beginning of an intake number is found by the key."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Drop the indexes; on SQLite keep the marks by their key alone."""
    op.drop_index("case_name_of", "case_name")
    if op.get_bind().dialect.name == "postgresql":
        return
    op.drop_index("case_intake_begins", "case_row")
    op.create_table(
        "case_name_now",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("intake_no", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO case_name_now SELECT mark, intake_no FROM case_name ORDER BY mark, intake_no")
    op.drop_table("case_name")
    op.rename_table("case_name_now", "case_name")
