"""What the first days of use asked for: a second authenticator that waits for its proof, the last day of service, the
promise kept or not; the few entries that are listed by kind."""

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
    op.execute("INSERT INTO meta (key, value) SELECT 'reckon.after', '0' WHERE EXISTS (SELECT 1 FROM case_row)")
