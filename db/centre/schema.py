"""The centre's tables and how its database is opened. No statement here that PostgreSQL would refuse."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from db.errors import NewerSchemaError

SCHEMA = 2
META = sa.MetaData()

meta = sa.Table("meta", META, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
node = sa.Table(
    "node",
    META,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("point_code", sa.Text, nullable=False),
    sa.Column("point_name", sa.Text, nullable=False),
    sa.Column("sign_key", sa.LargeBinary, nullable=False),
    sa.Column("seal_key", sa.LargeBinary, nullable=False),
    sa.Column("machine", sa.Text, nullable=False),
    sa.Column("enrolled_at", sa.Text, nullable=False),
    sa.Column("revoked_at", sa.Text, nullable=False, default=""),
    sa.Column("have", sa.BigInteger, nullable=False, default=0),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.Column("last_seen", sa.Text, nullable=False, default=""),
    sa.Column("heartbeat", sa.Text, nullable=False, default=""),
    sa.Column("skew", sa.BigInteger, nullable=False, default=0),
    # The centre below us that told of this node; "" for one that speaks to us itself.
    sa.Column("via", sa.Text, nullable=False, server_default=""),
    sa.Column("formerly", sa.Text, nullable=False, server_default=""),
)
former_key = sa.Table(
    "former_key",
    META,
    sa.Column("node", sa.Text, primary_key=True),
    sa.Column("sign_key", sa.LargeBinary, primary_key=True),
    sa.Column("seal_key", sa.LargeBinary, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
)
# Batches as they came, with their sender's signature: what goes on to the level above.
batch = sa.Table(
    "batch",
    META,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("node", sa.Text, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
)
sa.Index("batch_node_last", batch.c.node, batch.c.last)
enrol_code = sa.Table(
    "enrol_code",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("point_code", sa.Text, nullable=False),
    sa.Column("point_name", sa.Text, nullable=False),
    sa.Column("expires", sa.Text, nullable=False),
    sa.Column("used_at", sa.Text, nullable=False, default=""),
    sa.Column("used_by", sa.Text, nullable=False, server_default=""),
)
# The log of this centre and of every node below it. `audience`: the point code whose desks should see an entry of
# ours, "*" for all, "" for nobody.
entry = sa.Table(
    "entry",
    META,
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
sa.Index("entry_subject", entry.c.subject)
sa.Index("entry_audience", entry.c.audience, entry.c.seq)
# Pictures that entries name, whole once `done_at` is set; until then in parts.
file = sa.Table(
    "file",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("done_at", sa.Text, nullable=False, default=""),
    sa.Column("wanted_at", sa.Text, nullable=False, server_default=""),  # a clerk waits for it
    sa.Column("bytes", sa.LargeBinary, nullable=True),
)
file_part = sa.Table(
    "file_part",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
case_row = sa.Table(
    "case_row",
    META,
    sa.Column("intake_no", sa.Text, primary_key=True),
    sa.Column("case_no", sa.Text, nullable=False, index=True),
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
sa.Index("case_state_arrived", case_row.c.state, case_row.c.arrived_at)
sa.Index("case_arrived", case_row.c.arrived_at)
counter = sa.Table(
    "counter", META, sa.Column("day", sa.Text, primary_key=True), sa.Column("last", sa.BigInteger, nullable=False)
)
clerk = sa.Table(
    "clerk",
    META,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("org", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("failed", sa.BigInteger, nullable=False, default=0),
    sa.Column("locked_until", sa.Text, nullable=False, default=""),
)
session = sa.Table(
    "session",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("expires", sa.Text, nullable=False),
)


class Database:
    """The centre's database: `read()` for a snapshot, `write()` for one durable transaction at a time."""

    def __init__(self, url: str) -> None:
        """Open or make the schema at `url`. Raises NewerSchemaError for a newer one, touching nothing."""
        self.engine = sa.create_engine(url)
        self._turn = threading.Lock()
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _pragmas)
            event.listen(self.engine, "begin", _begin)
        self._prepare()

    def _prepare(self) -> None:
        known = sa.inspect(self.engine).has_table("meta")
        if known:
            with self.read() as db:
                found = db.execute(sa.select(meta.c.value).where(meta.c.key == "schema")).scalar()
            if int(found or 0) > SCHEMA:
                raise NewerSchemaError(str(found))
        META.create_all(self.engine)
        with self.write() as db:
            self._add_columns(db)
            db.execute(sa.delete(meta).where(meta.c.key == "schema"))
            db.execute(sa.insert(meta).values(key="schema", value=str(SCHEMA)))

    @staticmethod
    def _add_columns(db: sa.Connection) -> None:
        """Columns that came after the first release; each has a server default."""
        inspected = sa.inspect(db)
        for table in META.sorted_tables:
            there = {column["name"] for column in inspected.get_columns(table.name)}
            for column in table.columns:
                if column.name not in there:
                    words = sa.schema.CreateColumn(column).compile(db)
                    db.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {words}")

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A snapshot."""
        with self.engine.connect() as db, db.begin():
            yield db

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction, durable when the block ends."""
        with self._turn, self.engine.connect().execution_options(daiban_write=True) as db, db.begin():
            yield db

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


# A large batch stays in the cache (64 MB) until it is committed.
_PRAGMAS = (
    "page_size = 8192",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 8000",
    "cache_size = -65536",
    "wal_autocheckpoint = 8000",
)


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("daiban_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
