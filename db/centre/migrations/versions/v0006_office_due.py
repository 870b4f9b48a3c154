"""By when the organ answers for a promise, where it had the papers later than the point took them in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; the days of all open cases are worked out anew by the service."""
    op.add_column("case_row", sa.Column("office_due", sa.Text, nullable=False, server_default=""))
    op.execute("DELETE FROM meta WHERE key = 'reckon.after'")
    op.execute("INSERT INTO meta (key, value) SELECT 'reckon.after', '0' WHERE EXISTS (SELECT 1 FROM case_row)")
