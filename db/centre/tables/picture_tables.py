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
# Whole ones by where they lie: what is counted of them is read here; in a row the bytes come before the place.
_WHOLE = file.c.done_at != ""
sa.Index("file_whole", file.c.place, file.c.sha256, file.c.size, postgresql_where=_WHOLE, sqlite_where=_WHOLE)
sa.Index("file_part_away", file_part.c.place, file_part.c.name)
