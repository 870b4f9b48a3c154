"""Pictures outside the database: where each lies, and which names are about to be let go there. All that is there lies
in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Add the columns, the table and the indexes."""
    op.add_column("file", sa.Column("place", sa.Text, nullable=False, server_default=""))
    for column in ("place", "name"):
        op.add_column("file_part", sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.add_column("file_part", sa.Column("size", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "picture_doomed",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
    )
    whole = sa.text("done_at != ''")
    op.create_index("file_whole", "file", ["place", "sha256", "size"], postgresql_where=whole, sqlite_where=whole)
    op.create_index("file_part_away", "file_part", ["place", "name"])
