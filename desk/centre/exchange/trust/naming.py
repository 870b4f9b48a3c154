"""Names of desks: the point's code and two digits, each given once, also by a centre that came back from a backup."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre.node.centre_node import RefusedBatchError
from desk.sync.protocol import wire

_GIVEN, _MARGIN = "nodes.given", 5  # desks of one point that may have been let in since a backup
_OWN_NAMES = 60  # from here on up are numbers that desks gave themselves


def new(db: sa.Connection, point_code: str, wanted: str) -> str:
    """The name of a new node; the one it gave itself when it began without us. Raises RefusedBatchError."""
    taken = {name.partition("-")[2] for name in rows.node_names(db, point_code)}
    if not wanted:
        given = _given(db)
        above = given.get(point_code, given.get("", 0))
        free = next((f"{number:02d}" for number in range(above + 1, 100) if f"{number:02d}" not in taken), "")
        if not free:
            raise RefusedBatchError(wire.problem("enrol_point", text="这个代办点的终端编号已用完。"))
        return f"{point_code}-{free}"
    point, _, number = wanted.partition("-")
    is_below = number == "00" and point_code.endswith("000000")  # the centre of a division below
    good = len(number) == 2 and number.isascii() and number.isdigit() and (number != "00" or is_below)
    if point != point_code or not good:
        raise RefusedBatchError(wire.problem("enrol_point"))
    if number in taken:
        raise RefusedBatchError(wire.problem("enrol_number"))
    return wanted


def look_for_lost(db: sa.Connection, point_code: str, was: str) -> None:
    """A desk that bore a name which we might have given and do not know of, as it says itself, shows that we came back
    from a backup before anybody knew: what else was given since is left out too, so that no two bear one name. A name
    further off than a backup loses shows nothing."""
    point, _, digits = was.partition("-")
    if point != point_code or len(digits) != 2 or not (digits.isascii() and digits.isdigit()):
        return
    known = [int(name.partition("-")[2]) for name in rows.node_names(db, point_code)]
    own = max((number for number in known if number < _OWN_NAMES), default=0)
    given = _given(db)
    if int(digits) not in known and given.get(point_code, given.get("", 0)) < int(digits) <= own + _MARGIN:
        leave_out(db)


def _given(db: sa.Connection) -> dict[str, int]:
    """By point: up to which number desks may bear names that we do not know of; "" of points that are not named."""
    kept = rows.value(db, _GIVEN)
    return msgspec.json.decode(kept, type=dict[str, int]) if kept else {}


def leave_out(db: sa.Connection) -> None:
    """We came back from a backup: names that may have been given since it was made are not given again."""
    given = _given(db)
    rest = given.pop("", 0)
    for row in rows.nodes(db):
        number = int(row["name"].partition("-")[2])
        if 0 < number < _OWN_NAMES and not row["via"]:
            given[row["point_code"]] = max(given.get(row["point_code"], rest), number)
    after = {point: number + _MARGIN for point, number in {"": rest, **given}.items()}
    rows.set_value(db, _GIVEN, msgspec.json.encode(after).decode())
