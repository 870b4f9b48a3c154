"""What the first days of use asked for: a second authenticator that waits for its proof, the last day of service, the
promise kept or not; the few entries that are listed by kind; a place for entries that gave way;
parts of pictures apart for each sender, and every size that was named."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add columns and an index; the days of cases on their way are worked out anew by the service."""
    op.add_column("clerk", sa.Column("second_new", sa.LargeBinary, nullable=True))
    op.add_column("case_row", sa.Column("deliver_due", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("in_promise", sa.Text, nullable=False, server_default=""))
    op.add_column("tally", sa.Column("in_promise", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("record", sa.Column("channel", sa.Text, nullable=False, server_default=""))
    # Until now complaints came from the public page and from poor ratings alone.
    op.execute("UPDATE record SET channel = 'web' WHERE family = 'complaint' AND kind <> 'rating'")
    op.execute("UPDATE record SET channel = 'rating' WHERE family = 'complaint' AND kind = 'rating'")
    op.create_index("node_point", "node", ["point_code"], postgresql_ops={"point_code": "text_pattern_ops"})
    formerly, waiting = sa.text("formerly <> ''"), sa.text("done_at = ''")
    op.create_index("node_formerly", "node", ["formerly"], postgresql_where=formerly, sqlite_where=formerly)
    op.add_column("file", sa.Column("point", sa.Text, nullable=False, server_default=""))
    op.create_index("file_waiting", "file", ["point", "size"], postgresql_where=waiting, sqlite_where=waiting)
    listed = sa.text("kind IN ('person.seen', 'account.changed', 'bundle.sealed')")
    op.create_index("entry_listed", "entry", ["node", "kind", "seq"], postgresql_where=listed, sqlite_where=listed)
    op.create_table(
        "aside",
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("encoded", sa.LargeBinary, nullable=False),
        sa.Column("aside_at", sa.Text, nullable=False),
    )
    op.create_index("aside_subject", "aside", ["subject"])
    op.drop_table("file_part")  # what was on its way is sent again from the beginning
    op.create_table(
        "file_part",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "file_size",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.execute("INSERT INTO file_size (sha256, size) SELECT sha256, size FROM file WHERE done_at = ''")
    op.execute("INSERT INTO meta (key, value) SELECT 'reckon.after', '0' WHERE EXISTS (SELECT 1 FROM case_row)")
