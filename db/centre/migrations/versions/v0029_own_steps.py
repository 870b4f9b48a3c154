"""Whose step a card is for: the step and the section. The rows of open cases are worked out anew: their step is judged
by the post that has it and by its own days."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the columns; the reckoning begins with the first open case."""
    for column in ("step", "section"):
        op.add_column("record", sa.Column(column, sa.Text, nullable=False, server_default=""))
    db = op.get_bind()
    meta = sa.table("meta", sa.column("key", sa.Text), sa.column("value", sa.Text))
    changed = db.execute(sa.update(meta).where(meta.c.key == "reckon.after").values(value="0"))
    if changed.rowcount == 0:
        db.execute(sa.insert(meta).values(key="reckon.after", value="0"))
