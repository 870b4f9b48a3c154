"""Departments, clocks and ratings on a case; roles of clerks; the office's records; the months' figures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:  # noqa: PLR0915 - columns and tables, one after another
    """Add what a centre works with all day."""
    op.add_column("case_row", sa.Column("org", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("agent", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("holder", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("id_index", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("phone_index", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("promised", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("notice_due", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("due", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("step", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("step_due", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("next_due", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("suspended_until", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("decision", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("decided_at", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("ended_at", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("served_at", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("ended_day", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("on_time", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("supplements", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("case_row", sa.Column("score", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("case_row", sa.Column("rated_at", sa.Text, nullable=False, server_default=""))
    op.add_column("case_row", sa.Column("flags", sa.Text, nullable=False, server_default=""))
    op.create_index("case_ended", "case_row", ["ended_day", "intake_no"])
    op.create_index("case_holder", "case_row", ["holder", "arrived_at"])
    op.create_index("case_id_index", "case_row", ["id_index"])
    op.create_index("case_intake_begins", "case_row", ["intake_no"], postgresql_ops={"intake_no": "text_pattern_ops"})
    op.create_index("case_name", "case_row", ["applicant_name"], postgresql_ops={"applicant_name": "text_pattern_ops"})
    op.drop_index("ix_case_row_case_no", "case_row")
    op.create_index("case_number_begins", "case_row", ["case_no"], postgresql_ops={"case_no": "text_pattern_ops"})
    op.create_index(
        "case_due",
        "case_row",
        ["next_due", "intake_no"],
        postgresql_where=sa.text("ended_day = ''"),
        sqlite_where=sa.text("ended_day = ''"),
    )
    op.create_index(
        "case_open",
        "case_row",
        ["org", "state", "next_due", "task_code", "item_name", "holder", "point"],
        postgresql_where=sa.text("ended_day = ''"),
        sqlite_where=sa.text("ended_day = ''"),
    )
    op.create_index("case_org_arrived", "case_row", ["org", "arrived_at"])
    op.create_index("case_phone_index", "case_row", ["phone_index"])
    op.create_index("case_point", "case_row", ["point", "arrived_at"])
    op.create_index("case_task", "case_row", ["task_code", "arrived_at"])
    op.create_index("case_work", "case_row", ["ended_day", "org", "next_due"])
    op.drop_index("entry_audience", "entry")
    op.create_index(
        "entry_audience",
        "entry",
        ["audience", "seq"],
        postgresql_where=sa.text("audience <> ''"),
        sqlite_where=sa.text("audience <> ''"),
    )
    op.add_column("clerk", sa.Column("roles", sa.Text, nullable=False, server_default=""))
    op.add_column("clerk", sa.Column("sees", sa.Text, nullable=False, server_default=""))
    op.add_column("clerk", sa.Column("disabled_at", sa.Text, nullable=False, server_default=""))
    op.add_column("clerk", sa.Column("second", sa.LargeBinary, nullable=True))
    op.add_column("clerk", sa.Column("second_step", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "dirty",
        sa.Column("month", sa.Text, primary_key=True),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default=""),
        sa.Column("kind", sa.Text, nullable=False, server_default=""),
        sa.Column("org", sa.Text, nullable=False, server_default=""),
        sa.Column("place", sa.Text, nullable=False, server_default=""),
        sa.Column("agent", sa.Text, nullable=False, server_default=""),
        sa.Column("about", sa.Text, nullable=False, server_default=""),
        sa.Column("task_code", sa.Text, nullable=False, server_default=""),
        sa.Column("day", sa.Text, nullable=False, server_default=""),
        sa.Column("due", sa.Text, nullable=False, server_default=""),
        sa.Column("closed_day", sa.Text, nullable=False, server_default=""),
        sa.Column("title", sa.Text, nullable=False, server_default=""),
        sa.Column("number", sa.Text, nullable=False, server_default=""),
        sa.Column("score", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("entries", sa.BigInteger, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("record_about", "record", ["about"])
    op.create_index("record_day", "record", ["family", "day"])
    op.create_index("record_family", "record", ["family", "state", "due"])
    op.create_index("record_number", "record", ["family", "number"])
    op.create_index("record_org", "record", ["family", "org", "state"])
    op.create_table(
        "tally",
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("org", sa.Text, primary_key=True),
        sa.Column("point", sa.Text, primary_key=True),
        sa.Column("task_code", sa.Text, primary_key=True),
        sa.Column("agent", sa.Text, primary_key=True),
        sa.Column("item_name", sa.Text, nullable=False, server_default=""),
        sa.Column("arrived", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("supplemented", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("ended", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("on_time", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("late", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("granted", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("refused", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("not_accepted", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("days", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("rated", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("score", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("poor", sa.BigInteger, nullable=False, server_default="0"),
    )
