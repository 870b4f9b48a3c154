"""What SQLite and PostgreSQL have alike, and SQLAlchemy under two names."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(db: sa.Connection, table: sa.Table) -> Any:
    """An insert that can be told what to do on a conflict."""
    return (sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert)(table)
