"""Who may read the past of a point: names, numbers and telephones of all who ever came there. A code lets a desk in,
and not at that: a desk of the point says yes in its window, or two people of this centre do."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk.centre.node.centre_node import Centre, Own, RefusedBatchError
from desk.errors import RefusedError
from desk.folds.case import is_centre
from desk.log import centre_events
from desk.sync.protocol import letters, wire
from desk.sync.protocol.envelope import BatchError


def waiting(asker: rows.Row, near: Sequence[rows.Row]) -> dict[str, str]:
    """By name of a desk that waits for the past of the asker's point: since when, and its machine. Of one that waits
    itself, itself alone. `near`: all nodes of that point."""
    if is_centre(asker["name"]) or asker["via"]:
        return {}
    found = [asker] if asker["waits_since"] else near
    return {
        one["name"]: f"{one['waits_since']} {one['machine']}".strip()
        for one in found
        if one["waits_since"] and not one["revoked_at"] and not one["via"]
    }


def all_waiting(db: sa.Connection) -> list[rows.Row]:
    """Every desk of ours that waits, the first one first."""
    found = [one for one in rows.nodes(db) if one["waits_since"] and not one["revoked_at"] and not one["via"]]
    return sorted(found, key=lambda one: str(one["waits_since"]))


def by_desk(centre: Centre, asker: str, body: bytes) -> letters.Done:
    """A desk of the point says yes. Raises BatchError, RefusedBatchError."""
    asked = letters.read(body, letters.Admit)
    with centre.database.write() as db:
        who, whom = rows.one_node(db, asker), rows.one_node(db, asked.node, lock=True)
        if who is None or whom is None or whom["point_code"] != who["point_code"] or whom["via"]:
            raise BatchError("不是本代办点的终端，不能同意。")
        if who["waits_since"]:
            raise RefusedBatchError(
                wire.problem("broken", time=centre.now(), text="本机自己还在等同意，不能替别的终端同意。")
            )
        _admit(centre, db, whom, f"终端 {asker}", "")
    return letters.Done(centre.now())


def by_people(centre: Centre, account: str, node: str) -> bool:
    """Somebody of the centre says yes; whether that was the second one, with whom it is so. Raises RefusedError."""
    with centre.database.write() as db:
        whom = rows.one_node(db, node, lock=True)
        if whom is None or not whom["waits_since"] or whom["revoked_at"]:
            raise RefusedError("这台终端没有在等同意。", "没有改动。")
        if not whom["let_by"]:
            rows.set_node(db, node, let_by=account)
            return False
        if whom["let_by"] == account:
            raise RefusedError("要由另一个人同意。", "没有改动。", "请另一位管理员登录后再点。")
        _admit(centre, db, whom, f"{whom['let_by']}、{account}", account)
    return True


def _admit(centre: Centre, db: sa.Connection, whom: rows.Row, by: str, author: str) -> None:
    if not whom["waits_since"]:
        return
    rows.set_node(db, whom["name"], waits_since="", let_by="")
    centre.add(db, [Own(author, "node.admitted", whom["name"], centre_events.NodeAdmitted(whom["name"], by), "")])


def must_wait(db: sa.Connection, name: str, point_code: str) -> bool:
    """Whether there is a past at this point that a desk which was let in now would read."""
    beside = [one for one in rows.nodes_of(db, point_code) if one["name"] != name and not is_centre(one["name"])]
    return not is_centre(name) and any(int(one["have"]) for one in beside)
