"""Names of applicants and of files are sealed, and every sealed value is bound to its table, column and row.

Old values are opened and sealed anew on the way, some thousands at a time; names get the marks they are found by.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.centre.box import Box, is_bound, place
from db.centre.database import box
from db.centre.lists import names

revision = "0021"
down_revision = "0014"
_SLICE = 2000
# Of each table the column that is sealed, and what knows its rows: the first are its key, all are what it is bound to.
_SEALED: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("entry", "encoded", ("node", "seq"), ("node", "seq"), "entry"),
    ("aside", "encoded", ("node", "seq", "hash"), ("node", "seq"), "entry"),
    ("batch", "bytes", ("number",), ("node", "first", "last"), "batch"),
    ("file", "bytes", ("sha256",), ("sha256",), "file"),
    ("file_part", "bytes", ("sha256", "node", "at"), ("sha256", "node", "at"), "file_part"),
    ("record", "data", ("id",), ("id",), "record"),
    ("item_draft", "data", ("id",), ("id",), "item_draft"),
    ("item_bulk", "data", ("id",), ("id",), "item_bulk"),
    ("clerk", "second", ("account",), ("account",), "clerk"),
    ("clerk", "second_new", ("account",), ("account",), "clerk"),
)


def upgrade() -> None:
    """Bring tables and values up."""
    db = op.get_bind()
    keys = box(db)
    for table, column, key, bound, told in _SEALED:
        _bind(db, keys, table, column, key, bound, told)
    _seal_names_of_files(db, keys)
    _seal_applicants(db, keys)


def _bind(
    db: sa.Connection, keys: Box, table: str, column: str, key: Sequence[str], bound: Sequence[str], told: str
) -> None:
    def anew(row: Any) -> bytes | None:
        kept = bytes(row[column])
        where = place(told, column, *(row[one] for one in bound))
        return None if is_bound(kept) else keys.seal(keys.open_old(kept, where), where)

    _each(db, table, key, (*dict.fromkeys((*key, *bound)), column), column, anew)


def _each(
    db: sa.Connection,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    column: str,
    anew: Callable[[Any], bytes | None],
) -> None:
    """Put what `anew` gives in the place of `column`, row by row, in the order of the key."""
    named = sa.table(table, *(sa.column(one) for one in dict.fromkeys((*columns, column))))
    this = sa.and_(*(named.c[one] == sa.bindparam(f"k_{one}") for one in key))
    put = sa.update(named).where(this).values({column: sa.bindparam("v")})
    for rows in _slices(db, named, key, columns, column):
        made = [({f"k_{one}": row[one] for one in key}, anew(row)) for row in rows]
        changed = [{**where, "v": value} for where, value in made if value is not None]
        if changed:
            db.execute(put, changed)


def _slices(
    db: sa.Connection, named: Any, key: Sequence[str], columns: Sequence[str], column: str
) -> Iterator[list[Any]]:
    order = [named.c[one] for one in key]
    asked = sa.select(*(named.c[one] for one in columns)).where(named.c[column].is_not(None)).order_by(*order)
    last: list[Any] | None = None
    while True:
        some = asked if last is None else asked.where(sa.tuple_(*order) > sa.tuple_(*map(sa.literal, last)))
        rows = list(db.execute(some.limit(_SLICE)).mappings())
        if not rows:
            return
        last = [rows[-1][one] for one in key]
        yield rows


def _bytes(name: str) -> sa.Column[bytes]:
    """A column that holds something from the start, as SQLite asks of one that may not be empty."""
    return sa.Column(name, sa.LargeBinary, nullable=False, server_default=sa.text("''"))


def _seal_names_of_files(db: sa.Connection, keys: Box) -> None:
    op.add_column("file", _bytes("sealed_name"))

    def anew(row: Any) -> bytes:
        return keys.seal(str(row["name"]).encode(errors="replace"), place("file", "name", row["sha256"]))

    _fill(db, "file", "sha256", "name", "sealed_name", anew)
    op.drop_column("file", "name")
    op.execute("ALTER TABLE file RENAME COLUMN sealed_name TO name")


def _fill(db: sa.Connection, table: str, key: str, source: str, target: str, anew: Callable[[Any], bytes]) -> None:
    named = sa.table(table, sa.column(key), sa.column(source), sa.column(target))
    put = sa.update(named).where(named.c[key] == sa.bindparam("k")).values({target: sa.bindparam("v")})
    for rows in _slices(db, named, (key,), (key, source), source):
        db.execute(put, [{"k": row[key], "v": anew(row)} for row in rows])


def _seal_applicants(db: sa.Connection, keys: Box) -> None:
    op.drop_index("case_name", "case_row")
    op.create_table(
        "case_name",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("intake_no", sa.Text, primary_key=True),
    )
    op.create_index("case_name_of", "case_name", ["intake_no"])
    op.add_column("case_row", _bytes("applicant"))
    op.add_column("case_row", sa.Column("applicant_index", sa.Text, nullable=False, server_default=""))
    listed = sa.table("case_row", *map(sa.column, ("intake_no", "applicant_name", "applicant", "applicant_index")))
    put = sa.update(listed).where(listed.c.intake_no == sa.bindparam("k"))
    put = put.values(applicant=sa.bindparam("v"), applicant_index=sa.bindparam("i"))
    for rows in _slices(db, listed, ("intake_no",), ("intake_no", "applicant_name"), "applicant_name"):
        made = names.sealed(keys, rows)
        db.execute(put, [{"k": one["intake_no"], "v": one["applicant"], "i": one["applicant_index"]} for one in made])
        names.add_marks(db, [(row["intake_no"], row["applicant_name"]) for row in rows])
    op.drop_column("case_row", "applicant_name")
