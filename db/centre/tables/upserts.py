"""An insert that can be told what to do on a conflict: alike in SQLite and PostgreSQL, and two names in SQLAlchemy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(db: sa.Connection, table: sa.Table) -> Any:
    """The insert into `table`, as the database of `db` has it."""
    return (sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert)(table)
