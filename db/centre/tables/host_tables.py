"""Tables that the hosts of one centre share; part of the centre's schema."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import META

# Codes by which another machine became a host of this centre, as hashes; each once.
host_pass = sa.Table(
    "host_pass",
    META,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("until", sa.Text, nullable=False),
    sa.Column("used_at", sa.Text, nullable=False, server_default=""),
    sa.Column("used_by", sa.Text, nullable=False, server_default=""),
)
# The hosts, by name, and when each last wrote something.
host = sa.Table(
    "host",
    META,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("seen", sa.Text, nullable=False),
)
# What one host at a time does: who, and until when by the database's clock, in milliseconds.
lease = sa.Table(
    "lease",
    META,
    sa.Column("work", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
)
# Who knocked at which door, as a keyed hash: the millisecond, by the database's clock, from which nothing of it is
# counted.
knock = sa.Table(
    "knock",
    META,
    sa.Column("door", sa.Text, primary_key=True),
    sa.Column("who", sa.Text, primary_key=True),
    sa.Column("free_at", sa.BigInteger, nullable=False),
)
sa.Index("knock_free", knock.c.free_at)
