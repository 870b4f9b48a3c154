"""Names at a place that are about to be let go there: whoever would name one meanwhile knows not to."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import META, file, file_part

picture_doomed = sa.Table(
    "picture_doomed",
    META,
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
)
# Those outside the database.
sa.Index("file_away", file.c.place, file.c.sha256, postgresql_where=file.c.place != "", sqlite_where=file.c.place != "")
sa.Index("file_part_away", file_part.c.place, file_part.c.name)
