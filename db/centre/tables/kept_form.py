"""The table of what staff typed; part of the centre's schema."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import META

# What was typed into a form and is not done, sealed; `which` of the forms with this action, `sent`: it was refused.
kept_form = sa.Table(
    "kept_form",
    META,
    sa.Column("account", sa.Text, sa.ForeignKey("clerk.account"), primary_key=True),
    sa.Column("action", sa.Text, primary_key=True),
    sa.Column("which", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("sent", sa.BigInteger, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
sa.Index("kept_form_at", kept_form.c.at)
