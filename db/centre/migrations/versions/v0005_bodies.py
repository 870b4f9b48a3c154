"""Cases and accounts refer to a body 机构 by code. No body is published yet: until then a case lies before the
department whose name it bears, as before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns, and narrow lists by the code instead of the name."""
    op.add_column("clerk", sa.Column("body", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("body", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE case_row SET body = org")
    op.drop_index("case_work", "case_row")
    op.create_index("case_work", "case_row", ["ended_day", "body", "next_due"])
    op.drop_index("case_open", "case_row")
    op.create_index(
        "case_open",
        "case_row",
        ["body", "state", "next_due", "task_code", "item_name", "holder", "point"],
        postgresql_where=sa.text("ended_day = ''"),
        sqlite_where=sa.text("ended_day = ''"),
    )
    op.create_index("case_body_arrived", "case_row", ["body", "arrived_at"])
