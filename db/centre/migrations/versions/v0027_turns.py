"""Whose turn a case is: the post and whom it was given to. The rows of open cases are worked out anew."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the columns; the reckoning begins with the first open case."""
    for column in ("turn", "turn_of"):
        op.add_column("case_row", sa.Column(column, sa.Text, nullable=False, server_default=""))
    db = op.get_bind()
    meta = sa.table("meta", sa.column("key", sa.Text), sa.column("value", sa.Text))
    changed = db.execute(sa.update(meta).where(meta.c.key == "reckon.after").values(value="0"))
    if changed.rowcount == 0:
        db.execute(sa.insert(meta).values(key="reckon.after", value="0"))
