"""The tables as the first centres had them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "batch",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
    )
    op.create_index("batch_node_last", "batch", ["node", "last"])
    op.create_table(
        "case_row",
        sa.Column("intake_no", sa.Text, primary_key=True),
        sa.Column("case_no", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("applicant_name", sa.Text, nullable=False),
        sa.Column("item_name", sa.Text, nullable=False),
        sa.Column("task_code", sa.Text, nullable=False),
        sa.Column("point", sa.Text, nullable=False),
        sa.Column("collected_at", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.Text, nullable=False),
        sa.Column("accepted_at", sa.Text, nullable=False),
        sa.Column("entries", sa.BigInteger, nullable=False),
    )
    op.create_index("case_arrived", "case_row", ["arrived_at"])
    op.create_index("case_state_arrived", "case_row", ["state", "arrived_at"])
    op.create_index("ix_case_row_case_no", "case_row", ["case_no"])
    op.create_table(
        "clerk",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("org", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("failed", sa.BigInteger, nullable=False),
        sa.Column("locked_until", sa.Text, nullable=False),
    )
    op.create_table(
        "counter",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("point_code", sa.Text, nullable=False),
        sa.Column("point_name", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text, nullable=False),
        sa.Column("used_by", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "entry",
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("encoded", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
    )
    op.create_index("entry_audience", "entry", ["audience", "seq"])
    op.create_index("entry_subject", "entry", ["subject"])
    op.create_table(
        "file",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("done_at", sa.Text, nullable=False),
        sa.Column("wanted_at", sa.Text, nullable=False, server_default=""),
        sa.Column("bytes", sa.LargeBinary, nullable=True),
    )
    op.create_table(
        "file_part",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "former_key",
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("sign_key", sa.LargeBinary, primary_key=True),
        sa.Column("seal_key", sa.LargeBinary, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "node",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("point_code", sa.Text, nullable=False),
        sa.Column("point_name", sa.Text, nullable=False),
        sa.Column("sign_key", sa.LargeBinary, nullable=False),
        sa.Column("seal_key", sa.LargeBinary, nullable=False),
        sa.Column("machine", sa.Text, nullable=False),
        sa.Column("enrolled_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text, nullable=False),
        sa.Column("have", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("last_seen", sa.Text, nullable=False),
        sa.Column("heartbeat", sa.Text, nullable=False),
        sa.Column("skew", sa.BigInteger, nullable=False),
        sa.Column("via", sa.Text, nullable=False, server_default=""),
        sa.Column("formerly", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), nullable=False),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
    )
