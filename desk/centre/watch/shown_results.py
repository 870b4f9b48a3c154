"""Of which items results are listed for everybody: all but those whose names tell what neighbours need not know, and as
an editor switched them. Each switch is an entry of the log, with its reason."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.office import published
from desk.log.centre_events import ResultsShown

_KEY = "results.shown"  # of what was switched: by the item's code, whether it is listed


def switched(db: sa.Connection) -> dict[str, bool]:
    """What an editor said, by the item's code."""
    return msgspec.json.decode(rows.value(db, _KEY) or "{}", type=dict[str, bool])


def is_shown(said: dict[str, bool], code: str, name: str) -> bool:
    """Whether results of this item are listed."""
    return said.get(code, not published.is_quiet(name))


def switch(centre: Centre, author: str, code: str, name: str, reasons: str, *, shown: bool) -> None:
    """List the results of an item from now on, or no more. Raises RefusedError without a reason, and where it is so."""
    if not reasons.strip():
        raise RefusedError("请写原因。", "没有改动。")
    with centre.database.write() as db:
        said = switched(db)
        if is_shown(said, code, name) == shown:
            raise RefusedError(f"“{name}”的结果本来就{'公示' if shown else '不公示'}。", "没有改动。")
        rows.set_value(db, _KEY, msgspec.json.encode(said | {code: shown}).decode())
        centre.add(db, [Own(author, "results.shown", f"results:{code}", ResultsShown(shown, reasons.strip()), "")])
