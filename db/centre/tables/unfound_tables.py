"""The tables of what people looked for and did not find; part of the centre's schema."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import META

# What people looked items up by and found nothing. Nobody's name: who asked is not kept.
unfound = sa.Table(
    "unfound",
    META,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("times", sa.BigInteger, nullable=False),
    sa.Column("last_day", sa.Text, nullable=False),
)
# The same at counters, as these told it: how often at which point, nothing of whom.
missed = sa.Table(
    "missed",
    META,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("point", sa.Text, primary_key=True),
    sa.Column("times", sa.BigInteger, nullable=False),
    sa.Column("last_day", sa.Text, nullable=False),
)
