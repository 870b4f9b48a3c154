"""What was still sealed for no place is sealed for its own: from now on nothing else opens. A code that lets one
try once from a new place. What people found out about a head that contradicts.

Since 0021 every value is bound; a process of before that still ran beside may have written otherwise. What is not
sealed at all is left as it is, and does not open: no program wrote that any more.
"""

import sqlalchemy as sa
from alembic import op

from db.centre.box import LOOSE, is_bound, place
from db.centre.database import box
from db.centre.migrations.versions.v0021_bound import _SEALED

revision = "0025"
down_revision = "0024"
_MORE = (
    ("file", "name", ("sha256",), ("sha256",), "file"),
    ("case_row", "applicant", ("intake_no",), ("intake_no",), "case_row"),
)


def upgrade() -> None:
    """Bring values and tables up."""
    for one in (*_SEALED, *_MORE):
        _bind(*one)
    for column in ("pass_hash", "pass_until"):
        op.add_column("clerk", sa.Column(column, sa.Text, nullable=False, server_default=""))
    for column in ("settled_at", "settled_by"):
        op.add_column("witness", sa.Column(column, sa.Text, nullable=False, server_default=""))


def _bind(table: str, column: str, key: tuple[str, ...], bound: tuple[str, ...], told: str) -> None:
    """Seal the few of a column for their place; only their first bytes are looked at to find them."""
    db = op.get_bind()
    keys = box(db)
    named = sa.table(table, *(sa.column(one) for one in dict.fromkeys((*key, *bound, column))))
    loose = sa.func.substr(named.c[column], 1, len(LOOSE)) == sa.literal(LOOSE, sa.LargeBinary)
    for row in list(db.execute(sa.select(*(named.c[one] for one in dict.fromkeys((*key, *bound)))).where(loose))):
        this = sa.and_(*(named.c[one] == getattr(row, one) for one in key))
        kept = bytes(db.execute(sa.select(named.c[column]).where(this)).scalar_one())
        where = place(told, column, *(getattr(row, one) for one in bound))
        if not is_bound(kept):
            value = sa.literal(keys.seal(keys.open_old(kept, where), where), sa.LargeBinary)
            db.execute(sa.update(named).where(this).values({column: value}))
